"""Consultations by a private link, as the office has them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from ninja import Schema

from gongkai.screens.api.schemas.casework import Because, MessageTextOut
from gongkai.screens.api.schemas.problem import In


class LinkOut(Schema):
    """The whole address, shown this once; kept nowhere."""

    address: str


class ConsultationOut(Schema):
    """`consents` is null until an answer came; its grounds are read by themselves, each reading journalled."""

    letter: int
    request: int
    number: str
    body: str
    body_name: str
    family: Literal["third_party", "joint_agency", "other_agency"]
    party: str
    until: date | None
    opened_at: datetime | None
    answered_at: datetime | None
    consents: bool | None


class ConsultationsOut(Schema):
    consultations: list[ConsultationOut]


class RevokeIn(In):
    because: Because


class GroundsOut(MessageTextOut):
    """The grounds and files of an answer."""
