"""What became of a request after its reply was reviewed: lessons kept with it, its handling anew."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from gongkai.bureau.casework.models import Opinion, Request, RequestEvent, WantedItem


@dataclass(frozen=True, slots=True)
class Lesson:
    result: str
    text: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class HandledAnew:
    """A request opened again: since when, by when, why; `closed` where the new handling has ended."""

    on: date
    due_on: date | None
    because: str
    closed: bool


def lessons(requests: Iterable[int]) -> dict[int, tuple[Lesson, ...]]:
    """The lessons of requests, the latest first; the caller has authorised them."""
    found: dict[int, tuple[Lesson, ...]] = {}
    stored = Opinion.objects.filter(request_id__in=list(requests), kind="lesson").select_related("by")
    for each in stored.order_by("-id"):
        kept = found.get(each.request_id, ())
        found[each.request_id] = (*kept, Lesson(each.conclusion, each.text, each.by.name, each.at))
    return found


def handled_anew(request: int, since: date) -> HandledAnew | None:
    """The last opening of a request on or after a day; None where it was not opened again."""
    event = (
        RequestEvent.objects.filter(request_id=request, kind="reopened", on__gte=since).order_by("-position").first()
    )
    if event is None:
        return None
    told = json.loads(event.fields)
    phase = Request.objects.values_list("phase", flat=True).get(pk=request)
    due = told.get("due_on")
    return HandledAnew(
        event.on, date.fromisoformat(due) if due else None, told.get("because", ""), phase.startswith("closed")
    )


def cited(request: int) -> tuple[str, ...]:
    """Every article that the decisions on a request cite, once each."""
    stored = WantedItem.objects.filter(request_id=request).order_by("position").values_list("articles", flat=True)
    return tuple(dict.fromkeys(code for each in stored for code in map(str.strip, each.split(",")) if code))
