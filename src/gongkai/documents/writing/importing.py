"""Importing a file as text, in a process of its own: nothing that a file holds reaches this process."""

from __future__ import annotations

import base64
import importlib
import os
import subprocess
import sys
from typing import Any, Final

import orjson

from gongkai.documents.formats import detect
from gongkai.documents.limits import CONFINED_BYTES, CONFINED_SECONDS, LONGEST_HERE, refuse
from gongkai.documents.writing.imported import Imported, ImportedPicture, Note, in_our_words
from gongkai.statute.primitives import InputFault, InputRefused

READ, REFUSED = 0, 3
"""What the process says by its end."""
_VALID = "内容正常的文件"
_LIGHT: Final = frozenset({"txt", "md", "json"})
_PASSED_ON: Final = ("PATH", "LANG", "LC_ALL", "HOME", "TMPDIR", "PYTHONPATH", "VIRTUAL_ENV")


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
    order = [sys.executable, "-m", "gongkai.documents.writing.confined", str(seconds), str(memory)]
    environment = {key: os.environ[key] for key in _PASSED_ON if key in os.environ}
    try:
        ended = subprocess.run(  # noqa: S603  (our own module, no argument from outside)
            order, input=orjson.dumps(name.replace("\0", "")) + b"\n" + data, capture_output=True,
            timeout=seconds + 5, env=environment, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise refuse(name, f"读了 {seconds} 秒还没有读完，已停止", _VALID) from None
    if ended.returncode == READ:
        return _unpacked(orjson.loads(ended.stdout))
    if ended.returncode == REFUSED:
        raise InputRefused(*(InputFault(*fault) for fault in orjson.loads(ended.stdout)))
    raise refuse(name, "文件过于复杂或者已损坏，读取时超出了时间或内存的限度", _VALID)


def _unpacked(value: dict[str, Any]) -> Imported:
    pictures = tuple(
        ImportedPicture(digest, name, media_type, base64.b64decode(code))
        for digest, name, media_type, code in value["pictures"]
    )
    return Imported(value["html"], pictures, tuple(Note(kind, count) for kind, count in value["notes"]))
