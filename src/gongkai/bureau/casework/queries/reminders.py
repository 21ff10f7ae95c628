"""Who is to be reminded of which request today; what a person was reminded of; whom a request was brought to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from gongkai.bureau import clock
from gongkai.bureau.casework.models import CLOSED_PHASES, Assignment, Reminder, ReminderMail, Request
from gongkai.bureau.orgs.models import Assignment as Role
from gongkai.bureau.orgs.models import Person
from gongkai.bureau.orgs.permissions import in_force
from gongkai.statute.parameters import value

SOON, INNER, LATE, HEAD, LEADER = "soon", "inner", "late", "head", "leader"
KINDS: Mapping[str, str] = {
    SOON: "临近答复期限",
    INNER: "内部期限已过",
    LATE: "已过答复期限",
    HEAD: "期限已过，请督促办理",
    LEADER: "答复期限将到或者已过，请过问",
}
"""From the mildest to the gravest: a person is told of a request once a day, of the gravest."""
ESCALATED = (HEAD, LEADER)
_GRAVITY = list(KINDS)
_RUNNING = ("running", "overdue")
MOST = 50


@dataclass(frozen=True, slots=True)
class Due:
    """One request and those to be told of it, each with the kind; `day`: the day that is near or gone."""

    request: Request
    day: date
    people: Mapping[Person, str]


def due_today() -> tuple[Due, ...]:
    """What is near or late today, in four looks, however many requests there are.

    The handlers and the officers learn of what is near or late, the section's head of what is late, the leader
    (第一责任人) from some days before the day on. Deputies are told beside those whom they stand in for.
    """
    today = clock.today()
    soon = today + timedelta(days=value("request_light_soon_days", today).number)
    brought = today + timedelta(days=value("request_escalation_days", today).number)
    missed = Assignment.objects.filter(ended_at__isnull=True, due_on__lt=today).values("request")
    open_ones = Request.objects.exclude(phase__in=CLOSED_PHASES)
    near = Q(phase__in=_RUNNING, due_on__lte=soon)
    found = list(open_ones.filter(near | Q(pk__in=missed)).select_related("body").order_by("id"))
    given: dict[int, list[Assignment]] = {each.pk: [] for each in found}
    for each in Assignment.objects.filter(ended_at__isnull=True, request__in=list(given)).select_related("person"):
        given[each.request_id].append(each)
    serving = _serving({each.body_id for each in found})
    return tuple(_due(each, given[each.pk], serving.get(each.body_id, []), today, brought) for each in found)


def _serving(bodies: set[int]) -> dict[int, list[Role]]:
    roles = in_force().filter(
        body__in=bodies, role__in=("disclosure_officer", "section_head", "leader"), person__is_active=True
    )
    found: dict[int, list[Role]] = {}
    for each in roles.select_related("person"):
        found.setdefault(each.body_id, []).append(each)
    return found


def _due(found: Request, given: list[Assignment], serving: list[Role], today: date, brought: date) -> Due:
    runs = found.phase in _RUNNING and found.due_on is not None
    late = runs and found.due_on is not None and found.due_on < today
    missed = [each.due_on for each in given if each.due_on and each.due_on < today]
    kind = LATE if late else INNER if missed else SOON
    day = found.due_on if late or not missed else min(missed)
    people: dict[Person, str] = {}

    def tell(person: Person | None, told: str) -> None:
        if person is None or not person.is_active:
            return
        if person not in people or _GRAVITY.index(told) > _GRAVITY.index(people[person]):
            people[person] = told

    for each in given:
        tell(each.person, kind)
    for role in serving:
        if role.role == "disclosure_officer":
            tell(role.person, kind)
        elif role.role == "leader" and runs and found.due_on is not None and found.due_on <= brought:
            tell(role.person, LEADER)
    if kind != SOON:
        for role in _heads(serving, given):
            tell(role.person, HEAD)
    return Due(found, day or today, people)


def _heads(serving: list[Role], given: list[Assignment]) -> list[Role]:
    """The heads of the sections that handle it, and those of the whole body; where there are none, every head."""
    heads = [each for each in serving if each.role == "section_head"]
    sections = {each.section_id for each in given if each.section_id}
    near = [each for each in heads if each.section_id is None or each.section_id in sections]
    return near if sections and near else heads


@dataclass(frozen=True, slots=True)
class ReminderRow:
    """`person` and `on` are told on the page of a case; a person's own list needs neither."""

    request: int
    number: str
    body_name: str
    word: str
    due: date | None
    grave: bool
    person: str
    on: date


def of_today(person: Person) -> tuple[ReminderRow, ...]:
    """What the person was reminded of today and has not put away, by number alone."""
    rows = Reminder.objects.filter(person=person, on=clock.today(), read_at__isnull=True)
    return tuple(_rows(rows.order_by("request__due_on", "id")[:MOST]))


def of_request(request: int) -> tuple[ReminderRow, ...]:
    """Which reminders of a request went to whom, the latest first; the caller has authorised the request."""
    return tuple(_rows(Reminder.objects.filter(request=request).order_by("-on", "kind", "id")[:MOST]))


def _rows(rows: object) -> Iterator[ReminderRow]:
    for each in rows.select_related("request__body", "person"):  # type: ignore[attr-defined]  # a queryset
        yield ReminderRow(
            each.request_id, each.request.number, each.request.body.name, KINDS[each.kind], each.request.due_on,
            each.kind != SOON, each.person.name, each.on,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class MailState:
    """The e-mails of today. `unanswered`: handed to the server just now, or by a worker that died over it."""

    sent: int
    waiting: int
    unanswered: int
    error: str
    last_sent: datetime | None


def mails_today() -> MailState | None:
    """How the e-mails of today stand; None where there are none."""
    found = list(ReminderMail.objects.filter(on=clock.today()).order_by("-attempts", "id"))
    if not found:
        return None
    waiting = [each for each in found if each.taken_at is None]
    return MailState(
        sum(each.sent_at is not None for each in found),
        len(waiting),
        sum(each.taken_at is not None and each.sent_at is None for each in found),
        next((each.error for each in waiting if each.error), ""),
        max((each.sent_at for each in found if each.sent_at), default=None),
    )
