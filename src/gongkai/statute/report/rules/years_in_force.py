"""From year to year: the rules in force are last year's, with those made and without those repealed."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.statute.primitives import CellPlace, Finding
from gongkai.statute.report.cells import count
from gongkai.statute.report.rules.evidence import Evidence
from gongkai.statute.report.rules.years_carry import follows


def check_in_force(evidence: Evidence) -> Iterator[Finding]:
    """in_force = last year's in_force + made − repealed.

    A warning: a revision that is counted as made, or an expiry not counted as repealed, breaks it lawfully.
    """
    if evidence.previous is None or not follows(evidence):
        return
    for row in ("rules", "normative"):
        now, made, repealed = (count(evidence.report, "proactive", row, c) for c in ("in_force", "made", "repealed"))
        before = count(evidence.previous, "proactive", row, "in_force")
        if now is None or made is None or repealed is None or before is None:
            continue
        expected = before + made - repealed
        if now != expected:
            yield Finding(
                "years.in_force",
                "warning",
                CellPlace("proactive", row, "in_force"),
                {
                    "left": now,
                    "right": expected,
                    "difference": now - expected,
                    "previous": before,
                    "made": made,
                    "repealed": repealed,
                },
                evidence.cite("表二"),
            )
