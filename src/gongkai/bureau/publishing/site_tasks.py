"""The background work of tables brought in at the desk: the check of every row, and the import."""

from __future__ import annotations

from django.db import transaction

from gongkai.bureau.jobs.registry import Outcome, Progress, job
from gongkai.bureau.orgs.permissions import Act, require
from gongkai.bureau.publishing import site_import, site_tables
from gongkai.bureau.publishing.models import SentTable
from gongkai.bureau.publishing.site_import import Checked
from gongkai.statute.primitives import InputFault, InputRefused

SHOWN = 200
"""Faults that the page lists."""


@job(site_tables.CHECK)
def check_site(*, progress: Progress, table: int) -> Outcome:
    found = SentTable.objects.select_related("body", "by").get(pk=table)
    made = _checked(found, progress)
    faults = [[each.row, each.header, each.wrong, each.valid] for each in made.faults[:SHOWN]]
    result = {"rows": made.rows, "right": made.right, "bad": len(made.bad), "faults": faults,
              "more": len(made.faults) - len(faults)}  # fmt: skip

    def write() -> None:
        SentTable.objects.filter(pk=table).update(result=result)

    return Outcome(f"{made.right}行可以导入，{len(made.bad)}行有错", {"table": table}, write)


@job(site_tables.IMPORT)
def import_site(*, progress: Progress, table: int, skip_bad: bool) -> Outcome:
    """Done again after a broken attempt it goes on: what is known is left as it is."""
    found = SentTable.objects.select_related("body", "by").get(pk=table)
    require(found.by, Act.ENTER_ITEMS, found.body)
    made = _checked(found, progress)
    if made.bad and not skip_bad:
        raise InputRefused(InputFault(found.name, f"{len(made.bad)}行有错，什么也没有写入", "重新检查"))
    done = site_import.write(made, None, name=found.name, actor=found.by, by=found.by, tell=progress)

    def write() -> None:
        result = {**found.result, "made": done.made, "known": done.known, "skipped": done.skipped}
        SentTable.objects.filter(pk=table).update(state=SentTable.IMPORTED, result=result)
        transaction.on_commit(lambda: site_tables.remove(found))

    return Outcome(f"导入{done.made}条，{done.known}条已有，跳过{done.skipped}行；待保密审查", {"table": table}, write)


def _checked(found: SentTable, progress: Progress) -> Checked:
    table = site_tables.table_of(found)
    return site_import.check(table, site_tables.rows_of(found), site_tables.folder_of(found), progress)
