"""A request as lists show it, and a page of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.bureau.casework.models import Request

PAGE = 50


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request in a list: never who asked, only of which kind."""

    id: int
    number: str
    body: str
    body_name: str
    subject: str
    applicant_kind: str
    channel: str
    submitted_on: date | None
    received_on: date | None
    closed_on: date | None
    outcome: str


@dataclass(frozen=True, slots=True)
class RequestPage:
    rows: tuple[RequestRow, ...]
    next_after: str


def row_of(each: Request) -> RequestRow:
    return RequestRow(
        each.pk, each.number, each.body.code, each.body.name, each.subject, each.applicant_kind, each.channel,
        each.submitted_on, each.received_on, each.closed_on, each.outcome,
    )  # fmt: skip


def rows(ids: Sequence[int]) -> dict[int, RequestRow]:
    """Requests by id, for lists that name them; the caller has authorised the list."""
    return {each.pk: row_of(each) for each in Request.objects.select_related("body").filter(pk__in=ids)}
