"""The letter as a Word file: a template filled, the default one or the office's own.

One mechanism for both: a paragraph that holds a place gets the text in the place's own type; where the text has several
paragraphs, the paragraph is repeated, as is the row of a table for each item. Word splits what is typed over runs as it
likes, so a place is looked for in the whole paragraph. The letter's words are never read as a template.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from gongkai.documents.annual_report.render.docx_parts import repack
from gongkai.documents.letters.layout import LONGEST_KEPT, NAME_LINE, TITLE_LINE, layout
from gongkai.documents.letters.letter import Item, Letter, lines_of, printable
from gongkai.documents.letters.places import (
    ITEMS,
    PLACE,
    SEVERAL,
    check_template,
    code_of,
    opened,
    paragraphs,
    row_of,
    text_of,
    texts,
)
from gongkai.statute.primitives import InputFault, InputRefused

_BUILT = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands for the time of making in every file, so that the same letter gives the same bytes."""
_HEADING_FONT = "黑体"

Given = Mapping[str, Sequence[str | tuple[str, str]]]
"""The paragraphs of each place; a pair is a heading and its text."""


def to_docx(letter: Letter, template: bytes | None = None) -> bytes:
    """The letter in the default layout, or in the office's own; equal letters give equal bytes."""
    letter = printable(letter)
    own = template is not None
    if template is not None:
        faults = check_template(template)
        if faults:
            raise InputRefused(*faults)
    document = opened(template if template is not None else layout(letter))
    given = _given(letter, own)
    # Both lists are made before the first word is written, so that no word of the letter is taken for a place.
    rows = _rows_of_items(document)
    if letter.items and not rows:
        raise InputRefused(InputFault("模板", "缺少事项表的位置", "表格的一行里写{{items_number}}等位置"))
    others = [each for each in paragraphs(document) if row_of(each) not in rows]
    for row, alone in rows.items():
        _repeat(row, letter.items, given, alone)
    # No page holds a signature alone: in the default layout the end of the text stays with what follows.
    end = None if own else "remedies" if letter.remedies else None if letter.items else "body"
    for paragraph in others:
        _fill(paragraph, given, end)
    _properties(document, letter)
    buffer = BytesIO()
    document.save(buffer)
    return repack(buffer.getvalue())


def _properties(document: Any, letter: Letter) -> None:
    """No name of a person who made the template, and no time."""
    properties = document.core_properties
    properties.title = letter.shown_title[:255]
    properties.author = letter.body[:255]
    properties.last_modified_by = properties.comments = properties.keywords = properties.subject = ""
    properties.category = ""
    properties.language = "zh-CN"
    properties.created = properties.modified = _BUILT
    properties.revision = 1


def _given(letter: Letter, own: bool) -> Given:
    """The text of each place, a paragraph each; in the default layout long names are broken by their sense."""
    title, name = letter.shown_title, letter.body
    if not own:
        title = "\n".join(lines_of(title, TITLE_LINE, letter.body))
        name = "\n".join(lines_of(name, TITLE_LINE))
    return {
        "body_name": _some(name if own or letter.red_head else ""),
        "title": (title,),
        "number": _some(letter.shown_number),
        "addressee": _some(letter.addressee),
        "body": letter.paragraphs,
        "remedies": letter.remedies,
        # 附件说明 stands beneath the text after an empty line (7.3.4)
        "attachments": letter.enclosures if own or not letter.enclosures else ("", *letter.enclosures),
        "signature": _some(letter.signatory if own else "\n".join(lines_of(letter.signatory, NAME_LINE))),
        "day": _some(letter.day),
        "seal_note": _some(letter.seal_note),
        "contact": _some(letter.contact),
        "copy_to": _some(letter.copied),
    }


def _some(text: str) -> tuple[str, ...]:
    return (text,) if text else ()


def _rows_of_items(document: Any) -> dict[Any, bool]:
    """The rows to repeat, and whether no other row of their table holds a place."""
    found: dict[Any, bool] = {}
    for paragraph in paragraphs(document):
        row = row_of(paragraph)
        if row is not None and set(ITEMS) & set(map(code_of, PLACE.findall(text_of(paragraph)))):
            found[row] = not any(
                PLACE.search(text_of(each)) for each in row.getparent().iter(qn("w:p")) if row_of(each) is not row
            )
    return found


def _repeat(row: Any, items: Sequence[Item], given: Given, alone: bool) -> None:
    """A row for each item; without items neither the row nor a table of heads alone."""
    for item in items:
        copied = deepcopy(row)
        row.addprevious(copied)
        cells = {name: _some(cell) for name, cell in zip(ITEMS, item, strict=True)}
        for paragraph in list(copied.iter(qn("w:p"))):
            _fill(paragraph, {**given, **cells})
    table = row.getparent()
    table.remove(row)
    if not items and alone:
        _drop_table(table)


def _drop_table(table: Any) -> None:
    """A cell of another table must end with a paragraph; python-docx does not add one."""
    holder = table.getparent()
    holder.remove(table)
    if holder.tag == qn("w:tc") and (len(holder) == 0 or holder[-1].tag != qn("w:p")):
        holder.append(OxmlElement("w:p"))


def _fill(paragraph: Any, given: Given, end: str | None = None) -> None:
    """`end`: the place whose last paragraph stays on one page with what follows."""
    names = [name for name in map(code_of, PLACE.findall(text_of(paragraph))) if name in given]
    if not names:
        return
    if not any(given[name] for name in names):
        _drop(paragraph)
        return
    several = next((name for name in names if name in SEVERAL), None)
    if several is None:
        _write(paragraph, {name: str(given[name][0]) if given[name] else "" for name in names})
        return
    told: list[tuple[str, bool]] = []
    for each in given[several]:
        told += [(each, False)] if isinstance(each, str) else [(each[0], True), (each[1], False)]
    for number, (text, heads) in enumerate(told, 1):
        written = paragraph
        if number < len(told):
            written = deepcopy(paragraph)
            paragraph.addprevious(written)
        _write(written, {several: text})
        if heads:
            _as_heading(written)
    if several == end and len(told[-1][0]) <= LONGEST_KEPT:
        paragraph.get_or_add_pPr().get_or_add_keepNext()


def _as_heading(paragraph: Any) -> None:
    """一、…… in 黑体 (7.3.3), on one page with what it heads."""
    paragraph.get_or_add_pPr().get_or_add_keepNext()
    for run in paragraph.iter(qn("w:r")):
        fonts = run.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:eastAsia"), _HEADING_FONT)
        fonts.set(qn("w:hint"), "eastAsia")


def _drop(paragraph: Any) -> None:
    """Out of the file; only emptied where the file needs it: alone in a cell, between tables, at a section's end."""
    word = qn("w:p")
    beside = any(each is not None and each.tag == word for each in (paragraph.getprevious(), paragraph.getnext()))
    if beside and paragraph.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is None:
        paragraph.getparent().remove(paragraph)
        return
    for each in texts(paragraph):
        each.text = ""


def _write(paragraph: Any, given: Mapping[str, str]) -> None:
    """Each place replaced in the type of its first brace; the rest of the paragraph stays as it is, pictures too."""
    nodes = texts(paragraph)
    held = [each.text or "" for each in nodes]
    starts = [sum(map(len, held[:place])) for place in range(len(held))]
    for found in reversed(list(PLACE.finditer("".join(held)))):
        name = code_of(found[1])
        if name not in given:
            continue
        first = True
        for place, start in enumerate(starts):
            low, high = max(found.start(), start), min(found.end(), start + len(held[place]))
            if low >= high:
                continue
            now = nodes[place].text or ""
            # what stands behind this place in the node may have been replaced; what stands before it has not
            nodes[place].text = now[: low - start] + (given[name] if first else "") + now[high - start :]
            first = False
    for node in nodes:
        _break_lines(node)


def _break_lines(node: Any) -> None:
    """Spaces kept; a line end within a text becomes one of Word's."""
    text = node.text or ""
    node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    if "\n" not in text:
        return
    node.text, *rest = text.split("\n")
    behind = node
    for line in rest:
        for tag, said in (("w:br", None), ("w:t", line)):
            made = OxmlElement(tag)
            made.text = said
            behind.addnext(made)
            behind = made
        behind.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
