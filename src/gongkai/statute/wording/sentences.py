"""The sentence that a finding is told in, and the advice that goes with it: data, `findings/*.toml`.

A finding code has several sentences where facts differ: the first whose every slot is filled by a fact is taken.
Slots are the names of facts, `place`, and `more_or_less` (多3, 少3), the signed difference in words.
A fact that is true fills its slot with nothing: it only picks the sentence; so does `{missing=fees}`, for the fact
`missing` of that value.
"""

from __future__ import annotations

import string
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gongkai.statute.primitives import CellPlace, Finding, Severity
from gongkai.statute.wording.places import name_of, place_name

SEVERITY_WORDS: Mapping[Severity, str] = {"error": "错误", "warning": "警告", "note": "提示"}

_FILES = ("report", "prose_and_text", "clock", "ledger", "letters", "profile", "inspection")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Words:
    """What the house says of a finding code: severity as a rule, meaning and source for the reference, templates."""

    code: str
    severity: Severity
    meaning: str
    cite: str
    sentences: tuple[str, ...]
    advice: tuple[str, ...]


@cache
def vocabulary() -> Mapping[str, Words]:
    """Every finding code with its words, in the order of the files."""
    out: dict[str, Words] = {}
    for name in _FILES:
        path = Path(__file__).parent / "findings" / f"{name}.toml"
        for code, entry in tomllib.loads(path.read_text(encoding="utf-8")).items():
            out[code] = Words(
                code,
                entry["severity"],
                entry["meaning"],
                entry["cite"],
                tuple(entry["sentences"]),
                tuple(entry["advice"]),
            )
    return out


def sentence(finding: Finding) -> str:
    """One Chinese sentence: what is wrong, and where."""
    words = vocabulary().get(finding.code)
    return _first_filled(words.sentences if words else (), finding) or f"{place_name(finding)}：须核对。"


def advice(finding: Finding) -> str:
    """One or two Chinese sentences: what to do about it."""
    words = vocabulary().get(finding.code)
    return _first_filled(words.advice if words else (), finding) or "请核对后更正。"


def _first_filled(templates: tuple[str, ...], finding: Finding) -> str | None:
    facts: dict[str, str] = {"place": place_name(finding)}
    for key, value in finding.facts.items():
        said = _say(value, finding.cite)
        if said is not None:
            facts[key] = said
        if isinstance(value, str):
            facts[f"{key}={value}"] = ""
    difference = finding.facts.get("difference")
    if isinstance(difference, int) and not isinstance(difference, bool):
        facts["more_or_less"] = f"{'多' if difference > 0 else '少'}{abs(difference)}"
    for template in templates:
        if _slots(template) <= facts.keys():
            return template.format_map(facts)
    return None


@cache
def _slots(template: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in string.Formatter().parse(template) if name)


def _say(value: object, cite: str) -> str | None:
    """A fact as a reader meets it; None, false and an empty text fill no slot."""
    if value is True:
        return ""
    if value is None or value is False or value == "":
        return None
    if isinstance(value, list | tuple):
        return "、".join(f"“{each}”" for each in value)
    if isinstance(value, Mapping):
        return "，".join(_say_member(str(key), each, cite) for key, each in value.items())
    said = str(value)
    return said if len(said) <= _LONGEST else said[: _LONGEST - 1] + "…"


def _say_member(key: str, value: object, cite: str) -> str:
    """A cell by its address (`requests.new.total`) and its number; else the words of one form."""
    table, _, rest = key.partition(".")
    row, _, column = rest.rpartition(".")
    if row:
        return f"{name_of(CellPlace(table, row, column), cite)}为{value}"
    return f"{key}年格式的{_say(value, cite)}"
