"""What happened is never edited: both databases refuse UPDATE and DELETE of the events of requests."""

from django.db import migrations

TABLE = "casework_requestevent"


def forbid(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        for act in ("UPDATE", "DELETE"):
            name = f"ledger_{TABLE}_no_{act.lower()}"
            if schema_editor.connection.vendor == "postgresql":
                cursor.execute(
                    f"CREATE TRIGGER {name} BEFORE {act} ON {TABLE} FOR EACH ROW EXECUTE FUNCTION ledger_append_only()"
                )
            else:
                cursor.execute(
                    f"CREATE TRIGGER {name} BEFORE {act} ON {TABLE} "
                    "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
                )


def allow(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        for act in ("update", "delete"):
            on = f" ON {TABLE}" if schema_editor.connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER ledger_{TABLE}_no_{act}{on}")


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial"), ("ledger", "0002_append_only")]
    operations = [migrations.RunPython(forbid, allow)]
