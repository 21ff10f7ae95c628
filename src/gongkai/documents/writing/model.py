"""What officials write, as plain values: paragraphs, headings, lists, tables, pictures. One text has one such form.

Cleaning makes these values of any HTML and HTML of these values; search, inspection and comparison read them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

MARKS: Final = ("strong", "em", "s", "u", "sub", "sup")
"""In the order in which they stand in each other."""
Align = Literal["", "center", "right"]


@dataclass(frozen=True, slots=True)
class Text:
    text: str
    marks: frozenset[str] = frozenset()
    href: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """A line ends within its paragraph."""


@dataclass(frozen=True, slots=True)
class Picture:
    """`src`: `attachment:` and the digest, or an address of this site."""

    src: str
    alt: str = ""
    href: str = ""


Inline = Text | Break | Picture


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`kind`: p, h2, h3 or h4."""

    kind: str
    content: tuple[Inline, ...]
    align: Align = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """`kind`: ul or ol; `start`: the first number of an ol."""

    kind: str
    items: tuple[tuple[Block, ...], ...]
    start: int = 1


@dataclass(frozen=True, slots=True)
class Cell:
    """Once, where it begins. `kind`: td or th."""

    kind: str
    blocks: tuple[Block, ...]
    colspan: int = 1
    rowspan: int = 1
    scope: str = ""
    align: Align = ""


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    caption: tuple[Inline, ...]
    head: tuple[Row, ...]
    body: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    blocks: tuple[Block, ...]
    caption: tuple[Inline, ...]


Block = Paragraph | Listing | Table | Quote | Figure


def inner(block: Block) -> Iterator[Block]:
    """The blocks that stand directly in a block."""
    if isinstance(block, Listing):
        for item in block.items:
            yield from item
    elif isinstance(block, Table):
        for row in (*block.head, *block.body):
            for cell in row:
                yield from cell.blocks
    elif isinstance(block, Quote | Figure):
        yield from block.blocks
