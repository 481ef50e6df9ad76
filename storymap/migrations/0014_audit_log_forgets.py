"""The audit log may forget: the database lets entries go that are older than ninety days, and none that is younger."""

from django.db import migrations

TABLE = "storymap_auditentry"
DAYS = 90
DROP = {
    "sqlite": f"DROP TRIGGER {TABLE}_refuses_delete",
    "postgresql": f"DROP TRIGGER {TABLE}_refuses_delete ON {TABLE}",
}
YOUNG = {
    "sqlite": f"""
CREATE TRIGGER {TABLE}_refuses_delete BEFORE DELETE ON {TABLE}
WHEN OLD."when" > strftime('%Y-%m-%d %H:%M:%S', 'now', '-{DAYS} days')
BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END
""",
    "postgresql": f"""
CREATE TRIGGER {TABLE}_refuses_delete BEFORE DELETE ON {TABLE} FOR EACH ROW
WHEN (OLD."when" > now() - interval '{DAYS} days') EXECUTE FUNCTION storymap_audit_only_grows()
""",
}
ALL = {
    "sqlite": f"""
CREATE TRIGGER {TABLE}_refuses_delete BEFORE DELETE ON {TABLE}
BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END
""",
    "postgresql": f"""
CREATE TRIGGER {TABLE}_refuses_delete BEFORE DELETE ON {TABLE}
FOR EACH ROW EXECUTE FUNCTION storymap_audit_only_grows()
""",
}


def refuse_young(apps, schema_editor):
    for statements in (DROP, YOUNG):
        schema_editor.execute(statements[schema_editor.connection.vendor])


def refuse_all(apps, schema_editor):
    for statements in (DROP, ALL):
        schema_editor.execute(statements[schema_editor.connection.vendor])


class Migration(migrations.Migration):
    dependencies = [("storymap", "0013_drafts_of_a_page")]
    operations = [migrations.RunPython(refuse_young, refuse_all)]
