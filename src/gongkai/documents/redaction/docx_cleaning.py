"""A part of a Word document brought down to what a reader sees: by a list of what may stay, not of what must go.

Tracked changes are accepted, comments, hidden text, fields' commands, names of bookmarks and controls, authors and
descriptions are gone.
"""

from __future__ import annotations

import re
from typing import Any, Final

from gongkai.documents.redaction.docx_unseen import OFF, covered, empty_merged_cells, faint, on
from gongkai.documents.redaction.matching import BLOCK
from gongkai.documents.redaction.ooxml import MC, A, M, R, V, W, drop, local, unwrap

_DRAWN: Final = "{http://schemas.openxmlformats.org/drawingml/2006/"
_SHAPED: Final = "{http://schemas.microsoft.com/office/word/2010/wordprocessing"
_NAMESPACES: Final = (
    W, A, M, V,
    _DRAWN + "wordprocessingDrawing}", _DRAWN + "picture}",
    _SHAPED + "Shape}", _SHAPED + "Group}", _SHAPED + "Canvas}",
    "{urn:schemas-microsoft-com:office:word}",
)  # fmt: skip
_GRAPHICS: Final = tuple(each[1:-1] for each in _NAMESPACES[5:9])
_PROPERTIES: Final = frozenset({"pPr", "rPr", "tblPr", "tblPrEx", "trPr", "tcPr", "sectPr", "tblGrid"})
_UNWRAPPED: Final = frozenset(
    {"ins", "moveTo", "sdt", "sdtContent", "smartTag", "customXml", "hyperlink", "fldSimple", "ruby", "rubyBase"}
)
_KEPT: Final = frozenset(
    {
        "document", "body", "hdr", "ftr", "footnotes", "footnote", "endnotes", "endnote", "p", "r", "t", "tab", "br",
        "cr", "noBreakHyphen", "softHyphen", "sym", "ptab", "tbl", "tr", "tc", "drawing", "pict", "txbxContent",
        "footnoteReference", "endnoteReference", "footnoteRef", "endnoteRef", "separator", "continuationSeparator",
        "fldChar", "instrText", "dir", "bdo", "pgNum",
    }
    | _PROPERTIES
)  # fmt: skip
_NO_PROPERTY: Final = frozenset(
    {"ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge", "printerSettings", "tblCaption", "rsid",
     "tblDescription", "vanish", "specVanish", "webHidden", "divId", "sdtPr"}
)  # fmt: skip
_NO_DRAWING: Final = frozenset(
    {"extLst", "hlinkClick", "hlinkHover", "hlinkMouseOver", "audioFile", "videoFile", "wavAudioFile"}
)
_NO_DEFINITION: Final = frozenset({"extLst", "numPicBullet", "lvlPicBulletId", "nsid", "tmpl"})
_NO_ATTRIBUTE: Final = frozenset(
    {"descr", "title", "alt", "href", "target", "tooltip", "author", "initials", "date", "gfxdata", "anchor",
     "docLocation", "tgtFrame", "history", "paraId", "textId", "editId", "anchorId", "macro", "link", "dirty"}
)  # fmt: skip
_TEXT: Final = frozenset({f"{W}t", f"{M}t", f"{W}instrText"})
_MEASURED: Final = frozenset({"posOffset", "align"})
_MEASURE = re.compile(r"-?[0-9]{1,12}|[a-z]{1,10}")
_NAMED: Final = frozenset({"docPr", "cNvPr", "cNvCnPr"})
_PAGE_FIELD = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b[\s\\*#A-Za-z0-9\"-]{0,40}", re.IGNORECASE)


class Cleaner:
    """`hidden_styles`: the ids of the styles whose text is hidden. Counts what an officer should be told of."""

    def __init__(self, hidden_styles: frozenset[str] = frozenset()) -> None:
        self.hidden_styles = hidden_styles
        self.faint = self.objects = self.floating = 0

    def clean(self, root: Any) -> None:
        """In place."""
        for choice in list(root.iter(f"{MC}AlternateContent")):
            _choose(choice)
        for row in list(root.iter(f"{W}tr")):
            properties = row.find(f"{W}trPr")
            if properties is not None and (on(properties, "del") or on(properties, "hidden")):
                drop(row)
        empty_merged_cells(root)
        _join_deleted_marks(root)
        _without_fields(root)
        for run in list(root.iter(f"{W}r")):
            if self._unseen(run):
                drop(run)
        for drawing in list(root.iter(f"{W}drawing", f"{W}pict", f"{W}object")):
            self._drawing(drawing)
        self._sift(root, within_properties=False)
        _scrub(root)

    def _unseen(self, run: Any) -> bool:
        properties = run.find(f"{W}rPr")
        own = properties.find(f"{W}vanish") if properties is not None else None
        if own is not None:
            return own.get(f"{W}val") not in OFF
        style = properties.find(f"{W}rStyle") if properties is not None else None
        of_paragraph = run.xpath("ancestor::*[local-name()='p'][1]/*[local-name()='pPr']/*[local-name()='pStyle']")
        if any(each.get(f"{W}val") in self.hidden_styles for each in (style, *of_paragraph) if each is not None):
            return True
        if not of_paragraph and "" in self.hidden_styles:
            return True
        if properties is not None and faint(properties, run):
            self.faint += 1
            return True
        if properties is not None and covered(properties):
            self.faint += 1
            for text in run.findall(f"{W}t"):
                text.text = BLOCK
        return False

    def _drawing(self, drawing: Any) -> None:
        """Charts, diagrams and embedded objects go, for more is in them than is seen; so does what is set hidden."""
        uris = [each.get("uri") for each in drawing.iter(f"{A}graphicData")]
        shown = local(drawing) != "object" and all(uri in _GRAPHICS for uri in uris)
        if not shown or any(local(each) == "OLEObject" for each in drawing.iter()):
            self.objects += 1
            drop(drawing)
            return
        self.floating += any(local(each) == "anchor" for each in drawing.iter())
        for each in list(drawing.iter()):
            named_hidden = local(each) in _NAMED and each.get("hidden", "0") not in OFF
            if named_hidden or "visibility:hidden" in each.get("style", "").replace(" ", ""):
                drop(drawing if local(each) == "docPr" else each.getparent() if named_hidden else each)

    def _sift(self, parent: Any, within_properties: bool) -> None:
        """Leave only elements of the list, within properties all but those of another list."""
        for child in list(parent):
            if not isinstance(child.tag, str) or not child.tag.startswith(_NAMESPACES):
                drop(child)
                continue
            name = local(child)
            if not child.tag.startswith(W):
                if name in _NO_DRAWING:
                    drop(child)
                    continue
                self._sift(child, within_properties=False)
            elif within_properties or name in _PROPERTIES:
                if name in _NO_PROPERTY or name.endswith("Change"):
                    drop(child)
                    continue
                self._sift(child, within_properties=True)
            elif name in _UNWRAPPED:
                self._sift(child, within_properties=False)
                unwrap(child)
            elif name in _KEPT:
                self._sift(child, within_properties=False)
            else:
                drop(child)


def clean_definitions(root: Any) -> None:
    """Styles, numbering and theme: no hiding, no pictures of bullets, no extensions, no marks of sessions."""
    for node in list(root.iter()):
        name = local(node)
        changed = name.endswith("Change") and node.tag.startswith(W)
        if not name or not node.tag.startswith((W, A)) or changed or name in _NO_PROPERTY | _NO_DEFINITION:
            drop(node)
    _scrub(root)


def _choose(alternatives: Any) -> None:
    """The first choice stands for all: the fallback says the same once more."""
    kept = next(iter(alternatives), None)
    for child in list(alternatives):
        if child is not kept:
            drop(child)
    if kept is not None:
        unwrap(kept)
    unwrap(alternatives)


def _join_deleted_marks(root: Any) -> None:
    """A paragraph whose end was deleted goes on in the next one."""
    for paragraph in list(root.iter(f"{W}p")):
        marks = paragraph.find(f"{W}pPr/{W}rPr")
        after = paragraph.getnext()
        if marks is None or after is None or after.tag != f"{W}p" or not (on(marks, "del") or on(marks, "moveFrom")):
            continue
        first = [child for child in paragraph if child.tag != f"{W}pPr"]
        at = 1 if after.find(f"{W}pPr") is not None else 0
        for offset, child in enumerate(first):
            after.insert(at + offset, child)
        drop(paragraph)


def _without_fields(root: Any) -> None:
    """Of a field its result stays and its command goes, for a command may name files and people; page numbers stay."""
    # each open field: whether it is a page number, whether its command is over, its marks
    open_fields: list[dict[str, Any]] = []
    for node in list(root.iter(f"{W}fldChar", f"{W}instrText", f"{W}delInstrText", f"{W}t")):
        kind = node.get(f"{W}fldCharType") if node.tag == f"{W}fldChar" else None
        if kind == "begin":
            for child in list(node):
                drop(child)
            open_fields.append({"command": "", "over": False, "marks": [node]})
        elif not open_fields:
            if node.tag != f"{W}t":
                drop(node)
        elif kind is not None:
            field = open_fields[-1]
            field["marks"].append(node)
            field["over"] = True
            if kind == "end":
                _close(open_fields.pop())
        elif node.tag == f"{W}t":
            # words within a command are part of it
            if any(not field["over"] for field in open_fields):
                drop(node)
        else:
            open_fields[-1]["command"] += node.text or ""
            open_fields[-1]["marks"].append(node)
    for field in open_fields:
        field["command"] = ""
        _close(field)


def _close(field: dict[str, Any]) -> None:
    if not _PAGE_FIELD.fullmatch(field["command"]):
        for mark in field["marks"]:
            drop(mark)


def _scrub(root: Any) -> None:
    """Attributes: none that names a person, an editing session or a description; none of an extension.

    Text: none but that of runs, and offsets and sides of drawings.
    """
    for node in root.iter():
        if not isinstance(node.tag, str):
            continue
        node.tail = None
        if node.tag not in _TEXT and not (local(node) in _MEASURED and _MEASURE.fullmatch(node.text or "")):
            node.text = None
        for key in list(node.attrib):
            name = key.rpartition("}")[2]
            foreign = key.startswith("{") and not key.startswith((W, M, R, "{http://www.w3.org/XML/1998/namespace}"))
            if foreign or name in _NO_ATTRIBUTE or name.startswith("rsid"):
                del node.attrib[key]
        if local(node) in _NAMED and "name" in node.attrib:
            node.set("name", "")
