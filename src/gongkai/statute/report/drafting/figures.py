"""The year's figures that a narrative may name, by stable keys.

A key is a cell of the tables (`requests.new.total`), a sum over such cells (`outcomes.refused`,
`remedies.litigation.total`), or a further fact of a ledger (`items.total`, `replies.on_time`, `fees.amount`). What no
ledger gives has no key: it is neither 0 nor guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from gongkai.statute.report.cells import REMEDY_RESULTS
from gongkai.statute.report.drafting.words import BREAKDOWNS
from gongkai.statute.report.model import Tables

Value = int | str
"""A count, or text as it is to be shown: an amount in decimal digits, the result of an assessment."""


@dataclass(frozen=True, slots=True)
class Figures:
    """`values` by key; `lists`: for a breakdown (`items.column`) its keys in the order in which they are told."""

    values: Mapping[str, Value] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def breakdown(self, family: str) -> tuple[str, ...]:
        """The keys of a family: as listed, else in the order of the house, else as the values come."""
        if family in self.lists:
            return tuple(key for key in self.lists[family] if key in self.values)
        if family in BREAKDOWNS:
            return tuple(key for key in BREAKDOWNS[family] if key in self.values)
        return tuple(key for key in self.values if key.startswith(f"{family}."))


def figures_of(
    tables: Tables,
    facts: Mapping[str, Value | None] | None = None,
    lists: Mapping[str, Iterable[str]] | None = None,
) -> Figures:
    """The figures of compiled tables and of the ledgers' further facts.

    A blank cell, one not applicable, a fact that is None or empty: no key; nor has a sum over a blank cell one.
    """
    values: dict[str, Value] = {}
    for table, rows in tables.items():
        for row, cells in rows.items():
            for column, cell in cells.items():
                if cell is not None and cell != "n/a":
                    values[f"{table}.{row}.{column}"] = cell
    values |= _outcomes(tables) | _litigation(tables)
    values |= {key: value for key, value in (facts or {}).items() if value is not None and value != ""}
    told = {family: tuple(keys) for family, keys in (lists or {}).items()}
    return Figures(MappingProxyType(values), MappingProxyType(told))


def _outcomes(tables: Tables) -> dict[str, Value]:
    """`outcomes.<group>`: the column 总计 of table three summed over the rows of each group of outcomes."""
    rows = tables.get("requests", {})
    found: dict[str, Value] = {}
    for key in BREAKDOWNS["outcomes"]:
        group = key.partition(".")[2]
        cells = [each.get("total") for row, each in rows.items() if row.partition(".")[0] == group]
        total = _sum(cells)
        if total is not None:
            found[key] = total
    return found


def _litigation(tables: Tables) -> dict[str, Value]:
    """`remedies.litigation.<result>`: both kinds of lawsuit of table four together."""
    rows = tables.get("remedies", {})
    found: dict[str, Value] = {}
    for column in (*REMEDY_RESULTS, "total"):
        total = _sum(rows.get(row, {}).get(column) for row in ("litigation_direct", "litigation_after"))
        if total is not None:
            found[f"remedies.litigation.{column}"] = total
    return found


def _sum(cells: Iterable[object]) -> int | None:
    """The sum of counts, "n/a" adding 0; None where a cell is blank or there is none."""
    numbers = [0 if cell == "n/a" else cell for cell in cells]
    counts = [number for number in numbers if isinstance(number, int)]
    return sum(counts) if counts and len(counts) == len(numbers) else None
