"""The audit log only grows: the database refuses UPDATE and DELETE. The group of those who read it and manage people."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

TABLE = "storymap_auditentry"
SQLITE = """
CREATE TRIGGER {table}_refuses_{deed} BEFORE {deed} ON {table}
BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END
"""
POSTGRESQL_FUNCTION = """
CREATE FUNCTION storymap_audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the audit log only grows' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
POSTGRESQL = """
CREATE TRIGGER {table}_refuses_{deed} BEFORE {deed} ON {table}
FOR EACH ROW EXECUTE FUNCTION storymap_audit_only_grows()
"""
PEOPLE = [f"{verb}_{model}" for verb in ("view", "add", "change", "delete") for model in ("user", "group")]


def protect(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_FUNCTION)
    template = {"sqlite": SQLITE, "postgresql": POSTGRESQL}[vendor]
    for deed in ("update", "delete"):
        schema_editor.execute(template.format(table=TABLE, deed=deed))


def release(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for deed in ("update", "delete"):
        on = f" ON {TABLE}" if vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER {TABLE}_refuses_{deed}{on}")
    if vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION storymap_audit_only_grows()")


def make(apps, schema_editor):
    for label in ("auth", "storymap"):
        create_permissions(installed.get_app_config(label), verbosity=0, using=schema_editor.connection.alias)
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    admin, _created = Group.objects.get_or_create(name="admin")
    publisher = Group.objects.filter(name="publisher").first()
    if publisher:
        admin.permissions.add(*publisher.permissions.all())
    admin.permissions.add(*Permission.objects.filter(content_type__app_label="auth", codename__in=PEOPLE))
    admin.permissions.add(Permission.objects.get(content_type__app_label="storymap", codename="view_auditentry"))


def unmake(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name="admin").delete()


class Migration(migrations.Migration):
    dependencies = [("storymap", "0005_people")]
    operations = [migrations.RunPython(protect, release), migrations.RunPython(make, unmake)]
