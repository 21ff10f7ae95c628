"""The report as a workbook: a sheet for each part in the order of the form, tables with their merged cells."""

from __future__ import annotations

import zipfile
from datetime import datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from gongkai.documents.annual_report.render.draft import OPINIONS, Draft, Heading, Paragraph, Tabular, mark_sign
from gongkai.documents.annual_report.render.grids import GridCell

_SHEETS = {
    "overview": "总体情况",
    "proactive": "主动公开",
    "requests": "申请办理",
    "remedies": "复议诉讼",
    "problems": "问题及改进",
    "other": "其他事项",
}
_TOTAL_WIDTH = 80
"""Characters over all columns: what A4 upright takes without being made smaller."""
_LINE = 33
"""Wide characters of 12 points in a line of prose."""
_LONGEST = 32_000
"""Characters of a cell; Excel takes 32767. A longer paragraph goes on in the next row."""
_FILLS = {"error": "FBDCD8", "warning": "FDF0C4", "note": "DFEAF7"}
_THIN = Side(style="thin", color="333333")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001  (openpyxl takes none with a zone; stands for no time at all)
_FANGSONG, _HEITI = "仿宋", "黑体"


def to_xlsx(draft: Draft) -> bytes:
    """The workbook's bytes. Text is stored as text whatever it begins with, so that none becomes a formula."""
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]  # a new workbook has one sheet
    sheet: Any = None
    for block in draft.blocks:
        if isinstance(block, Heading) and block.level == 1:
            sheet = book.create_sheet(_SHEETS[block.part])
            _page(sheet)
            if block.part == "overview":
                _title(sheet, draft)
        if isinstance(block, Heading):
            cell = _line(sheet, block.text, Font(name=_HEITI, size=14 if block.level == 1 else 12))
            _mark(cell, draft, block.marks)
        elif isinstance(block, Paragraph):
            _prose(sheet, draft, block)
        else:
            _table(sheet, draft, block)
    if draft.opinions:
        _opinions(book.create_sheet(OPINIONS), draft)
    book.properties.title = draft.title
    book.properties.creator = draft.agency
    book.properties.language = "zh-CN"
    return packed(book)


def packed(book: Workbook) -> bytes:
    """The package without the times of its making, so that the same report gives the same bytes."""
    made = BytesIO()
    book.properties.created = _MADE
    book.save(made)
    out = BytesIO()
    with zipfile.ZipFile(made) as members, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in members.namelist():
            content = members.read(name)
            if name == "docProps/core.xml" and book.properties.modified:
                stamp = book.properties.modified.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
                content = content.replace(stamp, b"2000-01-01T00:00:00Z")
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(member, content)
    return out.getvalue()


def _page(sheet: Any) -> None:
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    sheet.oddFooter.center.text = "— &P —"
    sheet.sheet_view.showGridLines = False
    sheet.column_dimensions["A"].width = _TOTAL_WIDTH


def _title(sheet: Any, draft: Draft) -> None:
    cell = _line(sheet, draft.title, Font(name="宋体", size=18, bold=True))
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    _mark(cell, draft, draft.title_marks)


def _text(cell: Any, text: str) -> None:
    """Text as text: a leading = + - @ makes no formula here nor when the cell is edited."""
    cell.value = text
    cell.data_type = "s"
    if text[:1] in ("=", "+", "-", "@"):
        cell.quotePrefix = True


def _line(sheet: Any, text: str, font: Font) -> SheetCell:
    """A row of its own, apart from the one above where that ended a table."""
    cell: SheetCell = sheet.cell(sheet.max_row + (1 if sheet["A1"].value is not None else 0), 1)
    _text(cell, text)
    cell.font = font
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    # Excel does not grow a row by itself for text that a program wrote.
    sheet.row_dimensions[cell.row].height = min(409, (len(text) // _LINE + 1) * (font.size or 12) * 1.6)
    return cell


def _prose(sheet: Any, draft: Draft, block: Paragraph) -> None:
    text = "".join(run.text for run in block.runs)
    numbers = tuple(dict.fromkeys(number for run in block.runs for number in run.on))
    for start in range(0, len(text), _LONGEST):
        cell = _line(sheet, text[start : start + _LONGEST], Font(name=_FANGSONG, size=12))
        if start == 0:
            _mark(cell, draft, numbers)


def _table(sheet: Any, draft: Draft, block: Tabular) -> None:
    grid = block.grid
    first = sheet.max_row + 2
    unit = _TOTAL_WIDTH / sum(grid.widths)
    for number, width in enumerate(grid.widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = unit * width
    sheet.merge_cells(start_row=first - 2, start_column=1, end_row=first - 2, end_column=len(grid.widths))
    for down, across, item in grid.placed():
        cell = sheet.cell(first + down, across + 1)
        _figure(cell, item)
        cell.font = Font(name=_HEITI if item.role in ("head", "band") else _FANGSONG, size=11)
        side = "left" if item.role == "remark" or item.text[:1] in "123456789（一二三四" else "center"
        cell.alignment = Alignment(
            horizontal=side if item.role in ("label", "remark") else "center",
            vertical="center",
            wrap_text=item.role != "value",
            shrink_to_fit=item.role == "value",  # a number wider than its column would be shown as ####
        )
        for y in range(item.rowspan):
            for x in range(item.colspan):
                sheet.cell(first + down + y, across + 1 + x).border = _BOX
        if item.colspan > 1 or item.rowspan > 1:
            sheet.merge_cells(
                start_row=first + down,
                start_column=across + 1,
                end_row=first + down + item.rowspan - 1,
                end_column=across + item.colspan,
            )
        _mark(cell, draft, block.marks.get((down, across), ()))
    for down, row in enumerate(grid.rows):
        tall = any(cell.role == "label" and len(cell.text) > 24 and cell.colspan < 3 for cell in row)
        sheet.row_dimensions[first + down].height = 44 if tall else 22 if grid.table == "proactive" else 30
    if grid.header_rows:
        sheet.print_title_rows = f"{first}:{first + grid.header_rows - 1}"
    sheet.page_setup.fitToHeight = 1


def _figure(cell: Any, item: GridCell) -> None:
    """A count as a number; money as a number where that keeps its digits, else, and with a unit, as text."""
    value = item.value
    if isinstance(value, int):
        cell.value = value
        cell.number_format = "+0;-0;0" if item.kind == "change" else "0"
    elif isinstance(value, str) and item.text == value and _keeps(value):
        fraction = value.partition(".")[2]
        cell.value = float(value) if fraction else int(value)
        cell.number_format = f"0.{'0' * len(fraction)}" if fraction else "0"
    elif item.text:
        _text(cell, item.text)


def _keeps(amount: str) -> bool:
    """Whether a number of the sheet, shown with as many decimals, is the amount to the last digit."""
    fraction = amount.partition(".")[2]
    if amount == "n/a" or len(amount) >= 16 or (fraction and not fraction.strip("0")):
        return False
    return f"{float(amount):.{len(fraction)}f}" == amount


def _mark(cell: Any, draft: Draft, numbers: tuple[int, ...]) -> None:
    """Ground and a comment; the number of a finding stands in the comment, so that figures stay figures."""
    if not numbers:
        return
    cell.fill = PatternFill("solid", fgColor=_FILLS[draft.gravity(numbers)])
    told = (draft.opinions[number - 1] for number in numbers)
    cell.comment = Comment("\n".join(f"{mark_sign(o.number)}〔{o.word}〕{o.sentence}" for o in told), "核查", 160, 320)


def _opinions(sheet: Any, draft: Draft) -> None:
    _page(sheet)
    heads = (("序号", 6), ("程度", 8), ("位置", 28), ("问题", 44), ("相差", 8), ("建议", 40), ("依据", 30))
    for number, (head, width) in enumerate(heads, 1):
        cell = sheet.cell(1, number, head)
        cell.font = Font(name=_HEITI, size=11)
        cell.border = _BOX
        cell.alignment = Alignment(horizontal="center", vertical="center")
        sheet.column_dimensions[get_column_letter(number)].width = width
    for row, o in enumerate(draft.opinions, 2):
        for number, text in enumerate(
            (mark_sign(o.number), o.word, o.place, o.sentence, o.difference, o.advice, o.cite), 1
        ):
            cell = sheet.cell(row, number)
            _text(cell, text)
            cell.font = Font(name=_FANGSONG, size=11)
            cell.border = _BOX
            cell.alignment = Alignment(vertical="top", wrap_text=True)
        sheet.cell(row, 2).fill = PatternFill("solid", fgColor=_FILLS[o.severity])
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
