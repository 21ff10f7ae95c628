"""Workbooks: built anew from what a reader sees, cell by cell; nothing of the old file is carried over.

Formulas become their values. Hidden sheets, rows and columns, cells whose format shows nothing, comments, names, links,
checks of input, charts and pictures stay behind.
"""

from __future__ import annotations

import copy
import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import Any, Final

import openpyxl
from lxml import etree
from openpyxl.cell.cell import MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from gongkai.documents.limits import MOST_CELLS, Budget, refuse
from gongkai.documents.readers.xlsx_reader import refuse_merges
from gongkai.documents.readers.zipped import open_zip
from gongkai.documents.redaction.matching import BLOCK, hidden, spans
from gongkai.documents.redaction.model import Applied, Box, Redaction
from gongkai.documents.redaction.ooxml import packed_anew
from gongkai.statute.primitives import InputFault, InputRefused

_WRITTEN: Final = re.compile(r"xl/(?:workbook|styles|theme/theme1|sharedStrings|worksheets/sheet\d+)\.xml|.*\.rels")
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]')
_LEAST_HEIGHT, _LEAST_WIDTH = 2.0, 0.3
"""Points, and letters: a lower row or narrower column is not seen."""
_PLAIN_WORDS = frozenset("年月日时分秒元万亿上下午第季度周星期％%-/.,:()（） ¥￥$€+")
"""What a number format may print beside the figure; other words of a format stay behind."""
_FIGURE = re.compile("[0#?@ymdhsge]|general", re.IGNORECASE)
"""What stands in a number format for the value itself."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell that a reader sees: its place in Chinese, the cell of the new sheet, and how its value may be written."""

    place: str
    cell: Any
    texts: tuple[str, ...]


def redact_xlsx(
    data: bytes, name: str, redactions: Sequence[Redaction], label: bool
) -> tuple[bytes, list[Applied], list[InputFault]]:
    """The new file, what was hidden, what to look at. Boxes have no place in a sheet: refused."""
    faults = [
        InputFault(f"{name} 第{number}项", "表格没有固定的版面，不能用方框", "遮盖的文字，或者先转成 PDF 再画方框")
        for number, each in enumerate(redactions, 1)
        if isinstance(each.what, Box)
    ]
    if faults:
        raise InputRefused(*faults)
    book, notices = clean_xlsx(data, name)
    applied: list[Applied] = []
    for shown in list(shown_cells(book)):
        for text in shown.texts:
            found = spans(text, redactions)
            if not found:
                continue
            for span in found:
                of = redactions[span.redaction]
                applied.append(Applied(shown.place, of.kind, of.ground, span.redaction))
            marks = sorted({redactions[span.redaction].ground.article for span in found})
            shown.cell.value = hidden(text, redactions, BLOCK + (f"[{'、'.join(marks)}]" if label else ""))
            shown.cell.data_type, shown.cell.number_format = "s", "@"
            break
    for sheet in book.worksheets:
        if spans(sheet.title, redactions):
            of = redactions[spans(sheet.title, redactions)[0].redaction]
            applied.append(Applied("工作表名称", of.kind, of.ground, spans(sheet.title, redactions)[0].redaction))
            sheet.title = hidden(sheet.title, redactions, BLOCK)
    return written(book), applied, notices


def clean_xlsx(data: bytes, name: str) -> tuple[Any, list[InputFault]]:
    """A new workbook of what is visible in the old one, and what was left behind."""
    with open_zip(data, name, "xlsx") as packed:
        refuse_merges(packed, name)
        paths = packed.namelist()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            values = openpyxl.load_workbook(BytesIO(data), data_only=True, keep_links=False)
            formulas = openpyxl.load_workbook(BytesIO(data), keep_links=False)
        copied = _Copying(name, formulas)
        for sheet in values.worksheets:
            if sheet.sheet_state == "visible":
                copied.sheet(sheet)
    except (MemoryError, RecursionError):
        raise refuse(name, "表格过大或者嵌套过深", "内容正常的 xlsx 文件") from None
    except InputRefused:
        raise
    except Exception:  # openpyxl raises whatever it meets in a damaged file
        raise refuse(name, "文件已损坏，读不出表格", "完整的 xlsx 文件") from None
    if not copied.book.worksheets:
        raise refuse(name, "没有可以看见的工作表", "有内容的 xlsx 文件")
    return copied.book, _notices(name, paths, copied)


class _Copying:
    def __init__(self, name: str, formulas: Any) -> None:
        self.book = openpyxl.Workbook()
        self.book.remove(self.book.worksheets[0])
        self.formulas = formulas
        self.budget = Budget(name)
        self.hidden = self.without_value = 0
        self._styles: dict[int, tuple[Any, ...]] = {}

    def sheet(self, old: Any) -> None:
        """The visible rows and columns, moved together, with their looks."""
        new = self.book.create_sheet(old.title)
        if (old.max_row or 1) * (old.max_column or 1) > 20 * MOST_CELLS:
            raise refuse(self.budget.name, "表格过大", "内容正常的 xlsx 文件")
        rows = [n for n in range(1, (old.max_row or 1) + 1) if not _hidden_row(old, n)]
        shut = _hidden_columns(old)
        columns = [n for n in range(1, (old.max_column or 1) + 1) if n not in shut]
        self.hidden += (old.max_row or 1) - len(rows) + (old.max_column or 1) - len(columns)
        down = {row: place for place, row in enumerate(rows, 1)}
        across = {column: place for place, column in enumerate(columns, 1)}
        cells = sorted(((at, cell) for at, cell in old._cells.items()), key=lambda each: each[0])
        for (row, column), cell in cells:
            if row in down and column in across and not isinstance(cell, MergedCell):
                self._cell(old.title, cell, new, down[row], across[column])
        self._merge(old, new, down, across)
        for row, place in down.items():
            if row in old.row_dimensions and old.row_dimensions[row].height:
                new.row_dimensions[place].height = old.row_dimensions[row].height
        for column, place in across.items():
            new.column_dimensions[get_column_letter(place)].width = _width(old, column)
        new.page_setup.orientation = old.page_setup.orientation
        new.page_setup.paperSize = old.page_setup.paperSize
        new.page_margins = copy.copy(old.page_margins)
        if old.sheet_properties.pageSetUpPr is not None and old.sheet_properties.pageSetUpPr.fitToPage:
            new.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
            new.page_setup.fitToWidth, new.page_setup.fitToHeight = (
                old.page_setup.fitToWidth,
                old.page_setup.fitToHeight,
            )

    def _cell(self, title: str, old: Any, new: Any, row: int, column: int) -> None:
        value = old.value
        self.budget.cell(len(value) if isinstance(value, str) else 0)
        if value is not None and (not _is_shown(value, old.number_format) or _same_colour(old)):
            self.hidden += 1
            value = None
        formula = self.formulas[title]._cells.get((old.row, old.column))
        if value is None and formula is not None and formula.data_type == "f":
            self.without_value += 1
        made = new.cell(row, column)
        if isinstance(value, str):
            # a text that begins with = is no formula here
            made.value = value
            made.data_type = "s"
        elif value is None or isinstance(value, bool | int | float | date | datetime | time):
            made.value = value
        else:
            made.value = str(value)
        self._look(old, made)

    def _look(self, old: Any, made: Any) -> None:
        if not old.has_style:
            return
        if old.style_id not in self._styles:
            self._styles[old.style_id] = tuple(
                copy.copy(each) for each in (old.font, old.fill, old.border, old.alignment)
            )
        made.font, made.fill, made.border, made.alignment = self._styles[old.style_id]
        shown = old.number_format or "General"
        words = "".join("".join(each) for each in _LITERAL.findall(shown))
        plain = _PLAIN_WORDS.issuperset(words) and _PLAIN_WORDS.issuperset(re.findall("[^\x00-\x7f]", shown))
        made.number_format = shown if plain else "yyyy-mm-dd" if old.is_date else "General"

    def _merge(self, old: Any, new: Any, down: dict[int, int], across: dict[int, int]) -> None:
        """A merge keeps what is visible of it; where its first cell is hidden its value went with that."""
        for merged in old.merged_cells.ranges:
            rows = [down[row] for row in range(merged.min_row, merged.max_row + 1) if row in down]
            columns = [across[column] for column in range(merged.min_col, merged.max_col + 1) if column in across]
            if rows and columns and len(rows) * len(columns) > 1:
                new.merge_cells(start_row=rows[0], end_row=rows[-1], start_column=columns[0], end_column=columns[-1])


def shown_cells(book: Any) -> Iterator[Shown]:
    """Every cell with a value, in order."""
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None and not isinstance(cell, MergedCell):
                    yield Shown(f"工作表{book.index(sheet) + 1} {cell.coordinate}", cell, _texts(cell.value))


def written(book: Any) -> bytes:
    """The file, without the properties that the library writes."""
    out = BytesIO()
    book.save(out)
    with open_zip(out.getvalue(), "xlsx", "xlsx") as packed:
        parts = {path: packed.read(path) for path in packed.namelist() if _WRITTEN.fullmatch(path)}
        types = etree.fromstring(packed.read("[Content_Types].xml"))
    for each in list(types):
        if each.get("PartName", "/")[1:] not in parts and each.get("PartName"):
            types.remove(each)
    root = etree.fromstring(parts["_rels/.rels"])
    for each in list(root):
        if "docProps" in each.get("Target", ""):
            root.remove(each)
    parts["_rels/.rels"] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    head = {"[Content_Types].xml": etree.tostring(types, xml_declaration=True, encoding="UTF-8", standalone=True)}
    return packed_anew(head | parts)


def _texts(value: Any) -> tuple[str, ...]:
    """The ways in which a value may be shown, the usual one first."""
    if isinstance(value, bool) or value is None:
        return (str(value),)
    if isinstance(value, datetime | date):
        day = f"{value.year}年{value.month}月{value.day}日"
        return (str(value), day, f"{value:%Y-%m-%d}", f"{value.year}/{value.month}/{value.day}", f"{value:%Y%m%d}",
                f"{value:%Y.%m.%d}", f"{value.year}.{value.month}.{value.day}")  # fmt: skip
    if isinstance(value, int | float):
        whole = f"{value:.0f}" if abs(value) < 1e30 else str(value)
        return (str(value), whole, f"{value:,}", f"{value:.2f}", f"{value:,.2f}", f"{value:,.0f}")
    return (str(value),)


def _hidden_row(sheet: Any, number: int) -> bool:
    if number not in sheet.row_dimensions:
        return bool(sheet.sheet_format.zeroHeight)
    row = sheet.row_dimensions[number]
    return bool(row.hidden) or (row.height is not None and row.height < _LEAST_HEIGHT)


def _is_shown(value: Any, number_format: str | None) -> bool:
    """Whether the format prints the value: it has a part for it, and that part stands for more than fixed words."""
    parts = _LITERAL.sub("", re.sub(r"\[[^\]]*\]", "", number_format or "General")).split(";")
    if isinstance(value, str):
        return "@" in parts[3] if len(parts) > 3 else True
    negative = isinstance(value, int | float) and value < 0
    zero = isinstance(value, int | float) and value == 0
    part = parts[1] if negative and len(parts) > 1 else parts[2] if zero and len(parts) > 2 else parts[0]
    return bool(_FIGURE.search(part))


def _same_colour(cell: Any) -> bool:
    """White on nothing, or letters and ground of one colour. The header of a table may be coloured by its style."""
    ink, ground = _colour(cell.font.color), "FFFFFF"
    if cell.fill.fill_type is not None:
        ground = _colour(cell.fill.fgColor) if cell.fill.fill_type == "solid" else ""
    elif cell.parent.tables:
        return False
    return ink == ground


def _colour(colour: Any) -> str:
    """Six hexadecimal digits; the two themes' colours that are white and black nearly everywhere; else its name."""
    if colour is None:
        return "000000"
    if colour.type == "rgb":
        return str(colour.rgb).upper()[-6:]
    if colour.type == "theme" and not colour.tint and colour.theme in (0, 1):
        return ("FFFFFF", "000000")[colour.theme]
    return f"{colour.type} {getattr(colour, colour.type, '')} {colour.tint}"


def _hidden_columns(sheet: Any) -> set[int]:
    """One description may stand for several columns."""
    out: set[int] = set()
    for column in sheet.column_dimensions.values():
        if column.hidden or (column.width is not None and column.width < _LEAST_WIDTH):
            out |= set(range(column.min or 1, min(column.max or column.min or 1, 16_384) + 1))
    return out


def _width(sheet: Any, column: int) -> float:
    for each in sheet.column_dimensions.values():
        if (each.min or 0) <= column <= (each.max or 0) and each.width:
            return float(each.width)
    return float(sheet.sheet_format.defaultColWidth or 9.0)


def _notices(name: str, paths: list[str], copied: _Copying) -> list[InputFault]:
    out = []
    if copied.without_value:
        out.append(
            InputFault(
                name, f"有 {copied.without_value} 个公式没有存下计算结果，留了空", "在表格软件里重新保存后再处理"
            )
        )
    if any(re.match(r"xl/(?:media|charts|embeddings|drawings/drawing)", path) for path in paths):
        out.append(
            InputFault(name, "有图片、图表或者嵌入的对象，没有带出，盖在下面的单元格露了出来", "转成 PDF 后处理")
        )
    if copied.hidden:
        out.append(InputFault(name, f"有隐藏的行、列或者单元格 {copied.hidden} 处，没有带出"))
    return out
