"""The days of events become numbers, which every database sorts alike and which know years before Christ."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import migrations, models
from django.db.models.functions import Coalesce

from places.when import DateProblem, parse

MANY = 500
EPOCH = date(1970, 1, 1).toordinal()


def reckon_days(apps: Any, schema_editor: Any) -> None:
    """Of every dated event anew, from its text. What should not be readable keeps the days that were reckoned before."""
    events = apps.get_model("places", "Event").objects.using(schema_editor.connection.alias)
    batch = []
    for event in events.exclude(date="").order_by("pk").iterator(MANY):
        try:
            span = parse(event.date)
            event.earliest, event.latest = span.earliest, span.latest
        except DateProblem:
            event.earliest, event.latest = _number(event.former_earliest), _number(event.former_latest)
        batch.append(event)
        if len(batch) == MANY:
            events.bulk_update(batch, ["earliest", "latest"])
            batch.clear()
    events.bulk_update(batch, ["earliest", "latest"])


def _number(day: date | None) -> int | None:
    return day.toordinal() - EPOCH if day else None


def reckon_dates(apps: Any, schema_editor: Any) -> None:
    """Back again: days that the dates of databases do not have are left out."""
    events = apps.get_model("places", "Event").objects.using(schema_editor.connection.alias)
    for event in events.exclude(date="").order_by("pk").iterator(MANY):
        event.former_earliest, event.former_latest = _date(event.earliest), _date(event.latest)
        event.save(update_fields=["former_earliest", "former_latest"])


def _date(number: int | None) -> date | None:
    ordinal = EPOCH + number if number is not None else 0
    return date.fromordinal(ordinal) if 1 <= ordinal <= date.max.toordinal() else None


class Migration(migrations.Migration):
    dependencies = [("places", "0004_all_types_of_sources")]

    operations = [
        migrations.RemoveIndex("event", "event_span"),
        migrations.RenameField("event", "earliest", "former_earliest"),
        migrations.RenameField("event", "latest", "former_latest"),
        migrations.AddField(
            "event",
            "earliest",
            models.BigIntegerField(blank=True, editable=False, null=True, verbose_name="earliest day"),
        ),
        migrations.AddField(
            "event", "latest", models.BigIntegerField(blank=True, editable=False, null=True, verbose_name="latest day")
        ),
        migrations.AlterModelOptions(
            "event",
            options={
                "ordering": [Coalesce("earliest", "latest").asc(nulls_last=True), "time", "slug"],
                "verbose_name": "event",
                "verbose_name_plural": "events",
            },
        ),
        migrations.RunPython(reckon_days, reckon_dates),
        migrations.RemoveField("event", "former_earliest"),
        migrations.RemoveField("event", "former_latest"),
        migrations.AddIndex("event", models.Index(fields=["earliest", "latest"], name="event_span")),
    ]
