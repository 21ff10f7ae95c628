"""What python-docx has no call for: East Asian fonts, shading, the page number, and a package without times."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph

_DIGITS = "Times New Roman"
_MADE = re.compile(rb' w:date="[^"]*"')


def set_font(holder: Any, font: str, size: int) -> None:
    """The Chinese font of a run or style, with Times New Roman for digits and Latin letters, upright and black."""
    holder.font.name = _DIGITS
    holder.font.size = size
    holder.font.bold = holder.font.italic = False
    holder.font.color.rgb = RGBColor(0, 0, 0)
    properties = holder.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        if "Theme" in attribute:
            del fonts.attrib[attribute]
    fonts.set(qn("w:eastAsia"), font)
    fonts.set(qn("w:hint"), "eastAsia")


def shade(run: Any, colour: str) -> None:
    """A coloured ground under a run."""
    element = OxmlElement("w:shd")
    element.set(qn("w:val"), "clear")
    element.set(qn("w:color"), "auto")
    element.set(qn("w:fill"), colour)
    run.element.get_or_add_rPr().append(element)


def plain(style: Any) -> None:
    """The style without the line and the spacing that the template's titles and headings have."""
    properties = style.element.get_or_add_pPr()
    for name in ("w:pBdr", "w:contextualSpacing"):
        for element in properties.findall(qn(name)):
            properties.remove(element)


def number_pages(paragraph: Paragraph) -> None:
    """— 1 — in the middle of the footer, 四号 as GB/T 9704 has it."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text in ("— ", "", " —"):
        run = paragraph.add_run(text)
        set_font(run, "宋体", Pt(14))
        if not text:
            for kind, code in (("begin", ""), ("", "PAGE"), ("end", "")):
                run.element.append(_field(kind, code))


def _field(kind: str, code: str) -> Any:
    element = OxmlElement("w:fldChar" if kind else "w:instrText")
    if kind:
        element.set(qn("w:fldCharType"), kind)
    else:
        element.text = code
    return element


def repack(package: bytes) -> bytes:
    """The package with the times of its members and comments left out, so that the same report gives the same bytes."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as made, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as out:
        for name in made.namelist():
            content = made.read(name)
            if name.endswith("comments.xml"):
                content = _MADE.sub(b"", content)
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(member, content)
    return buffer.getvalue()
