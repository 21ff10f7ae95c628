"""How long replies took: the clock's handling days of every request that a span of days saw answered.

Nine of ten requests were neither corrected, paid for nor paused: for those the two stored days and the calendar say it,
the others are replayed, a thousand at a time. No request costs a query of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from statistics import median
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from gongkai.bureau.casework.events import as_event
from gongkai.bureau.casework.models import Request, RequestEvent
from gongkai.bureau.casework.queries.replay import body_ids
from gongkai.bureau.casework.queries.rows import PAGE, RequestRow, rows
from gongkai.bureau.orgs.working_days import in_force_for
from gongkai.statute.cases.exchange import Case, Event
from gongkai.statute.clock import PLAIN, handling_days

SLOWEST = 10
CHUNK = 1000
BANDS: tuple[tuple[int, int | None], ...] = ((0, 5), (6, 10), (11, 15), (16, 20), (21, 40), (41, None))
"""Working days, both included: in quarters of the statutory twenty, then to the extended forty, then beyond."""


class Taken(NamedTuple):
    """Working days that a reply took, and the request's id."""

    days: int
    request: int


@dataclass(frozen=True, slots=True)
class Times:
    """Working days. `median` is None where nothing was answered; `bands` as BANDS, how many replies in each."""

    replies: int
    median: float | None
    bands: tuple[int, ...]
    slowest: tuple[tuple[int, RequestRow], ...]


def taken(bodies: Sequence[str], first: date, last: date) -> list[Taken]:
    """The handling days of every first reply from one day to another, the slowest first."""
    calendars = in_force_for(bodies)
    closed = Request.objects.filter(
        body_id__in=body_ids(bodies), received_year__gt=0, closed_on__gte=first, closed_on__lte=last
    )
    turned = Exists(RequestEvent.objects.filter(request=OuterRef("pk")).exclude(kind__in=PLAIN))
    plain = closed.filter(~turned).values_list("id", "body__code", "received_on", "closed_on").order_by()
    found = [
        Taken(calendars[code].count(received.toordinal(), replied.toordinal()), number)
        for number, code, received, replied in plain
        if received is not None and replied is not None
    ]
    for number, case in _cases(closed.filter(turned)):
        days = handling_days(case, calendars[case.agency])
        if days is not None:
            found.append(Taken(days, number))
    return sorted(found, key=lambda each: (-each.days, each.request))


def _cases(found: QuerySet[Request]) -> Iterator[tuple[int, Case]]:
    """As `replay.with_cases`, from the columns alone that the clock reads: there may be many."""
    columns = found.values_list("id", "number", "body__code", "applicant_kind", "subject", "channel").order_by("id")
    remaining = iter(columns.iterator(chunk_size=CHUNK))
    while chunk := list(islice(remaining, CHUNK)):
        events: dict[int, list[Event]] = {each[0]: [] for each in chunk}
        stored = RequestEvent.objects.filter(request_id__in=list(events)).order_by("request_id", "position")
        for request, fields in stored.values_list("request_id", "fields").iterator(chunk_size=CHUNK):
            events[request].append(as_event(fields))
        for pk, number, agency, kind, subject, channel in chunk:
            yield pk, Case(number, agency, kind, (None, None, None), subject, channel, tuple(events[pk]))


def times(bodies: Sequence[str], first: date, last: date) -> Times:
    """Median, spread and the slowest replies of a span of days; the caller has authorised the bodies."""
    found = taken(bodies, first, last)
    shown = rows([each.request for each in found[:SLOWEST]])
    return Times(
        len(found),
        median(each.days for each in found) if found else None,
        tuple(sum(within(each.days, band) for each in found) for band in BANDS),
        tuple((each.days, shown[each.request]) for each in found[:SLOWEST]),
    )


def within(days: int, band: tuple[int, int | None]) -> bool:
    return band[0] <= days and (band[1] is None or days <= band[1])


def replies(
    bodies: Sequence[str], first: date, last: date, band: tuple[int, int | None], *, skip: int = 0, size: int = PAGE
) -> tuple[tuple[tuple[int, RequestRow], ...], bool]:
    """Replies whose handling days lie in a band, the slowest first, with their days; whether more follow."""
    found = [each for each in taken(bodies, first, last) if within(each.days, band)]
    page = found[skip : skip + size]
    shown = rows([each.request for each in page])
    return tuple((each.days, shown[each.request]) for each in page), len(found) > skip + size
