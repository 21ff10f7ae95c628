"""A body's year of statements as pages show it: table two as the form, each cell with where it comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from gongkai.bureau import clock
from gongkai.bureau.annual.compile import continued
from gongkai.bureau.annual.models import Statement, StatementLine, WorkRecord
from gongkai.bureau.annual.table_two import table_two
from gongkai.bureau.orgs.models import Body, Person
from gongkai.bureau.orgs.permissions import Act, reach, refusal, require
from gongkai.statute.primitives import CellPlace, Finding
from gongkai.statute.report.form import Column, Form, Row, governing
from gongkai.statute.report.model import Cell

PAGE = 50
LINE_COLUMNS = {"prior": "prior_items", "change": "change", "decisions": "decisions", "amount": "amount"}
"""The field of a line → the column of table two that it adds to."""

WORK_KINDS = {
    WorkRecord.TRAINING: "培训", WorkRecord.CHECK: "监督检查", WorkRecord.ASSESSMENT: "工作考核",
    WorkRecord.APPRAISAL: "社会评议", WorkRecord.ACCOUNTABILITY: "责任追究", WorkRecord.PROBLEM: "存在的问题",
}  # fmt: skip
"""条例第46条 (assessment, appraisal, accountability), 第47条 (checks), 第48条 (training), 第50条 (problems)."""


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One statement of a cell; `replaced_at` None for the one in force."""

    id: int
    body: str
    body_name: str
    column: str
    value: Cell
    evidence: str
    by: str
    at: datetime
    replaced_at: datetime | None


@dataclass(frozen=True, slots=True)
class LineRow:
    """One item beneath a row of table two."""

    id: int
    body: str
    body_name: str
    name: str
    reference: str
    prior: int | None
    change: int | None
    decisions: int | None
    amount: str
    evidence: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CellDetail:
    """`origin`: stated, lines, documents, carried, unstated or unknown; `differences`: what another ledger says."""

    column: Column
    value: Cell
    origin: str
    differences: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class YearRow:
    row: Row
    cells: tuple[CellDetail, ...]
    lines: int


@dataclass(frozen=True, slots=True)
class YearDetail:
    """Table two of a body's year; `refused` says why this person may not enter, "" where they may."""

    body: str
    body_name: str
    year: int
    form: Form
    rows: tuple[YearRow, ...]
    unstated: int
    refused: str


@dataclass(frozen=True, slots=True)
class RowDetail:
    """One row with its statements (the one in force first, then what it replaced) and its lines."""

    year: YearDetail
    row: YearRow
    statements: Mapping[str, tuple[StatementRow, ...]]
    lines: tuple[LineRow, ...]
    fields: tuple[str, ...]
    bodies: tuple[str, ...]


def year(person: Person, body: str, year: int) -> YearDetail | None:
    """Table two of a body's year as of today; None for an unknown body. Raises InputRefused for a year before 2019."""
    found = Body.objects.filter(code=body).first()
    if found is None:
        return None
    require(person, Act.SEE_LEDGERS, found)
    return _year(person, found, year, continued(found, year))


def _year(person: Person, found: Body, year: int, bodies: Sequence[str]) -> YearDetail:
    form = governing(year)
    table = table_two(form, bodies, year, clock.today())
    lines = StatementLine.objects.filter(body__code__in=bodies, year=year, withdrawn_at__isnull=True)
    counts: dict[str, int] = {}
    for row in lines.values_list("row", flat=True):
        counts[row] = counts.get(row, 0) + 1
    differing: dict[tuple[str, str], list[Finding]] = {}
    for each in table.findings:
        if each.code == "ledger.difference" and isinstance(each.where, CellPlace):
            differing.setdefault((each.where.row or "", each.where.column or ""), []).append(each)
    rows = tuple(
        YearRow(
            row,
            tuple(
                CellDetail(
                    column,
                    table.cells[row.code][column.code],
                    table.origins[row.code, column.code],
                    tuple(differing.get((row.code, column.code), ())),
                )
                for column in row.columns
            ),
            counts.get(row.code, 0),
        )
        for row in form.tables["proactive"].rows
    )
    unstated = sum(each in ("unstated", "unknown") for each in table.origins.values())
    refused = refusal(person, Act.ENTER_STATEMENTS, found)
    return YearDetail(found.code, found.name, year, form, rows, unstated, refused)


def row(person: Person, body: str, year: int, code: str) -> RowDetail | None:
    """One row of table two with everything beneath it; None for a body or a row that is not there."""
    found = Body.objects.filter(code=body).first()
    if found is None:
        return None
    require(person, Act.SEE_LEDGERS, found)
    bodies = continued(found, year)
    detail = _year(person, found, year, bodies)
    own = next((each for each in detail.rows if each.row.code == code), None)
    if own is None:
        return None
    columns = {each.code for each in own.row.columns}
    return RowDetail(
        detail,
        own,
        _statements(bodies, year, code),
        _lines(bodies, year, code),
        tuple(name for name, column in LINE_COLUMNS.items() if column in columns),
        bodies,
    )


def _statements(bodies: Sequence[str], year: int, row: str) -> dict[str, tuple[StatementRow, ...]]:
    """By column: those in force first, then the replaced ones, the latest first."""
    found = Statement.objects.filter(body__code__in=bodies, year=year, row=row)
    by_column: dict[str, list[StatementRow]] = {}
    for each in found.select_related("body", "entered_by").order_by("-id"):
        by_column.setdefault(each.column, []).append(
            StatementRow(
                each.pk, each.body.code, each.body.name, each.column, each.value, each.evidence, _who(each.entered_by),
                each.entered_at, each.replaced_at,
            )
        )  # fmt: skip
    return {
        column: tuple(sorted(rows, key=lambda each: each.replaced_at is not None)) for column, rows in by_column.items()
    }


def _lines(bodies: Sequence[str], year: int, row: str) -> tuple[LineRow, ...]:
    found = StatementLine.objects.filter(body__code__in=bodies, year=year, row=row, withdrawn_at__isnull=True)
    return tuple(
        LineRow(
            each.pk, each.body.code, each.body.name, each.name, each.reference, each.prior, each.change, each.decisions,
            each.amount, each.evidence, _who(each.entered_by), each.entered_at,
        )
        for each in found.select_related("body", "entered_by").order_by("id")
    )  # fmt: skip


def _who(by: Person | None) -> str:
    return by.name if by else "导入"


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One record of the year's work, with what the kind counts."""

    id: int
    body: str
    body_name: str
    kind: str
    on: date
    title: str
    people: int | None
    found: int | None
    rectified: int | None
    result: str
    evidence: str
    by: str


@dataclass(frozen=True, slots=True)
class WorkPage:
    rows: tuple[WorkRow, ...]
    next_after: str


def work(
    person: Person, *, body: str = "", year: int | None = None, kind: str = "", after: str = "", size: int = PAGE
) -> WorkPage:
    """The records that a person's roles reach, the latest day first; withdrawn ones are left out."""
    require(person, Act.SEE_LEDGERS)
    found = WorkRecord.objects.filter(
        body__in=Body.objects.filter(reach(person, Act.SEE_LEDGERS)).values("pk"), withdrawn_at__isnull=True
    )
    if body:
        found = found.filter(body__code=body)
    if year:
        found = found.filter(on__year=year)
    if kind:
        found = found.filter(kind=kind)
    since, _, since_id = after.partition("~")
    if since_id.isdigit():
        try:
            day = date.fromisoformat(since)
        except ValueError:
            return WorkPage((), "")
        found = found.filter(on__lte=day).exclude(on=day, id__gte=int(since_id))
    taken = list(found.select_related("body", "entered_by").order_by("-on", "-id")[: size + 1])
    last = taken[size - 1] if len(taken) > size else None
    rows = tuple(
        WorkRow(
            each.pk, each.body.code, each.body.name, each.kind, each.on, each.title, each.people, each.found,
            each.rectified, each.result, each.evidence, _who(each.entered_by),
        )
        for each in taken[:size]
    )  # fmt: skip
    return WorkPage(rows, f"{last.on}~{last.pk}" if last else "")
