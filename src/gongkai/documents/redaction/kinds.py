"""The kind of a file by its content."""

from __future__ import annotations

from pathlib import PurePath
from typing import Final

from gongkai.documents.formats import detect
from gongkai.documents.limits import LARGEST_FILE, MEGABYTE, refuse

VALID: Final = "PDF、JPG、PNG、docx 或 xlsx 文件"
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_OTHERS = ("pdf", "docx", "xlsx")


def kind_of(data: bytes, name: str) -> str:
    """pdf, picture, docx or xlsx, by content; another kind is refused."""
    if len(data) > LARGEST_FILE:
        raise refuse(name, f"文件有 {len(data) / MEGABYTE:.1f} MB，超过 {LARGEST_FILE // MEGABYTE} MB", VALID)
    kind = "picture" if data.startswith(_PICTURES) else str(detect(data, name))
    if kind == "doc":
        raise refuse(name, "是旧式 Word、WPS 文件", "另存为 docx，或者先转成 PDF")
    if kind != "picture" and kind not in _OTHERS:
        raise refuse(name, f"{PurePath(name).suffix or '这种'} 文件不能遮盖", VALID)
    return kind
