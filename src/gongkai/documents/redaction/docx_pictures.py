"""Pictures of a Word document: written anew from their pixels, what was cropped away cut off for good."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from typing import Any

from PIL import Image

from gongkai.documents.redaction.ooxml import A, R, V, W, drop
from gongkai.documents.redaction.pictures import decoded, encoded, encoded_clear
from gongkai.statute.primitives import InputRefused

_KINDS = ("JPEG", "PNG", "GIF", "BMP", "TIFF")
_WHOLE = 100_000
_RELATION = "image"
Crop = tuple[float, float, float, float]
"""What is cut off at the left, top, right and bottom, in shares of the width or height."""


class Pictures:
    """Collects the pictures of all parts as `media`; `lost` counts those that could not be decoded."""

    def __init__(self, read: Callable[[str], bytes], there: frozenset[str]) -> None:
        self._read, self._there = read, there
        self._known: dict[tuple[str, Crop], str | None] = {}
        self.media: dict[str, bytes] = {}
        self.lost = 0

    def settle(self, root: Any, targets: dict[str, tuple[str, str]], old: dict[str, tuple[str, str]]) -> None:
        """Point every picture of a part at its new file; drop those without one. Adds to the part's `targets`."""
        for blip in list(root.iter(f"{A}blip")):
            fill = blip.getparent()
            cut = fill.find(f"{A}srcRect")
            path = self._new(old, blip.get(f"{R}embed"), _drawn_crop(cut))
            if cut is not None:
                for side in ("l", "t", "r", "b"):
                    if int(_number(cut.get(side))) > 0:
                        del cut.attrib[side]
            self._point(blip, "embed", path, targets)
            if path is None:
                drawing = next(iter(blip.iterancestors(f"{W}drawing", f"{W}pict")), fill)
                drop(drawing)
        for image in list(root.iter(f"{V}imagedata", f"{V}fill", f"{V}stroke")):
            if f"{R}id" not in image.attrib:
                continue
            path = self._new(old, image.get(f"{R}id"), _vml_crop(image))
            for side in ("left", "top", "right", "bottom"):
                image.attrib.pop(f"crop{side}", None)
            self._point(image, "id", path, targets)
            if path is None:
                drop(image)
        _without_other_relations(root, targets)

    def _new(self, old: dict[str, tuple[str, str]], name: str | None, crop: Crop) -> str | None:
        kind, path = old.get(name or "", ("", ""))
        if kind != _RELATION or path not in self._there:
            self.lost += 1
            return None
        if (path, crop) not in self._known:
            self._known[path, crop] = self._made(path, crop)
        if self._known[path, crop] is None:
            self.lost += 1
        return self._known[path, crop]

    def _made(self, path: str, crop: Crop) -> str | None:
        try:
            kind, picture = decoded(self._read(path), posixpath.basename(path), _KINDS, keep_clear=True)
        except InputRefused:
            return None
        width, height = picture.size
        box = (
            int(crop[0] * width),
            int(crop[1] * height),
            max(int(crop[0] * width) + 1, width - int(crop[2] * width)),
            max(int(crop[1] * height) + 1, height - int(crop[3] * height)),
        )
        picture = picture.crop(
            (min(box[0], width - 1), min(box[1], height - 1), min(box[2], width), min(box[3], height))
        )
        suffix = "jpeg" if kind == "JPEG" else "png"
        made = f"word/media/image{len(self.media) + 1}.{suffix}"
        self.media[made] = _bytes(picture, kind)
        return made

    def _point(self, node: Any, attribute: str, path: str | None, targets: dict[str, tuple[str, str]]) -> None:
        if path is None:
            return
        target = (_RELATION, posixpath.relpath(path, "word"))
        name = next((key for key, value in targets.items() if value == target), f"rId{len(targets) + 1}")
        targets[name] = target
        node.set(f"{R}{attribute}", name)


def _bytes(picture: Image.Image, kind: str) -> bytes:
    if picture.mode == "RGBA":
        return encoded_clear(picture)
    return encoded(picture, "JPEG" if kind == "JPEG" else "PNG")


def _without_other_relations(root: Any, targets: dict[str, tuple[str, str]]) -> None:
    """An attribute that names a relation of the old package names nothing now."""
    for node in root.iter():
        for key in list(node.attrib) if isinstance(node.tag, str) else ():
            if key.startswith(R) and node.get(key) not in targets:
                del node.attrib[key]


def _number(text: str | None) -> float:
    try:
        return float((text or "0").rstrip("%"))
    except ValueError:
        return 0.0


def _drawn_crop(cut: Any) -> Crop:
    """In thousandths of a percent; what is less than nothing adds a margin and cuts nothing."""
    if cut is None:
        return 0.0, 0.0, 0.0, 0.0
    left, top, right, bottom = (min(max(_number(cut.get(side)) / _WHOLE, 0.0), 1.0) for side in ("l", "t", "r", "b"))
    return left, top, right, bottom


def _vml_crop(image: Any) -> Crop:
    """A share, or 65536ths of it with an f behind."""
    out = []
    for side in ("left", "top", "right", "bottom"):
        text = image.get(f"crop{side}") or "0"
        share = _number(text[:-1]) / 65536 if text.endswith("f") else _number(text)
        out.append(min(max(share, 0.0), 1.0))
    return out[0], out[1], out[2], out[3]
