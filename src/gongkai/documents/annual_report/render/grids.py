"""The statutory tables as grids of cells with spans, as the official forms print them; shared by every format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from gongkai.statute.report.form import Column, Row, Table
from gongkai.statute.report.model import Cell

CellRole = Literal["band", "head", "label", "value", "remark"]
Cells = Mapping[str, Mapping[str, Cell]]

FIRST_HEAD = "信息内容"
APPLICANTS = "申请人情况"
_TABLE_TWO_WIDTHS = (5, 4, 4, 4)
_TABLE_THREE_LABELS = (3, 4, 10)
_LITIGATION = "行政诉讼"


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell once, where it begins.

    `row` and `column` are the codes that the cell stands for: both for a figure, `column` for a column's heading,
    `row` for a row's label, none for a band. `value` is the figure behind `text`; `kind` its kind.
    """

    text: str
    role: CellRole
    colspan: int = 1
    rowspan: int = 1
    row: str | None = None
    column: str | None = None
    value: Cell = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """table: the table's code; widths: relative, one for each column; the first `header_rows` rows are headings."""

    table: str
    title: str
    widths: tuple[int, ...]
    header_rows: int
    rows: tuple[tuple[GridCell, ...], ...]

    def placed(self) -> Iterator[tuple[int, int, GridCell]]:
        """(row, column, cell) from 0 of every cell, with the places that merged cells cover left out."""
        taken: set[tuple[int, int]] = set()
        for down, row in enumerate(self.rows):
            across = 0
            for cell in row:
                while (down, across) in taken:
                    across += 1
                yield down, across, cell
                taken |= {(down + y, across + x) for y in range(cell.rowspan) for x in range(cell.colspan)}
                across += cell.colspan


def printed(value: Cell, column: Column) -> str:
    """What the form's cell shows: a blank for None, “/” for not applicable, money with a unit unless the head has it.

    A change (本年增/减) is printed with its sign, as the form of 2019 has it.
    """
    if value is None:
        return ""
    if value == "n/a":
        return "/"
    if column.kind == "money":
        return str(value) if "万元" in column.label else f"{value}万元"
    if column.kind == "change" and isinstance(value, int) and value > 0:
        return f"+{value}"
    return str(value)


def grid_of(table: Table, cells: Cells) -> Grid:
    """The grid of one of the three tables."""
    makers = {"proactive": _table_two, "requests": _table_three, "remedies": _table_four}
    return makers[table.code](table, cells)


def _value(row: Row, column: Column, cells: Cells, colspan: int = 1) -> GridCell:
    value = cells.get(row.code, {}).get(column.code)
    return GridCell(printed(value, column), "value", colspan, 1, row.code, column.code, value, column.kind)


def _table_two(table: Table, cells: Cells) -> Grid:
    """Sub-tables by the items of art. 20, each with its band and its own headings, under one another."""
    rows: list[tuple[GridCell, ...]] = []
    part = None
    for row in table.rows:
        spans = _spans(len(row.columns))
        if row.part != part:
            part = row.part
            rows.append((GridCell(part, "band", 4),))
            heads = (GridCell(c.label, "head", span, column=c.code) for c, span in zip(row.columns, spans, strict=True))
            rows.append((GridCell(FIRST_HEAD, "head"), *heads))
        values = (_value(row, column, cells, span) for column, span in zip(row.columns, spans, strict=True))
        rows.append((GridCell(row.label, "label", row=row.code), *values))
    return Grid(table.code, table.title, _TABLE_TWO_WIDTHS, 0, tuple(rows))


def _spans(columns: int) -> tuple[int, ...]:
    """Widths of the columns in thirds of the room beside 信息内容; the last takes what is left."""
    return (*(1 for _ in range(columns - 1)), 4 - columns)


def _table_three(table: Table, cells: Cells) -> Grid:
    """Three columns of labels, then the applicants; labels that rows share are merged downwards."""
    columns = table.rows[0].columns
    grouped = [column for column in columns if column.group]
    remark = GridCell(table.note, "remark", 3, 3)
    top = (remark, GridCell(APPLICANTS, "head", len(columns)))
    middle: list[GridCell] = []
    for column in columns:
        if not column.group:
            middle.append(GridCell(column.label, "head", 1, 2, column=column.code))
        elif column is grouped[0]:
            middle.append(GridCell(column.group, "head", len(grouped)))
    below = tuple(GridCell(column.label, "head", column=column.code) for column in grouped)
    rows = [top, tuple(middle), below]
    for index, row in enumerate(table.rows):
        labels = _labels(table.rows, index)
        rows.append((*labels, *(_value(row, column, cells) for column in columns)))
    widths = (*_TABLE_THREE_LABELS, *(3 for _ in columns))
    return Grid(table.code, table.title, widths, 3, tuple(rows))


def _labels(rows: tuple[Row, ...], index: int) -> Iterator[GridCell]:
    path = rows[index].path
    for depth, label in enumerate(path):
        shared = path[: depth + 1]
        if index and rows[index - 1].path[: depth + 1] == shared:
            continue
        last = depth == len(path) - 1
        height = 1
        while index + height < len(rows) and rows[index + height].path[: depth + 1] == shared:
            height += 1
        yield GridCell(label, "label", 3 - depth if last else 1, height, rows[index].code if last else None)


def _table_four(table: Table, cells: Cells) -> Grid:
    """One row of figures under 行政复议 and the two groups of 行政诉讼, five results each."""
    alone = [row for row in table.rows if len(row.path) == 1]
    grouped = [row for row in table.rows if len(row.path) > 1]
    top = [GridCell(row.label, "head", len(row.columns), row=row.code) for row in alone]
    top.append(GridCell(_LITIGATION, "head", sum(len(row.columns) for row in grouped)))
    middle = [_result(row, column, 2) for row in alone for column in row.columns]
    middle += [GridCell(row.label, "head", len(row.columns), row=row.code) for row in grouped]
    below = [_result(row, column) for row in grouped for column in row.columns]
    values = [_value(row, column, cells) for row in (*alone, *grouped) for column in row.columns]
    rows = (tuple(top), tuple(middle), tuple(below), tuple(values))
    return Grid(table.code, table.title, tuple(1 for _ in values), 3, rows)


def _result(row: Row, column: Column, rowspan: int = 1) -> GridCell:
    return GridCell(column.label, "head", 1, rowspan, column=f"{row.code}.{column.code}")
