"""Arithmetic over cells: what is not judged, and what adds nothing."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.statute.report.form import Form
from gongkai.statute.report.model import Cell, Report

APPLICANTS = ("natural_person", "business", "research", "public_welfare", "legal_service", "other_org")
"""The six applicant columns of table three; their sum is its column 总计."""

REMEDY_RESULTS = ("upheld", "corrected", "other", "pending")
"""The four results of table four; their sum is its 总计."""

_FRAME = ("new", "carried_in", "concluded", "carried_out")


def cell(report: Report, table: str, row: str, column: str) -> Cell:
    """The cell, None where the report has none."""
    return report.tables.get(table, {}).get(row, {}).get(column)


def count(report: Report, table: str, row: str, column: str) -> int | None:
    """The number that a cell adds to a sum: "n/a" adds 0, a blank has none and leaves the sum unjudged."""
    value = cell(report, table, row, column)
    if value == "n/a":
        return 0
    return value if isinstance(value, int) else None


def total(values: Iterable[int | None]) -> int | None:
    """The sum, or None as soon as one of them is blank."""
    result = 0
    for value in values:
        if value is None:
            return None
        result += value
    return result


def outcome_rows(form: Form) -> tuple[str, ...]:
    """The rows of table three that count outcomes: 19 in the form of 2019, 21 in that of 2021."""
    return tuple(row.code for row in form.tables["requests"].rows if row.code not in _FRAME)
