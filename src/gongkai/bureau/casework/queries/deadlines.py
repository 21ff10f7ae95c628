"""The clock of every request on a page: one query for their events, two for their calendars."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.bureau import clock
from gongkai.bureau.casework.events import as_event
from gongkai.bureau.casework.models import RequestEvent
from gongkai.bureau.casework.queries.rows import RequestRow
from gongkai.bureau.orgs.working_days import in_force_for
from gongkai.statute.calendars import Calendar
from gongkai.statute.cases.exchange import Case, Event
from gongkai.statute.clock import ClockReading, read_clock

NOBODY = (None, None, None)


def readings(rows: Sequence[RequestRow]) -> tuple[tuple[RequestRow, ClockReading, Calendar], ...]:
    """Each row with what its clock says today and the calendar that it goes by; the caller has authorised the rows."""
    events: dict[int, list[Event]] = {each.id: [] for each in rows}
    stored = RequestEvent.objects.filter(request_id__in=list(events)).order_by("request_id", "position")
    for request, fields in stored.values_list("request_id", "fields"):
        events[request].append(as_event(fields))
    calendars = in_force_for({each.body for each in rows})
    today = clock.today()
    return tuple(
        (each, read_clock(_case(each, events[each.id]), calendars[each.body], today), calendars[each.body])
        for each in rows
    )


def _case(row: RequestRow, events: Sequence[Event]) -> Case:
    return Case(row.number, row.body, row.applicant_kind, NOBODY, row.subject, row.channel, tuple(events))
