"""怎么算的: the derivation of a due day in Chinese sentences, as an official prints it for the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from gongkai.statute.calendars import Calendar, disjoint
from gongkai.statute.cases.exchange import Case, Event
from gongkai.statute.cases.words import ACTS
from gongkai.statute.clock.account import Account, Run, account
from gongkai.statute.clock.articles import REVISED, cite
from gongkai.statute.clock.reading import ClockReading, ClockStep, read_clock
from gongkai.statute.clock.walk import Walk
from gongkai.statute.parameters import Parameters

PHASES = {
    "closed_late": "已办结，逾期",
    "closed": "已办结",
    "awaiting_receipt": "待确认收到",
    "awaiting_correction": "待申请人补正",
    "awaiting_payment": "待申请人缴费",
    "overdue": "已逾期",
    "paused": "征求意见中",
    "running": "办理中",
}
_CAUSES = {"reconsideration": "行政复议", "litigation": "行政诉讼", "own_motion": "本机关自行纠正"}
_WEEK = "一二三四五六日"


def day_in_words(day: int) -> str:
    """2020年9月25日（周五）."""
    shown = date.fromordinal(day)
    return f"{shown.year}年{shown.month}月{shown.day}日（周{_WEEK[shown.weekday()]}）"


class Derivation(NamedTuple):
    """What happened, step by step; which days were counted and which left out, and why; what follows."""

    steps: tuple[str, ...]
    days: tuple[str, ...]
    result: tuple[str, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """All of it, in order."""
        return self.steps + self.days + self.result


def derivation(case: Case, calendar: Calendar, as_of: date, *, parameters: Parameters | None = None) -> Derivation:
    """The sentences on a day. Raises InputRefused where the events cannot have happened so."""
    today = as_of.toordinal()
    reading = read_clock(case, calendar, today, parameters=parameters)
    walk = Walk(case, calendar, parameters, "").through(today)
    counted = account(walk, today)
    return Derivation(
        tuple(_step(step, case, reading.steps) for step in reading.steps),
        () if counted is None else tuple(_account(counted, walk.closed_on is not None)),
        (*_due(reading, counted), f"所处阶段：{PHASES[reading.phase]}。"),
    )


def _step(step: ClockStep, case: Case, steps: Sequence[ClockStep]) -> str:
    event = case.events[step.event]
    said = _EFFECTS[step.effect](step, event)
    if step.effect == "restart":
        stopped = max((each.on for each in steps if each.effect == "stop" and each.on <= step.on), default=step.on)
        said = f"{ACTS[event.kind]}，{day_in_words(stopped)}起的停止到此为止，{said}"
    source = cite(step.article)
    if step.article.startswith(REVISED):
        source = f"收到之日尚无规定，参照{source}"
    return f"{day_in_words(step.on)}：{said}{f'（{source}）' if source else ''}。"


def _stop(_: ClockStep, event: Event) -> str:
    if event.kind == "fee_notified":
        return f"通知缴纳信息处理费 {event.text('amount')} 元，自此期限停止"
    return f"告知补正，限{_day(event, 'deadline_on')}以前，自此期限停止"


def _resume(step: ClockStep, event: Event) -> str:
    who = event.text("party") or event.text("agency")
    ended = "，所需时间算到这一天" if event.kind.endswith("_lapsed") else ""
    return f"{ACTS[event.kind]}（“{who}”）{ended}，征求意见结束，不计入的工作日 {step.days} 个"


def _day(event: Event, name: str) -> str:
    day = event.day(name)
    return "" if day is None else day_in_words(day)


_EFFECTS: Mapping[str, Callable[[ClockStep, Event], str]] = {
    "receipt": lambda step, _: f"收到申请，当日不计，自次日起 {step.days} 个工作日",
    "stop": _stop,
    "restart": lambda step, _: f"自次日起重新计算 {step.days} 个工作日，此前的日子、扣除和延期都不再算",
    "pause": lambda _, event: (
        f"{ACTS[event.kind]}（“{event.text('party') or event.text('agency')}”），所需时间不计入期限"
    ),
    "resume": _resume,
    "extend": lambda step, event: f"经{event.text('approved_by')}同意，延长 {step.days} 个工作日",
    "delay": lambda _, event: f"确定延迟答复，以{_day(event, 'due_on')}为届满日",
    "close": lambda _, event: f"{ACTS[event.kind]}，办结",
    "reopen": lambda _, event: f"因{_CAUSES[event.text('because')]}重新办理，以{_day(event, 'due_on')}为届满日",
}


def _account(found: Account, closed: bool) -> Iterator[str]:
    """The days of the period in groups that add up: counted, weekends, holidays, notices, consultations."""
    yield (
        f"数法：{_span(found.zero + 1, found.due.on)}共 {found.due.on - found.zero} 天，"
        f"计入的工作日 {found.number} 个，最后一天就是第 {found.number} 个。"
    )
    if found.weekends:
        yield f"不计周末 {found.weekends} 天。"
    for run in found.holidays:
        yield f"不计{run.name}放假 {len(run.days)} 天：{_days(run)}。"
    for run in found.exchanged:
        yield f"{run.name}调休上班 {len(run.days)} 天，算工作日：{_days(run)}。"
    for notice in found.notices:
        said = "按通知上班，算工作日" if notice.worked else "按通知放假，不计"
        yield f"{day_in_words(notice.day.toordinal())}{said}（{notice.instrument}）。"
    unended = "（办结时尚无结果，算到办结之日）" if closed else "（尚无结果，暂算到截至日）"
    for pause in found.pauses:
        until = "" if pause.ended else unended
        yield f"不计征求“{pause.who}”意见占用的工作日 {pause.workdays} 个：{_span(pause.first, pause.last)}{until}。"
    if sum(pause.workdays for pause in found.pauses) > found.paused:
        yield f"几次征求重叠的日子只扣一次，共扣工作日 {found.paused} 个。"


def _due(reading: ClockReading, found: Account | None) -> Iterator[str]:
    if reading.due_on is not None:
        yield f"届满日：{day_in_words(reading.due_on)}。届满当日答复，不算逾期。"
    elif reading.not_before is not None:
        years = "、".join(f"{year}年" for year in found.estimated) if found else "有年份"
        yield f"届满日暂定：{years}的放假安排尚未公布，按周一至周五估算，不早于{day_in_words(reading.not_before)}。"


def _span(first: int, last: int) -> str:
    return f"自{day_in_words(first)}至{day_in_words(last)}"


def _days(run: Run) -> str:
    """2022年10月1日至7日; 2022年10月8日、12日 where they do not follow one another."""
    said: list[str] = []
    before: date | None = None
    for first, last in disjoint((day - 1, day) for day in run.days):
        begins, ends = date.fromordinal(first + 1), date.fromordinal(last)
        said.append(_since(begins, before) + ("" if begins == ends else f"至{_since(ends, begins)}"))
        before = ends
    return "、".join(said)


def _since(day: date, before: date | None) -> str:
    """A day without the year and the month that it shares with the day named before."""
    if before is None or day.year != before.year:
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day}日" if day.month == before.month else f"{day.month}月{day.day}日"
