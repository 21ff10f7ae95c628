"""Requests as the report counts them: equal facts grouped by the database, figures for the narrative."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case as When
from django.db.models import Count, F, Q, QuerySet, Value
from django.db.models import When as Then

from gongkai.bureau.casework.models import TOLD_KINDS, Request, RequestEvent
from gongkai.bureau.casework.queries.replay import body_ids, reclassified_since
from gongkai.statute.report.tally import CaseFact


def facts(bodies: Sequence[str], year: int, as_of: date) -> tuple[CaseFact, ...]:
    """What the report of a year counts, equal facts grouped: the requests received by `as_of` and not closed before.

    As of the year's end or later one range of one index answers it. A reclassification after `as_of` is undone
    case by case; there are few.
    """
    ids = body_ids(bodies)
    found = Request.objects.filter(body_id__in=ids, received_year__gt=0)
    grouped = _by_years(found, year) if as_of >= date(year, 12, 31) else _by_days(found, year, as_of)
    later: list[CaseFact] = []
    for request, outcome in reclassified_since(ids, year, as_of):
        # one fact less of what it is now, one more of what it was
        later.append(CaseFact(request.applicant_kind, request.received_year, year, request.outcome, -1))
        later.append(CaseFact(request.applicant_kind, request.received_year, year, outcome, 1))
    return (*grouped, *later)


def _by_years(found: QuerySet[Request], year: int) -> Iterator[CaseFact]:
    rows = (
        found.filter(closed_year__gte=year, received_year__lte=year)
        .values_list("closed_year", "received_year", "outcome", "applicant_kind")
        .annotate(count=Count("*"))
        .order_by()
    )
    for closed, received, outcome, kind, count in rows:
        # what was closed after the year's end was open in it
        yield CaseFact(kind, received, closed if closed == year else None, outcome if closed == year else None, count)


def _by_days(found: QuerySet[Request], year: int, as_of: date) -> Iterator[CaseFact]:
    first = date(year, 1, 1)
    after = min(first, as_of + timedelta(days=1))
    rows = (
        found.filter(Q(closed_on__isnull=True) | Q(closed_on__gte=after), received_on__lte=as_of)
        .annotate(
            open=When(Then(Q(closed_on__isnull=True) | Q(closed_on__gt=as_of), then=Value(1)), default=Value(0)),
            came=When(Then(received_on__gte=first, then=Value(1)), default=Value(0)),
        )
        .values_list("open", "came", "outcome", "applicant_kind")
        .annotate(count=Count("*"))
        .order_by()
    )
    for is_open, came, outcome, kind, count in rows:
        received = year if came else year - 1
        yield CaseFact(kind, received, None if is_open else year, None if is_open else outcome, count)


def members(bodies: Sequence[str], year: int, form: str) -> QuerySet[Request, tuple[int, str, str, str, str]]:
    """id, number, new or carried_in, outcome or carried_out, applicant of every request in the year's report.

    As of the year's end or later; the outcome is the row of that form. One statement, so that the database can copy
    a million of them into a frozen report by itself.
    """
    closed = Q(closed_year=year)
    in_form = (
        Then(closed & Q(outcome__startswith="other"), then=Value("other"))
        if form == "2019"
        else Then(closed & Q(outcome="other"), then=Value("other.other"))
    )
    return (
        Request.objects.filter(
            body_id__in=body_ids(bodies), closed_year__gte=year, received_year__gt=0, received_year__lte=year
        )
        .annotate(
            came=When(Then(received_year=year, then=Value("new")), default=Value("carried_in")),
            row=When(in_form, Then(closed, then=F("outcome")), default=Value("carried_out")),
        )
        .order_by()
        .values_list("id", "number", "came", "row", "applicant_kind")
    )


@dataclass(frozen=True, slots=True)
class Handling:
    """How the requests of a year were handled, for the narrative. `channels`: those received in the year;
    `fees`: amounts notified and paid, in 元."""

    channels: tuple[tuple[str, int], ...]
    replies: int
    late: int
    extended: int
    corrections: int
    fee_notices: int
    fees: tuple[str, ...]


def handling(bodies: Sequence[str], year: int, as_of: date) -> Handling:
    """Channels, timeliness, extensions, corrections and fee notices of a year, from the events."""
    ids = body_ids(bodies)
    first, last = date(year, 1, 1), min(as_of, date(year, 12, 31))
    channels = (
        Request.objects.filter(body_id__in=ids, received_on__gte=first, received_on__lte=last)
        .values_list("channel")
        .annotate(count=Count("*"))
        .order_by("-count", "channel")
    )
    told = RequestEvent.objects.filter(kind__in=TOLD_KINDS, on__gte=first, on__lte=last, request__body_id__in=ids)
    kinds = dict(told.values_list("kind").annotate(count=Count("*")).order_by())
    notices = dict(told.filter(kind="fee_notified").order_by("id").values_list("request_id", "fields"))
    paid = set(told.filter(kind="fee_paid").values_list("request_id", flat=True))
    fees = [json.loads(text)["amount"] for request, text in notices.items() if request in paid]
    answered = Request.objects.filter(body_id__in=ids, received_year__gt=0, closed_on__gte=first, closed_on__lte=last)
    return Handling(
        channels=tuple(channels),
        replies=answered.exclude(outcome__startswith="other").count(),
        late=answered.filter(late=True).count(),
        extended=kinds.get("extended", 0),
        corrections=kinds.get("correction_requested", 0),
        fee_notices=kinds.get("fee_notified", 0),
        fees=tuple(fees),
    )
