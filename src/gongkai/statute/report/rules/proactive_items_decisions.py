"""Table two of the 2019 form: a change in the number of items larger than the number itself is hardly one."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.statute.primitives import CellPlace, Finding
from gongkai.statute.report.cells import count
from gongkai.statute.report.rules.evidence import Evidence


def check_items_change(evidence: Evidence) -> Iterator[Finding]:
    """|change| ≤ prior_items unless prior_items is 0: else decisions were probably counted as items.

    The columns 上一年项目数量 and 本年增/减 count kinds of matters, 处理决定数量 counts cases handled.
    """
    if evidence.report.form != "2019":
        return
    for row in ("licences", "other_services", "penalties", "coercive", "fees"):
        prior = count(evidence.report, "proactive", row, "prior_items")
        change = count(evidence.report, "proactive", row, "change")
        if not prior or change is None or abs(change) <= prior:
            continue
        facts: dict[str, object] = {"prior_items": prior, "change": change, "difference": abs(change) - prior}
        decisions = count(evidence.report, "proactive", row, "decisions")
        if decisions is not None:
            facts["decisions"] = decisions
        yield Finding(
            "proactive.items_decisions",
            "warning",
            CellPlace("proactive", row, "change"),
            facts,
            evidence.cite("表二"),
        )
