"""The proof before a file leaves: opened from scratch, nothing forbidden can be read anywhere in it."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.documents.limits import LARGEST_FILE, refuse
from gongkai.documents.redaction.verify_needles import Needles
from gongkai.documents.redaction.verify_package import verify_package
from gongkai.documents.redaction.verify_pdf import verify_pdf
from gongkai.documents.redaction.verify_picture import extras
from gongkai.statute.primitives import InputFault

_MOST = 4
"""A file of pictures may be as many times larger than one that is taken in."""


def verify_clean(data: bytes, name: str, forbidden: Sequence[str] = ()) -> tuple[InputFault, ...]:
    """What is still in the file: forbidden words, told by their number from 1, and anything that a reader does not see.

    Empty means that the file may leave. Raises InputRefused for a file that cannot be opened, for it is not proven.
    """
    if len(data) > _MOST * LARGEST_FILE:
        raise refuse(name, "文件过大，不能核对", "较小的文件")
    needles = Needles(forbidden)
    if data.startswith(b"%PDF-"):
        wrong, found = verify_pdf(data, name, needles)
    elif data.startswith(b"PK"):
        wrong, found = verify_package(data, name, needles)
    elif data.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        wrong, found = extras(data), needles.in_bytes(data)
    else:
        raise refuse(name, "不是能核对的格式", "PDF、JPG、PNG、docx 或 xlsx 文件")
    found |= needles.in_text(name)
    return (
        *(
            InputFault(name, f"第{number}项要遮盖的内容仍能从文件里读出", "遮盖后读不出的文件")
            for number in sorted(found)
        ),
        *(InputFault(name, each, "只有看得见的内容的文件") for each in wrong),
    )
