"""The draft: prepared from figures, with gaps where a ledger gives none; numbers linked through free editing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report_samples import report, zero_tables

from gongkai.statute.inspection.copied import check_copied
from gongkai.statute.primitives import InputRefused
from gongkai.statute.report.checks import check
from gongkai.statute.report.drafting import (
    FACTS,
    PARTS,
    Drift,
    Figures,
    Link,
    Passage,
    drift,
    figures_of,
    from_json,
    gaps,
    insert,
    labels,
    narrative_of,
    own_words,
    prepare,
    reanchor,
    refresh,
    to_json,
)

FACTS_OF_A_YEAR: dict[str, int | str | None] = {
    "items.total": 132,
    "items.column.政策文件": 12,
    "items.column.机构职能": 0,
    "items.column.依申请公开": 5,
    "items.interpretations": 3,
    "requests.channel.internet": 9,
    "requests.channel.in_person": 3,
    "requests.channel.fax": 0,
    "replies.total": 9,
    "replies.on_time": 8,
    "replies.late": 1,
    "replies.extended": 2,
    "corrections.requested": 5,
    "fees.notified": 1,
    "fees.amount": "380",
    "management.reviewed": 132,
    "management.reevaluated": 6,
    "management.opened": 1,
    "platform.columns": 14,
    "platform.visits": 20451,
    "training.sessions": 2,
    "training.people": 41,
    "checks.rounds": 4,
    "checks.found": 7,
    "checks.rectified": 6,
    "supervision.assessment": "考核4个乡镇、9个部门，优秀3个",
    "supervision.appraisal": "群众满意度为91.5%",
    "supervision.accountability": "没有发生责任追究",
}


def tables_of_a_year(form: str = "2021") -> dict[str, Any]:
    """12 new, 3 carried in; 13 concluded (4 granted, 5 refused, 4 other); 2 carried out; 3 and 1 remedies."""
    tables = zero_tables(form)
    other = "other.lapsed_correction" if form == "2021" else "other"
    for row, number in {
        "new": 12, "carried_in": 3, "granted": 4, "refused.process": 3, "refused.internal": 2,
        other: 4, "concluded": 13, "carried_out": 2,
    }.items():  # fmt: skip
        tables["requests"][row]["natural_person"] = tables["requests"][row]["total"] = number
    tables["remedies"]["reconsideration"] |= {"upheld": 1, "pending": 2, "total": 3}
    tables["remedies"]["litigation_after"] |= {"corrected": 1, "total": 1}
    tables["proactive"]["licences"]["decisions"] = 57
    return tables


def draft(
    facts: dict[str, int | str | None] | None = None,
    form: str = "2021",
    level: str = "county_department",
    tables: dict[str, Any] | None = None,
    name: str = "青澜县科学技术局",
    **more: Any,
) -> dict[str, Passage]:
    figures = figures_of(tables_of_a_year(form) if tables is None else tables, facts or {})
    return prepare(
        figures,
        agency_name=name,
        short_name=name.replace("科学技术局", "科技局"),
        level=level,
        year=2024 if form == "2021" else 2020,
        form_code=form,
        **more,
    )


# --- figures


def test_every_cell_is_a_figure_and_what_is_blank_is_none() -> None:
    tables = tables_of_a_year()
    tables["requests"]["new"]["business"] = None
    tables["proactive"]["rules"]["made"] = "n/a"
    figures = figures_of(tables, {"items.total": None, "fees.amount": "", "training.sessions": 0})
    assert figures.values["requests.new.total"] == 12
    assert figures.values["requests.refused.process.total"] == 3
    assert figures.values["proactive.fees.amount"] == "0"
    assert figures.values["training.sessions"] == 0
    for key in ("requests.new.business", "proactive.rules.made", "items.total", "fees.amount"):
        assert key not in figures.values


def test_outcomes_are_summed_by_group_and_lawsuits_over_both_kinds() -> None:
    values = figures_of(tables_of_a_year()).values
    assert {key: values[key] for key in values if key.startswith("outcomes.")} == {
        "outcomes.granted": 4,
        "outcomes.partial": 0,
        "outcomes.refused": 5,
        "outcomes.unavailable": 0,
        "outcomes.not_processed": 0,
        "outcomes.other": 4,
    }
    assert (values["remedies.litigation.total"], values["remedies.litigation.corrected"]) == (1, 1)


def test_a_sum_over_a_blank_cell_is_not_given() -> None:
    tables = tables_of_a_year()
    tables["requests"]["refused.process"]["total"] = None
    tables["remedies"]["litigation_direct"]["total"] = None
    values = figures_of(tables).values
    assert "outcomes.refused" not in values
    assert "remedies.litigation.total" not in values
    assert values["outcomes.granted"] == 4


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("requests.new.total", "表三 本年新收政府信息公开申请数量 总计"),
        ("requests.refused.process.natural_person", "表三 不予公开：属于四类过程性信息 自然人"),
        ("proactive.normative.made", "表二 行政规范性文件 本年制发件数"),
        ("proactive.other_services.change", "表二 其他对外管理服务事项 本年增/减"),
        ("remedies.litigation_after.upheld", "表四 行政诉讼：复议后起诉 结果维持"),
        ("remedies.litigation.total", "行政诉讼合计 总计"),
        ("items.column.政策文件", "主动公开 栏目“政策文件”条数"),
        ("requests.channel.internet", "申请渠道 互联网"),
        ("fees.amount", "信息处理费 收取金额（元）"),
        ("nothing.known", "nothing.known"),
    ],
)
def test_every_key_has_a_chinese_name(key: str, name: str) -> None:
    assert labels(key) == name


def test_a_cell_is_named_in_the_words_of_the_form_asked_for() -> None:
    assert labels("proactive.normative.made", "2019") == "表二 规范性文件 本年新制作数量"


# --- the draft


def test_the_draft_has_every_part_and_links_every_number_of_a_ledger() -> None:
    made = draft(FACTS_OF_A_YEAR)
    assert tuple(made) == PARTS
    for passage in made.values():
        for link in passage.links:
            assert passage.text[link.start : link.end] == str(link.value)
    assert made["on_request"].text.startswith(
        "青澜县科技局全年新收政府信息公开申请12件，上年结转3件。按申请人类别分，自然人12件。"
        "按接收渠道分，当面提交3件，互联网9件。全年办结13件，其中予以公开4件，不予公开5件，其他处理4件。"
        "结转下年度继续办理2件。"
    )
    assert [link.key for link in made["on_request"].links][:4] == [
        "requests.new.total",
        "requests.carried_in.total",
        "requests.new.natural_person",
        "requests.channel.in_person",
    ]
    assert "政府信息公开申请" not in made["proactive"].text
    assert "政策文件12条，依申请公开5条" in made["proactive"].text
    assert "机构职能" not in made["proactive"].text


def test_the_lead_names_body_form_and_period() -> None:
    text = draft()["lead"].text
    assert "青澜县科学技术局" in text
    assert "国办公开办函〔2021〕30号" in text
    assert "2024年1月1日至12月31日" in text
    assert "国办公开办函〔2019〕60号" in draft(form="2019")["lead"].text


def test_what_no_ledger_gives_is_a_gap_and_never_nought() -> None:
    made = draft({}, tables={})
    assert all(passage.links == () for passage in made.values())
    assert "0" not in made["on_request"].text
    for part in ("proactive", "on_request", "management", "platform", "supervision", "problems", "other"):
        assert gaps(made[part].text), part
    assert "收取的金额" in made["other"].text
    assert "没有收取信息处理费（" not in made["other"].text


def test_the_fee_statement_of_part_six_says_what_the_ledger_says() -> None:
    assert draft({"fees.amount": 0})["other"].text.startswith("本年度没有收取信息处理费（收取金额0元）。")
    assert draft({"fees.amount": "0.00"})["other"].text.startswith("本年度没有收取信息处理费")
    assert draft({"fees.amount": "380", "fees.notified": 2})["other"].text.startswith(
        "本年度收取信息处理费380元，发出收费通知2件。"
    )
    assert draft({"fees.amount": 380})["other"].text.startswith("本年度收取信息处理费380元。")
    # the fee is collected from 2021 on (国办函〔2020〕109号)
    assert "信息处理费" not in draft({"fees.amount": 0}, form="2019")["other"].text


@pytest.mark.parametrize("level", ["province", "city", "county", "township"])
def test_governments_tell_the_three_results(level: str) -> None:
    text = draft(FACTS_OF_A_YEAR, level=level)["supervision"].text
    assert "工作考核结果：考核4个乡镇、9个部门，优秀3个。" in text
    assert "社会评议结果：群众满意度为91.5%。" in text
    assert "责任追究结果：没有发生责任追究。" in text
    without = draft({}, level=level)["supervision"].text
    assert [word in without for word in ("工作考核结果：【", "社会评议结果：【", "责任追究结果：【")] == [True] * 3


@pytest.mark.parametrize("level", ["county_department", "subdistrict", "vertical_department", "other"])
def test_others_do_not_tell_them(level: str) -> None:
    text = draft(FACTS_OF_A_YEAR, level=level)["supervision"].text
    assert not any(word in text for word in ("工作考核", "社会评议", "责任追究"))


def test_the_forms_differ_where_the_forms_differ() -> None:
    assert "制发行政规范性文件0件，废止0件，现行有效0件。" in draft()["proactive"].text
    tables = tables_of_a_year("2019")
    tables["proactive"]["procurement"] |= {"items": 9, "amount": "0.93402"}
    text = draft(form="2019", tables=tables)["proactive"].text
    assert "新制作规范性文件0件，新公开0件，对外公开总数0件。" in text
    assert "政府集中采购9项，采购总金额0.93402万元。" in text


def test_last_years_problems_stand_with_what_was_done() -> None:
    text = draft(last_problems=[("公开目录更新不及时。", "按月核对目录"), ("解读形式单一", "")])["problems"].text
    assert text.split("\n")[:3] == [
        "上一年度报告所列问题的改进情况：",
        "1.公开目录更新不及时。改进情况：按月核对目录。",
        "2.解读形式单一。改进情况：【请填写：改进的做法和结果】。",
    ]
    assert draft()["problems"].text.startswith("【请填写：上一年度报告所列问题的改进情况")


def test_the_offices_own_words_take_the_place_of_gaps_and_are_no_template() -> None:
    made = draft(notes={"platform": "专栏改版，增设{items.total}栏", "problems": "力量不足。", "other": " "})
    assert made["platform"].text == "专栏改版，增设{items.total}栏。"
    assert made["platform"].links == ()
    assert "本年度存在的主要问题：力量不足。" in made["problems"].text
    assert "其他需要报告的事项：【请填写" in made["other"].text


def filled(made: dict[str, Passage], words: str) -> dict[str, Passage]:
    """Every gap filled with those words."""
    return {part: filled_one(passage, words) for part, passage in made.items()}


def filled_one(passage: Passage, words: str) -> Passage:
    text = passage.text
    for start, end in reversed(gaps(text)):
        text = text[:start] + words + text[end:]
    return reanchor(passage, text)


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("level", ["county", "county_department"])
@pytest.mark.parametrize("facts", [FACTS_OF_A_YEAR, {}, {"fees.amount": 0, "items.total": 0}])
def test_our_own_checks_object_to_nothing_once_the_gaps_are_filled(
    form: str, level: str, facts: dict[str, int | str | None]
) -> None:
    for tables in (tables_of_a_year(form), zero_tables(form)):
        made = draft(facts, form=form, level=level, tables=tables)
        done = filled(made, "按月核对公开目录，及时更正差错")
        assert all(gaps(passage.text) == () for passage in done.values())
        assert [len(done[part].links) for part in PARTS] == [len(made[part].links) for part in PARTS]
        judged = replace(report(tables, form=form, year=2024 if form == "2021" else 2020), narrative=narrative_of(done))
        assert check(judged) == ()


def test_the_checks_do_read_the_prepared_numbers() -> None:
    done = filled(draft(FACTS_OF_A_YEAR), "按月核对公开目录")
    spoilt = done | {"on_request": Passage(done["on_request"].text.replace("不予公开5件", "不予公开6件"))}
    found = check(replace(report(tables_of_a_year()), narrative=narrative_of(spoilt)))
    assert [each.code for each in found] == ["prose.count"]


def test_two_bodies_that_fill_in_their_own_words_are_not_alike() -> None:
    ours = filled(draft(FACTS_OF_A_YEAR), "组织科技特派员下乡时宣讲公开规定，逐月核对目录")
    theirs = filled(draft(FACTS_OF_A_YEAR, name="北崖县科学技术局"), "请实验室开放日的来访者评议专栏，据此改版")
    other = replace(report(tables_of_a_year()), narrative=narrative_of(theirs))
    assert check_copied(replace(other, narrative=own_words(ours)), {"北崖县": other}) == []


def test_own_words_keep_their_places_and_a_copied_text_is_still_found() -> None:
    words = "我们围绕群众关心的事项逐条梳理公开内容，" * 5 + "。"
    ours = {"proactive": Passage("全年公开132条。" + words, (Link("items.total", 4, 7, 132),))}
    narrative = own_words(ours)
    assert narrative.overview["proactive"] == " " * 9 + words
    theirs = replace(report(), narrative=narrative_of({"proactive": Passage(words)}))
    (found,) = check_copied(replace(report(), narrative=narrative), {"甲": theirs})
    assert found.code == "text.copied"


# --- links through free editing


def linked(text: str, *numbers: tuple[str, int | str]) -> Passage:
    """The passage with each number linked where it first stands after the one before."""
    links, read = [], 0
    for key, value in numbers:
        start = text.index(str(value), read)
        read = start + len(str(value))
        links.append(Link(key, start, read, value))
    return Passage(text, tuple(links))


TWO = linked("全年新收申请3件，上年结转3件，均已办结。", ("new", 3), ("carried", 3))


@pytest.mark.parametrize(
    ("new_text", "kept"),
    [
        ("全年新收申请3件，上年结转3件，均已办结。", ["new", "carried"]),
        ("2024年，本县全年一共新收申请3件，上年结转3件，均已办结。", ["new", "carried"]),
        ("全年新收申请4件，上年结转3件，均已办结。", ["carried"]),
        ("全年新收申请3件，上年结转4件，均已办结。", ["new"]),
        ("全年新收申请3件，均已办结。", ["new"]),
        ("上年结转3件，均已办结。", ["carried"]),
        ("全年新收申请13件，上年结转3件，均已办结。", ["carried"]),
        ("全年新收申请3件，上年结转30件，均已办结。", ["new"]),
        ("全年新收申请3.5件，上年结转3,000件，均已办结。", []),
        ("全年新收申请3万件，上年结转3余件，均已办结。", []),
        ("全年新收申请-3件，上年结转3件，均已办结。", ["carried"]),
        ("全年新收申请３件，上年结转3件，均已办结。", ["carried"]),
        ("全年新收申请 3 件，上年结转3 件，均已办结。", ["new", "carried"]),
        ("全年新收申请3件，全年新收申请3件，上年结转3件，均已办结。", ["new", "carried"]),
        ("组织培训3场，参加40人。", []),
        ("", []),
    ],
)
def test_links_survive_editing_around_them_and_not_of_them(new_text: str, kept: list[str]) -> None:
    moved = reanchor(TWO, new_text)
    assert moved.text == new_text
    assert [link.key for link in moved.links] == kept
    for link in moved.links:
        assert new_text[link.start : link.end] == "3"
    expected = {"new": "新收申请", "carried": "上年结转"}
    for link in moved.links:
        assert new_text[: link.start].rstrip().endswith(expected[link.key])


PARAGRAPHS = linked(
    "全年新收政府信息公开申请12件。\n组织业务培训12场，参加40人次。\n开展检查4次。",
    ("new", 12), ("sessions", 12), ("people", 40), ("rounds", 4),
)  # fmt: skip


@pytest.mark.parametrize(
    ("new_text", "places"),
    [
        ("组织业务培训12场，参加40人次。\n开展检查4次。", {"sessions": 6, "people": 12, "rounds": 22}),
        (
            "组织业务培训12场，参加40人次。\n全年新收政府信息公开申请12件。\n开展检查4次。",
            {"sessions": 6, "people": 12, "new": 30, "rounds": 39},
        ),
        (
            "开展检查4次。\n组织业务培训12场，参加40人次。\n全年新收政府信息公开申请12件。",
            {"rounds": 4, "sessions": 14, "people": 20, "new": 38},
        ),
    ],
)
def test_paragraphs_deleted_and_moved_take_their_links_along(new_text: str, places: dict[str, int]) -> None:
    assert {link.key: link.start for link in reanchor(PARAGRAPHS, new_text).links} == places


def test_a_sentence_pasted_twice_is_linked_once() -> None:
    twice = PARAGRAPHS.text + "\n组织业务培训12场，参加40人次。"
    moved = reanchor(PARAGRAPHS, twice)
    assert moved.links == PARAGRAPHS.links


def test_words_around_a_short_number_may_be_rewritten() -> None:
    before = linked("收到12件。", ("new", 12))
    (link,) = reanchor(before, "收到申请12份。").links
    assert (link.key, link.start) == ("new", 4)


def test_linked_words_are_anchored_like_numbers() -> None:
    before = linked("工作考核结果：优秀。", ("supervision.assessment", "优秀"))
    (link,) = reanchor(before, "县政府工作考核结果：优秀。").links
    assert (link.start, link.value) == (10, "优秀")
    assert reanchor(before, "工作考核结果：良好。").links == ()


PIECES = st.sampled_from(["12", "3", "件", "，", "。", "\n", "新收", "结转", "培训", "30", ".", "万"])


@st.composite
def passages(made: st.DrawFn) -> Passage:
    text, links = "", []
    for piece in made(st.lists(PIECES, max_size=30)):
        if piece.isdigit() and made(st.booleans()):
            links.append(Link(f"k{len(links)}", len(text), len(text) + len(piece), int(piece)))
        text += piece
    return Passage(text, tuple(links))


def sound(passage: Passage) -> None:
    read = 0
    for link in passage.links:
        assert read <= link.start < link.end
        assert passage.text[link.start : link.end] == str(link.value)
        read = link.end


@given(passages(), st.lists(PIECES, max_size=30).map("".join))
@settings(max_examples=300, deadline=None)
def test_whatever_is_written_a_link_shows_its_value(before: Passage, new_text: str) -> None:
    after = reanchor(before, new_text)
    sound(after)
    assert {link.key for link in after.links} <= {link.key for link in before.links}


@given(passages(), st.data())
@settings(max_examples=200, deadline=None)
def test_words_put_between_sentences_lose_no_link(before: Passage, data: st.DataObject) -> None:
    places = [0, *(i + 1 for i, character in enumerate(before.text) if character in "。\n"), len(before.text)]
    place = data.draw(st.sampled_from(places))
    if any(link.start <= place <= link.end for link in before.links):
        return
    added = "（另行说明）"
    after = reanchor(before, before.text[:place] + added + before.text[place:])
    expected = [link.start + (len(added) if link.start >= place else 0) for link in before.links]
    assert [link.start for link in after.links] == expected


@given(passages(), st.dictionaries(st.sampled_from(["k0", "k1", "k2", "k3"]), st.integers(0, 2000)))
@settings(max_examples=200, deadline=None)
def test_refreshed_links_show_the_new_values(before: Passage, values: dict[str, int]) -> None:
    figures = Figures(dict(values))
    after = refresh(before, figures)
    sound(after)
    assert [link.key for link in after.links] == [link.key for link in before.links]
    assert all(each.now is None for each in drift(after, figures))
    assert from_json(to_json(after)) == after


# --- drift, refresh, insert, storage


def test_drift_shows_what_the_ledger_gives_now() -> None:
    figures = Figures({"new": 4})
    first, second = TWO.links
    assert drift(TWO, figures) == (Drift(first, 4), Drift(second, None))
    assert drift(TWO, Figures({"new": 3, "carried": 3})) == ()


def test_drift_over_nought_is_told_apart() -> None:
    link = Link("fees.amount", 0, 1, "0")
    assert Drift(link, 380).crosses_zero
    assert not Drift(link, "0.00").crosses_zero
    assert not Drift(link, None).crosses_zero
    assert not Drift(Link("a", 0, 2, "优秀"), "良好").crosses_zero


def test_refresh_replaces_and_shifts_and_leaves_what_is_gone() -> None:
    figures = Figures({"new": 1204, "people": 41})
    after = refresh(PARAGRAPHS, figures)
    assert after.text == "全年新收政府信息公开申请1204件。\n组织业务培训12场，参加41人次。\n开展检查4次。"
    assert [(link.key, link.value) for link in after.links] == [
        ("new", 1204), ("sessions", 12), ("people", 41), ("rounds", 4),
    ]  # fmt: skip
    sound(after)
    only = refresh(PARAGRAPHS, figures, keys={"people"})
    assert only.text.startswith("全年新收政府信息公开申请12件。")
    assert "参加41人次" in only.text


def test_insert_links_the_number_and_shifts_the_rest() -> None:
    after = insert(PARAGRAPHS, 0, Figures({"items.total": 132}), "items.total")
    assert after.text.startswith("132全年新收政府信息公开申请12件。")
    assert after.links[0] == Link("items.total", 0, 3, 132)
    sound(after)
    end = insert(PARAGRAPHS, len(PARAGRAPHS.text), Figures({"a": 5}), "a")
    assert end.links[-1].value == 5
    sound(end)


@pytest.mark.parametrize(
    ("position", "key", "said"),
    [
        (1, "gone", "台账没有给出这个数"),
        (-1, "a", "不在文字之内"),
        (999, "a", "不在文字之内"),
        (12, "a", "紧挨着另一个数字"),
        (13, "a", "紧挨着另一个数字"),
        (14, "a", "紧挨着另一个数字"),
    ],
)
def test_what_cannot_be_inserted_is_said_in_chinese(position: int, key: str, said: str) -> None:
    with pytest.raises(InputRefused, match=said):
        insert(PARAGRAPHS, position, Figures({"a": 5}), key)


@pytest.mark.parametrize(
    "stored",
    [
        None,
        {"links": []},
        {"text": "3件", "links": {}},
        {"text": "3件", "links": [{"key": "a", "start": 0, "end": 1, "value": 4}]},
        {"text": "3件", "links": [{"key": "a", "start": 0, "end": 9, "value": 3}]},
        {"text": "True", "links": [{"key": "a", "start": 0, "end": 4, "value": True}]},
        {"text": "33", "links": [{"key": "a", "start": 1, "end": 2, "value": 3},
                                 {"key": "b", "start": 0, "end": 1, "value": 3}]},
    ],
)  # fmt: skip
def test_a_stored_passage_that_lies_is_refused(stored: object) -> None:
    with pytest.raises(InputRefused):
        from_json(stored)


def test_a_passage_is_stored_as_plain_json() -> None:
    assert to_json(linked("共3件", ("new", 3))) == {
        "text": "共3件",
        "links": [{"key": "new", "start": 1, "end": 2, "value": 3}],
    }


def test_every_fact_that_a_sentence_names_has_a_name() -> None:
    made = draft(FACTS_OF_A_YEAR, level="county")
    for passage in made.values():
        for link in passage.links:
            assert labels(link.key) != link.key
    assert all(labels(key) == name for key, name in FACTS.items())
