"""A cleaned Word body brought to the few things that the conversion knows: styles of our own, plain tables, runs.

Order matters: boxes come out before numbers are counted, and numbers are counted before notes are added.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import deepcopy
from typing import Any, Final

from lxml import etree

from gongkai.documents.limits import LONGEST_SPAN
from gongkai.documents.redaction.docx_unseen import OFF
from gongkai.documents.redaction.ooxml import A, M, R, V, W, drop, local, unwrap
from gongkai.documents.writing.word.numbers import Numbers
from gongkai.documents.writing.word.styles import Styles

STYLE: Final = "gk"
DEEPEST_LIST: Final = 5
_WP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_PIC: Final = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
_NOTES: Final = (f"{W}footnoteReference", f"{W}endnoteReference")


def bring_out_boxes(root: Any) -> int:
    """Text boxes become paragraphs after the one that they hang on; returns how many."""
    boxes = list(root.iter(f"{W}txbxContent"))
    for box in reversed(boxes):
        paragraph = next(box.iterancestors(f"{W}p"), None)
        if paragraph is not None:
            for block in reversed(list(box)):
                paragraph.addnext(block)
        drop(box)
    return len(boxes)


def simplify_pictures(root: Any, described: Iterable[tuple[Any, str]]) -> None:
    """Each picture of a drawing, grouped ones too, as a drawing of its own."""
    told = [(node, text) for node, text in described if node.getroottree().getroot() is root]
    for node, text in told:
        node.set("descr", text)
    for drawing in list(root.iter(f"{W}drawing", f"{W}pict")):
        named = [each.get("descr") for each in drawing.iter() if each.get("descr")]
        for node in drawing.iter(f"{A}blip", f"{V}imagedata"):
            target = node.get(f"{R}embed") or node.get(f"{R}id")
            if target:
                drawing.addprevious(_drawing(drawing, target, named[0] if named else ""))
        drop(drawing)


def _drawing(beside: Any, target: str, description: str) -> Any:
    whole = beside.makeelement(f"{W}drawing")
    inline = etree.SubElement(whole, f"{_WP}inline")
    etree.SubElement(inline, f"{_WP}docPr").set("descr", description)
    data = etree.SubElement(etree.SubElement(inline, f"{A}graphic"), f"{A}graphicData")
    fill = etree.SubElement(etree.SubElement(data, f"{_PIC}pic"), f"{_PIC}blipFill")
    etree.SubElement(fill, f"{A}blip").set(f"{R}embed", target)
    return whole


def write_out_formulas(root: Any) -> int:
    """Of a formula its letters in order; returns how many."""
    formulas = list(root.iter(f"{M}oMath"))
    for formula in formulas:
        formula.addprevious(_run(formula, "".join(node.text or "" for node in formula.iter(f"{M}t"))))
        drop(formula)
    for frame in list(root.iter(f"{M}oMathPara")):
        unwrap(frame)
    return len(formulas)


def straighten_tables(root: Any) -> None:
    """Rows begin at the first column, and only header rows say that they are."""
    for row in root.iter(f"{W}tr"):
        properties = row.find(f"{W}trPr")
        if properties is None:
            continue
        head = properties.find(f"{W}tblHeader")
        if head is not None and head.get(f"{W}val") in OFF:
            properties.remove(head)
        before = properties.find(f"{W}gridBefore")
        width = before.get(f"{W}val", "") if before is not None else ""
        if width.isdigit() and 0 < int(width) <= LONGEST_SPAN:
            cell = row.makeelement(f"{W}tc")
            etree.SubElement(etree.SubElement(cell, f"{W}tcPr"), f"{W}gridSpan").set(f"{W}val", width)
            etree.SubElement(cell, f"{W}p")
            properties.addnext(cell)


def write_out_styles(root: Any, styles: Styles, numbers: Numbers) -> int:
    """Every paragraph gets a style of ours that says what it is, and its number as text; returns lines of contents."""
    contents = 0
    for run in root.iter(f"{W}r"):
        styles.write_out(run)
        styles.settle(run)
    for paragraph in list(root.iter(f"{W}p")):
        if styles.is_contents(paragraph):
            contents += 1
            drop(paragraph)
            continue
        level, align, label = styles.level(paragraph), styles.align(paragraph), numbers.label(paragraph)
        kind = f"h{level}" if level else "p"
        if label is not None and _has_content(paragraph):
            if label.text:
                gap = " " if label.text[-1:].isascii() else ""
                _first(paragraph).addprevious(_run(paragraph, label.text + gap))
            elif not level:
                kind = f"li{min(label.level + 1, DEEPEST_LIST)}"
        properties = paragraph.find(f"{W}pPr")
        if properties is not None:
            drop(properties)
        properties = paragraph.makeelement(f"{W}pPr")
        etree.SubElement(properties, f"{W}pStyle").set(f"{W}val", f"{STYLE}{kind}{align}")
        paragraph.insert(0, properties)
    return contents


def append_notes(root: Any, notes: dict[tuple[str, str], Any], styles: Styles) -> int:
    """The footnotes and endnotes that the text refers to, at its end, in its order; returns how many."""
    body = root.find(f"{W}body")
    count = 0
    for reference in list(root.iter(*_NOTES)):
        note = notes.get((local(reference), reference.get(f"{W}id", "")))
        if note is None:
            drop(reference)
            continue
        count += 1
        mark = reference.makeelement(f"{W}t")
        mark.text = f"[{count}]"
        reference.addprevious(mark)
        run = reference.getparent()
        drop(reference)
        _raise(run)
        _append(body, deepcopy(note), mark.text, styles)
    return count


def _append(body: Any, note: Any, mark: str, styles: Styles) -> None:
    for reference in list(note.iter(f"{W}footnoteRef", f"{W}endnoteRef")):
        drop(reference)
    for drawing in list(note.iter(f"{W}drawing", f"{W}pict")):
        drop(drawing)
    write_out_styles(note, styles, Numbers(None, styles))
    first = next(note.iter(f"{W}p"), None)
    if first is not None:
        leading = next((node for node in first.iter(f"{W}t") if (node.text or "").strip()), None)
        if leading is not None:
            leading.text = (leading.text or "").lstrip()
        _first(first).addprevious(_run(first, f"{mark} "))
    for block in list(note):
        body.append(block)


def _raise(run: Any) -> None:
    properties = run.find(f"{W}rPr")
    if properties is not None:
        drop(properties)
    properties = run.makeelement(f"{W}rPr")
    etree.SubElement(properties, f"{W}vertAlign").set(f"{W}val", "superscript")
    run.insert(0, properties)


def _run(beside: Any, text: str) -> Any:
    run = beside.makeelement(f"{W}r")
    etree.SubElement(run, f"{W}t").text = text
    return run


def _has_content(paragraph: Any) -> bool:
    if any(re.search(r"\S", node.text or "") for node in paragraph.iter(f"{W}t")):
        return True
    return next(paragraph.iter(f"{A}blip"), None) is not None


def _first(paragraph: Any) -> Any:
    """The first element after the properties; one is made where there is none."""
    for child in paragraph:
        if child.tag != f"{W}pPr":
            return child
    return etree.SubElement(paragraph, f"{W}r")
