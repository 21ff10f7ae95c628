"""Reports made for the tests: consistent ones, to be spoilt cell by cell."""

from __future__ import annotations

from typing import Any

from gongkai.statute.report import blank_tables
from gongkai.statute.report.form import load
from gongkai.statute.report.model import OVERVIEW_PARTS, Narrative, Report

COLUMNS = ("natural_person", "business", "research", "public_welfare", "legal_service", "other_org")


def zero_tables(form: str = "2021") -> dict[str, Any]:
    """Every count 0 and every amount "0"."""
    tables: dict[str, Any] = blank_tables(load(form))
    for table in load(form).tables.values():
        for row in table.rows:
            for column in row.columns:
                tables[table.code][row.code][column.code] = "0" if column.kind == "money" else 0
    return tables


def narrative(**parts: str) -> Narrative:
    """Harmless prose in every part, but for the parts given (`on_request`, `problems`, …)."""
    overview = dict.fromkeys(OVERVIEW_PARTS, "依法开展工作。") | {
        part: text for part, text in parts.items() if part in (*OVERVIEW_PARTS, "lead")
    }
    return Narrative(
        overview,
        parts.get("problems", "公开内容还不够全面，将加强学习。"),
        parts.get("other", "本年度没有收取信息处理费。"),
    )


def report(
    tables: dict[str, Any] | None = None,
    form: str = "2021",
    year: int = 2024,
    agency: str = "青澜县科学技术局",
    **parts: str,
) -> Report:
    """A report that no check objects to, but for what is given."""
    return Report(form, agency, year, zero_tables(form) if tables is None else tables, narrative(**parts))


def codes(findings: Any) -> list[str]:
    return [finding.code for finding in findings]
