"""Who reconsiders, by the level of the body, and in which order: the dated rules of `remedies.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from gongkai.statute.cases.deciding import rests_on
from gongkai.statute.primitives import InputFault, InputRefused

Order = Literal["choice", "reconsideration_first"]


_FRAMING = ("36(3)", "37")


@dataclass(frozen=True, slots=True)
class RemedyOrder:
    """Which way the applicant must or may go first; `articles` as a notice cites them. `verified`: read in the source.

    `class_`: refusal, partial_refusal, objection, special_access, given, rest, overdue.
    """

    class_: str
    order: Order
    articles: tuple[str, ...]
    verified: bool


@dataclass(frozen=True, slots=True)
class Authority:
    """The reconsidering body as a notice names it, the article, and whether that article was read in the source."""

    name: str
    article: str
    verified: bool


@dataclass(frozen=True, slots=True)
class RemedyRule:
    """One version of the order for one class of reply, for the pages that list them."""

    meaning: str
    since: date
    order: Order
    articles: tuple[str, ...]
    verified: bool
    note: str


@dataclass(frozen=True, slots=True)
class AuthorityRule:
    """One version of who reconsiders for some levels of bodies. `who`: parent, superior, either, own."""

    levels: tuple[str, ...]
    since: date
    who: str
    article: str
    verified: bool


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads((Path(__file__).parent / "remedies.toml").read_text(encoding="utf-8"))


def _version(history: Iterable[Mapping[str, Any]], on: date) -> Mapping[str, Any]:
    governing = [version for version in history if version["since"] <= on]
    if not governing:
        raise InputRefused(InputFault("日期", f"{on.isoformat()}尚无政府信息公开的规定", "2008-05-01以后的日子"))
    return governing[-1]


def _order(class_: str, history: Iterable[Mapping[str, Any]], on: date) -> RemedyOrder:
    version = _version(history, on)
    return RemedyOrder(class_, version["order"], tuple(version["articles"]), version["verified"])


def reply_orders(cited: Iterable[str], *, on: date, partial: bool, discloses: bool) -> tuple[RemedyOrder, ...]:
    """The orders that a reply of a day carries by the articles it cites, the strictest first, each class once.

    A letter that discloses (`discloses`) refuses nothing, whatever it cites: article 15 is then the exception applied.
    Articles 37 and 36(3) only frame the decision: they have no class of their own.
    """
    replies: Mapping[str, Any] = _data()["replies"]
    withheld = ("partial_refusal" if partial else "refusal", "objection")
    classes: dict[str, None] = {}
    for article in cited:
        if article in _FRAMING:
            continue
        named = (*withheld, "special_access", "given")
        class_ = next((each for each in named if rests_on(article, replies[each]["articles"])), "rest")
        classes["rest" if discloses and class_ in withheld else class_] = None
    if len(classes) > 1:
        classes.pop("given", None)  # what was given is rarely contested; what was not decides the notice
    found = [_order(class_, replies[class_]["versions"], on) for class_ in (classes or {"rest": None})]
    return tuple(sorted(found, key=lambda each: each.order == "choice"))


def overdue_order(on: date) -> RemedyOrder:
    """The order where no reply came in time, on the day the remedy is sought (法释〔2025〕8号第2条)."""
    return _order("overdue", _data()["overdue"]["versions"], on)


def authority(level: str, *, on: date, body_name: str, parent_name: str = "", superior_name: str = "") -> Authority:
    """The body that reconsiders the acts of a body of that level (docs/reference: `orgs`).

    `parent_name`: the government of the same level (departments), the one above (governments), or the one that set it
    up (subdistricts, development zones). `superior_name`: the department above. Raises InputRefused where the name
    that the law points to is not given, or the level is unknown.
    """
    found = next((each for each in _data()["authorities"].values() if level in each["levels"]), None)
    if found is None:
        levels = "、".join(level for each in _data()["authorities"].values() for level in each["levels"])
        raise InputRefused(InputFault("机关层级", f"没有“{level}”这一层级", levels))
    version = _version(found["versions"], on)
    who = version["who"]
    if who == "own":
        name, lacking = body_name, "本机关的名称"
    elif who == "superior":
        name, lacking = superior_name, "上一级主管部门的名称"
    else:
        name, lacking = parent_name, "本级或者上一级人民政府的名称"
    if not name.strip():
        raise InputRefused(InputFault("行政复议机关", "没有填写", lacking))
    if who == "either":
        name = f"{name}或者{superior_name.strip() or '上一级主管部门'}"
    return Authority(name.strip(), version["article"], version["verified"])


def remedy_rules() -> tuple[RemedyRule, ...]:
    """Every version of every order, the classes of reply first, then no reply in time."""
    data = _data()
    return tuple(
        RemedyRule(
            entry["meaning"], each["since"], each["order"], tuple(each["articles"]), each["verified"],
            each.get("note", ""),
        )
        for entry in (*data["replies"].values(), data["overdue"])
        for each in entry["versions"]
    )  # fmt: skip


def authority_rules() -> tuple[AuthorityRule, ...]:
    """Every version of who reconsiders."""
    return tuple(
        AuthorityRule(tuple(entry["levels"]), each["since"], each["who"], each["article"], each["verified"])
        for entry in _data()["authorities"].values()
        for each in entry["versions"]
    )
