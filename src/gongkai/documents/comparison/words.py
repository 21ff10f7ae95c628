"""Text as words to compare: numbers and words of letters whole, Chinese by the character.

Chinese is not parted into words: a dictionary would part the same sentence differently before and after an edit. What
reads badly in bits is put together again afterwards (`pieces`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from gongkai.documents.writing.model import Block, Break, Inline, Picture
from gongkai.documents.writing.plain import leaves

_IDEOGRAPHS: Final = "\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD: Final = re.compile(
    rf"[0-9０-９]+(?:[.,:．][0-9０-９]+)*[%％‰]?|[^\W\d_{_IDEOGRAPHS}]+(?:['’-][^\W\d_{_IDEOGRAPHS}]+)*|[^\S\n]+|.",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Word:
    """Equal where it reads and leads to the same; a picture has no text."""

    text: str
    href: str = ""
    picture: str = ""
    alt: str = ""


def words(content: Iterable[Inline], line: str = "\n") -> list[Word]:
    """Of a paragraph; `line`: what a line break is."""
    out: list[Word] = []
    for each in content:
        if isinstance(each, Break):
            out.append(Word(line))
        elif isinstance(each, Picture):
            out.append(Word("", each.href, each.src, each.alt))
        else:
            out += [Word(text, each.href) for text in _WORD.findall(each.text)]
    return out


def words_of_text(text: str) -> list[Word]:
    return [Word(each) for each in _WORD.findall(text)]


def words_of_blocks(blocks: Iterable[Block]) -> list[Word]:
    """All in one line, as a cell is told."""
    out: list[Word] = []
    told = False
    for content in leaves(blocks):
        found = words(content, " ")
        has_text = any(word.text.strip() for word in found)
        if told and has_text:
            out.append(Word(" "))
        out += found
        told = told or has_text
    return out
