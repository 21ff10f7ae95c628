"""Two texts laid over each other: what both have, what only the old one has, what only the new one has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Change = Literal["equal", "inserted", "deleted", "changed"]
"""`changed` is said of blocks, rows and cells that both texts have, of pieces never."""
Side = Literal["both", "old", "new"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text. `picture`: the source of a picture, whose `text` is empty and whose name is `alt`."""

    change: Change
    text: str
    href: str = ""
    picture: str = ""
    alt: str = ""


Pieces = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class ComparedText:
    """A paragraph. `kind`: p, h2–h4, li, quote, caption; `was`: its kind in the old text where that was another."""

    kind: str
    change: Change
    pieces: Pieces
    was: str = ""


@dataclass(frozen=True, slots=True)
class ComparedCell:
    """`covered`: part of a merged cell that begins elsewhere, where the tables do not have the same merges."""

    change: Change
    pieces: Pieces
    head: bool = False
    colspan: int = 1
    rowspan: int = 1
    covered: bool = False


@dataclass(frozen=True, slots=True)
class ComparedRow:
    change: Change
    cells: tuple[ComparedCell, ...]


@dataclass(frozen=True, slots=True)
class ComparedTable:
    change: Change
    rows: tuple[ComparedRow, ...]


Compared = ComparedText | ComparedTable


@dataclass(frozen=True, slots=True)
class ComparedField:
    """An element of two versions by its name."""

    name: str
    change: Change
    pieces: Pieces


@dataclass(frozen=True, slots=True)
class Comparison:
    """In reading order; what was deleted stands before what was put in its place."""

    blocks: tuple[Compared, ...]

    @property
    def is_same(self) -> bool:
        """No word, link, picture or kind of paragraph differs; bold and italics are not compared."""
        return all(block.change == "equal" for block in self.blocks)

    @property
    def inserted(self) -> int:
        """Characters that only the new text has."""
        return sum(len(piece.text) for piece in self.pieces() if piece.change == "inserted")

    @property
    def deleted(self) -> int:
        """Characters that only the old text has."""
        return sum(len(piece.text) for piece in self.pieces() if piece.change == "deleted")

    def pieces(self) -> Iterator[Piece]:
        for block in self.blocks:
            if isinstance(block, ComparedText):
                yield from block.pieces
            else:
                for row in block.rows:
                    for cell in row.cells:
                        yield from cell.pieces

    def old_text(self) -> str:
        """What is equal and what was deleted: as `text_of` tells the old text."""
        return "\n".join(_lines(self.blocks, "inserted"))

    def new_text(self) -> str:
        """What is equal and what was inserted: as `text_of` tells the new text."""
        return "\n".join(_lines(self.blocks, "deleted"))


def _lines(blocks: tuple[Compared, ...], without: Change) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, ComparedText):
            text = _told(block.pieces, without)
            if text:
                yield text
            continue
        for row in block.rows:
            cells = [cell for cell in row.cells if not cell.covered and cell.change != without]
            if cells and row.change != without:
                yield "\t".join(_told(cell.pieces, without) for cell in cells)


def _told(pieces: Pieces, without: Change) -> str:
    return "".join(piece.text for piece in pieces if piece.change != without)
