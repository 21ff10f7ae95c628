"""The figures are those of the calendar year of the report."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gongkai.statute.primitives import DocumentPlace, Finding
from gongkai.statute.report.rules.evidence import Evidence


def check_period(evidence: Evidence) -> Iterator[Finding]:
    """Each stated statistics period runs from 1 January to 31 December of the report year (条例第四十九条)."""
    if evidence.source is None:
        return
    for first, last in dict.fromkeys(evidence.source.periods):
        year = first.year if evidence.report.year is None else evidence.report.year
        right = (date(year, 1, 1), date(year, 12, 31))
        if (first, last) != right:
            yield Finding(
                "form.period",
                "error",
                DocumentPlace(None),
                {
                    "first": first.isoformat(),
                    "last": last.isoformat(),
                    "expected_first": right[0].isoformat(),
                    "expected_last": right[1].isoformat(),
                },
                evidence.cite("格式"),
            )
