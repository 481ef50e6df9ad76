"""Places that an event also concerns are told apart from the stops of a journey: what was a list becomes the former."""

import django.db.models.deletion
from django.db import migrations, models

import places.models.base


def each_once(apps, schema_editor):
    """A list could name a place twice, or the event's own place again; the order of the list said nothing certain."""
    rows = apps.get_model("places", "AlsoThere").objects.order_by("event_id", "position", "pk")
    seen, again = set(), []
    for key, event, place, own in rows.values_list("pk", "event_id", "place_id", "event__place_id"):
        if place == own or (event, place) in seen:
            again.append(key)
        seen.add((event, place))
    for start in range(0, len(again), 500):
        rows.filter(pk__in=again[start : start + 500]).delete()


class Migration(migrations.Migration):
    dependencies = [("places", "0005_days_as_numbers")]

    operations = [
        migrations.RenameModel("FurtherPlace", "AlsoThere"),
        migrations.RenameField("Event", "further_places", "also_there"),
        migrations.RunPython(each_once, migrations.RunPython.noop),
        migrations.AlterModelOptions(
            name="alsothere",
            options={
                "ordering": ["place__slug"],
                "verbose_name": "place also concerned",
                "verbose_name_plural": "places also concerned",
            },
        ),
        migrations.RemoveField("AlsoThere", "position"),
        migrations.AlterField(
            model_name="alsothere",
            name="event",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="elsewhere", to="places.event"
            ),
        ),
        migrations.AddConstraint(
            model_name="alsothere",
            constraint=models.UniqueConstraint(fields=("event", "place"), name="also_there_once"),
        ),
        migrations.AddField(
            model_name="event",
            name="journey_mode",
            field=models.CharField(
                blank=True,
                choices=[
                    ("air", "by air"),
                    ("sea", "by sea"),
                    ("road", "by road"),
                    ("rail", "by rail"),
                    ("foot", "on foot"),
                ],
                help_text="Leave it empty where it is not known.",
                max_length=4,
                verbose_name="means of transport",
            ),
        ),
        migrations.AddField(
            model_name="event",
            name="journey_date",
            field=models.CharField(
                blank=True,
                help_text="Where it is another than the date of the event.",
                max_length=60,
                validators=[places.models.base.validate_edtf],
                verbose_name="date of the journey",
            ),
        ),
        migrations.CreateModel(
            name="JourneyStop",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="stops", to="places.event"
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.place",
                        verbose_name="place",
                    ),
                ),
            ],
            options={
                "verbose_name": "stop of the journey",
                "verbose_name_plural": "stops of the journey",
                "ordering": ["position", "pk"],
            },
        ),
    ]
