"""Whoever may write an event may write the places that it also concerns and the stops of its journey."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

VERBS = ("view", "add", "change", "delete")


def move(apps, schema_editor):
    """Rights in further places become rights in places also concerned, and rights in the stops of journeys as well.

    On a new site nobody has the former: there the groups get those that belong to their rights in people involved.
    """
    create_permissions(installed.get_app_config("places"), verbosity=0, using=schema_editor.connection.alias)
    Permission = apps.get_model("auth", "Permission")
    record = Permission.objects.filter(content_type__app_label="places")
    for verb in VERBS:
        former = record.filter(codename__in=(f"{verb}_furtherplace", f"{verb}_involvement"))
        now = record.filter(codename__in=(f"{verb}_alsothere", f"{verb}_journeystop"))
        for group in apps.get_model("auth", "Group").objects.filter(permissions__in=former).distinct():
            group.permissions.add(*now)
        for user in apps.get_model("auth", "User").objects.filter(user_permissions__in=former).distinct():
            user.user_permissions.add(*now)
    record.filter(codename__endswith="_furtherplace").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("storymap", "0016_choices_of_an_import"),
        ("places", "0006_also_there_and_journeys"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
