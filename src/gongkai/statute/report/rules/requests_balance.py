"""Table three: what came in is what went out, in every column (the relation that the form itself prints)."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.statute.primitives import CellPlace, Finding
from gongkai.statute.report.cells import APPLICANTS, count, total
from gongkai.statute.report.rules.evidence import Evidence


def check_balance(evidence: Evidence) -> Iterator[Finding]:
    """new + carried_in = concluded + carried_out: “第一项加第二项之和，等于第三项加第四项之和”."""
    for column in (*APPLICANTS, "total"):
        left = total(count(evidence.report, "requests", row, column) for row in ("new", "carried_in"))
        right = total(count(evidence.report, "requests", row, column) for row in ("concluded", "carried_out"))
        if left is not None and right is not None and left != right:
            yield Finding(
                "requests.balance",
                "error",
                CellPlace("requests", None, column),
                {"left": left, "right": right, "difference": left - right},
                evidence.cite("表三"),
            )
