"""The groups of people who work on stories. An author writes, an editor also deletes, a publisher also publishes."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

RECORD = ("place", "toponym", "source", "person", "event", "furtherplace", "involvement", "citation")
STORY = ("story", "chapter", "moment", "illustration")
WRITE = ("view", "add", "change")


def codenames(name):
    verbs = WRITE if name == "author" else (*WRITE, "delete")
    names = {f"{verb}_{model}" for verb in verbs for model in (*RECORD, *STORY)}
    names |= {"delete_moment", "delete_toponym", "delete_furtherplace", "delete_involvement", "delete_citation"}
    return names | {"view_edition"} | ({"publish_story"} if name == "publisher" else set())


def make(apps, schema_editor):
    for label in ("places", "storymap"):
        config = installed.get_app_config(label)
        create_permissions(config, verbosity=0, using=schema_editor.connection.alias)
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for name in ("author", "editor", "publisher"):
        group, _created = Group.objects.get_or_create(name=name)
        permissions = Permission.objects.filter(content_type__app_label__in=("places", "storymap"))
        group.permissions.set(permissions.filter(codename__in=codenames(name)))


def unmake(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=("author", "editor", "publisher")).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("storymap", "0002_editions_are_immutable"),
        ("places", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make, unmake)]
