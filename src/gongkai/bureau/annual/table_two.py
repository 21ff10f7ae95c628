"""Table two of a body's year from statements, their lines and the ledger of documents (条例第20条)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gongkai.bureau.annual.models import Statement, StatementLine
from gongkai.bureau.publishing import queries as publishing
from gongkai.statute.primitives import CellPlace, Finding
from gongkai.statute.report.form import Form, load
from gongkai.statute.report.model import Cell

STATED, LINES, DOCUMENTS, CARRIED, UNSTATED, UNKNOWN = "stated", "lines", "documents", "carried", "unstated", "unknown"

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class TableTwo:
    """cells: row → column → cell; origins: where each comes from; findings: what the ledgers say differently."""

    cells: Mapping[str, Mapping[str, Cell]]
    origins: Mapping[Key, str]
    findings: tuple[Finding, ...]


def table_two(form: Form, bodies: Sequence[str], year: int, as_of: date) -> TableTwo:
    """Each cell by the first that gives it: a statement, lines, documents, last year's items with their change.

    What nobody stated is 0 once the year's ledger is kept at all, with a note that says so; before that it is blank.
    """
    stated = _stated(bodies, year)
    lines = _lines(bodies, year)
    documents = publishing.documents(bodies, year, as_of) if publishing.has_documents(bodies) else {}
    carried = _carried(bodies, year, form)
    cite = f"条例第20条、{form.instrument}"
    kept = bool(stated or lines or documents)
    cells: dict[str, dict[str, Cell]] = {}
    origins: dict[Key, str] = {}
    findings: list[Finding] = []
    unstated: list[str] = []
    for row in form.tables["proactive"].rows:
        for column in row.columns:
            key = (row.code, column.code)
            sources: list[tuple[str, Mapping[Key, Cell]]] = [
                (STATED, stated),
                (LINES, lines),
                (DOCUMENTS, documents),
                (CARRIED, carried),
            ]
            given: list[tuple[str, Cell]] = [(name, values[key]) for name, values in sources if key in values]
            if given:
                origin, value = given[0]
                findings += _differences(key, given, cite)
            elif kept:
                origin, value = UNSTATED, "0" if column.kind == "money" else 0
                unstated.append(f"{row.label} {column.label}")
            else:
                origin, value = UNKNOWN, None
                findings.append(Finding("cell.blank", "warning", CellPlace("proactive", *key), {}, cite))
            cells.setdefault(row.code, {})[column.code] = value
            origins[key] = origin
    if unstated:
        facts: dict[str, object] = {"count": len(unstated), "cells": unstated}
        findings.append(Finding("cell.unstated", "note", CellPlace("proactive"), facts, cite))
    return TableTwo(cells, origins, tuple(findings))


def _differences(key: Key, given: Sequence[tuple[str, Cell]], cite: str) -> list[Finding]:
    """Every other ledger that has the cell and says something else."""
    origin, value = given[0]
    return [
        Finding(
            "ledger.difference",
            "warning",
            CellPlace("proactive", *key),
            {"left": value, "right": other, "left_from": origin, "right_from": name},
            cite,
        )
        for name, other in given[1:]
        if _plain(other) != _plain(value)
    ]


def _plain(cell: Cell) -> object:
    """Equal for equal amounts, however many zeros they end in."""
    return Decimal(cell) if isinstance(cell, str) and cell != "n/a" else cell


def _stated(bodies: Sequence[str], year: int) -> dict[Key, Cell]:
    """The statements in force, over the bodies together: counts add up."""
    found = Statement.objects.filter(body__code__in=bodies, year=year, replaced_at__isnull=True)
    values: dict[Key, Cell] = {}
    for row, column, value in found.order_by("id").values_list("row", "column", "value"):
        values[row, column] = _added(values.get((row, column)), value)
    return values


def _added(known: Cell, value: Cell) -> Cell:
    if known is None or known == "n/a":
        return value
    if value == "n/a" or value is None:
        return known
    if isinstance(known, int) and isinstance(value, int):
        return known + value
    return money(Decimal(known) + Decimal(value))


def money(amount: Decimal) -> str:
    """万元 as the report gives it: no exponent, no zeros at the end."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _lines(bodies: Sequence[str], year: int) -> dict[Key, Cell]:
    """Sums of the lines of each row, for the columns that any of its lines has."""
    found = StatementLine.objects.filter(body__code__in=bodies, year=year, withdrawn_at__isnull=True)
    counts: dict[Key, int] = {}
    amounts: dict[Key, Decimal] = {}
    for each in found:
        counts[each.row, "items"] = counts.get((each.row, "items"), 0) + 1
        for column, value in (("prior_items", each.prior), ("change", each.change), ("decisions", each.decisions)):
            if value is not None:
                counts[each.row, column] = counts.get((each.row, column), 0) + value
        if each.amount:
            amounts[each.row, "amount"] = amounts.get((each.row, "amount"), Decimal(0)) + Decimal(each.amount)
    return {**counts, **{key: money(amount) for key, amount in amounts.items()}}


def _carried(bodies: Sequence[str], year: int, form: Form) -> dict[Key, Cell]:
    """上一年项目数量: last year's items with last year's change, where last year was laid out by the same form."""
    if form.code != "2019" or year - 1 < load("2019").first_year:
        return {}
    before = {**_lines(bodies, year - 1), **_stated(bodies, year - 1)}
    values: dict[Key, Cell] = {}
    for row in form.tables["proactive"].rows:
        prior, change = before.get((row.code, "prior_items")), before.get((row.code, "change"))
        if isinstance(prior, int) and isinstance(change, int):
            values[row.code, "prior_items"] = prior + change
    return values
