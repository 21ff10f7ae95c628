"""The case exchange format: one JSON object to a case with every fault named, and back."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from gongkai.statute.cases.steps import APPLICANT_KINDS, BASES, CHANNELS, REOPENING_CAUSES, STEPS, WAYS
from gongkai.statute.primitives import InputFault, InputRefused
from gongkai.statute.report.cells import outcome_rows
from gongkai.statute.report.form import CODES, load

FIRST_DAY = date(2008, 5, 1).toordinal()
"""The day from which there are requests at all: 政府信息公开条例（国务院令第492号）施行."""
IDENTITY = ("name", "id_number", "contact")
OUTCOMES = frozenset(row for code in CODES for row in outcome_rows(load(code)))


class Event(NamedTuple):
    """What happened on a day (an ordinal); `fields` as exchanged, days as ISO text. The clock reads them by `day`."""

    kind: str
    on: int
    fields: Mapping[str, object]

    def day(self, name: str) -> int | None:
        """A day among the fields, as an ordinal."""
        text = self.fields.get(name)
        return None if text is None else ordinal(text)

    def text(self, name: str) -> str:
        """A field of text; empty where there is none."""
        return str(self.fields.get(name) or "")


class Case(NamedTuple):
    """One request. `identity`: name, id_number, contact."""

    number: str
    agency: str
    applicant_kind: str
    identity: tuple[str | None, str | None, str | None]
    subject: str
    channel: str
    events: tuple[Event, ...]


@lru_cache(maxsize=65536)
def _ordinal(text: str) -> int | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    # Beyond the year 2999 a day is a slip of the pen, and reckoning from it could leave the range of dates.
    return day.toordinal() if day.isoformat() == text and day.year < 3000 else None


def ordinal(value: object) -> int | None:
    """The ordinal of an ISO day (YYYY-MM-DD), None where the value is none."""
    return _ordinal(value) if type(value) is str else None


def _one_of(words: Sequence[str] | frozenset[str]) -> tuple[Callable[[object], bool], str]:
    allowed = frozenset(words)
    return (lambda value: type(value) is str and value in allowed), "、".join(sorted(words))


_MONEY = re.compile(r"[0-9]{1,12}(\.[0-9]{1,2})?")
_CHECKS: Mapping[str, tuple[Callable[[object], bool], str]] = {
    "day": (lambda value: ordinal(value) is not None, "日期，如 2020-09-25"),
    "text": (lambda value: type(value) is str and value.strip() != "", "非空文字"),
    "name": (lambda value: type(value) is str, "文字"),
    "flag": (lambda value: type(value) is bool, "true 或 false"),
    "count": (lambda value: type(value) is int and value >= 1, "正整数"),
    "money": (lambda value: type(value) is str and _MONEY.fullmatch(value) is not None, '金额（元），如 "380.00"'),
    "basis": _one_of(BASES),
    "way": _one_of(WAYS),
    "cause": _one_of(REOPENING_CAUSES),
    "outcome": _one_of(OUTCOMES),
}
_NEVER_EARLIER = ("deadline_on", "received_on", "due_on", "delivered_on")
_CASE_FIELDS = ("number", "agency", "applicant", "subject", "channel", "events")


def parse(given: object, place: str = "") -> Case:
    """One exchanged object as a case. Raises InputRefused with every fault; `place` (file and line) begins each."""
    faults: list[InputFault] = []

    def fault(where: str, wrong: str, valid: str = "") -> None:
        faults.append(InputFault(f"{place}{where}", wrong, valid))

    if not isinstance(given, dict):
        raise InputRefused(InputFault(place or "申请", "不是一个 JSON 对象", "一件申请的对象"))
    _names(given, _CASE_FIELDS, _CASE_FIELDS, "", fault)
    for name in ("number", "agency", "subject"):
        text = given.get(name)
        if name in given and (type(text) is not str or (name != "subject" and not text.strip())):
            fault(name, "不是文字", "文字" if name == "subject" else "非空文字")
    channel = given.get("channel")
    if "channel" in given and (type(channel) is not str or channel not in CHANNELS):
        fault("channel", f"不认识“{channel}”", "、".join(CHANNELS))
    applicant = _applicant(given.get("applicant"), fault) if "applicant" in given else {}
    events = tuple(_events(given["events"], fault)) if "events" in given else ()
    if faults:
        raise InputRefused(*faults)
    known_as, id_number, contact = applicant.get("name"), applicant.get("id_number"), applicant.get("contact")
    return Case(
        given["number"], given["agency"], str(applicant["kind"]), (known_as, id_number, contact), given["subject"],
        str(channel), events,
    )  # fmt: skip


Fault = Callable[[str, str, str], None]


def _names(given: Mapping[str, object], needed: Sequence[str], known: Sequence[str], at: str, fault: Fault) -> None:
    for name in given:
        if name not in known:
            fault(f"{at}{name}", "不认识的字段", "、".join(known))
    for name in needed:
        if name not in given:
            fault(f"{at}{name}", "缺少字段", "")


def _applicant(given: object, fault: Fault) -> Mapping[str, str | None]:
    if not isinstance(given, dict):
        fault("applicant", "不是一个对象", "含 kind 的对象")
        return {}
    _names(given, ("kind",), ("kind", *IDENTITY), "applicant.", fault)
    kind = given.get("kind")
    if "kind" in given and (type(kind) is not str or kind not in APPLICANT_KINDS):
        fault("applicant.kind", f"不认识“{kind}”", "、".join(APPLICANT_KINDS))
    for name in IDENTITY:
        if given.get(name) is not None and type(given[name]) is not str:
            fault(f"applicant.{name}", "不是文字", "文字或 null")
    return given


class _Field(NamedTuple):
    """How one field of an event is checked."""

    name: str
    check: Callable[[object], bool]
    valid: str
    optional: bool
    never_earlier: bool


_FIELDS: Mapping[str, tuple[_Field, ...]] = {
    act: tuple(
        _Field(name, *_CHECKS[kind], name in step.optional, name in _NEVER_EARLIER)
        for name, kind in step.fields.items()
    )
    for act, step in STEPS.items()
}


def _events(given: object, fault: Fault) -> Iterator[Event]:
    if not isinstance(given, list) or not given:
        fault("events", "没有事件", "至少一个事件的数组")
        return
    for index, each in enumerate(given):
        if not isinstance(each, dict):
            fault(f"第{index + 1}个事件", "不是一个对象", "含 kind 和 on 的对象")
            continue
        kind, text = each.get("kind"), each.get("on")
        on = _ordinal(text) if type(text) is str else None
        if on is None:
            fault(f"第{index + 1}个事件 on", f"“{text}”不是日期", "日期，如 2020-09-25")
        elif on < FIRST_DAY:
            fault(f"第{index + 1}个事件 on", f"“{text}”早于条例施行之日", "2008-05-01或者以后")
            on = None
        fields = _FIELDS.get(kind) if type(kind) is str else None
        if fields is None:
            fault(f"第{index + 1}个事件 kind", f"不认识“{kind}”", "、".join(STEPS))
        elif ((not fields and len(each) == 2) or _fields_fit(each, fields, on or 0, index, fault)) and on is not None:
            yield Event(str(kind), on, each)


def _fields_fit(given: Mapping[str, object], fields: tuple[_Field, ...], on: int, index: int, fault: Fault) -> bool:
    fits, known = True, 2
    for name, check, valid, optional, never_earlier in fields:
        if name not in given:
            if not optional:
                fault(f"第{index + 1}个事件 {name}", "缺少字段", valid)
                fits = False
            continue
        known += 1
        value = given[name]
        if value is None and optional:
            continue
        if not check(value):
            fault(f"第{index + 1}个事件 {name}", f"“{value}”不能用", valid)
            fits = False
        elif never_earlier and (ordinal(value) or 0) < on:
            fault(f"第{index + 1}个事件 {name}", f"“{value}”早于事件当日", "事件当日或者以后")
            fits = False
    if len(given) != known:
        names = ("kind", "on", *(field.name for field in fields))
        for name in given:
            if name not in names:
                fault(f"第{index + 1}个事件 {name}", "不认识的字段", "、".join(names))
                fits = False
    return fits


def to_json(case: Case, *, with_identities: bool = False) -> dict[str, object]:
    """The exchanged object; the identity fields are null unless asked for."""
    shown = case.identity if with_identities else (None, None, None)
    return {
        "number": case.number,
        "agency": case.agency,
        "applicant": {"kind": case.applicant_kind, **dict(zip(IDENTITY, shown, strict=True))},
        "subject": case.subject,
        "channel": case.channel,
        "events": [dict(event.fields) for event in case.events],
    }


def read_lines(
    lines: Iterator[bytes], loads: Callable[[bytes], object], file: str = ""
) -> Iterator[tuple[str, Case | InputRefused]]:
    """Each line that is not blank, with its place (file and line): a case, or all that is wrong with the line.

    loads: a parser of JSON bytes; what it raises on broken JSON must be a ValueError.
    """
    for number, line in enumerate(lines, 1):
        if number == 1:
            line = line.removeprefix(codecs.BOM_UTF8)  # as Windows editors save UTF-8
        if not line.strip():
            continue
        place = f"{file} 第{number}行 ".lstrip()
        try:
            given = loads(line)
        except (ValueError, RecursionError):
            yield place, InputRefused(InputFault(place.strip(), "不是完整的 JSON（UTF-8）", "一行一个 JSON 对象"))
            continue
        try:
            yield place, parse(given, place)
        except InputRefused as refused:
            yield place, refused


def parse_lines(data: bytes, file: str = "") -> tuple[Case, ...]:
    """A whole file of cases, parsed with the standard library; raises InputRefused with the faults of every line."""
    cases: list[Case] = []
    faults: list[InputFault] = []
    for _, case in read_lines(iter(data.split(b"\n")), json.loads, file):
        if isinstance(case, InputRefused):
            faults.extend(case.faults)
        else:
            cases.append(case)
    if faults:
        raise InputRefused(*faults)
    return tuple(cases)
