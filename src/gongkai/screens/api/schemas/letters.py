"""Letters through the office: kinds, one letter, its steps, the register of numbers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Field, Schema
from pydantic import StrictBool

from gongkai.screens.api.schemas.problem import In, Number
from gongkai.statute.letters import load

Told = dict[Annotated[str, Field(max_length=60)], Annotated[str, Field(max_length=4000)]]
FlowAct = Literal[
    "submit", "pass_section", "pass_legal", "pass_secrecy", "return_", "sign", "register_signature", "seal", "deliver",
    "void",
]  # fmt: skip
"""The steps of `statute.cases.letter_flow`."""
LetterKind = Annotated[str, Field(max_length=60, json_schema_extra={"enum": list(load())})]


class KindOut(Schema):
    """A kind of letter; `refused`: why it cannot be written now, empty where it can."""

    kind: str
    word: str
    title: str
    to: str
    event: str | None
    elements: dict[str, str] = Field(description="要素与它的名称")
    refused: str


class KindsOut(Schema):
    kinds: list[KindOut]


class LetterListedOut(Schema):
    id: int
    request: int
    kind: str
    kind_word: str
    title: str
    state: str
    state_word: str
    number: str
    at: datetime


class LettersOut(Schema):
    letters: list[LetterListedOut]


class DraftIn(In):
    kind: LetterKind
    elements: Told = Field({}, max_length=60)


class WriteIn(In):
    """`seen`: the version that was seen; `anew`: the wording anew from the elements."""

    elements: Told = Field({}, max_length=60)
    paragraphs: str = Field("", max_length=20_000)
    word: str = Field(max_length=15, description="发文代字，如 青科公复")
    enclosures: list[Number] = Field([], max_length=200)
    seen: int = Field(ge=0, le=1_000_000)
    anew: StrictBool = False


class StepIn(In):
    """The fields of a step (docs/reference/letter-steps.md) as a form. `seen`: how many steps there were."""

    reasons: str = Field("", max_length=2000)
    void_reason: str = Field("", max_length=2000)
    signer: str = Field("", max_length=40)
    signed_on: str = Field("", max_length=10)
    way: str = Field("", max_length=20)
    on: str = Field("", max_length=10)
    tracking: str = Field("", max_length=60)
    arrived_on: str = Field("", max_length=10)
    note: str = Field("", max_length=2000)
    seen: int | None = Field(None, ge=0, le=100_000)


class LetterFileOut(Schema):
    id: int
    of: str
    name: str
    size: int
    media_type: str
    reviewed: bool


class StepOut(Schema):
    word: str
    by: str
    at: datetime
    note: str


class DeliveryOut(Schema):
    way: str
    tracking: str
    on: date
    arrived_on: date | None
    note: str


class FlowOfferOut(Schema):
    """A step; `refused`: why it cannot be taken now, empty where it can."""

    act: str
    word: str
    article: str
    fields: dict[str, str]
    optional: list[str]
    refused: str


class LetterOut(LetterListedOut):
    """One letter without its addressee. `version` goes back as `seen` of writing, `steps_seen` of a step."""

    body: str
    body_name: str
    request_number: str
    subject: str
    elements: dict[str, Any]
    paragraphs: str
    word: str
    signed_on: date | None
    signed_by: str
    document: bool
    editable: bool
    scan: bool
    enclosures: list[LetterFileOut]
    enclosable: list[LetterFileOut]
    steps: list[StepOut]
    steps_seen: int
    deliveries: list[DeliveryOut]
    offers: list[FlowOfferOut]
    route: list[str]
    version: int
    may_write: bool


class NumberOut(Schema):
    """One number of the register; a void one stands with its reason."""

    letter: int
    number: str
    body_name: str
    title: str
    kind_word: str
    request: int
    request_number: str
    signed_by: str
    signed_on: date | None
    state: str
    state_word: str
    void_because: str


class NumberPageOut(Schema):
    numbers: list[NumberOut]
    next: str | None
