"""The requests that a person's roles reach, and one of them with its events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet

from gongkai.bureau import clock
from gongkai.bureau.casework import identity
from gongkai.bureau.casework.models import CLOSED_PHASES, Assignment, IdentityMark, Request
from gongkai.bureau.casework.queries.detail import RequestDetail, detail_of
from gongkai.bureau.casework.queries.rows import PAGE, RequestPage, RequestRow, row_of
from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs.models import Body, Person, Section
from gongkai.bureau.orgs.page_keys import read_key
from gongkai.bureau.orgs.permissions import Act, reach, require
from gongkai.bureau.orgs.working_days import in_force
from gongkai.statute.primitives import InputFault, InputRefused

OPEN = ~Q(phase__in=CLOSED_PHASES) & ~Q(phase="awaiting_receipt")
STATES = {
    "open": OPEN,
    "overdue": Q(phase="overdue"),
    "awaiting_receipt": Q(phase="awaiting_receipt"),
    "awaiting_correction": Q(phase="awaiting_correction"),
    "awaiting_payment": Q(phase="awaiting_payment"),
    "paused": Q(phase="paused"),
    "closed": Q(phase__in=CLOSED_PHASES),
    "closed_late": Q(phase="closed_late"),
}
"""By what the clock said when it was last read."""
ORDERS = ("event", "due")
MOST_WORDS = 6
MOST_OF_AN_APPLICANT = 200


@dataclass(frozen=True, slots=True)
class Filter:
    """What of the ledger is asked for; "" and None for no bound. `whose`: mine, section, or "" for the whole body."""

    body: str = ""
    state: str = ""
    year: int | None = None
    search: str = ""
    whose: str = ""
    applicant_kind: str = ""
    channel: str = ""
    outcome: str = ""
    received_from: date | None = None
    received_until: date | None = None
    order: str = "event"


def requests(person: Person, asked: Filter = Filter(), *, after: str = "", size: int = PAGE) -> RequestPage:
    """The requests that a person's roles reach: the latest event first, or by due day those that have one."""
    require(person, Act.SEE_LEDGERS)
    found = Request.objects.filter(body__in=Body.objects.filter(reach(person, Act.SEE_LEDGERS)).values("pk"))
    found = _narrowed(found, asked)
    if asked.whose:
        found = found.filter(pk__in=assigned_to(person, asked.whose).values("request"))
    since = read_key(after)
    if asked.order == "due":
        found = found.filter(due_on__isnull=False)
        if since:
            found = found.filter(due_on__gte=since[0]).filter(Q(due_on__gt=since[0]) | Q(id__gt=since[1]))
        taken = list(found.select_related("body").order_by("due_on", "id")[: size + 1])
    else:
        if since:
            found = found.filter(last_event_on__lte=since[0]).filter(Q(last_event_on__lt=since[0]) | Q(id__lt=since[1]))
        taken = list(found.select_related("body").order_by("-last_event_on", "-id")[: size + 1])
    last = taken[size - 1] if len(taken) > size else None
    day = None if last is None else last.due_on if asked.order == "due" else last.last_event_on
    return RequestPage(tuple(row_of(each) for each in taken[:size]), f"{day}~{last.pk}" if last else "")


def _narrowed(found: QuerySet[Request], asked: Filter) -> QuerySet[Request]:
    if asked.state in STATES:
        found = found.filter(STATES[asked.state])
    given = {
        "body__code": asked.body,
        "received_year": asked.year,
        "applicant_kind": asked.applicant_kind,
        "channel": asked.channel,
        "outcome": asked.outcome,
        "received_on__gte": asked.received_from,
        "received_on__lte": asked.received_until,
    }
    found = found.filter(**{name: value for name, value in given.items() if value})
    for each in asked.search.split()[:MOST_WORDS]:
        found = found.filter(Q(number__contains=each) | Q(subject__contains=each))
    return found


def assigned_to(person: Person, whose: str) -> QuerySet[Assignment]:
    """What is in the hands of a person, or of the sections that they hold a role in."""
    current = Assignment.objects.filter(ended_at__isnull=True)
    if whose == "mine":
        return current.filter(person=person)
    sections = person.assignments.filter(section__isnull=False).values("section")
    return current.filter(Q(section__in=sections) | Q(person=person))


@transaction.atomic
def of_applicant(person: Person, value: str) -> tuple[RequestRow, ...]:
    """The requests of whom a name, an identity number or a contact names exactly; each search is journalled.

    The words looked for are neither stored nor told: only their keyed digests are compared.
    """
    require(person, Act.SEE_IDENTITIES)
    wanted = value.strip()
    if not wanted:
        raise InputRefused(InputFault("申请人", "没有填写", "完整的姓名或名称、证件号码、联系方式"))
    marks = {mark for kind in (0, 1, 2) for _, mark in identity.marks(_as(kind, wanted))}
    reached = Body.objects.filter(reach(person, Act.SEE_IDENTITIES))
    found = Request.objects.filter(
        body__in=reached.values("pk"), pk__in=IdentityMark.objects.filter(mark__in=marks).values("request")
    )
    rows = tuple(row_of(each) for each in found.select_related("body").order_by("-id")[:MOST_OF_AN_APPLICANT])
    ledger.append("identities", "identity.searched", actor=person, facts={"found": len(rows)})
    return rows


def _as(place: int, value: str) -> identity.Names:
    return (value, None, None) if place == 0 else (None, value, None) if place == 1 else (None, None, value)


@dataclass(frozen=True, slots=True)
class Hands:
    """Into whose hands requests of one body may be given: sections by id, people by username."""

    sections: tuple[tuple[int, str], ...]
    people: tuple[tuple[str, str], ...]


def hands(person: Person) -> Hands | None:
    """For who assigns in one body alone; None for everyone else: many at once are of one body."""
    bodies = list(Body.objects.filter(reach(person, Act.ASSIGN_REQUESTS))[:2])
    if len(bodies) != 1:
        return None
    today = clock.today()
    serving = Q(assignments__body=bodies[0], assignments__since__lte=today) & (
        Q(assignments__until__isnull=True) | Q(assignments__until__gte=today)
    )
    people = Person.objects.filter(serving, is_active=True).distinct().order_by("username")
    return Hands(
        tuple(Section.objects.filter(body=bodies[0]).order_by("code").values_list("id", "name")),
        tuple(people.values_list("username", "name")),
    )


def request(person: Person, request_id: int) -> RequestDetail | None:
    """One request; None where there is none; refused where the person's roles do not reach."""
    found = Request.objects.select_related("body", "identity").filter(pk=request_id).first()
    if found is None:
        return None
    require(person, Act.SEE_LEDGERS, found.body)
    return detail_of(found, in_force(found.body.code))


def suggested_number(body: str, year: int) -> str:
    """The next number of a body's year: the last one of the same shape plus one."""
    last = (
        Request.objects.filter(body__code=body, number__contains=str(year))
        .order_by("-id")
        .values_list("number", flat=True)
    ).first()
    if last is None:
        return f"{body.rpartition('-')[2].upper()}-{year}-0001"
    head = last.rstrip("0123456789")
    digits = last[len(head) :]
    return f"{head}{int(digits) + 1:0{len(digits)}}" if digits else f"{last}-2"


def request_ids(body: str, numbers: Sequence[str]) -> dict[str, int]:
    """The ids of a body's requests by number; unknown numbers are left out."""
    return dict(Request.objects.filter(body__code=body, number__in=numbers).values_list("number", "id"))
