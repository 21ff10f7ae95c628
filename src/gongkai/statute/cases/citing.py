"""Articles as a letter cites them: `16(2)` is 《中华人民共和国政府信息公开条例》第十六条第二款.

Codes number the grounds as the table of steps and the report do; the official citation differs where the regulation
puts two grounds into one paragraph (第十六条第二款: process and enforcement files).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

REGULATION = "《中华人民共和国政府信息公开条例》"

_PLACES = {
    "16(1)": "第十六条第一款",
    "16(2)": "第十六条第二款",
    "16(3)": "第十六条第二款",
    "39(1)": "第三十九条第一款",
    "39(2)": "第三十九条第二款",
}
_CODE = re.compile(r"([1-9][0-9]?)(?:\(([1-9][0-9]?)\))?")
_DIGITS = "零一二三四五六七八九"
_LAST_ARTICLE = 56


def _numeral(number: int) -> str:
    """1–99 in Chinese numerals, as articles are counted."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones or not tens else "")


def article_number(code: str) -> int | None:
    """36 for `36(4)`; None for what is no article of the regulation (another instrument)."""
    found = _CODE.fullmatch(code)
    number = int(found[1]) if found else 0
    return number if 1 <= number <= _LAST_ARTICLE else None


def place_of(code: str) -> str:
    """第三十六条第四项 for `36(4)`; an instrument other than the regulation, or no article of it, as it is written."""
    if code in _PLACES:
        return _PLACES[code]
    found = _CODE.fullmatch(code)
    if found is None or int(found[1]) > _LAST_ARTICLE:
        return code
    return f"第{_numeral(int(found[1]))}条" + (f"第{_numeral(int(found[2]))}项" if found[2] else "")


def in_full(codes: Iterable[str]) -> str:
    """The citation of several articles: the regulation named once with its places, then other instruments."""
    places = {code: place_of(code) for code in codes}
    own = list(dict.fromkeys(place for code, place in places.items() if article_number(code)))
    others = [place for code, place in places.items() if not article_number(code)]
    head = [REGULATION + "、".join(own)] if own else []
    return "、".join([*head, *others])
