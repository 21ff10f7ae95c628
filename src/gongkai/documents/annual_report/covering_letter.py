"""The covering letter with which a report goes to the superior office, as a Word file that the office may edit.

Laid out by GB/T 9704-2012 《党政机关公文格式》: the type area of 156 mm takes 28 characters of size three a line.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

TITLE, BODY = 22, 16
"""Points: 二号 and 三号."""
TITLE_FONT, BODY_FONT = "方正小标宋简体", "仿宋"
LINE, TITLE_LINE, SIGNATURE_LINE = 27.6, 20, 24
"""Characters of one line of the text, of the title, and of the signature."""


def covering_letter(
    *,
    agency: str,
    addressee: str,
    year: int,
    enclosed: Sequence[str],
    day: date,
    deadline: date,
    published_on: date | None,
) -> bytes:
    """Title, addressee, what is sent and on which ground, enclosures, signature and day (条例第49条)."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    document.core_properties.title = f"{agency}关于报送{year}年政府信息公开工作年度报告的函"
    document.core_properties.author = agency
    document.core_properties.comments = ""
    title = document.add_paragraph()
    _write(title, "\n".join(_title(agency, year)), size=TITLE, font=TITLE_FONT, align=WD_ALIGN_PARAGRAPH.CENTER)
    _write(document.add_paragraph(), "")
    _write(document.add_paragraph(), f"{addressee}：")
    made_public = f"，已于{_day(published_on)}向社会公布" if published_on else ""
    _write(
        document.add_paragraph(),
        f"根据《中华人民共和国政府信息公开条例》第四十九条、第五十条规定，我单位编制了{year}年政府信息公开工作年度报告"
        f"{made_public}。报送期限为{_day(deadline)}前，现予报送，请审阅。",
        first=2,
        align=WD_ALIGN_PARAGRAPH.JUSTIFY,
    )
    _write(document.add_paragraph(), "")
    for number, name in enumerate(enclosed, 1):
        _enclosure(document.add_paragraph(), number, name, len(enclosed))
    for _ in range(2):
        _write(document.add_paragraph(), "")
    _sign(document.add_paragraph(), document.add_paragraph(), agency, _day(day))
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _title(agency: str, year: int) -> list[str]:
    """Lines of about one length, broken between words (GB/T 9704 7.3.1: 词意完整，排列对称)."""
    about = f"关于报送{year}年"
    if _width(agency + about) <= TITLE_LINE:
        return [agency + about, "政府信息公开工作年度报告的函"]
    return [*_halves(agency, TITLE_LINE), f"{about}政府信息公开工作", "年度报告的函"]


def _enclosure(paragraph: Paragraph, number: int, name: str, many: int) -> None:
    """附件：1.名称; a name of two lines goes on beneath its first character; a single one has no number."""
    head = "附件：" if number == 1 else ""
    mark = f"{number}." if many > 1 else ""
    indent = 2 + 3 + _width(mark)
    _write(paragraph, f"{head}{mark}{name}", left=indent, first=-(_width(mark) + (3 if head else 0)))


def _sign(signature: Paragraph, dated: Paragraph, agency: str, day: str) -> None:
    """The day four characters from the right, the agency centred above it (7.3.5.1); both within the type area.

    Both are centred in one block, so that they stand above each other in whatever font the machine has.
    """
    lines = _halves(agency, SIGNATURE_LINE)
    own, of_day = max(map(_width, lines)), _width(day)
    block = max(own, of_day) + 1  # a little more than both, for figures wider than half a character
    right = max(2.0, 4 + (of_day - block) / 2)
    left = LINE - block - right
    above = [(signature.insert_paragraph_before(), line) for line in lines[:-1]]
    for paragraph, text in (*above, (signature, lines[-1]), (dated, day)):
        _write(paragraph, text, left=left, right=right, align=WD_ALIGN_PARAGRAPH.CENTER)


def _halves(text: str, longest: int) -> list[str]:
    """One line where it fits, else two of one length."""
    middle = -(-len(text) // 2)
    return [text] if _width(text) <= longest else [text[:middle], text[middle:]]


def _width(text: str) -> float:
    """Characters of full width; a digit or a Latin letter takes half of one."""
    return sum(0.5 if each.isascii() else 1.0 for each in text)


def _write(
    paragraph: Paragraph,
    text: str,
    *,
    size: int = BODY,
    font: str = BODY_FONT,
    align: WD_ALIGN_PARAGRAPH | None = None,
    left: float = 0,
    first: float = 0,
    right: float = 0,
) -> None:
    """The text in that type; indents in characters."""
    run = paragraph.add_run(text)
    run.font.size, run.font.name = Pt(size), font
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    layout = paragraph.paragraph_format
    layout.line_spacing, layout.space_after, layout.space_before = Pt(28 if size == BODY else 35), Pt(0), Pt(0)
    layout.left_indent, layout.first_line_indent = Pt(size * left), Pt(size * first)
    layout.right_indent = Pt(size * right)
    if align is not None:
        paragraph.alignment = align


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
