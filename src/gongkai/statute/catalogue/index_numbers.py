"""索引号: given once, never reused, never changed, whatever becomes of the body (《政府信息公开目录系统实施指引》).

The usual form is 前段码/后段码: the body's code, a stroke, the year, a serial number of five digits
(000014349/2018-00222). Places have their own (six parts, four parts), so the form is an office's to set.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongkai.statute.primitives import InputFault, InputRefused

DEFAULT = "{org}/{year}-{serial:5}"
"""[转述，原文未核] 前段为组织机构代码或者统一社会信用代码，后段为四位年和五位流水号。"""
_PART = re.compile(r"\{(org|year|column|serial)(?::([1-9]))?\}")
_PLAIN = re.compile(r"[0-9A-Za-z/._-]*")
LONGEST = 100


@dataclass(frozen=True, slots=True)
class Scheme:
    """A form of index numbers: text with {org}, {year}, {column} and {serial}, the last with its least digits."""

    pattern: str

    def number(self, *, org: str, year: int, serial: int, column: str = "") -> str:
        values = {"org": org, "year": f"{year:04d}", "column": column, "serial": str(serial)}
        return _PART.sub(lambda part: values[part[1]].rjust(int(part[2] or 0), "0"), self.pattern)


def scheme(pattern: str) -> Scheme:
    """The scheme that somebody typed. Raises InputRefused with what is wrong with it.

    Without the year serials would have to run on for ever, without body or serial two numbers could be the same.
    """
    typed = pattern.strip()
    parts = [part[1] for part in _PART.finditer(typed)]
    faults = []
    if not typed or len(typed) > LONGEST:
        faults.append(InputFault("索引号规则", f"有{len(typed)}个字", f"1至{LONGEST}个字，如 {DEFAULT}"))
    elif not _PLAIN.fullmatch(_PART.sub("", typed)):
        faults.append(InputFault("索引号规则", f"“{typed}”含有不能用的字符", "字母、数字、/ . _ - 和花括号里的代号"))
    missing = [word for name, word in (("org", "机关"), ("year", "年"), ("serial", "流水号")) if name not in parts]
    if typed and missing:
        faults.append(InputFault("索引号规则", f"没有{'、'.join(missing)}", f"如 {DEFAULT}"))
    if len(parts) != len(set(parts)):
        faults.append(InputFault("索引号规则", "同一代号写了两次", f"各写一次，如 {DEFAULT}"))
    if faults:
        raise InputRefused(*faults)
    return Scheme(typed)
