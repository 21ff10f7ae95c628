"""The characters of a PDF page with the pixels that they cover, read in two orders."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from gongkai.documents.redaction.matching import Span, spans
from gongkai.documents.redaction.model import Redaction

_PAD = 0.04
"""Of a character's height, added to every side beyond a pixel: strokes pass the box that a font states."""
_SKEWED = -1
_EDGE = 4
"""Lines at the foot of a page and at the head of the next that words may run on over."""
_Sides = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Sign:
    """A character and its rectangle in pixels from the top left; no rectangle for what stands nowhere (line ends).

    `turn` counts the quarters that it is turned clockwise before the reader's eye; -1 is a slant.
    """

    text: str
    left: float = 0
    top: float = 0
    right: float = 0
    bottom: float = 0
    turn: int = 0

    @property
    def placed(self) -> bool:
        return self.right > self.left and self.bottom > self.top


Crossing = tuple[int, list[Sign], list[Sign]]
"""A redaction's index, the characters on the one page and those on the next."""


def signs_of(page: Any, width: int, height: int) -> tuple[list[Sign], bool]:
    """The page's characters on a picture of that size; and whether some have no meaning that could be searched."""
    text = page.get_textpage()
    turned = page.get_rotation()
    out: list[Sign] = []
    unknown = False
    try:
        for index in range(pdfium.FPDFText_CountChars(text)):
            code = pdfium.FPDFText_GetUnicode(text, index)
            unknown = unknown or code in (0, 0xFFFD) or pdfium.FPDFText_HasUnicodeMapError(text, index) == 1
            sides = _pixels(page, text, index, width, height)
            sign = Sign(chr(code or 0xFFFD), *sides, _turn(pdfium.FPDFText_GetCharAngle(text, index), turned))
            if out and "\udc00" <= sign.text <= "\udfff" and "\ud800" <= out[-1].text <= "\udbff":
                both = (out[-1].text + sign.text).encode("utf-16", "surrogatepass").decode("utf-16")
                out[-1] = _joined(both, out[-1], sign)
            else:
                out.append(sign)
    finally:
        text.close()
    return out, unknown


def _turn(angle: float, page: int) -> int:
    """Quarters clockwise, of an angle in radians on a page that is itself turned."""
    quarters = angle / (math.pi / 2)
    return (round(quarters) + page // 90) % 4 if abs(quarters - round(quarters)) < 0.03 else _SKEWED


def _joined(text: str, one: Sign, other: Sign) -> Sign:
    if not (one.placed and other.placed):
        kept = one if one.placed else other
        return Sign(text, kept.left, kept.top, kept.right, kept.bottom, kept.turn)
    return Sign(
        text,
        min(one.left, other.left),
        min(one.top, other.top),
        max(one.right, other.right),
        max(one.bottom, other.bottom),
        one.turn,
    )


def _pixels(page: Any, text: Any, index: int, width: int, height: int) -> _Sides:
    """The rectangle that holds both what the font states for the character and what its strokes cover."""
    loose = pdfium.FS_RECTF()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    corners: list[tuple[float, float]] = []
    if pdfium.FPDFText_GetLooseCharBox(text, index, loose) and loose.left != loose.right:
        corners += [(x, y) for x in (loose.left, loose.right) for y in (loose.top, loose.bottom)]
    if pdfium.FPDFText_GetCharBox(text, index, left, right, bottom, top) and left.value != right.value:
        corners += [(x, y) for x in (left.value, right.value) for y in (top.value, bottom.value)]
    if not corners:
        return 0, 0, 0, 0
    across, down = ctypes.c_int(), ctypes.c_int()
    xs, ys = [], []
    for x, y in corners:
        pdfium.FPDF_PageToDevice(page, 0, 0, width, height, 0, x, y, across, down)
        xs.append(across.value)
        ys.append(down.value)
    return min(xs), min(ys), max(xs) + 1, max(ys) + 1


def found_on(signs: list[Sign], redactions: Sequence[Redaction]) -> list[tuple[int, list[Sign]]]:
    """For each place to hide the redaction's index and the characters, by the writer's order and by the eye's."""
    out: list[tuple[int, list[Sign]]] = []
    covered: set[int] = set()
    for order in (list(range(len(signs))), _by_eye(signs)):
        text, owners = _text(signs, order)
        for span in spans(text, redactions):
            owned = _owned(span, owners)
            if set(owned) - covered:
                covered |= set(owned)
                out.append((span.redaction, [signs[index] for index in owned if signs[index].placed]))
    return [each for each in out if each[1]]


def found_across(before: list[Sign], after: list[Sign], redactions: Sequence[Redaction]) -> list[Crossing]:
    """Words that begin on one page and end on the next, whatever page numbers and heads stand between."""
    out: list[Crossing] = []
    for last in _eye_lines(before)[-_EDGE:]:
        for first in _eye_lines(after)[:_EDGE]:
            head, tail = "".join(before[index].text for index in last), "".join(after[index].text for index in first)
            owners = [before[index] for index in last for _ in before[index].text]
            owners += [after[index] for index in first for _ in after[index].text]
            out += [
                (span.redaction, owners[span.start : len(head)], owners[len(head) : span.end])
                for span in spans(head + tail, redactions)
                if span.start < len(head) < span.end
            ]
    return out


def _eye_lines(signs: list[Sign]) -> list[list[int]]:
    """The lines of a page, from top to bottom, of the letters that stand the way up that most do."""
    seen = [sign.turn for sign in signs if sign.placed and sign.turn != _SKEWED]
    most = max(set(seen), key=seen.count, default=0)
    return _lines(_standing(signs, most))


def _standing(signs: list[Sign], turn: int) -> dict[int, _Sides]:
    return {
        index: _upright(sign)
        for index, sign in enumerate(signs)
        if sign.turn == turn and sign.placed and not sign.text.isspace()
    }


def _owned(span: Span, owners: list[int]) -> list[int]:
    return [owner for owner in owners[span.start : span.end] if owner >= 0]


def _text(signs: list[Sign], order: list[int]) -> tuple[str, list[int]]:
    """The characters in that order as a text, and for each of its letters the character; -1 is a line end."""
    text: list[str] = []
    owners: list[int] = []
    for index in order:
        letters = signs[index].text if index >= 0 else "\n"
        text += letters
        owners += [index] * len(letters)
    return "".join(text), owners


def _by_eye(signs: list[Sign]) -> list[int]:
    """The order in which a page is read, whatever order its writer used: line by line, each way up for itself."""
    out: list[int] = []
    for turn in range(4):
        upright = _standing(signs, turn)
        for line in _lines(upright):
            last = line[0]
            for index in line:
                left, top, _, bottom = upright[index]
                # a column or a cell ends where the gap is wider than a character is high
                out += [-1, index] if left - upright[last][2] > bottom - top else [index]
                last = index
            out.append(-1)
    return out


def _lines(upright: dict[int, _Sides]) -> list[list[int]]:
    lines: list[list[int]] = []
    for index in sorted(upright, key=lambda each: upright[each][1] + upright[each][3]):
        if lines and _level(upright[lines[-1][0]], upright[index]):
            lines[-1].append(index)
        else:
            lines.append([index])
    return [sorted(line, key=lambda index: upright[index][0]) for line in lines]


def _level(first: _Sides, second: _Sides) -> bool:
    """Whether two characters stand on one line: they overlap in height by more than half of the lower one."""
    overlap = min(first[3], second[3]) - max(first[1], second[1])
    return overlap > 0.5 * min(first[3] - first[1], second[3] - second[1])


def _upright(sign: Sign) -> _Sides:
    """Left, top, right, bottom as they are once the page is turned so that the character stands upright."""
    if sign.turn == 1:
        return sign.top, -sign.right, sign.bottom, -sign.left
    if sign.turn == 2:
        return -sign.right, -sign.bottom, -sign.left, -sign.top
    if sign.turn == 3:
        return -sign.bottom, sign.left, -sign.top, sign.right
    return sign.left, sign.top, sign.right, sign.bottom


def rectangles(signs: list[Sign]) -> list[tuple[int, int, int, int]]:
    """One rectangle for each line of a place, a little larger than its characters; of a slant, one for each sign."""
    lines: list[Sign] = []
    for sign in signs:
        last = lines[-1] if lines else None
        if last is not None and last.turn == sign.turn != _SKEWED and _level(_upright(last), _upright(sign)):
            lines[-1] = _joined("", last, sign)
        else:
            lines.append(sign)
    out = []
    for line in lines:
        pad = 1 + _PAD * min(line.bottom - line.top, line.right - line.left)
        out.append((int(line.left - pad), int(line.top - pad), int(line.right + pad) + 1, int(line.bottom + pad) + 1))
    return out
