"""Information on its way to the public: drafts, their findings, versions and steps; columns; documents in force."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Field, Schema
from pydantic import StrictBool

from gongkai.screens.api.schemas.letters import FlowOfferOut
from gongkai.screens.api.schemas.problem import LARGEST_ID, In, Number
from gongkai.statute.publishing import flow
from gongkai.statute.publishing.elements import ELEMENTS

Elements = dict[
    Annotated[str, Field(json_schema_extra={"enum": list(ELEMENTS)})], Annotated[str, Field(max_length=4000)]
]
StepAct = Literal[
    "submit", "pass_section", "pass_legal", "conclude", "refer", "register_answer", "return_", "sign",
    "register_signature", "publish", "recall", "pass_section_later", "pass_legal_later", "correct", "withdraw",
    "reopen", "discard",
]  # fmt: skip
"""The steps of `statute.publishing.flow`."""
Way = Annotated[str, Field(max_length=20, json_schema_extra={"enum": list(flow.WAYS)})]


class DraftFilter(In):
    body: str = Field("", max_length=64)
    state: str = Field("", max_length=20, json_schema_extra={"enum": ["", *flow.STATES]})
    search: str = Field("", max_length=80)
    mine: bool = False
    after: int | None = Field(None, ge=1, le=LARGEST_ID)


class DraftListedOut(Schema):
    """`since`: the day on which it came into its state; `due_on`: the last day for its publication (条例第26条)."""

    id: int
    title: str
    body: str
    body_name: str
    column: str
    section: str
    state: str
    state_word: str
    way: str
    urgent: bool
    by: str
    since: date
    due_on: date | None
    publish_on: date | None
    evaluate_on: date | None
    public: bool
    index_number: str


class DraftPageOut(Schema):
    drafts: list[DraftListedOut]
    counts: dict[str, int] = Field(description="各状态的件数")
    next: str | None


class BeginIn(In):
    column: Number
    title: str = Field("", max_length=500)


class DraftWriteIn(In):
    """`seen`: the version that was seen; `section` 0 for none, null leaves it; `column` null leaves it."""

    elements: Elements = Field({}, max_length=40)
    body_html: str = Field("", max_length=2_000_000)
    way: Way = "proactive"
    way_ground: str = Field("", max_length=2000)
    urgent: StrictBool = False
    urgent_because: str = Field("", max_length=2000)
    section: int | None = Field(None, ge=0, le=LARGEST_ID)
    column: Number | None = None
    seen: int = Field(ge=0, le=1_000_000)


class WaiveIn(In):
    because: str = Field(max_length=500)


class DraftStepIn(In):
    """The fields of a step (docs/reference/publishing-steps.md) as a form. `seen`: how many steps there were."""

    note: str = Field("", max_length=2000)
    reasons: str = Field("", max_length=2000)
    lawfulness: str = Field("", max_length=2000)
    fair_competition: str = Field("", max_length=20)
    conclusion: str = Field("", max_length=20)
    ground: str = Field("", max_length=2000)
    authority: str = Field("", max_length=200)
    question: str = Field("", max_length=2000)
    answer: str = Field("", max_length=2000)
    answered_on: str = Field("", max_length=10)
    signer: str = Field("", max_length=40)
    signed_on: str = Field("", max_length=10)
    publish_on: str = Field("", max_length=10)
    because: str = Field("", max_length=2000)
    seen: int | None = Field(None, ge=0, le=100_000)


class DraftFindingOut(Schema):
    """`source`: "" for text and elements, else the attachment's digest; the characters found are not repeated."""

    key: str
    code: str
    severity: str
    source: str
    name: str
    sentence: str
    advice: str
    cite: str
    stops: bool
    maskable: bool
    waived: dict[str, str] | None


class DraftFileOut(Schema):
    name: str
    digest: str
    size: int
    media_type: str


class DraftStepOut(Schema):
    act: str
    word: str
    by: str
    at: datetime
    revision: int
    after: str
    told: list[tuple[str, str]]


class RevisionOut(Schema):
    number: int
    by: str
    at: datetime
    digest: str


class DraftOut(DraftListedOut):
    """`version` goes back as `seen` of writing, `steps_seen` of a step; `owed`: reviews that urgency put off."""

    place: int
    elements: dict[str, str]
    body_html: str
    attachments: list[DraftFileOut]
    way_ground: str
    urgent_because: str
    owed: list[str]
    findings: list[DraftFindingOut]
    steps: list[DraftStepOut]
    steps_seen: int
    revisions: list[RevisionOut]
    offers: list[FlowOfferOut]
    route: list[str]
    item: int | None
    version: int
    may_write: bool


class VersionOut(Schema):
    """A version as it was sent to review."""

    number: int
    column: str
    elements: dict[str, str]
    body_html: str
    attachments: str
    way: str
    way_ground: str


class ColumnOut(Schema):
    """`days` or `event`: its rule; `behind`: days beyond it; `items` published, `public` of them on the portal."""

    id: int
    code: str
    name: str
    kind: str
    depth: int
    article: str
    days: int | None
    event: str
    section: str
    person: str
    items: int
    public: int
    latest: date | None
    behind: int


class ColumnsOut(Schema):
    columns: list[ColumnOut]


class DocumentFilter(In):
    body: str = Field("", max_length=64)
    standing: Literal["in_force", "ended", "ending", "unread", "all"] = "in_force"
    row: Literal["", "rules", "normative"] = ""
    search: str = Field("", max_length=80)
    after: Annotated[str, Field(max_length=40)] = ""


class ReadingOut(Schema):
    """`state`: done, owed, late, needless or before; `late` in working days."""

    state: str
    due: date | None
    late: int


class ReadingLinkOut(Schema):
    index_number: str
    title: str


class DocumentOut(Schema):
    id: int
    index_number: str
    title: str
    row: str
    body_name: str
    document_number: str
    registration_number: str
    formed_on: date | None
    published_on: date
    effective_on: date | None
    expires_on: date | None
    ended_on: date | None
    standing: str
    ends_in: int | None
    reading: ReadingOut
    because: str
    readings: list[ReadingLinkOut]
    public: bool


class DocumentPageOut(Schema):
    documents: list[DocumentOut]
    next: str | None
