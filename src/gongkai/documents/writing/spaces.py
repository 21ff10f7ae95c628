"""Runs of text as they read: white space as a reader sees it, marks only where they can be seen.

Word breaks the lines of its HTML anywhere, between two Chinese characters too, where a browser shows a gap; and it
indents by runs of no-break spaces. Neither belongs to the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from gongkai.documents.writing.model import Break, Inline, Picture, Text

_SPACE: Final = re.compile("([ \t-\r\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+)")
_WIDE: Final = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’…—\U00020000-\U0003ffff]")
Line = tuple[Text | Picture, ...]


def lines(content: Iterable[Inline]) -> list[Line]:
    """The lines between breaks, each without space at its ends, equal neighbours in one run; some may be empty."""
    gathered: list[list[Text | Picture]] = [[]]
    for each in content:
        if isinstance(each, Break):
            gathered.append([])
        else:
            gathered[-1].append(each)
    return [_tidied(line) for line in gathered]


def paragraphs(content: Iterable[Inline]) -> list[tuple[Inline, ...]]:
    """Empty lines part paragraphs; within one the lines are kept."""
    out: list[tuple[Inline, ...]] = []
    open_lines: list[Line] = []
    for line in [*lines(content), ()]:
        if line:
            open_lines.append(line)
        elif open_lines:
            out.append(joined(open_lines))
            open_lines = []
    return out


def joined(of: Sequence[Line]) -> tuple[Inline, ...]:
    """Lines with breaks between them; empty ones are left out."""
    out: list[Inline] = []
    for line in of:
        if line:
            out += [Break(), *line] if out else line
    return tuple(out)


@dataclass(slots=True)
class _Run:
    """Pieces of text that look the same."""

    marks: frozenset[str]
    href: str
    pieces: list[str]

    def weight(self) -> int:
        return len(self.marks) + 2 * bool(self.href)


def _tidied(line: Sequence[Text | Picture]) -> Line:
    out: list[_Run | Picture] = []
    waiting = ""  # white space whose right neighbour has not come
    for each in line:
        if isinstance(each, Picture):
            if waiting and out:
                _add(out, frozenset(), "", " ")
            out.append(each)
            waiting = ""
            continue
        for number, piece in enumerate(_SPACE.split(each.text)):
            if number % 2:
                waiting += piece
            elif piece:
                if waiting and out:
                    _between(out, _shown(waiting, out[-1], piece), each)
                _add(out, each.marks, each.href, piece)
                waiting = ""
    return tuple(Text("".join(run.pieces), run.marks, run.href) if isinstance(run, _Run) else run for run in out)


def _shown(space: str, before: _Run | Picture, after: str) -> str:
    """What a reader sees of white space: nothing where a line of the source broke beside a Chinese character."""
    if "\u3000" in space:
        return "\u3000"
    beside = (before.pieces[-1][-1] if isinstance(before, _Run) else "") + after[0]
    return "" if re.search("[\n\r]", space) and _WIDE.search(beside) else " "


def _between(out: list[_Run | Picture], space: str, after: Text) -> None:
    """A space goes to the neighbour with fewer marks, for underlined or linked it would be seen."""
    before = out[-1]
    weight = len(after.marks) + 2 * bool(after.href)
    if not space:
        return
    if isinstance(before, _Run) and before.weight() < weight:
        before.pieces.append(space)
    elif isinstance(before, _Run) and (before.marks, before.href) != (after.marks, after.href) and weight:
        _add(out, frozenset(), "", space)
    else:
        _add(out, after.marks, after.href, space)


def _add(out: list[_Run | Picture], marks: frozenset[str], href: str, piece: str) -> None:
    """To the run before it where they look the same."""
    last = out[-1] if out else None
    if isinstance(last, _Run) and (last.marks, last.href) == (marks, href):
        last.pieces.append(piece)
    else:
        out.append(_Run(marks, href, [piece]))
