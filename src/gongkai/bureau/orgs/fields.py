"""What a typed or imported text must be before it is stored: each function gives the fault, or None."""

from __future__ import annotations

import re

from gongkai.statute.primitives import InputFault

_CODE = re.compile(r"[A-Za-z0-9_-]+")
CODE_LENGTH = 64


def code_fault(place: str, code: str) -> InputFault | None:
    """Codes make up addresses, and the paths by which roles reach down a tree.

    SQLite compares paths without regard to case: whoever stores a code refuses one that differs in case alone.
    """
    if len(code) <= CODE_LENGTH and _CODE.fullmatch(code):
        return None
    shown = f"“{code[:CODE_LENGTH]}”不能用作代码" if code else "没有填写"
    return InputFault(place, shown, f"字母、数字、连字符和下划线，不超过{CODE_LENGTH}个")


def text_fault(place: str, text: str, most: int, *, valid: str, required: bool = True) -> InputFault | None:
    """`most` characters at most, and none that cannot be printed (a zero byte stops PostgreSQL)."""
    if required and not text.strip():
        return InputFault(place, "没有填写", valid)
    if len(text.strip()) > most:
        return InputFault(place, f"有{len(text.strip())}个字", f"不超过{most}个字")
    if any(ord(each) < 32 or ord(each) == 127 for each in text.strip()):
        return InputFault(place, "含有控制字符", "可以打印的文字")
    return None
