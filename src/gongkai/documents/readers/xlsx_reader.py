"""Workbooks: every visible sheet as a table with its merged cells; figures as the sheet shows them."""

from __future__ import annotations

import warnings
from datetime import date, datetime
from io import BytesIO
from typing import Any

import openpyxl

from gongkai.documents.blocks import Block, Document, Picture, Table, TableCell
from gongkai.documents.limits import LONGEST_SPAN, WIDEST_ROW, Budget, refuse
from gongkai.documents.readers.zipped import open_zip


def read_xlsx(data: bytes, name: str) -> Document:
    """An .xlsx file; formulas by the values stored with them."""
    open_zip(data, name, "xlsx").close()
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


def _sheet(sheet: Any, budget: Budget) -> list[Block]:
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for merged in list(sheet.merged_cells.ranges)[:10_000]:
        height = min(merged.max_row - merged.min_row + 1, LONGEST_SPAN)
        width = min(merged.max_col - merged.min_col + 1, WIDEST_ROW)
        spans[merged.min_row, merged.min_col] = (width, height)
        for row in range(merged.min_row, merged.min_row + height):
            covered |= {(row, column) for column in range(merged.min_col, merged.min_col + width)}
        covered.discard((merged.min_row, merged.min_col))
    rows: list[tuple[TableCell, ...]] = []
    for number, row in enumerate(sheet.iter_rows(max_col=min(sheet.max_column or 1, WIDEST_ROW)), 1):
        cells = []
        for cell in row:
            place = (number, cell.column)
            if place in covered:
                continue
            text = _shown(cell)
            budget.cell(len(text))
            cells.append(TableCell(text, *spans.get(place, (1, 1))))
        rows.append(tuple(cells))
    budget.block()
    found: list[Block] = [Table(run) for run in _runs(rows)]
    if getattr(sheet, "_images", None):
        found.append(Picture())
    return found


def _runs(rows: list[tuple[TableCell, ...]]) -> list[tuple[tuple[TableCell, ...], ...]]:
    """Tables of a sheet are apart by empty rows."""
    runs: list[list[tuple[TableCell, ...]]] = [[]]
    for row in rows:
        if any(cell.text for cell in row) or (runs[-1] and not row):
            runs[-1].append(row)
        elif runs[-1]:
            runs.append([])
    return [tuple(run) for run in runs if run]


def _shown(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value).strip()
