"""All checks of an annual report, in one registered order; each finds all that it can, none stops the others."""

from __future__ import annotations

import json
from collections.abc import Iterable

from gongkai.statute.inspection.personal_data import check_personal_data
from gongkai.statute.inspection.typos import check_typos
from gongkai.statute.primitives import CellPlace, DocumentPlace, Finding, ProsePlace
from gongkai.statute.report.bodies import KnownBody
from gongkai.statute.report.form import CODES, load
from gongkai.statute.report.model import Report, Source
from gongkai.statute.report.prose.contradictions import check_prose
from gongkai.statute.report.prose.parts import prose_parts
from gongkai.statute.report.rules.evidence import Check, Evidence
from gongkai.statute.report.rules.form_missing_part import check_parts_present
from gongkai.statute.report.rules.form_mixed import check_single_form
from gongkai.statute.report.rules.form_period import check_period
from gongkai.statute.report.rules.form_title import check_title
from gongkai.statute.report.rules.form_wrong_year import check_governing_form
from gongkai.statute.report.rules.proactive_items_decisions import check_items_change
from gongkai.statute.report.rules.proactive_rules_authority import check_rules_authority
from gongkai.statute.report.rules.remedies_group_total import check_group_total
from gongkai.statute.report.rules.requests_balance import check_balance
from gongkai.statute.report.rules.requests_outcome_sum import check_outcome_sum
from gongkai.statute.report.rules.requests_row_total import check_row_total
from gongkai.statute.report.rules.years_carry import check_carry
from gongkai.statute.report.rules.years_in_force import check_in_force

FORM_CHECKS: tuple[Check, ...] = (
    check_title,
    check_governing_form,
    check_single_form,
    check_period,
    check_parts_present,
)
"""What the document as such must be; they rest on `Source`."""

RELATION_CHECKS: tuple[Check, ...] = (
    check_items_change,
    check_rules_authority,
    check_in_force,
    check_balance,
    check_outcome_sum,
    check_row_total,
    check_carry,
    check_group_total,
    check_prose,
)
"""What the figures must be to each other, to last year's and to the prose."""

_RECOMPUTED = ("requests.", "remedies.", "proactive.", "prose.", "text.typo", "text.personal_data")
"""Families that `check` finds anew from the report: carried ones may be stale."""

_PARTS = ("title", "overview", "proactive", "requests", "remedies", "problems", "other")


def form_findings(report: Report, source: Source | None) -> tuple[Finding, ...]:
    """The findings `form.*` alone, in document order."""
    return _ordered(_run(FORM_CHECKS, Evidence(report, source)), report)


def check(
    report: Report,
    source: Source | None = None,
    previous: Report | None = None,
    bodies: Iterable[KnownBody] = (),
) -> tuple[Finding, ...]:
    """All findings: those that the reading carries (`form.*`, `cell.*` and others) and all that the checks find.

    Each once, in document order. Without `source` what a document shows beside its figures is not judged; without
    last year's report, or with that of another year, the years are not compared.
    """
    evidence = Evidence(report, source, previous, tuple(bodies))
    stale = _RECOMPUTED if previous is None else (*_RECOMPUTED, "years.")
    found = [finding for finding in report.findings if not finding.code.startswith(stale)]
    carried_parts = {finding.where for finding in found if finding.code == "form.missing_part"}
    for finding in _run(FORM_CHECKS, evidence):
        # without the source a reading's own judgement of what is missing stands
        if source is not None or finding.code != "form.missing_part" or finding.where not in carried_parts:
            found.append(finding)
    found += _run(RELATION_CHECKS, evidence)
    for part, text in prose_parts(report.narrative):
        found += check_typos(text, part)
        found += check_personal_data(text, part)
    return _ordered(found, report)


def _run(checks: Iterable[Check], evidence: Evidence) -> list[Finding]:
    return [finding for check_one in checks for finding in check_one(evidence)]


def _ordered(findings: Iterable[Finding], report: Report) -> tuple[Finding, ...]:
    """Each finding once, in the order of the document; at one place in the order of the checks."""
    once: dict[tuple[str, object, str], Finding] = {}
    for finding in findings:
        facts = json.dumps(dict(finding.facts), ensure_ascii=False, sort_keys=True, default=str)
        once.setdefault((finding.code, finding.where, facts), finding)
    form = load(report.form) if report.form in CODES else None
    rows: dict[tuple[str, str], int] = {}
    columns: dict[tuple[str, str, str], int] = {}
    for table in form.tables.values() if form and once else ():
        for index, row in enumerate(table.rows):
            rows[table.code, row.code] = index
            columns |= {(table.code, row.code, column.code): place for place, column in enumerate(row.columns)}

    def place(finding: Finding) -> tuple[int, int, int, int]:
        where = finding.where
        if isinstance(where, CellPlace):
            anchor = where.row or (form.tables[where.table].rows[0].code if form and where.table in form.tables else "")
            row = rows.get((where.table, where.row or ""), -1)
            column = columns.get((where.table, anchor, where.column or ""), -1)
            return (_part_order(where.table), 2, row, column)
        if isinstance(where, ProsePlace):
            return (_part_order(where.part), 1, _section_order(where.part), where.start)
        if isinstance(where, DocumentPlace):
            return (_part_order(where.part), 0, 0, 0)
        return (len(_PARTS), 0, 0, 0)

    return tuple(sorted(once.values(), key=place))


def _part_order(part: str | None) -> int:
    """Where a part stands in the document; what concerns the whole of it comes first."""
    head = (part or "").partition(".")[0]
    return _PARTS.index(head) if head in _PARTS else -1


def _section_order(part: str) -> int:
    sections = ("lead", "proactive", "on_request", "management", "platform", "supervision")
    tail = part.partition(".")[2]
    return sections.index(tail) if tail in sections else 0
