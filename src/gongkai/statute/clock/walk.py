"""The events of a case in order, each with its effect on the clock. Days are ordinals throughout.

What is impossible is refused (InputRefused); what is unlawful but happened is a finding and has no effect.
Where the contract leaves a choice: an unlawful extension is not the period's one extension; a consultation still open
at a restart goes on excluding days of the new period; a restart also ends a day that `delayed` had set.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache

from gongkai.statute.calendars import Calendar, Counted
from gongkai.statute.cases.exchange import Case, Event
from gongkai.statute.cases.steps import CLOSED, OPEN, RECEIPT_EVENT, STEPS
from gongkai.statute.clock.terms import Terms, terms_on
from gongkai.statute.parameters import Parameters
from gongkai.statute.primitives import CasePlace, Finding, InputFault, InputRefused

MarkedStep = tuple[int, str, str, int | None]
"""day, effect, article, days."""


@lru_cache(maxsize=32768)
def _nth(calendar: Calendar, zero: int, number: int) -> Counted:
    return calendar.nth(zero, number)


class Walk:
    """The state of one case while its events are read."""

    __slots__ = (
        "awaiting_correction", "awaiting_payment", "calendar", "case", "closed_on", "conclusion", "corrections",
        "due_at_closing", "extension", "findings", "index", "late", "open", "own_due", "parameters", "pauses", "place",
        "received", "reopened", "steps", "submitted", "terms", "zero",
    )  # fmt: skip

    def __init__(self, case: Case, calendar: Calendar, parameters: Parameters | None, place: str) -> None:
        self.case, self.calendar, self.parameters, self.place = case, calendar, parameters, place
        self.index = 0
        self.submitted: int | None = None
        self.received: int | None = None
        self.terms: Terms | None = None
        self.zero = 0
        self.extension = 0
        self.own_due: int | None = None
        self.pauses: list[tuple[int, int]] = []
        self.open: list[tuple[str, str, int, int, int]] = []  # family, with whom, since, arrived on, event
        self.corrections = 0
        self.awaiting_correction: tuple[int, bool] | None = None  # deadline, whether it stops the clock
        self.awaiting_payment: int | None = None  # the day that the notice arrived
        self.closed_on: int | None = None
        self.due_at_closing: Counted | None = None
        self.late = False
        self.reopened = False
        self.conclusion: tuple[int, str] | None = None
        self.steps: list[MarkedStep] = []
        self.findings: list[Finding] = []

    def through(self, until: int) -> Walk:
        """Take every event up to a day."""
        before = 0
        for index, event in enumerate(self.case.events):
            if event.on > until:
                break
            self.index = index
            if event.on < before:
                self._impossible(event, "早于前一个事件", "不早于前一个事件的日子")
            before = event.on
            self._take(event)
        return self

    @property
    def stopped(self) -> bool:
        """Whether the applicant is awaited: for a correction lawfully asked for, or for a payment."""
        correction = self.awaiting_correction
        return self.awaiting_payment is not None or (correction is not None and correction[1])

    def due(self, as_of: int) -> Counted | None:
        """The due day as it stands on a day; None while nothing runs."""
        if self.received is None or self.terms is None or self.stopped:
            return None
        if self.own_due is not None:
            return Counted(self.own_due, False)
        number = self.terms.reply + self.extension
        if not self.pauses and not self.open:
            return _nth(self.calendar, self.zero, number)
        spans = [*self.pauses, *((since, as_of) for _, _, since, _, _ in self.open)]
        return self.calendar.nth(self.zero, number, _disjoint(spans))

    def _take(self, event: Event) -> None:
        kind = event.kind
        if self.closed_on is not None:
            if CLOSED not in STEPS[kind].before or kind == "withdrawn":
                self._impossible(event, "办结以后不能再有这一事件", "reclassified、reopened、archived")
        elif self.received is None:
            if kind == RECEIPT_EVENT[self.case.channel][0]:
                self._receive(event)
                return
            if kind not in ("submitted", "withdrawn"):
                self._impossible(event, "收到申请以前不能有这一事件", f"先有{RECEIPT_EVENT[self.case.channel][0]}")
        elif OPEN not in STEPS[kind].before:
            self._impossible(event, "此时不能有这一事件", "与办理顺序相符的事件")
        handler = _HANDLERS.get(kind)
        if handler is not None:
            handler(self, event)

    def _impossible(self, event: Event, wrong: str, valid: str = "") -> None:
        raise InputRefused(InputFault(f"{self.place}第{self.index + 1}个事件 {event.kind}", wrong, valid))

    def _unlawful(self, code: str, article: str, facts: dict[str, object]) -> None:
        where = CasePlace(self.case.number, self.index)
        self.findings.append(Finding(code, "error", where, facts, f"条例第{article}条"))

    def _mark(self, on: int, kind: str, days: int | None = None, article: str | None = None) -> None:
        step = STEPS[kind]
        self.steps.append((on, step.effect or "receipt", step.article if article is None else article, days))

    def _receive(self, event: Event) -> None:
        if event.kind == "submitted":
            self.submitted = event.on
        self.received = self.zero = event.on
        self.terms = terms_on(event.on, self.parameters)
        self.steps.append((event.on, "receipt", RECEIPT_EVENT[self.case.channel][1], self.terms.reply))

    def _submit(self, event: Event) -> None:
        if self.submitted is not None:
            self._impossible(event, "已经提交过", "一件申请只提交一次")
        self.submitted = event.on

    def _restart(self, event: Event) -> None:
        assert self.terms is not None  # noqa: S101  (the caller has seen the receipt)
        self.zero, self.extension, self.own_due = event.on, 0, None
        self.pauses.clear()
        self._mark(event.on, event.kind, self.terms.reply)

    def _request_correction(self, event: Event) -> None:
        assert self.terms is not None and self.received is not None  # noqa: S101
        self.corrections += 1
        last = _nth(self.calendar, self.received, self.terms.correction)
        second, late = self.corrections > 1, event.on > last.on and not last.provisional
        if second or late:
            facts: dict[str, object] = {"second": second, "last_day": _iso(last.on)}
            self._unlawful("clock.correction", "30", facts)
        if self.awaiting_correction is None:
            self.awaiting_correction = (event.day("deadline_on") or 0, not (second or late))
        if not (second or late):
            self._mark(event.on, event.kind)

    def _receive_correction(self, event: Event) -> None:
        if self.awaiting_correction is None:
            self._impossible(event, "没有待补正的告知", "先有 correction_requested")
        elif self.awaiting_correction[1]:
            self._restart(event)
        self.awaiting_correction = None

    def _lapse_correction(self, event: Event) -> None:
        if self.awaiting_correction is None:
            self._impossible(event, "没有待补正的告知", "先有 correction_requested")
        elif event.on <= self.awaiting_correction[0]:
            self._impossible(event, "补正期限未过", f"{_iso(self.awaiting_correction[0])}以后")
        self._close(event)

    def _consult(self, event: Event) -> None:
        family = event.kind.removesuffix("_consulted")
        who = event.text("party" if family == "third_party" else "agency")
        self.open.append((family, who, event.on, event.day("received_on") or event.on, self.index))
        self._mark(event.on, event.kind)

    def _end_consultation(self, event: Event) -> None:
        family, _, how = event.kind.rpartition("_")
        who = event.text("party" if family == "third_party" else "agency")
        found = next((each for each in self.open if each[0] == family and each[1] == who), None)
        if found is None:
            self._impossible(event, f"没有正在征求“{who}”的意见", "先有征求意见的事件")
            return
        self.open.remove(found)
        _, _, since, arrived, _ = found
        end = event.on
        if how == "lapsed":
            assert self.terms is not None  # noqa: S101
            number = self.terms.third_party if family == "third_party" else self.terms.joint_agency
            last = _nth(self.calendar, arrived, number)
            if event.on <= last.on and not last.provisional:
                self._impossible(event, "征求意见的期限未过", f"{_iso(last.on)}以后")
            end = min(last.on, event.on)
        self.pauses.append((since, end))
        self._mark(end, event.kind, self.calendar.count(since, end))

    def _extend(self, event: Event) -> None:
        assert self.terms is not None  # noqa: S101
        days = event.fields["workdays"]
        if not isinstance(days, int) or days > self.terms.extension:
            self._impossible(event, f"延长{days}个工作日", f"1至{self.terms.extension}个工作日")
            return
        due = self.due(event.on)
        facts: dict[str, object] = {
            "second": self.extension > 0,
            "unapproved": not event.text("approved_by").strip(),
            "after_due": due is not None and not due.provisional and event.on > due.on,
        }
        if any(facts.values()):
            self._unlawful("clock.extension", "33", facts)
            return
        self.extension = days
        self._mark(event.on, event.kind, days)

    def _delay(self, event: Event) -> None:
        self.own_due = event.day("due_on")
        self._mark(event.on, event.kind)

    def _notify_fee(self, event: Event) -> None:
        self.awaiting_payment = event.day("received_on") or event.on
        self._mark(event.on, event.kind)

    def _pay(self, event: Event) -> None:
        if self.awaiting_payment is None:
            self._impossible(event, "没有待缴的费用", "先有 fee_notified")
        self.awaiting_payment = None
        self._restart(event)

    def _lapse_fee(self, event: Event) -> None:
        assert self.terms is not None  # noqa: S101
        if self.awaiting_payment is None:
            self._impossible(event, "没有待缴的费用", "先有 fee_notified")
        elif event.on <= self.awaiting_payment + self.terms.payment:
            self._impossible(event, "缴费期限未过", f"{_iso(self.awaiting_payment + self.terms.payment)}以后")
        self._close(event)

    def _close(self, event: Event) -> None:
        due = self.due_at_closing = self.due(event.on)
        self.closed_on = event.on
        self.late = event.kind == "replied" and due is not None and not due.provisional and event.on > due.on
        if self.late and due is not None:
            self._unlawful("clock.late", "33", {"due_on": _iso(due.on), "replied_on": _iso(event.on)})
        if self.conclusion is None:
            outcome = STEPS[event.kind].outcome
            self.conclusion = (event.on, outcome if outcome is not None else event.text("outcome"))
        for _, who, _, _, index in self.open:
            where = CasePlace(self.case.number, index)
            cite = "条例第32条、第33条、第34条"
            self.findings.append(Finding("clock.consultation_open", "warning", where, {"with": who}, cite))
        self._mark(event.on, event.kind)

    def _reclassify(self, event: Event) -> None:
        # After a reopening it speaks of the second conclusion, which is in no figure.
        if self.conclusion is not None and not self.reopened:
            self.conclusion = (self.conclusion[0], event.text("outcome"))

    def _reopen(self, event: Event) -> None:
        if self.received is None:
            self._impossible(event, "从未收到的申请不能重新办理", "先有收到的事件")
        self.closed_on, self.due_at_closing, self.late, self.reopened = None, None, False, True
        self.awaiting_correction = self.awaiting_payment = None
        self.pauses.clear()
        self.open.clear()
        self.zero, self.extension, self.own_due = event.on, 0, event.day("due_on")
        self._mark(event.on, event.kind)


_HANDLERS: dict[str, Callable[[Walk, Event], None]] = {
    "submitted": Walk._submit,
    "correction_requested": Walk._request_correction,
    "correction_received": Walk._receive_correction,
    "correction_lapsed": Walk._lapse_correction,
    "extended": Walk._extend,
    "delayed": Walk._delay,
    "fee_notified": Walk._notify_fee,
    "fee_paid": Walk._pay,
    "fee_lapsed": Walk._lapse_fee,
    "replied": Walk._close,
    "withdrawn": Walk._close,
    "reclassified": Walk._reclassify,
    "reopened": Walk._reopen,
}
for _family in ("third_party", "joint_agency", "other_agency"):
    _HANDLERS[f"{_family}_consulted"] = Walk._consult
    _HANDLERS[f"{_family}_replied"] = _HANDLERS[f"{_family}_lapsed"] = Walk._end_consultation


def _disjoint(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, overlapping ones joined: a day is excluded once."""
    spans.sort()
    joined = [spans[0]]
    for start, end in spans[1:]:
        last_start, last_end = joined[-1]
        if start <= last_end:
            joined[-1] = (last_start, max(last_end, end))
        else:
            joined.append((start, end))
    return joined


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()
