"""The files of requests: every byte sealed under the identity key, for a scan or a name of a file tells who asked."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from django.conf import settings

from gongkai.bureau import clock
from gongkai.bureau.casework import identity
from gongkai.bureau.casework.models import CaseFile, Request
from gongkai.bureau.orgs.models import Person
from gongkai.statute.primitives import InputFault, InputRefused

LARGEST_FILE = 20 * 1024 * 1024
"""Bytes."""
MOST_FILES = 20
LONGEST_NAME = 120
MEDIA_TYPES: Mapping[str, str] = {
    ".pdf": "application/pdf",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".doc": "application/msword",
    ".wps": "application/vnd.ms-works",
    ".txt": "text/plain",
    ".ofd": "application/ofd",
    ".zip": "application/zip",
}
OF: Mapping[str, str] = {
    "application": "申请书",
    "identity": "身份证明",
    "attachment": "申请附件",
    "evidence": "凭证",
    "material": "拟提供的材料",
    "redacted": "遮盖后的材料",
    "letter": "文书",
    "scan": "盖章扫描件",
    "proof": "送达凭证",
    "opinion": "意见",
    "snapshot": "网页快照",
    "archive": "案卷",
}
"""What a file of a request can be."""
BEGINNINGS: Mapping[str, tuple[bytes, ...]] = {
    ".pdf": (b"%PDF",), ".jpg": (b"\xff\xd8\xff",), ".jpeg": (b"\xff\xd8\xff",), ".png": (b"\x89PNG",),
    ".docx": (b"PK",), ".xlsx": (b"PK",), ".zip": (b"PK",), ".ofd": (b"PK",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it was sent."""

    name: str
    data: bytes


def file_faults(sent: Sent, place: str) -> list[InputFault]:
    """What is wrong with a file before it is kept; `place` is the field that it came in."""
    suffix = Path(sent.name).suffix.lower()
    if suffix not in MEDIA_TYPES:
        return [InputFault(place, f"“{sent.name[:60]}”不是可以接收的格式", "、".join(each[1:] for each in MEDIA_TYPES))]
    if not sent.data:
        return [InputFault(place, f"“{sent.name[:60]}”是空的", "有内容的文件")]
    if len(sent.data) > LARGEST_FILE:
        return [InputFault(place, f"“{sent.name[:60]}”超过20兆字节", "小一些的文件，或分成几个")]
    if suffix in BEGINNINGS and not sent.data.startswith(BEGINNINGS[suffix]):
        return [InputFault(place, f"“{sent.name[:60]}”的内容不是{suffix[1:]}文件", "没有改过扩展名的原文件")]
    return []


def keep(
    request: Request,
    of: str,
    sent: Sent,
    *,
    by: Person | None,
    open_to_applicant: bool = False,
    made_from: CaseFile | None = None,
    facts: Mapping[str, object] | None = None,
) -> CaseFile:
    """Seal and store a file and enter it with the request, in the caller's transaction, who has authorised it."""
    faults = file_faults(sent, OF[of])
    if faults:
        raise InputRefused(*faults)
    digest = _store(identity.seal_bytes(sent.data))
    return CaseFile.objects.create(
        request=request,
        of=of,
        sealed_name=identity.seal_text(Path(sent.name).name[-LONGEST_NAME:]),
        media_type=MEDIA_TYPES[Path(sent.name).suffix.lower()],
        size=len(sent.data),
        digest=digest,
        content_digest=hashlib.sha256(sent.data).hexdigest(),
        open_to_applicant=open_to_applicant,
        made_from=made_from,
        facts=dict(facts or {}),
        by=by,
        at=clock.now(),
    )


def name_of(found: CaseFile) -> str:
    try:
        return identity.unseal_text(bytes(found.sealed_name))
    except InvalidTag:
        return f"{OF.get(found.of, '文件')}{found.pk}"


def bytes_of(found: CaseFile) -> bytes:
    """The file as it was sent. InputRefused where it is not there or was changed."""
    try:
        return identity.unseal_bytes(stored(found.digest).read_bytes())
    except (OSError, InvalidTag):
        raise InputRefused(InputFault("文件", "打不开：不在原处、被改过，或者密钥不对", "从备份恢复")) from None


def stored(digest: str) -> Path:
    return Path(settings.FILES) / "casework" / digest[:2] / digest


def _store(sealed: bytes) -> str:
    digest = hashlib.sha256(sealed).hexdigest()
    path = stored(digest)
    path.parent.mkdir(parents=True, exist_ok=True)
    # whole or not at all: half a file under its digest would be taken for the file ever after
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as half:
        half.write(sealed)
        half.flush()
        os.fsync(half.fileno())
    Path(half.name).chmod(0o640)
    Path(half.name).replace(path)
    return digest
