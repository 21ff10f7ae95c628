"""A report form (格式) as dated data: its tables, rows, columns and words, from `forms/*.toml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

CellKind = Literal["count", "change", "money"]


@dataclass(frozen=True, slots=True)
class Column:
    code: str
    label: str
    kind: CellKind = "count"


@dataclass(frozen=True, slots=True)
class Row:
    """`label` as the form prints it; `path` the labels from the outermost block to the row (for merged header cells).

    `columns` are the codes of the columns that the row has (table two differs by part).
    `part` is the sub-table heading (第二十条第（一）项) or "" .
    """

    code: str
    label: str
    path: tuple[str, ...]
    columns: tuple[Column, ...]
    part: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """code: proactive, requests or remedies; title: the heading of its part (二、主动公开政府信息情况)."""

    code: str
    title: str
    rows: tuple[Row, ...]

    def row(self, code: str) -> Row: ...

    def cells(self) -> Iterator[tuple[str, str]]: ...


@dataclass(frozen=True, slots=True)
class Form:
    """code "2019" or "2021"; instrument, e.g. 国办公开办函〔2021〕30号; governs first_year to last_year (None: open)."""

    code: str
    instrument: str
    first_year: int
    last_year: int | None
    tables: Mapping[str, Table]
    headings: Mapping[str, str]


def load(code: str) -> Form: ...


def governing(year: int) -> Form: ...
