"""The draft: opened once, prepared from the ledgers with linked numbers, edited freely, nobody's text lost."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from bureau_cast import Cast
from django.core.exceptions import PermissionDenied
from django.db import connection
from report_ground import KJJ, YEAR, brought_to, drafted, ledgers

from gongkai.bureau import clock
from gongkai.bureau.annual import drafting, part_queries, report_queries, statements
from gongkai.bureau.annual.models import AnnualReport
from gongkai.bureau.ledger import queries as journal
from gongkai.bureau.orgs.models import Person
from gongkai.statute.primitives import InputRefused
from gongkai.statute.report.drafting import Passage, drift, from_json

pytestmark = pytest.mark.django_db

ON_REQUEST = (
    "青澜县科学技术局全年新收政府信息公开申请6件，上年结转1件。按申请人类别分，自然人4件，商业企业1件，其他组织1件。"
    "按接收渠道分，互联网6件。全年办结6件，其中予以公开2件，部分公开1件，无法提供1件，不予处理1件，其他处理1件。"
    "结转下年度继续办理1件。按是否逾期统计，作出答复5件，其中按期5件，逾期0件。"
    "因政府信息公开引起的行政复议2件，其中结果维持1件、尚未审结1件。"
    "因政府信息公开引起的行政诉讼1件，其中尚未审结1件。"
)
NOBODY_ELSE = (
    "handler",
    "head",
    "reviewer",
    "adviser",
    "leader",
    "office",
    "system",
    "security",
    "auditor",
    "stranger",
)


@pytest.fixture
def report(cast: Cast, tmp_path: Path) -> int:
    ledgers(cast, tmp_path)
    return drafting.start(cast.officer, KJJ, YEAR)


def passage(report: int, part: str) -> Passage:
    return from_json(AnnualReport.objects.get(pk=report).passages[part])


def linked(report: int, part: str) -> list[tuple[str, str]]:
    found = passage(report, part)
    return [(each.key, found.text[each.start : each.end]) for each in found.links]


def said(refused: pytest.ExceptionInfo[Any]) -> str:
    return str(refused.value)


# --- opening ----------------------------------------------------------------------------------------------------------


def test_a_draft_says_what_the_ledgers_give_and_links_every_number(report: int) -> None:
    assert passage(report, "on_request").text == ON_REQUEST
    assert linked(report, "on_request")[:5] == [
        ("requests.new.total", "6"), ("requests.carried_in.total", "1"), ("requests.new.natural_person", "4"),
        ("requests.new.business", "1"), ("requests.new.other_org", "1"),
    ]  # fmt: skip
    assert passage(report, "proactive").text == (
        "青澜县科学技术局全年主动公开政府信息2条。按栏目统计，政策文件2条。制发行政规范性文件2件，废止0件，现行有效3件。"
        "作出行政许可处理决定12件。作出行政处罚处理决定7件。\n【请填写：重点领域信息公开、政策解读和回应关切的做法】。"
    )
    assert linked(report, "proactive") == [
        ("items.total", "2"), ("items.column.政策文件", "2"), ("proactive.normative.made", "2"),
        ("proactive.normative.repealed", "0"), ("proactive.normative.in_force", "3"),
        ("proactive.licences.decisions", "12"), ("proactive.penalties.decisions", "7"),
    ]  # fmt: skip
    assert passage(report, "other").text.startswith("本年度没有收取信息处理费（收取金额0元）。")


def test_opening_is_told_in_the_journal(report: int) -> None:
    [entry] = journal.entries(kind="report.started").rows
    assert (entry.stream, entry.actor, entry.body) == (f"report:{KJJ}:2024", "officer", KJJ)
    assert entry.facts == {"version": 1, "year": 2024, "form": "2021"}


def test_a_second_report_on_the_year_is_refused(cast: Cast, report: int) -> None:
    with pytest.raises(InputRefused) as refused:
        drafting.start(cast.officer, KJJ, YEAR)
    assert said(refused) == "报告年度：2024年度的报告已经有了；应为打开已有的报告；已公布的办理更正"
    assert AnnualReport.objects.count() == 1


def test_years_that_no_report_is_made_on(cast: Cast) -> None:
    now = clock.today().year
    for year in (0, 2018, now + 1, 99999):
        with pytest.raises(InputRefused) as refused:
            drafting.start(cast.officer, KJJ, year)
        assert said(refused) == f"报告年度：不能起草{year}年度；应为2019至{now}年度"


@pytest.mark.parametrize("year", [2019, 2020])
def test_the_year_decides_upon_the_form(cast: Cast, year: int) -> None:
    made = drafting.start(cast.officer, KJJ, year)
    assert AnnualReport.objects.get(pk=made).form == "2019"
    assert "国办公开办函〔2019〕60号" in passage(made, "lead").text


@pytest.mark.parametrize("who", [*NOBODY_ELSE, "elsewhere"])
def test_nobody_but_the_bodys_officer_drafts(cast: Cast, report: int, who: str) -> None:
    person: Person = getattr(cast, who)
    before = AnnualReport.objects.get(pk=report).passages
    reason = "您的角色不及于青澜县科学技术局，不能起草" if who == "elsewhere" else "由公开专员办理，您没有这个角色"
    doors: list[Callable[[], object]] = [
        lambda: drafting.start(person, KJJ, 2023),
        lambda: drafting.write_part(person, report, "problems", "改过了"),
        lambda: drafting.insert_number(person, report, "problems", 0, "requests.new.total"),
        lambda: drafting.refresh_numbers(person, report, "on_request"),
        lambda: drafting.prepare_again(person, report, "problems"),
        lambda: drafting.enter_extra_rows(person, report, {}),
    ]
    for door in doors:
        with pytest.raises(PermissionDenied, match=reason):
            door()
    assert AnnualReport.objects.get(pk=report).passages == before
    assert AnnualReport.objects.count() == 1


@pytest.mark.parametrize(
    ("who", "reads"),
    [("officer", True), ("handler", True), ("head", True), ("reviewer", True), ("adviser", True), ("leader", True),
     ("office", True), ("elsewhere", False), ("system", False), ("security", False), ("auditor", False),
     ("stranger", False)],
)  # fmt: skip
def test_who_reads_a_draft(cast: Cast, report: int, who: str, reads: bool) -> None:
    person: Person = getattr(cast, who)
    for door in (
        lambda: report_queries.detail(person, report),
        lambda: report_queries.row(person, report),
        lambda: part_queries.part_as(person, report, "lead"),
        lambda: report_queries.carried_in(person, report),
    ):
        if reads:
            assert door() is not None
        else:
            with pytest.raises(PermissionDenied):
                door()
    found = report_queries.drafts(person)[0] if reads or who == "elsewhere" else ()
    assert len(found) == (1 if reads else 0)
    if reads:
        detail = report_queries.detail(person, report)
        assert detail is not None
        assert detail.editable is (who == "officer")


def test_a_role_that_has_ended_reads_and_writes_no_more(cast: Cast, report: int) -> None:
    from gongkai.bureau.orgs.models import Assignment

    Assignment.objects.filter(person=cast.officer).update(until=date(2025, 12, 31))
    with pytest.raises(PermissionDenied):
        report_queries.detail(cast.officer, report)
    with pytest.raises(PermissionDenied):
        drafting.write_part(cast.officer, report, "lead", "文字")


def test_the_list_shows_only_what_the_roles_reach(cast: Cast, report: int) -> None:
    assert [each.body for each in report_queries.drafts(cast.office)[0]] == [KJJ]
    assert report_queries.drafts(cast.elsewhere)[0] == ()
    with pytest.raises(PermissionDenied):
        report_queries.drafts(cast.system)


# --- writing ----------------------------------------------------------------------------------------------------------


def test_numbers_that_still_stand_keep_their_links(cast: Cast, report: int) -> None:
    text = ON_REQUEST.replace("全年新收", "一年来共收到").replace("自然人4件", "自然人5件")
    drafting.write_part(cast.officer, report, "on_request", text.replace("。", "。\r\n"), seen=ON_REQUEST)
    kept = dict(linked(report, "on_request"))
    assert kept["requests.new.total"] == "6"
    assert "requests.new.natural_person" not in kept
    assert len(kept) == 20
    assert "\r" not in passage(report, "on_request").text
    [entry] = journal.entries(kind="report.written").rows
    stored = passage(report, "on_request").text
    assert entry.facts == {
        "version": 1, "part": "on_request", "digest": hashlib.sha256(stored.encode()).hexdigest(),
        "characters": len(stored),
    }  # fmt: skip


def test_what_another_wrote_meanwhile_is_not_overwritten(cast: Cast, report: int) -> None:
    before = passage(report, "problems").text
    drafting.write_part(cast.officer, report, "problems", "甲写的。", seen=before)
    for door in (
        lambda: drafting.write_part(cast.officer, report, "problems", "乙写的。", seen=before),
        lambda: drafting.insert_number(
            cast.officer, report, "problems", 0, "requests.new.total", text="乙写的。", seen=before
        ),
        lambda: drafting.refresh_numbers(cast.officer, report, "problems", text="乙写的。", seen=before),
        lambda: drafting.prepare_again(cast.officer, report, "problems", seen=before),
    ):
        with pytest.raises(InputRefused) as refused:
            door()
        assert said(refused) == "正文：您打开以后，别人改过这一部分；应为对照现在的文字，合并后再保存"
    assert passage(report, "problems").text == "甲写的。"
    drafting.write_part(cast.officer, report, "problems", "甲写的。", seen=before)  # the same words are no conflict
    drafting.write_part(cast.officer, report, "problems", "甲写的。乙写的。", seen="甲写的。")
    assert passage(report, "problems").text == "甲写的。乙写的。"
    assert len(journal.entries(kind="report.written").rows) == 2


def test_line_ends_are_no_conflict(cast: Cast, report: int) -> None:
    drafting.write_part(cast.officer, report, "problems", "一。\n二。")
    drafting.write_part(cast.officer, report, "problems", "一。\n三。", seen="一。\r\n二。")
    assert passage(report, "problems").text == "一。\n三。"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("长" * 20_001, "正文：有20001个字；应为不超过20000个字"),
        ("一二\x00三", "正文：第3个字是不能显示的字符（U+0000）；应为删去这个字符的文字"),
        ("\x1b[31m", "正文：第1个字是不能显示的字符（U+001B）；应为删去这个字符的文字"),
    ],
)
def test_a_text_that_cannot_be_kept(cast: Cast, report: int, text: str, wrong: str) -> None:
    before = passage(report, "lead").text
    with pytest.raises(InputRefused) as refused:
        drafting.write_part(cast.officer, report, "lead", text)
    assert said(refused) == wrong
    assert passage(report, "lead").text == before


def test_twenty_thousand_characters_are_kept(cast: Cast, report: int) -> None:
    drafting.write_part(cast.officer, report, "lead", "长" * 20_000)
    assert len(passage(report, "lead").text) == 20_000


def test_a_part_that_no_report_has(cast: Cast, report: int) -> None:
    with pytest.raises(InputRefused, match="没有“appendix”这一部分"):
        drafting.write_part(cast.officer, report, "appendix", "文字")


def test_what_is_out_for_review_is_not_written(cast: Cast, tmp_path: Path) -> None:
    report = drafted(cast, tmp_path)
    for state, word in (("in_review", "审核中"), ("frozen", "已冻结待批准"), ("approved", "已批准"),
                        ("published", "已公布")):  # fmt: skip
        AnnualReport.objects.filter(pk=report).update(state="drafting")
        AnnualReport.objects.get(pk=report).steps.all().delete()
        brought_to(cast, report, state)
        for door in (
            lambda: drafting.write_part(cast.officer, report, "lead", "改过了"),
            lambda: drafting.insert_number(cast.officer, report, "lead", 0, "requests.new.total"),
            lambda: drafting.refresh_numbers(cast.officer, report, "lead"),
            lambda: drafting.prepare_again(cast.officer, report, "lead"),
            lambda: drafting.enter_extra_rows(cast.officer, report, {}),
        ):
            with pytest.raises(InputRefused) as refused:
                door()
            assert said(refused) == f"报告：现在是“{word}”，不能修改正文；应为退回修改，或者公布后更正"


# --- numbers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "position", "became"),
    [
        ("全年收到件申请。", 4, "全年收到6件申请。"),
        ("𠮷田社区与𬭚公司收到件。", 10, "𠮷田社区与𬭚公司收到6件。"),
        ("收到：", 3, "收到：6"),
        ("", 0, "6"),
    ],
)
def test_a_number_is_put_where_the_writer_stands(
    cast: Cast, report: int, text: str, position: int, became: str
) -> None:
    drafting.insert_number(
        cast.officer, report, "problems", position, "requests.new.total", text=text,
        seen=passage(report, "problems").text,
    )  # fmt: skip
    assert passage(report, "problems").text == became
    assert linked(report, "problems") == [("requests.new.total", "6")]
    kinds = [each.kind for each in journal.entries().rows if each.kind.startswith("report.")]
    assert kinds == ["report.number_inserted", *(["report.written"]), "report.started"]


@pytest.mark.parametrize(
    ("position", "key", "wrong"),
    [
        (2, "requests.new.total", "插入的位置：紧挨着另一个数字"),
        (99, "requests.new.total", "插入的位置：“99”不在文字之内；应为0至6"),
        (0, "nothing.at.all", "台账没有给出这个数；应为从清单中选择"),
        (0, "", "台账没有给出这个数；应为从清单中选择"),
    ],
)
def test_a_number_refused_leaves_the_text_unsaved(cast: Cast, report: int, position: int, key: str, wrong: str) -> None:
    before = passage(report, "problems").text
    with pytest.raises(InputRefused) as refused:
        drafting.insert_number(cast.officer, report, "problems", position, key, text="收到12件。", seen=before)
    assert wrong in said(refused)
    assert passage(report, "problems").text == before


def test_drifted_numbers_are_brought_up_to_date_all_or_one(cast: Cast, report: int) -> None:
    statements.state(cast.officer, KJJ, YEAR, "licences", "decisions", 14, "许可台账（核对后）")
    statements.add_line(cast.officer, KJJ, YEAR, "penalties", name="第三项", decisions=1, evidence="决定书")
    found = part_queries.part_as(cast.officer, report, "proactive")
    assert found is not None
    assert [(each.link.key, each.link.value, each.now) for each in found.drifts] == [
        ("proactive.licences.decisions", 12, 14), ("proactive.penalties.decisions", 7, 8),
    ]  # fmt: skip
    assert [(each.code, each.severity) for each in found.findings if each.code == "prose.drift"] == [
        ("prose.drift", "error")
    ] * 2
    drafting.refresh_numbers(cast.officer, report, "proactive", ["proactive.licences.decisions"])
    assert "行政许可处理决定14件。作出行政处罚处理决定7件" in passage(report, "proactive").text
    drafting.refresh_numbers(cast.officer, report, "proactive")
    assert "行政许可处理决定14件。作出行政处罚处理决定8件" in passage(report, "proactive").text
    drafting.refresh_numbers(cast.officer, report, "proactive")  # nothing has drifted: nothing is told again
    assert len(journal.entries(kind="report.numbers_refreshed").rows) == 2


def test_a_part_is_prepared_anew_from_the_ledgers_of_today(cast: Cast, report: int) -> None:
    drafting.write_part(cast.officer, report, "on_request", "自己写的。")
    drafting.prepare_again(cast.officer, report, "on_request", seen="自己写的。")
    assert passage(report, "on_request").text == ON_REQUEST
    assert [each.facts["part"] for each in journal.entries(kind="report.prepared_again").rows] == ["on_request"]


def test_looking_at_other_words_writes_nothing(cast: Cast, report: int) -> None:
    stored = AnnualReport.objects.get(pk=report).passages
    text = ON_REQUEST.replace("予以公开2件", "予以公开9件") + "要建立建全长效机制。"
    found = part_queries.part_as(cast.leader, report, "on_request", text)
    assert found is not None
    assert {"text.typo", "prose.count"} <= {each.code for each in found.findings}
    assert AnnualReport.objects.get(pk=report).passages == stored
    assert part_queries.part_as(cast.leader, 999_999, "on_request", text) is None


def test_every_stored_link_shows_its_value(cast: Cast, report: int) -> None:
    drafting.insert_number(cast.officer, report, "lead", 0, "requests.new.total")
    drafting.write_part(cast.officer, report, "on_request", "前言。" + ON_REQUEST)
    found = report_queries.detail(cast.officer, report)
    assert found is not None
    for each in found.passages.values():
        assert [each.text[link.start : link.end] for link in each.links] == [str(link.value) for link in each.links]
        assert drift(each, found.figures) == ()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_one_is_told(cast: Cast, tmp_path: Path) -> None:
    ledgers(cast, tmp_path)
    report = drafting.start(cast.officer, KJJ, YEAR)
    before = passage(report, "problems").text
    ready = threading.Barrier(2)
    told: list[str] = []

    def write(text: str) -> None:
        try:
            person = Person.objects.get(username="officer")
            ready.wait(20)
            drafting.write_part(person, report, "problems", text, seen=before)
            told.append(text)
        except InputRefused as refused:
            told.append(str(refused))
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(text,)) for text in ("甲写的。", "乙写的。")]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(told, key=len)[1] == "正文：您打开以后，别人改过这一部分；应为对照现在的文字，合并后再保存"
    assert passage(report, "problems").text == sorted(told, key=len)[0]
