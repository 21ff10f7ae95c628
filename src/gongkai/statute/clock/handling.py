"""How long a reply took: the working days of the period that ran, without those that a pause left out (条例第33条)."""

from __future__ import annotations

from gongkai.statute.calendars import Calendar
from gongkai.statute.cases.exchange import Case
from gongkai.statute.cases.steps import STEPS
from gongkai.statute.clock.account import left_out
from gongkai.statute.clock.walk import Walk

PLAIN = frozenset(
    act
    for act, step in STEPS.items()
    if step.effect not in ("stop", "restart", "pause", "resume") and (step.effect != "close" or act == "replied")
)
"""Events that neither stop, restart nor pause the clock, nor end a case otherwise than by a reply: where there are no
others, the handling days are the working days after the receipt day until the reply, and nobody need replay the case.
"""


def handling_days(case: Case, calendar: Calendar) -> int | None:
    """Working days after day zero until the first reply, less those that a consultation left out.

    Day zero is the day of receipt, or that of the correction or payment from which the period ran anew (第30条、国办函
    〔2020〕109号). None where the first conclusion is no reply, or where the clock stood when it came.
    """
    end = next((place for place, event in enumerate(case.events) if STEPS[event.kind].effect == "close"), None)
    if end is None or case.events[end].kind != "replied":
        return None
    replied = case.events[end].on
    walk = Walk(case._replace(events=case.events[: end + 1]), calendar, None, "").through(replied)
    if walk.received is None or walk.stopped:
        return None
    return calendar.count(walk.zero, replied) - left_out(walk, walk.spans(replied), replied)
