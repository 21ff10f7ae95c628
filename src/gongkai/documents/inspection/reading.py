"""A file's kind, and the reader for it: Word, Excel, PowerPoint, PDF, web page, text, picture."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import PurePath

from gongkai.documents.formats import detect
from gongkai.documents.inspection.gathering import DEEPEST_EMBEDDED, Gathering
from gongkai.documents.limits import LARGEST_FILE, MEGABYTE, refuse
from gongkai.statute.inspection.model import Inspected
from gongkai.statute.primitives import InputFault, InputRefused

VALID = "docx、xlsx、pptx、doc、wps、pdf、html、txt、md 文件，或者 JPG、PNG 等图片"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM")
_READERS = {
    "docx": "word:gather_word",
    "doc": "word:gather_old_word",
    "xlsx": "sheets:gather_sheets",
    "pptx": "slides:gather_slides",
    "pdf": "pdf:gather_pdf",
    "html": "pages:gather_page",
    "txt": "plain:gather_text",
    "picture": "pictures:gather_picture",
}
LIGHT = frozenset({"txt", "html"})
"""Kinds that are read in this process where the file is short."""


def kind_of(data: bytes, name: str) -> str:
    """A key of the readers, by content. Raises InputRefused for an empty, too large, encrypted or unknown file."""
    if len(data) > LARGEST_FILE:
        raise refuse(name, f"文件有 {len(data) / MEGABYTE:.1f} MB，超过 {LARGEST_FILE // MEGABYTE} MB", VALID)
    if data.startswith(_PICTURES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return "picture"
    if data.startswith(b"PK") and (b"ppt/presentation" in data or b"ppt/" in data[:4096]):
        return "pptx"
    kind = detect(data, name)
    return "txt" if kind in ("md", "json") else kind


def read(data: bytes, name: str) -> Inspected:
    """All that the inspection looks at. Raises InputRefused."""
    gathering = Gathering(name)
    gathering.passage("文件名", PurePath(name.replace("\\", "/")).stem, "metadata")
    try:
        gather(data, name, gathering)
    except InputRefused as refused:
        # the readers of reports lend their limits, and their words of what would be right
        raise InputRefused(
            *(InputFault(each.place, each.wrong, each.valid.replace("一份年度报告的", "内容正常的"))
              for each in refused.faults)
        ) from None  # fmt: skip
    return gathering.result()


def gather(data: bytes, name: str, gathering: Gathering) -> None:
    """Add what a file holds; the readers call it for files within files."""
    module, _, function = _READERS[kind_of(data, name)].partition(":")
    reader: Callable[[bytes, str, Gathering], None] = getattr(
        importlib.import_module(f"gongkai.documents.inspection.{module}"), function
    )
    reader(data, name, gathering)


def gather_embedded(data: bytes, name: str, place: str, gathering: Gathering) -> None:
    """A file within the file; one that cannot be read is told as unread, and does not stop the rest."""
    if gathering.depth >= DEEPEST_EMBEDDED:
        gathering.notice("unread", place, "嵌入得过深的文件")
        return
    try:
        with gathering.within(place):
            gather(data, name, gathering)
    except InputRefused as refused:
        if "内容过多" in str(refused):
            raise
        gathering.notice("unread", place, "嵌入的文件读不出内容")
