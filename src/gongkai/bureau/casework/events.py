"""The events of a request as a chain, and the columns that are projected from them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from gongkai.bureau.casework.models import NOT_CLOSED, Request, RequestEvent
from gongkai.bureau.ledger.chain import canonical
from gongkai.statute.calendars import Calendar
from gongkai.statute.cases.exchange import Case, Event, ordinal
from gongkai.statute.clock import CaseState, read_clock


def header_digest(case: Case) -> str:
    """What the first event follows: the request's own unchanging facts."""
    told = canonical(
        {"agency": case.agency, "number": case.number, "applicant": case.applicant_kind, "channel": case.channel,
         "subject": case.subject}
    )  # fmt: skip
    return hashlib.sha256(told.encode()).hexdigest()


def told(event: Event) -> str:
    """One spelling for equal events; fields that are null are left out."""
    return canonical({name: value for name, value in event.fields.items() if value is not None})


def chained(before: str, texts: Iterable[str]) -> list[str]:
    """The digest of each event, each following the one before."""
    digests = []
    for text in texts:
        before = hashlib.sha256(f"{before}\n{text}".encode()).hexdigest()
        digests.append(before)
    return digests


def projected(state: CaseState) -> dict[str, Any]:
    """The columns of `Request` that follow from its events alone."""
    return {
        "submitted_on": state.submitted_on,
        "received_on": state.received_on,
        "received_year": state.received_on.year if state.received_on else 0,
        "closed_on": state.closed_on,
        "closed_year": state.closed_on.year if state.closed_on else NOT_CLOSED,
        "outcome": state.outcome,
        "reclassified_on": state.reclassified_on,
        "late": any(each.code == "clock.late" for each in state.findings),
    }


def clocked(case: Case, state: CaseState, calendar: Calendar, today: date) -> dict[str, Any]:
    """The columns that follow from the clock of a day: they change without an event, and no proof rests on them."""
    if state.closed:
        late = any(each.code == "clock.late" for each in state.findings)
        return {"due_on": None, "phase": "closed_late" if late else "closed"}
    reading = read_clock(case, calendar, today)
    due = reading.due_on or reading.not_before
    return {"due_on": date.fromordinal(due) if due else None, "phase": reading.phase}


def as_event(fields: str) -> Event:
    given: Mapping[str, object] = json.loads(fields)
    return Event(str(given["kind"]), ordinal(given["on"]) or 0, given)


def as_case(
    request: Request,
    agency: str,
    events: Sequence[RequestEvent],
    names: tuple[str | None, str | None, str | None] = (None, None, None),
) -> Case:
    """The stored request as the statute reads it; `events` in their order."""
    return Case(
        request.number,
        agency,
        request.applicant_kind,
        names,
        request.subject,
        request.channel,
        tuple(as_event(each.fields) for each in events),
    )
