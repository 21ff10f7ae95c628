"""移送清单 as a Word file, A4 across: printed, signed by both sides and kept by each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any, Final

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from gongkai.documents.annual_report.render.docx_parts import number_pages, plain, repack, set_font
from gongkai.documents.channels.delivery import CENTRED, HEADS, SHARES, Delivery, delivery
from gongkai.documents.channels.item import ChannelItem

_FANGSONG: Final = "仿宋_GB2312"
_HEITI: Final = "黑体"
_XIAOBIAOSONG: Final = "方正小标宋简体"
_CELL: Final = Pt(10.5)
_BODY: Final = Pt(14)
_MADE: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands for the time of making, so that equal lists give equal bytes."""


def delivery_paper(
    kind: str, items: Sequence[ChannelItem], *, receiver: str, on: date, body_name: str, carrier: str = ""
) -> bytes:
    """What `delivery_list` gives as a workbook."""
    told = delivery(kind, items, receiver=receiver, on=on, body_name=body_name, carrier=carrier)
    document = Document()
    _page(document)
    title = document.add_paragraph(style="Title")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_after = Pt(14)
    set_font(title.add_run(told.title), _XIAOBIAOSONG, Pt(22))
    opening = document.add_paragraph()
    opening.paragraph_format.space_after = Pt(8)
    set_font(opening.add_run(told.opening), _FANGSONG, _BODY)
    _rows(document, told)
    _signatures(document, told)
    _properties(document, told)
    buffer = BytesIO()
    document.save(buffer)
    return repack(buffer.getvalue())


def _page(document: Any) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    section.left_margin = section.right_margin = Mm(15)
    section.footer_distance = Mm(10)
    number_pages(section.footer.paragraphs[0])
    for language in document.styles.element.iter(qn("w:lang")):  # else ，and 。 stand in the middle, as in Taiwan
        language.set(qn("w:eastAsia"), "zh-CN")
    set_font(document.styles["Normal"], _FANGSONG, _BODY)
    set_font(document.styles["Title"], _XIAOBIAOSONG, Pt(22))
    plain(document.styles["Title"])


def _rows(document: Any, told: Delivery) -> None:
    """The heads stand again on every page; no row is broken over pages."""
    table = document.add_table(rows=1 + len(told.rows), cols=len(HEADS), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, share in zip(table.columns, SHARES, strict=True):
        column.width = Mm(share)
    for number, (row, texts) in enumerate(zip(table.rows, (HEADS, *told.rows), strict=True)):
        for cell, head, text, share in zip(row.cells, HEADS, texts, SHARES, strict=True):
            cell.width = Mm(share)
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
            centred = number == 0 or head in CENTRED
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
            set_font(paragraph.add_run(text), _HEITI if number == 0 else _FANGSONG, _CELL)
            middle = OxmlElement("w:vAlign")
            middle.set(qn("w:val"), "center")
            cell._tc.get_or_add_tcPr().append(middle)
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if number == 0:
            properties.append(OxmlElement("w:tblHeader"))


def _signatures(document: Any, told: Delivery) -> None:
    """Both sides beside each other, on one page; a table without lines, for names are of any length."""
    apart = document.add_paragraph()
    apart.paragraph_format.space_after = Pt(0)
    apart.paragraph_format.keep_with_next = True
    table = document.add_table(rows=len(told.signatures), cols=2)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for number, (row, sides) in enumerate(zip(table.rows, told.signatures, strict=True), 1):
        for cell, text in zip(row.cells, sides, strict=True):
            cell.width = Mm(sum(SHARES) / 2)
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(5)
            paragraph.paragraph_format.keep_with_next = number < len(told.signatures)
            set_font(paragraph.add_run(text), _FANGSONG, _BODY)
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _properties(document: Any, told: Delivery) -> None:
    properties = document.core_properties
    properties.title, properties.author, properties.language = told.title, told.author[:255], "zh-CN"
    properties.last_modified_by = properties.comments = ""
    properties.created = properties.modified = _MADE
