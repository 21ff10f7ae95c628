"""Prose whose numbers stay linked to the figures that they were taken from."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from gongkai.statute.primitives import InputFault, InputRefused
from gongkai.statute.report.drafting.alignment import alignment, sentence_place
from gongkai.statute.report.drafting.figures import Figures, Value
from gongkai.statute.report.drafting.words import labels
from gongkai.statute.report.model import OVERVIEW_PARTS, Narrative

PARTS = ("lead", *OVERVIEW_PARTS, "problems", "other")
"""The parts of a draft, in the order of the document."""

_GAP = re.compile(r"【请填写：[^【】]*】")
_SENTENCE = re.compile(r"[^。；\n]*[。；\n]?")
_DIGITS = "0-9０-９"
# what makes another number of the one that it touches: 1|2, 3.5, 3,000, 3万, 30余
_NUMBER_BEFORE = re.compile(rf"(?:[{_DIGITS}][.,]?|[-−])$")
_NUMBER_AFTER = re.compile(rf"[.,]?[{_DIGITS}]|[十百千万亿余]")


@dataclass(frozen=True, slots=True)
class Link:
    """text[start:end] shows `value`, taken from the figure `key`."""

    key: str
    start: int
    end: int
    value: Value


@dataclass(frozen=True, slots=True)
class Passage:
    """One part of the prose; `links` in the order of the text, never one over another."""

    text: str
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Drift:
    """A linked number that the ledger no longer gives; `now` is None where it gives none any more."""

    link: Link
    now: Value | None

    @property
    def crosses_zero(self) -> bool:
        """Whether one of the two is nought: then the words around the number want changing too."""
        return self.now is not None and _is_zero(self.link.value) != _is_zero(self.now)


def reanchor(passage: Passage, new_text: str) -> Passage:
    """The links after free editing: kept where the number's own characters stand, gone where it was changed."""
    old_text = passage.text
    if old_text == new_text:
        return passage
    found = alignment(old_text, new_text)
    kept: list[Link] = []
    changed: list[Link] = []
    for link in passage.links:
        start = sentence_place(old_text, new_text, link.start, link.end)
        if start is None:
            changed.append(link)
        else:
            _keep(kept, link, start, old_text, new_text)
    for link in changed:
        start = found.place(link.start, link.end)
        if start is not None:
            _keep(kept, link, start, old_text, new_text)
    return Passage(new_text, tuple(sorted(kept, key=lambda link: link.start)))


def _keep(kept: list[Link], link: Link, start: int, old: str, new: str) -> None:
    """Adds the link at its new place, unless its number has grown or another link has the place already."""
    end = start + link.end - link.start
    if any(each.start < end and start < each.end for each in kept):
        return
    if not _grown(old, link.start, link.end, new, start, end):
        kept.append(replace(link, start=start, end=end))


def _grown(old: str, start: int, end: int, new: str, new_start: int, new_end: int) -> bool:
    """Whether something now touches the number and makes it another (3 → 13, 3.5, 3万), which did not before."""
    if not old[start:end][-1:].isdigit() or not (old[start].isdigit() or old[start] in "-−"):
        return False
    before, after = _NUMBER_BEFORE.search(new[:new_start][-2:]), _NUMBER_AFTER.match(new, new_end)
    was_before, was_after = _NUMBER_BEFORE.search(old[:start][-2:]), _NUMBER_AFTER.match(old, end)
    return (before is not None and was_before is None) or (after is not None and was_after is None)


def insert(passage: Passage, position: int, figures: Figures, key: str) -> Passage:
    """The passage with the figure at that place, linked. Raises InputRefused where that cannot be."""
    value = figures.values.get(key)
    if value is None:
        raise InputRefused(InputFault(f"台账数字“{labels(key)}”", "台账没有给出这个数", "从清单中选择"))
    if not 0 <= position <= len(passage.text):
        raise InputRefused(InputFault("插入的位置", f"“{position}”不在文字之内", f"0至{len(passage.text)}"))
    shown = str(value)
    text = passage.text[:position] + shown + passage.text[position:]
    end = position + len(shown)
    inside = any(link.start < position < link.end for link in passage.links)
    touching = shown[-1:].isdigit() and (
        _NUMBER_BEFORE.search(text[:position][-2:]) or re.match(rf"[.,]?[{_DIGITS}]", text[end:])
    )
    if inside or touching:
        raise InputRefused(InputFault("插入的位置", "紧挨着另一个数字", "与别的数字隔开的位置"))
    links = [_shifted(link, len(shown)) if link.start >= position else link for link in passage.links]
    made = Link(key, position, end, value)
    return Passage(text, tuple(sorted((*links, made), key=lambda link: link.start)))


def drift(passage: Passage, figures: Figures) -> tuple[Drift, ...]:
    """Every linked number that the figures no longer give, in the order of the text."""
    found = ((link, figures.values.get(link.key)) for link in passage.links)
    return tuple(Drift(link, now) for link, now in found if now is None or str(now) != str(link.value))


def refresh(passage: Passage, figures: Figures, keys: Collection[str] | None = None) -> Passage:
    """Drifted numbers as the figures give them now, of those keys or of all; one that is gone stays as it stands."""
    pieces: list[str] = []
    links: list[Link] = []
    read = length = 0
    for link in passage.links:
        value = figures.values.get(link.key)
        if value is None or (keys is not None and link.key not in keys):
            value = link.value
        before, shown = passage.text[read : link.start], str(value)
        pieces += [before, shown]
        start = length + len(before)
        length = start + len(shown)
        links.append(Link(link.key, start, length, value))
        read = link.end
    return Passage("".join(pieces) + passage.text[read:], tuple(links))


def gaps(text: str) -> tuple[tuple[int, int], ...]:
    """Where the officer has still to write: [start, end) of each 【请填写：…】."""
    return tuple(match.span() for match in _GAP.finditer(text))


def narrative_of(passages: Mapping[str, Passage]) -> Narrative:
    """The prose of a report from the passages of a draft; a part that is absent or empty is None."""
    text = {part: passage.text or None for part, passage in passages.items()}
    overview = {part: text.get(part) for part in OVERVIEW_PARTS}
    if text.get("lead"):
        overview["lead"] = text["lead"]
    return Narrative(overview, text.get("problems"), text.get("other"))


def own_words(passages: Mapping[str, Passage]) -> Narrative:
    """The prose with every sentence that holds a linked number blanked out by spaces, places unchanged.

    Sentences of figures are alike in every report; only the others can be 内容雷同 (国办公开办函〔2021〕30号).
    """
    return narrative_of({part: Passage(_own(passage)) for part, passage in passages.items()})


def _own(passage: Passage) -> str:
    text = passage.text
    for sentence in _SENTENCE.finditer(passage.text):
        start, end = sentence.span()
        if any(start <= link.start < end for link in passage.links):
            text = text[:start] + " " * (end - start) + text[end:]
    return text


def to_json(passage: Passage) -> dict[str, object]:
    """JSON values for storage."""
    links = [{"key": each.key, "start": each.start, "end": each.end, "value": each.value} for each in passage.links]
    return {"text": passage.text, "links": links}


def from_json(given: object) -> Passage:
    """A passage from storage. Raises InputRefused where a link does not show its value or lies over another."""
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        raise InputRefused(InputFault("正文", "缺少文字", '{"text": …, "links": […]}'))
    text: str = given["text"]
    raw = given.get("links", [])
    if not isinstance(raw, list):
        raise InputRefused(InputFault("正文 links", "不是列表", "链接的列表"))
    links: list[Link] = []
    for index, each in enumerate(raw):
        link = _link(each, text, links[-1].end if links else 0)
        if link is None:
            raise InputRefused(InputFault(f"正文 links[{index}]", "与文字不符", "按先后排列、所示文字等于数值的链接"))
        links.append(link)
    return Passage(text, tuple(links))


def _link(given: object, text: str, least: int) -> Link | None:
    if not isinstance(given, dict):
        return None
    key, start, end, value = (given.get(name) for name in ("key", "start", "end", "value"))
    if not isinstance(key, str) or not isinstance(start, int) or not isinstance(end, int):
        return None
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    fits = least <= start < end <= len(text) and text[start:end] == str(value)
    return Link(key, start, end, value) if fits else None


def _shifted(link: Link, by: int) -> Link:
    return replace(link, start=link.start + by, end=link.end + by)


def _is_zero(value: Value) -> bool:
    try:
        return Decimal(str(value)) == 0
    except InvalidOperation:
        return False
