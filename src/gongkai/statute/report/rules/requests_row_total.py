"""Table three: a row's 总计 is the sum of its six applicant columns."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.statute.primitives import CellPlace, Finding
from gongkai.statute.report.cells import APPLICANTS, count, total
from gongkai.statute.report.rules.evidence import Evidence


def check_row_total(evidence: Evidence) -> Iterator[Finding]:
    """total = natural persons + the five kinds of organisations, in every row (it follows from the table's build)."""
    for row in evidence.report.tables.get("requests", {}):
        left = count(evidence.report, "requests", row, "total")
        right = total(count(evidence.report, "requests", row, column) for column in APPLICANTS)
        if left is not None and right is not None and left != right:
            yield Finding(
                "requests.row_total",
                "error",
                CellPlace("requests", row, "total"),
                {"left": left, "right": right, "difference": left - right},
                evidence.cite("表三"),
            )
