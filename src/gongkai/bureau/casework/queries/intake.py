"""Before an application is filed: published information of the body that may be the answer to what is being typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q, QuerySet

from gongkai.bureau.casework.models import AnsweredBefore
from gongkai.bureau.publishing.catalogue import ended
from gongkai.bureau.publishing.models import Item

MOST_ANSWERS = 5
MOST_SEARCHED = 10_000
"""The newest items of a body: what is typed is compared with their titles one by one, at every pause of the fingers."""
MOST_LOOKED_AT = 300
"""Of the newest that share a word with what is typed; the best of them are shown."""
MOST_PIECES = 16
_SHOWN = ("id", "title", "document_number", "published_on", "summary", "repealed_on", "expires_on",
          "validity")  # fmt: skip
_HAN = re.compile("[\u3400-\u9fff]+")
_NUMBER = re.compile(r"[\u3400-\u9fff]{1,12}[〔\[（(【]\d{4}[〕\]）)】]第?\d{1,5}号")
_LATIN = re.compile(r"[A-Za-z0-9]{3,}")
_YEAR = re.compile(r"(?:19|20)\d\d")
# said in nearly every application, so that they tell nothing
_COMMON = frozenset(
    "政府 府信 信息 息公 公开 申请 请公 有关 关于 相关 情况 我要 要求 希望 提供 文件 材料 以及 资料 年度 我们".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Answer:
    """A published item, as anybody may read it. `ended`: 废止 or 失效, "" while it holds.

    `column`, `column_name`: where it stands among the columns of its body, "" where it stands in none.
    """

    id: int
    title: str
    document_number: str
    published_on: date
    summary: str
    ended: str
    text: str = ""
    column: str = ""
    column_name: str = ""


def answers_for(body: str, words: str) -> tuple[Answer, ...]:
    """The published items of a body that fit the words best: its number named, or at least half of the words."""
    numbers = [_bracketed(each) for each in _NUMBER.findall(words[:2000])]
    pieces = list(_pieces(words[:2000]))[:MOST_PIECES]
    if not numbers and len(pieces) < 2:
        return ()
    shared = Q(document_number__in=numbers)
    for each in pieces:
        shared |= Q(title__contains=each)
    newest = _public(body).order_by("-published_on", "-id").values("pk")[:MOST_SEARCHED]
    rows = Item.objects.filter(shared, pk__in=newest).only(*_SHOWN).order_by("-published_on", "-id")
    ranked = []
    for row in rows[:MOST_LOOKED_AT]:
        exact = row.document_number in numbers
        share = sum(each in row.title for each in pieces)
        if exact or (pieces and 2 * share >= len(pieces)):
            ranked.append((exact, share, row.published_on, row))
    ranked.sort(key=lambda each: each[:3], reverse=True)
    return tuple(_answer(each[3]) for each in ranked[:MOST_ANSWERS])


def answer(body: str, item: int) -> Answer | None:
    """One published item of the body with its text; None where there is none that is public here."""
    shown = ("body_text", "place__code", "place__name", "place__closed_at")
    found = _public(body).filter(pk=item).select_related("place").only(*_SHOWN, *shown).first()
    if found is None:
        return None
    told, place = replace(_answer(found), text=found.body_text), found.place
    return replace(told, column=place.code, column_name=place.name) if place and not place.closed_at else told


def answered_before(bodies: tuple[str, ...], first: date, last: date) -> int:
    """How many found what they wanted before filing, in a span of days."""
    return AnsweredBefore.objects.filter(body__code__in=bodies, on__gte=first, on__lte=last).count()


def _public(body: str) -> QuerySet[Item]:
    """Legacy items passed no secrecy review here: they are counted, not shown."""
    return Item.objects.filter(body__code=body, legacy=False)


def _answer(row: Item) -> Answer:
    over = ended(row.repealed_on, row.expires_on, row.validity)
    return Answer(row.pk, row.title, row.document_number, row.published_on, row.summary, over)


def _pieces(words: str) -> Iterator[str]:
    """Pairs of characters of what is written in Chinese, whole words of Latin letters and numbers; each once."""
    seen = set()
    pairs = (run[at : at + 2] for run in _HAN.findall(words) for at in range(len(run) - 1))
    for each in (*pairs, *_LATIN.findall(words)):
        if each not in seen and each not in _COMMON and not _YEAR.fullmatch(each):
            seen.add(each)
            yield each


def _bracketed(number: str) -> str:
    """A document's number with the brackets of the official form."""
    return re.sub(r"[\[（(【](\d{4})[\]）)】]第?", r"〔\1〕", number)
