"""Who asked, struck from texts that are shown or handed to people who need not know."""

from __future__ import annotations

import re
from collections.abc import Callable

from gongkai.bureau.casework.identity import Names

Mask = Callable[[str], str]
MASKED = "〔申请人〕"
_SHORTEST, _SHORTEST_ASCII = 2, 5
"""Characters: a single one stands in too many words, a few digits or letters in too many numbers and names."""


def masking(names: Names) -> Mask:
    """A function that strikes name, number and contact, the contact also by its parts (慕云收 13911112222)."""
    parts = {part for each in names if each for part in (each, *each.replace("，", " ").replace(",", " ").split())}
    known = sorted(
        (each for each in parts if len(each) >= (_SHORTEST_ASCII if each.isascii() else _SHORTEST)), key=_longest_first
    )
    if not known:
        return lambda text: text
    pattern = re.compile("|".join(map(re.escape, known)))
    return lambda text: pattern.sub(MASKED, text)


def _longest_first(text: str) -> tuple[int, str]:
    return -len(text), text
