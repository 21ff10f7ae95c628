"""Deadlines of reconsideration and litigation, and the category of a decision's words: literals by hand."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.bureau.orgs.working_days import state_council
from gongkai.statute.ledgers import decisions
from gongkai.statute.ledgers.remedy_deadlines import after_decision, closing, defence, filings, standing

CALENDAR = state_council()


@pytest.mark.parametrize(
    ("kind", "simple", "served", "due"),
    [
        ("reconsideration", False, date(2024, 5, 6), date(2024, 5, 16)),
        ("reconsideration", True, date(2024, 5, 6), date(2024, 5, 11)),  # a Saturday worked in exchange
        ("litigation_direct", False, date(2024, 5, 6), date(2024, 5, 21)),
        ("litigation_after", False, date(2024, 9, 20), date(2024, 10, 5)),  # within the holiday: not moved
    ],
)
def test_defence(kind: str, simple: bool, served: date, due: date) -> None:
    found = defence(kind, served, CALENDAR, simple=simple)
    assert found is not None
    assert (found.on, found.who, found.verified) == (due, "本机关", False)
    assert "未核对原文" in found.lines[1]


def test_the_derivation_says_from_when_how_long_and_by_which_article() -> None:
    found = defence("reconsideration", date(2024, 5, 6), CALENDAR)
    assert found is not None
    assert found.lines == (
        "收到行政复议申请书副本之日：2024年5月6日（周一），当日不计。",
        "复议答复期限 10 个自然日（行政复议法（2023修订）第48条，未核对原文），最后一日是2024年5月16日（周四）。",
    )


def test_closing() -> None:
    ordinary, simple = (closing("reconsideration", date(2024, 5, 6), CALENDAR, simple=each) for each in (False, True))
    assert ordinary is not None and simple is not None
    assert (ordinary.on, simple.on) == (date(2024, 7, 5), date(2024, 6, 5))
    assert closing("litigation_direct", date(2024, 5, 6), CALENDAR) is None


def test_an_applicant_has_sixty_days_or_six_months_and_a_last_day_that_is_free_moves_on() -> None:
    sixty, months = filings(date(2024, 3, 20), CALENDAR)
    # 2024-05-19 is a Sunday; 2024-09-20 a Friday
    assert (sixty.on, months.on) == (date(2024, 5, 20), date(2024, 9, 20))
    assert "顺延" in sixty.lines[-1]
    assert [each.code for each in filings(date(2024, 3, 20), CALENDAR, reconsideration_first=True)] == ["filing"]


def test_months_end_on_the_last_day_of_a_shorter_month() -> None:
    # 2023-08-31 and six months: 2024-02-29, a Thursday
    assert filings(date(2023, 8, 31), CALENDAR)[-1].on == date(2024, 2, 29)


def test_fifteen_days_to_court_after_a_decision() -> None:
    found = after_decision(date(2024, 6, 28), CALENDAR)
    # 2024-07-13 is a Saturday
    assert found is not None and found.on == date(2024, 7, 15)


def test_nothing_is_said_of_days_before_the_rule_on_record() -> None:
    assert defence("reconsideration", date(2023, 12, 31), CALENDAR) is None


@pytest.mark.parametrize(
    ("today", "done", "expected"),
    [
        (date(2024, 5, 10), None, ("running", 6)),
        (date(2024, 5, 12), None, ("soon", 4)),
        (date(2024, 5, 16), None, ("soon", 0)),
        (date(2024, 5, 17), None, ("overdue", -1)),
        (date(2024, 6, 1), date(2024, 5, 16), ("met", 0)),
        (date(2024, 6, 1), date(2024, 5, 18), ("met_late", -2)),
    ],
)
def test_lights(today: date, done: date | None, expected: tuple[str, int]) -> None:
    found = defence("reconsideration", date(2024, 5, 6), CALENDAR)
    assert found is not None
    assert standing(found, today, done_on=done) == expected


@pytest.mark.parametrize(
    ("kind", "decision", "result"),
    [
        ("reconsideration", "维持被申请人作出的答复", "upheld"),
        ("reconsideration", "驳回申请人的行政复议请求", "upheld"),
        ("reconsideration", "撤销答复，责令20个工作日内重新答复", "corrected"),
        ("reconsideration", "撤销第二项，维持其余各项", "corrected"),
        ("reconsideration", "确认逾期答复违法", "corrected"),
        ("reconsideration", "责令限期履行", "corrected"),
        ("reconsideration", "驳回行政复议申请", "other"),
        ("reconsideration", "申请人撤回，终止行政复议", "other"),
        ("reconsideration", "行政复议调解书", "other"),
        ("litigation_direct", "驳回原告的诉讼请求", "upheld"),
        ("litigation_direct", "驳回起诉", "other"),
        ("litigation_direct", "准许原告撤诉", "other"),
        ("litigation_after", "撤销被诉答复，判令重新答复", "corrected"),
        ("litigation_direct", "不予立案", "other"),
    ],
)
def test_the_category_of_a_decision(kind: str, decision: str, result: str) -> None:
    found = decisions.read_decision(kind, decision)
    assert found is not None and found.result == result


@pytest.mark.parametrize("decision", ["驳回上诉，维持原判", "", "另行处理"])
def test_words_that_decide_no_category(decision: str) -> None:
    assert decisions.read_decision("litigation_direct", decision) is None


def test_another_category_is_asked_about() -> None:
    assert decisions.disagreement("reconsideration", "upheld", "撤销答复") == (
        "内容写有“撤销”（行政复议法第64条），按表四的归类是“结果纠正”，登记的是“结果维持”，请核对"
    )
    assert decisions.disagreement("reconsideration", "corrected", "撤销答复") == ""
    assert decisions.disagreement("reconsideration", "upheld", "见决定书") == ""
