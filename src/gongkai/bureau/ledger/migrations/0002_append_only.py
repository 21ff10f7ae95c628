"""What happened is never edited: both databases refuse UPDATE and DELETE of entries and checkpoints."""

from django.db import migrations

TABLES = ("ledger_entry", "ledger_checkpoint")


def forbid(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    with schema_editor.connection.cursor() as cursor:
        if vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION ledger_append_only() RETURNS trigger AS $$ "
                "BEGIN RAISE EXCEPTION 'the journal is append-only'; END; $$ LANGUAGE plpgsql"
            )
        for table in TABLES:
            for act in ("UPDATE", "DELETE"):
                name = f"{table}_no_{act.lower()}"
                if vendor == "postgresql":
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
                cursor.execute(f"DROP TRIGGER {table}_no_{act}{on}")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(forbid, allow)]
