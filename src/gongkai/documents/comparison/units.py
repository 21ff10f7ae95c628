"""A text as the sequence of what is compared: paragraphs wherever they stand, and tables."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from gongkai.documents.comparison.aligning import grams_of
from gongkai.documents.comparison.tables import Line, lines
from gongkai.documents.comparison.words import Word, words
from gongkai.documents.writing.model import Block, Inline, Listing, Paragraph, Quote, Table


@dataclass(frozen=True)
class Unit:
    """`said`: as what it is shown; `table` is empty for a paragraph. Two kinds are never alike: text and table."""

    said: str
    words: tuple[Word, ...] = ()
    table: tuple[Line, ...] = ()

    @property
    def kind(self) -> str:
        return "table" if self.table else "text"

    @cached_property
    def key(self) -> Hashable:
        return self.words, tuple((line.key, tuple((p.colspan, p.rowspan) for p in line.places)) for line in self.table)

    @cached_property
    def grams(self) -> frozenset[Hashable]:
        if self.table:
            return frozenset({"a table"}).union(*(line.grams for line in self.table))
        return grams_of(self.words)


def units(blocks: Iterable[Block], said: str = "") -> Iterator[Unit]:
    """`said`: what paragraphs are within a list or a quotation."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield _paragraph(said or block.kind, block.content)
        elif isinstance(block, Listing):
            for item in block.items:
                yield from units(item, "li")
        elif isinstance(block, Table):
            if block.caption:
                yield _paragraph("caption", block.caption)
            yield Unit("table", (), lines(block))
        elif isinstance(block, Quote):
            yield from units(block.blocks, "quote")
        else:
            yield from units(block.blocks, said)
            yield _paragraph("caption", block.caption)


def _paragraph(said: str, content: tuple[Inline, ...]) -> Unit:
    return Unit(said, tuple(words(content)))
