"""A checked report as a page shows it: each finding numbered, placed, worded; plain values for a template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.screens.ui.checking import Checked
from gongkai.statute.primitives import Finding
from gongkai.statute.report.form import CODES, load
from gongkai.statute.wording import advice, place_name, sentence


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """number: from 1, as marked on the cells; difference: signed, left minus right, "" where there is none."""

    number: int
    code: str
    severity: str
    place: str
    sentence: str
    advice: str
    cite: str
    difference: str


@dataclass(frozen=True, slots=True)
class ShownResult:
    """One file's outcome; `form` is the instrument of the report's form, figures are counts of findings."""

    name: str
    title: str
    form: str
    agency: str
    year: int | None
    faults: tuple[str, ...]
    remark: str
    findings: Sequence[ShownFinding]
    errors: int
    warnings: int
    notes: int

    @property
    def readable(self) -> bool:
        return not self.faults


def shown(checked: Checked) -> ShownResult:
    """The outcome in words."""
    report = checked.report
    form = load(report.form) if report and report.form in CODES else None
    agency = (report.agency if report else None) or ""
    year = report.year if report else None
    return ShownResult(
        name=checked.name,
        title=f"{agency}{year or ''}{'年' if year else ''}政府信息公开工作年度报告" if agency or year else "",
        form=form.instrument if form else "",
        agency=agency,
        year=year,
        faults=checked.faults,
        remark=checked.remark,
        findings=[shown_finding(number, found) for number, found in enumerate(checked.findings, 1)],
        errors=checked.count("error"),
        warnings=checked.count("warning"),
        notes=checked.count("note"),
    )


def shown_finding(number: int, found: Finding) -> ShownFinding:
    """One finding in words, under its number."""
    return ShownFinding(
        number=number,
        code=found.code,
        severity=found.severity,
        place=place_name(found),
        sentence=sentence(found),
        advice=advice(found),
        cite=found.cite,
        difference=signed(found.facts.get("difference")),
    )


def signed(difference: object) -> str:
    """＋1 or －3 with the full-width signs that officials write; "" where there is no difference to tell."""
    if isinstance(difference, bool) or not isinstance(difference, int | float | str) or difference in (0, ""):
        return ""
    text = str(difference)
    return f"－{text[1:]}" if text.startswith("-") else f"＋{text.lstrip('+')}"
