"""From the decisions on items to the row of the request, and the article that each outcome cites."""

from __future__ import annotations

import pytest

from gongkai.statute.cases.deciding import (
    OUTCOME_ARTICLES,
    CaseOutcome,
    ItemDecision,
    case_outcome,
    check_citation,
    check_decision,
    chosen,
)
from gongkai.statute.cases.exchange import OUTCOMES
from gongkai.statute.primitives import InputRefused
from gongkai.statute.wording import sentence


def row(*outcomes: str) -> CaseOutcome:
    return case_outcome(ItemDecision(each) for each in outcomes)


@pytest.mark.parametrize(
    ("outcomes", "expected", "verified"),
    [
        (["granted"], "granted", True),
        (["granted", "granted"], "granted", True),
        (["partial"], "partial", True),
        (["granted", "refused.process"], "partial", False),
        (["granted", "unavailable.not_held"], "partial", False),
        (["partial", "refused.process"], "partial", True),
        (["granted", "not_processed.repeated", "refused.internal"], "partial", False),
        (["refused.internal", "refused.internal"], "refused.internal", True),
        (["unavailable.not_held", "unavailable.not_held"], "unavailable.not_held", True),
    ],
)
def test_the_row_of_a_request(outcomes: list[str], expected: str, verified: bool) -> None:
    found = row(*outcomes)
    assert (found.outcome, found.settled, found.verified) == (expected, True, verified)


def test_nothing_given_on_different_rows_is_for_the_handler_to_choose() -> None:
    found = row("unavailable.not_held", "refused.process", "not_processed.repeated")
    assert (found.outcome, found.settled, found.verified, found.rule) == (None, False, False, "handler_chooses")
    assert found.options == ("refused.process", "unavailable.not_held", "not_processed.repeated")
    assert chosen(found, "refused.process", "主要内容属于过程性信息") == "refused.process"
    with pytest.raises(InputRefused, match="选定的理由"):
        chosen(found, "refused.process", " ")
    with pytest.raises(InputRefused) as refused:
        chosen(found, "granted", "")
    assert [each.place for each in refused.value.faults] == ["办理结果", "选定的理由"]


def test_a_settled_row_needs_no_reason_and_takes_no_other() -> None:
    assert chosen(row("granted"), "granted", "") == "granted"
    with pytest.raises(InputRefused, match="不在各项的结果之内"):
        chosen(row("granted"), "partial", "其他")


def test_no_decision_and_unknown_outcomes_are_refused() -> None:
    with pytest.raises(InputRefused, match="没有任何一项"):
        case_outcome([])
    with pytest.raises(InputRefused, match="不认识“refused”"):
        row("refused")


def test_every_outcome_of_both_forms_has_its_articles() -> None:
    assert set(OUTCOME_ARTICLES) == OUTCOMES


@pytest.mark.parametrize(
    ("outcome", "right", "wrong"),
    [
        ("granted", "36(2)", "36(3)"),
        ("granted", "36(1)", "37"),
        ("refused.state_secret", "14", "15"),
        ("refused.law_forbids", "14", "16(1)"),
        ("refused.three_securities", "14", "36(3)"),
        ("refused.third_party", "15", "14"),
        ("refused.third_party", "32", "36(3)"),
        ("refused.internal", "16(1)", "16(2)"),
        ("refused.process", "16(2)", "16"),
        ("refused.enforcement_file", "16(3)", "16(2)"),
        ("refused.admin_query", "36(7)", "36(3)"),
        ("unavailable.not_held", "36(4)", "36"),
        ("unavailable.not_held", "36(5)", "36(6)"),
        ("unavailable.needs_creation", "38", "37"),
        ("unavailable.still_unclear", "30", "29"),
        ("not_processed.petition", "39(1)", "39(2)"),
        ("not_processed.publication", "39(2)", "39(1)"),
        ("not_processed.repeated", "36(6)", "36(5)"),
        ("not_processed.excessive", "35", "36(6)"),
        ("other.lapsed_correction", "30", "35"),
        ("other.unpaid_fee", "国办函〔2020〕109号", "42"),
    ],
)
def test_an_outcome_cites_a_fitting_article(outcome: str, right: str, wrong: str) -> None:
    assert check_citation(outcome, [right]) == ()
    assert check_citation(outcome, [wrong, right]) == ()
    (found,) = check_citation(outcome, [wrong])
    assert (found.code, found.severity, found.facts["fault"]) == ("letter.article_missing", "error", "unfitting")


def test_a_partial_disclosure_names_the_ground_of_what_is_withheld() -> None:
    assert check_citation("partial", ["37", "16(1)"]) == ()
    assert check_citation("partial", ["36(2)", "36(4)"]) == ()
    assert [each.facts["fault"] for each in check_citation("partial", ["36(2)", "37"])] == ["withheld"]
    assert [each.facts["fault"] for each in check_citation("partial", ["16(1)"])] == ["unfitting"]


def test_where_the_regulation_names_no_article_any_serves_but_one_is_cited() -> None:
    assert check_citation("not_processed.reissue", ["2"]) == ()
    assert [each.facts["fault"] for each in check_citation("not_processed.reissue", [])] == ["none"]


def test_the_sentence_names_the_articles_as_officials_write_them() -> None:
    (found,) = check_citation("refused.internal", ["36(3)"])
    assert sentence(found) == "引用的条款与处理结果不符，应当引用“第十六条第一款”之一。"


def test_a_decision_that_does_not_give_everything_has_a_reason() -> None:
    assert check_decision(ItemDecision("granted", ("36(2)",))) == ()
    found = check_decision(ItemDecision("refused.process", ("14",)))
    assert [each.code for each in found] == ["letter.article_missing", "letter.missing_element"]
    assert check_decision(ItemDecision("refused.process", ("16(2)",), "属于讨论记录")) == ()


def test_an_unknown_outcome_has_no_articles() -> None:
    with pytest.raises(InputRefused, match="不认识“given”"):
        check_citation("given", ["36(2)"])
