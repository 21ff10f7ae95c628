"""Repealed laws cited as though they were in force: dated data, `repealed.toml`, extended by the office's own."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from gongkai.statute.inspection.model import Inspected, Passage, found_at
from gongkai.statute.primitives import Finding, InputFault, InputRefused

CITE = "《中华人民共和国立法法》（法律的效力）；废止日见各法附则"

_TITLE = re.compile(r"《(?P<name>[^《》\n]{2,60})》")
# without title marks a name may be the end of another (劳动合同法): only right after a word of citing
_BARE_BEFORE, _BARE_AFTER = "(?:依据|根据|按照|依照|违反|适用)", "(?=第|的|有关|规定|之)"
_FULL = "中华人民共和国"
_NOT_IN_FORCE = re.compile(r"废止|失效|废除|取代|替代|原$|旧$|当时|修订前|施行前|期间|不再")
_BEFORE, _AFTER = 12, 26


@dataclass(frozen=True, slots=True)
class Repeal:
    """A law by its name without 中华人民共和国, the first day on which it no longer held, and what took its place."""

    name: str
    since: date
    by: str
    verified: bool


@cache
def standard_repeals() -> Mapping[str, Repeal]:
    """The list of the house."""
    return repeals(tomllib.loads((Path(__file__).parent / "repealed.toml").read_text(encoding="utf-8")))


def repeals(data: Mapping[str, Any], name: str = "废止清单") -> Mapping[str, Repeal]:
    """By name, from parsed TOML: `[[repeal]]` with `laws`, `since`, `by`, `verified`. Raises InputRefused."""
    out: dict[str, Repeal] = {}
    faults = []
    for index, raw in enumerate(data.get("repeal", ())):
        try:
            laws, since, by = list(raw["laws"]), raw["since"], str(raw["by"])
            if not isinstance(since, date):
                raise TypeError("since")
        except (KeyError, TypeError) as error:
            wrong = f"不能用（{error}）"
            faults.append(
                InputFault(f"{name} repeal[{index}]", wrong, "laws（法名列表）、since（日期）、by（由什么取代）")
            )
            continue
        out |= {law: Repeal(law, since, by, bool(raw.get("verified"))) for law in laws}
    if faults:
        raise InputRefused(*faults)
    return out


def check_repealed(document: Inspected, on: date, extra: Mapping[str, Repeal] | None = None) -> list[Finding]:
    """`on`: the day at which the citation must hold — its day of forming, else that of the inspection."""
    known = {**standard_repeals(), **(extra or {})}
    bare = re.compile(f"{_BARE_BEFORE}(?P<name>(?:{_FULL})?(?:{'|'.join(map(re.escape, known))})){_BARE_AFTER}")
    return [each for passage in document.shown for each in _in_text(passage, on, known, bare)]


def _in_text(passage: Passage, on: date, known: Mapping[str, Repeal], bare: re.Pattern[str]) -> Iterable[Finding]:
    text = passage.text
    for match in (*_TITLE.finditer(text), *bare.finditer(text)):
        repeal = known.get(re.sub(r"[（(].*$", "", match["name"]).removeprefix(_FULL).strip())
        if repeal is None or on < repeal.since:
            continue
        before, after = text[max(0, match.start() - _BEFORE) : match.start()], text[match.end() : match.end() + _AFTER]
        if _NOT_IN_FORCE.search(before) or _NOT_IN_FORCE.search(re.split("[。；]", after)[0]):
            continue
        status = "verified" if repeal.verified else "unverified"
        facts = {"law": match["name"], "since": repeal.since.isoformat(), "by": repeal.by, "status": status}
        yield found_at("text.repealed_law", "warning", passage, match.span(), facts, CITE)
