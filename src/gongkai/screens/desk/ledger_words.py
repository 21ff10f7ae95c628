"""The ledgers in the words of the statute and of the form: applicants, outcomes, remedies, origins, values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from gongkai.bureau.annual.statement_queries import WORK_KINDS
from gongkai.statute.cases.exchange import OUTCOMES
from gongkai.statute.cases.words import ACTS, CHANNELS, FIELDS, STATES
from gongkai.statute.clock.wording import day_in_words
from gongkai.statute.report.form import CODES, load
from gongkai.statute.report.model import Cell

__all__ = ["ACTS", "CHANNELS", "FIELDS", "STATES", "WORK_KINDS"]

APPLICANTS: Mapping[str, str] = {
    each.code: each.label if each.code != "other_org" else "其他法人或组织"
    for each in load("2021").tables["requests"].rows[0].columns
    if each.code != "total"
}
REMEDY_KINDS: Mapping[str, str] = {
    "reconsideration": "行政复议",
    "litigation_direct": "行政诉讼（未经复议直接起诉）",
    "litigation_after": "行政诉讼（复议后起诉）",
}
REMEDY_RESULTS: Mapping[str, str] = {"upheld": "结果维持", "corrected": "结果纠正", "other": "其他结果"}
INSTANCES: Mapping[str, str] = {"1": "一审", "2": "二审", "retrial": "再审"}
ROLES: Mapping[str, str] = {
    "respondent": "被申请人、被告",
    "co_defendant": "共同被告",
    "reviewing_body": "复议机关",
}
ORIGINS: Mapping[str, tuple[str, str]] = {
    "stated": ("登记", "done"),
    "lines": ("逐项", "done"),
    "documents": ("文件", "done"),
    "carried": ("上年结转", "note"),
    "unstated": ("没有登记，按0计", "soon"),
    "unknown": ("没有登记", "soon"),
}
"""Where a cell of table two comes from: its word and the colour of its badge."""
WORK_RESULTS: Mapping[str, str] = {"problem": "改进情况"}

_VALUES: Mapping[str, str] = {
    "items": "按件", "pages": "按量", "post": "邮寄", "in_person": "当面交付", "agent": "代理人领取",
    "electronic": "电子方式", "reconsideration": "复议决定", "litigation": "法院判决", "own_motion": "自行纠正",
}  # fmt: skip
BASES = {each: _VALUES[each] for each in ("items", "pages")}
WAYS = {each: _VALUES[each] for each in ("post", "in_person", "agent", "electronic")}
CAUSES = {each: _VALUES[each] for each in ("reconsideration", "litigation", "own_motion")}


@cache
def outcomes() -> Mapping[str, str]:
    """Each outcome of either form, in the words of the latest form that has it."""
    words: dict[str, str] = {}
    for form in reversed(CODES):
        for row in load(form).tables["requests"].rows:
            if row.code in OUTCOMES:
                words.setdefault(row.code, "：".join(row.path[1:]))
    return words


@cache
def outcome_groups() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """The outcomes of the form in force under the headings that it prints."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for row in load("2021").tables["requests"].rows:
        if row.code in OUTCOMES:
            groups.setdefault(row.path[1], []).append((row.code, row.label))
    return tuple((group, tuple(rows)) for group, rows in groups.items())


def value_in_words(name: str, value: object) -> str:
    """A field of an event as a page shows it."""
    if isinstance(value, bool):
        return "同意" if value else "不同意"
    text = str(value)
    if name.endswith("_on"):
        return day_in_words(date.fromisoformat(text).toordinal())
    if name == "outcome":
        return outcomes().get(text, text)
    if name == "amount":
        return f"{text}元"
    if name == "workdays":
        return f"{text}个工作日"
    return _VALUES.get(text, text) if name in ("basis", "way", "because") else text


def cell_in_words(value: Cell) -> str:
    """A cell of table two as a page shows it."""
    return "空白" if value is None else "不适用" if value == "n/a" else str(value)
