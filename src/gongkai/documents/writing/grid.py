"""Tables with their merged cells; a table of one cell only drew a frame, and what it held is text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from gongkai.documents.limits import LONGEST_SPAN
from gongkai.documents.writing import spaces
from gongkai.documents.writing.model import Align, Block, Cell, Inline, Paragraph, Row, Table
from gongkai.documents.writing.office import alignment, is_hidden
from gongkai.documents.writing.shaping import gathered, plain, runs_in, without
from gongkai.documents.writing.tree import Node

DEEPEST: Final = 6
_SCOPES: Final = frozenset({"row", "col", "rowgroup", "colgroup"})
Read = Callable[[Node, Align, int], list[Block]]


class _Parts:
    """Of a table: its rows, and what stands between them and belongs to no cell."""

    def __init__(self, table: Node) -> None:
        self.caption: tuple[Inline, ...] = ()
        self.head: list[list[Node]] = []
        self.body: list[list[Node]] = []
        self.foot: list[list[Node]] = []
        self.loose = Node("div")
        for child in table.children:
            self._take(child, self.body)

    def _take(self, child: Node | Inline, section: list[list[Node]]) -> None:
        if not isinstance(child, Node):
            self.loose.children.append(child)
        elif is_hidden(child.attributes):
            return
        elif child.name == "caption":
            self.caption = spaces.joined([*spaces.lines(self.caption), *spaces.lines(runs_in(child))])
        elif child.name in ("thead", "tbody", "tfoot"):
            part = {"thead": self.head, "tfoot": self.foot}.get(child.name, self.body)
            for each in child.children:
                self._take(each, part)
        elif child.name == "tr":
            section.append([])
            for each in child.children:
                self._take(each, section)
        elif child.name in ("td", "th") and section:
            section[-1].append(child)
        else:
            self.loose.children.append(child)


def table_of(node: Node, depth: int, read: Read) -> list[Block]:
    """The table, after what stood loose in it; the blocks of its cells where it is none."""
    parts = _Parts(node)
    loose = read(parts.loose, "", depth)
    cells = [cell for row in (*parts.head, *parts.body, *parts.foot) for cell in row]
    caption: list[Block] = [Paragraph("p", parts.caption)] if parts.caption else []
    if len(cells) <= 1 or depth >= DEEPEST:
        framed = [block for cell in cells for block in read(cell, alignment("td", cell.attributes) or "", depth)]
        return loose + caption + framed
    made = [_rows([[_cell(cell, depth, read) for cell in row] for row in section])
            for section in (parts.head, parts.body + parts.foot)]  # fmt: skip
    head, body = made
    if not caption and not any(cell.blocks for row in head + body for cell in row):
        return loose
    return [*loose, Table(parts.caption, tuple(head), tuple(body))]


def _cell(node: Node, depth: int, read: Read) -> Cell:
    own = alignment("td", node.attributes) or ""
    blocks = gathered(plain(read(node, own, depth + 1)))
    sides = {block.align if isinstance(block, Paragraph) else own for block in blocks}
    if len(sides) == 1:
        own = sides.pop()
    held: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            content = without(block.content, "strong") if node.name == "th" else block.content
            block = replace(block, content=content, align="" if block.align == own else block.align)
        held.append(block)
    scope = node.attributes.get("scope", "").strip().lower()
    return Cell(
        node.name, tuple(held), _span(node, "colspan"), _span(node, "rowspan"),
        scope if scope in _SCOPES and node.name == "th" else "", own,
    )  # fmt: skip


def _span(node: Node, name: str) -> int:
    value = node.attributes.get(name, "").strip()
    return max(1, min(int(value[:6]), LONGEST_SPAN)) if value.isascii() and value.isdigit() else 1


def _rows(rows: Sequence[Sequence[Cell]]) -> list[Row]:
    """A row without cells of its own stays where merged cells from above fill it; spans end with the last row."""
    kept: list[Sequence[Cell]] = []
    hanging = 0
    for row in rows:
        if row or hanging > 0:
            kept.append(row)
        hanging = max([hanging - 1, *(cell.rowspan - 1 for cell in row)])
    while kept and not kept[-1]:
        kept.pop()
    count = len(kept)
    return [tuple(replace(cell, rowspan=min(cell.rowspan, count - at)) for cell in row) for at, row in enumerate(kept)]
