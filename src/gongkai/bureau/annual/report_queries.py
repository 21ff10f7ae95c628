"""The body's own reports as pages show them: authorised here, frozen values, every figure's way to its records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Prefetch, Q

from gongkai.bureau import clock
from gongkai.bureau.annual.compile import Compiled, compile_report
from gongkai.bureau.annual.models import AnnualReport, ReportStep
from gongkai.bureau.annual.rounds import Book
from gongkai.bureau.annual.year_facts import year_figures
from gongkai.bureau.casework import queries as casework
from gongkai.bureau.orgs.models import Body, Person
from gongkai.bureau.orgs.permissions import Act, held_roles, reach, require, stands_for_alone
from gongkai.bureau.orgs.queries import known_bodies
from gongkai.statute.primitives import Finding, ProsePlace
from gongkai.statute.report import lifecycle
from gongkai.statute.report.checks import check
from gongkai.statute.report.drafting import (
    PARTS,
    Drift,
    Figures,
    Passage,
    drift,
    from_json,
    labels,
    narrative_of,
)
from gongkai.statute.report.model import Cell, Report
from gongkai.statute.report.profiles import Profile, check_profile

PAGE = 50
Cells = tuple[str, str, str]
"""table, row, column."""


@dataclass(frozen=True, slots=True)
class ReportRow:
    """`due`: the day of publication, and its `ground`; `days_left` negative once it has passed, None when published
    or correcting what was."""

    id: int
    body: str
    body_name: str
    year: int
    version: int
    form: str
    state: str
    state_word: str
    changed_by: str
    changed_at: datetime
    due: date
    ground: str
    days_left: int | None

    @property
    def late_days(self) -> int:
        """Days since the deadline passed, 0 while it has not."""
        return max(0, -(self.days_left or 0))


@dataclass(frozen=True, slots=True)
class StepOffer:
    """A step that the table offers now; `refused` says why this person may not take it, "" where they may."""

    step: lifecycle.Step
    refused: str


@dataclass(frozen=True, slots=True)
class StepTaken:
    act_word: str
    by: str
    at: datetime
    reasons: str


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell that the ledgers give otherwise now than when the report was frozen."""

    where: Cells
    then: Cell
    now: Cell


@dataclass(frozen=True, slots=True)
class ReportDetail:
    """`report`: the figures (frozen or of today) with the prose and every finding. `drifts` by part.

    `unconfirmed`: requests never received, which stand in no figure and so beside it. `changes`: since freezing.
    """

    row: ReportRow
    profiles: tuple[Profile, ...]
    extra_rows: Mapping[str, Mapping[str, Cell]]
    report: Report
    passages: Mapping[str, Passage]
    drifts: Mapping[str, tuple[Drift, ...]]
    figures: Figures
    origins: Mapping[tuple[str, str], str]
    frozen: bool
    as_of: date
    note: str
    editable: bool
    steps: tuple[StepOffer, ...]
    history: tuple[StepTaken, ...]
    unconfirmed: tuple[casework.RequestRow, ...]
    changes: tuple[CellChange, ...]
    files: Mapping[str, str]
    scan: str
    paper_approver: str
    approved_on: date | None


def drafts(person: Person, *, body: str = "", after: str = "", size: int = PAGE) -> tuple[tuple[ReportRow, ...], str]:
    """The reports that a person's roles reach, the latest year first, with the key of the next page."""
    require(person, Act.SEE_DRAFTS)
    found = AnnualReport.objects.filter(body__in=Body.objects.filter(reach(person, Act.SEE_DRAFTS)).values("pk"))
    if body:
        found = found.filter(body__code=body)
    year, _, rest = after.partition("~")
    code, _, version = rest.rpartition("~")
    if year.isdecimal() and version.isdecimal() and len(year) == 4 and len(version) < 5:
        later = Q(body__code__gt=code) | Q(body__code=code, version__lt=int(version))
        found = found.filter(Q(year__lt=int(year)) | Q(later, year=int(year)))
    ordered = found.select_related("body", "changed_by").defer("passages", "tables")
    taken = list(ordered.order_by("-year", "body__code", "-version")[: size + 1])
    book = Book()
    last = taken[size - 1] if len(taken) > size else None
    following = f"{last.year}~{last.body.code}~{last.version}" if last else ""
    return tuple(row_of(each, book) for each in taken[:size]), following


def row(person: Person, report: int) -> ReportRow | None:
    """One version's row; None where there is none; refused where the person's roles do not reach."""
    found = (
        AnnualReport.objects.select_related("body", "changed_by").defer("passages", "tables").filter(pk=report).first()
    )
    if found is None:
        return None
    require(person, Act.SEE_DRAFTS, found.body)
    return row_of(found, Book())


def carried_in(person: Person, report: int) -> Cell:
    """上年结转 总计 of a report: as frozen, else of today."""
    found = AnnualReport.objects.select_related("body").get(pk=report)
    require(person, Act.SEE_DRAFTS, found.body)
    tables = found.tables
    if tables is None:
        tables = compile_report(found.body.code, found.year, clock.today(), form=found.form).report.tables
    total: Cell = tables["requests"]["carried_in"]["total"]
    return total


def last_full_year() -> int:
    """The year that a report is made on now."""
    return clock.today().year - 1


def row_of(each: AnnualReport, book: Book) -> ReportRow:
    asked = book.asked(each.body, each.year, each.form)
    # a correction is late for nothing: what it corrects was published
    left = None if each.published_at or each.version > 1 else (asked.due - clock.today()).days
    return ReportRow(
        each.pk, each.body.code, each.body.name, each.year, each.version, each.form, each.state,
        lifecycle.STATES[each.state], each.changed_by.name if each.changed_by else "系统", each.changed_at, asked.due,
        asked.ground, left,
    )  # fmt: skip


def detail(person: Person, report: int) -> ReportDetail | None:
    """One version; None where there is none; refused where the person's roles do not reach."""
    found = AnnualReport.objects.select_related("body", "changed_by").filter(pk=report).first()
    if found is None:
        return None
    require(person, Act.SEE_DRAFTS, found.body)
    book = Book()
    asked = book.asked(found.body, found.year, found.form)
    compiled = compile_report(found.body.code, found.year, clock.today(), form=found.form)
    passages = {part: from_json(found.passages.get(part, {"text": ""})) for part in PARTS}
    frozen = found.tables is not None and found.state in lifecycle.FIGURES_FIXED
    figures = year_figures(compiled)
    # a frozen report speaks of its own figures; what changed since is told beside it
    drifts = {} if frozen else {part: drift(passage, figures) for part, passage in passages.items()}
    return ReportDetail(
        row=row_of(found, book),
        profiles=asked.profiles,
        extra_rows=found.extra_rows,
        report=judged(found, compiled, passages, frozen, drifts, asked.profiles),
        passages=passages,
        drifts={part: each for part, each in drifts.items() if each},
        figures=figures,
        origins=compiled.origins,
        frozen=frozen,
        as_of=found.as_of if frozen and found.as_of else compiled.as_of,
        note=found.note,
        editable=found.state in lifecycle.EDITABLE and holds(person, found, lifecycle.OFFICERS),
        steps=_offers(person, found),
        history=_history(found),
        unconfirmed=casework.unconfirmed(compiled.bodies, min(clock.today(), date(found.year, 12, 31))),
        changes=_changes(found, compiled) if frozen else (),
        files=found.files,
        scan=found.scan,
        paper_approver=found.paper_approver,
        approved_on=found.approved_on,
    )


def judged(
    found: AnnualReport,
    compiled: Compiled,
    passages: Mapping[str, Passage],
    frozen: bool,
    drifts: Mapping[str, tuple[Drift, ...]],
    asked: tuple[Profile, ...] = (),
) -> Report:
    """The report with figures, prose and every finding of either."""
    tables = found.tables if frozen and found.tables is not None else compiled.report.tables
    bare = Report(found.form, found.body.name, found.year, tables, narrative_of(passages))
    found_in = check(bare, None, compiled.previous, known_bodies())
    beside = () if frozen else tuple(each for each in compiled.report.findings if each.code in _BESIDE)
    local = [finding for each in asked for finding in check_profile(bare, each, found.extra_rows)]
    return replace(bare, findings=(*found_in, *drifted(drifts), *local, *beside))


def drifted(drifts: Mapping[str, tuple[Drift, ...]]) -> tuple[Finding, ...]:
    """A finding for each number of the prose that its ledger no longer gives, at its place."""
    return tuple(
        Finding(
            "prose.drift",
            "error",
            ProsePlace(place_of(part), each.link.start, each.link.end),
            {"name": labels(each.link.key), "left": each.link.value, "right": each.now},
            "条例第50条",
        )
        for part, found in drifts.items()
        for each in found
    )


def place_of(part: str) -> str:
    """A part of a draft by the name that places in prose use."""
    return part if part in ("problems", "other") else f"overview.{part}"


_BESIDE = frozenset({"cell.blank", "cell.unstated", "ledger.difference"})


def holds(person: Person, found: AnnualReport, roles: tuple[str, ...]) -> bool:
    return any(each.role in roles and each.body == found.body.code for each in held_roles(person))


def _offers(person: Person, found: AnnualReport) -> tuple[StepOffer, ...]:
    history = [(each.act, each.by.username) for each in found.steps.select_related("by").order_by("id")]
    held = [each for each in held_roles(person) if each.body == found.body.code]
    return tuple(
        StepOffer(step, lifecycle.refusal(step, found.state, person.username, history, stands_for_alone(by)))
        for step in lifecycle.steps_from(found.state)
        if (by := [each for each in held if each.role in step.roles])
    )


def _history(found: AnnualReport) -> tuple[StepTaken, ...]:
    """All versions of the year, the oldest first."""
    versions = AnnualReport.objects.filter(body=found.body, year=found.year, version__lte=found.version)
    taken = ReportStep.objects.filter(report__in=versions).select_related("by").order_by("id")
    return tuple(StepTaken(lifecycle.ACTS[each.act], each.by.name, each.at, each.reasons) for each in taken)


def _changes(found: AnnualReport, compiled: Compiled) -> tuple[CellChange, ...]:
    """Cells of the frozen report that the ledgers give otherwise today."""
    then = found.tables or {}
    return tuple(
        CellChange((table, row, column), then[table][row][column], now)
        for table, rows in compiled.report.tables.items()
        for row, cells in rows.items()
        for column, now in cells.items()
        if then[table][row][column] != now
    )


def awaiting(person: Person) -> tuple[tuple[ReportRow, lifecycle.Step], ...]:
    """The reports that wait for a step of this person's: each with the step that carries it on."""
    held = held_roles(person)
    bodies = {
        each.body for each in held if each.role in (*lifecycle.OFFICERS, *lifecycle.REVIEWERS, *lifecycle.LEADERS)
    }
    if not bodies:
        return ()
    open_states = [state for state in lifecycle.STATES if state not in (lifecycle.PUBLISHED, lifecycle.SUPERSEDED)]
    found = AnnualReport.objects.filter(body__code__in=bodies, state__in=open_states)
    book = Book()
    mine = []
    whole = (
        found.select_related("body", "changed_by")
        .defer("passages", "tables")
        .prefetch_related(Prefetch("steps", ReportStep.objects.select_related("by").order_by("id")))
    )
    for each in whole.order_by("year"):
        onward = next((step for step in lifecycle.steps_from(each.state) if step.after and step.act in _ONWARD), None)
        history = [(taken.act, taken.by.username) for taken in each.steps.all()]
        if onward is None:
            continue
        by = [holds for holds in held if holds.body == each.body.code and holds.role in onward.roles]
        if by and not lifecycle.refusal(onward, each.state, person.username, history, stands_for_alone(by)):
            mine.append((row_of(each, book), onward))
    return tuple(mine)


_ONWARD = frozenset({"submit", "pass_review", "approve", "publish"})


def opened_years(bodies: Sequence[str], year: int) -> frozenset[str]:
    """Which of the bodies have a report on that year, in whatever state."""
    found = AnnualReport.objects.filter(body__code__in=bodies, year=year)
    return frozenset(found.values_list("body__code", flat=True))
