"""The report as a Word file in the look of official documents (GB/T 9704): python-docx, real comments for findings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as DocxParagraph
from docx.text.run import Run as DocxRun

from gongkai.documents.annual_report.render.docx_parts import number_pages, plain, repack, set_font, shade
from gongkai.documents.annual_report.render.docx_table import set_table
from gongkai.documents.annual_report.render.draft import (
    OPINIONS,
    Draft,
    Heading,
    Opinion,
    Paragraph,
    Tabular,
    mark_sign,
)

XIAOBIAOSONG, FANGSONG, HEITI, KAITI = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
ERHAO, SANHAO = Pt(22), Pt(16)
LINE = Pt(28)
_TITLE_LINE = 20
"""Characters of 二号 in 156 mm."""
COLOURS = {"error": "FBDCD8", "warning": "FDF0C4", "note": "DFEAF7"}
_BUILT = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands for the time of making in every file, so that the same report gives the same bytes."""
_AUTHOR = "核查"


def to_docx(draft: Draft) -> bytes:
    """The file's bytes; no person's name is in its properties."""
    document = Document()
    _page(document)
    _properties(document, draft)
    title = _paragraph(document, "Title")
    _title(title, draft)
    _note(document, draft, title, draft.title_marks)
    for block in draft.blocks:
        if isinstance(block, Heading):
            _heading(document, draft, block)
        elif isinstance(block, Paragraph):
            _prose(document, draft, block)
        else:
            _table(document, draft, block)
    if draft.opinions:
        _opinions(document, draft)
    buffer = BytesIO()
    document.save(buffer)
    return repack(buffer.getvalue())


def _title(paragraph: DocxParagraph, draft: Draft) -> None:
    """One line, or broken after the body's name where it is too long for one."""
    if sum(1 if ord(sign) > 0x2E7F else 0.5 for sign in draft.title) > _TITLE_LINE:
        _add(paragraph, draft.title.removesuffix(draft.title_tail), XIAOBIAOSONG, ERHAO).add_break()
        _add(paragraph, draft.title_tail, XIAOBIAOSONG, ERHAO)
    else:
        _add(paragraph, draft.title, XIAOBIAOSONG, ERHAO)


def _page(document: DocxDocument) -> None:
    """A4 and the margins of GB/T 9704: 156 mm × 225 mm of text; page numbers — 1 —."""
    section = document.sections[0]
    section.start_type = WD_SECTION.NEW_PAGE
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(24)
    number_pages(section.footer.paragraphs[0])
    styles = (
        ("Normal", FANGSONG, SANHAO),
        ("Title", XIAOBIAOSONG, ERHAO),
        ("Heading 1", HEITI, SANHAO),
        ("Heading 2", KAITI, SANHAO),
    )
    for name, font, size in styles:
        set_font(document.styles[name], font, size)
        plain(document.styles[name])


def _properties(document: DocxDocument, draft: Draft) -> None:
    properties = document.core_properties
    properties.title = draft.title[:255]
    properties.author = draft.agency[:255]
    properties.last_modified_by = ""
    properties.comments = ""
    properties.language = "zh-CN"
    properties.created = properties.modified = _BUILT
    properties.revision = 1


def _paragraph(document: DocxDocument, style: str = "Normal", indent: bool = False) -> DocxParagraph:
    paragraph = document.add_paragraph(style=style)
    layout = paragraph.paragraph_format
    layout.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    layout.line_spacing = Pt(36) if style == "Title" else LINE
    layout.space_before = layout.space_after = Pt(0)
    if style == "Title":
        layout.alignment = WD_ALIGN_PARAGRAPH.CENTER
        layout.space_after = LINE
    elif indent or style != "Normal":
        layout.first_line_indent = 2 * SANHAO
    return paragraph


def _add(paragraph: DocxParagraph, text: str, font: str, size: int) -> DocxRun:
    run = paragraph.add_run(text)
    set_font(run, font, size)
    return run


def _heading(document: DocxDocument, draft: Draft, heading: Heading) -> None:
    paragraph = _paragraph(document, f"Heading {heading.level}")
    paragraph.paragraph_format.keep_with_next = True
    _add(paragraph, heading.text, HEITI if heading.level == 1 else KAITI, SANHAO)
    _note(document, draft, paragraph, heading.marks)


def _prose(document: DocxDocument, draft: Draft, block: Paragraph) -> None:
    paragraph = _paragraph(document, indent=True)
    paragraph.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    for each in block.runs:
        run = _add(paragraph, each.text, FANGSONG, SANHAO)
        if each.on:
            shade(run, COLOURS[draft.gravity(each.on)])
            run.font.underline = True
        _note(document, draft, paragraph, each.ends, run)


def _table(document: DocxDocument, draft: Draft, block: Tabular) -> None:
    fills = {place: COLOURS[draft.gravity(numbers)] for place, numbers in block.marks.items()}
    paragraphs = set_table(document, block.grid, fills)
    for place, numbers in block.marks.items():
        _note(document, draft, paragraphs[place], numbers)
    # A table directly under another would merge with it; a paragraph also sets it apart from the next heading.
    _paragraph(document)


def _note(
    document: DocxDocument,
    draft: Draft,
    paragraph: DocxParagraph,
    numbers: Sequence[int],
    run: DocxRun | None = None,
) -> None:
    """The signs of findings after a text, and a comment on it for each."""
    held = run or (paragraph.runs[-1] if paragraph.runs else None)
    for number in numbers:
        sign = paragraph.add_run(mark_sign(number))
        set_font(sign, HEITI, Pt(10))
        sign.font.superscript = True
        opinion = draft.opinions[number - 1]
        text = f"{mark_sign(number)}〔{opinion.word}〕{opinion.sentence}建议：{opinion.advice}"
        if opinion.cite:
            text += f"依据：{opinion.cite}"
        document.add_comment([held or sign, sign], text=text, author=_AUTHOR, initials=_AUTHOR)


def _opinions(document: DocxDocument, draft: Draft) -> None:
    heading = _paragraph(document, "Heading 1")
    heading.paragraph_format.page_break_before = True
    _add(heading, OPINIONS, HEITI, SANHAO)
    for opinion in draft.opinions:
        _opinion(document, opinion)


def _opinion(document: DocxDocument, opinion: Opinion) -> None:
    paragraph = _paragraph(document)
    paragraph.paragraph_format.left_indent = Pt(28)
    paragraph.paragraph_format.first_line_indent = Pt(-28)
    paragraph.paragraph_format.line_spacing = Pt(22)
    paragraph.paragraph_format.space_after = Pt(6)
    small = Pt(12)
    head = _add(paragraph, f"{mark_sign(opinion.number)}〔{opinion.word}〕", HEITI, small)
    shade(head, COLOURS[opinion.severity])
    _add(paragraph, opinion.sentence, FANGSONG, small)
    for name, text in (("相差", opinion.difference), ("建议", opinion.advice), ("依据", opinion.cite)):
        if text:
            _add(paragraph, f"　{name}：{text}", FANGSONG, small)
