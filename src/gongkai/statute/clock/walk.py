"""The events of a case in order, each with its effect on the clock. Days are ordinals throughout.

What is impossible is refused (InputRefused); what is unlawful but happened is a finding and has no effect.
What the contract leaves open is decided in docs/decisions/0004-clock-choices.md.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache

from gongkai.statute.calendars import Calendar, Counted, disjoint
from gongkai.statute.cases.exchange import Case, Event
from gongkai.statute.cases.steps import CLOSED, OPEN, RECEIPT_EVENT, STEPS
from gongkai.statute.clock.articles import cite
from gongkai.statute.clock.terms import Terms, terms_on
from gongkai.statute.parameters import Parameters
from gongkai.statute.primitives import CasePlace, Finding, InputFault, InputRefused

MarkedStep = tuple[int, str, str, int | None, int]
"""day, effect, article, days, event."""


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
        self.pauses: list[tuple[int, int, int]] = []  # since, until, event that began it
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
        return self.calendar.nth(self.zero, number, disjoint((since, end) for since, end, _ in self.spans(as_of)))

    def spans(self, as_of: int) -> list[tuple[int, int, int]]:
        """Every pause of the period: since, until, event that began it; an open one runs to the day given."""
        return [*self.pauses, *((since, as_of, index) for _, _, since, _, index in self.open)]

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
        """`article`: of the regulation of 2019; one that governs an earlier case takes its place."""
        where = CasePlace(self.case.number, self.index)
        governing = self.terms.articles.get(code, article) if self.terms is not None else article
        self.findings.append(Finding(code, "error", where, facts, cite(governing)))

    def _mark(self, on: int, kind: str, days: int | None = None) -> None:
        step = STEPS[kind]
        article = self.terms.articles.get(kind, step.article) if self.terms is not None else step.article
        self.steps.append((on, step.effect or "receipt", article, days, self.index))

    def _receive(self, event: Event) -> None:
        if event.kind == "submitted":
            self.submitted = event.on
        self.received = self.zero = event.on
        try:
            self.terms = terms_on(event.on, self.parameters)
        except InputRefused:
            self._impossible(event, "条例施行以前收到，没有答复期限", "2008-05-01以后的日子")
            return
        kind, article = RECEIPT_EVENT[self.case.channel]
        article = self.terms.articles.get(kind, article)
        self.steps.append((event.on, "receipt", article, self.terms.reply, self.index))

    def _submit(self, event: Event) -> None:
        if self.submitted is not None:
            self._impossible(event, "已经提交过", "一件申请只提交一次")
        self.submitted = event.on

    def _restart(self, event: Event) -> None:
        assert self.terms is not None  # noqa: S101  (the caller has seen the receipt)
        self.zero, self.extension = event.on, 0
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
        _, _, since, arrived, began = found
        end = event.on
        if how == "lapsed":
            assert self.terms is not None  # noqa: S101
            number = self.terms.third_party if family == "third_party" else self.terms.joint_agency
            last = _nth(self.calendar, arrived, number)
            # In a year without a calendar only this is certain: as many working days are at least as many days.
            passed = arrived + number if last.provisional else last.on
            if event.on <= passed:
                self._impossible(event, "征求意见的期限未过", f"{_iso(passed)}以后")
            end = min(last.on, event.on)
        self.pauses.append((since, end, began))
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
            article = STEPS[self.case.events[index].kind].article
            if self.terms is not None:
                article = self.terms.articles.get(self.case.events[index].kind, article)
            self.findings.append(Finding("clock.consultation_open", "warning", where, {"with": who}, cite(article)))
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


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()
