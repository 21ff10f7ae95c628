"""Two versions of a text, and of its elements, compared word by word."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from gongkai.documents.comparison.aligning import align
from gongkai.documents.comparison.model import Change, Compared, ComparedField, ComparedText, Comparison
from gongkai.documents.comparison.pieces import all_of, change_of, compare_words
from gongkai.documents.comparison.tables import compare_tables, table_alone
from gongkai.documents.comparison.units import Unit, units
from gongkai.documents.comparison.words import words_of_text
from gongkai.documents.writing.cleaning import blocks

_ALIKE: Final = 0.3
"""Of two paragraphs that are one in two versions; below it one was deleted and another one written."""


def compare(old_html: str, new_html: str) -> Comparison:
    """Both are cleaned first. Words, links and pictures are compared, and what a paragraph is; not bold or italics."""
    old, new = list(units(blocks(old_html))), list(units(blocks(new_html)))
    out: list[Compared] = []
    for i, j in align(old, new, _ALIKE):
        if i is not None and j is not None:
            out.append(_both(old[i], new[j]))
        elif i is not None:
            out.append(_alone(old[i], "deleted"))
        elif j is not None:
            out.append(_alone(new[j], "inserted"))
    return Comparison(tuple(out))


def compare_fields(old: Mapping[str, object], new: Mapping[str, object]) -> tuple[ComparedField, ...]:
    """Each element that either has, in the order of the new, those that only the old has behind. None is empty."""
    out = []
    for name in [*new, *(each for each in old if each not in new)]:
        before, after = _told(old.get(name)), _told(new.get(name))
        pieces = compare_words(words_of_text(before), words_of_text(after))
        change: Change = change_of(pieces)
        if change != "equal" and not (before and after):
            change = "inserted" if after else "deleted"
        out.append(ComparedField(name, change, pieces))
    return tuple(out)


def _told(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list | tuple | set | frozenset):
        each = [_told(one) for one in value]
        return "、".join(sorted(each) if isinstance(value, set | frozenset) else each)
    return str(value)


def _both(old: Unit, new: Unit) -> Compared:
    if new.table:
        return table_alone(new.table, "equal") if old.key == new.key else compare_tables(old.table, new.table)
    pieces = compare_words(old.words, new.words)
    was = old.said if old.said != new.said else ""
    change = "changed" if was else change_of(pieces)
    return ComparedText(new.said, change, pieces, was)


def _alone(unit: Unit, change: Change) -> Compared:
    if unit.table:
        return table_alone(unit.table, change)
    return ComparedText(unit.said, change, all_of(change, unit.words))
