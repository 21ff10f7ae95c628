"""What the inspection finds of a labelled corpus, what it must never say, and that no text makes it slow."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).parents[1] / "inspection_corpus"))

import pytest
from corpus import ON, SETS, cases, measure

from gongkai.statute.inspection.inspecting import Knowledge, inspect
from gongkai.statute.inspection.model import Inspected, Link, Notice, Passage, Stated
from gongkai.statute.inspection.repealed import repeals
from gongkai.statute.inspection.typos import word_list
from gongkai.statute.primitives import InputRefused, PassagePlace
from gongkai.statute.report.json_format import finding_json
from gongkai.statute.wording import advice, sentence

LEAST = {"text.personal_data": (0.95, 0.97), "text.personal_suspect": (0.93, 0.95), "text.typo": (0.9, 0.95)}
"""Recall and precision that may not be fallen below; every other code of the corpus is found whole and alone."""


def lines(*texts: str, **more: object) -> Inspected:
    passages = tuple(Passage(f"第{number}段", text) for number, text in enumerate(texts, 1))
    return Inspected(passages, **more)  # type: ignore[arg-type]


def codes(document: Inspected, knowledge: Knowledge | None = None) -> list[str]:
    return [found.code for found in inspect(document, ON, knowledge)]


def told(document: Inspected, code: str, knowledge: Knowledge | None = None) -> list[str]:
    return [sentence(found) for found in inspect(document, ON, knowledge) if found.code == code]


def test_recall_and_precision_do_not_fall() -> None:
    counts, missed = measure()
    assert len(counts) == 16, "every code of text and elements is in the corpus"
    for code, count in counts.items():
        recall, precision = LEAST.get(code, (1.0, 1.0))
        assert count.recall >= recall, (code, missed)
        assert count.precision >= precision, (code, missed)
    personal = [counts[code] for code in ("text.personal_data", "text.personal_suspect")]
    assert sum(each.labelled for each in personal) >= 150, "a corpus that has shrunk proves less"


def test_no_finding_repeats_what_it_wants_masked() -> None:
    """Neither sentence nor JSON holds a personal number, name or address of the corpus."""
    for case in (each for name in SETS for each in cases(name)):
        texts = {each.place: each.text for each in case.document.passages}
        secrets = {texts[each.place][each.start : each.end] for each in case.labels if ".personal_" in each.code}
        for found in inspect(case.document, ON):
            if ".personal_" in found.code:
                said = json.dumps(finding_json(found), ensure_ascii=False) + advice(found)
                assert not [secret for secret in secrets if secret in said], (case.name, found.code)


def test_a_finding_has_its_place_its_mask_and_what_to_write_instead() -> None:
    (found,) = inspect(lines("关于养护的通知", "请拨打13800138000联系。"), ON)
    assert found.where == PassagePlace("第2段", 3, 14)
    assert found.facts == {
        "kind": "手机号码", "masked": "138******00", "suggestion": "138××××××00", "layer": "shown"
    }  # fmt: skip
    assert sentence(found) == "第2段第4字起有手机号码“138******00”，发布前应当遮蔽。"
    assert advice(found).startswith("请遮蔽为“138××××××00”")


def test_what_is_hidden_is_searched_for_personal_data_alone() -> None:
    hidden = Passage("工作表“底稿”A1（隐藏）", "王建国13800138000，建立建全，2026年2月30日", "hidden")
    document = Inspected((Passage("第1段", "关于养护的通知"), hidden))
    assert set(codes(document)) == {"text.personal_data", "text.personal_suspect"}


def test_a_name_found_once_is_found_again() -> None:
    document = lines("处罚决定公告", "当事人：王建国，手机13800138000。", "经查，王建国于本月违法。")
    assert [found.where.passage for found in inspect(document, ON) if found.code == "text.personal_suspect"  # type: ignore[union-attr]
            ] == ["第2段", "第3段"]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "number"),
    [("青政发〔2026〕5号", None), ("青政发[2026]5号", "brackets"), ("青政发〔2026〕第5号", "ordinal"),
     ("青政发〔2026〕005号", "padding")],
)  # fmt: skip
def test_the_forms_of_a_number_that_the_rule_names(text: str, number: str | None) -> None:
    document = lines("关于养护的通知", f"按照{text}文件执行。")
    faults = [found.facts["fault"] for found in inspect(document, ON) if found.code == "text.number_form"]
    assert faults == ([number] if number else [])


def test_required_elements_are_those_the_caller_names() -> None:
    document = lines("索引号：QL-2026-00001", "关于养护的通知", "正文如下。")
    needed = Knowledge(required=("index_number", "title", "summary", "formed_on"))
    assert told(document, "item.missing_element") == []
    assert told(document, "item.missing_element", needed) == ["全文没有写明“内容概述”。", "全文没有写明“成文日期”。"]


def test_links_are_asked_of_the_resolver_and_never_of_the_network() -> None:
    links = (
        Link("第2段", "files/1.docx", "表"), Link("第2段", "files/2.docx", "表二"), Link("第2段", "#top2"),
        Link("第3段", r"C:\Users\a\表.docx"), Link("第3段", "http://192.168.1.8/a.html"), Link("第3段", "https://www.gov.cn/"),
    )  # fmt: skip
    document = lines("关于养护的通知", links=links, anchors=frozenset({"a"}))
    known = Knowledge(resolve=lambda target: None if target.startswith("http") else target == "files/1.docx")
    faults = {(each.facts["target"], each.facts["fault"]) for each in inspect(document, ON, known)
              if each.code == "item.dead_link"}  # fmt: skip
    assert faults == {("files/2.docx", "gone"), ("#top2", "anchor"), (r"C:\Users\a\表.docx", "local"),
                      ("http://192.168.1.8/a.html", "local")}  # fmt: skip
    assert told(document, "item.unchecked_link", known) == ["有1个链接没有核对，如“https://www.gov.cn/”。"]


def test_the_offices_own_lists_count() -> None:
    document = lines("关于养护的通知", "依据《青澜县旧办法》，由老城管局负责。")
    known = Knowledge(
        terms=(word_list({"words": {"老城管局": "综合行政执法局"}}),),
        repealed=repeals({"repeal": [{"laws": ["青澜县旧办法"], "since": date(2026, 1, 1), "by": "《新办法》"}]}),
    )
    assert codes(document) == []
    assert codes(document, known) == ["text.repealed_law", "text.term"]
    with pytest.raises(InputRefused, match="since"):
        repeals({"repeal": [{"laws": ["甲"], "since": "昨天", "by": "乙"}]})


def test_a_law_is_judged_on_the_day_of_the_document() -> None:
    """The Civil Code repealed the contract law on 2021-01-01 (民法典第一千二百六十条)."""

    def cited(formed: str) -> list[str]:
        stated = {"formed_on": Stated(formed, "第1段")}
        return codes(lines("关于养护的通知", "根据《中华人民共和国合同法》办理。", elements=stated))

    assert cited("2020-12-31") == []
    assert cited("2021-01-01") == ["text.repealed_law"]


def test_what_cannot_be_read_is_told_and_asks_for_no_title() -> None:
    scan = Inspected((), notices=(Notice("unread", "第1页", "没有文字层，可能是扫描的图片"),))
    assert codes(scan) == ["file.unread"]
    assert codes(Inspected(())) == ["item.missing_element", "item.missing_element"]


HOSTILE = (
    "1", "1-", "县", "王", "王，", "（", "《", "2026年", "2026年1月1日至", "村1组", "3幢", "，住", "住址：", "〔2026〕",
    "办〔2026", "附件：", "A1", "一三", "当事人王", "王建国，", "13000000011，", "省市县区镇", " ", "&nbsp",
)  # fmt: skip


def test_no_text_makes_it_slow() -> None:
    """Four times the text takes about four times as long, whatever it repeats; if quadratic it would be sixteen."""

    def seconds(size: int) -> float:
        before = process_time()
        for seed in HOSTILE:
            inspect(lines((seed * (size // len(seed) + 1))[:size]), ON)
        return process_time() - before

    seconds(1000)
    short, long = seconds(8000), seconds(32000)
    assert long < 9 * short + 0.2, (short, long)


def test_the_page_of_the_reference_says_what_is_measured() -> None:
    root = Path(__file__).parents[2]
    sys.path.insert(0, str(root / "benchmarks"))
    import inspection_quality

    page = (root / "docs" / "reference" / "inspection-quality.md").read_text("utf-8")
    for table in (inspection_quality.by_code(), inspection_quality.by_set(), inspection_quality.by_file()):
        assert table in page, "run benchmarks/inspection_quality.py and put its tables on the page"


def test_facts_repeat_no_identifier_of_a_link_or_an_attachment() -> None:
    document = lines("关于养护的通知", "附件：13800138000登记表", links=(Link("第1段", r"C:\13800138000.docx"),))
    found = inspect(document, ON)
    assert {each.code for each in found} == {"item.dead_link", "item.attachment_missing", "text.personal_data"}
    assert "13800138000" not in json.dumps([finding_json(each) for each in found])


def test_of_a_broken_line_nothing_is_said_that_the_next_may_mend() -> None:
    broken = Passage("第1页第2段", "建立建全《办法、", is_line=True)
    whole = Passage("第2段", "建立建全《办法、")
    assert codes(Inspected((Passage("第1段", "关于养护的通知"), broken))) == ["text.typo"]
    assert codes(Inspected((Passage("第1段", "关于养护的通知"), whole))) == ["text.typo"] * 3
