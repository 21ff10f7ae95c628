"""Requests as the desk has them: never who asked. docs/reference/case-format.md is the contract of events and clock."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Field, Schema
from pydantic import StrictBool, StrictInt

from gongkai.bureau.casework.queries import Filter
from gongkai.screens.api.schemas.problem import Code, Day, In
from gongkai.screens.api.schemas.reading import FindingOut
from gongkai.statute.cases.steps import STEPS

ApplicantKind = Literal["natural_person", "business", "research", "public_welfare", "legal_service", "other_org"]
Channel = Literal["in_person", "registered_mail", "ordinary_mail", "internet", "fax", "oral"]
Document = Literal["resident", "credit", "other"]
Evidence = Annotated[str, Field(min_length=1, max_length=500, description="文书名称、文号或所在卷宗")]
Text = Annotated[str, Field(max_length=2000)]
Kind = Annotated[str, Field(max_length=40, json_schema_extra={"enum": list(STEPS)})]


class RequestFilter(Schema):
    """What of the ledger is asked for; empty for no bound."""

    body: str = Field("", max_length=100)
    state: Literal[
        "", "open", "overdue", "awaiting_receipt", "awaiting_correction", "awaiting_payment", "paused", "closed",
        "closed_late",
    ] = ""  # fmt: skip
    year: int | None = Field(None, ge=2000, le=2999)
    search: str = Field("", max_length=80)
    whose: Literal["", "mine", "section"] = ""
    applicant_kind: ApplicantKind | None = None
    channel: Channel | None = None
    outcome: str = Field("", max_length=60)
    received_from: Day | None = None
    received_until: Day | None = None
    order: Literal["event", "due"] = "event"
    after: str = Field("", max_length=40)

    def filter(self) -> Filter:
        return Filter(
            body=self.body,
            state=self.state,
            year=self.year,
            search=self.search,
            whose=self.whose,
            applicant_kind=self.applicant_kind or "",
            channel=self.channel or "",
            outcome=self.outcome,
            received_from=self.received_from,
            received_until=self.received_until,
            order=self.order,
        )


class SoughtIn(In):
    who: str = Field(min_length=1, max_length=500)


class EventIn(In):
    """One event, with the fields of its kind and no others (docs/reference/steps.md)."""

    kind: Kind
    on: Day
    deadline_on: Day | None = None
    received_on: Day | None = None
    due_on: Day | None = None
    delivered_on: Day | None = None
    party: Text | None = None
    agency: Text | None = None
    approved_by: Text | None = None
    responsible_agency: Text | None = None
    workdays: StrictInt | None = Field(None, ge=1, le=100)
    amount: str | None = Field(None, max_length=20, description="元，如 380.00")
    basis: Literal["items", "pages"] | None = None
    consents: StrictBool | None = None
    outcome: str | None = Field(None, max_length=60, description="表三的一行，如 granted")
    way: Literal["post", "in_person", "agent", "electronic"] | None = None
    because: Text | None = None

    def exchanged(self) -> dict[str, object]:
        """As the exchange format has it: what was not sent is not there."""
        return self.model_dump(mode="json", exclude_unset=True)


class AppendIn(In):
    """`seen`: how many events there were; with another number the answer is 409."""

    event: EventIn
    evidence: Evidence
    approved_by: str = Field("", max_length=40, description="由科室负责人、分管领导批准的，写批准人")
    seen: int | None = Field(None, ge=0, le=100_000)


class ApplicantIn(In):
    """Who asks; kept sealed. A number of an identity card or credit code is proved by its check digit."""

    kind: ApplicantKind
    name: str | None = Field(None, max_length=200)
    document: Document | None = None
    id_number: str | None = Field(None, max_length=60)
    contact: str | None = Field(None, max_length=500)


class RegisterIn(In):
    """A request with its events so far, as exchanged; without `number` it gets the next one of its body's year."""

    body: Code
    number: str = Field("", max_length=64)
    applicant: ApplicantIn
    subject: str = Field(min_length=1, max_length=2000)
    channel: Channel
    events: list[EventIn] = Field(min_length=1, max_length=200)
    evidence: Evidence


class IdentityIn(In):
    because: str = Field(min_length=1, max_length=500)


class IdentityOut(Schema):
    """Who asked; this look has been journalled."""

    name: str | None
    id_number: str | None
    contact: str | None


class RequestOut(Schema):
    id: int
    number: str
    body: str
    body_name: str
    subject: str
    applicant_kind: ApplicantKind
    channel: Channel
    submitted_on: date | None
    received_on: date | None
    closed_on: date | None
    outcome: str


class ListedOut(RequestOut):
    """With what its clock says today."""

    due_on: date | None
    provisional: bool
    not_before: date | None
    phase: str


class RequestPageOut(Schema):
    """A page, the latest event first; `next` is the `after` of the next page, null on the last."""

    requests: list[ListedOut]
    next: str | None


class ClockStepOut(Schema):
    on: date
    effect: str
    article: str
    days: int | None


class ClockOut(Schema):
    """The object of `gongkai clock`."""

    number: str
    received_on: date | None
    due_on: date | None
    provisional: bool
    not_before: date | None
    phase: str
    steps: list[ClockStepOut]
    findings: list[FindingOut]


class EventOut(Schema):
    kind: str
    word: str
    on: date
    fields: dict[str, object]
    evidence: str
    by: str


class OfferOut(Schema):
    """A step of the table; `refused`: why this person cannot take it now, empty where they can."""

    kind: str
    word: str
    article: str
    fields: dict[str, str] = Field(description="字段与它的种类")
    optional: list[str]
    among: list[str] = Field(description="等待答复的各方")
    refused: str


class AssignmentOut(Schema):
    id: int
    section: str
    person: str
    username: str
    joins: bool
    task: str
    due_on: date | None
    by: str
    at: datetime
    ended_at: datetime | None
    ended_because: str


class OpinionOut(Schema):
    kind: str
    conclusion: str
    text: str
    letter: int | None
    by: str
    at: datetime


class SearchOut(Schema):
    places: str
    terms: str
    period: str
    searchers: str
    archive_asked: bool
    result: str
    on: date
    by: str


class ItemOut(Schema):
    """A wanted item and its decision; `decided` goes back as `seen`."""

    position: int
    text: str
    outcome: str
    articles: list[str]
    reason: str
    facts: dict[str, object]
    by: str
    decided: str


class CaseFileOut(Schema):
    """A file; without its name where that would tell who asked."""

    id: int
    of: str
    of_word: str
    name: str
    media_type: str
    size: int
    at: datetime
    made_from: int | None
    reviewed_at: datetime | None


class CaseLetterOut(Schema):
    id: int
    title: str
    state: str
    state_word: str
    number: str
    event: int | None


class CaseMessageOut(Schema):
    id: int
    word: str
    at: datetime
    handled: bool


class CaseApplicationOut(Schema):
    """How the applicant wants to be answered."""

    form: str
    way: str
    by_agent: bool
    joint: int


class DueMoveOut(Schema):
    before: date | None
    after: date | None
    because: str


class CaseOut(RequestOut):
    """One request with everything beside it; `seen` goes back with the next act."""

    seen: int
    has_identity: bool
    clock: ClockOut
    derivation: list[str]
    events: list[EventOut]
    offers: list[OfferOut]
    application: CaseApplicationOut | None
    items: list[ItemOut]
    assignments: list[AssignmentOut]
    opinions: list[OpinionOut]
    searches: list[SearchOut]
    letters: list[CaseLetterOut]
    files: list[CaseFileOut]
    messages: list[CaseMessageOut]
    due_moves: list[DueMoveOut]
