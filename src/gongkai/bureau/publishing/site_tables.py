"""A table of an old site at the desk: sent, headers mapped, checked, imported, removed. It is its sender's alone."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from gongkai.bureau import clock
from gongkai.bureau.jobs import services as jobs
from gongkai.bureau.jobs.queries import JobRow, job
from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs.models import Body, Person
from gongkai.bureau.orgs.permissions import Act, require
from gongkai.bureau.publishing import site_import
from gongkai.bureau.publishing.models import SentTable
from gongkai.bureau.publishing.site_rows import Rows
from gongkai.documents.site_table import SiteTable, open_table
from gongkai.statute.ledgers.site import FIELD_WORDS, SiteMap, from_choices, guessed
from gongkai.statute.primitives import InputFault, InputRefused

CHECK, IMPORT = "publishing.check_site", "publishing.import_site"
OFFERED: Mapping[str, str] = {name: word for name, word in FIELD_WORDS.items() if name not in ("agency", "attachments")}
"""What a header may be at the desk: the body is chosen, and attachments come by the command line."""
PREVIEWED = 5
KEPT = timedelta(days=7)
"""A table that nobody went on with is removed after so long, when the next one comes."""
_SAMPLE = 40


@dataclass(frozen=True, slots=True)
class Header:
    """`field`: "" what is not imported; `sample`: how the first row has it."""

    name: str
    field: str
    sample: str


@dataclass(frozen=True, slots=True)
class Previewed:
    """A row as it would be imported: words and texts, or what is wrong with it."""

    number: int
    told: tuple[tuple[str, str], ...]
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """`result`: rows, right, bad, faults (row, header, wrong, valid) of the last check; empty before one."""

    id: int
    name: str
    body_name: str
    state: str
    headers: tuple[Header, ...]
    column: str
    notes: tuple[str, ...]
    rows: tuple[Previewed, ...]
    missing: tuple[str, ...]
    result: Mapping[str, object]
    job: JobRow | None


def folder_of(found: SentTable) -> Path:
    return Path(settings.FILES) / "site-tables" / found.folder


@transaction.atomic
def send(actor: Person, body: str, name: str, data: bytes) -> int:
    """Keep a table for its sender. Raises InputRefused where it cannot be read."""
    require(actor, Act.ENTER_ITEMS, body)
    if not data:
        raise InputRefused(InputFault("表格", "没有选择文件", ".xlsx、.csv 或 .jsonl"))
    name = Path(name.replace("\\", "/")).name[-200:]
    _remove_old()
    made = SentTable(
        body=Body.objects.get(code=body), name=name, folder=secrets.token_hex(16), by=actor, at=clock.now()
    )
    folder = folder_of(made)
    folder.mkdir(parents=True)
    try:
        (folder / "table").write_bytes(data)
        table = _table(made)
        next(iter(table.rows()), None)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    made.map = dict(_offered(guessed(table.headers)).fields)
    made.save()
    ledger.append(
        f"site-table:{made.pk}", "site.table_sent", actor=actor, body=body, facts={"file": name, "size": len(data)}
    )
    return made.pk


def shown(person: Person, number: int) -> Shown | None:
    """The table as its page shows it; None for anybody but who sent it."""
    found = SentTable.objects.select_related("body").filter(pk=number, by=person).first()
    if found is None:
        return None
    require(person, Act.ENTER_ITEMS, found.body)
    running = job(found.job) if found.job else None
    if found.state != SentTable.SENT or not folder_of(found).is_dir():
        return _plain(found, running)
    table, rows = _table(found), rows_of(found)
    notes = table.notes
    try:
        first = next(iter(table.rows()), None)
        previewed = _previewed(table, rows)
    except InputRefused as refused:  # damaged further down; the check will tell it with its row
        first, previewed, notes = None, (), (*notes, *map(str, refused.faults))
    headers = tuple(
        Header(each, rows.map.fields.get(each, ""), first.cells.get(each, "")[:_SAMPLE] if first else "")
        for each in table.headers
    )
    missing = tuple(str(each) for each in rows.map.missing())
    column = str(found.fixed.get("column", ""))
    return Shown(
        found.pk, found.name, found.body.name, found.state, headers, column, notes, previewed, missing, found.result,
        running,
    )  # fmt: skip


def _previewed(table: SiteTable, rows: Rows) -> tuple[Previewed, ...]:
    shown = []
    for row, taken in site_import.preview(table, rows, PREVIEWED):
        record = taken.record.as_json() if taken.record else {}
        told = tuple((FIELD_WORDS.get(key, "正文"), str(value)[:200]) for key, value in record.items())
        shown.append(Previewed(row, told, tuple(str(each.as_input()) for each in taken.faults)))
    return tuple(shown)


@transaction.atomic
def choose(actor: Person, number: int, fields: Mapping[str, str], column: str) -> None:
    """Keep the map and have every row checked by it, in the background. Raises InputRefused with every fault."""
    found = _own(actor, number)
    fixed = {"column": column.strip()} if column.strip() and "column" not in fields.values() else {}
    headers = list(found.map)
    if unknown := [each for each in fields.values() if each and each not in OFFERED]:
        raise InputRefused(InputFault("对照", f"没有“{unknown[0][:40]}”这个字段", "、".join(OFFERED.values())))
    made = from_choices(headers, fields, fixed)
    if missing := made.fix("agency", found.body.code).missing():
        raise InputRefused(*missing)
    found.map, found.fixed, found.result = dict(made.fields), fixed, {}
    found.job = jobs.enqueue(CHECK, f"检查 {found.name}"[:200], owner=actor, body=found.body.code, table=found.pk)
    found.save()


@transaction.atomic
def begin(actor: Person, number: int, *, skip_bad: bool) -> None:
    """Have a checked table imported, in the background."""
    found = _own(actor, number)
    if not found.result:
        raise InputRefused(InputFault("导入", "还没有检查", "先检查全部各行"))
    if found.result["bad"] and not skip_bad:
        raise InputRefused(InputFault("导入", f"{found.result['bad']}行有错", "改正以后重新上传，或者选择跳过有错的行"))
    if not found.result["right"]:
        raise InputRefused(InputFault("导入", "没有一行可以导入", "改正以后重新上传"))
    found.job = jobs.enqueue(
        IMPORT, f"导入 {found.name}"[:200], owner=actor, body=found.body.code, table=found.pk, skip_bad=skip_bad
    )
    found.save(update_fields=["job"])


@transaction.atomic
def discard(actor: Person, number: int) -> None:
    """Give a table up; its file is removed."""
    found = _own(actor, number)
    found.state = SentTable.DISCARDED
    found.save(update_fields=["state"])
    facts: dict[str, object] = {"file": found.name}
    ledger.append(f"site-table:{found.pk}", "site.table_discarded", actor=actor, body=found.body.code, facts=facts)
    transaction.on_commit(lambda: remove(found))


def remove(found: SentTable) -> None:
    shutil.rmtree(folder_of(found), ignore_errors=True)


def table_of(found: SentTable) -> SiteTable:
    if not folder_of(found).is_dir():
        raise InputRefused(InputFault(found.name, "已经删除", "重新上传"))
    return _table(found)


def rows_of(found: SentTable) -> Rows:
    """All of them are the chosen body's: nobody imports for another one."""
    code = found.body.code
    return Rows(SiteMap(found.map, found.fixed).fix("agency", code), None, {code: code})


def _table(found: SentTable) -> SiteTable:
    folder = folder_of(found)
    return open_table(folder / "table", folder, found.name)


def _offered(made: SiteMap) -> SiteMap:
    return SiteMap({header: name if name in OFFERED else "" for header, name in made.fields.items()})


def _own(actor: Person, number: int) -> SentTable:
    """The row, locked: one step at a time. Raises SentTable.DoesNotExist where it is not the actor's."""
    found = SentTable.objects.select_for_update(of=("self",)).select_related("body").get(pk=number, by=actor)
    require(actor, Act.ENTER_ITEMS, found.body)
    running = job(found.job) if found.job else None
    if found.state != SentTable.SENT:
        raise InputRefused(InputFault("表格", "已经导入或者删除", "重新上传"))
    if running is not None and running.state in ("queued", "running"):
        raise InputRefused(InputFault("表格", "还在检查或者导入", "等它办完"))
    return found


def _plain(found: SentTable, running: JobRow | None) -> Shown:
    return Shown(found.pk, found.name, found.body.name, found.state, (), "", (), (), (), found.result, running)


def _remove_old() -> None:
    before = clock.now() - KEPT
    for each in SentTable.objects.filter(at__lt=before, state=SentTable.SENT):
        remove(each)
    SentTable.objects.filter(at__lt=before, state=SentTable.SENT).update(state=SentTable.DISCARDED)
