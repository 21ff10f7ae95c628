"""The clock of every request under way, read again: each night, and when the calendar changes.

What a notice moved is kept with the notice's words, so that nobody has to guess why a day is another one.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import NamedTuple

from gongkai.bureau import clock
from gongkai.bureau.casework.events import as_case, clocked
from gongkai.bureau.casework.models import CLOSED_PHASES, DueChange, Request, RequestEvent
from gongkai.bureau.jobs import services as jobs
from gongkai.bureau.jobs.registry import Outcome, Progress, daily, job
from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs.calendar_changes import on_calendar_change
from gongkai.bureau.orgs.working_days import in_force_for
from gongkai.statute.calendars import Calendar
from gongkai.statute.clock import case_state

JOB = "casework.recompute"
_CHUNK = 500

daily(JOB, "重算在办申请的期限")


class _Moved(NamedTuple):
    """A request whose clock says something else now; `length`: how many events it was read from."""

    request: int
    length: int
    due_on: date | None
    phase: str
    before: date | None


@on_calendar_change
def calendar_changed(because: str) -> None:
    """In the transaction that changes the calendar: the days are read again in the background."""
    jobs.enqueue(JOB, "日历有变动，重算在办申请的期限", because=because, key=f"{JOB}:{uuid.uuid4().hex}")


@job(JOB)
def recompute(*, progress: Progress, because: str = "") -> Outcome:
    """Read every clock that runs. Run twice, the second time finds nothing to change."""
    found = Request.objects.exclude(phase__in=CLOSED_PHASES)
    total, moved = found.count(), []
    for done, each in enumerate(_read(found.order_by("id").values_list("id", flat=True)), 1):
        if each is not None:
            moved.append(each)
        if done % _CHUNK == 0:
            progress(done, total, f"已读{done}件")
    days = [each for each in moved if each.due_on != each.before]
    told = f"读了{total}件，期限变动{len(days)}件" + (f"（{because}）" if because else "")
    return Outcome(told, {"read": total, "moved": len(days)}, lambda: _write(moved, because))


def _read(ids: object) -> Iterator[_Moved | None]:
    """In chunks, each with one look for its requests, one for their events, two for their calendars."""
    calendars: dict[str, Calendar] = {}
    remaining = iter(ids.iterator(chunk_size=_CHUNK))  # type: ignore[attr-defined]  # a queryset of ids
    today = clock.today()
    while chunk := list(islice(remaining, _CHUNK)):
        requests = list(Request.objects.select_related("body").filter(pk__in=chunk).order_by("id"))
        events: dict[int, list[RequestEvent]] = {each.pk: [] for each in requests}
        for event in RequestEvent.objects.filter(request_id__in=chunk).order_by("request_id", "position"):
            events[event.request_id].append(event)
        new = {each.body.code for each in requests} - calendars.keys()
        calendars |= in_force_for(new) if new else {}
        for each in requests:
            calendar = calendars[each.body.code]
            case = as_case(each, each.body.code, events[each.pk])
            now = clocked(case, case_state(case, calendar), calendar, today)
            same = (now["due_on"], now["phase"]) == (each.due_on, each.phase)
            yield None if same else _Moved(each.pk, each.length, now["due_on"], now["phase"], each.due_on)


def _write(moved: list[_Moved], because: str) -> None:
    """Only where nothing has happened to the request since it was read; whoever acted read its clock anew."""
    now, changes = clock.now(), []
    for each in moved:
        still = Request.objects.filter(pk=each.request, length=each.length)
        if still.update(due_on=each.due_on, phase=each.phase) and because and each.due_on != each.before:
            changes.append(
                DueChange(request_id=each.request, before=each.before, after=each.due_on, because=because[:300], at=now)
            )
    DueChange.objects.bulk_create(changes)
    if changes:
        facts = {"because": because, "moved": len(changes)}
        ledger.append("deadlines", "requests.recomputed", actor=ledger.SYSTEM, facts=facts)
