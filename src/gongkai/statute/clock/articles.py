"""The article that each line of the clock stands on, by the regulation in force on the receipt day.

The table of steps (statute.cases.steps) cites order 711 by number alone. A case received before 2019-05-15 stands on
order 492 of 2007; where that had no rule and the contract counts all the same, order 711 is named, so that nobody
takes the line for the law of that day.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

FORMER = "国务院令第492号"
"""In force from 2008-05-01 to 2019-05-14. Articles 23 and 24 were read in the source, article 21 was not."""
REVISED = "国务院令第711号"

_UNDER_FORMER: Mapping[str, str] = {
    "submitted": f"{FORMER} 24",
    "signed_for": f"{FORMER} 24",
    "receipt_confirmed": f"{FORMER} 24",
    "correction_requested": f"{FORMER} 21(4)",
    "correction_received": f"{REVISED} 30",
    "correction_lapsed": f"{REVISED} 30",
    "third_party_consulted": f"{FORMER} 23",
    "third_party_replied": f"{FORMER} 24",
    "third_party_lapsed": f"{REVISED} 32",
    "joint_agency_consulted": f"{REVISED} 34",
    "joint_agency_replied": f"{REVISED} 34",
    "joint_agency_lapsed": f"{REVISED} 34",
    "other_agency_consulted": f"{REVISED} 33",
    "other_agency_replied": f"{REVISED} 33",
    "extended": f"{FORMER} 24",
    "delayed": f"{REVISED} 35",
    "replied": f"{FORMER} 21",
    "clock.correction": f"{REVISED} 30",
    "clock.extension": f"{FORMER} 24",
    "clock.late": f"{FORMER} 24",
}
_NONE: Mapping[str, str] = MappingProxyType({})
_ARTICLE = re.compile(r"(?:(\S+) )?(\d+)((?:\(\d+\))*)")


def articles_of(instrument: str) -> Mapping[str, str]:
    """By act and finding code, what is cited otherwise than in the table of steps under an instrument."""
    return _UNDER_FORMER if FORMER in instrument else _NONE


def cite(article: str) -> str:
    """条例第31条第1项 for `31(1)`; 国务院令第492号第24条 for `国务院令第492号 24`; other text as it is."""
    found = _ARTICLE.fullmatch(article)
    if found is None:
        return article
    instrument, number, items = found.groups()
    points = "、".join(f"第{each}项" for each in re.findall(r"\d+", items))
    return f"{instrument or '条例'}第{number}条{points}"
