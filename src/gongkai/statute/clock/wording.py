"""怎么算的: the derivation of a due day in Chinese sentences, as an official prints it for the file."""

from __future__ import annotations

import re
from datetime import date

from gongkai.statute.clock.reading import ClockReading, ClockStep

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
_EFFECTS = {
    "receipt": "收到申请，当日不计，自次日起 {days} 个工作日",
    "stop": "告知申请人，期限停止",
    "restart": "期限重新计算，当日不计，自次日起 {days} 个工作日",
    "pause": "征求意见，所需时间不计入期限",
    "resume": "征求意见结束，不计入的工作日 {days} 个",
    "extend": "延长 {days} 个工作日",
    "delay": "确定延迟答复的日子，以该日为届满日",
    "close": "办结",
    "reopen": "重新办理，以另定的日子为届满日",
}
_WEEK = "一二三四五六日"
_ARTICLE = re.compile(r"(\d+)(?:\((\d+)\))?")


def day_in_words(day: int) -> str:
    """2020年9月25日（周五）."""
    shown = date.fromordinal(day)
    return f"{shown.year}年{shown.month}月{shown.day}日（周{_WEEK[shown.weekday()]}）"


def step_in_words(step: ClockStep) -> str:
    """One line of the derivation."""
    said = _EFFECTS[step.effect].format(days=step.days)
    return f"{day_in_words(step.on)}：{said}{_source(step.article)}。"


def derivation(reading: ClockReading) -> tuple[str, ...]:
    """All lines: the steps in order, then what follows from them."""
    lines = [step_in_words(step) for step in reading.steps]
    if reading.due_on is not None:
        lines.append(f"届满日：{day_in_words(reading.due_on)}。届满当日答复，不算逾期。")
    elif reading.not_before is not None:
        lines.append(
            f"届满日暂定：有年份的放假安排尚未公布，按周一至周五估算，不早于{day_in_words(reading.not_before)}。"
        )
    lines.append(f"所处阶段：{PHASES[reading.phase]}。")
    return tuple(lines)


def _source(article: str) -> str:
    """第31条第3项 for `31(3)`; an instrument's own name as it is."""
    if not article:
        return ""
    number = _ARTICLE.fullmatch(article)
    if number is None:
        return f"（{article}）"
    item = f"第{number[2]}项" if number[2] else ""
    return f"（条例第{number[1]}条{item}）"
