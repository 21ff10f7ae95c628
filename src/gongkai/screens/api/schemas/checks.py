"""Reports that a body keeps checked: what was found, and what somebody overruled for a reason."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Field, Schema

from gongkai.screens.api.schemas.problem import Day, In
from gongkai.screens.api.schemas.reading import FindingOut


class CheckFilter(Schema):
    """A page by its number; `state` errors: those with errors alone."""

    page: int = Field(1, ge=1, le=100_000)
    search: str = Field("", max_length=80)
    year: int | None = Field(None, ge=2000, le=2999)
    state: Literal["", "waiting", "read", "unreadable", "errors"] = ""
    order: Literal["newest", "errors", "year"] = "newest"


class CheckOut(Schema):
    id: int
    body: str
    body_name: str
    file_name: str
    state: str
    state_word: str
    agency: str
    year: int | None
    form: str
    errors: int
    warnings: int
    kept_by: str
    kept_at: datetime
    job: int | None


class CheckPageOut(Schema):
    checks: list[CheckOut]
    next: int | None


class WaiverOut(Schema):
    id: int
    because: str
    until: date | None
    by: str
    at: datetime
    in_force: bool


class MarkedOut(Schema):
    """A finding with the mark by which it is overruled, and the waiver that holds."""

    mark: str
    finding: FindingOut
    waiver: WaiverOut | None


class WholeCheckOut(CheckOut):
    """`faults`: why the file could not be read."""

    faults: list[str]
    findings: list[MarkedOut]
    may_waive: bool


class KeptOut(Schema):
    ids: list[int]


class WaiveIn(In):
    mark: str = Field(min_length=1, max_length=100)
    because: Annotated[str, Field(min_length=1, max_length=500)]
    until: Day | None = None
