"""A case entered event by event: the columns of the form, from the table of steps, and back to the exchange object.

Each act has at most one field of a kind, so five columns hold them all: another day, a party or person, a number,
an outcome. What an act does not have is left out, whatever stands in its column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.http import HttpRequest

from gongkai.statute.cases import STEPS
from gongkai.statute.cases.words import ACTS, CHANNELS, FIELDS
from gongkai.statute.report.form import load

FIRST_ROWS, MORE_ROWS, MOST_ROWS = 4, 4, 40
COLUMN = {"day": "day", "text": "who", "name": "who", "count": "number", "money": "number", "outcome": "outcome"}
FILLED = {"basis": "pages", "flag": True, "cause": "own_motion", "way": None}
"""What the clock does not depend on is filled in, so that nobody is asked for it."""
HIDDEN = {"reclassified", "archived"}
"""Acts without effect on the clock."""


@dataclass(frozen=True, slots=True)
class EventRow:
    """One line as entered, nothing lost when it is refused."""

    number: int
    act: str
    on: str
    day: str
    who: str
    count: str
    outcome: str

    @property
    def is_blank(self) -> bool:
        return not (self.act or self.on)


@dataclass(frozen=True, slots=True)
class ActChoice:
    """An act with what it needs beyond its day, in words."""

    act: str
    word: str
    needs: str


def acts() -> tuple[ActChoice, ...]:
    return tuple(ActChoice(act, ACTS[act], "、".join(_needed(act))) for act in STEPS if act not in HIDDEN)


def in_words(fault: str) -> str:
    """A fault of the exchange format in the words of the form: the form never showed the format's own names."""
    words = {"on": "日子", "kind": "发生的事", **FIELDS, **CHANNELS, **ACTS, **dict(outcomes())}

    def word(found: re.Match[str]) -> str:
        return f"“{words[found[1]]}”" if found[1] in words else found[0]

    return re.sub(r" ?([a-z]+(?:[._][a-z]+)*)", word, fault).replace("缺少字段", "没有填写")


def _needed(act: str) -> Iterator[str]:
    step = STEPS[act]
    for name, kind in step.fields.items():
        if kind in COLUMN and name not in {"delivered_on", "responsible_agency"}:
            yield FIELDS[name] + ("（可不填）" if name in step.optional and name != "approved_by" else "")


def outcomes() -> tuple[tuple[str, str], ...]:
    """The outcome rows of the form in force, as printed."""
    rows = load("2021").tables["requests"].rows
    left_out = {"new", "carried_in", "concluded", "carried_out"}
    return tuple((row.code, row.label) for row in rows if row.code not in left_out)


def channels() -> tuple[tuple[str, str], ...]:
    return tuple(CHANNELS.items())


def entered_rows(request: HttpRequest) -> tuple[EventRow, ...]:
    """The rows as posted, and blank ones to fill."""
    count = request.POST.get("rows", "")
    wanted = int(count) if count.isascii() and count.isdecimal() and len(count) < 4 else FIRST_ROWS
    if "more" in request.POST:
        wanted += MORE_ROWS

    def field(name: str, number: int) -> str:
        return request.POST.get(f"{name}-{number}", "").strip()

    return tuple(
        EventRow(
            number,
            field("act", number),
            field("on", number),
            field("day", number),
            field("who", number),
            field("count", number),
            field("outcome", number),
        )
        for number in range(min(wanted, MOST_ROWS))
    )


def case_of(channel: str, number: str, agency: str, rows: tuple[EventRow, ...]) -> Mapping[str, object]:
    """The exchange object of what was entered; whether it is lawful is for the statute to say."""
    return {
        "number": number or "（未编号）",
        "agency": agency or "—",
        "applicant": {"kind": "natural_person"},
        "subject": "",
        "channel": channel,
        "events": [_event(row) for row in rows if not row.is_blank],
    }


def _event(row: EventRow) -> Mapping[str, object]:
    event: dict[str, object] = {"kind": row.act, "on": row.on}
    step = STEPS.get(row.act)
    if step is None:
        return event
    values: Mapping[str, object] = {
        "day": row.day,
        "who": row.who,
        "number": int(row.count) if row.count.isascii() and row.count.isdecimal() else row.count,
        "outcome": row.outcome,
    }
    for name, kind in step.fields.items():
        value = values[COLUMN[kind]] if kind in COLUMN else FILLED.get(kind)
        if kind == "money":
            value = row.count
        if value not in ("", None):
            event[name] = value
    return event
