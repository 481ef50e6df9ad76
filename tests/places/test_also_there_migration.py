"""The migration that tells places also concerned from the stops of a journey."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE, AFTER = ("places", "0005_days_as_numbers"), ("places", "0006_also_there_and_journeys")


@pytest.mark.django_db(transaction=True)
def test_every_further_place_becomes_one_that_is_also_concerned_and_none_a_journey() -> None:
    try:
        apps = MigrationExecutor(connection).migrate([BEFORE]).apps
        place, event, further = (apps.get_model("places", name) for name in ("Place", "Event", "FurtherPlace"))
        where = {"country": "PE", "latitude": 0, "longitude": 0}
        lima, tokyo, toronto = (place.objects.create(slug=slug, **where) for slug in ("lima", "tokyo", "toronto"))
        meeting = event.objects.create(slug="meeting", place=toronto)
        for position, stop in enumerate((tokyo, toronto, lima, tokyo)):  # one twice, and the event's own place
            further.objects.create(event=meeting, place=stop, position=position)
        apps = MigrationExecutor(connection).migrate([AFTER]).apps
        also = apps.get_model("places", "AlsoThere").objects.filter(event__slug="meeting")
        assert sorted(also.values_list("place__slug", flat=True)) == ["lima", "tokyo"]
        assert not apps.get_model("places", "JourneyStop").objects.exists()
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())
