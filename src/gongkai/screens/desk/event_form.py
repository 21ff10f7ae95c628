"""The form of one event of a request: the fields that the table of steps gives its act, and back to the exchange."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from gongkai.screens.desk import forms
from gongkai.screens.desk.ledger_words import BASES, CAUSES, FIELDS, WAYS, outcome_groups
from gongkai.statute.cases.steps import Step
from gongkai.statute.clock import Offer
from gongkai.statute.primitives import InputFault, InputRefused

FLAGS = {"yes": "同意", "no": "不同意"}
HINTS = {
    "workdays": "至多20个工作日（条例第33条第2款）。",
    "approved_by": "延长须经政府信息公开工作机构负责人同意（条例第33条第2款）。",
    "received_on": "没有另行送达的不填，按登记之日计。",
    "amount": "如 380.00。",
}
_VALID = {"day": "日期", "text": "名称", "name": "姓名", "count": "正整数", "money": "金额，如 380.00"}
SEEN_TO = frozenset({"approved_by"})
"""Optional in the exchange, for history; an act taken today needs it."""


@dataclass(frozen=True, slots=True)
class EventField:
    """`options` are (value, word); `groups` are options under headings; neither: an input of that type."""

    name: str
    label: str
    kind: str
    value: str
    required: bool
    hint: str
    error: str = ""
    options: Sequence[tuple[str, str]] = ()
    groups: Sequence[tuple[str, Sequence[tuple[str, str]]]] = ()


def event_fields(offer: Offer, entered: Mapping[str, str], wrong: Mapping[str, str]) -> tuple[EventField, ...]:
    """The fields beyond the day and the evidence, with what was entered and what is wrong with it."""
    return tuple(
        EventField(
            name,
            FIELDS[name],
            kind,
            entered.get(name, ""),
            _required(offer.step, name),
            HINTS.get(name, ""),
            wrong.get(name, ""),
            _options(offer, name, kind),
            outcome_groups() if kind == "outcome" else (),
        )
        for name, kind in offer.step.fields.items()
    )


def _required(step: Step, name: str) -> bool:
    return name not in step.optional or name in SEEN_TO


def _options(offer: Offer, name: str, kind: str) -> tuple[tuple[str, str], ...]:
    if offer.among and name in ("party", "agency"):
        return tuple((each, each) for each in offer.among)
    words = {"basis": BASES, "way": WAYS, "cause": CAUSES, "flag": FLAGS}.get(kind, {})
    return tuple(words.items())


def event_of(request: HttpRequest, step: Step) -> dict[str, object]:
    """The exchanged event as posted. Raises InputRefused with every field that is missing."""
    faults: list[InputFault] = []
    on = forms.text(request, "on")
    if not on:
        faults.append(InputFault("on", "没有填写", "这件事发生的日子"))
    event: dict[str, object] = {"kind": step.act, "on": on}
    for name, kind in step.fields.items():
        text = forms.text(request, name)
        if text:
            event[name] = _value(kind, text)
        elif _required(step, name):
            faults.append(InputFault(name, "没有填写", _VALID.get(kind, "所列的一项")))
    evidence = forms.text(request, "evidence")
    if not evidence:
        faults.append(InputFault("依据", "没有填写", "文书名称、文号或所在卷宗"))
    elif len(evidence) > forms.LONGEST_EVIDENCE:
        faults.append(InputFault("依据", f"有{len(evidence)}个字", f"不超过{forms.LONGEST_EVIDENCE}个字"))
    if faults:
        raise InputRefused(*faults)
    return event


def _value(kind: str, text: str) -> object:
    if kind == "flag":
        return {"yes": True, "no": False}.get(text, text)
    if kind == "count" and text.isascii() and text.isdecimal() and len(text) < 6:
        return int(text)
    return text


def places(step: Step) -> dict[str, tuple[str, str]]:
    """The places that a fault of this form may name → the input and its label."""
    own = {name: (name, FIELDS[name]) for name in step.fields}
    return {**own, "on": ("on", "日子"), "日期": ("on", "日子"), "依据": ("evidence", "依据"), step.act: ("on", "日子")}
