"""What follows a reply: archive package, ledger of deliveries, the county's library, the check-up of a draft."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Field, Schema
from pydantic import StrictBool

from gongkai.bureau.casework.archive import LONGEST_REASON
from gongkai.bureau.casework.letter_delivery import WAY_WORDS
from gongkai.screens.api.schemas.problem import LARGEST_ID, Day, In
from gongkai.screens.api.schemas.requests import Evidence

Way = Annotated[str, Field(max_length=20, json_schema_extra={"enum": ["", *WAY_WORDS]})]


class PackageIn(In):
    """`identity`: who asked goes into the package too, for those who may see it."""

    because: str = Field(min_length=1, max_length=LONGEST_REASON, description="如：移交档案室、应诉")
    identity: StrictBool = False


class FiledIn(In):
    on: Day
    evidence: Evidence


class PackageOut(Schema):
    """A package that was made; by its digest (SHA-256) it is known again."""

    at: datetime
    by: str
    because: str
    identity: bool
    digest: str


class PackagesOut(Schema):
    packages: list[PackageOut]


class DeliveryFilter(Schema):
    """`lacking`: those without proof; `search`: in the numbers of letter, request and post."""

    body: str = Field("", max_length=100)
    way: Way = ""
    search: str = Field("", max_length=80)
    lacking: bool = False
    since: Day | None = None
    until: Day | None = None
    after: int | None = Field(None, ge=1, le=LARGEST_ID)


class DeliveryRowOut(Schema):
    """One delivery; never to whom."""

    id: int
    letter: int
    title: str
    number: str
    request: int
    request_number: str
    body_name: str
    way: str
    tracking: str
    on: date
    arrived_on: date | None
    proof: bool
    note: str
    by: str


class DeliveryPageOut(Schema):
    deliveries: list[DeliveryRowOut]
    next: int | None


class GroundOut(Schema):
    """What was decided on one wanted item."""

    outcome: str
    articles: str
    reason: str


class ReviewedOut(Schema):
    """What a reconsideration or a court said; `result` is empty while it is pending."""

    kind: str
    result: str
    decision: str


class EarlierOut(Schema):
    """An earlier reply. `likeness` in per cent; `open`: the caller's roles reach the request itself."""

    id: int
    number: str
    body_name: str
    subject: str
    closed_on: date
    outcome: str
    late: bool
    likeness: int
    reply_number: str
    grounds: list[GroundOut]
    open: bool
    reviewed: list[ReviewedOut]
    lessons: list[str]


class LibraryOut(Schema):
    """The most alike first. `looked_through`: so many requests were compared; `all`: there were no more."""

    answers: list[EarlierOut]
    looked_through: int
    all: bool


class WeaknessOut(Schema):
    """A reason for which such a reply may be overturned; `ask`: not known of the draft, so to be looked at."""

    code: str
    severity: Literal["error", "warning"]
    wrong: str
    check: str
    article: str
    ask: bool


class CheckupOut(Schema):
    """`outcome`: what was looked at, as decided so far or as asked; empty where there is neither."""

    outcome: str
    weaknesses: list[WeaknessOut]
