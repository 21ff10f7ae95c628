"""Table three: （七）总计 is the sum of all outcomes above it."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.statute.primitives import CellPlace, Finding
from gongkai.statute.report.cells import APPLICANTS, count, outcome_rows, total
from gongkai.statute.report.rules.evidence import Evidence


def check_outcome_sum(evidence: Evidence) -> Iterator[Finding]:
    """concluded = the sum of the outcome rows of the form, in every column (it follows from the table's build)."""
    if evidence.form is None:
        return
    rows = outcome_rows(evidence.form)
    for column in (*APPLICANTS, "total"):
        left = count(evidence.report, "requests", "concluded", column)
        right = total(count(evidence.report, "requests", row, column) for row in rows)
        if left is not None and right is not None and left != right:
            yield Finding(
                "requests.outcome_sum",
                "error",
                CellPlace("requests", "concluded", column),
                {"left": left, "right": right, "difference": left - right},
                evidence.cite("表三"),
            )
