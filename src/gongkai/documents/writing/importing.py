"""Importing a file as text, in a process of its own: nothing that a file holds reaches this process."""

from __future__ import annotations

import base64
import importlib
from typing import Any, Final

import orjson

from gongkai.documents import bounded
from gongkai.documents.formats import detect
from gongkai.documents.limits import CONFINED_BYTES, CONFINED_SECONDS, LONGEST_HERE
from gongkai.documents.writing.imported import Imported, ImportedPicture, Note, in_our_words
from gongkai.statute.primitives import InputRefused

_VALID = "内容正常的文件"
_LIGHT: Final = frozenset({"txt", "md", "json"})


def from_word(data: bytes, name: str) -> Imported:
    """A Word, WPS, HTML or text file as clean text; all but short text in a confined process. Raises InputRefused."""
    try:
        kind = detect(data, name)
    except InputRefused as refused:
        raise in_our_words(refused) from None
    if kind not in _LIGHT or len(data) > LONGEST_HERE:
        return read_confined(data, name)
    # its libraries are loaded where they are needed: who only cleans does not wait for them
    made: Imported = importlib.import_module("gongkai.documents.writing.reading").read(data, name)
    return made


def read_confined(data: bytes, name: str, seconds: int = CONFINED_SECONDS, memory: int = CONFINED_BYTES) -> Imported:
    """In a process with at most that many seconds and bytes. Raises InputRefused also where they run out."""
    given = orjson.dumps(name.replace("\0", "")) + b"\n" + data
    made = bounded.run("gongkai.documents.writing.confined", given, name, seconds, memory, valid=_VALID)
    return _unpacked(orjson.loads(made))


def _unpacked(value: dict[str, Any]) -> Imported:
    pictures = tuple(
        ImportedPicture(digest, name, media_type, base64.b64decode(code))
        for digest, name, media_type, code in value["pictures"]
    )
    return Imported(value["html"], pictures, tuple(Note(kind, count) for kind, count in value["notes"]))
