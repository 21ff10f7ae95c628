"""A report is in the form that governs its year."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.statute.primitives import DocumentPlace, Finding, InputRefused
from gongkai.statute.report.form import governing
from gongkai.statute.report.rules.evidence import Evidence


def check_governing_form(evidence: Evidence) -> Iterator[Finding]:
    """2019 and 2020: 国办公开办函〔2019〕60号; from 2021: 国办公开办函〔2021〕30号; before, neither governs."""
    form, year = evidence.form, evidence.report.year
    if form is None or year is None or form.governs(year):
        return
    facts: dict[str, object] = {"form": form.code, "instrument": form.instrument, "year": year}
    cite = form.instrument
    try:
        right = governing(year)
    except InputRefused:
        facts["governing"] = None
    else:
        facts |= {"governing": right.code, "governing_instrument": right.instrument}
        cite = right.instrument
    yield Finding("form.wrong_year", "error", DocumentPlace(None), facts, cite)
