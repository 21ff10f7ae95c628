"""A letter as plain values, ready to be set as an official document (GB/T 9704 《党政机关公文格式》)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from gongkai.statute.primitives import InputFault, InputRefused

_UNPRINTABLE = re.compile("[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 does not admit, and delete."""


class Section(NamedTuple):
    """A paragraph under a heading of its own (一、……)."""

    heading: str
    text: str


class Item(NamedTuple):
    """What was decided on one of several things asked for, a row of the table."""

    number: str
    asked: str
    result: str
    basis: str = ""


ITEM_HEADS = ("序号", "申请内容", "处理结果", "依据")


@dataclass(frozen=True, slots=True)
class Letter:
    """`number` is "" and `draft` true before the signature; then the document says that it is a draft."""

    body: str
    title: str
    number: str
    addressee: str
    paragraphs: tuple[str | tuple[str, str], ...]
    remedies: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    signed_on: date | None = None
    contact: str = ""
    draft: bool = False
    items: tuple[Item, ...] = ()
    copy_to: tuple[str, ...] = ()
    signature: str = ""
    """Where another name signs than the one in the head; "": the same."""
    seal_note: str = ""
    """Said beneath the day, e.g. （此处加盖印章）."""
    red_head: bool = True

    @property
    def day(self) -> str:
        """2026年11月23日; "" before the signature."""
        day = self.signed_on
        return f"{day.year}年{day.month}月{day.day}日" if day else ""

    @property
    def shown_title(self) -> str:
        return f"{self.title}（稿）" if self.draft else self.title

    @property
    def shown_number(self) -> str:
        return self.number or ("（签发时编号）" if self.draft else "")

    @property
    def signatory(self) -> str:
        return self.signature or self.body

    @property
    def enclosures(self) -> tuple[str, ...]:
        """附件说明, a line each: one without a number, several with one."""
        if len(self.attachments) == 1:
            return (f"附件：{self.attachments[0]}",)
        return tuple(
            f"{'附件：' if place == 1 else '　　　'}{place}.{name}" for place, name in enumerate(self.attachments, 1)
        )

    @property
    def copied(self) -> str:
        """抄送：甲，乙。 "" where nobody gets a copy."""
        return f"抄送：{'，'.join(self.copy_to)}。" if self.copy_to else ""

    @property
    def passages(self) -> tuple[str, ...]:
        """All that the finished document has to say, in its order; for `missing_text`."""
        told = [self.number, self.title, self.addressee]
        for each in self.paragraphs:
            told += [each] if isinstance(each, str) else each
        for item in self.items:
            told += item
        told += [*self.remedies, *self.attachments, self.signatory, self.day, self.contact, *self.copy_to]
        return tuple(each for each in told if each)


def printable(letter: Letter) -> Letter:
    """The letter without control characters; a line end in a paragraph begins another one."""
    paragraphs: list[str | tuple[str, str]] = []
    for each in letter.paragraphs:
        if isinstance(each, str):
            paragraphs += _lines(each)
        else:
            heading, (first, *rest) = _line(each[0]), _lines(each[1]) or [""]
            paragraphs += [Section(heading, first), *rest] if heading and first else filter(None, (heading, first))
    title = _line(letter.title)
    if not title:
        raise InputRefused(InputFault("标题", "没有填写", "文书的标题"))
    return replace(
        letter,
        body=_line(letter.body),
        title=title,
        number=_line(letter.number),
        addressee=_line(letter.addressee).rstrip("：:"),
        paragraphs=tuple(paragraphs),
        remedies=tuple(line for each in letter.remedies for line in _lines(each)),
        attachments=tuple(map(_line, letter.attachments)),
        contact=_line(letter.contact),
        items=tuple(Item(*("\n".join(_lines(cell)) for cell in item)) for item in letter.items),
        copy_to=tuple(map(_line, letter.copy_to)),
        signature=_line(letter.signature),
        seal_note=_line(letter.seal_note),
    )


def to_text(letter: Letter) -> str:
    """The letter for a page: a paragraph a line, without layout."""
    letter = printable(letter)
    lines = [letter.body if letter.red_head else "", letter.shown_number, letter.shown_title]
    lines.append(f"{letter.addressee}：" if letter.addressee else "")
    for each in letter.paragraphs:
        lines += [each] if isinstance(each, str) else each
    for item in letter.items:
        told = zip(ITEM_HEADS[1:], item[1:], strict=True)
        said = "；".join(f"{head}：{cell}" for head, cell in told if cell).replace("\n", " ")
        lines.append(f"{item.number}. {said}")
    lines += [*letter.remedies, *(each.strip("　") for each in letter.enclosures)]
    lines += [letter.signatory, letter.day, letter.seal_note]
    lines.append(f"（联系方式：{letter.contact}）" if letter.contact else "")
    lines.append(letter.copied)
    return "\n".join(line for line in lines if line) + "\n"


def lines_of(text: str, longest: int, head: str = "") -> tuple[str, ...]:
    """A title or name in lines of about one length (词意完整，排列对称), broken after `head` where it begins so."""
    if _width(text) <= longest:
        return (text,)
    if head and text.startswith(head) and text != head:
        return (*lines_of(head, longest), *lines_of(text[len(head) :], longest))
    least = -int(-_width(text) // longest)
    made: tuple[str, ...] = (text,)
    # more lines do not help where a long number or address has no place to break
    for many in range(least, 2 * least + 4):
        made = _even(text, many)
        if max(map(_width, made)) <= longest:
            break
    return made


def _even(text: str, many: int) -> tuple[str, ...]:
    made, rest = [], text
    for left in range(many, 1, -1):
        ideal = _width(rest) / left
        places = [place for place in range(1, len(rest)) if _may_break(rest[place - 1], rest[place])]
        if not places:
            break
        place = min(places, key=lambda place: abs(_width(rest[:place]) - ideal) - _sense(rest, place))
        made.append(rest[:place])
        rest = rest[place:]
    return (*made, rest)


def _sense(text: str, place: int) -> float:
    """How many characters off the middle a break may be that comes where a new word surely begins."""
    begins = text[place:].startswith(("关于", "及", "和", "与", "等", "政府信息", "申请", "（"))
    return 5 if begins or text[place - 1] in "的、》）" else 0


def _may_break(before: str, after: str) -> bool:
    if before.isascii() and after.isascii():
        return False
    return before not in "（《〔“‘(" and after not in "）》〕”’)，。；：、！？的"


def _width(text: str) -> float:
    """Characters of full width; a digit or a Latin letter takes half of one."""
    return sum(0.5 if each.isascii() else 1.0 for each in text)


def _lines(text: str) -> list[str]:
    clean = _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return [line for each in clean.split("\n") if (line := each.strip(" \t　"))]


def _line(text: str) -> str:
    return " ".join(_lines(text))
