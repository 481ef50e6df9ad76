"""The migrations that reckon the days of events anew."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from places.dates.days import day_number

BEFORE, AFTER = ("places", "0004_all_types_of_sources"), ("places", "0005_days_as_numbers")


@pytest.mark.django_db(transaction=True)
def test_stored_events_get_their_days_as_numbers_and_back() -> None:
    try:
        former = MigrationExecutor(connection).migrate([BEFORE]).apps.get_model("places", "Event")
        december = date(1915, 12, 1), date(1915, 12, 31)
        for slug, text, (first, last) in [
            ("day", "1996-12-17", (date(1996, 12, 17), date(1996, 12, 17))),
            ("open", "1997-10/..", (date(1997, 10, 1), None)),
            ("winter", "1915-24", december),  # as it was reckoned then
            ("undated", "", (None, None)),
            ("odd", "what nobody reads", december),
        ]:
            former.objects.create(slug=slug, date=text, earliest=first, latest=last)
        event = MigrationExecutor(connection).migrate([AFTER]).apps.get_model("places", "Event")
        found = {slug: (first, last) for slug, first, last in event.objects.values_list("slug", "earliest", "latest")}
        assert found == {
            "day": (day_number("1996-12-17"),) * 2,
            "open": (day_number("1997-10-01"), None),
            "winter": (day_number("1915-01-01"), day_number("1915-12-31")),
            "undated": (None, None),
            "odd": (day_number("1915-12-01"), day_number("1915-12-31")),
        }
        event.objects.create(slug="ides", date="-0043-03-15", earliest=day_number("-0043-03-15"), latest=None)
        former = MigrationExecutor(connection).migrate([BEFORE]).apps.get_model("places", "Event")
        assert former.objects.get(slug="day").earliest == date(1996, 12, 17)
        assert former.objects.get(slug="ides").earliest is None
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())


@pytest.mark.django_db(transaction=True)
def test_stored_seasons_get_the_days_of_their_place() -> None:
    try:
        apps = MigrationExecutor(connection).migrate([("places", "0008_claim_statuses_from_the_list")]).apps
        event = apps.get_model("places", "Event")
        lima = apps.get_model("places", "Place").objects.create(slug="lima", country="PE", latitude=-12, longitude=-77)
        first, last = day_number("1914-12-01"), day_number("1916-03-21")  # of both hemispheres
        for slug, text, place in [("there", "1915-24", lima), ("nowhere", "1915-24", None), ("odd", "x-24", lima)]:
            event.objects.create(slug=slug, date=text, place=place, earliest=first, latest=last)
        event = (
            MigrationExecutor(connection)
            .migrate([("places", "0009_days_of_seasons")])
            .apps.get_model("places", "Event")
        )
        assert {slug: span for slug, *span in event.objects.values_list("slug", "earliest", "latest")} == {
            "there": [day_number("1915-06-01"), day_number("1915-09-23")],
            "nowhere": [day_number("1915-01-01"), day_number("1915-12-31")],
            "odd": [first, last],
        }
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())
