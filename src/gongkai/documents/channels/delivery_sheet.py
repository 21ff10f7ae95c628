"""移送清单 as a workbook, A4 across, its heads on every page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from gongkai.documents.annual_report.render.xlsx_format import packed
from gongkai.documents.channels.delivery import CENTRED, HEADS, SHARES, Delivery, delivery
from gongkai.documents.channels.item import ChannelItem

_THIN: Final = Side(style="thin", color="333333")
_BOX: Final = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_MILLIMETRES: Final = 2.0
"""Of a unit of column width, about."""
_LINE: Final = 15.0
"""Points of a line of size eleven."""
_HIGHEST: Final = 409.0
"""Points; Excel takes no higher row."""


def delivery_list(
    kind: str, items: Sequence[ChannelItem], *, receiver: str, on: date, body_name: str, carrier: str = ""
) -> bytes:
    """The workbook's bytes; equal lists give equal bytes."""
    told = delivery(kind, items, receiver=receiver, on=on, body_name=body_name, carrier=carrier)
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "移送清单"
    _page(sheet)
    _across(sheet, 1, told.title, Font(name="宋体", size=18, bold=True), 32).alignment = Alignment(
        horizontal="center", vertical="center"
    )
    _across(sheet, 2, told.opening, Font(name="仿宋", size=12), 36 if len(told.opening) < 120 else 54)
    for number, row in enumerate((HEADS, *told.rows), 3):
        _row(sheet, number, row)
    sheet.print_title_rows = "3:3"
    sheet.freeze_panes = "A4"
    _signatures(sheet, told)
    book.properties.title, book.properties.creator, book.properties.language = told.title, told.author, "zh-CN"
    return packed(book)


def _page(sheet: Any) -> None:
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    for number, share in enumerate(SHARES, 1):
        sheet.column_dimensions[get_column_letter(number)].width = share / _MILLIMETRES


def _across(sheet: Any, row: int, text: str, font: Font, height: float) -> Any:
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(HEADS))
    cell = sheet.cell(row, 1)
    _text(cell, text, font)
    sheet.row_dimensions[row].height = height
    return cell


def _row(sheet: Any, number: int, texts: Sequence[str]) -> None:
    heads = texts == HEADS
    for place, (head, text) in enumerate(zip(HEADS, texts, strict=True), 1):
        cell = sheet.cell(number, place)
        _text(cell, text, Font(name="黑体" if heads else "仿宋", size=11))
        centred = heads or head in CENTRED
        cell.alignment = Alignment(horizontal="center" if centred else "left", vertical="center", wrap_text=True)
        cell.border = _BOX
        if head == "序号" and not heads:
            cell.value, cell.data_type = int(text), "n"
    # Excel does not grow a row by itself for text that a program wrote
    lines = max(_lines(text, share) for text, share in zip(texts, SHARES, strict=True))
    sheet.row_dimensions[number].height = min(_HIGHEST, _LINE * lines + 7)


def _lines(text: str, share: float) -> int:
    """A wide character takes some 4.2 mm, a narrow one half of it."""
    return int(sum(2.1 if each.isascii() else 4.2 for each in text) // (share - 3)) + 1


def _signatures(sheet: Any, told: Delivery) -> None:
    first = sheet.max_row + 2
    for number, sides in enumerate(told.signatures, first):
        for start, end, text in ((1, 3, sides[0]), (4, len(HEADS), sides[1])):
            sheet.merge_cells(start_row=number, start_column=start, end_row=number, end_column=end)
            _text(sheet.cell(number, start), text, Font(name="仿宋", size=12))
        sheet.row_dimensions[number].height = 28


def _text(cell: Any, text: str, font: Font) -> None:
    """Text as text: a leading = + - @ makes no formula here nor when the cell is edited."""
    cell.value = text
    cell.data_type = "s"
    if text[:1] in ("=", "+", "-", "@"):
        cell.quotePrefix = True
    cell.font = font
    cell.alignment = Alignment(vertical="center", wrap_text=True)
