"""Freezing a report: its cells, and for each the records behind it, as they stood on that day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.db import connection
from django.db.models import Count

from gongkai.bureau.annual.compile import Compiled
from gongkai.bureau.annual.models import AnnualReport, FrozenMember, Statement, StatementLine
from gongkai.bureau.annual.table_two import DOCUMENTS, LINES, STATED
from gongkai.bureau.casework import queries as casework
from gongkai.bureau.publishing import queries as publishing
from gongkai.bureau.remedies import queries as remedies
from gongkai.statute.primitives import InputFault, InputRefused

_COPY = (
    'INSERT INTO annual_frozenmember (record, number, came, "row", "column", report_id, ledger, value) '
    "SELECT found.*, %s, 'request', '' FROM ({select}) AS found"
)


def freeze(report: AnnualReport, compiled: Compiled) -> None:
    """Give a version its figures and their records; what an earlier freeze left of this version goes."""
    FrozenMember.objects.filter(report=report).delete()
    select, parameters = casework.members(
        compiled.bodies, compiled.report.year or 0, compiled.report.form or ""
    ).query.sql_with_params()
    with connection.cursor() as cursor:
        # the database copies them by itself: a million requests never pass through here
        cursor.execute(_COPY.format(select=select), [report.pk, *parameters])
    FrozenMember.objects.bulk_create([*_remedies(report, compiled), *_table_two(report, compiled)], batch_size=1000)
    report.tables = {name: {row: dict(cells) for row, cells in rows.items()} for name, rows in _tables(compiled)}
    report.as_of = compiled.as_of
    _refuse_moved(report)


def _refuse_moved(report: AnnualReport) -> None:
    """The cells and their records are read one after the other: what was entered in between would part them."""
    cells_of = counted(report)
    told = report.tables or {}
    for table in ("requests", "remedies"):
        for row, cells in told[table].items():
            if any(cell != cells_of.get((table, row, column), 0) for column, cell in cells.items()):
                raise InputRefused(
                    InputFault("冻结数字", "台账刚才有新的登记，数字和记录没有对上", "再办理一次审核通过")
                )


def _tables(compiled: Compiled) -> Iterator[tuple[str, Mapping[str, Mapping[str, object]]]]:
    yield from compiled.report.tables.items()


def _remedies(report: AnnualReport, compiled: Compiled) -> Iterator[FrozenMember]:
    for pk, number, kind, result in remedies.members(compiled.bodies, compiled.report.year or 0, compiled.as_of):
        yield FrozenMember(report=report, ledger="remedy", record=pk, number=number, row=kind, column=result)


def _table_two(report: AnnualReport, compiled: Compiled) -> Iterator[FrozenMember]:
    """For each cell the statement, the lines or the documents that gave it."""
    year = compiled.report.year or 0
    stated = Statement.objects.filter(body__code__in=compiled.bodies, year=year, replaced_at__isnull=True)
    for each in stated:
        if compiled.origins.get((each.row, each.column)) == STATED:
            yield FrozenMember(
                report=report, ledger="statement", record=each.pk, number=each.evidence[:120], row=each.row,
                column=each.column, value=str(each.value),
            )  # fmt: skip
    for line in StatementLine.objects.filter(body__code__in=compiled.bodies, year=year, withdrawn_at__isnull=True):
        for column, value in line_values(line):
            if compiled.origins.get((line.row, column)) == LINES:
                yield FrozenMember(
                    report=report, ledger="line", record=line.pk, number=line.name[:120], row=line.row,
                    column=column, value=str(value),
                )  # fmt: skip
    for (row, column), origin in compiled.origins.items():
        if origin == DOCUMENTS:
            for pk, number in publishing.members(compiled.bodies, year, compiled.as_of, row, column):
                yield FrozenMember(report=report, ledger="item", record=pk, number=number[:120], row=row, column=column)


def line_values(line: StatementLine) -> Iterator[tuple[str, int | str]]:
    """The cells that a line adds to, with what it adds."""
    yield "items", 1
    for column, value in (("prior_items", line.prior), ("change", line.change), ("decisions", line.decisions)):
        if value is not None:
            yield column, value
    if line.amount:
        yield "amount", line.amount


def counted(report: AnnualReport) -> Mapping[tuple[str, str, str], int]:
    """Cells of tables three and four recounted from the frozen records."""
    cells: dict[tuple[str, str, str], int] = {}
    groups = (
        FrozenMember.objects.filter(report=report, ledger__in=["request", "remedy"])
        .values_list("ledger", "came", "row", "column")
        .annotate(count=Count("*"))
        .order_by()
    )
    for ledger, came, row, column, count in groups:
        table = "requests" if ledger == "request" else "remedies"
        rows = [row] if table == "remedies" else [came, row, *([] if row == "carried_out" else ["concluded"])]
        for each in rows:
            for cell in (column, "total"):
                cells[table, each, cell] = cells.get((table, each, cell), 0) + count
    return cells
