"""Whether two to four Chinese characters may be a person's name: a surname first, and no word of the trade.

Surnames and words are data, `names.toml`.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Final

_DATA = tomllib.loads((Path(__file__).parent / "names.toml").read_text(encoding="utf-8"))
_SINGLE = "".join(_DATA["single"].split())
_COMPOUND = "|".join(_DATA["compound"].split())
_WORDS = frozenset(_DATA["words"].split())
_HAN = r"[\u4e00-\u9fff]"

NAME: Final = rf"(?:(?:{_COMPOUND}){_HAN}{{1,2}}|[{_SINGLE}]{_HAN}{{1,2}}|{_HAN}{{2,5}}·{_HAN}{{2,6}})"
"""A name as a pattern; `is_name` decides."""

_NAME = re.compile(NAME)
_NO_NAME = re.compile(r"某|先生|女士|同志|老师|医生|科长|局长|主任|电话|手机|地址|住址|公司|中心|委员|政府")


def is_name(text: str) -> bool:
    """Whether the whole text may be a name; masked ones (张某, 李××) are none."""
    return (
        _NAME.fullmatch(text) is not None
        and text not in _WORDS
        and text[:2] not in _WORDS
        and _NO_NAME.search(text) is None
    )
