"""What was reviewed is never edited: both databases refuse UPDATE and DELETE of versions and steps of drafts."""

from django.db import migrations

TABLES = ("publishing_revision", "publishing_draftstep")


def forbid(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        for table in TABLES:
            for act in ("UPDATE", "DELETE"):
                name = f"ledger_{table}_no_{act.lower()}"
                if schema_editor.connection.vendor == "postgresql":
                    cursor.execute(
                        f"CREATE TRIGGER {name} BEFORE {act} ON {table} "
                        "FOR EACH ROW EXECUTE FUNCTION ledger_append_only()"
                    )
                else:
                    cursor.execute(
                        f"CREATE TRIGGER {name} BEFORE {act} ON {table} "
                        "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
                    )


def allow(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        for table in TABLES:
            for act in ("update", "delete"):
                on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER ledger_{table}_no_{act}{on}")


class Migration(migrations.Migration):
    dependencies = [("publishing", "0004_drafts"), ("ledger", "0002_append_only")]
    operations = [migrations.RunPython(forbid, allow)]
