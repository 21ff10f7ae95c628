"""The faults of a form: as sentences at its head, and each at the field that it speaks of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from gongkai.screens.desk.ledger_words import ACTS, FIELDS
from gongkai.statute.primitives import InputFault, InputRefused

_ACT = re.compile("(?<![a-z_])(?:" + "|".join(sorted(ACTS, key=len, reverse=True)) + ")(?![a-z_])")


@dataclass(frozen=True, slots=True)
class FormFaults:
    """`lines` for the head of the form; `at`: name of the input → what is wrong with it."""

    lines: tuple[str, ...] = ()
    at: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.lines)


NONE = FormFaults()


def faults_of(refused: InputRefused, fields: Mapping[str, tuple[str, str]]) -> FormFaults:
    """fields: the place that a fault names (its last word is enough) → the input's name and its label."""
    lines: list[str] = []
    at: dict[str, str] = {}
    for fault in refused.faults:
        wrong, valid = _in_words(fault.wrong), _in_words(fault.valid)
        name, label = fields.get(fault.place) or fields.get(fault.place.rpartition(" ")[2]) or ("", fault.place)
        if not name:
            label = _in_words(label)
        lines.append(str(InputFault(label, wrong, valid)))
        if name:
            told = f"{wrong}，应为{valid}" if valid else wrong
            at[name] = f"{at[name]}；{told}" if name in at else told
    return FormFaults(tuple(lines), at)


def _in_words(text: str) -> str:
    """Codes of acts and of their fields in the statute's words."""
    said = _ACT.sub(lambda found: f"“{ACTS[found[0]]}”", text)
    return said if said != text else FIELDS.get(text, text)
