"""Due days that a calendar notice moved: which requests, from when to when, by which notice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, QuerySet

from gongkai.bureau.casework.models import DueChange
from gongkai.bureau.casework.queries.rows import PAGE
from gongkai.bureau.orgs.models import Body, Person
from gongkai.bureau.orgs.permissions import Act, reach, require

MOST_NOTICES = 30


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """`before`, `after`: None where the clock stood. `due_on`: the day as it stands now, None once closed."""

    request: int
    number: str
    body_name: str
    subject: str
    before: date | None
    after: date | None
    due_on: date | None
    because: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ChangePage:
    rows: tuple[ChangeRow, ...]
    next_after: str


@dataclass(frozen=True, slots=True)
class Mover:
    """What moved due days: the notice in words, how many times a day moved, when last."""

    because: str
    moved: int
    at: datetime


def changes(person: Person, *, because: str = "", after: str = "", size: int = PAGE) -> ChangePage:
    """The changes in the bodies that a person's roles reach, the latest first; `because`: words of the notice."""
    found = _reached(person)
    if because:
        found = found.filter(because__contains=because)
    if after.isascii() and after.isdecimal() and len(after) < 19:
        found = found.filter(pk__lt=int(after))
    taken = list(found.select_related("request__body").order_by("-id")[: size + 1])
    rows = tuple(
        ChangeRow(
            each.request_id, each.request.number, each.request.body.name, each.request.subject, each.before, each.after,
            each.request.due_on, each.because, each.at,
        )
        for each in taken[:size]
    )  # fmt: skip
    return ChangePage(rows, str(taken[size - 1].pk) if len(taken) > size else "")


def movers(person: Person) -> tuple[Mover, ...]:
    """The notices that moved anything there, the latest first."""
    found = _reached(person).values_list("because").annotate(moved=Count("id"), latest=Max("at"))
    return tuple(Mover(*each) for each in found.order_by("-latest", "because")[:MOST_NOTICES])


def _reached(person: Person) -> QuerySet[DueChange]:
    require(person, Act.SEE_LEDGERS)
    return DueChange.objects.filter(request__body__in=Body.objects.filter(reach(person, Act.SEE_LEDGERS)).values("pk"))
