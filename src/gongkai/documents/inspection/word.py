"""Word files: text, tables, headers, notes; what is hidden, white, blackened, deleted, commented; properties."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import Any, Final

from gongkai.documents.inspection import package
from gongkai.documents.inspection.gathering import Gathering
from gongkai.documents.limits import DEEPEST_NESTING, too_deep
from gongkai.documents.readers.doc_reader import as_docx
from gongkai.documents.readers.zipped import open_zip
from gongkai.documents.redaction.docx_unseen import covered, faint, hidden_styles, on
from gongkai.documents.redaction.ooxml import MC, R, W, local, parsed
from gongkai.statute.inspection.model import Layer

_KIND: Final = "docx"
_STORIES: Final = (("header", "页眉"), ("footer", "页脚"), ("footnotes", "脚注"), ("endnotes", "尾注"))
_CHANGES: Final = frozenset({"ins", "del", "moveFrom", "moveTo"})
_SKIPPED: Final = frozenset({"pPr", "tblPr", "tcPr", "trPr", "sectPr", "rt", "Fallback"})
_OTHERS: Final = ("word/glossary/", "word/diagrams/", "word/charts/", "customXml/")
_HYPERLINK = re.compile(r'HYPERLINK\s+(?:\\l\s+)?"([^"]{1,2000})"')


def gather_old_word(data: bytes, name: str, gathering: Gathering) -> None:
    """A .doc, .wps, .rtf or .odt file, by way of docx: what the conversion drops is not seen."""
    gather_word(as_docx(data, name), name, gathering)
    gathering.notice("unread", "文件属性", "旧格式转换时丢掉的部分")


def gather_word(data: bytes, name: str, gathering: Gathering) -> None:
    """A .docx file."""
    with open_zip(data, name, _KIND) as packed:
        names = packed.namelist()
        styles = parsed(packed, "word/styles.xml", name, _KIND) if "word/styles.xml" in names else None
        hidden = hidden_styles(styles) if styles is not None else frozenset()
        main = next((path for path in names if re.fullmatch(r"word/document\d*\.xml", path)), "word/document.xml")
        body = _Story(packed, main, name, hidden, gathering)
        body.walk(body.root, "", "", "shown")
        body.tell()
        for stem, word in _STORIES:
            for path in names:
                if re.fullmatch(rf"word/{stem}\d*\.xml", path):
                    story = _Story(packed, path, name, hidden, gathering, word)
                    story.walk(story.root, "", "", "shown")
                    story.tell()
        _comments(packed, name, gathering)
        package.properties(packed, name, _KIND, gathering)
        package.pictures(packed, name, _KIND, gathering)
        package.embedded(packed, name, _KIND, gathering)
        package.other_parts(packed, name, _KIND, _OTHERS, gathering)


def _comments(packed: zipfile.ZipFile, name: str, gathering: Gathering) -> None:
    if "word/comments.xml" not in packed.namelist():
        return
    comments = list(parsed(packed, "word/comments.xml", name, _KIND).iter(f"{W}comment"))
    for number, comment in enumerate(comments, 1):
        text = "".join(node.text or "" for node in comment.iter(f"{W}t"))
        gathering.passage(f"批注{number}", text, "comment")
        gathering.passage(f"批注{number}的作者", comment.get(f"{W}author", ""), "metadata")
    if comments:
        gathering.notice("comments", "文档", f"{len(comments)}条")


class _Story:
    """The body, or a header, footer or part of notes."""

    def __init__(
        self,
        packed: zipfile.ZipFile,
        path: str,
        name: str,
        hidden: frozenset[str],
        gathering: Gathering,
        word: str = "",
    ) -> None:
        self.root = parsed(packed, path, name, _KIND)
        self.targets = package.external_targets(packed, path, name, _KIND)
        self.hidden, self.gathering, self.word = hidden, gathering, word
        self.paragraphs = self.tables = self.changes = self.unseen = 0

    def tell(self) -> None:
        place = self.word or "正文"
        if self.changes:
            self.gathering.notice("changes", place, f"{self.changes}处")
        if self.unseen:
            self.gathering.notice("hidden_text", place, f"{self.unseen}处")

    def walk(self, parent: Any, place: str, row: str, layer: Layer, context: str = "", depth: int = 0) -> None:
        """Paragraphs and tables in order. `place`: that of the cell they stand in, empty outside of tables."""
        if depth > DEEPEST_NESTING:
            raise too_deep(self.gathering.name)
        for child in parent:
            kind = local(child)
            if kind == "p":
                self._paragraph(child, place, row, layer, context, depth)
            elif kind == "tbl":
                self._table(child, layer, depth)
            elif kind and kind not in _SKIPPED:
                self.walk(child, place, row, layer, context, depth + 1)

    def _table(self, table: Any, layer: Layer, depth: int) -> None:
        self.tables += 1
        number = self.tables
        heads: list[str] = []
        rows = (each for each in table.iter(f"{W}tr") if next(each.iterancestors(f"{W}tbl"), None) is table)
        for at, row in enumerate(rows, 1):
            properties = row.find(f"{W}trPr")
            unseen = properties is not None and on(properties, "hidden")
            cells = [each for each in row.iter(f"{W}tc") if next(each.iterancestors(f"{W}tr"), None) is row]
            for column, cell in enumerate(cells):
                context = heads[column] if at > 1 and column < len(heads) else ""
                place = f"{self.word}表{number}第{at}行第{column + 1}列"
                seen: Layer = "hidden" if unseen else layer
                self.walk(cell, place, f"{self.word}表{number}第{at}行", seen, context, depth + 1)
            if at == 1:
                heads = ["".join(node.text or "" for node in cell.iter(f"{W}t"))[:40] for cell in cells]

    def _paragraph(self, paragraph: Any, place: str, row: str, layer: Layer, context: str, depth: int) -> None:
        if not place:
            self.paragraphs += 1
            place = f"{self.word}第{self.paragraphs}段"
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        name = style.get(f"{W}val", "") if style is not None else ""
        texts: dict[Layer, list[str]] = {"shown": [], "hidden": [], "deleted": []}
        boxes: list[Any] = []
        for node, seen in self._runs(paragraph, name in self.hidden, boxes):
            texts[seen].append(_text_of(node))
        whole = {seen: "".join(pieces).strip() for seen, pieces in texts.items()}
        self._links(paragraph, place)
        shown: Layer = layer
        self.gathering.passage(place, whole["shown"], shown, row, context, _level(paragraph, name))
        if whole["hidden"]:
            self.unseen += 1
            self.gathering.passage(f"{place}的隐藏文字", whole["hidden"], "hidden", row, context)
        self.gathering.passage(f"{place}删去的文字", whole["deleted"], "deleted", row, context)
        for box in boxes:
            self.walk(box, "", "", layer, "", depth + 1)

    def _runs(self, paragraph: Any, hidden: bool, boxes: list[Any]) -> Iterator[tuple[Any, Layer]]:
        """Each piece of text with the layer it stands in; text boxes are put aside."""
        stack: list[tuple[Any, Layer]] = [(paragraph, "hidden" if hidden else "shown")]
        while stack:
            node, layer = stack.pop()
            kind = local(node)
            if not kind or kind in _SKIPPED or node.tag == f"{MC}Fallback":
                continue
            if kind in _CHANGES:
                self.changes += 1
            if kind in ("del", "moveFrom"):
                layer = "deleted"
            elif kind == "txbxContent":
                boxes.append(node)
                continue
            elif kind == "r" and layer == "shown" and self._unseen(node):
                layer = "hidden"
            elif kind in ("t", "delText", "tab", "br", "cr", "noBreakHyphen"):
                yield node, "deleted" if kind == "delText" else layer
                continue
            elif kind == "bookmarkStart":
                self.gathering.anchors.add(node.get(f"{W}name", ""))
            stack.extend((child, layer) for child in reversed(node) if local(child) != "rPr")

    def _unseen(self, run: Any) -> bool:
        properties = run.find(f"{W}rPr")
        if properties is None:
            return False
        style = properties.find(f"{W}rStyle")
        named = style is not None and style.get(f"{W}val") in self.hidden
        return bool(named or on(properties, "vanish") or faint(properties, run) or covered(properties))

    def _links(self, paragraph: Any, place: str) -> None:
        for link in paragraph.iter(f"{W}hyperlink"):
            text = "".join(node.text or "" for node in link.iter(f"{W}t"))
            anchor = link.get(f"{W}anchor", "")
            target = self.targets.get(link.get(f"{R}id", ""), "")
            if target or anchor:
                self.gathering.link(place, target or f"#{anchor}", text)
        for code in paragraph.iter(f"{W}instrText"):
            match = _HYPERLINK.search(code.text or "")
            if match:
                self.gathering.link(place, match[1])


def _text_of(node: Any) -> str:
    kind = local(node)
    if kind in ("t", "delText"):
        return node.text or ""
    return {"tab": "\t", "noBreakHyphen": "-"}.get(kind, "\n")


def _level(paragraph: Any, style: str) -> int:
    """1–9 of a heading, 1 of a title, 0 of text."""
    if style in ("Title", "a3", "标题"):
        return 1
    match = re.fullmatch(r"(?:heading|标题|)\s?([1-9])", style, re.IGNORECASE)
    outline = paragraph.find(f"{W}pPr/{W}outlineLvl")
    if match:
        return int(match[1])
    value = outline.get(f"{W}val", "9") if outline is not None else "9"
    return int(value) + 1 if value in "012345678" and value else 0
