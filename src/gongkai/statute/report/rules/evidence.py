"""What a check is given: the report, and beside it all that is at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from gongkai.statute.primitives import Finding
from gongkai.statute.report.bodies import KnownBody
from gongkai.statute.report.form import CODES, Form, load
from gongkai.statute.report.model import Report, Source


@dataclass(frozen=True, slots=True)
class Evidence:
    """`source`: what the document shows beside its figures; `previous`: last year's report; `bodies`: known bodies."""

    report: Report
    source: Source | None = None
    previous: Report | None = None
    bodies: tuple[KnownBody, ...] = ()

    @property
    def form(self) -> Form | None:
        """The form that the report is in, None if undetected."""
        return load(self.report.form) if self.report.form in CODES else None

    def cite(self, place: str) -> str:
        """The instrument of the report's form and the place in it that is cited, e.g. “表三”."""
        return f"{self.form.instrument} {place}" if self.form else place


Check = Callable[[Evidence], Iterable[Finding]]
