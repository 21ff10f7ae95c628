"""A plain official paper as Word: title, paragraphs, tables, signature; the type of GB/T 9704-2012."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pypdfium2
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

TITLE, BODY, CELL = 22, 16, 12
"""Points: 二号, 三号 and 小四."""
TITLE_FONT, HEADING_FONT, BODY_FONT = "方正小标宋简体", "黑体", "仿宋"
_TYPE_AREA = 15.6
"""Centimetres."""


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; `indent` first-line characters: 2, or 0 for an addressee."""

    text: str
    indent: float = 2


@dataclass(frozen=True, slots=True)
class Heading:
    text: str


@dataclass(frozen=True, slots=True)
class Right:
    """A line of the signature, four characters from the right."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """`widths` are shares of the type area."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]


Block = Text | Heading | Right | Table


@dataclass(frozen=True, slots=True)
class Paper:
    title: str
    author: str
    blocks: Sequence[Block]


def write(paper: Paper) -> bytes:
    """The paper as .docx."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    document.core_properties.title = paper.title
    document.core_properties.author = paper.author
    document.core_properties.comments = ""
    _run(document.add_paragraph(), paper.title, TITLE, TITLE_FONT, align=WD_ALIGN_PARAGRAPH.CENTER)
    _run(document.add_paragraph(), "", BODY, BODY_FONT)
    for block in paper.blocks:
        _block(document, block)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def pages_of(data: bytes) -> int | None:
    """How many pages a PDF has; None for any other file, and for one that cannot be opened."""
    if not data.startswith(b"%PDF"):
        return None
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return None
    try:
        return len(document)
    finally:
        document.close()


def _block(document: Any, block: Block) -> None:
    if isinstance(block, Table):
        _table(document, block)
        return
    paragraph = document.add_paragraph()
    if isinstance(block, Heading):
        _run(paragraph, block.text, BODY, HEADING_FONT, first=2)
        paragraph.paragraph_format.keep_with_next = True
    elif isinstance(block, Right):
        _run(paragraph, block.text, BODY, BODY_FONT, align=WD_ALIGN_PARAGRAPH.RIGHT)
        paragraph.paragraph_format.right_indent = Pt(BODY * 4)
    else:
        _run(paragraph, block.text, BODY, BODY_FONT, first=block.indent, align=WD_ALIGN_PARAGRAPH.JUSTIFY)


def _table(document: Any, block: Table) -> None:
    table = document.add_table(rows=1, cols=len(block.heads))
    table.style, table.autofit = "Table Grid", False
    for column, share in zip(table.columns, block.widths, strict=True):
        column.width = Cm(_TYPE_AREA * share / sum(block.widths))
    for row in (block.heads, *block.rows):
        cells = table.rows[0].cells if row is block.heads else table.add_row().cells
        for cell, text, share in zip(cells, row, block.widths, strict=True):
            cell.width = Cm(_TYPE_AREA * share / sum(block.widths))
            font = HEADING_FONT if row is block.heads else BODY_FONT
            _run(cell.paragraphs[0], text, CELL, font, line=20)
    # the heads stand again on every page that the table runs on to
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(properties.makeelement(qn("w:tblHeader"), {}))


def _run(
    paragraph: Paragraph,
    text: str,
    size: int,
    font: str,
    *,
    first: float = 0,
    line: int | None = None,
    align: WD_ALIGN_PARAGRAPH | None = None,
) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.name = Pt(size), font
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    layout = paragraph.paragraph_format
    layout.line_spacing = Pt(line or (35 if size == TITLE else 28))
    layout.space_after = layout.space_before = Pt(0)
    layout.first_line_indent = Pt(size * first)
    if align is not None:
        paragraph.alignment = align
