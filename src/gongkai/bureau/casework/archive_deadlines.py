"""The derivation of every deadline of a case, for its file: what the clock said on each day that something happened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from gongkai.statute.calendars import Calendar
from gongkai.statute.cases.exchange import Case
from gongkai.statute.cases.words import ACTS
from gongkai.statute.clock import ClockReading, read_clock
from gongkai.statute.clock.wording import day_in_words, derivation
from gongkai.statute.parameters import value
from gongkai.statute.wording import sentence

_OWN_DAYS: Mapping[str, tuple[str, str]] = {
    "deadline_on": ("申请人的期限", "deadline_on"),
    "due_on": ("另定的届满日", "due_on"),
}
_CONSULTED: Mapping[str, str] = {
    "third_party_consulted": "third_party_days",
    "joint_agency_consulted": "joint_agency_days",
}


def deadlines(case: Case, calendar: Calendar) -> tuple[dict[str, Any], str]:
    """The deadlines as an object and as Chinese text: each period's due day with its derivation, and the others."""
    days = sorted({event.on for event in case.events})
    readings = [(day, read_clock(case, calendar, day)) for day in days]
    told = [(day, reading, derivation(case, calendar, date.fromordinal(day)).lines) for day, reading in readings]
    others = list(_others(case, calendar, readings[-1][1]))
    found = {
        "number": case.number,
        "readings": [
            {"as_of": _iso(day), "reading": reading.as_json(sentence), "derivation": list(lines)}
            for day, reading, lines in told
        ],
        "others": others,
        "calendar": _calendar(calendar, days[0], readings),
    }
    return found, _text(case, told, others)


def _others(case: Case, calendar: Calendar, last: ClockReading) -> Iterator[dict[str, Any]]:
    """Deadlines besides the reply's: of the correction notice, of the applicant, of those who were consulted."""
    if last.received_on is not None:
        term = value("correction_request_days", date.fromordinal(last.received_on))
        yield {
            "what": term.label, "on": _iso(calendar.nth(last.received_on, term.number).on),
            "article": f"{term.instrument}{term.article}", "how": f"收到之日的次日起第{term.number}个{term.unit}",
        }  # fmt: skip
    for index, event in enumerate(case.events):
        for name, (what, _) in _OWN_DAYS.items():
            day = event.day(name)
            if day is not None:
                yield {
                    "what": f"{ACTS[event.kind]}：{what}",
                    "on": _iso(day),
                    "event": index + 1,
                    "how": "文书写明的日子",
                }
        if event.kind in _CONSULTED:
            term = value(_CONSULTED[event.kind], date.fromordinal(event.on))
            arrived = event.day("received_on") or event.on
            yield {
                "what": f"{term.label}（“{event.text('party') or event.text('agency')}”）", "event": index + 1,
                "on": _iso(calendar.nth(arrived, term.number).on), "article": f"{term.instrument}{term.article}",
                "how": f"征求意见书到达次日起第{term.number}个{term.unit}",
            }  # fmt: skip


def _calendar(calendar: Calendar, first: int, readings: list[tuple[int, ClockReading]]) -> dict[str, Any]:
    """What the calendar says otherwise than Monday to Friday, over the days that the case touched."""
    last = max(max(day, reading.due_on or reading.not_before or day) for day, reading in readings)
    span = [date.fromordinal(day) for day in range(first, last + 1)]
    return {
        "source": "国务院办公厅放假调休通知；不在下列的，周一至周五为工作日",
        "off": [day.isoformat() for day in span if day.weekday() < 5 and not calendar.works(day.toordinal())],
        "worked": [day.isoformat() for day in span if day.weekday() >= 5 and calendar.works(day.toordinal())],
        "notices": [
            {"day": each.day.isoformat(), "worked": each.worked, "instrument": each.instrument}
            for each in calendar.notices
            if span[0] <= each.day <= span[-1] and not each.completes_year
        ],
        "unpublished": sorted({day.year for day in span} - calendar.published_years),
    }


def _text(case: Case, told: list[tuple[int, ClockReading, tuple[str, ...]]], others: list[dict[str, Any]]) -> str:
    lines = [f"申请{case.number}的期限及其算法", ""]
    shown: tuple[str, ...] = ()
    for day, _, derived in told:
        if derived != shown:
            lines += [f"截至{day_in_words(day)}", *(f"  {each}" for each in derived), ""]
        shown = derived
    if others:
        lines.append("其他期限")
    for each in others:
        until = day_in_words(date.fromisoformat(each["on"]).toordinal())
        source = f"，{each['article']}" if each.get("article") else ""
        lines.append(f"  {each['what']}：{until}（{each['how']}{source}）。")
    return "\n".join(lines) + "\n"


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()
