"""The days of seasons are those of the hemisphere of their place, or of their year."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from places.dates.seasons import hemisphere_at
from places.when import DateProblem, parse

SEASON = r"-2[1-4]"


def reckon(apps: Any, schema_editor: Any) -> None:
    event_model = apps.get_model("places", "Event")
    events = event_model.objects.using(schema_editor.connection.alias)
    for event in events.filter(date__regex=SEASON).select_related("place").iterator():
        place = event.place
        try:
            span = parse(event.date, hemisphere_at(place.latitude, place.radius) if place else "")
        except DateProblem:
            continue
        events.filter(pk=event.pk).update(earliest=span.earliest, latest=span.latest)


class Migration(migrations.Migration):
    dependencies = [("places", "0008_claim_statuses_from_the_list")]

    operations = [migrations.RunPython(reckon, migrations.RunPython.noop)]
