"""The records behind a cell: of today's ledgers, or those frozen with a report. First page and next cost the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from gongkai.bureau import clock
from gongkai.bureau.annual.compile import compile_report
from gongkai.bureau.annual.freezing import line_values
from gongkai.bureau.annual.models import AnnualReport, FrozenMember, Statement, StatementLine
from gongkai.bureau.annual.table_two import CARRIED, DOCUMENTS, LINES, STATED, UNKNOWN, UNSTATED
from gongkai.bureau.casework import queries as casework
from gongkai.bureau.orgs.models import Person
from gongkai.bureau.orgs.permissions import Act, require
from gongkai.bureau.publishing import queries as publishing
from gongkai.bureau.remedies import queries as remedies
from gongkai.statute.report import lifecycle
from gongkai.statute.report.form import load
from gongkai.statute.report.model import Cell

PAGE = 50


@dataclass(frozen=True, slots=True)
class Record:
    """`ledger`: request, remedy, statement, line or item; `what` in words; `adds`: what it adds to the cell."""

    ledger: str
    id: int
    number: str
    what: str
    on: date | None
    adds: str
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Behind:
    """`value`: what the cell shows; `frozen`: as of then, not of today; `origin`: what gives a cell of table two."""

    table: str
    row: str
    column: str
    value: Cell
    records: tuple[Record, ...]
    next_after: str
    frozen: bool
    as_of: date
    origin: str = ""


def behind(
    person: Person, report: int, table: str, row: str, column: str, *, after: str = "", size: int = PAGE
) -> Behind | None:
    """The records behind a cell of a report; None for a report or a cell that is not there."""
    found = AnnualReport.objects.select_related("body").filter(pk=report).first()
    if found is None or not _has(found.form, table, row, column):
        return None
    require(person, Act.SEE_DRAFTS, found.body)
    if found.tables is not None and found.state in lifecycle.FIGURES_FIXED:
        records, following = _frozen(found, table, row, column, after, size)
        value = found.tables[table][row][column]
        as_of = found.as_of or clock.today()
        origin = _frozen_origin(records, column, value) if table == "proactive" else ""
        return Behind(table, row, column, value, records, following, True, as_of, origin)
    compiled = compile_report(found.body.code, found.year, clock.today(), form=found.form)
    where = (found.year, compiled.as_of)
    origin = compiled.origins.get((row, column), "")
    records, following = live(compiled.bodies, *where, table, row, column, origin, after, size)
    value = compiled.report.tables[table][row][column]
    return Behind(table, row, column, value, records, following, False, compiled.as_of, origin)


def _has(form: str, table: str, row: str, column: str) -> bool:
    tables = load(form).tables
    return table in tables and (row, column) in set(tables[table].cells())


def live(
    bodies: Sequence[str], year: int, as_of: date, table: str, row: str, column: str, origin: str, after: str, size: int
) -> tuple[tuple[Record, ...], str]:
    """The records of today's ledgers behind a cell, and the key of the next page; the caller has authorised."""
    if table == "requests":
        requests = casework.behind(bodies, year, as_of, row=row, column=column, after=after, size=size)
        return tuple(_request(each) for each in requests.rows), requests.next_after
    if table == "remedies":
        found = remedies.behind(bodies, year, as_of, row=row, column=column, after=after, size=size)
        return tuple(_remedy(each) for each in found.rows), found.next_after
    if origin == "documents":
        items = publishing.behind(bodies, year, as_of, row=row, column=column, after=after, size=size)
        return tuple(_item(each) for each in items.rows), items.next_after
    return (*_statements(bodies, year, row, column), *_lines(bodies, year, row, column)), ""


def _request(each: casework.RequestRow) -> Record:
    return Record("request", each.id, each.number, each.subject, each.closed_on or each.received_on, "1")


def _remedy(each: remedies.RemedyRow) -> Record:
    return Record("remedy", each.id, each.number, each.decision, each.closed_on or each.accepted_on, "1", each.evidence)


def _item(each: publishing.ItemRow) -> Record:
    return Record("item", each.id, each.document_number, each.title, each.formed_on or each.published_on, "1")


def _statements(bodies: Sequence[str], year: int, row: str, column: str) -> list[Record]:
    found = Statement.objects.filter(
        body__code__in=bodies, year=year, row=row, column=column, replaced_at__isnull=True
    ).select_related("entered_by", "body")
    return [
        Record(
            "statement", each.pk, "", _who(each), timezone.localdate(each.entered_at), str(each.value), each.evidence
        )
        for each in found
    ]


def _who(each: Statement) -> str:
    by = f"（{each.entered_by.name}）" if each.entered_by else "（导入）"
    return f"{each.body.name}登记{by}"


def _lines(bodies: Sequence[str], year: int, row: str, column: str) -> list[Record]:
    found = StatementLine.objects.filter(body__code__in=bodies, year=year, row=row, withdrawn_at__isnull=True)
    return [
        Record("line", each.pk, each.reference, each.name, None, str(adds), each.evidence)
        for each in found.order_by("id")
        for cell, adds in line_values(each)
        if cell == column
    ]


def _frozen(
    found: AnnualReport, table: str, row: str, column: str, after: str, size: int
) -> tuple[tuple[Record, ...], str]:
    """The members of a cell; the sums 总计 and （七）总计 gather those of their parts."""
    members = FrozenMember.objects.filter(report=found)
    if table == "requests":
        members = members.filter(ledger="request")
        if row in ("new", "carried_in"):
            members = members.filter(came=row)
        elif row == "concluded":
            members = members.exclude(row="carried_out")
        else:
            members = members.filter(row=row)
        if column != "total":
            members = members.filter(column=column)
    elif table == "remedies":
        members = members.filter(ledger="remedy", row=row)
        if column != "total":
            members = members.filter(column=column)
    else:
        members = members.filter(Q(ledger__in=["statement", "line", "item"]), row=row, column=column)
    if after.isascii() and after.isdecimal() and len(after) < 19:
        members = members.filter(pk__gt=int(after))
    taken = list(members.order_by("id")[: size + 1])
    shown = casework.rows([each.record for each in taken if each.ledger == "request"])
    records = tuple(
        _member(each, shown.get(each.record) if each.ledger == "request" else None) for each in taken[:size]
    )
    return records, str(taken[size - 1].pk) if len(taken) > size else ""


def _frozen_origin(records: Sequence[Record], column: str, value: Cell) -> str:
    """Which ledger gave a frozen cell of table two, told by what stands behind it."""
    if records:
        return {"statement": STATED, "line": LINES, "item": DOCUMENTS}[records[0].ledger]
    if column == "prior_items" and value not in (None, 0):
        return CARRIED
    return UNKNOWN if value is None else UNSTATED


def _member(each: FrozenMember, request: casework.RequestRow | None) -> Record:
    if each.ledger == "statement":  # what was kept of it is its evidence, of a line its name
        return Record(each.ledger, each.record, "", "", None, each.value, each.number)
    if each.ledger == "line":
        return Record(each.ledger, each.record, "", each.number, None, each.value)
    what = request.subject if request else ""
    on = (request.closed_on or request.received_on) if request else None
    return Record(each.ledger, each.record, each.number, what, on, each.value or "1")
