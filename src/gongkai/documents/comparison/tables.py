"""Tables row by row and cell by cell; with their merged cells where both have the same, else as a plain grid."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property

from gongkai.documents.comparison.aligning import Aligned, align, grams_of
from gongkai.documents.comparison.model import Change, ComparedCell, ComparedRow, ComparedTable
from gongkai.documents.comparison.pieces import all_of, change_of, compare_words
from gongkai.documents.comparison.words import Word, words_of_blocks
from gongkai.documents.limits import WIDEST_ROW
from gongkai.documents.writing.model import Cell, Table

_ROWS_ALIKE = 0.2
_COLUMNS_ALIKE = 0.2


@dataclass(frozen=True)
class Place:
    """A cell, or a place in the grid that a merged cell covers."""

    words: tuple[Word, ...]
    head: bool = False
    colspan: int = 1
    rowspan: int = 1
    covered: bool = False
    kind: str = "cell"

    @cached_property
    def key(self) -> Hashable:
        return self.words, self.covered

    @cached_property
    def grams(self) -> frozenset[Hashable]:
        return grams_of(self.words)


@dataclass(frozen=True)
class Line:
    """A row of places."""

    places: tuple[Place, ...]
    kind: str = "row"

    @cached_property
    def key(self) -> Hashable:
        return tuple(place.key for place in self.places)

    @cached_property
    def grams(self) -> frozenset[Hashable]:
        return frozenset().union(*(place.grams for place in self.places))


def lines(table: Table) -> tuple[Line, ...]:
    """The rows with their cells where they begin."""
    return tuple(Line(tuple(map(_place, row))) for row in (*table.head, *table.body))


def compare_tables(old: Sequence[Line], new: Sequence[Line]) -> ComparedTable:
    """Row by row and cell by cell, by place where the tables have one shape; else by likeness, as grids."""
    if _shape(old) == _shape(new):
        rows = align(old, new, _ROWS_ALIKE, by_place=True)
        if all(None not in pair for pair in rows):
            return _laid_over(old, new, rows, _by_place(old, new))
    old, new = _padded(spread(old)), _padded(spread(new))
    rows = align(old, new, _ROWS_ALIKE, by_place=len(old) == len(new))
    columns = align(_turned(old), _turned(new), _COLUMNS_ALIKE, by_place=True)
    if len(old[0].places) == len(new[0].places):
        columns = _by_place(old, new)
    return _laid_over(old, new, rows, columns)


def _by_place(old: Sequence[Line], new: Sequence[Line]) -> list[Aligned]:
    return [(place, place) for place in range(max(len(line.places) for line in (*old, *new)))]


def _laid_over(
    old: Sequence[Line], new: Sequence[Line], rows: Sequence[Aligned], columns: Sequence[Aligned]
) -> ComparedTable:
    out = []
    for i, j in rows:
        before = old[i].places if i is not None else None
        after = new[j].places if j is not None else None
        out.append(_row(before, after, columns))
    return ComparedTable(_change({row.change for row in out}), tuple(out))


def table_alone(table: Sequence[Line], change: Change) -> ComparedTable:
    """A table that only one text has, or both have alike."""
    return ComparedTable(change, tuple(_alone(line, change) for line in table))


def _row(old: Sequence[Place] | None, new: Sequence[Place] | None, columns: Sequence[Aligned]) -> ComparedRow:
    """None for a row that the text does not have; each column stands in every row, if with nothing in it."""
    cells = []
    for i, j in columns:
        before = old[i] if old is not None and i is not None and i < len(old) else None
        after = new[j] if new is not None and j is not None and j < len(new) else None
        if before is not None or after is not None:
            cells.append(_compared(before, after))
        elif old is None or new is None:
            cells.append(ComparedCell("equal", (), covered=True))
    if old is None or new is None:
        return ComparedRow("inserted" if old is None else "deleted", tuple(cells))
    return ComparedRow(_change({cell.change for cell in cells}), tuple(cells))


def _compared(old: Place | None, new: Place | None) -> ComparedCell:
    """A place that a merged cell covers is no cell of its own."""
    if old is None or (old.covered and new is not None and not new.covered):
        return _cell(new or Place(()), "inserted")
    if new is None or (new.covered and not old.covered):
        return _cell(old, "deleted")
    pieces = compare_words(old.words, new.words)
    return ComparedCell(change_of(pieces), pieces, new.head, new.colspan, new.rowspan, new.covered)


def _alone(line: Line, change: Change) -> ComparedRow:
    return ComparedRow(change, tuple(_cell(place, change) for place in line.places))


def _cell(place: Place, change: Change) -> ComparedCell:
    pieces = all_of(change, place.words)
    return ComparedCell(change, pieces, place.head, place.colspan, place.rowspan, place.covered)


def _change(changes: set[Change]) -> Change:
    return "equal" if changes <= {"equal"} else "changed"


def _shape(table: Sequence[Line]) -> list[list[tuple[int, int]]]:
    return [[(place.colspan, place.rowspan) for place in line.places] for line in table]


def _place(cell: Cell) -> Place:
    return Place(tuple(words_of_blocks(cell.blocks)), cell.kind == "th", cell.colspan, cell.rowspan)


def _padded(table: Sequence[Line]) -> tuple[Line, ...]:
    """All rows as wide as the widest."""
    width = max((len(line.places) for line in table), default=0)
    return tuple(Line(line.places + (Place((), covered=True),) * (width - len(line.places))) for line in table)


def _turned(table: Sequence[Line]) -> list[Line]:
    """The columns of a padded grid."""
    return [Line(places, "column") for places in zip(*(line.places for line in table), strict=True)]


def spread(table: Sequence[Line]) -> tuple[Line, ...]:
    """Every place of the grid; those that a merged cell covers hold nothing."""
    out: list[Line] = []
    hanging: dict[int, int] = {}  # column → rows that are still covered from above
    for line in table:
        places: list[Place] = []
        cells = list(line.places)
        while cells or len(places) in hanging:
            column = len(places)
            if column in hanging:
                hanging[column] -= 1
                if not hanging[column]:
                    del hanging[column]
                places.append(Place((), covered=True))
                continue
            cell = cells.pop(0)
            width = min(cell.colspan, max(WIDEST_ROW - column, 1))
            places += [Place(cell.words, cell.head), *([Place((), cell.head, covered=True)] * (width - 1))]
            if cell.rowspan > 1:
                hanging |= {column + step: cell.rowspan - 1 for step in range(width)}
        out.append(Line(tuple(places)))
    return tuple(out)
