"""The migration that makes numbers of the days of events."""

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
            "winter": (day_number("1914-12-01"), day_number("1916-03-21")),
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
