"""What applicants said, as the office lists it: which kind, of which request, whether somebody has dealt with it.

Complaints are for the office in charge of the county alone (条例第47条); what concerns a request, for who handles it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from gongkai.bureau.casework.message_kinds import KINDS, MessageKind
from gongkai.bureau.casework.models import ApplicantMessage
from gongkai.bureau.casework.queries.rows import PAGE
from gongkai.bureau.orgs.models import Body, Person
from gongkai.bureau.orgs.permissions import Act, may, reach, require

OF_OFFICE = tuple(code for code, kind in KINDS.items() if kind.by_office)
STATES = {"open": Q(handled_at__isnull=True), "handled": Q(handled_at__isnull=False)}


@dataclass(frozen=True, slots=True)
class MessageListed:
    """A message in a list: never its words, nor who wrote it."""

    id: int
    request: int
    number: str
    body_name: str
    kind: str
    word: str
    at: datetime
    score: int | None
    handled_at: datetime | None
    handled_by: str
    answer: str


@dataclass(frozen=True, slots=True)
class MessagePage:
    rows: tuple[MessageListed, ...]
    next_after: int | None


def act_for(kind: MessageKind) -> Act:
    """What one must be allowed to do to read such a message and to answer it."""
    return Act.ANSWER_COMPLAINTS if kind.by_office else Act.ENTER_REQUESTS


def of_complaints(request: int) -> frozenset[int]:
    """The messages on a request, by id, that are for the office in charge alone: their words and files too."""
    return frozenset(ApplicantMessage.objects.filter(request=request, kind__in=OF_OFFICE).values_list("pk", flat=True))


def messages(
    person: Person, *, state: str = "open", kind: str = "", after: int | None = None, size: int = PAGE
) -> MessagePage:
    """The messages that the person's roles are for, the latest first."""
    require(person, Act.SEE_LEDGERS)
    complaints = Q(kind__in=OF_OFFICE, request__body__in=_bodies(person, Act.ANSWER_COMPLAINTS))
    others = Q(request__body__in=_bodies(person, Act.ENTER_REQUESTS)) & ~Q(kind__in=OF_OFFICE)
    found = ApplicantMessage.objects.filter(complaints | others).filter(STATES.get(state, Q()))
    if kind in KINDS:
        found = found.filter(kind=kind)
    if after is not None:
        found = found.filter(id__lt=after)
    taken = list(found.select_related("request__body", "handled_by").order_by("-id")[: size + 1])
    return MessagePage(tuple(_row(each) for each in taken[:size]), taken[size - 1].pk if len(taken) > size else None)


def message(person: Person, message_id: int) -> MessageListed | None:
    """One message; None where there is none; refused where the person's roles are not for it."""
    found = ApplicantMessage.objects.select_related("request__body", "handled_by").filter(pk=message_id).first()
    if found is None:
        return None
    require(person, act_for(KINDS[found.kind]), found.request.body)
    return _row(found)


def messages_of(person: Person, request: int) -> tuple[MessageListed, ...]:
    """The messages on one request that the person may read, in their order: for the page of the case."""
    found = ApplicantMessage.objects.select_related("request__body", "handled_by").filter(request=request)
    taken = list(found.order_by("id"))
    if not taken:
        return ()
    body = taken[0].request.body
    allowed = {act: may(person, act, body) for act in (Act.ANSWER_COMPLAINTS, Act.ENTER_REQUESTS)}
    return tuple(_row(each) for each in taken if allowed[act_for(KINDS[each.kind])])


def _bodies(person: Person, act: Act) -> object:
    return Body.objects.filter(reach(person, act)).values("pk")


def _row(found: ApplicantMessage) -> MessageListed:
    return MessageListed(
        found.pk, found.request_id, found.request.number, found.request.body.name, found.kind, KINDS[found.kind].word,
        found.at, found.score, found.handled_at, found.handled_by.name if found.handled_by else "", found.answer,
    )  # fmt: skip
