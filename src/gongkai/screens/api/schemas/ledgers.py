"""The ledgers behind the report besides requests: yearly statements, published items, records of the year's work."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Field, Schema
from pydantic import StrictInt

from gongkai.screens.api.schemas.problem import Code, Day, In, Number
from gongkai.screens.api.schemas.reading import Cell, FindingOut
from gongkai.screens.api.schemas.requests import Evidence

Because = Annotated[str, Field(min_length=1, max_length=500)]
Count = Annotated[StrictInt, Field(ge=-999_999_999, le=999_999_999)]


class StatedCellOut(Schema):
    """`origin`: stated, lines, documents, carried, unstated or unknown."""

    column: str
    label: str
    value: Cell
    origin: str
    differences: list[FindingOut]


class StatedRowOut(Schema):
    row: str
    label: str
    cells: list[StatedCellOut]
    lines: int


class StatementsOut(Schema):
    """Table two of a body's year; `refused`: why this person may not enter, empty where they may."""

    body: str
    body_name: str
    year: int
    form: str
    rows: list[StatedRowOut]
    unstated: int
    refused: str


class StatementOut(Schema):
    """`replaced_at` is null for the one in force."""

    id: int
    body: str
    column: str
    value: Cell
    evidence: str
    by: str
    at: datetime
    replaced_at: datetime | None


class LineOut(Schema):
    id: int
    body: str
    name: str
    reference: str
    prior: int | None
    change: int | None
    decisions: int | None
    amount: str
    evidence: str
    by: str
    at: datetime


class StatementRowOut(StatedRowOut):
    """One row: by column its statements, the one in force first; the items beneath it."""

    statements: dict[str, list[StatementOut]]
    items: list[LineOut]
    fields: list[str]


class StateIn(In):
    """`value`: a count (a change is signed), money in 万元 as text, or "n/a" for 不适用."""

    column: str = Field(max_length=60)
    value: Count | Annotated[str, Field(max_length=20)]
    evidence: Evidence


class LineIn(In):
    """`prior`: 1 where the item was there last year, else 0; `change`: 1 added, -1 abolished; `amount` in 万元."""

    name: str = Field(min_length=1, max_length=300)
    reference: str = Field("", max_length=120)
    prior: Count | None = None
    change: Count | None = None
    decisions: Count | None = None
    amount: str = Field("", max_length=20)
    evidence: Evidence


class BecauseIn(In):
    because: Because


class PublishedItemOut(Schema):
    """`counted_as`: rules, normative, or empty; `legacy`: kept in the ledger, not shown on the portal."""

    id: int
    source_id: str
    body: str
    body_name: str
    column: str
    title: str
    document_number: str
    genre: str
    counted_as: str
    formed_on: date | None
    published_on: date
    repealed_on: date | None
    expires_on: date | None
    validity: str
    registration_number: str
    legacy: bool


class ItemPageOut(Schema):
    items: list[PublishedItemOut]
    next: str | None


class ReviewedItemOut(Schema):
    conclusion: str
    ground: str
    by: str
    at: datetime


class WholeItemOut(PublishedItemOut):
    topic: str
    effective_on: date | None
    repealed_by: str
    summary: str
    index_number: str
    body_text: str
    has_html: bool
    attachments: list[str]
    by: str
    reviews: list[ReviewedItemOut]


class ItemFilter(Schema):
    body: str = Field("", max_length=100)
    year: int | None = Field(None, ge=1949, le=9999)
    column: str = Field("", max_length=200)
    search: str = Field("", max_length=80)
    after: str = Field("", max_length=40)


class PublishedItemIn(In):
    """An item as exchanged; `of` the request whose answer it is, which goes out after its secrecy review."""

    agency: Code
    source_id: str = Field(min_length=1, max_length=100)
    column: str = Field(min_length=1, max_length=200)
    title: str = Field(min_length=1, max_length=500)
    published_on: Day
    body_text: str = Field(min_length=1, max_length=200_000)
    document_number: str | None = Field(None, max_length=100)
    genre: str | None = Field(None, max_length=40)
    topic: str | None = Field(None, max_length=100)
    formed_on: Day | None = None
    effective_on: Day | None = None
    expires_on: Day | None = None
    registration_number: str | None = Field(None, max_length=100)
    repealed_by: str | None = Field(None, max_length=200)
    validity: str | None = Field(None, max_length=20)
    summary: str | None = Field(None, max_length=2000)
    index_number: str | None = Field(None, max_length=100)
    of: Number | None = None

    def exchanged(self) -> dict[str, object]:
        """As the exchange format has it: what was not sent is not there."""
        return self.model_dump(mode="json", exclude_unset=True, exclude_none=True, exclude={"of"})


class ItemReviewIn(In):
    conclusion: Literal["public", "withheld"]
    ground: str = Field(min_length=1, max_length=2000)


WorkKind = Literal["training", "check", "assessment", "appraisal", "accountability", "problem"]


class WorkFilter(Schema):
    body: str = Field("", max_length=100)
    year: int | None = Field(None, ge=2000, le=2999)
    kind: Literal["", "training", "check", "assessment", "appraisal", "accountability", "problem"] = ""
    after: str = Field("", max_length=40)


class WorkOut(Schema):
    id: int
    body: str
    body_name: str
    kind: str
    on: date
    title: str
    people: int | None
    found: int | None
    rectified: int | None
    result: str
    evidence: str
    by: str


class WorkPageOut(Schema):
    records: list[WorkOut]
    next: str | None


class WorkIn(In):
    body: Code
    kind: WorkKind
    on: Day
    title: str = Field(min_length=1, max_length=300)
    people: Count | None = None
    found: Count | None = None
    rectified: Count | None = None
    result: str = Field("", max_length=2000)
    evidence: Evidence
