"""The default layout of a letter in Word, itself a template that an office may edit (GB/T 9704—2012).

版心 156 mm × 225 mm, 每面22行, 每行28字; 发文机关标志 and its line in red, title in size two, text in size three; the
page number on the outer side in size four.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from gongkai.documents.annual_report.render.docx_parts import number_pages, plain, repack, set_font
from gongkai.documents.letters.letter import ITEM_HEADS, Letter

XIAOBIAOSONG, FANGSONG, HEITI = "方正小标宋简体", "仿宋_GB2312", "黑体"
YIHAO, ERHAO, SANHAO, SIHAO, XIAOSI = Pt(26), Pt(22), Pt(16), Pt(14), Pt(12)
LINE = Pt(28.95)
"""225 mm in 22 lines."""
TITLE_LINE, HEAD_LINE, NAME_LINE = 20, 16, 14
"""Characters of one line: of the title, of the head in 一号, and of the signature."""
ITEM_SHARES = (14, 54, 46, 42)
"""Millimetres of the type area that the columns of the items take."""
LONGEST_KEPT = 224
"""Characters, eight lines: a paragraph that stays with what follows goes to the next page as a whole."""
RED = RGBColor(0xC0, 0x00, 0x00)
_CENTRE, _RIGHT, _JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.JUSTIFY
_STYLE = "公文正文"


def default_template() -> bytes:
    """What an office takes and edits in Word."""
    return layout(None)


def layout(letter: Letter | None) -> bytes:
    """The template; for a letter with what depends on its lengths."""
    document = Document()
    _page(document)
    long_head = letter is not None and len(letter.body) > HEAD_LINE
    head = _add(document, "{{body_name}}", ERHAO if long_head else YIHAO, XIAOBIAOSONG, align=_CENTRE)
    head.runs[0].font.color.rgb = RED
    _border(head, "bottom", "thickThinSmallGap", 24, "C00000", 6)
    _add(document, "{{number}}", align=_RIGHT).paragraph_format.space_before = Pt(6)
    for _ in range(2):
        _add(document, "")
    title = _add(document, "{{title}}", ERHAO, XIAOBIAOSONG, align=_CENTRE, style="Title")
    title.paragraph_format.space_after = LINE
    _add(document, "{{addressee}}：", align=_JUSTIFY)
    _add(document, "{{body}}", align=_JUSTIFY, first=2)
    _items(document)
    _add(document, "{{remedies}}", align=_JUSTIFY, first=2)
    # a long name goes on beneath its first character: after 附件：1. or, of a single one, after 附件：
    hang = 3 if letter is not None and len(letter.attachments) == 1 else 3.75
    enclosed = _add(document, "{{attachments}}", first=-hang, left=2 + hang)
    enclosed.paragraph_format.keep_with_next = True
    for _ in range(2):
        _add(document, "").paragraph_format.keep_with_next = True
    # The day ends four characters from the right, the name is centred on it (7.3.5.1): seven characters of a day.
    for place in ("{{signature}}", "{{day}}", "{{seal_note}}"):
        signed = _add(document, place, align=_CENTRE, left=13)
        signed.paragraph_format.keep_with_next = True
    _add(document, "（联系方式：{{contact}}）", align=_JUSTIFY, first=2)
    _copies(document)
    buffer = BytesIO()
    document.save(buffer)
    return repack(buffer.getvalue())


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(23)
    document.settings.odd_and_even_pages_header_footer = True
    for footer, align in ((section.footer, _RIGHT), (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)):
        numbered = footer.paragraphs[0]
        number_pages(numbered)
        numbered.alignment = align
        numbered.paragraph_format.left_indent = numbered.paragraph_format.right_indent = SIHAO
    for language in document.styles.element.iter(qn("w:lang")):  # else ，and 。 stand in the middle, as in Taiwan
        language.set(qn("w:eastAsia"), "zh-CN")
    set_font(document.styles["Normal"], FANGSONG, SANHAO)
    set_font(document.styles["Title"], XIAOBIAOSONG, ERHAO)
    plain(document.styles["Title"])
    style = document.styles.add_style(_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    _closer(style)
    document.core_properties.author = document.core_properties.comments = ""


def _add(
    holder: Any,
    text: str,
    size: int = SANHAO,
    font: str = FANGSONG,
    *,
    align: WD_ALIGN_PARAGRAPH | None = None,
    first: float = 0,
    left: float = 0,
    style: str = _STYLE,
) -> Paragraph:
    """Indents in characters of the text."""
    paragraph: Paragraph = holder.add_paragraph(style=style)
    form = paragraph.paragraph_format
    form.alignment, form.space_before, form.space_after = align, Pt(0), Pt(0)
    form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    form.line_spacing = LINE if size <= SANHAO else Pt(36)
    form.widow_control = True
    if first:
        form.first_line_indent = Length(int(first * SANHAO))
    if left:
        form.left_indent = Length(int(left * SANHAO))
    set_font(paragraph.add_run(text), font, size)
    _unspaced(paragraph)
    return paragraph


def _unspaced(paragraph: Paragraph) -> None:
    """Figures and Latin letters without added space, long ones broken anywhere: 28 characters a line whatever they are.

    The elements stand in the order of the schema, before the spacing (ECMA-376, CT_PPrBase).
    """
    properties: Any = paragraph._element.get_or_add_pPr()
    spacing = properties.find(qn("w:spacing"))
    for name in ("wordWrap", "autoSpaceDE", "autoSpaceDN"):
        element = OxmlElement(f"w:{name}")
        element.set(qn("w:val"), "0")
        spacing.addprevious(element)


def _closer(style: Any) -> None:
    """A quarter point less for each character: 28 of size three on 442 points. Not a grid: only Word honours one."""
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), "-5")
    style.element.get_or_add_rPr().append(spacing)


def _border(paragraph: Paragraph, side: str, kind: str, eighths: int, colour: str, space: int) -> None:
    properties: Any = paragraph._element.get_or_add_pPr()
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        properties.find(qn("w:wordWrap")).addprevious(borders)
    line = OxmlElement(f"w:{side}")
    for name, value in (("val", kind), ("sz", str(eighths)), ("space", str(space)), ("color", colour)):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)


def _items(document: Any) -> None:
    """The heads stand again on every page that the table runs on to; no row is broken over pages."""
    table = document.add_table(rows=2, cols=len(ITEM_SHARES), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    places = ("{{items_number}}", "{{items_asked}}", "{{items_result}}", "{{items_basis}}")
    for row, texts, font in zip(table.rows, (ITEM_HEADS, places), (HEITI, FANGSONG), strict=True):
        for number, (cell, text, share) in enumerate(zip(row.cells, texts, ITEM_SHARES, strict=True)):
            cell.width = table.columns[number].width = Mm(share)
            paragraph = cell.paragraphs[0]
            form = paragraph.paragraph_format
            form.space_before = form.space_after = Pt(2)
            form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(18)
            form.alignment = _CENTRE if font == HEITI or number == 0 else WD_ALIGN_PARAGRAPH.LEFT
            set_font(paragraph.add_run(text), font, XIAOSI)
            _unspaced(paragraph)
            middle = OxmlElement("w:vAlign")
            middle.set(qn("w:val"), "center")
            cell._tc.get_or_add_tcPr().append(middle)
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if font == HEITI:
            properties.append(OxmlElement("w:tblHeader"))
    form = table.rows[0].cells[0].paragraphs[0].paragraph_format
    form.keep_with_next = True


def _copies(document: Any) -> None:
    """抄送 in 版记: size four between two lines, at the foot of the page, one character in from each side (7.4)."""
    copies = _add(document, "{{copy_to}}", SIHAO, align=_JUSTIFY)
    form = copies.paragraph_format
    form.line_spacing = Pt(24)
    form.left_indent, form.right_indent, form.first_line_indent = SIHAO * 4, SIHAO, -3 * SIHAO
    frame = OxmlElement("w:framePr")
    for name, value in (("w", "8844"), ("wrap", "notBeside"), ("hAnchor", "margin"), ("xAlign", "center"),
                        ("vAnchor", "margin"), ("yAlign", "bottom")):  # fmt: skip
        frame.set(qn(f"w:{name}"), value)
    for side in ("top", "bottom"):
        _border(copies, side, "single", 8, "000000", 2)
    properties: Any = copies._element.pPr
    # framePr stands before widowControl (ECMA-376, CT_PPrBase)
    properties.find(qn("w:widowControl")).addprevious(frame)
