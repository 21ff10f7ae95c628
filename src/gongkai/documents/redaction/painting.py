"""Black boxes burnt into pixels, with the article printed on them where there is room."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

from gongkai.documents.redaction.model import Box

_LEAST_LABEL = 8
_LARGEST_LABEL = 36


@dataclass(frozen=True, slots=True)
class Patch:
    """A rectangle in pixels, left and top included, right and bottom excluded, and the article on it."""

    left: int
    top: int
    right: int
    bottom: int
    label: str = ""


def paint(picture: Image.Image, patches: list[Patch]) -> None:
    """In place. First all the black, then the labels, so that no box hides the label of another."""
    draw = ImageDraw.Draw(picture)
    black = 0 if picture.mode == "L" else (0, 0, 0)
    white = 255 if picture.mode == "L" else (255, 255, 255)
    for patch in patches:
        draw.rectangle((patch.left, patch.top, patch.right - 1, patch.bottom - 1), fill=black)
    for patch in patches:
        if patch.label:
            _print(draw, patch, white)


def patch_of(box: Box, width: int, height: int, scale: float, label: str) -> Patch | None:
    """The pixels of an officer's box on a picture of that size, `scale` pixels to a point. None if it is outside."""
    across, down = (width, height) if box.unit == "fraction" else (scale, scale)
    left, top = max(0, int(box.x0 * across)), max(0, int(box.y0 * down))
    right, bottom = min(width, -int(-box.x1 * across // 1)), min(height, -int(-box.y1 * down // 1))
    return Patch(left, top, right, bottom, label) if left < right and top < bottom else None


def _print(draw: ImageDraw.ImageDraw, patch: Patch, white: int | tuple[int, int, int]) -> None:
    size = min(_LARGEST_LABEL, int((patch.bottom - patch.top) * 0.7))
    while size >= _LEAST_LABEL:
        font = ImageFont.load_default(size)
        left, top, right, bottom = font.getbbox(patch.label)
        if right - left <= patch.right - patch.left - 4 and bottom - top <= patch.bottom - patch.top - 2:
            across = (patch.left + patch.right - left - right) / 2
            down = (patch.top + patch.bottom - top - bottom) / 2
            draw.text((across, down), patch.label, font=font, fill=white)
            return
        size -= 2
