from django.conf import settings
from django.db import migrations, models


def name_the_wizard(apps, schema_editor) -> None:
    apps.get_model("storymap", "Autosave").objects.filter(part="telling").update(part="wizard")


def name_it_as_before(apps, schema_editor) -> None:
    apps.get_model("storymap", "Autosave").objects.filter(part="wizard").update(part="telling")


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("storymap", "0020_basemap_extracts"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="draft", name="draft_of_form"),
        migrations.RenameModel(old_name="Draft", new_name="Autosave"),
        migrations.RenameIndex(model_name="autosave", new_name="autosave_object", old_name="draft_object"),
        migrations.AlterField(
            model_name="autosave",
            name="user",
            field=models.ForeignKey(
                on_delete=models.deletion.CASCADE, related_name="autosaves", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="autosave",
            constraint=models.UniqueConstraint(fields=("user", "key"), name="autosave_of_form"),
        ),
        migrations.RunPython(name_the_wizard, name_it_as_before),
    ]
