"""Redaction of a material: what is proposed, what is chosen, what was made."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Field, Schema
from pydantic import StrictBool

from gongkai.bureau.casework.redacting import MOST_REDACTIONS
from gongkai.documents.redaction import GROUNDS
from gongkai.screens.api.schemas.problem import In
from gongkai.statute.inspection.identifiers import KINDS

Share = Annotated[float, Field(ge=0, le=1, description="占页面宽、高的比例，自左上角起")]
IdentifierKind = Annotated[str, Field(max_length=40, json_schema_extra={"enum": list(KINDS)})]


class GroundIn(In):
    """The article on which it is withheld, and in a few words why; the words to hide never stand here."""

    article: str = Field(max_length=10, json_schema_extra={"enum": list(GROUNDS)})
    reason: str = Field("", max_length=500)


class BoxIn(In):
    """A rectangle on a page counted from 1."""

    page: int = Field(ge=1, le=100_000)
    x0: Share
    y0: Share
    x1: Share
    y1: Share


class RedactIn(In):
    """`proposals` by number under `ground`; `boxes`, `words`, `kinds` of one's own under `own_ground` (else `ground`).

    `label`: the ground is printed where something is hidden.
    """

    ground: GroundIn
    own_ground: GroundIn | None = None
    proposals: list[Annotated[int, Field(ge=1, le=100_000)]] = Field([], max_length=MOST_REDACTIONS)
    boxes: list[BoxIn] = Field([], max_length=100)
    words: list[Annotated[str, Field(max_length=500)]] = Field([], max_length=100)
    kinds: list[IdentifierKind] = Field([], max_length=len(KINDS))
    label: StrictBool = False


class BoxOut(Schema):
    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    unit: Literal["fraction", "point"]


class ProposalOut(Schema):
    """Something that may have to be hidden, masked."""

    number: int
    kind: str
    kind_word: str
    place: str
    masked: str
    boxes: list[BoxOut]


class RedactionOut(Schema):
    """`pages` is 0 where nothing can be drawn on; `looked`: the file was looked through for proposals."""

    id: int
    request: int
    number: str
    pages: int
    media_type: str
    proposals: list[ProposalOut]
    looked: bool


class RedactedOut(Schema):
    """The redacted file, or the task that makes it; `notices`: what is still to be looked at."""

    file: int | None
    job: int | None
    notices: list[str]
