"""Requests with their events, for what the columns do not tell: the state on a day gone by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice

from django.db.models import QuerySet

from gongkai.bureau.casework.events import as_case
from gongkai.bureau.casework.models import Request, RequestEvent
from gongkai.bureau.orgs.models import Body
from gongkai.bureau.orgs.working_days import in_force
from gongkai.statute.calendars import Calendar
from gongkai.statute.cases.exchange import Case
from gongkai.statute.clock import case_state


def body_ids(bodies: Sequence[str]) -> list[int]:
    return list(Body.objects.filter(code__in=bodies).order_by("id").values_list("id", flat=True))


class Calendars(dict[str, Calendar]):
    """The calendar in force for each body, asked for once."""

    def __missing__(self, code: str) -> Calendar:
        self[code] = in_force(code)
        return self[code]


def with_cases(found: QuerySet[Request]) -> Iterator[tuple[Request, Case]]:
    """Requests (their bodies loaded with them) with their events, two queries for a thousand."""
    iterator = iter(found.iterator(chunk_size=1000))
    while chunk := list(islice(iterator, 1000)):
        events: dict[int, list[RequestEvent]] = {each.pk: [] for each in chunk}
        for event in RequestEvent.objects.filter(request_id__in=list(events)).order_by("request_id", "position"):
            events[event.request_id].append(event)
        for each in chunk:
            yield each, as_case(each, each.body.code, events[each.pk])


def reclassified_since(ids: Sequence[int], year: int, as_of: date) -> Iterator[tuple[Request, str]]:
    """The requests concluded in the year and by the day, but reclassified after it; with the outcome of that day."""
    found = Request.objects.filter(
        body_id__in=ids, reclassified_on__gt=as_of, received_year__gt=0, closed_year=year, closed_on__lte=as_of
    ).select_related("body")
    calendars = Calendars()
    for request, case in with_cases(found):
        past = Case(*case[:6], tuple(each for each in case.events if each.on <= as_of.toordinal()))
        yield request, case_state(past, calendars[case.agency]).outcome
