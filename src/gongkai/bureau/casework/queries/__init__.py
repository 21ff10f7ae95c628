"""Requests as the report counts them and as pages show them: frozen, page by key, identities never among them."""

from gongkai.bureau.casework.queries.cells import behind, open_on, unconfirmed
from gongkai.bureau.casework.queries.counting import Handling, facts, handling, members
from gongkai.bureau.casework.queries.deadlines import readings
from gongkai.bureau.casework.queries.detail import EventRow, RequestDetail
from gongkai.bureau.casework.queries.lists import (
    ORDERS,
    STATES,
    Filter,
    hands,
    of_applicant,
    request,
    request_ids,
    requests,
    suggested_number,
)
from gongkai.bureau.casework.queries.rows import PAGE, RequestPage, RequestRow, rows

__all__ = [
    "ORDERS",
    "PAGE",
    "STATES",
    "EventRow",
    "Filter",
    "Handling",
    "RequestDetail",
    "RequestPage",
    "RequestRow",
    "behind",
    "facts",
    "handling",
    "hands",
    "members",
    "of_applicant",
    "open_on",
    "readings",
    "request",
    "request_ids",
    "requests",
    "rows",
    "suggested_number",
    "unconfirmed",
]
