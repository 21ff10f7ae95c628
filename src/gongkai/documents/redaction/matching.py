"""Where in a text the words and identifiers stand that are to be hidden.

Writers break a number over lines, runs and full-width digits, so texts are compared twice: as they stand, and without
any space. To hide too much can be seen and mended; to hide too little cannot.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.documents.redaction.model import Named, Redaction, Words
from gongkai.statute.inspection.identifiers import Identifier, apart, find_identifiers

BLOCK = "████"
"""Always as long, so that its length does not tell how long the name was."""
_UNSEEN = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u2028\u2029")
_BREAK = re.compile(r"[\r\n\u2028\u2029]+")
# CJK Radicals Supplement: Unicode maps the Kangxi radicals to characters, but not these
_RADICALS = str.maketrans(
    "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
    "母民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
)
_CLOSE_SET = frozenset({"id_card", "phone", "bank_card", "passport", "address"})
"""Kinds that are also looked for with all spaces left out; the others would run into the words beside them."""


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` (excluded) of a text, and the index of the redaction that hides them."""

    start: int
    end: int
    redaction: int


def spans(text: str, redactions: Sequence[Redaction]) -> tuple[Span, ...]:
    """What to hide, in order, overlapping spans made one (under the first redaction that touches them)."""
    if not text.strip():
        return ()
    found: list[Span] = []
    compact, places = _compact(text)
    named = {
        each.what.kind: index for index, each in reversed([*enumerate(redactions)]) if isinstance(each.what, Named)
    }
    if named:
        found += [Span(each.start, each.end, named[each.kind]) for each in identifiers(text) if each.kind in named]
    for index, redaction in enumerate(redactions):
        if isinstance(redaction.what, Words):
            wanted, _ = _compact(redaction.what.text)
            at = compact.find(wanted) if wanted else -1
            while at >= 0:
                found.append(Span(places[at], places[at + len(wanted) - 1] + 1, index))
                at = compact.find(wanted, at + 1)
    return _merged(found)


def identifiers(text: str) -> tuple[Identifier, ...]:
    """The identifiers of a text, also those that are broken over lines or set with spaces between the digits."""
    flat, kept = _flat(text)
    compact, places = _compact(text)
    found = [Identifier(each.kind, kept[each.start], kept[each.end - 1] + 1) for each in find_identifiers(flat)]
    found += [
        Identifier(each.kind, places[each.start], places[each.end - 1] + 1)
        for each in find_identifiers(compact)
        if each.kind in _CLOSE_SET
    ]
    return apart(found)


def hidden(text: str, redactions: Sequence[Redaction], block: str = BLOCK) -> str:
    """The text with a block in the place of each span."""
    out, at = [], 0
    for span in spans(text, redactions):
        out += [text[at : span.start], block]
        at = span.end
    return "".join(out) + text[at:]


def _compact(text: str) -> tuple[str, list[int]]:
    """Folded text without spaces, and for each of its characters the place in the text that it comes from."""
    letters: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        if sign.isspace() or sign in _UNSEEN:
            continue
        folded = unicodedata.normalize("NFKC", sign).translate(_RADICALS).casefold()
        letters += folded
        places += [place] * len(folded)
    return "".join(letters), places


def _flat(text: str) -> tuple[str, list[int]]:
    """Folded letter by letter; a run of line ends and blanks is one space, what is unseen is left out."""
    letters: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        if sign in _UNSEEN and not _BREAK.match(sign):
            continue
        folded = " " if sign.isspace() else unicodedata.normalize("NFKC", sign).translate(_RADICALS)
        if folded == " " and letters and letters[-1] == " ":
            continue
        letters += folded
        places += [place] * len(folded)
    return "".join(letters), places


def _merged(found: list[Span]) -> tuple[Span, ...]:
    out: list[Span] = []
    for span in sorted(found, key=lambda each: (each.start, -each.end)):
        if out and span.start < out[-1].end:
            last = out[-1]
            out[-1] = Span(last.start, max(last.end, span.end), min(last.redaction, span.redaction))
        else:
            out.append(span)
    return tuple(out)
