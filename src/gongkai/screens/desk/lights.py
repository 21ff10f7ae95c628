"""A request's light in a list: where it stands, until when, how many working days are left."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.statute.calendars import Calendar
from gongkai.statute.clock import ClockReading
from gongkai.statute.clock.wording import PHASES, day_in_words

SOON = 5
"""Working days before the due day from which a request is shown as soon due; a choice of the house, no rule."""


@dataclass(frozen=True, slots=True)
class Light:
    """`kind` colours the badge, `word` stands in it; `due` the day as printed, `left` how far off it is."""

    kind: str
    word: str
    due: str = ""
    left: str = ""


def light(reading: ClockReading, calendar: Calendar, today: int) -> Light:
    word = PHASES[reading.phase]
    if reading.phase in ("closed", "closed_late"):
        return Light("error" if reading.phase == "closed_late" else "done", word)
    if reading.phase == "awaiting_receipt":
        late = any(each.code == "clock.unconfirmed" for each in reading.findings)
        return Light("soon", "待确认，已超时" if late else word)
    if reading.due_on is None:
        due = f"不早于{day_in_words(reading.not_before)}" if reading.not_before else ""
        return Light("note", word, due, "暂定" if due else "")
    due = day_in_words(reading.due_on)
    if reading.due_on < today:
        days = calendar.count(reading.due_on, today)
        return Light("error", "逾期", due, f"已过 {days} 个工作日" if days else "已过")
    days = calendar.count(today, reading.due_on)
    left = f"还剩 {days} 个工作日" if days else "今日到期" if reading.due_on == today else "到期前没有工作日"
    return Light("soon" if days <= SOON else "note", "即将到期" if days <= SOON else word, due, left)
