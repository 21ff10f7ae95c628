"""What a file carries beside its text: hidden parts, comments, tracked changes, properties, places."""

from __future__ import annotations

from gongkai.statute.inspection.model import Inspected, NoticeKind, found_at
from gongkai.statute.primitives import Finding, Severity

CITE = "《中华人民共和国政府信息公开条例》第十五条、第十七条"

_CODES: dict[NoticeKind, tuple[str, Severity]] = {
    "hidden_sheet": ("file.hidden_content", "warning"),
    "hidden_rows": ("file.hidden_content", "warning"),
    "hidden_columns": ("file.hidden_content", "warning"),
    "hidden_text": ("file.hidden_content", "warning"),
    "hidden_slide": ("file.hidden_content", "warning"),
    "comments": ("file.hidden_content", "warning"),
    "changes": ("file.hidden_content", "warning"),
    "metadata": ("file.metadata", "warning"),
    "location": ("file.picture_location", "error"),
    "camera": ("file.metadata", "warning"),
    "unread": ("file.unread", "note"),
}


def check_notices(document: Inspected) -> list[Finding]:
    """`facts`: `kind`, and `detail` where there is one."""
    return [
        found_at(*_CODES[each.kind], each.place, (0, 0), {"kind": each.kind, "detail": each.detail}, CITE)
        for each in document.notices
    ]
