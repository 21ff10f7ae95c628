"""The annual report (条例第四十九条、第五十条): forms, cells, relations, prose, tally, JSON."""

from __future__ import annotations

from gongkai.statute.report.form import Form
from gongkai.statute.report.model import Cell

__all__ = ["blank_tables"]


def blank_tables(form: Form) -> dict[str, dict[str, dict[str, Cell]]]:
    """Every cell of the form, each of them blank; a fresh structure that the caller may fill."""
    return {
        table.code: {row.code: {column.code: None for column in row.columns} for row in table.rows}
        for table in form.tables.values()
    }
