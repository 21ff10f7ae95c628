"""Two runs of words as pieces that a reader can follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from gongkai.documents.comparison.matching import common
from gongkai.documents.comparison.model import Change, Piece, Pieces
from gongkai.documents.comparison.words import Word


@dataclass(frozen=True, slots=True)
class _Part:
    """By places: words of the old that were deleted, of the new put in their place, and how many both have then."""

    old: int
    old_end: int
    new: int
    new_end: int
    equal: int


def compare_words(old: Sequence[Word], new: Sequence[Word]) -> Pieces:
    """Deleted and inserted with equal text between them."""
    out: list[Piece] = []
    for part in _readable(_parts(old, new), old, new):
        out += _said("deleted", old[part.old : part.old_end])
        out += _said("inserted", new[part.new : part.new_end])
        out += _said("equal", old[part.old_end : part.old_end + part.equal])
    return tuple(_joined(out))


def all_of(change: Change, words: Sequence[Word]) -> Pieces:
    return tuple(_said(change, words))


def change_of(pieces: Pieces) -> Change:
    """Of the whole that they make; nothing at all is equal."""
    changes = {piece.change for piece in pieces}
    return "equal" if changes <= {"equal"} else "changed"


def _parts(old: Sequence[Word], new: Sequence[Word]) -> list[_Part]:
    out: list[_Part] = []
    i = j = 0
    for at, beside in [*common(old, new), (len(old), len(new))]:
        equal = int(at < len(old))
        if out and at == i and beside == j:
            out[-1] = replace(out[-1], equal=out[-1].equal + equal)
        else:
            out.append(_Part(i, at, j, beside, equal))
        i, j = at + 1, beside + 1
    return out


def _readable(parts: Sequence[_Part], old: Sequence[Word], new: Sequence[Word]) -> list[_Part]:
    """Equal text that is no longer than the changes on both sides of it is part of one change.

    Two sentences of Chinese always share some characters; shown one by one they tell nothing.
    """
    before, after = _lengths(old), _lengths(new)

    def size(part: _Part) -> int:
        return max(before[part.old_end] - before[part.old], after[part.new_end] - after[part.new])

    out: list[_Part] = []
    for part in parts:
        out.append(part)
        while len(out) > 1 and out[-2].equal:
            left, right = out[-2], out[-1]
            if before[left.old_end + left.equal] - before[left.old_end] > min(size(left), size(right)):
                break
            out[-2:] = [_Part(left.old, right.old_end, left.new, right.new_end, right.equal)]
    return out


def _lengths(words: Sequence[Word]) -> list[int]:
    """Characters before each word, and in all; a picture counts for one."""
    return [0, *accumulate(len(word.text) or 1 for word in words)]


def _said(change: Change, words: Sequence[Word]) -> list[Piece]:
    return _joined([Piece(change, word.text, word.href, word.picture, word.alt) for word in words])


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Neighbours of one kind and one link as one piece; pictures stand alone."""
    out: list[Piece] = []
    texts: list[str] = []
    for piece in pieces:
        last = out[-1] if out else None
        if last and (last.change, last.href, last.picture, piece.picture) == (piece.change, piece.href, "", ""):
            texts.append(piece.text)
            continue
        _close(out, texts)
        out.append(piece)
        texts = [piece.text]
    _close(out, texts)
    return out


def _close(out: list[Piece], texts: Sequence[str]) -> None:
    if out and len(texts) > 1:
        out[-1] = Piece(out[-1].change, "".join(texts), out[-1].href)
