"""One request with its events and what its clock says; the identity stays sealed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.bureau import clock
from gongkai.bureau.casework.events import as_case
from gongkai.bureau.casework.models import Request
from gongkai.bureau.casework.queries.rows import RequestRow, row_of
from gongkai.statute.calendars import Calendar
from gongkai.statute.cases.exchange import Case
from gongkai.statute.clock import ClockReading, read_clock


@dataclass(frozen=True, slots=True)
class EventRow:
    kind: str
    on: date
    fields: dict[str, object]
    evidence: str
    by: str


@dataclass(frozen=True, slots=True)
class RequestDetail:
    """One request with its events and what the clock says today; the identity stays sealed."""

    row: RequestRow
    case: Case
    reading: ClockReading
    events: tuple[EventRow, ...]
    has_identity: bool


def _outside(kind: str) -> str:
    """Who entered what nobody of the office did: the applicant, or who was asked and answered by the private link."""
    return "被征求意见方" if kind.endswith("_replied") else "申请人"


def detail_of(found: Request, calendar: Calendar) -> RequestDetail:
    """A request (its body and identity loaded with it) that the caller has shown to be in reach; one query."""
    events = list(found.events.select_related("entered_by", "batch").order_by("position"))
    case = as_case(found, found.body.code, events)
    shown = tuple(
        EventRow(
            each.kind,
            each.on,
            {name: value for name, value in case.events[position].fields.items() if name not in ("kind", "on")},
            each.evidence,
            each.entered_by.name if each.entered_by else "导入" if each.batch_id else _outside(each.kind),
        )
        for position, each in enumerate(events)
    )
    reading = read_clock(case, calendar, clock.today())
    return RequestDetail(row_of(found), case, reading, shown, hasattr(found, "identity"))
