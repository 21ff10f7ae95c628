"""The days of a month on which something of the requests under way falls due: replies, inner days, corrections."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from gongkai.bureau.casework.models import CLOSED_PHASES, Assignment, Request, RequestEvent
from gongkai.bureau.casework.queries.lists import assigned_to
from gongkai.bureau.casework.queries.rows import RequestRow, row_of
from gongkai.bureau.orgs.models import Body, Person
from gongkai.bureau.orgs.permissions import Act, reach, require

REPLY, INNER, CORRECTION = "reply", "inner", "correction"
MOST = 200
"""Requests of one kind that a day shows; the day says how many there are."""


@dataclass(frozen=True, slots=True)
class Falling:
    """One thing that falls due. `told`: who must do what, for inner days; `late`: the clock says so today."""

    kind: str
    row: RequestRow
    told: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class DueDay:
    """How many of each kind, and the first MOST of each."""

    counts: Mapping[str, int]
    falling: tuple[Falling, ...]


def month(person: Person, first: date, last: date, *, body: str = "", whose: str = "") -> dict[date, Mapping[str, int]]:
    """Days on which anything falls due → kind → how many requests. The cost does not grow with the requests shown."""
    found = _reached(person, body, whose)
    days: dict[date, Counter[str]] = {}
    replies = found.filter(due_on__gte=first, due_on__lte=last).values_list("due_on").annotate(count=Count("id"))
    inner = _inner(found).filter(due_on__gte=first, due_on__lte=last).values_list("due_on")
    for kind, counted in ((REPLY, replies), (INNER, inner.annotate(count=Count("request", distinct=True)))):
        for on, count in counted.order_by():
            days.setdefault(on, Counter())[kind] += count
    for on in _corrections(found).values():
        if first <= on <= last:
            days.setdefault(on, Counter())[CORRECTION] += 1
    return dict(days)


def day(person: Person, on: date, *, body: str = "", whose: str = "") -> DueDay:
    """What falls due on one day, kind after kind."""
    found = _reached(person, body, whose)
    replies = found.filter(due_on=on)
    inner = _inner(found).filter(due_on=on)
    awaited = [number for number, until in _corrections(found).items() if until == on]
    counts = {
        REPLY: replies.count(),
        INNER: inner.values("request").distinct().count(),
        CORRECTION: len(awaited),
    }
    corrections = Request.objects.filter(pk__in=awaited[:MOST]).select_related("body").order_by("id")
    return DueDay(
        counts,
        (
            *(
                Falling(REPLY, row_of(each), late=each.phase == "overdue")
                for each in replies.select_related("body").order_by("id")[:MOST]
            ),
            *_inner_rows(inner),
            *(Falling(CORRECTION, row_of(each)) for each in corrections),
        ),
    )


def _reached(person: Person, body: str, whose: str) -> QuerySet[Request]:
    """Requests under way of the bodies that the person's roles reach; narrowed as the ledger is."""
    require(person, Act.SEE_LEDGERS)
    bodies = Body.objects.filter(reach(person, Act.SEE_LEDGERS))
    if body:
        bodies = bodies.filter(code=body)
    found = Request.objects.filter(body__in=bodies.values("pk")).exclude(phase__in=CLOSED_PHASES)
    return found.filter(pk__in=assigned_to(person, whose).values("request")) if whose else found


def _inner(found: QuerySet[Request]) -> QuerySet[Assignment]:
    return Assignment.objects.filter(ended_at__isnull=True, due_on__isnull=False, request__in=found.values("pk"))


def _inner_rows(inner: QuerySet[Assignment]) -> Iterator[Falling]:
    for each in inner.select_related("request__body", "section", "person").order_by("request_id", "id")[:MOST]:
        who = each.person.name if each.person else each.section.name if each.section else ""
        yield Falling(INNER, row_of(each.request), f"{who}：{each.task or ('协办' if each.joins else '主办')}")


def _corrections(found: QuerySet[Request]) -> dict[int, date]:
    """Request → the last day for its correction, of those that wait for one (条例第30条)."""
    asked = RequestEvent.objects.filter(
        Q(request__in=found.filter(phase="awaiting_correction").values("pk")), kind="correction_requested"
    )
    # a later notice takes the place of an earlier one
    told = asked.order_by("request_id", "position").values_list("request_id", "fields")
    days = {number: json.loads(fields).get("deadline_on") for number, fields in told}
    return {number: date.fromisoformat(day) for number, day in days.items() if day}
