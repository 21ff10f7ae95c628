"""The words of a letter: its paragraphs with the elements in their places."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache

from gongkai.statute.cases.citing import in_full
from gongkai.statute.letters.kinds import Element, LetterKind, kind_of
from gongkai.statute.parameters import value as legal_value

OPEN_PLACE = "【请填写："
"""How a place that is still to be filled begins; no letter leaves with one."""

_MONEY = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,2})?")
_PARAMETERS = ("third_party_days", "joint_agency_days", "fee_payment_days")


def as_day(value: object) -> date | None:
    """A day, given as such or as ISO text; None where it is none."""
    if type(value) is date:
        return value
    if not isinstance(value, str):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def as_money(value: object) -> Decimal | None:
    """An amount in 元 of at most two decimals, given as number or text; None where it is none."""
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        return None
    return Decimal(str(value)) if _MONEY.fullmatch(str(value)) else None


def entries(value: object) -> tuple[str, ...]:
    """The entries of a list that say something; a text is a list of one."""
    given: Sequence[object] = (value,) if isinstance(value, str) else value if isinstance(value, list | tuple) else ()
    return tuple(each.strip() for each in given if isinstance(each, str) and each.strip())


def is_blank(value: object) -> bool:
    """Whether nothing was given: absent, blank text, an empty list. 0 and false are given."""
    if isinstance(value, str):
        return not value.strip()
    return value is None or (isinstance(value, list | tuple) and not entries(value))


def said(element: Element, value: object) -> str | None:
    """A value as a letter writes it; None where it is blank or not of its kind."""
    if is_blank(value):
        return None
    if element.value == "day":
        day = as_day(value)
        return f"{day.year}年{day.month}月{day.day}日" if day else None
    if element.value == "money":
        amount = as_money(value)
        return f"{amount:f}元" if amount is not None else None
    if element.value == "choice":
        return element.choices.get(str(value))
    if element.value == "list":
        return _listed(element, entries(value))
    return str(value).strip().rstrip("。；;") or None


def _listed(element: Element, given: tuple[str, ...]) -> str | None:
    if element.code == "articles":
        return in_full(given)
    if element.quoted:
        return "".join(f"“{each}”" for each in given)  # GB/T 15834: no 、 between quotations
    plain = [each.rstrip("。；;") for each in given]
    return plain[0] if len(plain) == 1 else "；".join(f"{place}.{each}" for place, each in enumerate(plain, 1))


def paragraphs(kind: LetterKind | str, elements: Mapping[str, object], *, on: date) -> tuple[str, ...]:
    """The letter's paragraphs on that day, remedies last; addressee, number, date and seal are the renderer's.

    A required element that is lacking leaves a marked place (【请填写：…】); a paragraph on what is not needed and not
    given is left out. What an official wrote is never read as a template.
    """
    letter = kind_of(kind) if isinstance(kind, str) else kind
    slots = _slots_filled(letter, elements, on)
    own = [line.format_map(slots) for line in letter.paragraphs if _names(line) <= slots.keys()]
    return (*own, *entries(elements.get("remedies")))


def _slots_filled(letter: LetterKind, elements: Mapping[str, object], on: date) -> dict[str, str]:
    slots = {name: str(legal_value(name, on).value) for name in _PARAMETERS}
    slots["you"] = "您" if elements.get("applicant_kind", "natural_person") == "natural_person" else "你单位"
    for element in letter.elements:
        words = said(element, elements.get(element.code, letter.defaults.get(element.code)))
        if words is not None:
            slots[element.code] = words
        elif letter.needs(element, elements):
            slots[element.code] = f"{OPEN_PLACE}{element.label}】"
    return slots


@cache
def _names(template: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in string.Formatter().parse(template) if name)
