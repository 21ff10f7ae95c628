"""检索记录: before a body says that it does not hold something it has searched, and shows how (指导案例101号)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db import transaction

from gongkai.bureau import clock
from gongkai.bureau.casework import resent
from gongkai.bureau.casework.models import SearchRecord
from gongkai.bureau.casework.rights import require_act
from gongkai.bureau.casework.services import locked
from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs.models import Person
from gongkai.bureau.orgs.permissions import Act
from gongkai.statute.primitives import InputFault, InputRefused

LONGEST_TEXT = 4000
LONGEST_LINE = 200


@transaction.atomic
def record(
    actor: Person,
    request: int,
    *,
    places: str,
    terms: str,
    period: str,
    searchers: str,
    archive_asked: bool,
    result: str,
    on: date | None,
) -> int:
    """Write down one search; returns its id. A second search is a second record, a form sent twice is one."""
    found = locked(request)
    require_act(actor, Act.ENTER_REQUESTS, found.body)
    given = {"检索范围": places, "检索词": terms, "时间段": period, "检索人": searchers, "检索结果": result}
    faults = [*_text_faults(given), *_day_faults(on, found.submitted_on)]
    if faults or on is None:
        raise InputRefused(*faults)
    told = {
        "request": found, "places": places.strip(), "terms": terms.strip(), "period": period.strip(),
        "searchers": searchers.strip(), "archive_asked": archive_asked, "result": result.strip(), "on": on, "by": actor,
    }  # fmt: skip
    if known := SearchRecord.objects.filter(**told, at__gte=resent.since()).first():
        return known.pk
    made = SearchRecord.objects.create(**told, at=clock.now())
    facts = {"search": made.pk, "on": on.isoformat(), "archive": archive_asked}
    ledger.append(f"request:{found.pk}", "request.searched", actor=actor, body=found.body.code, facts=facts)
    return made.pk


_VALID = {
    "检索范围": "查了哪些系统、档案和科室", "检索词": "用了哪些关键词", "时间段": "如“2019年至2024年”",
    "检索人": "检索人姓名", "检索结果": "查到、没有查到什么",
}  # fmt: skip


def _text_faults(given: dict[str, str]) -> Iterator[InputFault]:
    for label, text in given.items():
        most = LONGEST_LINE if label in ("时间段", "检索人") else LONGEST_TEXT
        if not text.strip():
            yield InputFault(label, "没有填写", _VALID[label])
        elif len(text) > most:
            yield InputFault(label, f"有{len(text)}个字", f"不超过{most}个字")


def _day_faults(on: date | None, submitted_on: date | None) -> Iterator[InputFault]:
    if on is None:
        yield InputFault("检索日", "没有填写", "日期")
    elif on > clock.today():
        yield InputFault("检索日", f"{on}还没有到", "今天或以前的日子")
    elif submitted_on and on < submitted_on:
        yield InputFault("检索日", "早于提交申请之日", "收到申请以后的检索")
