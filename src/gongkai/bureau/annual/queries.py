"""Kept checks as pages show them: authorised here, frozen, page by key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from gongkai.bureau import clock
from gongkai.bureau.annual.marks import mark
from gongkai.bureau.annual.models import FindingWaiver, KeptCheck
from gongkai.bureau.orgs.models import Body, Person
from gongkai.bureau.orgs.permissions import Act, may, reach, require
from gongkai.statute.primitives import Finding
from gongkai.statute.report.json_format import from_json
from gongkai.statute.report.model import Report

PAGE = 50
STATES = {"waiting": "正在核查", "read": "已核查", "unreadable": "读不了"}
ORDERS = {"newest": ("-id",), "errors": ("-errors", "-id"), "year": ("-year", "-id")}


@dataclass(frozen=True, slots=True)
class CheckRow:
    id: int
    body: str
    body_name: str
    file_name: str
    state: str
    state_word: str
    agency: str
    year: int | None
    form: str
    errors: int
    warnings: int
    kept_by: str
    kept_at: datetime
    job: int | None


@dataclass(frozen=True, slots=True)
class CheckPage:
    rows: tuple[CheckRow, ...]
    next_page: int | None


@dataclass(frozen=True, slots=True)
class Waiver:
    id: int
    because: str
    until: date | None
    by: str
    at: datetime
    in_force: bool


@dataclass(frozen=True, slots=True)
class MarkedFinding:
    """A finding with its mark and, where a person overruled it, the waiver in force."""

    finding: Finding
    mark: str
    waiver: Waiver | None


@dataclass(frozen=True, slots=True)
class CheckDetail:
    row: CheckRow
    faults: tuple[str, ...]
    report: Report | None
    findings: tuple[MarkedFinding, ...]
    may_waive: bool


def checks(
    person: Person,
    *,
    page: int = 1,
    search: str = "",
    year: int | None = None,
    state: str = "",
    order: str = "newest",
    size: int = PAGE,
) -> CheckPage:
    """The kept checks of the bodies that a person's roles reach."""
    require(person, Act.SEE_REPORTS)
    bodies = Body.objects.filter(reach(person, Act.SEE_REPORTS)).values("pk")
    found = (
        KeptCheck.objects.filter(body__in=bodies)
        .select_related("body", "kept_by")
        .defer("report")
        .order_by(*ORDERS.get(order, ORDERS["newest"]))
    )
    if search:
        found = found.filter(Q(agency__contains=search) | Q(file_name__contains=search))
    if year:
        found = found.filter(year=year)
    if state == "errors":
        found = found.filter(errors__gt=0)
    elif state in STATES:
        found = found.filter(state=state)
    start = (max(1, page) - 1) * size
    rows = tuple(_row(each) for each in found[start : start + size + 1])
    return CheckPage(rows[:size], page + 1 if len(rows) > size else None)


def check(person: Person, check_id: int) -> CheckDetail | None:
    """One kept check with its findings; None where there is none; refused where the person's roles do not reach."""
    kept = KeptCheck.objects.select_related("body", "kept_by").filter(pk=check_id).first()
    if kept is None:
        return None
    require(person, Act.SEE_REPORTS, kept.body)
    report = from_json(kept.report) if kept.report else None
    return CheckDetail(
        row=_row(kept),
        faults=tuple(kept.faults),
        report=report,
        findings=_marked(kept, report.findings if report else ()),
        may_waive=may(person, Act.WAIVE_FINDINGS, kept.body),
    )


def _marked(kept: KeptCheck, findings: Sequence[Finding]) -> tuple[MarkedFinding, ...]:
    today = clock.today()
    waivers = {
        each.mark: Waiver(
            each.pk,
            each.because,
            each.until,
            each.waived_by.name,
            each.waived_at,
            each.until is None or each.until >= today,
        )
        for each in FindingWaiver.objects.filter(check_kept=kept, withdrawn_at__isnull=True).select_related("waived_by")
    }
    marks = ((each, mark(each)) for each in findings)
    return tuple(MarkedFinding(each, own, waivers.get(own)) for each, own in marks)


def open_errors(person: Person) -> tuple[CheckRow, ...]:
    """The checks with errors that a person should look at, the worst first."""
    bodies = Body.objects.filter(reach(person, Act.CHECK_REPORTS)).values("pk")
    found = KeptCheck.objects.filter(body__in=bodies, errors__gt=0).select_related("body", "kept_by").defer("report")
    return tuple(_row(each) for each in found.order_by("-errors", "-id")[:10])


def _row(each: KeptCheck) -> CheckRow:
    return CheckRow(
        each.pk,
        each.body.code,
        each.body.name,
        each.file_name,
        each.state,
        STATES[each.state],
        each.agency,
        each.year,
        each.form,
        each.errors,
        each.warnings,
        each.kept_by.name,
        each.kept_at,
        each.job,
    )


def queued(check_id: int) -> int:
    """The job that checks a kept report."""
    return KeptCheck.objects.values_list("job", flat=True).get(pk=check_id) or 0
