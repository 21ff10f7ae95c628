"""Table four: a group's 总计 is the sum of its four results."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.statute.primitives import CellPlace, Finding
from gongkai.statute.report.cells import REMEDY_RESULTS, count, total
from gongkai.statute.report.rules.evidence import Evidence


def check_group_total(evidence: Evidence) -> Iterator[Finding]:
    """total = upheld + corrected + other + pending, in each of the three groups."""
    for group in evidence.report.tables.get("remedies", {}):
        left = count(evidence.report, "remedies", group, "total")
        right = total(count(evidence.report, "remedies", group, result) for result in REMEDY_RESULTS)
        if left is not None and right is not None and left != right:
            yield Finding(
                "remedies.group_total",
                "error",
                CellPlace("remedies", group, "total"),
                {"left": left, "right": right, "difference": left - right},
                evidence.cite("表四"),
            )
