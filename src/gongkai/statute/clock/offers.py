"""What may happen next to a request: every step of the table, with the reason why it cannot where it cannot."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from gongkai.statute.calendars import Calendar
from gongkai.statute.cases.exchange import Case
from gongkai.statute.cases.steps import AWAITING_RECEIPT, CLOSED, OPEN, RECEIPT_EVENT, STEPS, Step
from gongkai.statute.cases.words import ACTS, STATES
from gongkai.statute.clock.walk import Walk

_ANSWERS = {"correction_received", "correction_lapsed"}
_PAYMENTS = {"fee_paid", "fee_lapsed"}
_RECEIPTS = {"signed_for", "receipt_confirmed"}


class Offer(NamedTuple):
    """A step; `refused`: why it cannot be taken now, "" where it can; `among`: whose answer it may record."""

    step: Step
    refused: str
    among: tuple[str, ...]


def state_of(case: Case, calendar: Calendar) -> str:
    """awaiting_receipt, open or closed after all events."""
    return _state(_walked(case, calendar))


def offers(case: Case, calendar: Calendar) -> tuple[Offer, ...]:
    """Every step in the order of the table, as the case stands after all its events."""
    walk = _walked(case, calendar)
    state = _state(walk)
    return tuple(_offer(step, walk, state) for step in STEPS.values())


def _walked(case: Case, calendar: Calendar) -> Walk:
    return Walk(case, calendar, None, "").through(date.max.toordinal())


def _state(walk: Walk) -> str:
    if walk.closed_on is not None:
        return CLOSED
    return AWAITING_RECEIPT if walk.received is None else OPEN


def _offer(step: Step, walk: Walk, state: str) -> Offer:
    among = tuple(_awaited(step.act, walk))
    return Offer(step, _refusal(step, walk, state, among), among)


def _refusal(step: Step, walk: Walk, state: str, among: tuple[str, ...]) -> str:
    receipt = RECEIPT_EVENT[walk.case.channel][0]
    if step.act == "submitted" and (walk.submitted is not None or state != AWAITING_RECEIPT):
        return "已经收到，一件申请只提交一次"
    if step.act in _RECEIPTS and step.act != receipt:
        return f"这一渠道以“{ACTS[receipt]}”为收到（条例第31条）"
    if state not in step.before:
        return f"现在是“{STATES[state]}”，这一步在“{'、'.join(STATES[each] for each in step.before)}”时办"
    if step.act in _ANSWERS and walk.awaiting_correction is None:
        return "没有待补正的告知"
    if step.act in _PAYMENTS and walk.awaiting_payment is None:
        return "没有待缴的费用"
    if step.act == "reopened" and walk.received is None:
        return "从未收到的申请不能重新办理"
    if step.act.endswith(("_replied", "_lapsed")) and _family(step.act) and not among:
        return "没有正在征求的意见"
    return ""


def _family(act: str) -> str:
    """The kind of consultation that an answer or a lapse ends, "" for other steps."""
    family, _, _ = act.rpartition("_")
    return family if f"{family}_consulted" in STEPS else ""


def _awaited(act: str, walk: Walk) -> Iterator[str]:
    family = _family(act)
    if family and not act.endswith("_consulted"):
        yield from dict.fromkeys(who for kind, who, *_ in walk.open if kind == family)
