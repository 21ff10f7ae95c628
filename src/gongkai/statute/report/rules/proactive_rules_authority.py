"""Table two: 规章 are made by few (立法法); a county, a township, a department has none to report."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.statute.primitives import CellPlace, Finding
from gongkai.statute.report.bodies import may_make_rules
from gongkai.statute.report.cells import count
from gongkai.statute.report.rules.evidence import Evidence


def check_rules_authority(evidence: Evidence) -> Iterator[Finding]:
    """A body that may not make 规章 reports 0 of them; a body of unknown level is not judged."""
    agency = evidence.report.agency
    if agency is None:
        return
    cells = evidence.report.tables.get("proactive", {}).get("rules", {})
    stated = [(column, count(evidence.report, "proactive", "rules", column)) for column in cells]
    if not any(number for _, number in stated) or may_make_rules(agency, evidence.bodies) is not False:
        return
    for column, number in stated:
        if number:
            yield Finding(
                "proactive.rules_authority",
                "warning",
                CellPlace("proactive", "rules", column),
                {"agency": agency, "stated": number},
                "《中华人民共和国立法法》关于规章制定权限的规定",
            )
