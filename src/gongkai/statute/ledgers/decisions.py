"""维持、纠正、其他: the category of table four that the words of a decision fall into (`decisions.toml`)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

RESULT_WORDS: Mapping[str, str] = {"upheld": "结果维持", "corrected": "结果纠正", "other": "其他结果"}
_ORDER = ("corrected", "upheld", "other")
"""维持其余、撤销一项 is a correction: what corrects is looked for first."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The category that a decision's words fall into, the word that says so, and its article."""

    result: str
    word: str
    article: str


def read_decision(kind: str, decision: str) -> Reading | None:
    """The category of a decision's words; None where they name none that is known, or only an earlier instance."""
    procedure = "reconsideration" if kind == "reconsideration" else "litigation"
    text = "".join(decision.split())
    for passed_over in _data()["not_these"][procedure]:
        text = text.replace(passed_over, "")
    for result in _ORDER:
        for entry in _data()[procedure][result]:
            for word in entry["words"]:
                if word in text:
                    return Reading(result, word, entry["article"])
    return None


def disagreement(kind: str, result: str, decision: str) -> str:
    """Why the category chosen may be wrong, in Chinese; "" where the decision's words agree with it or say nothing."""
    found = read_decision(kind, decision)
    if found is None or not result or found.result == result:
        return ""
    return (
        f"内容写有“{found.word}”（{found.article}），按表四的归类是“{RESULT_WORDS[found.result]}”，"
        f"登记的是“{RESULT_WORDS[result]}”，请核对"
    )


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads((Path(__file__).parent / "decisions.toml").read_text(encoding="utf-8"))
