"""Places in a text that may have to be blacked out before it is given out (条例第十五条、第三十七条), by kind.

Wider than `personal_data`: an officer looks at each proposal, so a number with a wrong check digit is one too, and so
is the telephone of a home. The three kinds of that module are found by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from gongkai.statute.inspection.personal_data import check_personal_data
from gongkai.statute.primitives import ProsePlace

KINDS: Final = {
    "id_card": "居民身份证号码",
    "phone": "手机号码",
    "bank_card": "银行卡号",
    "landline": "固定电话号码",
    "email": "电子邮箱",
    "address": "住址",
    "plate": "机动车号牌",
    "passport": "护照号码",
    "name": "姓名",
}
_BY_WORDS = {"居民身份证号码": "id_card", "手机号码": "phone", "银行卡号": "bank_card"}
_WIDTH = str.maketrans("０１２３４５６７８９Ｘｘ－（）＠．", "0123456789Xx-()@.")
_HAN = "\u3400-\u9fff"
_PATTERNS: Final = {
    # a number whose check digit is wrong is most often a real one, mistyped
    "id_card": re.compile(
        r"(?<![0-9A-Za-z])[1-9]\d[ ]?\d{4}[ -]?(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[ -]?\d{3}"
        r"[0-9Xx](?![0-9A-Za-z])",
        re.ASCII,
    ),
    "phone": re.compile(r"(?<![0-9A-Za-z])(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![0-9A-Za-z])", re.ASCII),
    "landline": re.compile(r"(?<![0-9A-Za-z-])(?:\(0\d{2,3}\)|0\d{2,3})[ -]?[2-8]\d{6,7}(?![0-9A-Za-z])", re.ASCII),
    "email": re.compile(
        r"[A-Za-z0-9](?:[A-Za-z0-9._%+-]{0,62}[A-Za-z0-9])?@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{2,24}){1,4}", re.ASCII
    ),
    "plate": re.compile(
        r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·• ]?"
        r"[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳](?![0-9A-Za-z])"
    ),
    "passport": re.compile(r"(?<![0-9A-Za-z])(?:[EG]\d{8}|E[A-HJ-NP-Z]\d{7}|[PSD]E?\d{7})(?![0-9A-Za-z])"),
    # from a village, town, road or estate down to a house number; what comes before it in the same words is taken too
    "address": re.compile(
        rf"(?:[{_HAN}]{{2,9}}?(?:省|自治区|市|州|盟|县|区|旗|镇|乡|街道)){{0,5}}[{_HAN}0-9]{{1,14}}?"
        r"(?:村|路|街|巷|弄|里|大道|胡同|小区|花园|新村|公寓|家园|苑|组|社区)"
        r"(?:[东南西北中甲乙丙0-9一二三四五六七八九十A-Za-z-]{1,6}(?:号楼|号院|单元|号|栋|幢|座|楼|层|室|组|户|弄)){1,6}"
        r"(?:[0-9]{2,4}(?![0-9]))?"
    ),
    "name": re.compile(
        rf"(?:姓名|当事人|申请人|投诉人|举报人|信访人|被处罚人|联系人|法定代表人|经营者|委托代理人|户主)[：:][ \t]*"
        rf"(?P<what>[{_HAN}]{{2,4}}(?:·[{_HAN}]{{2,8}})?)(?![{_HAN}])"
    ),
}


@dataclass(frozen=True, slots=True)
class Identifier:
    """A kind of `KINDS` and the characters from `start` to `end` (excluded)."""

    kind: str
    start: int
    end: int


def find_identifiers(text: str) -> tuple[Identifier, ...]:
    """All that may be personal, in order, none within another."""
    found = []
    for each in check_personal_data(text, ""):
        if isinstance(each.where, ProsePlace):
            found.append(Identifier(_BY_WORDS[str(each.facts["kind"])], each.where.start, each.where.end))
    plain = text.translate(_WIDTH)
    for kind, pattern in _PATTERNS.items():
        group = "what" if kind == "name" else 0
        found += [Identifier(kind, match.start(group), match.end(group)) for match in pattern.finditer(plain)]
    return apart(found)


def apart(found: Iterable[Identifier]) -> tuple[Identifier, ...]:
    """The longer of two that overlap; at the same length the one found first, whose rule is the stricter."""
    kept: list[Identifier] = []
    for each in sorted(found, key=lambda one: one.start - one.end):
        if all(each.end <= other.start or each.start >= other.end for other in kept):
            kept.append(each)
    return tuple(sorted(kept, key=lambda one: one.start))
