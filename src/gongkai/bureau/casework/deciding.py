"""Deciding a request item by item: each wanted item with its outcome, articles, reason and what proves it (第36至39条).

The case's own row of table three follows by the form's rule (`statute.cases.deciding.case_outcome`); nothing is told to
the applicant here, that is the letter's work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from urllib.parse import urlsplit

from django.db import transaction

from gongkai.bureau import clock
from gongkai.bureau.casework import files
from gongkai.bureau.casework.models import CLOSED_PHASES, Request, SearchRecord, WantedItem
from gongkai.bureau.casework.rights import require_act
from gongkai.bureau.casework.services import locked
from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs.models import Person
from gongkai.bureau.orgs.permissions import Act
from gongkai.statute.cases.citing import article_number
from gongkai.statute.cases.deciding import ItemDecision, check_decision
from gongkai.statute.cases.exchange import OUTCOMES
from gongkai.statute.primitives import InputFault, InputRefused
from gongkai.statute.wording import sentence

FACTS: Mapping[str, str] = {
    "medium": "已公开的途径",
    "page_url": "网页地址",
    "page_checked_on": "核对网页之日",
    "found_where": "获取的方式、途径",
    "responsible_agency": "负责公开的机关",
    "agency_contact": "该机关的联系方式",
    "forbidding_law": "禁止公开的法律、行政法规及条款",
    "special_law": "特别规定的法律、行政法规",
    "apply_where": "办理查询的机关和方式",
    "existing_information": "可以提供的现有信息",
    "channel": "相应的渠道",
    "earlier_number": "此前答复的文号",
    "earlier_replied_on": "此前答复之日",
    "already_obtained": "申请人已获取的信息",
}
"""What a decision may have to say beside its reason: the elements of the letters that tell it."""
MOST_ITEMS = 50
LONGEST_TEXT = 4000
LONGEST_FACT = 500
_INSTRUMENT = re.compile(r"[\u4e00-\u9fff《].{3,59}")
"""Another instrument than the regulation, in words: 国办函〔2020〕109号."""
DAYS = ("page_checked_on", "earlier_replied_on")


@transaction.atomic
def divide(actor: Person, request: int, texts: Sequence[str], *, seen: int | None = None) -> None:
    """Set the wanted items anew: one text each, in order. Only while none is decided.

    It stays one request with one number and one reply: no fee rule and no row of the report changes by it.
    """
    found = _open(actor, request)
    before = list(WantedItem.objects.select_for_update().filter(request=found).order_by("position"))
    if seen is not None and seen != len(before):
        raise InputRefused(InputFault("申请事项", "您打开这一页以后，已经有人改过", "看过新的情况以后再改"))
    wanted = [each.strip() for each in texts if each.strip()]
    faults = []
    if any(each.outcome for each in before):
        faults.append(InputFault("申请事项", "已经有作出决定的", "都没有决定时再拆分、合并"))
    if not 0 < len(wanted) <= MOST_ITEMS:
        faults.append(InputFault("申请事项", f"有{len(wanted)}项", f"1至{MOST_ITEMS}项"))
    faults += [
        InputFault(f"第{number}项", f"有{len(text)}个字", f"不超过{LONGEST_TEXT}个字")
        for number, text in enumerate(wanted, 1)
        if len(text) > LONGEST_TEXT
    ]
    if faults:
        raise InputRefused(*faults)
    WantedItem.objects.filter(request=found).delete()
    WantedItem.objects.bulk_create(
        WantedItem(request=found, position=position, text=text) for position, text in enumerate(wanted, 1)
    )
    facts = {"before": len(before), "items": len(wanted)}
    ledger.append(f"request:{found.pk}", "request.divided", actor=actor, body=found.body.code, facts=facts)


@transaction.atomic
def decide(
    actor: Person,
    request: int,
    *,
    position: int,
    outcome: str,
    articles: Sequence[str],
    reason: str,
    facts: Mapping[str, str],
    snapshot: files.Sent | None = None,
    seen: str | None = None,
) -> None:
    """Decide one wanted item. A request without items has one, its subject, at position 1.

    seen: when the item had been decided as the person saw it (ISO, "" for never).
    InputRefused with all that the decision lacks: its article, its reason, what proves it.
    """
    found = _open(actor, request)
    item = _item(found, position)
    decided = item.decided_at.isoformat() if item.decided_at else ""
    if seen is not None and seen != decided:
        raise InputRefused(InputFault(f"第{position}项", "您打开这一页以后，已经有人决定", "看过新的决定以后再改"))
    cited = list(dict.fromkeys(each.strip() for each in articles if each.strip()))
    told = {name: text.strip() for name, text in facts.items() if name in FACTS and text.strip()}
    faults = list(_faults(found, item, outcome, cited, reason.strip(), told, snapshot))
    if faults:
        raise InputRefused(*faults)
    kept: dict[str, object] = dict(told)
    if snapshot is not None:
        made = files.keep(found, "snapshot", snapshot, by=actor, facts={"page": told.get("page_url", "")})
        kept |= {"page_digest": made.content_digest, "snapshot": made.pk}
    elif _already_public(outcome, cited, told):
        kept |= {name: item.facts[name] for name in ("page_digest", "snapshot") if name in item.facts}
    item.outcome, item.articles, item.reason, item.facts = outcome, ",".join(cited), reason.strip(), kept
    item.decided_by, item.decided_at = actor, clock.now()
    item.save()
    written = {"item": position, "outcome": outcome, "articles": item.articles}
    ledger.append(f"request:{found.pk}", "request.item_decided", actor=actor, body=found.body.code, facts=written)


@transaction.atomic
def undo(actor: Person, request: int, *, position: int) -> None:
    """Take a decision back before the reply: the item is undecided again; the journal keeps both."""
    found = _open(actor, request)
    item = WantedItem.objects.select_for_update().filter(request=found, position=position).first()
    if item is None or not item.outcome:
        raise InputRefused(InputFault(f"第{position}项", "还没有决定", "已经决定的一项"))
    item.outcome, item.articles, item.reason, item.facts = "", "", "", {}
    item.decided_by, item.decided_at = None, None
    item.save()
    facts = {"item": position}
    ledger.append(f"request:{found.pk}", "request.item_reopened", actor=actor, body=found.body.code, facts=facts)


def _open(actor: Person, request: int) -> Request:
    found = locked(request)
    require_act(actor, Act.ENTER_REQUESTS, found.body)
    if found.phase in CLOSED_PHASES:
        raise InputRefused(InputFault("申请事项", "已经办结", "重新办理以后再改"))
    return found


def _item(found: Request, position: int) -> WantedItem:
    item = WantedItem.objects.select_for_update().filter(request=found, position=position).first()
    if item is not None:
        return item
    if position != 1 or WantedItem.objects.filter(request=found).exists():
        raise InputRefused(InputFault("申请事项", f"没有第{position}项", "所列的一项"))
    return WantedItem(request=found, position=1, text=found.subject)


def _faults(
    found: Request,
    item: WantedItem,
    outcome: str,
    cited: Sequence[str],
    reason: str,
    told: Mapping[str, str],
    snapshot: files.Sent | None,
) -> Iterator[InputFault]:
    if outcome not in OUTCOMES:
        yield InputFault("办理结果", "没有选择", "表三所列的一种")
        return
    for each in cited:
        if article_number(each) is None and not _INSTRUMENT.fullmatch(each):
            yield InputFault("引用条款", f"“{each[:30]}”不是条款", "如“36(2)”“16(1)”，几条之间用逗号隔开")
    if len(",".join(cited)) > 120:
        yield InputFault("引用条款", "太多", "不超过120个字")
    for label, text in (("理由", reason), *((FACTS[name], text) for name, text in told.items())):
        most = LONGEST_TEXT if label == "理由" else LONGEST_FACT
        if len(text) > most:
            yield InputFault(label, f"有{len(text)}个字", f"不超过{most}个字")
    for finding in check_decision(ItemDecision(outcome, tuple(cited), reason)):
        place = "理由" if finding.code == "letter.missing_element" else "引用条款"
        yield InputFault(place, sentence(finding), finding.cite)
    for name in DAYS:
        if name in told:
            yield from _day_faults(FACTS[name], told[name])
    yield from _proof_faults(found, item, outcome, cited, told, snapshot)


def _proof_faults(
    found: Request,
    item: WantedItem,
    outcome: str,
    cited: Sequence[str],
    told: Mapping[str, str],
    snapshot: files.Sent | None,
) -> Iterator[InputFault]:
    """What must stand behind a decision before it can be told."""
    if _not_ours(outcome, cited):
        if bool(told.get("agency_contact")) and not told.get("responsible_agency"):
            yield InputFault(FACTS["responsible_agency"], "没有填写", "能够确定负责机关的，写明名称和联系方式")
    elif outcome == "unavailable.not_held" and not SearchRecord.objects.filter(request=found).exists():
        yield InputFault("检索记录", "没有", "先登记检索记录，再认定不掌握（条例第36条第4项）")
    if _already_public(outcome, cited, told):
        yield from _page_faults(item, told, snapshot)
    if outcome == "not_processed.repeated" and not told.get("earlier_number"):
        yield InputFault(FACTS["earlier_number"], "没有填写", "此前答复的文号（条例第36条第6项）")
    if outcome == "refused.law_forbids" and not told.get("forbidding_law"):
        yield InputFault(FACTS["forbidding_law"], "没有填写", "哪部法律、行政法规第几条")
    if outcome == "refused.admin_query" and not told.get("special_law"):
        yield InputFault(FACTS["special_law"], "没有填写", "哪部法律、行政法规")


def _page_faults(item: WantedItem, told: Mapping[str, str], snapshot: files.Sent | None) -> Iterator[InputFault]:
    """Already public on a page: the exact page, looked at today, with what was seen kept (条例第36条第1项)."""
    if told.get("medium", "page") != "page":
        if not told.get("found_where"):
            yield InputFault(FACTS["found_where"], "没有填写", "刊物的期号、页码，或者查阅场所的地址")
        return
    address = told.get("page_url", "")
    parts = urlsplit(address) if address.startswith(("http://", "https://")) else None
    if parts is None or "." not in parts.netloc:
        yield InputFault(
            FACTS["page_url"], f"“{address[:80]}”不是网页地址" if address else "没有填写", "https:// 开头的地址"
        )
    elif parts.path in ("", "/") and not parts.query:
        yield InputFault(FACTS["page_url"], "只是网站首页", "信息所在的那一页")
    if told.get("page_checked_on") != clock.today().isoformat():
        yield InputFault(FACTS["page_checked_on"], "不是今天", "今天打开核对过这一页")
    same = item.facts.get("page_url") == address
    if snapshot is None and not (same and item.facts.get("page_digest")):
        yield InputFault("网页快照", "没有上传", "这一页的PDF或图片")
    elif snapshot is not None:
        yield from files.file_faults(snapshot, "网页快照")


def _already_public(outcome: str, cited: Sequence[str], told: Mapping[str, str]) -> bool:
    return outcome == "granted" and ("36(1)" in cited or bool(told.get("page_url")))


def _not_ours(outcome: str, cited: Sequence[str]) -> bool:
    return outcome == "unavailable.not_held" and "36(5)" in cited


def _day_faults(label: str, text: str) -> Iterator[InputFault]:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        yield InputFault(label, f"“{text[:20]}”不是日期", "如 2026-01-31")
        return
    if day > clock.today():
        yield InputFault(label, f"{day}还没有到", "今天或以前的日子")
