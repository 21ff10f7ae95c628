"""Local profiles as data, off unless chosen; and which body owes which report."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from report_samples import codes, report, zero_tables

from gongkai.statute.parameters import statutory
from gongkai.statute.primitives import DocumentPlace, Finding, InputRefused
from gongkai.statute.report.bodies import ENTITLED_LEVELS
from gongkai.statute.report.checks import check
from gongkai.statute.report.duties import DUTIES, duty
from gongkai.statute.report.profiles import check_profile, parse_profile, profile, profiles
from gongkai.statute.wording import advice, sentence

MINIMAL: dict[str, Any] = {
    "code": "a", "name": "甲县", "source": "甲县通知", "forms": ["2021"], "first_year": 2021,
}  # fmt: skip


def made(**more: Any) -> Any:
    return parse_profile(MINIMAL | more)


def test_the_profiles_of_the_house_say_that_they_are_not_verified() -> None:
    assert list(profiles()) == ["hubei", "qinglan"]
    assert all(not each.verified and each.source for each in profiles().values())


def test_no_profile_is_applied_unless_asked_for() -> None:
    assert not any(code.startswith("profile.") for code in codes(check(report(problems="短。"))))


def test_an_unknown_profile_is_refused_with_those_known() -> None:
    with pytest.raises(InputRefused, match="没有“henan”；应为hubei、qinglan"):
        profile("henan")


@pytest.mark.parametrize(
    ("form", "year", "governs"),
    [("2019", 2019, True), ("2019", 2020, True), ("2019", 2018, False), ("2021", 2021, False)],
)
def test_a_profile_governs_its_form_and_years(form: str, year: int, governs: bool) -> None:
    assert profile("hubei").governs(form, year) is governs


def test_a_report_that_the_profile_does_not_govern_is_not_judged() -> None:
    assert check_profile(report(form="2021", year=2024), profile("hubei")) == ()
    assert [each.code for each in check_profile(report(form="2019", year=2020), profile("hubei"))] == [
        "profile.extra_row"
    ] * 3


# --- length


@pytest.mark.parametrize(("characters", "found"), [(9, True), (10, False), (20, False), (21, True)])
def test_a_part_is_as_long_as_asked(characters: int, found: bool) -> None:
    limits = made(lengths=[{"part": "problems", "least": 10, "most": 20}])
    assert bool(check_profile(report(problems="字" * characters), limits)) is found


def test_blanks_and_lines_do_not_count_and_the_difference_is_signed() -> None:
    limits = made(lengths=[{"part": "problems", "least": 10, "most": 20}])
    assert check_profile(report(problems=" 一二三四五 \n\n　六七八 "), limits) == (
        Finding(
            "profile.length",
            "warning",
            DocumentPlace("problems"),
            {"stated": 8, "least": 10, "difference": -2, "profile": "甲县"},
            "甲县通知",
        ),
    )
    (long,) = check_profile(report(problems="字" * 23), limits)
    assert (long.facts["most"], long.facts["difference"]) == (20, 3)
    assert sentence(long) == "第五部分“存在的主要问题及改进情况”23字，多于“甲县”所限定的20字。"


def test_the_overview_is_measured_over_all_its_parts() -> None:
    limits = made(lengths=[{"part": "overview", "most": 39}])
    # five parts of 8 characters each: 依法开展工作。 has 7 and one more each
    assert check_profile(report(), limits) == ()
    (found,) = check_profile(report(lead="十二个字的开头加上句号。"), limits)
    assert found.facts["stated"] == 47


def test_a_part_that_is_absent_is_left_to_the_checks_of_the_form() -> None:
    assert check_profile(report(problems=""), made(lengths=[{"part": "problems", "least": 10}])) == ()


# --- required counts

INTERPRETED = {"part": "overview", "what": "政策解读的件数", "words": ["政策解读", "解读材料"]}


@pytest.mark.parametrize(
    "text",
    [
        "发布政策解读3件。",
        "全年发布政策解读材料共计１２篇。",
        "发布解读材料十二篇。",
        "全年发布3件政策解读。",
        "没有发布政策解读。",
        "未制作政策解读。",
        "政策解读0件。",
        "制发文件4件，发布政策解读3件。",
    ],
)
def test_a_number_beside_its_word_or_none_said_in_words_is_told(text: str) -> None:
    assert check_profile(report(proactive=text), made(counts=[INTERPRETED])) == ()


@pytest.mark.parametrize(
    "text",
    [
        "加强政策解读。",
        "加强政策解读，制发文件3件。",
        "制发文件3件，加强政策解读。",
        "2024年加强政策解读。",
        "政策解读更加充分。全年公开信息132条。",
    ],
)
def test_a_number_of_something_else_is_not(text: str) -> None:
    (found,) = check_profile(report(proactive=text), made(counts=[INTERPRETED]))
    assert (found.code, found.where) == ("profile.required_count", DocumentPlace("overview"))
    assert sentence(found) == "第一部分“总体情况”没有写明政策解读的件数，而“甲县”要求写明。"
    assert advice(found) == "请写明政策解读的件数；没有的，写明没有。"


def test_the_number_must_stand_in_the_part_asked_for() -> None:
    trained = made(counts=[{"part": "overview.supervision", "what": "培训的场次", "words": ["培训"]}])
    assert check_profile(report(supervision="举办培训2场。"), trained) == ()
    assert codes(check_profile(report(management="举办培训2场。"), trained)) == ["profile.required_count"]


# --- extra rows

HUBEI_ROW = {"other_documents": {"made": 3, "disclosed": 3, "public_total": 21}}


def hubei(rows: Any) -> tuple[Finding, ...]:
    return check_profile(report(zero_tables("2019"), form="2019", year=2020), profile("hubei"), rows)


def test_the_extra_row_of_hubei_stands_under_the_normative_documents() -> None:
    (row,) = profile("hubei").rows
    assert (row.label, row.table, row.after) == ("其他主动公开文件", "proactive", "normative")
    assert [column.label for column in row.columns] == ["本年新制作数量", "本年新公开数量", "对外公开总数量"]
    assert hubei(HUBEI_ROW) == ()
    assert hubei({"other_documents": {"made": "n/a", "disclosed": 0, "public_total": 0}}) == ()


def test_a_blank_cell_of_an_extra_row_is_told_and_never_nought() -> None:
    (found,) = hubei({"other_documents": {"made": 3, "disclosed": None, "public_total": 21}})
    assert found.where == DocumentPlace("proactive")
    assert sentence(found) == "另列的“其他主动公开文件”一行“本年新公开数量”没有填数。"
    assert len(hubei({})) == 3


@pytest.mark.parametrize("wrong", [-1, "3件"])
def test_an_extra_cell_is_a_count(wrong: int | str) -> None:
    (found,) = hubei({"other_documents": {"made": wrong, "disclosed": 3, "public_total": 21}})
    assert sentence(found) == f"另列的“其他主动公开文件”一行“本年新制作数量”写作“{wrong}”，不是数字。"


def test_a_row_that_nobody_asked_for_is_told() -> None:
    (found,) = hubei(HUBEI_ROW | {"gone": {"made": 1}})
    assert sentence(found) == "“湖北省（表二另列一行）”没有要求“gone”这一行。"


# --- reading


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"colour": "red"}, "colour：不认识的字段"),
        ({"name": ""}, "name：没有填写"),
        ({"forms": ["2008"]}, "没有“2008”这一格式"),
        ({"deadlines": {"department": "02-01"}}, "“02-01”晚于法定的日子；应为01-31或者更早"),
        ({"deadlines": {"government": "04-01"}}, "晚于法定的日子"),
        ({"deadlines": {"department": "01-32"}}, "不是月-日"),
        ({"deadlines": {"department": 20}}, "不是月-日"),
        ({"deadlines": {"village": "01-20"}}, "不认识“village”"),
        ({"lengths": [{"part": "tables", "most": 3}]}, "不认识的部分"),
        ({"counts": [{"part": "overview", "what": "件数"}]}, "缺少或者多出字段"),
        ({"rows": [{"code": "x", "label": "乙", "table": "proactive", "part": "", "after": "gone", "columns": []}]},
         "缺少或者多出字段"),
    ],
)  # fmt: skip
def test_a_profile_that_cannot_be_used_is_refused_in_chinese(more: dict[str, Any], said: str) -> None:
    with pytest.raises(InputRefused, match=said):
        made(**more)


def test_a_local_deadline_lies_in_the_next_year_and_may_be_the_statutes_own() -> None:
    county = profile("qinglan")
    assert county.deadline("department", 2024) == date(2025, 1, 20)
    assert county.deadline("government", 2024) == date(2025, 3, 15)
    assert profile("hubei").deadline("department", 2020) is None
    assert made(deadlines={"department": "01-31"}).deadline("department", 2021) == date(2022, 1, 31)


# --- duties


@pytest.mark.parametrize(
    ("level", "day", "results", "statutory_day"),
    [
        ("province", date(2025, 3, 31), True, True),
        ("city", date(2025, 3, 31), True, True),
        ("county", date(2025, 3, 31), True, True),
        ("township", date(2025, 1, 31), True, False),
        ("province_department", date(2025, 1, 31), False, True),
        ("city_department", date(2025, 1, 31), False, True),
        ("county_department", date(2025, 1, 31), False, True),
        ("subdistrict", date(2025, 1, 31), False, False),
        ("development_zone", date(2025, 1, 31), False, False),
        ("authorised_body", date(2025, 1, 31), False, False),
        ("vertical_department", date(2025, 1, 31), False, False),
        ("other", date(2025, 1, 31), False, False),
    ],
)
def test_who_owes_the_report_by_which_day(level: str, day: date, results: bool, statutory_day: bool) -> None:
    found = duty(level)
    assert found.due_on(2024) == day
    assert (found.three_results, found.statutory) == (results, statutory_day)
    assert found.changeable is not statutory_day
    assert "条例》第" in found.article
    assert found.reports_to


def test_every_level_of_the_exchange_format_has_its_duty() -> None:
    assert len(DUTIES) == 12
    assert set(DUTIES) >= ENTITLED_LEVELS


def test_a_day_that_the_statute_does_not_name_says_so() -> None:
    assert all(bool(each.note) is each.changeable for each in DUTIES.values())
    assert "第五十四条" in duty("authorised_body").article
    assert duty("subdistrict").reports_to.startswith("设立它的人民政府")


def test_before_2019_departments_had_until_the_end_of_march() -> None:
    assert duty("county_department").due_on(2017) == date(2018, 3, 31)
    assert duty("county_department").due_on(2019, statutory()) == date(2020, 1, 31)


def test_an_unknown_level_is_refused() -> None:
    with pytest.raises(InputRefused, match="不认识“village”"):
        duty("village")
