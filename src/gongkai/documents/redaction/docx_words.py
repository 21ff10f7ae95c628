"""Words of a Word document: found across runs and taken out of them; where each paragraph stands, in Chinese."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from gongkai.documents.redaction.matching import BLOCK, hidden, spans
from gongkai.documents.redaction.model import Applied, Redaction
from gongkai.documents.redaction.ooxml import M, R, V, W, drop, local

_TEXT = (f"{W}t", f"{M}t")
_STANDS_FOR = {
    f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-",
    f"{W}softHyphen": "\u00ad", f"{W}sym": "\ufffc",
}  # fmt: skip
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class Piece:
    """An element and the letters that it stands for."""

    node: Any
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph: its place in Chinese and its pieces in order."""

    place: str
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


def passages(root: Any, story: str) -> Iterator[Passage]:
    """Every paragraph, also those of tables, notes and text boxes; a box within a paragraph is one by itself."""
    count = 0
    for paragraph in root.iter(f"{W}p"):
        parent = paragraph.getparent()
        place = _place(paragraph, story)
        if parent is not None and local(parent) == "body":
            count += 1
            place = f"{story}第{count}段"
        yield Passage(place, tuple(_pieces(paragraph)))


def hide(passage: Passage, redactions: Sequence[Redaction], label: bool) -> list[Applied]:
    """Take the words out of the paragraph's runs; a block stands in the run where they began."""
    found = spans(passage.text, redactions)
    applied = []
    for span in reversed(found):
        redaction = redactions[span.redaction]
        block = BLOCK + (f"[{redaction.ground.article}]" if label else "")
        applied.append(Applied(passage.place, redaction.kind, redaction.ground, span.redaction))
        _replace(passage, span.start, span.end, block)
    return applied[::-1]


def hide_in_values(root: Any, redactions: Sequence[Redaction], story: str) -> list[Applied]:
    """The same for attributes: texts of watermarks, of numbering and names of styles."""
    applied = []
    for node in root.iter():
        for key, value in node.attrib.items() if isinstance(node.tag, str) else ():
            if key.startswith(R) or (value.isascii() and not _long(value)):
                continue
            found = spans(value, redactions)
            if found:
                node.set(key, hidden(value, redactions))
                of = [redactions[span.redaction] for span in found]
                if node.tag == f"{V}textpath" or local(node) == "lvlText":
                    applied += [
                        Applied(story, each.kind, each.ground, span.redaction)
                        for each, span in zip(of, found, strict=True)
                    ]
    return applied


def _long(value: str) -> bool:
    """Whether an ASCII value may hold a number or an address of mail; colours, sizes and ids are left alone."""
    return "@" in value or sum(letter.isdigit() for letter in value) >= 7 or len(value) > 12


def _pieces(paragraph: Any) -> Iterator[Piece]:
    stack = list(reversed(paragraph))
    while stack:
        node = stack.pop()
        if node.tag == f"{W}p" or node.tag in (f"{W}pPr", f"{W}rPr"):
            continue
        if node.tag in _TEXT:
            yield Piece(node, node.text or "")
        elif node.tag in _STANDS_FOR:
            yield Piece(node, _STANDS_FOR[node.tag])
        else:
            stack += reversed(node)


def _replace(passage: Passage, start: int, end: int, block: str) -> None:
    """Spans are replaced from the last to the first, so what stands before `start` in a piece is still as it was."""
    at = 0
    placed = False
    for piece in passage.pieces:
        first, last = max(start - at, 0), min(end - at, len(piece.text))
        at += len(piece.text)
        if first >= last:
            continue
        if piece.node.tag not in _TEXT:
            drop(piece.node)
            continue
        now = piece.node.text or ""
        piece.node.text = now[:first] + ("" if placed else block) + now[last:]
        piece.node.set(_SPACE, "preserve")
        placed = True


def _place(paragraph: Any, story: str) -> str:
    for above in paragraph.iterancestors():
        name = local(above)
        if name == "txbxContent":
            return f"{story}文本框"
        if name == "tc":
            row = above.getparent()
            table = row.getparent()
            number = 1 + sum(1 for _ in table.itersiblings(f"{W}tbl", preceding=True))
            down = 1 + sum(1 for _ in row.itersiblings(f"{W}tr", preceding=True))
            across = 1 + sum(1 for _ in above.itersiblings(f"{W}tc", preceding=True))
            return f"{story}表{number}第{down}行第{across}列"
    return story
