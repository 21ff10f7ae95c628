"""Every finding is told in a Chinese sentence, in the words of the form, and comes with advice."""

from __future__ import annotations

import re

import pytest

from gongkai.statute.primitives import CasePlace, CellPlace, DocumentPlace, Finding, Place, ProsePlace
from gongkai.statute.report.catalogue import finding_codes
from gongkai.statute.wording import SEVERITY_WORDS, advice, name_of, sentence
from gongkai.statute.wording.sentences import vocabulary

CONTRACT = {
    "requests.balance": "error",
    "requests.outcome_sum": "error",
    "requests.row_total": "error",
    "remedies.group_total": "error",
    "years.carry": "error",
    "years.in_force": "warning",
    "proactive.items_decisions": "warning",
    "proactive.rules_authority": "warning",
    "prose.count": "error",
    "prose.remedies": "error",
    "prose.drift": "error",
    "form.mixed": "error",
    "form.wrong_year": "error",
    "form.missing_part": "error",
    "form.period": "error",
    "form.title": "warning",
    "cell.blank": "warning",
    "cell.text": "warning",
    "cell.unit": "warning",
    "cell.artefact": "warning",
    "text.typo": "warning",
    "text.personal_data": "error",
    "text.copied": "warning",
    "clock.unconfirmed": "warning",
    "clock.correction": "error",
    "clock.extension": "error",
    "clock.late": "error",
    "clock.consultation_open": "warning",
    "ledger.difference": "warning",
    "cell.unstated": "note",
    "letter.number_form": "error",
    "letter.missing_element": "error",
    "letter.impossible_element": "error",
    "letter.article_missing": "error",
    "letter.remedies_wrong": "error",
    "letter.search_record": "error",
    "letter.page_unproved": "error",
    "letter.body_unnamed": "note",
    "letter.purpose_asked": "warning",
    "letter.consent_assumed": "error",
    "letter.unfilled": "error",
    "profile.length": "warning",
    "profile.required_count": "warning",
    "profile.extra_row": "warning",
    "item.missing_element": "error",
    "item.number_form": "error",
    "text.number_form": "warning",
    "item.year_disagrees": "warning",
    "item.date_future": "error",
    "item.date_order": "error",
    "text.date_impossible": "error",
    "item.dead_link": "error",
    "item.unchecked_link": "note",
    "item.attachment_missing": "warning",
    "text.format": "warning",
    "text.term": "warning",
    "text.repealed_law": "warning",
    "text.unpublished_document": "error",
    "text.secrecy_mark": "error",
    "text.personal_suspect": "warning",
    "file.hidden_content": "warning",
    "file.metadata": "warning",
    "file.picture_location": "error",
    "file.unread": "note",
}


def test_every_code_of_the_contracts_is_catalogued_with_its_severity() -> None:
    assert {each.code: each.severity for each in finding_codes()} == CONTRACT
    assert all(each.meaning and each.cite for each in finding_codes())


def test_severities_have_words() -> None:
    assert SEVERITY_WORDS == {"error": "错误", "warning": "警告", "note": "提示"}


def place_for(code: str) -> Place:
    family = code.partition(".")[0]
    if family == "clock":
        return CasePlace("KJJ-2024-0007", 2)
    if family in ("prose", "text"):
        return ProsePlace("problems", 4, 9)
    return DocumentPlace("other") if family == "form" else CellPlace("requests", "new", "total")


@pytest.mark.parametrize("code", sorted(CONTRACT))
def test_every_template_can_be_filled_and_the_last_needs_nothing_unusual(code: str) -> None:
    words = vocabulary()[code]
    for template in (*words.sentences, *words.advice):
        slots = set(re.findall(r"\{([^}]*)\}", template))
        facts: dict[str, object] = {slot: 3 for slot in slots - {"place", "more_or_less"} if "=" not in slot}
        facts |= dict(slot.split("=") for slot in slots if "=" in slot)
        if "more_or_less" in slots:
            facts["difference"] = -3
        finding = Finding(code, words.severity, place_for(code), facts, words.cite)
        for said in (sentence(finding), advice(finding)):
            assert "{" not in said
            assert said.endswith("。")
            assert not re.search(r"[,;:!?]", said)


@pytest.mark.parametrize(
    "code", [code for code in sorted(CONTRACT) if code.startswith(("cell.", "clock.", "form.missing"))]
)
def test_without_any_fact_there_is_still_a_sentence(code: str) -> None:
    said = sentence(Finding(code, "warning", place_for(code)))
    assert "须核对" not in said or code == "cell.unit"


def test_an_unknown_code_has_a_plain_sentence() -> None:
    finding = Finding("new.code", "note", CellPlace("remedies", "litigation_after", "pending"))
    assert sentence(finding) == "表四“行政诉讼·复议后起诉”“尚未审结”列：须核对。"
    assert advice(finding) == "请核对后更正。"


@pytest.mark.parametrize(
    ("where", "name"),
    [
        (CellPlace("requests", None, "total"), "表三“总计”列"),
        (CellPlace("requests", "granted", "business"), "表三“予以公开”行“商业企业”列"),
        (CellPlace("requests", "partial"), "表三“部分公开”行"),
        (CellPlace("requests", "refused.admin_query", "total"), "表三“不予公开：属于行政查询事项”行“总计”列"),
        (
            CellPlace("proactive", "fees", "amount"),
            "表二第二十条第（八）项“行政事业性收费”“本年收费金额（单位：万元）”列",
        ),
        (
            CellPlace("proactive", "other_services", "change"),
            "表二第二十条第（五）项“其他对外管理服务事项”“本年增/减”列",
        ),
        (CellPlace("remedies", "reconsideration", "upheld"), "表四“行政复议”“结果维持”列"),
        (CellPlace("requests"), "表三"),
        (CellPlace("requests", "gone", "total"), "表三“gone”行“总计”列"),
        (ProsePlace("overview.on_request", 9, 12), "第一部分“依申请公开”第10字起"),
        (DocumentPlace("title"), "标题"),
        (DocumentPlace(), "全文"),
        (CasePlace("甲-1", 0), "案件甲-1第1个事件"),
        (CasePlace("甲-1"), "案件甲-1"),
    ],
)
def test_places_in_the_words_of_the_form(where: Place, name: str) -> None:
    assert name_of(where) == name


def test_the_form_cited_lends_its_words() -> None:
    where = CellPlace("proactive", "normative", "made")
    assert name_of(where, "国办公开办函〔2019〕60号 表二") == "表二第二十条第（一）项“规范性文件”“本年新制作数量”列"
    assert name_of(where, "国办公开办函〔2021〕30号 表二") == "表二第二十条第（一）项“行政规范性文件”“本年制发件数”列"


@pytest.mark.parametrize(
    ("finding", "said"),
    [
        (
            Finding("requests.row_total", "error", CellPlace("requests", "new", "total"),
                    {"left": 0, "right": 1, "difference": -1}),
            "表三“本年新收政府信息公开申请数量”行“总计”列填0，六类申请人相加为1，总计比合计少1。",
        ),
        (
            Finding("form.missing_part", "warning", DocumentPlace("other"), {"part": "other", "missing": "fees"}),
            "第六部分“其他需要报告的事项”没有写明收取信息处理费的情况。",
        ),
        (
            Finding("form.missing_part", "error", DocumentPlace("requests"), {"missing": "table", "picture": True}),
            "第三部分“收到和处理政府信息公开申请情况”的表格只是一张图片，无法核对数据。",
        ),
        (
            Finding("form.mixed", "error", DocumentPlace(None),
                    {"marks": {"2019": ["政府集中采购"], "2021": ["本年制发件数"]}}),
            "报告混用了两版格式：2019年格式的“政府集中采购”，2021年格式的“本年制发件数”。",
        ),
        (
            Finding("prose.count", "error", ProsePlace("problems", 0, 7),
                    {"words": "收到申请14件", "stated": 14, "expected": 12, "difference": 2,
                     "cells": {"requests.new.total": 12}}),
            "第五部分“存在的主要问题及改进情况”第1字起写“收到申请14件”，为14件；"
            "表三“本年新收政府信息公开申请数量”行“总计”列为12，正文多2。",
        ),
        (
            Finding("form.title", "warning", DocumentPlace("title"), {"title": "甲2020年报", "lacks_year_sign": True}),
            "标题“甲2020年报”的年份缺“年”字。",
        ),
    ],
)  # fmt: skip
def test_sentences(finding: Finding, said: str) -> None:
    assert sentence(finding) == said
