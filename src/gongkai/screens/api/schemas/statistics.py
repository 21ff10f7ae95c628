"""The year so far: the report's own tables, the work behind them, the time it took."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Field, Schema

from gongkai.bureau.annual.year_so_far import EARLIEST
from gongkai.screens.api.schemas.annual import RecordOut
from gongkai.screens.api.schemas.problem import Day
from gongkai.screens.api.schemas.reading import Cell
from gongkai.screens.api.schemas.requests import RequestOut

Year = Annotated[int | None, Field(ge=EARLIEST, le=2999)]
Figure = Literal["on_hand", "overdue", "standing", "closed", "late", "joining", "replied", "corrected"]


class ScopeFilter(Schema):
    """All bodies in reach without `body`; this year without `year`; up to today, or to the year's end."""

    body: str = Field("", max_length=100)
    year: Year = None
    as_of: Day | None = None


class LoadOut(Schema):
    """The work of a person or a section. `on_hand` includes `overdue` and `standing`, `closed` includes `late`."""

    key: str
    name: str
    body_name: str
    on_hand: int
    overdue: int
    standing: int
    closed: int
    late: int
    joining: int


class MonthOut(Schema):
    number: int
    received: int
    closed: int


class BandOut(Schema):
    """Working days, both included; `last` is null where it is open."""

    first: int
    last: int | None
    replies: int


class SlowOut(Schema):
    days: int
    request: RequestOut


class TimesOut(Schema):
    """Working days without the paused ones."""

    replies: int
    median: float | None
    bands: list[BandOut]
    slowest: list[SlowOut]


class StatisticsOut(Schema):
    """`people`: everybody's work for who may see it, else one's own."""

    body: str
    name: str
    year: int
    tables: dict[str, dict[str, dict[str, Cell]]]
    totals: LoadOut
    months: list[MonthOut]
    times: TimesOut
    sections: list[LoadOut]
    people: list[LoadOut]
    corrected: int
    answered_before: int


class StatisticsCellOut(Schema):
    value: Cell
    records: list[RecordOut]
    next: str | None


class CasesFilter(ScopeFilter):
    """`by` and `key` as in sections and people; `band`: which of the bands, counted from 0, for replied."""

    by: Literal["", "person", "section"] = ""
    key: str = Field("", max_length=150)
    band: int = Field(0, ge=0, le=5)
    after: str = Field("", max_length=40)


class BehindRowOut(Schema):
    """`days` is null where the figure is not of handling days."""

    days: int | None
    request: RequestOut


class BehindOut(Schema):
    rows: list[BehindRowOut]
    next: str | None


class AnsweredOut(Schema):
    found: str
    count: int


class AnswersOut(Schema):
    answers: list[AnsweredOut]
