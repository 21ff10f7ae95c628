"""What is wrong with a short form of the portal: sentences for its head, and each at the field that it speaks of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.statute.primitives import InputRefused


@dataclass(frozen=True, slots=True)
class FormFaults:
    """`at` has every field of the form, "" where nothing is wrong with it."""

    lines: tuple[str, ...]
    at: Mapping[str, str]


def faults_of(refused: InputRefused | None, fields: Mapping[str, str]) -> FormFaults:
    """fields: the place that a fault names, and the input that it stands at."""
    at = dict.fromkeys(fields.values(), "")
    faults = refused.faults if refused else ()
    for each in faults:
        name = fields.get(each.place)
        if name is not None:
            told = f"{each.wrong}，应为{each.valid}" if each.valid else each.wrong
            at[name] = f"{at[name]}；{told}" if at[name] else told
    return FormFaults(tuple(str(each) for each in faults), at)
