"""Values of a JSON report, each taken with its place; what does not fit becomes a fault, and reading goes on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from gongkai.statute.primitives import CasePlace, CellPlace, DocumentPlace, Finding, InputFault, Place, ProsePlace
from gongkai.statute.report.model import Cell

LARGEST = 10**15
"""No count reaches this; a longer number is a slip or an attack."""

DEEPEST = 8
"""Levels of nesting in the facts of a finding."""

_MONEY = re.compile(r"-?\d{1,15}(\.\d{1,12})?", re.ASCII)
_CODE = re.compile(r"[a-z_]+(\.[a-z_]+)+", re.ASCII)
_FINDING_KEYS = ("code", "severity", "where", "facts", "cite", "message")
_SEVERITIES = ("error", "warning", "note")
_SHOWN = 40


class Faults:
    """The faults found so far, in order."""

    def __init__(self) -> None:
        self.found: list[InputFault] = []

    def add(self, place: str, wrong: str, valid: str = "") -> None:
        self.found.append(InputFault(place, wrong, valid))


def _shown(value: object) -> str:
    """The value for a message, cut to a readable length."""
    shown = f"{value}"[:_SHOWN] if isinstance(value, str) else _json_name(value)
    return f"“{shown}”" if isinstance(value, str) else shown


def _json_name(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value) if abs(value) < LARGEST else "过大的整数"
    names = {float: "小数", list: "列表", dict: "对象"}
    return names.get(type(value), "其他类型的值")


def members(value: object, place: str, known: tuple[str, ...], faults: Faults) -> Mapping[str, Any]:
    """The members of an object whose keys are all known; anything else is a fault and counts as empty."""
    if value is None and place != "报告":
        return {}
    if not isinstance(value, dict):
        faults.add(place, f"是{_shown(value)}", "对象")
        return {}
    for key in value:
        if key not in known:
            faults.add(place, f"没有“{str(key)[:_SHOWN]}”这一项", "、".join(known))
    return {key: each for key, each in value.items() if key in known}


def text(value: object, place: str, faults: Faults) -> str | None:
    """A string or null."""
    if value is None or isinstance(value, str):
        return value
    faults.add(place, f"是{_shown(value)}", "字符串或 null")
    return None


def integer(value: object, place: str, faults: Faults) -> int | None:
    """An integer of readable size or null; a boolean is none."""
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < LARGEST:
        return value
    faults.add(place, f"是{_shown(value)}", "整数或 null")
    return None


def cell(value: object, place: str, kind: str, faults: Faults) -> Cell:
    """A cell of that kind: a count or change is an integer, money a decimal string in 万元; "n/a" or null in any."""
    if value is None or value == "n/a":
        return None if value is None else "n/a"
    if kind == "money":
        if isinstance(value, str) and _MONEY.fullmatch(value):
            return value
        faults.add(place, f"是{_shown(value)}", '以万元为单位的十进制数字字符串、"n/a" 或 null')
        return None
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < LARGEST:
        return value
    faults.add(place, f"是{_shown(value)}", '整数、"n/a" 或 null')
    return None


def finding(value: object, place: str, faults: Faults) -> Finding | None:
    """A finding; its message is not kept, for sentences are made anew from the values."""
    data = members(value if value is not None else 0, place, _FINDING_KEYS, faults)
    code = data.get("code")
    severity = data.get("severity")
    facts = data.get("facts", {})
    where = _where(data.get("where"), f"{place}.where", faults)
    before = len(faults.found)
    if not (isinstance(code, str) and _CODE.fullmatch(code)):
        faults.add(f"{place}.code", f"是{_shown(code)}", "检查结果代码，如 requests.balance")
    if severity not in _SEVERITIES:
        faults.add(f"{place}.severity", f"是{_shown(severity)}", "、".join(_SEVERITIES))
    if not isinstance(facts, dict):
        faults.add(f"{place}.facts", f"是{_shown(facts)}", "对象")
    elif _depth_over(facts, DEEPEST):
        faults.add(f"{place}.facts", "嵌套过深", f"不超过{DEEPEST}层的对象")
    cite = text(data.get("cite"), f"{place}.cite", faults) or ""
    text(data.get("message"), f"{place}.message", faults)
    if where is None or len(faults.found) > before:
        return None
    return Finding(str(code), severity, where, facts, cite)  # type: ignore[arg-type]  # one of _SEVERITIES


def _depth_over(value: object, levels: int) -> bool:
    """Whether a JSON value nests deeper than so many levels."""
    if not isinstance(value, dict | list):
        return False
    members = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(_depth_over(each, levels - 1) for each in members)


def _where(value: object, place: str, faults: Faults) -> Place | None:
    if isinstance(value, dict) and "table" in value:
        data = members(value, place, ("table", "row", "column"), faults)
        table = text(data.get("table"), f"{place}.table", faults)
        row = text(data.get("row"), f"{place}.row", faults)
        return CellPlace(table or "", row, text(data.get("column"), f"{place}.column", faults))
    if isinstance(value, dict) and "case" in value:
        data = members(value, place, ("case", "event"), faults)
        case = text(data.get("case"), f"{place}.case", faults)
        return CasePlace(case or "", integer(data.get("event"), f"{place}.event", faults))
    if isinstance(value, dict) and "part" in value:
        data = members(value, place, ("part", "start", "end"), faults)
        part = text(data.get("part"), f"{place}.part", faults)
        start = integer(data.get("start"), f"{place}.start", faults)
        end = integer(data.get("end"), f"{place}.end", faults)
        return DocumentPlace(part) if start is None or end is None else ProsePlace(part or "", start, end)
    faults.add(place, f"是{_shown(value)}", "表格位置（table、row、column）或文字位置（part、start、end）")
    return None
