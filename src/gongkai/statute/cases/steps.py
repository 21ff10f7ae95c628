"""THE table of steps: what may happen to a request, in which state, by whom, and what it does to the clock.

The contract's table of events (docs/reference/case-format.md) as data; fields, buttons and tests come from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

AWAITING_RECEIPT, OPEN, CLOSED = "awaiting_receipt", "open", "closed"
STAFF = ("disclosure_officer", "handler")
HEADS = ("section_head", "leader")

CHANNELS = ("in_person", "registered_mail", "ordinary_mail", "internet", "fax", "oral")
APPLICANT_KINDS = ("natural_person", "business", "research", "public_welfare", "legal_service", "other_org")
WAYS = ("post", "in_person", "agent", "electronic")
BASES = ("items", "pages")
REOPENING_CAUSES = ("reconsideration", "litigation", "own_motion")
RECEIPT_EVENT: Mapping[str, tuple[str, str]] = {
    "in_person": ("submitted", "31(1)"),
    "oral": ("submitted", "31(1)"),
    "registered_mail": ("signed_for", "31(2)"),
    "ordinary_mail": ("receipt_confirmed", "31(2)"),
    "internet": ("receipt_confirmed", "31(3)"),
    "fax": ("receipt_confirmed", "31(3)"),
}
"""The event that makes each channel's receipt day, with the article."""


@dataclass(frozen=True, slots=True)
class Step:
    """One kind of event. `fields`: name to kind of value; those in `optional` may be absent or null."""

    act: str
    before: tuple[str, ...]
    roles: tuple[str, ...]
    after: str
    effect: str | None
    article: str
    fields: Mapping[str, str] = field(default_factory=dict)
    optional: frozenset[str] = frozenset()
    outcome: str | None = None


_LETTER = {"received_on": "day"}
_RECEIVED = frozenset({"received_on"})


def _consultation(family: str, who: str, article: str, *, lapses: bool) -> tuple[Step, ...]:
    opened = {who: "text", **(_LETTER if lapses else {})}
    steps = (
        Step(f"{family}_consulted", (OPEN,), STAFF, OPEN, "pause", article, opened, _RECEIVED),
        Step(f"{family}_replied", (OPEN,), STAFF, OPEN, "resume", article, {who: "text", "consents": "flag"}),
    )
    lapse = Step(f"{family}_lapsed", (OPEN,), STAFF, OPEN, "resume", article, {who: "text"})
    return (*steps, lapse) if lapses else steps


_ALL = (
    Step("submitted", (AWAITING_RECEIPT,), ("applicant", *STAFF), AWAITING_RECEIPT, None, "31"),
    Step("signed_for", (AWAITING_RECEIPT,), STAFF, OPEN, "receipt", "31(2)"),
    Step("receipt_confirmed", (AWAITING_RECEIPT,), STAFF, OPEN, "receipt", "31(2)(3)"),
    Step("correction_requested", (OPEN,), STAFF, OPEN, "stop", "30", {"deadline_on": "day"}),
    Step("correction_received", (OPEN,), ("applicant", *STAFF), OPEN, "restart", "30"),
    Step("correction_lapsed", (OPEN,), STAFF, CLOSED, "close", "30", outcome="other.lapsed_correction"),
    *_consultation("third_party", "party", "32", lapses=True),
    *_consultation("joint_agency", "agency", "34", lapses=True),
    *_consultation("other_agency", "agency", "33", lapses=False),
    Step("extended", (OPEN,), HEADS, OPEN, "extend", "33", {"workdays": "count", "approved_by": "name"},
         frozenset({"approved_by"})),
    Step("reasons_requested", (OPEN,), STAFF, OPEN, None, "35", {"deadline_on": "day"}),
    Step("reasons_received", (OPEN,), ("applicant", *STAFF), OPEN, None, "35"),
    Step("delayed", (OPEN,), HEADS, OPEN, "delay", "35", {"due_on": "day"}),
    Step("fee_notified", (OPEN,), STAFF, OPEN, "stop", "国办函〔2020〕109号 6",
         {"amount": "money", "basis": "basis", "received_on": "day"}, _RECEIVED),
    Step("fee_paid", (OPEN,), ("applicant", *STAFF), OPEN, "restart", "国办函〔2020〕109号 7"),
    Step("fee_lapsed", (OPEN,), STAFF, CLOSED, "close", "国办函〔2020〕109号 6", outcome="other.unpaid_fee"),
    Step("replied", (OPEN,), STAFF, CLOSED, "close", "36",
         {"outcome": "outcome", "way": "way", "responsible_agency": "name", "delivered_on": "day"},
         frozenset({"way", "responsible_agency", "delivered_on"})),
    Step("withdrawn", (AWAITING_RECEIPT, OPEN), ("applicant", *STAFF), CLOSED, "close", "", outcome="other.other"),
    Step("reclassified", (CLOSED,), STAFF, CLOSED, None, "", {"outcome": "outcome", "because": "text"}),
    Step("reopened", (CLOSED,), HEADS, OPEN, "reopen", "", {"because": "cause", "due_on": "day"}),
    Step("archived", (CLOSED,), STAFF, CLOSED, None, "45"),
)  # fmt: skip
STEPS: Mapping[str, Step] = {step.act: step for step in _ALL}
