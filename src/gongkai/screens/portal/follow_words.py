"""办理情况 in plain words for the applicant: what happened, what is next, who has to act."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from django.utils import timezone

from gongkai.bureau.casework.message_kinds import reasons_awaited
from gongkai.bureau.casework.queries.following import Followed
from gongkai.statute.cases.exchange import Event
from gongkai.statute.cases.steps import RECEIPT_EVENT
from gongkai.statute.clock.articles import cite
from gongkai.statute.clock.terms import terms_on
from gongkai.statute.clock.wording import day_in_words
from gongkai.statute.report.form import load

OFFICE, YOU, NOBODY = "机关", "您", ""
_RECEIPT = "这一天是收到申请之日，从次日起计算答复期限。"
_WORDS: Mapping[str, tuple[str, str]] = {
    "submitted": ("您提交了申请", ""),
    "signed_for": ("机关签收了您的邮件", ""),
    "receipt_confirmed": ("机关与您确认收到申请", ""),
    "correction_requested": (
        "机关请您补正申请",
        "请在{deadline_on}以前补正。在此期间答复期限停止，收到补正后重新计算。",
    ),
    "correction_received": ("机关收到了您的补正", "答复期限从次日起重新计算。"),
    "correction_lapsed": ("因逾期没有补正，申请不再处理", "没有正当理由逾期不补正，视为放弃申请。"),
    "third_party_consulted": (
        "机关书面征求第三方的意见",
        "您要的信息可能涉及第三方。征求意见所需的时间不计入答复期限。",
    ),
    "third_party_replied": ("第三方回复了意见", "是否公开由机关依法决定，答复期限接着计算。"),
    "third_party_lapsed": ("第三方没有在期限内提出意见", "由机关依法决定是否公开，答复期限接着计算。"),
    "joint_agency_consulted": ("机关征求共同制作机关的意见", "征求意见所需的时间不计入答复期限。"),
    "joint_agency_replied": ("共同制作机关回复了意见", "答复期限接着计算。"),
    "joint_agency_lapsed": ("共同制作机关没有在期限内回复", "视为同意公开，答复期限接着计算。"),
    "other_agency_consulted": ("机关征求其他机关的意见", "征求意见所需的时间不计入答复期限。"),
    "other_agency_replied": ("其他机关回复了意见", "答复期限接着计算。"),
    "extended": ("机关延长了答复期限", "延长{workdays}个工作日，经政府信息公开工作机构负责人同意。"),
    "reasons_requested": ("机关请您说明理由", "请在{deadline_on}以前说明。答复期限不因此停止。"),
    "reasons_received": ("机关收到了您说明的理由", ""),
    "delayed": ("机关确定了延迟答复的日子", "最迟在{due_on}答复。"),
    "fee_notified": ("机关通知您缴纳信息处理费", "{amount}元。在此期间答复期限停止，缴清后重新计算。"),
    "fee_paid": ("信息处理费已经缴清", "答复期限从次日起重新计算。"),
    "fee_lapsed": ("因逾期没有缴费，申请不再处理", "逾期不缴费，视为放弃申请。"),
    "replied": ("机关作出了答复", ""),
    "withdrawn": ("申请已经撤回", "机关不再处理这件申请。您可以另行申请。"),
    "reopened": ("机关重新办理这件申请", "最迟在{due_on}答复。"),
}
"""Each event that concerns the applicant; a reclassification and the archiving are the office's own."""

_UNRECEIVED: Mapping[str, tuple[str, str, tuple[str, ...]]] = {
    "receipt_confirmed": ("等待机关与您确认收到", OFFICE, (
        "通过互联网、传真、平信提交的申请，以机关与您确认之日为收到之日（条例第31条）；机关会按您留的联系方式与您确认。",
    )),
    "signed_for": ("等待机关签收邮件", OFFICE, ("以邮寄方式提交的，以机关签收之日为收到之日（条例第31条）。",)),
    "submitted": ("等待机关登记", OFFICE, ()),
}  # fmt: skip
"""By the event that makes the receipt day of a channel."""


@dataclass(frozen=True, slots=True)
class Happened:
    """One event of the line of time."""

    word: str
    on: str
    said: str
    cite: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the request stands. `who` has to act next; `due` is the day as printed, `left` how far off it is."""

    kind: str
    heading: str
    who: str
    lines: tuple[str, ...]
    due: str = ""
    left: str = ""


def line_of_time(found: Followed) -> tuple[Happened, ...]:
    return tuple(_happened(found, each, at) for at, each in enumerate(found.case.events) if each.kind in _WORDS)


def _happened(found: Followed, event: Event, at: int) -> Happened:
    word, said = _WORDS[event.kind]
    if event.kind == RECEIPT_EVENT[found.case.channel][0]:
        said = _RECEIPT
    if event.kind == "replied":
        said = f"结果：{outcome_words(event.text('outcome'))}。"
    article = next((each.article for each in found.reading.steps if each.event == at), "")
    return Happened(word, day_in_words(event.on), said.format_map(_Fields(event)), cite(article) if article else "")


class _Fields(dict[str, str]):
    """The fields of an event as they are told."""

    def __init__(self, event: Event) -> None:
        super().__init__()
        self.event = event

    def __missing__(self, name: str) -> str:
        day = self.event.day(name) if name.endswith("_on") else None
        return day_in_words(day) if day else self.event.text(name)


@cache
def _outcomes() -> Mapping[str, str]:
    return {
        row.code: "：".join(filter(None, _bare(row.path[1:])))
        for code in ("2019", "2021")
        for row in load(code).tables["requests"].rows
        if len(row.path) > 1
    }


def _bare(path: Sequence[str]) -> Iterator[str]:
    """Heading and row without the numbers and the remarks that the form prints: 不予公开, 属于行政执法案卷."""
    yield path[0].partition("）")[2].partition("（")[0]
    yield "".join(path[1:]).partition(".")[2]


def outcome_words(outcome: str) -> str:
    """A row of table three under its heading."""
    return _outcomes().get(outcome, outcome)


def standing(found: Followed, today: date) -> Standing:
    """The state in plain words, what is next and who has to act."""
    reading = found.reading
    if reading.phase in ("closed", "closed_late"):
        last = _last(found, *_WORDS)
        if last.kind != "replied":
            return Standing("done", _WORDS[last.kind][0], NOBODY, ())
        lines = ("答复书和提供的材料在下面下载。对答复不服的，可以怎样办、期限多长，以答复书写明的为准。",)
        return Standing("done", f"已经答复：{outcome_words(last.text('outcome'))}", NOBODY, lines)
    if reading.phase == "awaiting_receipt":
        return Standing("note", *_UNRECEIVED[RECEIPT_EVENT[found.case.channel][0]])
    if reading.phase == "awaiting_correction":
        until = day_in_words(_last(found, "correction_requested").day("deadline_on") or 0)
        return Standing("soon", "等您补正", YOU, (
            *_asked(found, "correction_requested", "correction_items", "需要补正的事项"),
            "答复期限已经停止，收到您的补正后重新计算。",
            "没有正当理由逾期不补正，视为放弃申请，机关不再处理（条例第30条）。",
        ), until)  # fmt: skip
    if reading.phase == "awaiting_payment":
        notice = _last(found, "fee_notified")
        arrived = notice.day("received_on") or notice.on
        until = day_in_words(arrived + terms_on(reading.received_on or notice.on).payment)
        return Standing("soon", "等您缴纳信息处理费", YOU, (
            "答复期限已经停止，缴清后重新计算。",
            "收到通知次日起30日内缴纳，逾期视为放弃申请，机关不再处理（国办函〔2020〕109号）。",
        ), until)  # fmt: skip
    return _running(found, today)


def _running(found: Followed, today: date) -> Standing:
    reading, lines = found.reading, list(_besides(found))
    if reading.phase == "paused":
        lines.append("正在征求意见，所需的时间不计入答复期限，所以届满日会往后移；下面的日子按到今天为止计算。")
    if reading.due_on is None:
        due = f"不早于{day_in_words(reading.not_before)}" if reading.not_before else ""
        if due:
            lines.append("期限跨到放假安排尚未公布的年份，日子是暂定的。")
        return Standing("note", "正在办理", OFFICE, tuple(lines), due)
    due, day = day_in_words(reading.due_on), today.toordinal()
    if reading.due_on < day:
        lines.append("机关没有在期限内答复。您可以向主管部门投诉、举报（条例第47条、第51条），也可以依法申请行政复议。")
        return Standing(
            "error",
            "已经超过答复期限",
            OFFICE,
            tuple(lines),
            due,
            f"已过{found.calendar.count(reading.due_on, day)}个工作日",
        )
    days = found.calendar.count(day, reading.due_on)
    left = f"还剩{days}个工作日" if days else "今天到期"
    heading = "正在征求意见" if reading.phase == "paused" else "正在办理"
    return Standing("note", heading, OFFICE, tuple(lines), due, left)


def _besides(found: Followed) -> Iterator[str]:
    """What runs beside the clock: reasons that are awaited, a longer period, a day of its own."""
    if reasons_awaited(found.case):
        until = day_in_words(_last(found, "reasons_requested").day("deadline_on") or 0)
        yield from _asked(found, "reasons_requested", "excess", "机关请您说明理由")
        yield f"请不晚于{until}说明理由；答复期限不因此停止（条例第35条）。"
    if "extend" in _effects(found, "receipt", "restart", "reopen"):
        days = _last(found, "extended").text("workdays")
        yield f"答复期限已经延长{days}个工作日，经政府信息公开工作机构负责人同意（条例第33条）。"
    if "delay" in _effects(found, "receipt", "reopen"):
        yield "机关另外确定了答复的日子（条例第35条）。"


def _effects(found: Followed, *since: str) -> list[str]:
    """The effects on the clock from the last of some of them on."""
    effects = [each.effect for each in found.reading.steps]
    return effects[max((at for at, each in enumerate(effects) if each in since), default=0) :]


def _asked(found: Followed, kind: str, element: str, label: str) -> Iterator[str]:
    """What the letter says that made the last event of a kind."""
    at = max(at for at, each in enumerate(found.case.events) if each.kind == kind)
    if told := found.told.get(at, {}).get(element):
        yield f"{label}：{told}"


def _last(found: Followed, *kinds: str) -> Event:
    return next(each for each in reversed(found.case.events) if each.kind in kinds)


def fee(found: Followed) -> tuple[tuple[str, str], ...]:
    """What the notice says of the fee that is awaited, (label, value); () while none is."""
    if found.reading.phase != "awaiting_payment":
        return ()
    at = max(at for at, each in enumerate(found.case.events) if each.kind == "fee_notified")
    event, told = found.case.events[at], found.told.get(at, {})
    rows = [("金额", f"{event.text('amount')}元"), ("计费方式", _BASES.get(event.text("basis"), event.text("basis")))]
    rows += [(label, told[name]) for name, label in _FEE.items() if told.get(name)]
    return (*rows, *(() if told.get("payment_way") else (("缴纳方式", "见收费通知书"),)))


_BASES: Mapping[str, str] = {"items": "按件计收", "pages": "按量计收"}
_FEE: Mapping[str, str] = {"fee_grounds": "收费依据", "fee_standard": "收费标准和计算", "payment_way": "缴纳方式"}


def moment(at: datetime) -> str:
    """2026年11月23日 16:05, by the clock of the office."""
    local = timezone.localtime(at)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"


EXPLAINED: Mapping[str, tuple[str, ...]] = {
    "correction": (
        "写明机关要您补正的内容；有材料的一并附上。",
        "机关收到补正的次日起，答复期限重新计算（条例第30条）。",
    ),
    "reasons": ("说明您申请的数量、频次较多的理由。机关认为理由合理的，继续办理（条例第35条）。",),
    "withdrawal": (
        "撤回以后，机关不再处理这件申请，也不再答复。",
        "撤回不能恢复。以后还需要这些信息的，可以另行申请。",
    ),
    "rating": ("您对这件申请的办理打几分？一件申请评价一次，不影响办理结果和您的权利。",),
    "suggestion": (
        "您可以建议机关把这些信息纳入主动公开的范围。机关经审核认为属于主动公开范围的，应当及时主动公开（条例第44条）。",
    ),
    "record_correction": (
        "有证据证明机关提供的、与您自身相关的信息记录不准确的，可以要求更正；有权更正的机关审核属实后予以更正并告知您（条例第41条）。",
        "请写明哪一项不准确、应当是什么，并附上证据。",
    ),
    "complaint": (
        "认为机关没有按照要求公开信息，或者侵犯您的合法权益的，可以向政府信息公开工作主管部门投诉、举报（条例第47条、第51条）。",
        "投诉由主管部门处理，答复显示在这里。投诉不代替行政复议和行政诉讼，它们的期限不因投诉而停止。",
    ),
}
"""What each act means, above its form."""
