"""Lifelike ledgers of the fictional bureau: requests with their events, remedies, items, statements, work records.

The same seed and the same day give the same ledgers. Records are written as exchange files and imported as any office
would, so that the demo holds nothing that an import could not bring.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.statute.calendars import Calendar

SUBJECTS = (
    "{year}年度科技创新券兑付单位名单和金额", "青澜县高新技术企业认定奖励的依据和发放情况",
    "{year}年科技计划项目立项评审专家意见",
    "县级工程技术研究中心考核结果", "青澜县科技特派员{year}年工作经费使用情况", "云溪众创空间运营补助的审批材料",
    "{year}年研发费用补助申报企业清单", "科技成果转化项目验收报告", "县科技馆建设项目可行性研究报告批复",
    "青澜县科学技术局内设机构和人员编制", "某企业技术交易合同登记信息", "{year}年科技局部门预算执行说明",
    "科普活动经费支出明细", "实验动物使用许可办理情况", "农业科技示范基地名单", "外国专家来华工作许可办理数量",
    "{year}年县级科技奖励推荐名单公示的原始记录", "青澜县创新平台建设规划",
    "专利资助资金拨付凭证", "产学研合作项目经费审计情况",
)  # fmt: skip
PERSONS = ("江一诺", "白景云", "钟意远", "方听澜", "陶知夏", "岑安", "宁可欣", "凌舟", "时远", "苏禾")
COMPANIES = ("青澜县云帆新材料有限公司", "青澜县松石农业科技有限公司", "青澜县月泉软件有限公司")
KINDS = ("natural_person",) * 16 + ("business",) * 4 + ("legal_service", "public_welfare", "research", "other_org")
CHANNELS = ("internet",) * 6 + ("registered_mail",) * 3 + ("in_person",) * 2 + ("ordinary_mail", "oral")
OUTCOMES = (
    ("granted",) * 12 + ("partial",) * 4 + ("unavailable.not_held",) * 6 + ("unavailable.needs_creation",) * 2
    + ("refused.internal", "refused.process", "refused.enforcement_file", "refused.third_party", "refused.admin_query")
    + ("not_processed.petition", "not_processed.repeated", "not_processed.publication")
)  # fmt: skip
RESULTS = (("upheld", "维持"), ("upheld", "维持"), ("corrected", "撤销并责令重新答复"), ("other", "申请人撤回，终止"))
COLUMNS = (
    ("工作动态", 46), ("通知公告", 28), ("政策文件", 9), ("政策解读", 8), ("财政资金", 10), ("项目公示", 16),
    ("人事信息", 6), ("统计信息", 5), ("机构职能", 2),
)  # fmt: skip
TITLES = (
    "关于{year}年{what}的{kind}", "{what}工作推进会召开", "{year}年{what}情况{kind}", "我局开展{what}专题调研",
)  # fmt: skip
TOPICS = ("科技型企业培育", "科技特派员选派", "研发平台建设", "科技成果转化", "科普宣传", "科技奖励申报", "创新券兑付")


@dataclass(frozen=True, slots=True)
class Ledgers:
    """The exchange files, one record a line."""

    cases: str
    remedies: str
    statements: str
    items: str


def ledgers(
    agency: str,
    years: Sequence[int],
    today: date,
    calendar: Calendar,
    *,
    seed: int,
    a_year: int,
    items: int | None = None,
    others: Sequence[str] = (),
) -> Ledgers:
    """Ledgers of those years, nothing in them later than today; `a_year` requests in a whole year.

    `items`: how many published items there are in all, the bureau's own first, the rest spread over `others`; None
    for the bureau's own alone.
    """
    chance = random.Random(seed)  # noqa: S311  # lifelike, not secret
    cases = [case for year in years for case in _cases(agency, year, today, calendar, chance, a_year)]
    return Ledgers(
        _lines(cases),
        _lines(_remedies(agency, cases, today, chance)),
        _lines(_statements(agency, years, chance)),
        _lines(_all_items(agency, years, today, chance, items, others)),
    )


def _all_items(
    agency: str, years: Sequence[int], today: date, chance: random.Random, items: int | None, others: Sequence[str]
) -> Iterator[dict[str, object]]:
    """Documents first, so that few items still make a report; then the bureau's, then the other bodies'."""
    own = [item for year in years for item in _documents(agency, year, today)]
    own += [item for year in years for item in _items(agency, year, today, chance)]
    yield from own if items is None else own[:items]
    for number in range(max(0, (items or 0) - len(own)) if others else 0):
        body = others[number % len(others)]
        what, day = chance.choice(TOPICS), today - timedelta(days=chance.randrange(1, 1000))
        column, _ = chance.choice(COLUMNS)
        yield {
            "source_id": f"{body}-{number:07}",
            "agency": body,
            "column": column,
            "title": chance.choice(TITLES).format(year=day.year, what=what, kind="通知"),
            "published_on": day.isoformat(),
            "body_text": f"{what}的有关情况如下。本条为演示数据。",
        }


def _lines(records: Iterator[dict[str, object]] | Sequence[dict[str, object]]) -> str:
    return "\n".join(json.dumps(each, ensure_ascii=False) for each in records)


def _cases(
    agency: str, year: int, today: date, calendar: Calendar, chance: random.Random, a_year: int
) -> Iterator[dict[str, object]]:
    head = agency.rpartition("-")[2].upper()
    days = sorted(date(year, 1, 4) + timedelta(days=chance.randrange(358)) for _ in range(a_year))
    for number, day in enumerate(days, 1):
        kind, channel = chance.choice(KINDS), chance.choice(CHANNELS)
        sent = _workday(calendar, day)
        events = _events(sent, channel, calendar, chance)
        known = [each for each in events if str(each["on"]) <= today.isoformat()]
        subject = chance.choice(SUBJECTS).format(year=year - chance.randrange(2))
        name = chance.choice(PERSONS if kind == "natural_person" else COMPANIES)
        if known:
            yield {
                "number": f"{head}-{year}-{number:04}",
                "agency": agency,
                "applicant": {
                    "kind": kind,
                    "name": name,
                    "id_number": None,
                    "contact": f"demo{number}@example.invalid",
                },
                "subject": subject,
                "channel": channel,
                "events": known,
            }


def _workday(calendar: Calendar, day: date) -> date:
    return date.fromordinal(calendar.nth(day.toordinal() - 1, 1).on)


def _events(sent: date, channel: str, calendar: Calendar, chance: random.Random) -> list[dict[str, object]]:
    """One of the ways that requests go, the plain one most often; days counted as the statute counts them."""

    def after(start: date, days: int) -> date:
        return date.fromordinal(calendar.nth(start.toordinal(), days).on)

    def event(kind: str, on: date, **fields: object) -> dict[str, object]:
        return {"kind": kind, "on": on.isoformat(), **fields}

    events = [event("submitted", sent)]
    received = sent
    if channel == "registered_mail":
        received = after(sent, 3)
        events.append(event("signed_for", received))
    elif channel in ("internet", "ordinary_mail"):
        if chance.random() < 0.02:
            return events
        received = after(sent, chance.randrange(1, 3))
        events.append(event("receipt_confirmed", received))
    zero, way, outcome = received, chance.random(), chance.choice(OUTCOMES)
    quick = chance.randrange(4, 19)
    if way < 0.07:
        asked = after(received, chance.randrange(2, 7))
        deadline = asked + timedelta(days=15)
        events.append(event("correction_requested", asked, deadline_on=deadline.isoformat()))
        if way < 0.02:
            return [*events, event("correction_lapsed", _workday(calendar, deadline + timedelta(days=2)))]
        zero = after(asked, chance.randrange(3, 8))
        events.append(event("correction_received", zero))
    elif way < 0.12:
        asked = after(received, 4)
        told = after(asked, chance.randrange(4, 11))
        events.append(event("third_party_consulted", asked, party="云帆新材料", received_on=asked.isoformat()))
        events.append(event("third_party_replied", told, party="云帆新材料", consents=chance.random() < 0.5))
        quick = 24
    elif way < 0.20:
        events.append(event("extended", after(received, 18), workdays=20, approved_by="程望舒"))
        quick = chance.randrange(24, 39)
    elif way < 0.22:
        noted = after(received, 6)
        events.append(event("fee_notified", noted, amount="380.00", basis="pages", received_on=noted.isoformat()))
        zero = after(noted, 5)
        events.append(event("fee_paid", zero))
    elif way < 0.25:
        return [*events, event("withdrawn", after(received, 5))]
    elif way < 0.262:
        quick = 23
    events.append(event("replied", after(zero, quick), outcome=outcome, way=chance.choice(("post", "electronic"))))
    return events


def _remedies(
    agency: str, cases: Sequence[dict[str, object]], today: date, chance: random.Random
) -> Iterator[dict[str, object]]:
    """A few of those refused or not held go to reconsideration, fewer to court."""
    number = 0
    for case in cases:
        events: list[dict[str, object]] = case["events"]  # type: ignore[assignment]  # made above
        outcome = str(events[-1].get("outcome", ""))
        if not outcome.startswith(("refused", "unavailable")) or chance.random() > 0.16:
            continue
        accepted = date.fromisoformat(str(events[-1]["on"])) + timedelta(days=chance.randrange(8, 40))
        if accepted > today:
            continue
        number += 1
        reconsidered = outcome.startswith("refused") or chance.random() < 0.6
        closed = accepted + timedelta(days=chance.randrange(35, 75))
        record: dict[str, object] = {
            "number": f"{'FY' if reconsidered else 'SS'}-{accepted.year}-{number:03}",
            "agency": agency,
            "case": case["number"],
            "kind": "reconsideration" if reconsidered else "litigation_direct",
            "accepted_on": accepted.isoformat(),
        }
        if closed <= today:
            result, decision = chance.choice(RESULTS)
            record |= {"closed_on": closed.isoformat(), "result": result, "decision": decision}
        yield record


def _statements(agency: str, years: Sequence[int], chance: random.Random) -> Iterator[dict[str, object]]:
    """Table two but for the documents, which the ledger of items gives; of the year still running nothing yet."""
    for year in years[:-1]:
        for row, column, value, evidence in (
            ("rules", "made", 0, "县级部门不制定规章"),
            ("rules", "repealed", 0, "县级部门不制定规章"),
            ("rules", "in_force", 0, "县级部门不制定规章"),
            ("licences", "decisions", chance.randrange(18, 40), "行政许可办件系统导出表"),
            ("penalties", "decisions", 0, "执法台账"),
            ("coercive", "decisions", 0, "执法台账"),
            ("fees", "amount", "0", "财务科收费台账"),
        ):
            yield {
                "agency": agency, "year": year, "row": row, "column": column, "value": value,
                "evidence": f"{evidence}（{year}年12月31日）",
            }  # fmt: skip


def _items(agency: str, year: int, today: date, chance: random.Random) -> Iterator[dict[str, object]]:
    number = 0
    for column, count in COLUMNS:
        for _ in range(count):
            number += 1
            day = date(year, 1, 3) + timedelta(days=chance.randrange(360))
            what = chance.choice(TOPICS)
            kind = "通知" if column in ("通知公告", "政策文件") else "公示" if column == "项目公示" else "通报"
            if day > today:
                continue
            record: dict[str, object] = {
                "source_id": f"{agency}-{year}-{number:04}",
                "agency": agency,
                "column": column,
                "title": chance.choice(TITLES).format(year=year, what=what, kind=kind),
                "formed_on": (day - timedelta(days=chance.randrange(1, 12))).isoformat(),
                "published_on": day.isoformat(),
                "body_text": f"{what}的有关情况如下。本条为演示数据。",
            }
            yield record


def _documents(agency: str, year: int, today: date) -> Iterator[dict[str, object]]:
    """Two normative documents a year; the second repeals the first of the year before."""
    for number, (title, month) in enumerate((("科技创新券管理办法", 3), ("科技特派员管理办法", 9)), 1):
        day = date(year, month, 12)
        if day > today:
            continue
        record: dict[str, object] = {
            "source_id": f"{agency}-gfx-{year}-{number}",
            "agency": agency,
            "column": "政策文件",
            "title": f"青澜县{title}（{year}年修订）",
            "document_number": f"青科〔{year}〕{number * 4}号",
            "genre": "行政规范性文件",
            "registration_number": f"ZJQL-{year}-{number:04}",
            "formed_on": day.isoformat(),
            "published_on": (day + timedelta(days=5)).isoformat(),
            "effective_on": (day + timedelta(days=30)).isoformat(),
            "validity": "有效",
            "body_text": "第一条 为规范管理，制定本办法。本条为演示数据。",
        }
        successor = date(year + 1, month, 12)
        if number == 1 and successor <= today:
            record["repealed_by"] = f"青科〔{year + 1}〕4号"
            record["validity"] = "废止"
        yield record
