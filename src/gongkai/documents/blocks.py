"""A document as plain values: paragraphs, tables with merged cells, pictures, in reading order."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph or line. `level`: 1–9 where the file marks it as a heading, else 0. Blank lines have text ""."""

    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell once, where it begins; its text may hold line breaks."""

    text: str
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells as the file gives them. Rows of unequal width mean that the file does not tell its merges."""

    rows: tuple[tuple[TableCell, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that is large enough to be content."""


Block = Paragraph | Table | Picture


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader makes of a file."""

    blocks: tuple[Block, ...]


def table_of_texts(rows: list[list[str]]) -> Table:
    """A table without merges."""
    return Table(tuple(tuple(TableCell(text) for text in row) for row in rows))


def spread(table: Table, widest: int) -> list[list[str]]:
    """The grid with each merged cell's text in all the places that it covers; columns beyond `widest` are dropped."""
    grid: list[list[str]] = []
    hanging: dict[int, tuple[int, str]] = {}  # column → rows still covered from above, text
    for row in table.rows:
        line: list[str] = []
        cells = iter(row)
        cell = next(cells, None)
        while len(line) < widest and (cell is not None or len(line) in hanging):
            place = len(line)
            if place in hanging:
                left, text = hanging.pop(place)
                line.append(text)
                if left > 1:
                    hanging[place] = (left - 1, text)
                continue
            assert cell is not None  # noqa: S101  (the loop's condition)
            for _ in range(max(1, min(cell.colspan, widest - place))):
                if cell.rowspan > 1:
                    hanging[len(line)] = (cell.rowspan - 1, cell.text)
                line.append(cell.text)
            cell = next(cells, None)
        grid.append(line)
    return grid
