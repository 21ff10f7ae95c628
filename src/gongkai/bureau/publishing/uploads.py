"""Files of drafts: kept by their digest, inspected when they come, cleaned of what nobody sees."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from gongkai.bureau import clock
from gongkai.bureau.orgs.models import Person
from gongkai.bureau.publishing.exchange import stored
from gongkai.bureau.publishing.models import Draft, Upload
from gongkai.statute.primitives import InputFault, InputRefused

LARGEST_FILE = 50 * 1024 * 1024
"""Bytes."""
MOST_FILES = 30
LONGEST_NAME = 120
MEDIA_TYPES: Mapping[str, str] = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".doc": "application/msword",
    ".xls": "application/vnd.ms-excel",
    ".wps": "application/vnd.ms-works",
    ".et": "application/vnd.ms-excel",
    ".ofd": "application/ofd",
    ".txt": "text/plain",
    ".csv": "text/csv",
    ".zip": "application/zip",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".gif": "image/gif",
    ".mp4": "video/mp4",
}
PICTURES = frozenset({"image/jpeg", "image/png", "image/gif"})
_BEGINNINGS: Mapping[str, tuple[bytes, ...]] = {
    ".pdf": (b"%PDF",), ".jpg": (b"\xff\xd8\xff",), ".jpeg": (b"\xff\xd8\xff",), ".png": (b"\x89PNG",),
    ".gif": (b"GIF8",), ".docx": (b"PK",), ".xlsx": (b"PK",), ".pptx": (b"PK",), ".zip": (b"PK",), ".ofd": (b"PK",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it was sent."""

    name: str
    data: bytes


def file_faults(sent: Sent, place: str) -> list[InputFault]:
    """What is wrong with a file before it is kept; `place` is the field that it came in."""
    suffix = Path(sent.name).suffix.lower()
    shown = sent.name[:60]
    if suffix not in MEDIA_TYPES:
        return [InputFault(place, f"“{shown}”不是可以公开的格式", "、".join(each[1:] for each in MEDIA_TYPES))]
    if not sent.data:
        return [InputFault(place, f"“{shown}”是空的", "有内容的文件")]
    if len(sent.data) > LARGEST_FILE:
        return [InputFault(place, f"“{shown}”超过{LARGEST_FILE // 1024 // 1024}兆字节", "小一些的文件，或分成几个")]
    if suffix in _BEGINNINGS and not sent.data.startswith(_BEGINNINGS[suffix]):
        return [InputFault(place, f"“{shown}”的内容不是{suffix[1:]}文件", "没有改过扩展名的原文件")]
    return []


def keep(draft: Draft, sent: Sent, findings: list[dict[str, object]], *, by: Person, place: str = "附件") -> Upload:
    """Store a file and enter it with the draft, in the caller's transaction, who has authorised it."""
    faults = file_faults(sent, place)
    if faults:
        raise InputRefused(*faults)
    return Upload.objects.create(
        draft=draft,
        name=Path(sent.name.replace("\\", "/")).name[-LONGEST_NAME:],
        digest=store(sent.data),
        size=len(sent.data),
        media_type=MEDIA_TYPES[Path(sent.name).suffix.lower()],
        findings=findings,
        by=by,
        at=clock.now(),
    )


def store(data: bytes) -> str:
    """Whole or not at all: half a file under its digest would be taken for the file ever after."""
    digest = hashlib.sha256(data).hexdigest()
    path = stored(digest)
    if path.is_file():
        return digest
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as half:
        half.write(data)
        half.flush()
        os.fsync(half.fileno())
    Path(half.name).chmod(0o640)
    Path(half.name).replace(path)
    return digest


def bytes_of(digest: str) -> bytes:
    """A kept file. InputRefused where it is not there any more."""
    try:
        return stored(digest).read_bytes()
    except OSError:
        raise InputRefused(InputFault("文件", "不在原处", "从备份恢复")) from None
