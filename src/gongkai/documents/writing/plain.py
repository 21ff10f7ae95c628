"""Blocks as plain text: a paragraph a line, a row of a table a line with tabs between its cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gongkai.documents.writing.model import Block, Break, Figure, Inline, Listing, Paragraph, Quote, Table, Text, inner


def plain_text(blocks: Iterable[Block]) -> str:
    return "\n".join(_lines(blocks))


def inline_text(content: Iterable[Inline]) -> str:
    """Breaks are line breaks; pictures are nothing."""
    return "".join(
        "\n" if isinstance(each, Break) else each.text if isinstance(each, Text) else "" for each in content
    ).strip()


def leaves(blocks: Iterable[Block]) -> Iterator[tuple[Inline, ...]]:
    """The contents of all paragraphs and captions, in order, whatever they stand in."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.content
            continue
        if isinstance(block, Table):
            yield block.caption
        yield from leaves(inner(block))
        if isinstance(block, Figure):
            yield block.caption


def cell_text(blocks: Iterable[Block]) -> str:
    """In one line."""
    texts = (inline_text(content).replace("\n", " ") for content in leaves(blocks))
    return " ".join(text for text in texts if text)


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from _told(block.content)
        elif isinstance(block, Listing):
            for item in block.items:
                yield from _lines(item)
        elif isinstance(block, Table):
            yield from _told(block.caption)
            for row in (*block.head, *block.body):
                if row:
                    yield "\t".join(cell_text(cell.blocks) for cell in row)
        elif isinstance(block, Quote | Figure):
            yield from _lines(block.blocks)
            if isinstance(block, Figure):
                yield from _told(block.caption)


def _told(content: Iterable[Inline]) -> Iterator[str]:
    text = inline_text(content)
    if text:
        yield text
