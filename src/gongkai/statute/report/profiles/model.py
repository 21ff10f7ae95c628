"""A local profile as a value, and its reading from TOML."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from gongkai.statute.primitives import InputFault, InputRefused
from gongkai.statute.report.form import CODES, Column, load
from gongkai.statute.report.prose.parts import PROSE_PARTS

LENGTH_PARTS = ("overview", *PROSE_PARTS)
"""What a limit or a required count may concern: a part of the prose, or the whole of 总体情况."""

_KEYS = ("code", "name", "verified", "source", "forms", "first_year", "last_year", "deadlines", "lengths", "counts",
         "rows")  # fmt: skip
_DAY = re.compile(r"\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class LengthLimit:
    """Characters of a part without blanks, `least` to `most` (None: no limit)."""

    part: str
    least: int | None
    most: int | None


@dataclass(frozen=True, slots=True)
class RequiredCount:
    """The part must give a number for one of `words`, or say that there was none; `what` names it in Chinese."""

    part: str
    what: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExtraRow:
    """A row that the profile adds to a table, beneath the row `after`."""

    code: str
    label: str
    table: str
    part: str
    after: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """`verified`: read in the notice itself. `deadlines`: 月-日 for `department` and `government`, each may lack."""

    code: str
    name: str
    verified: bool
    source: str
    forms: tuple[str, ...]
    first_year: int
    last_year: int | None
    deadlines: Mapping[str, str]
    lengths: tuple[LengthLimit, ...]
    counts: tuple[RequiredCount, ...]
    rows: tuple[ExtraRow, ...]

    def governs(self, form_code: str, year: int) -> bool:
        """Whether the profile concerns reports on that year in that form."""
        return (
            form_code in self.forms and self.first_year <= year and (self.last_year is None or year <= self.last_year)
        )

    def deadline(self, kind: str, year: int) -> date | None:
        """The local day for the report on `year`, of a "department" or a "government"; it lies in the next year."""
        day = self.deadlines.get(kind)
        return date.fromisoformat(f"{year + 1}-{day}") if day else None


@cache
def profiles() -> Mapping[str, Profile]:
    """Every profile of the house by its code, in the order of the codes."""
    files = sorted(Path(__file__).parent.glob("*.toml"))
    found = [parse_profile(tomllib.loads(file.read_text(encoding="utf-8")), file.name) for file in files]
    return {each.code: each for each in found}


def profile(code: str) -> Profile:
    """The profile of that code. Any other code raises InputRefused."""
    found = profiles().get(code)
    if found is None:
        raise InputRefused(InputFault("本地填报要求", f"没有“{code}”", "、".join(profiles())))
    return found


def parse_profile(data: Mapping[str, Any], place: str = "本地填报要求") -> Profile:
    """A profile from parsed TOML. Raises InputRefused with every fault."""
    faults = [InputFault(f"{place} {key}", "不认识的字段", "、".join(_KEYS)) for key in data if key not in _KEYS]
    for key in ("code", "name", "source", "forms", "first_year"):
        if not data.get(key):
            faults.append(InputFault(f"{place} {key}", "没有填写", "必填"))
    faults += [
        InputFault(f"{place} forms", f"没有“{form}”这一格式", "、".join(CODES))
        for form in data.get("forms", ())
        if form not in CODES
    ]
    faults += _deadline_faults(data.get("deadlines", {}), place)
    for kind in ("lengths", "counts"):
        for index, entry in enumerate(data.get(kind, ())):
            if entry.get("part") not in LENGTH_PARTS:
                faults.append(InputFault(f"{place} {kind}[{index}] part", "不认识的部分", "、".join(LENGTH_PARTS)))
    if faults:
        raise InputRefused(*faults)
    try:
        return _profile(data)
    except (KeyError, TypeError) as error:
        raise InputRefused(InputFault(place, f"缺少或者多出字段（{error}）", "各项字段见同目录的文件")) from error


def _deadline_faults(deadlines: Mapping[str, object], place: str) -> list[InputFault]:
    """A local day may be earlier than the statute's, never later (条例第四十九条: 1月31日、3月31日)."""
    latest = {"department": "01-31", "government": "03-31"}
    faults = []
    for kind, day in deadlines.items():
        if kind not in latest:
            faults.append(InputFault(f"{place} deadlines", f"不认识“{kind}”", "、".join(latest)))
        elif not isinstance(day, str) or not _DAY.fullmatch(day) or not _exists(day):
            faults.append(InputFault(f"{place} deadlines.{kind}", f"“{day}”不是月-日", "如 01-20"))
        elif day > latest[kind]:
            faults.append(InputFault(f"{place} deadlines.{kind}", f"“{day}”晚于法定的日子", f"{latest[kind]}或者更早"))
    return faults


def _exists(day: str) -> bool:
    try:
        date.fromisoformat(f"2023-{day}")
    except ValueError:
        return False
    return True


def _profile(data: Mapping[str, Any]) -> Profile:
    return Profile(
        code=data["code"],
        name=data["name"],
        verified=bool(data.get("verified", False)),
        source=data["source"],
        forms=tuple(data["forms"]),
        first_year=data["first_year"],
        last_year=data.get("last_year"),
        deadlines=dict(data.get("deadlines", {})),
        lengths=tuple(
            LengthLimit(each["part"], each.get("least"), each.get("most")) for each in data.get("lengths", ())
        ),
        counts=tuple(
            RequiredCount(each["part"], each["what"], tuple(each["words"])) for each in data.get("counts", ())
        ),
        rows=tuple(_row(each, data["forms"]) for each in data.get("rows", ())),
    )


def _row(data: Mapping[str, Any], forms: list[str]) -> ExtraRow:
    """A row stands beneath one of the form; KeyError where the form has no such table or row."""
    for form in forms:
        load(form).tables[data["table"]].row(data["after"])
    columns = tuple(Column(**column) for column in data["columns"])
    return ExtraRow(data["code"], data["label"], data["table"], data["part"], data["after"], columns)
