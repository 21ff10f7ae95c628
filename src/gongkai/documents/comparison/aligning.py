"""Which paragraph, row or cell of one text is which of the other: the same first, then those most alike."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import pairwise
from typing import Final, Protocol

from gongkai.documents.comparison.matching import common
from gongkai.documents.comparison.words import Word

_WIDEST: Final = 40
"""How far from its place in proportion the like of a paragraph is looked for, where there are many."""
_FULL: Final = 2_500
"""Pairs that are all looked at."""
Aligned = tuple[int | None, int | None]


class Alike(Protocol):
    """`key`: equal for the same; `grams`: what to measure likeness by; `kind`: only one kind is alike."""

    @property
    def key(self) -> Hashable: ...
    @property
    def grams(self) -> frozenset[Hashable]: ...
    @property
    def kind(self) -> str: ...


def grams_of(words: Sequence[Word]) -> frozenset[Hashable]:
    """The words and their neighbourhoods; what two texts share of them tells how alike they are."""
    texts = [word.text or word.picture for word in words]
    return frozenset(texts) | frozenset(pairwise(texts))


def align(old: Sequence[Alike], new: Sequence[Alike], least: float, *, by_place: bool = False) -> list[Aligned]:
    """Pairs in order; None for what the other does not have. `least`: likeness that makes a pair, from 0 to 1.

    `by_place`: gaps of the same length on both sides pair by place, as the cells of a row do.
    """
    out: list[Aligned] = []
    i = j = 0
    for at, beside in [*common([each.key for each in old], [each.key for each in new]), (len(old), len(new))]:
        gap, other = old[i:at], new[j:beside]
        if by_place and len(gap) == len(other):
            out += [(i + step, j + step) for step in range(len(gap))]
        else:
            out += [(None if a is None else a + i, None if b is None else b + j) for a, b in _likest(gap, other, least)]
        if at < len(old):
            out.append((at, beside))
        i, j = at + 1, beside + 1
    return out


def _likest(old: Sequence[Alike], new: Sequence[Alike], least: float) -> list[Aligned]:
    """The pairs with the greatest likeness in all, in order; deleted ones stand before inserted ones.

    Where there are many, only those near the place that proportion gives are looked at.
    """
    width = max(_WIDEST, 2 * len(new) // len(old) + 1) if len(old) * len(new) > _FULL else len(new)
    above: dict[int, float] = {}
    way: list[dict[int, str]] = []
    for i, each in enumerate(old):
        centre = i * len(new) // len(old)
        row: dict[int, float] = {}
        steps: dict[int, str] = {}
        for j in range(max(centre - width, 0), min(centre + width + 1, len(new))):
            row[j], steps[j] = max((above.get(j, 0.0), "old"), (row.get(j - 1, 0.0), "new"))
            likeness = _likeness(each, new[j])
            if likeness >= least and above.get(j - 1, 0.0) + likeness > row[j]:
                row[j], steps[j] = above.get(j - 1, 0.0) + likeness, "pair"
        way.append(steps)
        above = row
    out: list[Aligned] = []
    i, j = len(old) - 1, len(new) - 1
    while i >= 0 or j >= 0:
        # beyond the band on the right there are only more of the new, on the left only more of the old
        step = "new" if i < 0 else "old" if j < 0 else way[i].get(j) or ("old" if j < min(way[i]) else "new")
        out.append((i if step != "new" else None, j if step != "old" else None))
        i, j = i - (step != "new"), j - (step != "old")
    return _deleted_first(out[::-1])


def _likeness(one: Alike, other: Alike) -> float:
    if one.kind != other.kind or not (one.grams or other.grams):
        return 0.0
    return 2 * len(one.grams & other.grams) / (len(one.grams) + len(other.grams))


def _deleted_first(pairs: Sequence[Aligned]) -> list[Aligned]:
    out: list[Aligned] = []
    inserted: list[Aligned] = []
    for pair in pairs:
        if pair[0] is None:
            inserted.append(pair)
            continue
        if pair[1] is not None:
            out += inserted
            inserted = []
        out.append(pair)
    return out + inserted
