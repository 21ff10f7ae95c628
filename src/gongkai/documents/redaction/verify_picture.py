"""What a picture file holds beside its pixels, read from its bytes alone."""

from __future__ import annotations

from collections.abc import Iterator

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8"
# pixels, colours and sizes; everything else could carry words or a second picture
_PNG_CHUNKS = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"pHYs", b"sRGB", b"gAMA", b"cHRM"}
_JPEG_ALONE = {0x01, *range(0xD0, 0xD9)}


def extras(data: bytes) -> list[str]:
    """In Chinese, each thing beside the pixels."""
    if data.startswith(_PNG):
        return _png(data)
    if data.startswith(_JPEG):
        return _jpeg(data)
    return ["不是 JPG 或者 PNG 图片，不能核对"]


def _png(data: bytes) -> list[str]:
    at, out = len(_PNG), []
    while at + 12 <= len(data):
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if kind not in _PNG_CHUNKS:
            out.append(f"图片里有附加信息（{kind.decode('ascii', 'replace')}）")
        at += size + 12
        if kind == b"IEND":
            break
    if at != len(data):
        out.append("图片结尾之后还有内容")
    return out


def _jpeg(data: bytes) -> list[str]:
    out, end = [], 0
    for marker, at, size in _segments(data):
        if marker == 0xFE:
            out.append("图片里有注释")
        elif 0xE0 <= marker <= 0xEF:
            head = data[at : at + 14]
            plain = (marker == 0xE0 and head.startswith(b"JFIF\0") and size == 14) or (
                marker == 0xEE and head.startswith(b"Adobe")
            )
            if not plain:
                out.append("图片里有拍摄信息、缩略图或者其他附加信息")
        end = at + size
    finish = data.find(b"\xff\xd9", end)
    if finish < 0 or finish + 2 != len(data):
        out.append("图片结尾之后还有内容")
    return out


def _segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Marker, beginning and length of the content of each segment, of every scan."""
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            return
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xD9:
            return
        if marker in _JPEG_ALONE:
            at += 2
            continue
        size = int.from_bytes(data[at + 2 : at + 4], "big") - 2
        yield marker, at + 4, size
        at += size + 4
        if marker == 0xDA:
            # the coded pixels run to the next marker that is neither stuffed nor a restart
            while at + 1 < len(data) and not (data[at] == 0xFF and data[at + 1] not in (0x00, *range(0xD0, 0xD8))):
                at += 1
