"""Pictures: decoded, painted and written anew from their pixels alone; EXIF, thumbnails and comments stay behind."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageOps

from gongkai.documents.limits import refuse
from gongkai.documents.redaction.model import Applied, Box, Redaction
from gongkai.documents.redaction.painting import paint, patch_of
from gongkai.statute.primitives import InputFault, InputRefused

_MOST_PIXELS = 60_000_000
_QUALITY = 92
_CLEAR = ("RGBA", "LA", "PA", "RGBa", "La")
_LEAST_SEEN = 16
"""Of 255: what is more transparent than this is made wholly so, and its colour is wiped."""


def redact_picture(
    data: bytes, name: str, redactions: Sequence[Redaction], label: bool
) -> tuple[bytes, list[Applied], list[InputFault]]:
    """A JPEG or PNG with the boxes painted. A picture has no words to look for: Words and Named are refused."""
    faults = [
        InputFault(f"{name} 第{number}项", "图片没有文字可以查找", "用方框标出")
        for number, each in enumerate(redactions, 1)
        if not isinstance(each.what, Box)
    ] + [
        InputFault(f"{name} 第{number}项", "图片只有一页", "页码为 1")
        for number, each in enumerate(redactions, 1)
        if isinstance(each.what, Box) and each.what.page > 1
    ]
    if faults:
        raise InputRefused(*faults)
    kind, picture = decoded(data, name)
    applied, patches = [], []
    for number, each in enumerate(redactions):
        if isinstance(each.what, Box):
            patch = patch_of(each.what, *picture.size, 1.0, each.ground.article if label else "")
            if patch is None:
                raise InputRefused(InputFault(f"{name} 第{number + 1}项", "方框不在图片上", "图片之内的方框"))
            patches.append(patch)
            applied.append(Applied("图片", each.kind, each.ground, number))
    paint(picture, patches)
    return encoded(picture, kind), applied, []


def decoded(
    data: bytes, name: str, kinds: tuple[str, ...] = ("JPEG", "PNG"), *, keep_clear: bool = False
) -> tuple[str, Image.Image]:
    """The format and the pixels as they are seen: turned as EXIF says, what is transparent on white or kept so."""
    valid = "完整的 JPG 或者 PNG 图片"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            opened = Image.open(BytesIO(data), formats=[*kinds, "MPO"] if "JPEG" in kinds else kinds)
            if opened.width * opened.height > _MOST_PIXELS:
                raise refuse(name, f"图片超过 {_MOST_PIXELS // 10000} 万像素", valid)
            kind = "JPEG" if opened.format == "MPO" else str(opened.format)
            opened.load()
            picture = ImageOps.exif_transpose(opened)
            if keep_clear and (picture.mode in _CLEAR or "transparency" in picture.info):
                return kind, picture.convert("RGBA")
            return kind, _opaque(picture)
    except InputRefused:
        raise
    except Exception:  # Pillow raises whatever it meets in a damaged file
        raise refuse(name, "图片已损坏，打不开", valid) from None


def encoded(picture: Image.Image, kind: str) -> bytes:
    """The file, of the pixels and nothing else."""
    bare = Image.frombytes(picture.mode, picture.size, picture.tobytes())
    out = BytesIO()
    if kind == "JPEG":
        bare.save(out, "JPEG", quality=_QUALITY, subsampling=0)
    else:
        bare.save(out, "PNG")
    return out.getvalue()


def encoded_clear(picture: Image.Image) -> bytes:
    """A PNG that keeps its transparency, as pictures of seals need it, but no colour beneath it."""
    mask = picture.getchannel("A").point([0 if value < _LEAST_SEEN else value for value in range(256)])
    bare = Image.new("RGB", picture.size, (255, 255, 255))
    bare.paste(picture.convert("RGB"), mask=mask.point([0] + [255] * 255))
    bare.putalpha(mask)
    out = BytesIO()
    bare.save(out, "PNG")
    return out.getvalue()


def _opaque(picture: Image.Image) -> Image.Image:
    """Grey or RGB; pixels that transparency hid are gone, for they show white."""
    if picture.mode in ("1", "L"):
        return picture.convert("L") if "transparency" not in picture.info else _on_white(picture)
    if picture.mode.startswith("I"):
        # sixteen bits: the upper eight
        return picture.point(lambda value: value / 256).convert("L")
    if picture.mode in _CLEAR or "transparency" in picture.info:
        return _on_white(picture)
    return picture.convert("RGB")


def _on_white(picture: Image.Image) -> Image.Image:
    clear = picture.convert("RGBA")
    ground = Image.new("RGBA", clear.size, (255, 255, 255, 255))
    return Image.alpha_composite(ground, clear).convert("RGB")
