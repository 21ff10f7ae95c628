"""What is done inside a case: assignment, opinions, searches, wanted items and their decisions, files, messages."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from ninja import Field, Schema
from pydantic import StrictBool

from gongkai.bureau.casework.deciding import FACTS
from gongkai.screens.api.schemas.problem import Day, In, Number

Long = Annotated[str, Field(max_length=4000)]
Username = Annotated[str, Field(max_length=150)]
Because = Annotated[str, Field(max_length=500)]


class AssignIn(In):
    """To a section or to a person. `seen`: how many assignments there were."""

    section: Number | None = None
    person: Username = ""
    joins: StrictBool = False
    task: Because = ""
    due_on: Day | None = None
    seen: int | None = Field(None, ge=0, le=100_000)


class AssignedOut(Schema):
    """`warnings`: allowed, but to be looked at."""

    id: int
    warnings: list[str]


class AssignManyIn(In):
    requests: list[Number] = Field(min_length=1, max_length=500)
    section: Number | None = None
    person: Username = ""
    joins: StrictBool = False
    task: Because = ""
    due_on: Day | None = None


class RefusedOut(Schema):
    number: str
    why: str


class AssignedManyOut(Schema):
    done: int
    refused: list[RefusedOut]
    warnings: list[str]


class EndIn(In):
    because: Because


class HandOverIn(In):
    from_person: Username
    to_person: Username
    because: Because


class HandedOverOut(Schema):
    done: int


class OpinionIn(In):
    kind: Literal["section", "legal", "secrecy", "leader", "consulted"]
    conclusion: Literal["agree", "partly", "disagree"]
    text: Long = ""
    letter: Number | None = None


class SearchIn(In):
    places: Long
    terms: Long
    period: str = Field(max_length=200)
    searchers: str = Field(max_length=200)
    archive_asked: StrictBool
    result: Long
    on: Day


class ItemsIn(In):
    """The wanted items anew, in order. `seen`: how many there were."""

    texts: list[Long] = Field(min_length=1, max_length=50)
    seen: int | None = Field(None, ge=0, le=1000)


class DecisionIn(In):
    """The decision on one item. `seen`: its `decided` as it was seen."""

    outcome: str = Field(max_length=60, description="表三的一行，如 granted")
    articles: list[Annotated[str, Field(max_length=60)]] = Field([], max_length=20, description="如 36(2)、16(1)")
    reason: Long = ""
    facts: dict[Annotated[str, Field(max_length=40)], Annotated[str, Field(max_length=500)]] = Field(
        {}, max_length=len(FACTS), description="、".join(f"{name} {word}" for name, word in FACTS.items())
    )
    seen: str | None = Field(None, max_length=40)


class ReviewIn(In):
    conclusion: Literal["agree", "disagree"]
    text: Long = ""


class MessageOut(Schema):
    """What an applicant said, without its words."""

    id: int
    request: int
    number: str
    body_name: str
    kind: str
    word: str
    at: datetime
    score: int | None
    handled_at: datetime | None
    handled_by: str
    answer: str


class MessagePageOut(Schema):
    messages: list[MessageOut]
    next: int | None


class MessageFileOut(Schema):
    id: int
    name: str
    size: int


class MessageTextOut(Schema):
    """The words and files of a message; this look has been journalled."""

    text: str
    files: list[MessageFileOut]


class AnswerIn(In):
    answer: str = Field("", max_length=5000)
