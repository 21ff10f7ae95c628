"""Whether a policy was interpreted in time (国办发〔2016〕80号): each its state, its last day and why none is owed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.statute.calendars import Calendar
from gongkai.statute.parameters import Parameters, statutory

STATES = {"done": "已解读", "owed": "待解读", "late": "逾期未解读", "needless": "不解读", "before": "—"}


@dataclass(frozen=True, slots=True)
class Reading:
    """`state`: a key of STATES; `before`: public before there was such a rule. `due`: the last day, None where none."""

    state: str
    due: date | None = None
    late: int = 0

    @property
    def word(self) -> str:
        return STATES[self.state]


def reading(
    published_on: date, read_on: date | None, needless: bool, today: date, calendar: Calendar,
    parameters: Parameters | None = None,
) -> Reading:  # fmt: skip
    """`read_on`: when its first interpretation was public; `late` in working days, up to today where there is none."""
    values = parameters or statutory()
    if needless:
        return Reading("needless")
    if published_on < values.histories["interpretation_days"][0].since:
        return Reading("done" if read_on else "before")
    due = calendar.nth(published_on.toordinal(), values.value("interpretation_days", published_on).number).on
    until = (read_on or today).toordinal()
    late = calendar.count(due, until) if until > due else 0
    state = "done" if read_on else "late" if until > due else "owed"
    return Reading(state, date.fromordinal(due), late)
