"""Pages as pictures for the screen on which boxes are drawn: a picture shows nothing that the reader may not see."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageDraw

from gongkai.documents.redaction.model import Box
from gongkai.documents.redaction.pdf_pages import flattened, opened
from gongkai.documents.redaction.pictures import decoded
from gongkai.statute.primitives import InputFault, InputRefused

WIDTH = 1000
"""Pixels across; a screen shows no more."""
_EDGE = (176, 21, 26)
_FILL = (0, 0, 0, 96)


def page_count(data: bytes, name: str) -> int:
    """Pages that can be shown: of a PDF its own, of a picture one, of other files none. Raises InputRefused."""
    if data.startswith(b"%PDF"):
        with opened(data, name) as pdf:
            return len(pdf)
    return 1 if _is_picture(data) else 0


def page_png(data: bytes, name: str, page: int, boxes: Sequence[Box] = ()) -> bytes:
    """One page, counted from 1, with the boxes (in fractions) drawn so that what lies under them can still be seen."""
    picture = _pdf_page(data, name, page) if data.startswith(b"%PDF") else _picture(data, name, page)
    for box in boxes:
        if box.page == page:
            picture = _with_box(picture, box)
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _pdf_page(data: bytes, name: str, page: int) -> Image.Image:
    with opened(data, name) as pdf:
        _refuse_beyond(page, len(pdf))
        with flattened(pdf, page - 1, name, []) as shown:
            width, height = shown.get_size()
            scale = min(WIDTH / max(width, 1), 4 * WIDTH / max(height, 1))
            bitmap = shown.render(scale=scale, rev_byteorder=True, draw_annots=False, may_draw_forms=False)
            picture: Image.Image = bitmap.to_pil().convert("RGB")
            bitmap.close()
            return picture


def _picture(data: bytes, name: str, page: int) -> Image.Image:
    _refuse_beyond(page, 1 if _is_picture(data) else 0)
    _, picture = decoded(data, name)
    picture = picture.convert("RGB")
    picture.thumbnail((WIDTH, 4 * WIDTH))
    return picture


def _with_box(picture: Image.Image, box: Box) -> Image.Image:
    shade = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    across, down = picture.size
    place = (box.x0 * across, box.y0 * down, box.x1 * across, box.y1 * down)
    ImageDraw.Draw(shade).rectangle(place, fill=_FILL, outline=_EDGE, width=2)
    return Image.alpha_composite(picture.convert("RGBA"), shade).convert("RGB")


def _is_picture(data: bytes) -> bool:
    return data.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"))


def _refuse_beyond(page: int, pages: int) -> None:
    if not 1 <= page <= pages:
        raise InputRefused(InputFault("页码", f"没有第{page}页", f"1至{pages}" if pages else "PDF或图片"))
