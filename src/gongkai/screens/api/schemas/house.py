"""What serves every room: the clock, the calendar, background work, the journal."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from ninja import Field, Schema

from gongkai.screens.api.schemas.problem import LARGEST_ID, Code, Day, In
from gongkai.screens.api.schemas.requests import Channel, ClockOut, EventIn


class ClockIn(In):
    """The events of a case, to be read on a day; nothing is kept."""

    body: Code
    channel: Channel
    events: list[EventIn] = Field(min_length=1, max_length=200)
    as_of: Day


class DeadlineOut(Schema):
    clock: ClockOut
    derivation: list[str]


class NoticeOut(Schema):
    """One day of a notice; `worked`: a weekend that is worked, else a working day made free."""

    id: int
    day: date
    worked: bool
    instrument: str
    note: str
    body: str | None
    body_name: str
    entered_by: str
    withdrawn: bool


class CalendarOut(Schema):
    """`published`: the State Council's arrangement of the year is in. `workdays`: the working days, in order."""

    year: int
    published: bool
    workdays: list[date]
    notices: list[NoticeOut]


class JobOut(Schema):
    """`percent` is null while the total is not known."""

    id: int
    title: str
    state: Literal["queued", "running", "done", "failed"]
    done: int
    total: int
    percent: int | None
    message: str
    result: dict[str, Any]
    owner_name: str
    body: str
    created_at: datetime
    finished_at: datetime | None


class JobPageOut(Schema):
    jobs: list[JobOut]
    next: int | None


class JournalFilter(Schema):
    stream: str = Field("", max_length=120)
    kind: str = Field("", max_length=120)
    actor: str = Field("", max_length=150)
    first_day: Day | None = None
    last_day: Day | None = None
    after: int | None = Field(None, ge=1, le=LARGEST_ID)


class EntryOut(Schema):
    id: int
    stream: str
    sequence: int
    at: datetime
    actor: str
    actor_name: str
    body: str
    kind: str
    facts: dict[str, Any]
    digest: str


class JournalPageOut(Schema):
    entries: list[EntryOut]
    next: int | None
