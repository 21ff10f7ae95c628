"""Misspellings and broken phrases of official prose: a curated list, which an office may extend.

Few false alarms matter more than many hits: a wrong form is listed only if no correct text has it, or with the
neighbours that make it right or wrong.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from operator import add
from pathlib import Path
from typing import Any

from gongkai.statute.primitives import Finding, InputFault, InputRefused, ProsePlace

CITE = "《党政机关公文处理工作条例》关于文字表述的要求"

_PAIRS = {"（": "）", "《": "》", "“": "”", "【": "】", "〔": "〕", "〈": "〉"}
_CLOSING = {close: opening for opening, close in _PAIRS.items()}
_BRACKETS = re.compile("[" + "".join(_PAIRS) + "".join(_CLOSING) + "()]")
_NEAR = 12


@dataclass(frozen=True, slots=True)
class Entry:
    """A wrong form (or a pattern for it) with what it should be, or with the reason why it is marked."""

    wrong: str
    pattern: re.Pattern[str] | None = None
    suggestion: str | None = None
    reason: str | None = None
    unless_before: re.Pattern[str] | None = None
    unless_after: re.Pattern[str] | None = None
    only_before: re.Pattern[str] | None = None
    only_after: re.Pattern[str] | None = None

    def fits(self, text: str, start: int, end: int) -> bool:
        """Whether the neighbours leave the form wrong."""
        before = text[max(0, start - _NEAR) : start]
        if self.unless_before and self.unless_before.search(before):
            return False
        if self.only_before and not self.only_before.search(before):
            return False
        if self.unless_after and self.unless_after.match(text, end):
            return False
        return not (self.only_after and not self.only_after.match(text, end))


@dataclass(frozen=True, slots=True)
class WordList:
    """Entries for search: literal forms by their first two characters, patterns in order."""

    forms: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    patterns: tuple[Entry, ...] = ()


@cache
def standard_list() -> WordList:
    """The list of the house, `typos.toml`."""
    return word_list(tomllib.loads((Path(__file__).parent / "typos.toml").read_text(encoding="utf-8")))


def word_list(data: Mapping[str, Any], name: str = "错别字表") -> WordList:
    """A list from parsed TOML, in the shape that `typos.toml` explains. Raises InputRefused with every fault."""
    faults: list[InputFault] = []
    forms: dict[str, list[Entry]] = {}
    patterns: list[Entry] = []
    entries = [Entry(wrong, suggestion=right) for wrong, right in data.get("words", {}).items()]
    for kind in ("guarded", "patterns"):
        for index, raw in enumerate(data.get(kind, ())):
            try:
                entries.append(_entry(raw))
            except (re.error, KeyError, TypeError) as error:
                faults.append(
                    InputFault(f"{name} {kind}[{index}]", f"不能用（{error}）", "合法的正则表达式和必需的字段")
                )
    for entry in entries:
        if entry.pattern:
            patterns.append(entry)
        elif len(entry.wrong) < 2:
            faults.append(InputFault(f"{name}“{entry.wrong}”", "太短", "两个字以上的错误写法"))
        else:
            forms.setdefault(entry.wrong[:2], []).append(entry)
    if faults:
        raise InputRefused(*faults)
    return WordList({key: tuple(each) for key, each in forms.items()}, tuple(patterns))


def _entry(raw: Mapping[str, str]) -> Entry:
    def beside(key: str, tail: str = "") -> re.Pattern[str] | None:
        return re.compile(f"(?:{raw[key]}){tail}") if key in raw else None

    pattern = re.compile(raw["pattern"]) if "pattern" in raw else None
    return Entry(
        wrong="" if pattern else raw["wrong"],
        pattern=pattern,
        suggestion=raw.get("suggestion") if pattern else raw["right"],
        reason=raw.get("reason"),
        unless_before=beside("unless_before", "$"),
        unless_after=beside("unless_after"),
        only_before=beside("only_before", "$"),
        only_after=beside("only_after"),
    )


def check_typos(text: str, part: str, extra: Iterable[WordList] = ()) -> list[Finding]:
    """A finding for each likely misspelling or broken phrase; facts: `found`, and `suggestion` or `reason`.

    Where entries overlap the longest is told. `extra`: lists of the office, beside that of the house.
    """
    hits = occurrences(text, (standard_list(), *extra)) + _unmatched(text)
    return [
        Finding("text.typo", "warning", ProsePlace(part, start, end), facts_of(entry, text[start:end]), CITE)
        for start, end, entry in apart(hits)
    ]


def occurrences(text: str, lists: Iterable[WordList]) -> list[tuple[int, int, Entry]]:
    """Every place where an entry of the lists is wrong."""
    hits: list[tuple[int, int, Entry]] = []
    present = set(map(add, text, text[1:]))
    for words in lists:
        for key in present & words.forms.keys():
            for entry in words.forms[key]:
                hits += _literal(text, entry)
        for entry in words.patterns:
            if entry.pattern is not None:
                spans = (match.span() for match in entry.pattern.finditer(text))
                hits += [(start, end, entry) for start, end in spans if entry.fits(text, start, end)]
    return hits


def apart(hits: Iterable[tuple[int, int, Entry]]) -> list[tuple[int, int, Entry]]:
    """In order, of those that overlap the longest."""
    taken = -1
    kept = []
    for start, end, entry in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
        if start >= taken:
            kept.append((start, end, entry))
            taken = end
    return kept


def facts_of(entry: Entry, found: str) -> dict[str, object]:
    """What a finding tells of an entry."""
    facts: dict[str, object] = {"found": found}
    if entry.suggestion is not None:
        facts["suggestion"] = entry.suggestion
    if entry.reason is not None:
        facts["reason"] = entry.reason
    return facts


def _literal(text: str, entry: Entry) -> list[tuple[int, int, Entry]]:
    hits = []
    start = text.find(entry.wrong)
    while start >= 0:
        end = start + len(entry.wrong)
        if entry.fits(text, start, end):
            hits.append((start, end, entry))
        start = text.find(entry.wrong, end)
    return hits


_OPEN = Entry("", reason="括号、引号或者书名号没有配对")
_LIST_NUMBER = re.compile(r"(?:^|[\s。；：，、])(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[a-zA-Z])$")

MOST_UNMATCHED = 20
"""Unmatched signs told of one text; more of them say nothing more."""


def _unmatched(text: str) -> list[tuple[int, int, Entry]]:
    """Brackets, quotation marks and title marks without their other half; （ and ( pair with either ）or ).

    A list number such as “1）” or “一)” has no opening half and needs none.
    """
    stack: list[tuple[str, int]] = []
    open_now = dict.fromkeys(_PAIRS, 0)
    alone: list[int] = []
    for match in _BRACKETS.finditer(text):
        place, sign = match.start(), {"(": "（", ")": "）"}.get(match[0], match[0])
        if sign in _PAIRS:
            stack.append((sign, place))
            open_now[sign] += 1
        elif open_now[_CLOSING[sign]]:
            while True:
                opening, opened_at = stack.pop()
                open_now[opening] -= 1
                if opening == _CLOSING[sign]:
                    break
                alone.append(opened_at)
        elif not (sign == "）" and _LIST_NUMBER.search(text[max(0, place - _NEAR) : place])):
            alone.append(place)
    alone += [place for _, place in stack]
    return [(place, place + 1, _OPEN) for place in sorted(alone)[:MOST_UNMATCHED]]
