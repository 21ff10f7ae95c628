"""The triggers that refuse UPDATE and DELETE: which tables have them, and whether they still stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from django.db import connection

from gongkai.bureau.ledger.derived import derived

_tables: set[str] = set()
_BODY = "BEGIN RAISE EXCEPTION 'the journal is append-only'; END;"
_DELETE, _UPDATE = 8, 16
_ROW_BEFORE = 1 | 2
"""Bits of pg_trigger.tgtype (PostgreSQL, src/include/catalog/pg_trigger.h)."""


def append_only(*tables: str) -> None:
    """A duty names the tables that nothing may edit; their triggers stand in its migrations."""
    _tables.update(tables)


@derived("ledger.triggers", "只增触发器")
def check_triggers() -> Iterator[str | None]:
    """Each table must refuse both acts, for every row, without a condition."""
    found = _postgresql() if connection.vendor == "postgresql" else _sqlite()
    for table in sorted(_tables):
        for act, word in (("UPDATE", "修改"), ("DELETE", "删除")):
            yield None if act in found.get(table, set()) else f"表 {table}：拒绝{word}的触发器不见了或已停用"


def _sqlite() -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
        for table, sql in cursor.fetchall():
            shape = (
                rf"CREATE TRIGGER \S+ BEFORE (UPDATE|DELETE) ON \"?{table}\"? BEGIN SELECT RAISE\(ABORT, '[^']+'\); END"
            )
            said = re.fullmatch(shape, " ".join(sql.split()))
            if said:
                found.setdefault(table, set()).add(said[1])
    return found


def _postgresql() -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, t.tgtype, p.prosrc FROM pg_trigger t "
            "JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
            "WHERE c.relnamespace = current_schema()::regnamespace AND NOT t.tgisinternal "
            "AND t.tgenabled IN ('O', 'A') AND t.tgqual IS NULL AND t.tgattr = ''::int2vector"
        )
        for table, kind, body in cursor.fetchall():
            if " ".join(body.split()) != _BODY or kind & _ROW_BEFORE != _ROW_BEFORE:
                continue
            acts = {act for act, bit in (("UPDATE", _UPDATE), ("DELETE", _DELETE)) if kind & bit}
            found.setdefault(table, set()).update(acts)
    return found
