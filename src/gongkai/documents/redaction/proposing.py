"""Proposals: the personal identifiers of a file with their places, for an officer to accept or to pass over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from gongkai.documents.redaction.docx_package import clean_docx
from gongkai.documents.redaction.docx_words import passages
from gongkai.documents.redaction.kinds import kind_of
from gongkai.documents.redaction.matching import spans
from gongkai.documents.redaction.model import Box, Ground, Named, Redaction, Words
from gongkai.documents.redaction.pdf_pages import DOTS, flattened, opened
from gongkai.documents.redaction.pdf_text import Sign, found_on, rectangles, signs_of
from gongkai.documents.redaction.pictures import decoded
from gongkai.documents.redaction.xlsx_sheets import clean_xlsx, shown_cells
from gongkai.statute.inspection.identifiers import KINDS
from gongkai.statute.primitives import InputFault, InputRefused

_NUMBERS: Final = frozenset({"id_card", "phone", "bank_card", "landline", "passport"})
_EACH_KIND: Final = tuple(Redaction(Named(kind), Ground("15")) for kind in KINDS)


@dataclass(frozen=True, slots=True)
class Proposal:
    """An identifier: its number from 1, the same at every reading of the file; kind, place, and masked for the screen.

    `boxes` tell where it stands on a PDF page, in fractions of the page.
    """

    number: int
    kind: str
    place: str
    masked: str
    text: str = field(repr=False)
    boxes: tuple[Box, ...] = ()

    @property
    def kind_name(self) -> str:
        return KINDS[self.kind]

    def redaction(self, ground: Ground) -> Redaction:
        """Hides these words wherever they stand in the file."""
        return Redaction(Words(self.text), ground)


def propose(data: bytes, name: str) -> tuple[Proposal, ...]:
    """What may have to be hidden, in the order of the file; nothing for a picture. Raises InputRefused."""
    kind = kind_of(data, name)
    found = {"pdf": _in_pdf, "docx": _in_docx, "xlsx": _in_xlsx, "picture": _in_picture}[kind](data, name)
    return tuple(
        Proposal(number, of, place, _masked(of, text), text, boxes)
        for number, (of, place, text, boxes) in enumerate(found, 1)
    )


def accepted(proposals: Iterable[Proposal], numbers: Iterable[int], ground: Ground) -> tuple[Redaction, ...]:
    """The redactions of the proposals with those numbers, each word once."""
    there = {each.number: each for each in proposals}
    chosen = list(numbers)
    strange = [number for number in chosen if number not in there]
    if strange:
        raise InputRefused(InputFault("选中的建议", f"没有第{strange[0]}项", f"1 至 {len(there)}"))
    return tuple(dict.fromkeys(there[number].redaction(ground) for number in chosen))


_Found = tuple[str, str, str, tuple[Box, ...]]


def _in_pdf(data: bytes, name: str) -> Iterator[_Found]:
    with opened(data, name) as pdf:
        for index in range(len(pdf)):
            with flattened(pdf, index, name, []) as page:
                width, height = (max(1, round(side * DOTS)) for side in page.get_size())
                signs, _ = signs_of(page, width, height)
            for number, letters in found_on(signs, _EACH_KIND):
                text = "".join(sign.text for sign in letters)
                yield _kind(number), f"第{index + 1}页", text, _boxes(letters, index + 1, width, height)


def _boxes(letters: list[Sign], page: int, width: int, height: int) -> tuple[Box, ...]:
    out = []
    for left, top, right, bottom in rectangles(letters):
        x0, y0, x1, y1 = max(left, 0), max(top, 0), min(right, width), min(bottom, height)
        if x0 < x1 and y0 < y1:
            out.append(Box(page, x0 / width, y0 / height, x1 / width, y1 / height))
    return tuple(out)


def _in_docx(data: bytes, name: str) -> Iterator[_Found]:
    for story, part in clean_docx(data, name).stories():
        for passage in passages(part.root, story):
            for span in spans(passage.text, _EACH_KIND):
                yield _kind(span.redaction), passage.place, passage.text[span.start : span.end], ()


def _in_xlsx(data: bytes, name: str) -> Iterator[_Found]:
    book, _ = clean_xlsx(data, name)
    for shown in shown_cells(book):
        for span in spans(shown.texts[0], _EACH_KIND):
            yield _kind(span.redaction), shown.place, shown.texts[0][span.start : span.end], ()


def _in_picture(data: bytes, name: str) -> Iterator[_Found]:
    """A picture has no words; a damaged one is refused all the same."""
    decoded(data, name)
    return iter(())


def _kind(number: int) -> str:
    what = _EACH_KIND[number].what
    return what.kind if isinstance(what, Named) else ""


def _masked(kind: str, text: str) -> str:
    """Enough to know it again beside the page, too little to use."""
    bare = "".join(text.split())
    if kind in _NUMBERS:
        return bare[:3] + "*" * max(len(bare) - 5, 3) + bare[-2:]
    kept = max(1, len(bare) // 3)
    return bare[:kept] + "*" * (len(bare) - kept)
