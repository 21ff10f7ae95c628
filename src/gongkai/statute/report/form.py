"""A report form (格式) as dated data: its tables, rows, columns and words, from `forms/*.toml`.

Every report of a year is laid out by one form: 国办公开办函〔2019〕60号 for 2019 and 2020,
国办公开办函〔2021〕30号 from 2021. Earlier forms are not covered.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from gongkai.statute.primitives import InputFault, InputRefused

CellKind = Literal["count", "change", "money"]

CODES = ("2019", "2021")
"""Every form known, the oldest first."""


@dataclass(frozen=True, slots=True)
class Column:
    """`group` is the heading that the form prints over several columns (法人或其他组织), or ""."""

    code: str
    label: str
    kind: CellKind = "count"
    group: str = ""


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

    def column(self, code: str) -> Column:
        """The column of that code; KeyError where the row has none."""
        for column in self.columns:
            if column.code == code:
                return column
        raise KeyError(code)


@dataclass(frozen=True, slots=True)
class Table:
    """code: proactive, requests or remedies; title: the heading of its part (二、主动公开政府信息情况).

    `note` is the remark that the form prints at the head of the table, or "".
    """

    code: str
    title: str
    rows: tuple[Row, ...]
    note: str = ""

    def row(self, code: str) -> Row:
        """The row of that code; KeyError where the table has none."""
        for row in self.rows:
            if row.code == code:
                return row
        raise KeyError(code)

    def cells(self) -> Iterator[tuple[str, str]]:
        """(row code, column code) of every cell, in the order of the form."""
        for row in self.rows:
            for column in row.columns:
                yield row.code, column.code


@dataclass(frozen=True, slots=True)
class Form:
    """code "2019" or "2021"; instrument, e.g. 国办公开办函〔2021〕30号; governs first_year to last_year (None: open).

    `headings`: the six parts by code (overview, proactive, requests, remedies, problems, other) and the five
    sections of the first (`overview.proactive`, …), in the order of the document.
    """

    code: str
    instrument: str
    first_year: int
    last_year: int | None
    tables: Mapping[str, Table]
    headings: Mapping[str, str]

    def governs(self, year: int) -> bool:
        """Whether a report on that year is to be made in this form."""
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)


def _table(code: str, title: str, data: Mapping[str, Any]) -> Table:
    rows: list[Row] = []
    for part in data["parts"]:
        columns = tuple(Column(**column) for column in part["columns"])
        for row in part["rows"]:
            path = tuple(row["path"])
            rows.append(Row(row["code"], path[-1], path, columns, part.get("part", "")))
    return Table(code, title, tuple(rows), data.get("note", ""))


@cache
def load(code: str) -> Form:
    """The form of that code, "2019" or "2021". Any other code raises InputRefused."""
    if code not in CODES:
        raise InputRefused(InputFault("年度报告格式", f"没有“{code}”这一格式", "、".join(CODES)))
    data = tomllib.loads((Path(__file__).parent / "forms" / f"{code}.toml").read_text(encoding="utf-8"))
    headings: dict[str, str] = data["headings"]
    tables = {name: _table(name, headings[name], table) for name, table in data["tables"].items()}
    return Form(
        code=data["code"],
        instrument=data["instrument"],
        first_year=data["first_year"],
        last_year=data.get("last_year"),
        tables=MappingProxyType(tables),
        headings=MappingProxyType(headings),
    )


@cache
def governing(year: int) -> Form:
    """The form that governs reports on `year`. A year before 2019 raises InputRefused: its form is not covered."""
    for code in CODES:
        form = load(code)
        if form.governs(year):
            return form
    raise InputRefused(
        InputFault(
            "报告年度", f"{year}年的年度报告不在本系统所收格式之内", f"{load(CODES[0]).first_year}年及以后的年度"
        )
    )
