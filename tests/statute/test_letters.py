"""Every kind of letter: what it must say, what it does to the case, what is refused, how it reads."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from letter_samples import COMPLETE, FIRST, ON, SEARCH

from gongkai.statute.cases.exchange import OUTCOMES
from gongkai.statute.cases.steps import STEPS
from gongkai.statute.letters import check_letter, kind_of, kinds_for, load, paragraphs, remedies_notice
from gongkai.statute.primitives import Finding, InputRefused
from gongkai.statute.wording import advice, sentence

REQUIRED = [
    (code, element)
    for code, given in COMPLETE.items()
    for element in given
    if element not in ("responsible_agency", "agency_contact")
]


def check(kind: str, changes: Mapping[str, object] | None = None, **more: object) -> list[tuple[str, object]]:
    found = check_letter(kind, {**COMPLETE[kind], **(changes or {})}, on=ON, **more)  # type: ignore[arg-type]
    return [(each.code, each.facts.get("fault", each.facts.get("element"))) for each in found]


def test_every_kind_has_a_sample() -> None:
    assert set(COMPLETE) == set(load())


@pytest.mark.parametrize("kind", sorted(COMPLETE))
def test_a_complete_letter_may_leave(kind: str) -> None:
    assert check(kind) == []


@pytest.mark.parametrize(("kind", "element"), REQUIRED)
def test_a_letter_without_one_of_its_elements_may_not(kind: str, element: str) -> None:
    found = check_letter(kind, {**COMPLETE[kind], element: " "}, on=ON)
    assert any(each.severity == "error" for each in found)
    assert all(sentence(each).endswith("。") and "须核对" not in sentence(each) and advice(each) for each in found)


@pytest.mark.parametrize("kind", sorted(COMPLETE))
def test_kinds_speak_of_known_acts_outcomes_and_fields(kind: str) -> None:
    letter = kind_of(kind)
    assert letter.event is None or letter.event in STEPS
    assert set(letter.outcomes) <= OUTCOMES
    assert letter.signed_by in ("disclosure_officer", "section_head", "leader")
    assert set(letter.defaults) <= {each.code for each in letter.elements}
    assert len(letter.elements) == len({each.code for each in letter.elements})


@pytest.mark.parametrize("kind", sorted(COMPLETE))
def test_a_complete_letter_reads_without_an_open_place(kind: str) -> None:
    words = paragraphs(kind, COMPLETE[kind], on=ON)
    assert words and all(each.endswith(("。", "：")) for each in words)
    assert not any("【" in each or "{" in each or "。。" in each for each in words)


@pytest.mark.parametrize("kind", sorted(COMPLETE))
def test_an_empty_letter_shows_its_open_places_and_stays(kind: str) -> None:
    words = paragraphs(kind, {}, on=ON)
    assert any("【请填写：" in each for each in words)
    found = check_letter(kind, {}, on=ON, text="\n".join(words))
    assert "letter.unfilled" in {each.code for each in found}


@pytest.mark.parametrize(
    ("kind", "event", "outcomes"),
    [
        ("receipt", "receipt_confirmed", ()),
        ("correction_notice", "correction_requested", ()),
        ("reasons_notice", "reasons_requested", ()),
        ("extension_notice", "extended", ()),
        ("delay_notice", "delayed", ()),
        ("fee_notice", "fee_notified", ()),
        ("third_party_consultation", "third_party_consulted", ()),
        ("third_party_decision", None, ()),
        ("joint_agency_consultation", "joint_agency_consulted", ()),
        ("other_agency_consultation", "other_agency_consulted", ()),
        ("granted", "replied", ("granted",)),
        ("already_public", "replied", ("granted",)),
        ("admin_query", "replied", ("refused.admin_query",)),
        ("not_held", "replied", ("unavailable.not_held",)),
        ("not_ours", "replied", ("unavailable.not_held",)),
        ("lapsed_correction", "correction_lapsed", ("other.lapsed_correction",)),
        ("unpaid_fee", "fee_lapsed", ("other.unpaid_fee",)),
        ("withdrawal_confirmation", "withdrawn", ("other.other",)),
    ],
)
def test_what_a_letter_does_to_the_case(kind: str, event: str | None, outcomes: tuple[str, ...]) -> None:
    assert (kind_of(kind).event, kind_of(kind).outcomes) == (event, outcomes)


def test_every_outcome_has_a_letter() -> None:
    assert [each.code for each in kinds_for("unavailable.not_held")] == ["not_held", "not_ours"]
    assert all(kinds_for(outcome) for outcome in OUTCOMES)
    assert set(chain.from_iterable(each.outcomes for each in load().values())) == OUTCOMES - {"other"}


def test_nothing_found_needs_the_record_of_the_search() -> None:
    (found,) = check_letter("not_held", {**COMPLETE["not_held"], "search_by": "", "search_archive": ""}, on=ON)
    assert found.code == "letter.search_record"
    assert sentence(found) == "检索记录不完整，缺“检索人”、“查询档案的情况”。"


def test_nothing_found_of_a_part_needs_it_too() -> None:
    mixed = {"articles": ["37", "36(4)"], "remedies": COMPLETE["not_held"]["remedies"]}
    assert check("partial", mixed) == [("letter.search_record", None)]
    assert check("partial", {**mixed, **SEARCH}) == []


def test_what_is_already_public_is_shown_on_its_own_page() -> None:
    (found,) = check_letter("already_public", {**COMPLETE["already_public"], "page_digest": ""}, on=ON)
    assert (found.code, sentence(found)) == ("letter.page_unproved", "已主动公开的网页没有证明，缺“网页快照的校验值”。")
    for url in ("https://www.qinglan.gov.cn", "https://www.qinglan.gov.cn/index.html", "www.qinglan.gov.cn/a/1.html"):
        assert check("already_public", {"page_url": url}) == [("letter.impossible_element", "page")]
    assert check("already_public", {"page_digest": "abc"}) == [("letter.impossible_element", "digest")]
    gazette = {"medium": "publication", "page_url": "", "page_checked_on": "", "page_digest": ""}
    assert check("already_public", gazette) == [("letter.missing_element", "found_where")]
    assert check("already_public", {**gazette, "found_where": "县政府公报2026年第3期"}) == []


def test_the_body_that_is_responsible() -> None:
    assert check("not_ours", {"agency_contact": ""}) == [("letter.missing_element", "agency_contact")]
    unnamed = check_letter("not_ours", {**COMPLETE["not_ours"], "responsible_agency": "", "agency_contact": ""}, on=ON)
    assert [(each.code, each.severity) for each in unnamed] == [("letter.body_unnamed", "note")]


@pytest.mark.parametrize(
    ("kind", "changes", "found"),
    [
        ("refused", {"articles": ["36(3)"]}, [("letter.article_missing", "unfitting")]),
        ("refused", {"articles": ["99"]}, [("letter.article_missing", "unknown")]),
        (
            "refused",
            {"outcome": "refused.law_forbids", "articles": ["14"]},
            [("letter.missing_element", "forbidding_law")],
        ),
        ("refused", {"outcome": ["refused.process"]}, [("letter.impossible_element", "choice")]),
        ("refused", {"outcome": "granted"}, [("letter.impossible_element", "choice")]),
        ("partial", {"articles": ["36(2)", "37"]}, [("letter.article_missing", "withheld")]),
        ("not_held", {"articles": ["36(5)"]}, [("letter.article_missing", "unfitting")]),
        ("already_public", {"articles": ["36(2)"]}, [("letter.article_missing", "unfitting")]),
        ("third_party_decision", {"articles": ["20"]}, [("letter.article_missing", "unfitting")]),
        ("transfer_notice", {"articles": ["36(5)"]}, [("letter.article_missing", "unfitting")]),
        (
            "granted",
            {"provided_as": "elsewhere"},
            [("letter.missing_element", "obtain_where"), ("letter.missing_element", "obtain_on")],
        ),
        (
            "record_correction",
            {"correction_result": "elsewhere"},
            [("letter.missing_element", "correcting_agency"), ("letter.missing_element", "correcting_contact")],
        ),
        ("granted", {"received_on": "2026-11-24"}, [("letter.impossible_element", "past")]),
        ("granted", {"received_on": "昨天"}, [("letter.impossible_element", "day")]),
        ("correction_notice", {"deadline_on": "2026-11-23"}, [("letter.impossible_element", "future")]),
        ("correction_notice", {"correction_items": ["说明申请的用途"]}, [("letter.purpose_asked", None)]),
        ("correction_notice", {"correction_items": ["写明地块的规划用途"]}, []),
        ("extension_notice", {"workdays": 21}, [("letter.impossible_element", "most")]),
        ("extension_notice", {"workdays": 0}, [("letter.impossible_element", "count")]),
        ("extension_notice", {"extended_to": "2026-11-27"}, [("letter.impossible_element", "before")]),
        ("extension_notice", {"due_on": "2026-11-22"}, [("letter.impossible_element", "elapsed")]),
        ("extension_notice", {"due_on": "2026-11-23"}, []),
        ("lapsed_correction", {"lapsed_on": "2026-11-23"}, [("letter.impossible_element", "not_elapsed")]),
        ("lapsed_correction", {"lapsed_on": "2026-11-22"}, []),
        ("unpaid_fee", {"fee_notified_on": "2026-10-24"}, [("letter.impossible_element", "payable")]),
        ("unpaid_fee", {"fee_notified_on": "2026-10-23"}, []),
        ("fee_notice", {"amount": "0"}, [("letter.impossible_element", "money")]),
        ("fee_notice", {"amount": "1e9"}, [("letter.impossible_element", "money")]),
        ("fee_notice", {"amount": "三百八十"}, [("letter.impossible_element", "money")]),
        ("fee_notice", {"remedies": FIRST}, [("letter.remedies_wrong", "decides_nothing")]),
        ("third_party_consultation", {"consequence": "逾期视为同意"}, [("letter.consent_assumed", None)]),
        ("joint_agency_consultation", {"consequence": "逾期视为同意"}, []),
        ("granted", {"number": "青科公复[2026]7号"}, [("letter.number_form", "brackets")]),
        ("granted", {"number": "青科公复〔2025〕7号"}, [("letter.number_form", "other_year")]),
        (
            "refused",
            {"remedies": COMPLETE["granted"]["remedies"]},
            [("letter.remedies_wrong", "days"), ("letter.remedies_wrong", "not_first")],
        ),
        ("granted", {"remedies": FIRST}, [("letter.remedies_wrong", "no_choice")]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_found(kind: str, changes: dict[str, object], found: list[tuple[str, object]]) -> None:
    assert check(kind, changes) == found


def test_a_draft_needs_no_number_yet() -> None:
    assert check("granted", {"number": ""}, numbered=False) == []
    assert check("granted", {"number": ""}) == [("letter.missing_element", "number")]


def test_the_reconsidering_body_is_checked_where_it_is_known() -> None:
    notice = remedies_notice(
        ["36(3)", "16(2)"], on=ON, body_level="vertical_department", body_name="青澜县税务局",
        superior_name="云溪市税务局", kind="refused",
    )  # fmt: skip
    assert check("refused", remedies=notice) == [("letter.remedies_wrong", "body")]


def test_an_edited_text_is_read_for_its_remedies_and_nothing_else_in_it() -> None:
    text = "您申请公开6个月内的复议决定书。特此答复。\n" + FIRST[0]
    assert check("refused", {"remedies": ""}, text=text) == []
    assert check("refused", {"remedies": ""}, text="特此答复。") == [("letter.remedies_wrong", "absent")]


@pytest.mark.parametrize(("on", "faults"), [(date(2023, 12, 31), ["no_choice"]), (date(2024, 1, 1), [])])
def test_the_day_of_the_reply_decides_on_its_remedies(on: date, faults: list[str]) -> None:
    given = {**COMPLETE["refused"], "received_on": "2023-12-20", "number": f"青科公复〔{on.year}〕7号"}
    found: tuple[Finding, ...] = check_letter("refused", given, on=on)
    assert [each.facts["fault"] for each in found] == faults


def test_letters_before_the_revised_regulation_are_not_judged() -> None:
    with pytest.raises(InputRefused, match="2019-05-15以后的日子"):
        check_letter("granted", {}, on=date(2019, 5, 14))
    with pytest.raises(InputRefused, match="没有“letter”这一种"):
        check_letter("letter", {}, on=ON)


def test_the_words_of_a_letter() -> None:
    assert paragraphs("refused", {**COMPLETE["refused"], "applicant_kind": "business"}, on=ON)[:-1] == (
        "本机关于2026年11月2日收到你单位提出的政府信息公开申请，申请公开：2025年科技计划项目验收名单。经研究，现答复如下：",
        "经审查，你单位申请公开的信息属于过程性信息。根据《中华人民共和国政府信息公开条例》第三十六条第三项、"
        "第十六条第二款的规定，本机关决定不予公开。",
        "理由：属于讨论记录。",
    )
    assert "收到本征求意见书之日起15个工作日内" in paragraphs("third_party_consultation", {}, on=ON)[1]
    assert "应缴数额：380元" in paragraphs("fee_notice", COMPLETE["fee_notice"], on=ON)[2]


def test_what_an_official_wrote_is_never_a_template() -> None:
    words = paragraphs("granted", {**COMPLETE["granted"], "subject": "{remedies} {0}"}, on=ON)
    assert "申请公开：{remedies} {0}。" in words[0]


def test_an_article_that_does_not_exist_does_not_stop_the_draft() -> None:
    assert any("99" in each for each in paragraphs("granted", {**COMPLETE["granted"], "articles": ["99"]}, on=ON))


ANYTHING = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=30),
    st.lists(st.text(max_size=9), max_size=3),
    st.sampled_from(["2026-02-30", "NaN", "1e999999", "36(4)", "16(2)", "page", "elsewhere", "2026-11-23"]),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    kind=st.sampled_from(sorted(COMPLETE)),
    elements=st.dictionaries(st.sampled_from(sorted({e.code for k in load().values() for e in k.elements})), ANYTHING),
    text=st.text(max_size=60),
)
def test_nothing_that_can_be_typed_breaks_a_letter(kind: str, elements: dict[str, object], text: str) -> None:
    assert paragraphs(kind, elements, on=ON) or kind
    for found in check_letter(kind, elements, on=ON, text=text):
        assert sentence(found).endswith("。")


def test_a_reply_that_must_tell_both_ways_says_so() -> None:
    mixed = {**COMPLETE["partial"], **SEARCH, "articles": ["37", "15", "36(4)"]}
    (found,) = check_letter("partial", mixed, on=ON)
    assert sentence(found) == (
        "不予公开以外的内容不属于复议前置，应当另行告知可以申请行政复议，也可以在6个月内直接起诉。"
    )


def test_words_searched_for_are_quoted_side_by_side() -> None:
    assert "以“科技计划”“验收”为关键词" in paragraphs("not_held", COMPLETE["not_held"], on=ON)[1]
