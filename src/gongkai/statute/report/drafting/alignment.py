"""Where the characters of a text stand after free editing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

NEAR = 6
"""Characters on either side of a number that tell whether it still says the same."""

LONGEST = 4_000
"""Characters of a changed stretch beyond which it is not aligned inside: the time would grow with its square."""

LEAST_SENTENCE = 6
"""Characters of a sentence that is long enough to be known again."""

_SENTENCE = re.compile(r"[^。；\n]+")
_GONE = -1


@dataclass(frozen=True, slots=True)
class Alignment:
    """`forward[i]`: the new place of the old character i, or -1; `backward` the other way."""

    forward: Sequence[int]
    backward: Sequence[int]

    def place(self, start: int, end: int) -> int | None:
        """The new start of old[start:end] where it stands unbroken and among enough of its neighbours."""
        first = self.forward[start]
        if first == _GONE or any(self.forward[i] != first + i - start for i in range(start, end)):
            return None
        new_end = first + end - start
        shares = (_share(self.forward, start, end), _share(self.backward, first, new_end))
        # a number found alone in other words is another number that happens to be equal
        return first if max(shares) * 2 >= 1 else None


def alignment(old: str, new: str) -> Alignment:
    """The common head and tail, and between them the longest common runs, in order."""
    forward, backward = [_GONE] * len(old), [_GONE] * len(new)

    def pair(i: int, j: int, size: int) -> None:
        forward[i : i + size] = range(j, j + size)
        backward[j : j + size] = range(i, i + size)

    most = min(len(old), len(new))
    head = next((i for i in range(most) if old[i] != new[i]), most)
    tail = next((i for i in range(most - head) if old[-1 - i] != new[-1 - i]), most - head)
    pair(0, 0, head)
    pair(len(old) - tail, len(new) - tail, tail)
    middle, other = old[head : len(old) - tail], new[head : len(new) - tail]
    if max(len(middle), len(other)) <= LONGEST:
        for block in SequenceMatcher(None, middle, other, autojunk=False).get_matching_blocks():
            pair(head + block.a, head + block.b, block.size)
    return Alignment(forward, backward)


def sentence_place(old: str, new: str, start: int, end: int) -> int | None:
    """The new start of a number whose sentence stands unchanged, wherever it was moved to.

    Only a sentence that stands once in the old text and once in the new is known again.
    """
    sentence = next((each for each in _SENTENCE.finditer(old) if each.start() <= start and end <= each.end()), None)
    if sentence is None or len(sentence[0]) < LEAST_SENTENCE:
        return None
    if old.count(sentence[0]) != 1 or new.count(sentence[0]) != 1:
        return None
    return new.index(sentence[0]) + start - sentence.start()


def _share(places: Sequence[int], start: int, end: int) -> float:
    """The share of the neighbours that have a counterpart; a number alone in its text has them all."""
    near = [*places[max(0, start - NEAR) : start], *places[end : end + NEAR]]
    return sum(each != _GONE for each in near) / len(near) if near else 1.0
