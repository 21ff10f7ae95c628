"""Statements for table two, the lines beneath them and the year's work: entered, corrected, withdrawn, read."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from bureau_cast import Cast
from django.core.exceptions import PermissionDenied

from gongkai.bureau.annual import statement_queries, statements
from gongkai.bureau.annual.models import Statement, StatementLine, WorkRecord
from gongkai.bureau.ledger import queries as ledger
from gongkai.bureau.orgs.models import Person
from gongkai.statute.primitives import InputRefused

KJJ = "qinglan-kjj"


def _stated(actor: Person, value: int | str = 58, evidence: str = "权责清单（2020年版）", **other: Any) -> int:
    cell: dict[str, Any] = {"year": 2020, "row": "other_services", "column": "change"} | other
    return statements.state(actor, KJJ, cell["year"], cell["row"], cell["column"], value, evidence)


def _journal(kind: str) -> list[dict[str, Any]]:
    return [dict(each.facts) for each in reversed(ledger.entries(kind=kind).rows)]


def _cell(cast: Cast, row: str, column: str, year: int = 2020) -> statement_queries.CellDetail:
    found = statement_queries.year(cast.officer, KJJ, year)
    assert found is not None
    return next(
        cell for each in found.rows if each.row.code == row for cell in each.cells if cell.column.code == column
    )


def test_a_correction_keeps_what_was_stated_and_tells_both(cast: Cast) -> None:
    first = _stated(cast.officer, 85)
    second = _stated(cast.handler, 58, "权责清单（2020年修订）")
    assert Statement.objects.get(pk=first).replaced_at is not None
    assert (_cell(cast, "other_services", "change").value, _cell(cast, "other_services", "change").origin) == (
        58, "stated",
    )  # fmt: skip
    assert _journal("statement.corrected") == [
        {
            "year": 2020, "row": "other_services", "column": "change", "value": 58,
            "evidence": "权责清单（2020年修订）", "before": 85, "before_evidence": "权责清单（2020年版）",
        }
    ]  # fmt: skip
    found = statement_queries.row(cast.leader, KJJ, 2020, "other_services")
    assert found is not None
    assert [(each.id, each.value, each.by) for each in found.statements["change"]] == [
        (second, 58, "handler"), (first, 85, "officer"),
    ]  # fmt: skip


def test_the_same_statement_again_changes_nothing(cast: Cast) -> None:
    assert _stated(cast.officer) == _stated(cast.officer)
    assert Statement.objects.count() == 1
    assert len(_journal("statement.entered")) == 1


@pytest.mark.parametrize("who", ["leader", "reviewer", "adviser", "office", "elsewhere", "auditor", "stranger"])
def test_only_those_who_enter_statements_may(who: str, cast: Cast) -> None:
    with pytest.raises(PermissionDenied, match=r"登记年度数据|不及于"):
        _stated(getattr(cast, who))
    assert Statement.objects.count() == 0


@pytest.mark.parametrize("who", ["officer", "handler", "head"])
def test_each_of_those_does(who: str, cast: Cast) -> None:
    _stated(getattr(cast, who))
    assert Statement.objects.get().value == 58


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"evidence": "  "}, "依据：没有填写"),
        ({"evidence": "证" * 501}, "依据：有501个字"),
        ({"value": "五十八"}, "“五十八”不是数"),
        ({"value": -1, "column": "decisions"}, "“-1”是负数"),
        ({"value": 9340, "row": "procurement", "column": "amount"}, "“9340”不是以万元计的金额"),
        ({"column": "amount"}, "没有“amount”这一栏"),
        ({"row": "visits"}, "2019年格式的表二没有“visits”"),
        ({"year": 2021}, "2021年格式的表二没有“other_services”"),
        ({"year": 2018}, "2018年的年度报告不在本系统所收格式之内"),
        ({"year": 2999}, "2999年还没有到"),
    ],
)
def test_a_statement_that_cannot_stand_says_why(given: dict[str, Any], said: str, cast: Cast) -> None:
    with pytest.raises(InputRefused) as refused:
        _stated(cast.officer, **given)
    assert said in str(refused.value)
    assert Statement.objects.count() == 0


def test_lines_add_up_with_their_signs(cast: Cast) -> None:
    for name, prior, change, decisions in (
        ("高新技术企业认定推荐", 1, 0, 12), ("技术合同认定登记", 1, -1, 3), ("科技特派员备案", 0, 1, 5),
    ):  # fmt: skip
        statements.add_line(
            cast.handler, KJJ, 2020, "other_services", name=name, prior=prior, change=change, decisions=decisions,
            evidence="权责清单",
        )  # fmt: skip
    assert [(_cell(cast, "other_services", each).value) for each in ("prior_items", "change", "decisions")] == [
        2, 0, 20,
    ]  # fmt: skip
    assert _cell(cast, "other_services", "decisions").origin == "lines"
    assert _cell(cast, "licences", "decisions").origin == "unstated"


def test_purchases_count_and_sum_exactly(cast: Cast) -> None:
    for number, amount in enumerate(("0.1", "0.2", "0.63402"), 1):
        statements.add_line(
            cast.officer, KJJ, 2020, "procurement", name=f"采购{number}", amount=amount, evidence="采购合同"
        )
    assert _cell(cast, "procurement", "items").value == 3
    assert _cell(cast, "procurement", "amount").value == "0.93402"


def test_a_statement_that_differs_from_its_lines_shows_the_difference(cast: Cast) -> None:
    statements.add_line(cast.officer, KJJ, 2020, "licences", name="许可甲", decisions=4, evidence="许可台账")
    _stated(cast.officer, 7, row="licences", column="decisions")
    cell = _cell(cast, "licences", "decisions")
    assert (cell.value, cell.origin) == (7, "stated")
    assert [(each.facts["left"], each.facts["right"]) for each in cell.differences] == [(7, 4)]


def test_last_years_items_and_changes_carry(cast: Cast) -> None:
    _stated(cast.officer, 38, year=2019, column="prior_items")
    _stated(cast.officer, -2, year=2019, column="change")
    cell = _cell(cast, "other_services", "prior_items")
    assert (cell.value, cell.origin) == (36, "carried")


def test_a_withdrawn_line_leaves_the_sums_and_stays_on_record(cast: Cast) -> None:
    line = statements.add_line(cast.officer, KJJ, 2020, "licences", name="许可甲", decisions=4, evidence="许可台账")
    with pytest.raises(InputRefused, match="撤回理由：没有填写"):
        statements.withdraw_line(cast.officer, line, because=" ")
    with pytest.raises(PermissionDenied):
        statements.withdraw_line(cast.elsewhere, line, because="不是我局的")
    statements.withdraw_line(cast.head, line, because="与许可乙重复")
    assert StatementLine.objects.get().withdrawn_at is not None
    assert _cell(cast, "licences", "decisions").value is None
    assert _journal("line.withdrawn") == [
        {"line": line, "row": "licences", "name": "许可甲", "because": "与许可乙重复"}
    ]
    with pytest.raises(InputRefused, match="已经撤回"):
        statements.withdraw_line(cast.officer, line, because="再撤一次")


@pytest.mark.parametrize(
    ("row", "given", "said"),
    [
        ("licences", {"name": ""}, "名称：没有填写"),
        ("licences", {"evidence": ""}, "依据：没有填写"),
        ("licences", {}, "数：一栏也没有填写"),
        ("licences", {"amount": "1.5"}, "金额：“行政许可”没有这一栏"),
        ("licences", {"prior": 2}, "上一年：“2”不能用"),
        ("licences", {"prior": 0, "change": -1}, "上一年没有的事项不能取消"),
        ("licences", {"prior": 1, "change": 1}, "上一年已有的事项不是新增"),
        ("procurement", {"amount": "一万"}, "金额：“一万”不能用"),
        ("normative", {"decisions": 1}, "在主动公开信息里逐件登记"),
    ],
)
def test_a_line_that_adds_nothing_sound_is_refused(row: str, given: dict[str, Any], said: str, cast: Cast) -> None:
    fields: dict[str, Any] = {"name": "事项甲", "evidence": "权责清单"} | given
    with pytest.raises(InputRefused) as refused:
        statements.add_line(cast.officer, KJJ, 2020, row, **fields)
    assert said in str(refused.value)
    assert StatementLine.objects.count() == 0


def test_work_of_the_year_is_recorded_and_withdrawn(cast: Cast) -> None:
    training = statements.record_work(
        cast.officer, KJJ, "training", on=date(2024, 5, 9), title="条例培训", people=32, evidence="签到表"
    )
    statements.record_work(
        cast.handler, KJJ, "check", on=date(2024, 8, 1), title="栏目自查", found=5, rectified=4, evidence="自查报告"
    )
    statements.record_work(
        cast.handler, KJJ, "assessment", on=date(2023, 12, 1), title="年度考核", result="良好", evidence="考核通报"
    )
    shown = statement_queries.work(cast.leader, body=KJJ, year=2024)
    assert [(each.title, each.people, each.found, each.rectified, each.by) for each in shown.rows] == [
        ("栏目自查", None, 5, 4, "handler"), ("条例培训", 32, None, None, "officer"),
    ]  # fmt: skip
    assert statement_queries.work(cast.elsewhere).rows == ()
    statements.withdraw_work(cast.officer, training, because="不是本机关组织的")
    assert [each.title for each in statement_queries.work(cast.leader, body=KJJ, year=2024).rows] == ["栏目自查"]
    assert WorkRecord.objects.count() == 3
    assert _journal("work.withdrawn") == [{"kind": "training", "title": "条例培训", "because": "不是本机关组织的"}]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"kind": "party"}, "种类：不认识“party”"),
        ({"title": ""}, "名称：没有填写"),
        ({"on": date(2999, 1, 1)}, "日期：2999-01-01还没有到"),
        ({"found": 3}, "发现问题数：“培训”没有这一项"),
        ({"kind": "check", "found": 3, "rectified": 4}, "已整改数：4多于发现的3"),
        ({"people": -1}, "人数：“-1”不能用"),
        ({"evidence": ""}, "依据：没有填写"),
    ],
)
def test_work_that_cannot_be_so_is_refused(given: dict[str, Any], said: str, cast: Cast) -> None:
    fields: dict[str, Any] = {"kind": "training", "on": date(2024, 5, 9), "title": "培训", "evidence": "签到表"} | given
    with pytest.raises(InputRefused) as refused:
        statements.record_work(cast.officer, KJJ, fields.pop("kind"), **fields)
    assert said in str(refused.value)
    assert WorkRecord.objects.count() == 0


def test_work_turns_pages_by_key(cast: Cast) -> None:
    for day in (1, 1, 2):
        statements.record_work(
            cast.officer, KJJ, "training", on=date(2024, 5, day), title=f"培训{day}", evidence="签到表"
        )
    first = statement_queries.work(cast.officer, size=2)
    assert [each.title for each in first.rows] == ["培训2", "培训1"]
    second = statement_queries.work(cast.officer, size=2, after=first.next_after)
    assert ([each.title for each in second.rows], second.next_after) == (["培训1"], "")
    assert statement_queries.work(cast.officer, after="昨天~1").rows == ()
