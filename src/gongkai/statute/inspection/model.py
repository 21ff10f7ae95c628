"""A document as the inspection sees it: passages at their places, seen or hidden, links, elements, what is beside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from gongkai.statute.primitives import Finding, PassagePlace, Severity

Layer = Literal["shown", "hidden", "comment", "deleted", "metadata"]
NoticeKind = Literal[
    "hidden_sheet", "hidden_rows", "hidden_columns", "hidden_text", "hidden_slide", "comments", "changes", "metadata",
    "location", "camera", "unread",
]  # fmt: skip

ELEMENTS: Final[Mapping[str, str]] = {
    "title": "标题",
    "number": "发文字号",
    "body": "发布机构",
    "index_number": "索引号",
    "formed_on": "成文日期",
    "published_on": "发布日期",
    "summary": "内容概述",
    "keywords": "关键词",
    "topic": "主题分类",
    "genre": "体裁分类",
    "validity": "有效性",
}
"""What a document may state of itself: 条例第十二条 and the core elements of the catalogue rules (facts, section 8)."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of text at one place: a paragraph, a cell, a comment, a property.

    `row` is the same for cells beside each other; `context` is what heads the cell's column. `is_line`: it may be a
    part of a sentence, as lines of a printed page are, so that nothing is said of what it lacks.
    """

    place: str
    text: str
    layer: Layer = "shown"
    row: str = ""
    context: str = ""
    level: int = 0
    is_line: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A link or a picture of the document: where it stands, where it leads, what a reader sees of it."""

    place: str
    target: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something of the file beside its text; `detail` says how much or what, in Chinese."""

    kind: NoticeKind
    place: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Stated:
    """An element as the document states it, and where."""

    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Inspected:
    """All that a reader got out of a file. `elements`: those that markup or the platform states, by `ELEMENTS`."""

    passages: tuple[Passage, ...]
    links: tuple[Link, ...] = ()
    anchors: frozenset[str] = frozenset()
    notices: tuple[Notice, ...] = ()
    elements: Mapping[str, Stated] = field(default_factory=dict)

    @property
    def shown(self) -> tuple[Passage, ...]:
        return tuple(each for each in self.passages if each.layer == "shown")


def found_at(
    code: str, severity: Severity, passage: Passage | str, span: tuple[int, int], facts: Mapping[str, object], cite: str
) -> Finding:
    """A finding at some characters of a passage, or at a place as a whole where the span is empty."""
    place = passage if isinstance(passage, str) else passage.place
    return Finding(code, severity, PassagePlace(place, *span), facts, cite)
