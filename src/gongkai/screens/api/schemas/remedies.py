"""Reconsiderations and lawsuits; docs/reference/ledger-formats.md is the contract."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from ninja import Field, Schema
from pydantic import StrictBool

from gongkai.screens.api.schemas.problem import Code, Day, In

Evidence = Annotated[str, Field(max_length=500)]
RemedyKind = Literal["reconsideration", "litigation_direct", "litigation_after"]


class RemedyIn(In):
    """One as exchanged; `case` is the number of the request."""

    number: str = Field(min_length=1, max_length=64)
    agency: Code
    case: str | None = Field(None, max_length=64)
    kind: RemedyKind
    accepted_on: Day
    closed_on: Day | None = None
    result: str | None = Field(None, max_length=40)
    decision: str | None = Field(None, max_length=500)
    instance: str | None = Field(None, max_length=10)
    role: str | None = Field(None, max_length=40)
    court_number: str | None = Field(None, max_length=100)


class EnterIn(In):
    remedy: RemedyIn
    evidence: Evidence


class ResultIn(In):
    closed_on: Day
    result: str = Field(max_length=40)
    decision: str = Field("", max_length=500)
    evidence: Evidence


class ServedIn(In):
    """The day on which the copy of the application or complaint arrived."""

    on: Day
    simple: StrictBool = False
    evidence: Evidence


class AnsweredIn(In):
    on: Day
    evidence: Evidence


class LessonIn(In):
    text: str = Field(max_length=2000)


class RemedyOut(Schema):
    id: int
    number: str
    body: str
    body_name: str
    request: int | None
    request_number: str
    kind: str
    accepted_on: date
    closed_on: date | None
    result: str
    decision: str
    instance: str
    role: str
    court_number: str
    evidence: str


class RemedyPageOut(Schema):
    remedies: list[RemedyOut]
    next: str | None


class DefenceIn(In):
    """`opinions`: the opinions of sections and of the legal adviser go in too."""

    because: str = Field(min_length=1, max_length=500, description="如：提交行政复议答复")
    opinions: StrictBool = False
