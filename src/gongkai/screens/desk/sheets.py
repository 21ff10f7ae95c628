"""What a list shows, as a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.screens.ui.downloads import CONTENT_TYPES

SHEET_LIMIT = 5000


@dataclass(frozen=True, slots=True)
class Sheet:
    title: str
    heads: Sequence[str]
    rows: Iterable[Sequence[object]]


def sheet_answer(title: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    return book_answer(title, [Sheet(title, heads, rows)])


def book_answer(title: str, sheets: Iterable[Sheet]) -> HttpResponse:
    """Several lists as the sheets of one workbook."""
    book = Workbook()
    for empty in list(book.worksheets):
        book.remove(empty)
    for each in sheets:
        _fill(book.create_sheet(each.title), each)
    out = BytesIO()
    book.save(out)
    response = HttpResponse(out.getvalue(), content_type=CONTENT_TYPES["xlsx"])
    response.headers["Content-Disposition"] = str(content_disposition_header(True, f"{title}.xlsx"))
    response.headers["Cache-Control"] = "no-store"
    return response


def _fill(sheet: Worksheet, given: Sheet) -> None:
    sheet.append(list(given.heads))
    for row in given.rows:
        sheet.append(list(row))
    for cells in sheet.iter_rows():
        for cell in cells:
            if isinstance(cell.value, str):
                # what begins with = stays text: a subject is no formula
                cell.data_type = "s"
