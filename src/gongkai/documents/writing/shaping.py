"""Making blocks fit the place that they stand in: a cell, an item, a heading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from gongkai.documents.writing import spaces
from gongkai.documents.writing.model import Block, Break, Inline, Listing, Paragraph, Quote, Text
from gongkai.documents.writing.office import is_hidden
from gongkai.documents.writing.tree import Node


def runs_in(node: Node) -> Iterator[Inline]:
    """All runs of an element; blocks within it begin and end a line."""
    for child in node.children:
        if not isinstance(child, Node):
            yield child
        elif not is_hidden(child.attributes):
            yield Break()
            yield from runs_in(child)
            yield Break()


def without(content: Iterable[Inline], mark: str) -> tuple[Inline, ...]:
    """The same text without a mark that its place implies."""
    return spaces.joined(spaces.lines(
        Text(each.text, each.marks - {mark}, each.href) if isinstance(each, Text) else each for each in content
    ))  # fmt: skip


def plain(blocks: Iterable[Block]) -> list[Block]:
    """In cells, items and figures a heading is a paragraph in bold: it heads no part of the document."""
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph) and block.kind != "p":
            bold = (Text(each.text, each.marks | {"strong"}, each.href) if isinstance(each, Text) else each
                    for each in block.content)  # fmt: skip
            block = Paragraph("p", spaces.joined(spaces.lines(bold)), block.align)
        elif isinstance(block, Quote):
            block = Quote(tuple(plain(block.blocks)))
        out.append(block)
    return out


def gathered(blocks: Sequence[Block]) -> list[Block]:
    """Bulleted paragraphs after each other are one list."""
    out: list[Block] = []
    for block in blocks:
        last = out[-1] if out else None
        if isinstance(block, Listing) and isinstance(last, Listing) and block.kind == last.kind == "ul":
            out[-1] = replace(last, items=last.items + block.items)
        else:
            out.append(block)
    return out
