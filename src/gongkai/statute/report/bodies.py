"""Public bodies as the checks of a report need them: their names and levels, and what a name alone tells."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ENTITLED_LEVELS = frozenset({"province", "city"})
"""Governments that may make 规章 (立法法: provinces, cities with districts, autonomous prefectures)."""

UNTOLD_LEVELS = frozenset({"other", "authorised_body"})
"""Levels that say nothing of the power to make 规章."""

LONGEST_NAME = 60
"""Characters; what is longer is no name of a body."""

_MUNICIPALITIES = "北京|天津|上海|重庆"
_COUNTY_UNIT = r"(?:县|旗|(?<!自治)(?<!开发)(?<!新)(?<!园)(?<!景)(?<!社)(?<!地)区)"
_NOT_ENTITLED = (
    # departments and offices of a local government, by their place and their ending; vertical bodies likewise
    re.compile(r"(?:省|自治区|市|州|盟|县|区|旗|镇|乡|街道).{0,24}(?:局|(?<!办公)厅|委|委员会|总队|支队|大队)$"),
    # the government of a county, a district, a banner, and its office
    re.compile(_COUNTY_UNIT + r"(?:人民)?政府(?:办公室)?$"),
    # a city within a city is of county level
    re.compile(r"[市州].+市(?:人民)?政府(?:办公室)?$"),
    re.compile(r"(?:镇|乡|苏木)(?:人民)?政府(?:.*办公室)?$"),
    re.compile(r"街道(?:办事处)?$"),
    re.compile(r"(?:开发区|高新区|工业园区|新区|度假区|风景区)(?:党工委)?管(?:理)?委(?:员)?会$"),
)
_STATE_DEPARTMENT = re.compile(
    r"^(?:中华人民共和国|国务院|国家(?!税务总局.)|中国(?:人民银行|气象局|地震局|民用航空局|民航局|证券|银行保险))"
    rf"|^(?!{_MUNICIPALITIES})[^省市县区州旗盟镇乡]+(?:部|总署|总局)$"
)


@dataclass(frozen=True, slots=True)
class KnownBody:
    """A body of the organisation tree: its full name, its level (docs/reference: `orgs`), its usual short name."""

    name: str
    level: str
    short_name: str = ""


def may_make_rules(agency: str, bodies: Iterable[KnownBody] = ()) -> bool | None:
    """Whether the body may make 规章; None where neither the organisation tree nor the name tells with certainty.

    A bare “某某市人民政府” is untold: the city may have districts or be of county level.
    """
    for body in bodies:
        if agency in (body.name, body.short_name):
            return None if body.level in UNTOLD_LEVELS else body.level in ENTITLED_LEVELS
    if len(agency) > LONGEST_NAME:
        return None
    if _STATE_DEPARTMENT.search(agency):
        return True
    if any(pattern.search(agency) for pattern in _NOT_ENTITLED):
        return False
    if re.search(rf"(?:省|自治区|自治州|^(?:{_MUNICIPALITIES})市)(?:人民)?政府$", agency):
        return True
    return None


@cache
def _abbreviations() -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern over all abbreviations, the longest first, and what each stands for."""
    data = tomllib.loads((Path(__file__).parent / "abbreviations.toml").read_text(encoding="utf-8"))
    full: dict[str, str] = data["bodies"]
    words = "|".join(map(re.escape, sorted(full, key=len, reverse=True)))
    # the place before it; 人民政府 is no abbreviation, and in 县政府信息公开 the word 政府 belongs to what follows
    return re.compile(rf"([\u4e00-\u9fff]*?[省市县区州旗盟乡镇])({words})(?!信息|网|公报)"), full


def abbreviated(title: str, bodies: Iterable[KnownBody] = ()) -> tuple[str, str] | None:
    """The abbreviated body in a title and its full name, or None where the title gives no known abbreviation."""
    for body in bodies:
        if body.name in title:
            return None
        if body.short_name and body.short_name != body.name and body.short_name in title:
            return body.short_name, body.name
    pattern, full = _abbreviations()
    found = pattern.search(title[:LONGEST_NAME])
    if found is None:
        return None
    return found[0], found[1] + full[found[2]]
