"""Numbers as official prose writes them: 1,234, １２, 十二, 一百二十, 两."""

from __future__ import annotations

import re

# one character for one: places in the text stay what they are
_WIDTH = str.maketrans("０１２３４５６７８９，．％：；（）　", "0123456789,.%:;() ")
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_POWERS = {"十": 10, "百": 100, "千": 1000}

LONGEST = 12
"""Characters of the longest number read; a longer string of digits is a code, not a count."""

ARABIC = r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?"
CHINESE = r"[零〇一二两三四五六七八九十百千万]+"
NUMBER = re.compile(rf"{ARABIC}|{CHINESE}")


def half_width(text: str) -> str:
    """The text with full-width digits and punctuation made half-width, of the same length."""
    return text.translate(_WIDTH)


def value_of(written: str) -> int | None:
    """The whole number that a half-width string states; None for a fraction or a string that states none."""
    plain = written.replace(",", "")
    if len(plain) > LONGEST:
        return None
    if plain.isascii():
        return int(plain) if plain.isdigit() else None
    return _chinese(plain)


def _chinese(written: str) -> int | None:
    """十二 → 12, 一百二十 → 120, 两千零五 → 2005, 三万 → 30000; 二〇二〇 is a year or a code, hence None."""
    head, wan, tail = written.partition("万")
    if wan:
        high, low = _chinese(head), _chinese(tail) if tail else 0
        return None if high is None or low is None else high * 10_000 + low
    total = digit = 0
    pending = False
    for character in written:
        if character in _POWERS:
            if not pending and character != "十":
                return None
            total += (digit if pending else 1) * _POWERS[character]
            digit, pending = 0, False
        elif character in _DIGITS:
            if pending and digit:
                return None
            digit, pending = _DIGITS[character], True
        else:
            return None
    return total + digit if written else None
