"""A table of a text placed cell by cell, whatever its rows say; its type and widths by its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from gongkai.documents.writing.model import Cell, Row
from gongkai.documents.writing.plain import plain_text

_UPRIGHT: Final = 442.0
_ACROSS: Final = 680.0
"""Points of the type area of A4 upright and across."""
_WAYS: Final = ((_UPRIGHT, 12.0), (_UPRIGHT, 10.5), (_UPRIGHT, 9.0), (_ACROSS, 10.5), (_ACROSS, 9.0), (_ACROSS, 7.5),
                (_ACROSS, 6.5))  # fmt: skip
"""The room and the size of type, the best first."""
INSET: Final = 3.0
"""Points left and right of the words of a cell."""
LONGEST_WHOLE: Final = 23
"""Signs of half width: a longer number or address is broken anywhere."""
_WORD: Final = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell with the column and the row that it begins in."""

    across: int
    down: int
    colspan: int
    rowspan: int
    cell: Cell


@dataclass(frozen=True, slots=True)
class Setting:
    """How a table is set: points of its type, whether its page lies across, the shares of its columns."""

    size: float
    across: bool
    widths: tuple[float, ...]


def placed(rows: Sequence[Row]) -> tuple[Placed, ...]:
    """Each cell at the first free place of its row, its spans cut where the table or another cell stands."""
    taken: set[tuple[int, int]] = set()
    out: list[Placed] = []
    for down, row in enumerate(rows):
        across = 0
        for cell in row:
            while (across, down) in taken:
                across += 1
            colspan = 1
            while colspan < cell.colspan and (across + colspan, down) not in taken:
                colspan += 1
            rowspan = max(1, min(cell.rowspan, len(rows) - down))
            taken |= {(across + x, down + y) for x in range(colspan) for y in range(rowspan)}
            out.append(Placed(across, down, colspan, rowspan, cell))
            across += colspan
    return tuple(out)


def setting(cells: Sequence[Placed]) -> Setting | None:
    """The largest type in which no number is broken; None for a table too wide for any page."""
    count = max((each.across + each.colspan for each in cells), default=0)
    least, asked = [2.0] * count, [2.0] * count
    for each in cells:
        if each.colspan == 1:
            text = plain_text(each.cell.blocks)
            words = (0.55 * min(len(word), LONGEST_WHOLE) for word in _WORD.findall(text))
            least[each.across] = max(least[each.across], *words, 0.0)
            asked[each.across] = max(asked[each.across], *map(_width, text.split("\n")))
    for room, size in _WAYS:
        inner = room / size - count * 2 * INSET / size
        if count and sum(least) <= inner:
            shares = _shared(least, asked, inner)
            return Setting(size, room == _ACROSS, tuple(share + 2 * INSET / size for share in shares))
    return None


def _shared(least: Sequence[float], asked: Sequence[float], room: float) -> list[float]:
    """Each column has its least; what is left goes first to those that ask for little, the long ones share the rest."""
    shares = list(least)
    left = room - sum(least)
    wanting = sorted(range(len(least)), key=lambda place: asked[place] - least[place])
    for done, place in enumerate(wanting):
        given = min(asked[place] - least[place], left / (len(wanting) - done))
        shares[place] += given
        left -= given
    return shares


def _width(text: str) -> float:
    """In characters of full width."""
    return sum(0.55 if each.isascii() else 1.0 for each in text)
