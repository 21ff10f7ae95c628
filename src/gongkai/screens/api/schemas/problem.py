"""What operations have in common: how they refuse, numbers and days, what is sent and what was made."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from ninja import Field, Path, Schema
from pydantic import BeforeValidator, ConfigDict, WithJsonSchema
from pydantic_core import PydanticCustomError


def iso_day(given: object) -> date:
    """YYYY-MM-DD and nothing else; a number is no day."""
    if isinstance(given, str) and len(given) == 10:
        try:
            return date.fromisoformat(given)
        except ValueError:
            pass
    raise PydanticCustomError("day", "not a day")


LARGEST_ID = 2**63 - 1
Id = Annotated[int, Path(ge=1, le=LARGEST_ID)]
"""A number in an address, as the database can hold it."""
Number = Annotated[int, Field(ge=1, le=LARGEST_ID)]
"""The same in a body."""
Day = Annotated[date, BeforeValidator(iso_day), WithJsonSchema({"type": "string", "format": "date"})]
Code = Annotated[str, Field(min_length=1, max_length=100)]


class In(Schema):
    """What is sent: an unknown field is refused, so that nothing is lost unsaid."""

    model_config = ConfigDict(extra="forbid")


class FaultOut(Schema):
    place: str
    wrong: str
    valid: str


class ProblemOut(Schema):
    """Problem details (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str = ""
    faults: list[FaultOut] = []


class MadeOut(Schema):
    """The number of what was made."""

    id: int
