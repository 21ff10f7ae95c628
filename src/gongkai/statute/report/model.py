"""A statutory annual report as values, and what a published document shows beside its figures.

The JSON shape is fixed by the exchange contract (docs/reference/report-json.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from gongkai.statute.primitives import Finding

Cell = int | str | None
"""A count; a decimal string in 万元; `"n/a"` for not applicable; None for blank. A blank is never 0."""

Tables = Mapping[str, Mapping[str, Mapping[str, Cell]]]
"""table → row → column → cell."""

OVERVIEW_PARTS = ("proactive", "on_request", "management", "platform", "supervision")


@dataclass(frozen=True, slots=True)
class Narrative:
    """The prose: `overview` by the five parts of 总体情况 (`lead` is what precedes them), 五 and 六."""

    overview: Mapping[str, str | None] = field(default_factory=dict)
    problems: str | None = None
    other: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """What a document shows beside figures and prose; the evidence of the `form.*` checks.

    parts: which of overview, proactive, requests, remedies, problems, other have a heading or a table.
    marks: form → the words in the document that belong to that form alone (`本年制发件数` → 2021).
    periods: statistics periods stated in the text, first and last day.
    pictures: tables that are only pictures, by the part that they stand in.
    """

    title: str | None = None
    parts: frozenset[str] = frozenset()
    marks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    periods: tuple[tuple[date, date], ...] = ()
    pictures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """One annual report. Every cell of the form is present in `tables`; form, agency, year are None if undetected."""

    form: str | None
    agency: str | None
    year: int | None
    tables: Tables
    narrative: Narrative = field(default_factory=Narrative)
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A report as read from a document; its findings are `form.*` and `cell.*` only."""

    report: Report
    source: Source = field(default_factory=Source)
