"""Workbooks: every visible sheet as tables with merged cells; figures as the sheet shows them, what it hides blank."""

from __future__ import annotations

import re
import warnings
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import openpyxl
from openpyxl.utils import column_index_from_string

from gongkai.documents.blocks import Block, Document, Picture, Table, TableCell
from gongkai.documents.limits import LONGEST_SPAN, MOST_CELLS, MOST_MERGES, WIDEST_ROW, Budget, refuse
from gongkai.documents.readers.zipped import member, open_zip

_MERGE = re.compile(
    rb"""<(?:\w+:)?mergeCell\s[^>]{0,200}?ref=["']\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})"""
)
_FIXED = re.compile(r"(?:#,##)?0\.(0{1,12})(?:_[ )]?)?")
"""A number format with a fixed count of decimals."""


def read_xlsx(data: bytes, name: str) -> Document:
    """An .xlsx file; formulas by the values stored with them."""
    with open_zip(data, name, "xlsx") as packed:
        refuse_merges(packed, name)
    budget = Budget(name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(BytesIO(data), data_only=True, keep_links=False)
        blocks: list[Block] = []
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible":
                blocks += _sheet(sheet, budget)
    except (MemoryError, RecursionError):
        raise refuse(name, "表格过大或者嵌套过深", "一份年度报告的表格") from None
    except Exception as fault:
        if type(fault).__name__ == "InputRefused":
            raise
        raise refuse(name, "文件已损坏，读不出表格", "完整的 xlsx 文件") from None  # openpyxl raises what it meets
    return Document(tuple(blocks))


def refuse_merges(packed: ZipFile, name: str) -> None:
    """The library makes a cell for each place that a merge covers: too many are refused before it opens the file."""
    for path in packed.namelist():
        if not path.startswith("xl/worksheets/"):
            continue
        merges = _MERGE.findall(member(packed, path, name, "xlsx"))
        covered = sum(
            (abs(column_index_from_string(last.decode()) - column_index_from_string(first.decode())) + 1)
            * (abs(int(low) - int(high)) + 1)
            for first, high, last, low in merges
        )
        if len(merges) > MOST_MERGES or covered > MOST_CELLS:
            raise refuse(name, "合并的单元格过多", "一份年度报告的表格")


def _sheet(sheet: Any, budget: Budget) -> list[Block]:
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for merged in sheet.merged_cells.ranges:
        height = min(merged.max_row - merged.min_row + 1, LONGEST_SPAN)
        width = min(merged.max_col - merged.min_col + 1, WIDEST_ROW)
        spans[merged.min_row, merged.min_col] = (width, height)
        for row in range(merged.min_row, merged.min_row + height):
            covered |= {(row, column) for column in range(merged.min_col, merged.min_col + width)}
        covered.discard((merged.min_row, merged.min_col))
    hidden = _hidden_columns(sheet)
    rows: list[tuple[TableCell, ...]] = []
    for number, row in enumerate(sheet.iter_rows(max_col=min(sheet.max_column or 1, WIDEST_ROW)), 1):
        cells = []
        hidden_row = number in sheet.row_dimensions and sheet.row_dimensions[number].hidden
        for cell in row:
            place = (number, cell.column)
            if place in covered:
                continue
            text = "" if hidden_row or cell.column in hidden else _shown(cell)
            budget.cell(len(text))
            cells.append(TableCell(text, *spans.get(place, (1, 1))))
        rows.append(tuple(cells))
    budget.block()
    found: list[Block] = [Table(run) for run in _runs(rows)]
    if getattr(sheet, "_images", None):
        found.append(Picture())
    return found


def _hidden_columns(sheet: Any) -> set[int]:
    """What the sheet hides is not what it shows."""
    out: set[int] = set()
    for letter, dimension in sheet.column_dimensions.items():
        if dimension.hidden:
            first = dimension.min or column_index_from_string(letter)
            out |= set(range(first, min(dimension.max or first, WIDEST_ROW) + 1))
    return out


def _runs(rows: list[tuple[TableCell, ...]]) -> list[tuple[tuple[TableCell, ...], ...]]:
    """Tables of a sheet are apart by empty rows."""
    runs: list[list[tuple[TableCell, ...]]] = [[]]
    for row in rows:
        if any(cell.text for cell in row) or (runs[-1] and not row):
            runs[-1].append(row)
        elif runs[-1]:
            runs.append([])
    return [tuple(run) for run in runs if run]


def _decimals(value: float, shown_as: str) -> str:
    """All digits of the number, and the noughts that its format adds to them (25.1 under 0.00 is 25.10)."""
    if not abs(value) < 1e15:
        return repr(value)
    digits = str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")
    asked = _FIXED.fullmatch(shown_as)
    whole, _, fraction = digits.partition(".")
    fraction = fraction.ljust(len(asked[1]), "0") if asked else fraction
    return f"{whole}.{fraction}" if fraction else whole


def _shown(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, float):
        return _decimals(value, str(cell.number_format or ""))
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value).strip()
