"""All that the page of a case shows: who handles it, opinions, searches, items, letters and files; never who asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from gongkai.bureau import clock
from gongkai.bureau.casework.message_kinds import KINDS
from gongkai.bureau.casework.models import (
    ApplicantMessage,
    Assignment,
    DueChange,
    Letter,
    Opinion,
    Request,
    SearchRecord,
    WantedItem,
)
from gongkai.bureau.casework.queries.case_files import MOST_SHOWN, CaseFileRow, files_of
from gongkai.bureau.casework.queries.detail import RequestDetail, detail_of
from gongkai.bureau.casework.queries.messages import act_for
from gongkai.bureau.casework.queries.related import Related, beside
from gongkai.bureau.casework.rights import HANDLING, Standing, require_act
from gongkai.bureau.orgs.models import Assignment as Role
from gongkai.bureau.orgs.models import Person, Section
from gongkai.bureau.orgs.permissions import Act
from gongkai.bureau.orgs.vocabulary import ROLES
from gongkai.bureau.orgs.working_days import in_force
from gongkai.statute.calendars import Calendar
from gongkai.statute.cases import letter_flow
from gongkai.statute.letters import kind_of


@dataclass(frozen=True, slots=True)
class AssignmentRow:
    id: int
    section: str
    person: str
    username: str
    joins: bool
    task: str
    due_on: date | None
    by: str
    at: datetime
    ended_at: datetime | None
    ended_because: str


@dataclass(frozen=True, slots=True)
class OpinionRow:
    kind: str
    conclusion: str
    text: str
    letter: int | None
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SearchRow:
    places: str
    terms: str
    period: str
    searchers: str
    archive_asked: bool
    result: str
    on: date
    by: str


@dataclass(frozen=True, slots=True)
class WantedRow:
    """A wanted item and its decision; `decided` is what a form gives back as seen."""

    position: int
    text: str
    outcome: str
    articles: tuple[str, ...]
    reason: str
    facts: dict[str, object]
    by: str
    decided: str


@dataclass(frozen=True, slots=True)
class CaseLetter:
    """`event` is the position of the event that its delivery made."""

    id: int
    title: str
    state: str
    state_word: str
    number: str
    event: int | None


@dataclass(frozen=True, slots=True)
class ApplicationRow:
    """How the applicant wants to be answered; nothing of who they are. `joint` counts those who apply together."""

    form: str
    way: str
    by_agent: bool
    joint: int


@dataclass(frozen=True, slots=True)
class MessageLink:
    """A message of the applicant that the reader may open; its words stand on its own page."""

    id: int
    word: str
    at: datetime
    handled: bool


@dataclass(frozen=True, slots=True)
class DueMove:
    before: date | None
    after: date | None
    because: str


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who can be given work in that body."""

    username: str
    name: str
    roles: str


@dataclass(frozen=True, slots=True)
class CaseBoard:
    detail: RequestDetail
    calendar: Calendar
    standing: Standing
    related: Related
    application: ApplicationRow | None
    messages: tuple[MessageLink, ...]
    assignments: tuple[AssignmentRow, ...]
    opinions: tuple[OpinionRow, ...]
    searches: tuple[SearchRow, ...]
    wanted: tuple[WantedRow, ...]
    letters: tuple[CaseLetter, ...]
    files: tuple[CaseFileRow, ...]
    moves: tuple[DueMove, ...]
    sections: tuple[tuple[int, str], ...]
    colleagues: tuple[Colleague, ...]


def board(person: Person, request_id: int) -> CaseBoard | None:
    """One case with everything beside it; None where there is none. A long case costs no more queries than a short."""
    found = Request.objects.select_related("body", "identity", "application").filter(pk=request_id).first()
    if found is None:
        return None
    held = require_act(person, Act.SEE_LEDGERS, found.body)
    calendar = in_force(found.body.code)
    assigns = not held.refusal(Act.ASSIGN_REQUESTS)
    return CaseBoard(
        detail=detail_of(found, calendar),
        calendar=calendar,
        standing=held,
        related=beside(found),
        application=_application(found),
        messages=_messages(found, held),
        assignments=_assignments(found),
        opinions=_opinions(found),
        searches=_searches(found),
        wanted=_wanted(found),
        letters=_letters(found),
        files=files_of(person, found, held),
        moves=tuple(
            DueMove(each.before, each.after, each.because)
            for each in DueChange.objects.filter(request=found).order_by("-id")[:MOST_SHOWN]
        ),
        sections=tuple(Section.objects.filter(body=found.body).order_by("code").values_list("id", "name"))
        if assigns
        else (),
        colleagues=_colleagues(found) if assigns else (),
    )


def _application(found: Request) -> ApplicationRow | None:
    if not hasattr(found, "application"):
        return None
    made = found.application
    return ApplicationRow(made.form, made.way, made.by_agent, made.joint)


def _messages(found: Request, held: Standing) -> tuple[MessageLink, ...]:
    rows = ApplicantMessage.objects.filter(request=found).order_by("id").values_list("id", "kind", "at", "handled_at")
    return tuple(
        MessageLink(number, KINDS[kind].word, at, handled is not None)
        for number, kind, at, handled in rows[:MOST_SHOWN]
        if not held.refusal(act_for(KINDS[kind]))
    )


def _assignments(found: Request) -> tuple[AssignmentRow, ...]:
    rows = Assignment.objects.filter(request=found).select_related("section", "person", "by").order_by("id")
    return tuple(
        AssignmentRow(
            each.pk, each.section.name if each.section else "", each.person.name if each.person else "",
            each.person.username if each.person else "", each.joins, each.task, each.due_on, each.by.name, each.at,
            each.ended_at, each.ended_because,
        )
        for each in rows[:MOST_SHOWN]
    )  # fmt: skip


def _opinions(found: Request) -> tuple[OpinionRow, ...]:
    rows = Opinion.objects.filter(request=found).select_related("by").order_by("id")
    return tuple(
        OpinionRow(each.kind, each.conclusion, each.text, each.letter_id, each.by.name, each.at)
        for each in rows[:MOST_SHOWN]
    )


def _searches(found: Request) -> tuple[SearchRow, ...]:
    rows = SearchRecord.objects.filter(request=found).select_related("by").order_by("id")
    return tuple(
        SearchRow(
            each.places, each.terms, each.period, each.searchers, each.archive_asked, each.result, each.on, each.by.name
        )
        for each in rows[:MOST_SHOWN]
    )


def _wanted(found: Request) -> tuple[WantedRow, ...]:
    rows = WantedItem.objects.filter(request=found).select_related("decided_by").order_by("position")
    return tuple(
        WantedRow(
            each.position, each.text, each.outcome, tuple(code for code in each.articles.split(",") if code),
            each.reason, dict(each.facts), each.decided_by.name if each.decided_by else "",
            each.decided_at.isoformat() if each.decided_at else "",
        )
        for each in rows[:MOST_SHOWN]
    )  # fmt: skip


def _letters(found: Request) -> tuple[CaseLetter, ...]:
    rows = Letter.objects.filter(request=found).order_by("id").values_list("id", "kind", "state", "number", "event")
    return tuple(
        CaseLetter(number, kind_of(kind).title, state, letter_flow.STATES[state], told, event)
        for number, kind, state, told, event in rows[:MOST_SHOWN]
    )


def _colleagues(found: Request) -> tuple[Colleague, ...]:
    today = clock.today()
    held = (
        Role.objects.filter(Q(until__isnull=True) | Q(until__gte=today), body=found.body, since__lte=today)
        .filter(role__in=HANDLING, person__is_active=True)
        .select_related("person", "section")
        .order_by("person__username", "id")
    )
    roles: dict[tuple[str, str], list[str]] = {}
    for each in held:
        word = ROLES[each.role] + (f"，{each.section.name}" if each.section else "")
        roles.setdefault((each.person.username, each.person.name), []).append(word)
    return tuple(Colleague(username, name, "、".join(words)) for (username, name), words in roles.items())
