"""From the tree of an HTML text to what it says: headings in order, paragraphs, lists, whole tables."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from gongkai.documents.writing import spaces
from gongkai.documents.writing.grid import table_of
from gongkai.documents.writing.model import (
    Align,
    Block,
    Figure,
    Inline,
    Listing,
    Paragraph,
    Quote,
    Text,
)
from gongkai.documents.writing.office import alignment, is_hidden, list_level, outline_level
from gongkai.documents.writing.shaping import gathered, plain, runs_in, without
from gongkai.documents.writing.tree import LIST_MARK, Node

DEEPEST: Final = 6
"""Lists, quotations and tables in each other; what stands deeper is told without them."""
_LISTS: Final = frozenset({"ul", "ol", "menu", "dir"})
_STRUCTURED: Final = _LISTS | {"table"}
_HEADING: Final = re.compile("h([1-6])")
_BULLET: Final = re.compile(r"[·•●○◆◇■□▪➢➤✓√*oØ§ülnuv\uf000-\uf0ff–—-]")
"""What Word writes for a bullet: letters stand for signs of its own fonts."""


def blocks_of(root: Node) -> tuple[Block, ...]:
    """The whole text. Where it has a first-level heading all are one level lower: the first is the page's own."""
    found = _blocks(root, "", 0)
    return tuple(_levelled(found, int("h1" in _kinds(found))))


def _blocks(node: Node, align: Align, depth: int) -> list[Block]:
    """What an element holds; runs outside of blocks are paragraphs."""
    out: list[Block] = []
    runs: list[Inline] = []
    for child in [*node.children, None]:
        if child is not None and not isinstance(child, Node):
            runs.append(child)
            continue
        out += [Paragraph("p", content, align) for content in spaces.paragraphs(map(_unmarked, runs))]
        runs = []
        if child is not None and not is_hidden(child.attributes):
            out += _block(child, align, depth)
    return out


def _block(node: Node, inherited: Align, depth: int) -> list[Block]:
    own = alignment(node.name, node.attributes)
    align = inherited if own is None else own
    level = _level(node)
    if level and not any(isinstance(child, Node) and child.name in _STRUCTURED for child in node.children):
        return _heading(node, level, align)
    if node.name == "p" and list_level(node.attributes):
        return _listed(node, align)
    if node.name in _LISTS:
        return _listing(node, depth)
    if node.name == "table":
        return table_of(node, depth, _blocks)
    if node.name == "blockquote":
        quoted = _blocks(node, align, depth + 1)
        return [Quote(tuple(gathered(quoted)))] if quoted and depth < DEEPEST else quoted
    if node.name == "figure":
        return _figure(node, align, depth)
    return _blocks(node, align, depth)


def _level(node: Node) -> int:
    """1–6 for a heading, else 0."""
    told = _HEADING.fullmatch(node.name)
    if told:
        return int(told[1])
    return outline_level(node.attributes) if node.name == "p" else 0


def _heading(node: Node, level: int, align: Align) -> list[Block]:
    mark, content = _numbered(node)
    whole = _marked(mark, without(content, "strong"))
    if any(isinstance(each, Text) for each in whole):
        return [Paragraph(f"h{level}", whole, align)]
    return [Paragraph("p", whole, align)] if whole else []


def _listed(node: Node, align: Align) -> list[Block]:
    """A paragraph that Word wrote for a list item: an item after a bullet, else with its number as it stands.

    Officials cite a text by these numbers, and HTML would count anew after each interruption.
    """
    mark, content = _numbered(node)
    if not content:
        return []
    if _BULLET.fullmatch(mark):
        return [Listing("ul", ((Paragraph("p", content, align),),))]
    return [Paragraph("p", _marked(mark, content), align)]


def _numbered(node: Node) -> tuple[str, tuple[Inline, ...]]:
    """(what Word wrote out before the text, the text)."""
    mark: list[str] = []
    rest: list[Inline] = []
    for run in runs_in(node):
        if isinstance(run, Text) and LIST_MARK in run.marks:
            mark.append(run.text)
        else:
            rest.append(run)
    return "".join("".join(mark).split()), spaces.joined(spaces.lines(rest))


def _marked(mark: str, content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """A Chinese number stands close to its text, “1.” does not."""
    gap = " " if mark[-1:].isascii() else ""
    return spaces.joined(spaces.lines([Text(mark + gap), *content])) if mark else content


def _listing(node: Node, depth: int) -> list[Block]:
    items: list[tuple[Block, ...]] = []
    loose = Node("li")
    for child in [*node.children, Node("li")]:
        if isinstance(child, Node) and child.name == "li":
            _item(loose, items, depth)
            loose = Node("li")
            _item(child, items, depth)
        else:
            loose.children.append(child)
    if not items or depth >= DEEPEST:
        return [block for item in items for block in item]
    start = node.attributes.get("start", "")
    number = int(start) if node.name == "ol" and re.fullmatch("[0-9]{1,5}", start) else 1
    return [Listing("ol" if node.name == "ol" else "ul", tuple(items), number)]


def _item(node: Node, items: list[tuple[Block, ...]], depth: int) -> None:
    """A list that stands beside the items instead of in one belongs to the item before it."""
    if is_hidden(node.attributes):
        return
    held = plain(_blocks(node, alignment("li", node.attributes) or "", depth + 1))
    if held and items and isinstance(held[0], Listing):
        items[-1] = tuple(gathered([*items[-1], *held]))
    elif held:
        items.append(tuple(gathered(held)))


def _figure(node: Node, align: Align, depth: int) -> list[Block]:
    caption: tuple[Inline, ...] = ()
    rest = Node("figure")
    for child in node.children:
        if isinstance(child, Node) and child.name == "figcaption":
            caption = spaces.joined([*spaces.lines(caption), *spaces.lines(map(_unmarked, runs_in(child)))])
        else:
            rest.children.append(child)
    held: list[Block] = []
    for block in plain(_blocks(rest, align, depth + 1)):
        held += [*block.blocks, Paragraph("p", block.caption, align)] if isinstance(block, Figure) else [block]
    if caption and held and depth < DEEPEST:
        return [Figure(tuple(gathered(held)), caption)]
    return held + ([Paragraph("p", caption, align)] if caption else [])


def _unmarked(run: Inline) -> Inline:
    """What Word wrote out before a list item is text where it stands in none."""
    return Text(run.text, run.marks - {LIST_MARK}, run.href) if isinstance(run, Text) else run


def _kinds(blocks: Iterable[Block]) -> set[str]:
    """Of the paragraphs and headings that are parts of the document."""
    kinds: set[str] = set()
    for block in blocks:
        if isinstance(block, Paragraph):
            kinds.add(block.kind)
        elif isinstance(block, Quote):
            kinds |= _kinds(block.blocks)
    return kinds


def _levelled(blocks: Iterable[Block], shift: int) -> list[Block]:
    out: list[Block] = []
    for block in gathered(list(blocks)):
        if isinstance(block, Paragraph) and block.kind != "p":
            block = replace(block, kind=f"h{min(max(int(block.kind[1]) + shift, 2), 4)}")
        elif isinstance(block, Quote):
            block = Quote(tuple(_levelled(block.blocks, shift)))
        out.append(block)
    return out
