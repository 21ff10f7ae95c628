"""Workbooks: every cell of every sheet, also of hidden sheets, rows and columns; comments; what caches keep."""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import Any, Final

import openpyxl
from openpyxl.utils import column_index_from_string, get_column_letter

from gongkai.documents.inspection import package
from gongkai.documents.inspection.gathering import Gathering
from gongkai.documents.limits import MOST_CELLS, refuse
from gongkai.documents.readers.xlsx_reader import refuse_merges
from gongkai.documents.readers.zipped import open_zip
from gongkai.documents.redaction.ooxml import local, parsed
from gongkai.statute.inspection.model import Layer
from gongkai.statute.inspection.personal_data import hidden
from gongkai.statute.primitives import InputRefused

_KIND: Final = "xlsx"
_OTHERS: Final = ("xl/pivotCache/", "xl/externalLinks/", "xl/threadedComments/", "xl/persons/", "customXml/")
_HEAD_ROWS: Final = 12
"""Rows at the top of a sheet in which the heads of the columns are looked for."""
_SHOWN_RANGES: Final = 8


def gather_sheets(data: bytes, name: str, gathering: Gathering) -> None:
    """An .xlsx file; formulas by the values stored with them."""
    with open_zip(data, name, _KIND) as packed:
        refuse_merges(packed, name)
        written: set[str] = set()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                book = openpyxl.load_workbook(BytesIO(data), data_only=True, keep_links=False)
            for sheet in book.worksheets:
                _sheet(sheet, gathering, written)
        except InputRefused:
            raise
        except (MemoryError, RecursionError):
            raise refuse(name, "表格过大或者嵌套过深", "拆成几份的表格") from None
        except Exception:  # openpyxl raises whatever it meets in a damaged file
            raise refuse(name, "文件已损坏，读不出表格", "完整的 xlsx 文件") from None
        _left_over(packed, name, gathering, written)
        package.properties(packed, name, _KIND, gathering)
        package.pictures(packed, name, _KIND, gathering)
        package.embedded(packed, name, _KIND, gathering)
        package.other_parts(packed, name, _KIND, _OTHERS, gathering)


def _sheet(sheet: Any, gathering: Gathering, written: set[str]) -> None:
    # a name of a sheet is read like a cell, and told masked
    title = f"工作表“{hidden(sheet.title)}”"
    gathering.passage(f"{title}的名称", sheet.title, "metadata" if sheet.sheet_state == "visible" else "hidden")
    unseen = sheet.sheet_state != "visible"
    rows = {number for number, each in sheet.row_dimensions.items() if each.hidden}
    columns = _hidden_columns(sheet)
    # the cells that the file holds: a sheet's outer bounds may span millions of empty ones
    cells: Mapping[tuple[int, int], Any] = sheet._cells
    if len(cells) > MOST_CELLS:
        raise refuse(gathering.name, f"单元格超过 {MOST_CELLS} 个", "拆成几份的表格")
    heads = _heads(cells)
    comments = 0
    for (row, column), cell in sorted(cells.items()):
        text = _said(cell.value)
        place = f"{title}{get_column_letter(column)}{row}"
        layer: Layer = "hidden" if unseen or row in rows or column in columns else "shown"
        context = heads[column][1] if column in heads and heads[column][0] < row else ""
        if layer == "hidden":
            place = f"{place}（隐藏）"
        gathering.passage(place, text, layer, f"{title}第{row}行", context)
        written.add(text)
        if cell.comment is not None:
            comments += 1
            gathering.passage(f"{place}的批注", cell.comment.text or "", "comment")
        if cell.hyperlink is not None:
            gathering.link(place, cell.hyperlink.target or "", text)
    for part in ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"):
        lines = getattr(sheet, part)
        text = "\n".join(each.text for each in (lines.left, lines.center, lines.right) if each and each.text)
        gathering.passage(f"{title}的{'页眉' if 'Header' in part else '页脚'}", text)
    _notices(sheet, title, unseen, rows & {row for row, _ in cells}, columns & {each for _, each in cells}, gathering)
    if comments:
        gathering.notice("comments", title, f"{comments}条")


def _notices(sheet: Any, title: str, unseen: bool, rows: set[int], columns: set[int], gathering: Gathering) -> None:
    """Hidden parts that hold something."""
    if unseen and sheet._cells:
        gathering.notice("hidden_sheet", title)
    if rows:
        shown = "、".join(str(each) for each in sorted(rows)[:_SHOWN_RANGES])
        gathering.notice("hidden_rows", title, f"{len(rows)}行：{shown}{'等' if len(rows) > _SHOWN_RANGES else ''}")
    if columns:
        shown = "、".join(get_column_letter(each) for each in sorted(columns)[:_SHOWN_RANGES])
        gathering.notice("hidden_columns", title, f"{len(columns)}列：{shown}")


def _hidden_columns(sheet: Any) -> set[int]:
    out: set[int] = set()
    for letter, dimension in sheet.column_dimensions.items():
        if dimension.hidden:
            first = dimension.min or column_index_from_string(letter)
            out |= set(range(first, min(dimension.max or first, 16_384) + 1))
    return out


def _heads(cells: Mapping[tuple[int, int], Any]) -> dict[int, tuple[int, str]]:
    """By column the row and the words of its head: the first row of the sheet with two short texts without digits."""
    rows: dict[int, dict[int, str]] = {}
    for (row, column), cell in cells.items():
        if row <= _HEAD_ROWS and isinstance(cell.value, str):
            text = cell.value.strip()
            if 0 < len(text) <= 20 and not re.search(r"\d{4}", text):
                rows.setdefault(row, {})[column] = text
    first = next((row for row in sorted(rows) if len(rows[row]) >= 2), None)
    return {} if first is None else {column: (first, text) for column, text in rows[first].items()}


def _said(value: object) -> str:
    """The value as text: whole numbers without a point, days without a time of day."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e18:
        return str(int(value))
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d") if value.time() == datetime.min.time() else value.strftime("%Y-%m-%d %H:%M")
    return str(value)


def _left_over(packed: Any, name: str, gathering: Gathering, written: set[str]) -> None:
    """Strings of the workbook that no cell shows any more: what was deleted in some programs stays in the file."""
    if "xl/sharedStrings.xml" not in packed.namelist():
        return
    count = 0
    for item in parsed(packed, "xl/sharedStrings.xml", name, _KIND):
        text = "".join(node.text or "" for node in item.iter() if local(node) == "t")
        if text.strip() and text not in written:
            count += 1
            gathering.passage(f"残留的字符串{count}", text, "hidden")
