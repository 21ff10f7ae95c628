"""The notice of remedies (救济告知) of a reply: by the articles that it cites and its day, not by the report's block.

行政复议法第23条第2款: where reconsideration must come first, the reply has to say so. Letters that decide nothing
carry none; of the fee notice alone nobody may complain (国办函〔2020〕109号第8条).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from gongkai.statute.letters.authorities import Authority, RemedyOrder, authority, overdue_order, reply_orders
from gongkai.statute.letters.kinds import LetterKind, kind_of
from gongkai.statute.parameters import value

Fault = Literal["absent", "body", "days", "not_first", "no_choice", "former_body"]


@dataclass(frozen=True, slots=True)
class RemediesNotice:
    """What a reply tells of its remedies.

    `reconsideration_days` are calendar days; `court_term` with its unit, "15日" after reconsideration or "6个月".
    `both`: a part of the reply has to go to reconsideration first and the rest has the choice.
    `verified` is false where a rule behind it was not read in its source.
    """

    paragraphs: tuple[str, ...]
    reconsideration_first: bool
    reconsideration_body: str
    reconsideration_days: int
    court_term: str
    articles: tuple[str, ...]
    verified: bool
    both: bool = False


def remedies_notice(
    outcome_articles: Iterable[str],
    *,
    on: date,
    body_level: str,
    body_name: str,
    parent_name: str = "",
    superior_name: str = "",
    kind: str,
) -> RemediesNotice | None:
    """The notice that a letter of that kind and day carries; None for a letter that decides nothing.

    `outcome_articles`: every article the reply cites, as codes (`16(2)`, `36(4)`). Names as `authorities.authority`
    asks for them; a name the law points to and that is not given raises InputRefused.
    """
    letter = kind_of(kind)
    if letter.remedies == "none":
        return None
    orders = _orders(letter, outcome_articles, on)
    where = authority(body_level, on=on, body_name=body_name, parent_name=parent_name, superior_name=superior_name)
    return _notice(orders, where, on, f"本{letter.short_name}", f"自收到本{letter.short_name}之日起")


def expected_order(letter: LetterKind, cited: Iterable[str], on: date) -> RemediesNotice:
    """Terms and order of a letter's notice where the reconsidering body is not known: its name is empty."""
    return _notice(_orders(letter, cited, on), Authority("", "", True), on, "", "")


def _orders(letter: LetterKind, cited: Iterable[str], on: date) -> tuple[RemedyOrder, ...]:
    return reply_orders(cited, on=on, partial=letter.code == "partial", discloses=letter.remedies == "disclosure")


def overdue_notice(
    *, on: date, body_level: str, body_name: str, parent_name: str = "", superior_name: str = ""
) -> RemediesNotice:
    """What an applicant who got no reply in time may do, on the day it is asked; the terms run from the due day."""
    where = authority(body_level, on=on, body_name=body_name, parent_name=parent_name, superior_name=superior_name)
    return _notice((overdue_order(on),), where, on, "本机关逾期不予答复", "自答复期限届满之日起")


def _notice(orders: tuple[RemedyOrder, ...], where: Authority, on: date, what: str, start: str) -> RemediesNotice:
    days = value("reconsideration_days", on)
    after = value("litigation_after_reconsideration_days", on)
    direct = value("litigation_direct_months", on)
    stages = tuple(dict.fromkeys(each.order for each in orders))
    first, both = stages[0] == "reconsideration_first", len(stages) > 1
    law, _, place = orders[0].articles[0].partition("第")
    paragraphs = []
    if first:
        part = f"{what}中不予公开的决定" if both or orders[0].class_ == "partial_refusal" else what
        paragraphs.append(
            f"对{part}不服的，根据《中华人民共和国{law}》第{place}的规定，应当先申请行政复议，可以{start}{days.number}日内"
            f"向{where.name}申请；对行政复议决定不服的，可以自收到行政复议决定书之日起{after.number}日内依法向有管辖权的"
            "人民法院提起行政诉讼。"
        )
    if not first or both:
        part = f"{what}的其他内容" if both else what
        paragraphs.append(
            f"对{part}不服的，可以{start}{days.number}日内向{where.name}申请行政复议，或者{start}"
            f"{direct.number}个月内依法向有管辖权的人民法院提起行政诉讼。"
        )
    terms = (days, after) if first else (days, direct)
    return RemediesNotice(
        paragraphs=tuple(paragraphs),
        reconsideration_first=first,
        reconsideration_body=where.name,
        reconsideration_days=days.number,
        court_term=f"{after.number}日" if first else f"{direct.number}个月",
        articles=tuple(dict.fromkeys((*(each for order in orders for each in order.articles), where.article))),
        verified=all(order.verified for order in orders) and where.verified and all(each.verified for each in terms),
        both=both,
    )


_OF_REMEDIES = re.compile(r"不服|申请行政复议|提起(?:行政)?诉讼|起诉")
_DAYS = re.compile(r"(?:60|六十)[日天]")
_AFTER = re.compile(r"(?:15|十五)[日天]")
_DIRECT = re.compile(r"(?:[63]|六|三)个月")
_MUST_FIRST = re.compile(r"(?:先|首先)(?:依法)?(?:向.{1,40}?)?(?:申请|提起)行政复议")
_DEPARTMENT_ABOVE = re.compile(r"上[一1]?级(?:行政)?主管(?:部门|机关)")


def faults_of(text: str, notice: RemediesNotice) -> tuple[Fault, ...]:
    """Where the words of a letter on remedies differ from what the notice has to say; () where they agree.

    An office may word it in its own way: only the body, the terms and the order are looked for, and only in the
    sentences that speak of remedies.
    """
    text = "。".join(each for each in re.split(r"[。\n]", text) if _OF_REMEDIES.search(each))
    if "行政复议" not in text:
        return ("absent",)
    found: list[Fault] = []
    if notice.reconsideration_body not in text:
        found.append("body")
    if notice.reconsideration_body.endswith("政府") and _DEPARTMENT_ABOVE.search(text):
        found.append("former_body")
    if not _DAYS.search(text) or (notice.reconsideration_first and not _AFTER.search(text)):
        found.append("days")
    direct = _DIRECT.search(text) is not None
    if notice.reconsideration_first and (not _MUST_FIRST.search(text) or (direct and not notice.both)):
        found.append("not_first")
    lacks_direct = not direct and (notice.both or not notice.reconsideration_first)
    bars_direct = not notice.reconsideration_first and _MUST_FIRST.search(text) is not None
    if lacks_direct or bars_direct:
        found.append("no_choice")
    return tuple(found)
