"""A draft held against the reasons for which replies were overturned (`overturned.toml`): what is known is checked,
what is not known is not asserted."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class DraftFacts:
    """What is known of a draft; None: not known, and then nothing is said of it."""

    has_search_record: bool | None = None
    archive_asked: bool | None = None
    cites_articles: bool | None = None
    states_reason: bool | None = None
    consulted_third_party: bool | None = None
    weighed_public_interest: bool | None = None
    considered_separation: bool | None = None
    classified_by_law: bool | None = None
    affects_outside: bool | None = None
    asks_for_information: bool | None = None
    answered_before: bool | None = None
    reasons_requested: bool | None = None
    correction_requested: bool | None = None
    late: bool | None = None
    tells_remedies: bool | None = None


@dataclass(frozen=True, slots=True)
class Weakness:
    """A reason for which such a reply may be overturned: what is wrong, what to check, on which ground.

    `ask`: the fact is not known of the draft, so that it is a question to the one who drafts.
    """

    code: str
    severity: Literal["error", "warning"]
    wrong: str
    check: str
    article: str
    ask: bool


def checkup(outcome: str, known: DraftFacts) -> tuple[Weakness, ...]:
    """What may overturn a reply of that outcome: what is found wrong first, then what has to be asked."""
    found = [made for code, each in _reasons().items() if (made := _weakness(code, each, outcome, known))]
    return tuple(sorted(found, key=lambda each: (each.ask, each.severity != "error")))


def outcomes_of(code: str) -> tuple[str, ...]:
    """The outcomes that a reason speaks of, as the data have them."""
    return tuple(_reasons()[code]["outcomes"])


@cache
def _reasons() -> Mapping[str, Any]:
    data = tomllib.loads((Path(__file__).parent / "overturned.toml").read_text(encoding="utf-8"))
    names = {each.name for each in fields(DraftFacts)}
    unknown = {fact for each in data.values() for fact in each["when"]} - names
    if unknown:
        raise ValueError(f"overturned.toml names facts that no draft has: {sorted(unknown)}")
    return data


def _weakness(code: str, reason: Mapping[str, Any], outcome: str, known: DraftFacts) -> Weakness | None:
    if not _speaks_of(reason["outcomes"], outcome):
        return None
    facts = {name: getattr(known, name) for name in reason["when"]}
    if any(value is not None and value != reason["when"][name] for name, value in facts.items()):
        return None
    return Weakness(
        code, reason["severity"], reason["wrong"], reason["check"], reason["article"], None in facts.values()
    )


def _speaks_of(outcomes: Iterable[str], outcome: str) -> bool:
    """Whole rows are named by their code, groups by their beginning with the dot; "" is every row."""
    return any(each == outcome or (each[-1:] in ("", ".") and outcome.startswith(each)) for each in outcomes)
