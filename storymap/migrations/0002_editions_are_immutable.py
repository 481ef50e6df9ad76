"""Editions never change: the database itself refuses UPDATE. (A purge may still delete a whole story with its editions.)"""

from django.db import migrations

TABLES = ("storymap_edition", "storymap_editiondocument")

SQLITE = """
CREATE TRIGGER {table}_is_immutable BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, 'editions are immutable'); END
"""
POSTGRESQL_FUNCTION = """
CREATE FUNCTION storymap_refuse_update() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'editions are immutable' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
POSTGRESQL = """
CREATE TRIGGER {table}_is_immutable BEFORE UPDATE ON {table}
FOR EACH ROW EXECUTE FUNCTION storymap_refuse_update()
"""


def protect(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_FUNCTION)
    template = {"sqlite": SQLITE, "postgresql": POSTGRESQL}[vendor]
    for table in TABLES:
        schema_editor.execute(template.format(table=table))


def release(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for table in TABLES:
        schema_editor.execute(f"DROP TRIGGER {table}_is_immutable" + (f" ON {table}" if vendor == "postgresql" else ""))
    if vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION storymap_refuse_update()")


class Migration(migrations.Migration):
    dependencies = [("storymap", "0001_initial")]
    operations = [migrations.RunPython(protect, release)]
