"""Dates that cannot be: no such day, another weekday, an end before its beginning, formed after published, the future.

A forged day of publication alone fails a site (国办秘函〔2019〕19号 单项否决：弄虚作假，如伪造发稿日期).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise

from gongkai.statute.inspection.days import written_day, written_days
from gongkai.statute.inspection.model import Inspected, Passage, Stated, found_at
from gongkai.statute.primitives import Finding

CITE = "《中华人民共和国政府信息公开条例》第六条（及时、准确）；国办秘函〔2019〕19号"

_WEEKDAY = re.compile(r"\s?[（(]?(?:星期|周|礼拜)([一二三四五六日天])")
_UNTIL = re.compile(r"\s?(?:[（(][^（()）]{1,6}[）)])?\s?(?:起\s?)?(?:至|到|—{1,2}|－|-|~|～)\s?")
_WEEKDAYS = "一二三四五六日"
_MONTH_ALONE = re.compile(r"(?<!\d)(?:19|20)\d{2}年(\d{1,2})月(?!\d)", re.ASCII)


def check_dates(document: Inspected, elements: Mapping[str, Stated], on: date) -> list[Finding]:
    """Findings in the text, then on the days that the document states of itself. `on`: the day of the inspection."""
    found = [each for passage in document.shown for each in _in_text(passage)]
    return found + list(_of_elements(elements, on))


def _in_text(passage: Passage) -> Iterable[Finding]:
    text = passage.text
    days = sorted(written_days(text), key=lambda each: each.start)
    for each in days:
        span = (each.start, each.end)
        if each.day is None:
            yield _wrong(passage, span, "day")
            continue
        weekday = _WEEKDAY.match(text, each.end)
        if weekday and _WEEKDAYS.index(weekday[1].replace("天", "日")) != each.day.weekday():
            right = f"星期{_WEEKDAYS[each.day.weekday()]}"
            yield _wrong(passage, (each.start, weekday.end()), "weekday", suggestion=right)
    for first, last in pairwise(days):
        if first.day and last.day and first.day > last.day and _UNTIL.fullmatch(text, first.end, last.start):
            yield _wrong(passage, (first.start, last.end), "range")
    for match in _MONTH_ALONE.finditer(text):
        if not 1 <= int(match[1]) <= 12 and not any(each.start <= match.start() < each.end for each in days):
            yield _wrong(passage, match.span(), "day")


def _wrong(passage: Passage, span: tuple[int, int], fault: str, **more: object) -> Finding:
    facts = {"found": passage.text[slice(*span)], "fault": fault, **more}
    return found_at("text.date_impossible", "error", passage, span, facts, CITE)


def _of_elements(elements: Mapping[str, Stated], on: date) -> Iterable[Finding]:
    formed, published = (_day(elements.get(code)) for code in ("formed_on", "published_on"))
    for code, label, day in (("formed_on", "成文日期", formed), ("published_on", "发布日期", published)):
        if day is not None and day > on:
            facts = {"label": label, "day": day.isoformat(), "today": on.isoformat()}
            yield found_at("item.date_future", "error", elements[code].place, (0, 0), facts, CITE)
    if formed is not None and published is not None and formed > published:
        facts = {"formed": formed.isoformat(), "published": published.isoformat()}
        yield found_at("item.date_order", "error", elements["published_on"].place, (0, 0), facts, CITE)
    number = elements.get("number")
    year = re.search(r"[〔\[［【（(〈]\s?((?:19|20)\d{2})\s?[〕\]］】）)〉]", number.text) if number else None
    if number and year and formed is not None and int(year[1]) != formed.year:
        facts = {"number": number.text, "formed": formed.isoformat()}
        yield found_at("item.year_disagrees", "warning", number.place, (0, 0), facts, CITE)


def _day(stated: Stated | None) -> date | None:
    return written_day(stated.text) if stated else None
