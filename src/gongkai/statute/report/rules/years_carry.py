"""From year to year: what was carried out of last year was carried into this one."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.statute.primitives import CellPlace, Finding
from gongkai.statute.report.cells import APPLICANTS, count
from gongkai.statute.report.rules.evidence import Evidence


def follows(evidence: Evidence) -> bool:
    """Whether the report at hand is that of the year before; a report of another year is compared with nothing."""
    previous, year = evidence.previous, evidence.report.year
    if previous is None:
        return False
    return previous.year is None or year is None or previous.year == year - 1


def check_carry(evidence: Evidence) -> Iterator[Finding]:
    """carried_in = last year's carried_out, in every column."""
    if evidence.previous is None or not follows(evidence):
        return
    for column in (*APPLICANTS, "total"):
        left = count(evidence.report, "requests", "carried_in", column)
        right = count(evidence.previous, "requests", "carried_out", column)
        if left is not None and right is not None and left != right:
            yield Finding(
                "years.carry",
                "error",
                CellPlace("requests", "carried_in", column),
                {"left": left, "right": right, "difference": left - right},
                evidence.cite("表三"),
            )
