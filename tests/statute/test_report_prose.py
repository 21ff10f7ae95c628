"""Numbers in prose: what is read from it, what contradicts the tables, and what must not."""

from __future__ import annotations

from typing import Any

import pytest
from report_samples import codes, report, zero_tables

from gongkai.statute.primitives import ProsePlace
from gongkai.statute.report.checks import check
from gongkai.statute.report.prose.contradictions import read_prose
from gongkai.statute.report.prose.numerals import value_of
from gongkai.statute.report.prose.statements import statements
from gongkai.statute.report.rules.evidence import Evidence


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("0", 0),
        ("1,234", 1234),
        ("12.5", None),
        ("零", 0),
        ("两", 2),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百二十", 120),
        ("一百零五", 105),
        ("两千零五", 2005),
        ("三万", 30000),
        ("一万二千", 12000),
        ("二〇二〇", None),
        ("1234567890123", None),
    ],
)
def test_numerals(written: str, value: int | None) -> None:
    assert value_of(written) == value


def said(text: str, part: str = "overview.on_request", year: int = 2024) -> list[tuple[str, str, int]]:
    return [(each.subject, "+".join(each.meanings), each.stated) for each in statements(part, text, year)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全年共收到政府信息公开申请１３件。", [("requests", "received", 13)]),
        ("全年新收政府信息公开申请十三件，均已答复。", [("requests", "new", 13)]),
        ("受理依申请公开1,204件，按期办结1200件。", [("requests", "accepted", 1204), ("requests", "concluded", 1200)]),
        ("共收办申请15宗，上年结转2件。", [("requests", "handled", 15), ("requests", "carried_in", 2)]),
        ("2023年结转2件，结转至2025年继续办理1件。", [("requests", "carried_in", 2), ("requests", "carried_out", 1)]),
        ("上年度结转办理件1件，结转到2025年办理7件。", [("requests", "carried_in", 1), ("requests", "carried_out", 7)]),
        ("予以公开及部分公开的42件，占4%。", [("requests", "granted+partial", 42)]),
        ("结转下一年度继续办理3件。", [("requests", "carried_out", 3)]),
        (
            "其中，予以公开3件，部分公开2件，不予公开1件，无法提供4件，不予处理5件，其他处理6件。",
            [
                ("requests", "granted", 3),
                ("requests", "partial", 2),
                ("requests", "refused", 1),
                ("requests", "unavailable", 4),
                ("requests", "not_processed", 5),
                ("requests", "other", 6),
            ],
        ),
        ("其中2件予以公开，1件不予公开。", [("requests", "granted", 2), ("requests", "refused", 1)]),
        ("予以公开、部分公开共8件。", [("requests", "granted+partial", 8)]),
        ("全年未收到政府信息公开申请。", [("requests", "received", 0)]),
        ("本单位全年没有收到政府信息公开申请件。", [("requests", "received", 0)]),
        ("没有收到要求公开信息的申请。", [("requests", "received", 0)]),
        ("没有收到公民、法人和其他组织要求公开政府信息的申请。", [("requests", "received", 0)]),
        (
            "被申请行政复议3件，其中维持2件，纠正1件；被提起行政诉讼1件。",
            [
                ("reconsideration", "total", 3),
                ("reconsideration", "upheld", 2),
                ("reconsideration", "corrected", 1),
                ("litigation", "total", 1),
            ],
        ),
        ("行政复议3件、行政诉讼1件。", [("reconsideration", "total", 3), ("litigation", "total", 1)]),
        ("未发生因政府信息公开引起的行政复议、行政诉讼案件。", [("both", "total", 0)]),
    ],
)
def test_what_is_read(text: str, expected: list[tuple[str, str, int]]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2023年收到政府信息公开申请5件，答复5件。",
        "去年收到申请5件，答复5件。",
        "申请数量较上年增加5件，同比下降3件。",
        "收到网上申请3件，信函申请2件。",
        "其中县政府本级收到申请3件。",
        "其中县政府办公室收到申请3件。",
        "其中自然人申请8件，法人或其他组织申请1件。",
        "收到人大建议12件，办结12件。",
        "受理群众来信来访30件，答复30件。",
        "收到申请近10件。",
        "收到申请10余件。",
        "按期答复率100%。",
        "在收到申请后3个工作日内答复。",
        "自2008年条例施行以来累计收到申请100件。",
        "上半年收到申请4件。",
        "第3件申请已答复。",
        "收到申请3.5件。",
        "作为行政复议机关审理行政复议案件134件。",
        "没有被行政复议纠正的案件。",
    ],
)
def test_what_is_left_aside(text: str) -> None:
    assert said(text) == []


def test_elsewhere_than_on_requests_the_subject_must_be_named() -> None:
    assert said("收到3件，办结3件。", "problems") == []
    assert said("收到政府信息公开申请3件，办结2件。", "problems") == [
        ("requests", "received", 3),
        ("requests", "concluded", 2),
    ]
    assert said("全县办理行政复议案件134件。", "problems") == []


def test_published_items_are_read_and_never_contradict() -> None:
    made = report(proactive="全年通过门户网站主动公开政府信息1,320条。")
    (found,) = read_prose(Evidence(made))
    assert (found.subject, found.stated) == ("proactive", 1320)
    assert check(made) == ()


def tables_of_a_year() -> dict[str, Any]:
    """12 new, 3 carried in; 13 concluded (4 granted, 5 refused, 4 other); 2 carried out; 3 reconsiderations."""
    tables = zero_tables()
    for row, number in {
        "new": 12, "carried_in": 3, "granted": 4, "refused.process": 3, "refused.internal": 2,
        "other.lapsed_correction": 4, "concluded": 13, "carried_out": 2,
    }.items():  # fmt: skip
        tables["requests"][row]["natural_person"] = tables["requests"][row]["total"] = number
    tables["remedies"]["reconsideration"] |= {"upheld": 1, "pending": 2, "total": 3}
    tables["remedies"]["litigation_after"] |= {"corrected": 1, "total": 1}
    return tables


@pytest.mark.parametrize(
    "text",
    [
        "全年收到申请12件。",
        "全年收到申请15件。",
        "全年受理申请12件。",
        "全年受理申请15件。",
        "全年受理申请13件。",
        "全年办结申请13件。",
        "全年答复申请9件。",
        "全年答复申请12件。",
        "不予公开5件，予以公开4件，其他处理4件。",
        "予以公开、不予公开9件。",
        "结转3件，结转2件。",
        "逾期未补正4件，其他处理0件。",
        "其他处理0件。",
        "因信息公开被申请行政复议3件，被提起行政诉讼1件，其中纠正1件。",
        "因信息公开被申请行政复议1件。",
        "因信息公开引起的行政复议和行政诉讼4件。",
    ],
)
def test_what_the_words_allow_is_no_contradiction(text: str) -> None:
    assert check(report(tables_of_a_year(), on_request=text)) == ()


@pytest.mark.parametrize(
    ("text", "code", "words", "stated", "expected"),
    [
        ("全年收到申请14件。", "prose.count", "收到申请14件", 14, 12),
        ("全年新收申请15件。", "prose.count", "新收申请15件", 15, 12),
        ("全年受理申请11件。", "prose.count", "受理申请11件", 11, 12),
        ("全年办结申请14件。", "prose.count", "办结申请14件", 14, 13),
        ("其中不予公开６件。", "prose.count", "不予公开６件", 6, 5),
        ("上年结转二件。", "prose.count", "上年结转二件", 2, 3),
        ("全年未收到政府信息公开申请。", "prose.count", "未收到政府信息公开申请", 0, 12),
        ("因信息公开被申请行政复议5件。", "prose.remedies", "行政复议5件", 5, 3),
        ("未发生因信息公开引发的行政诉讼。", "prose.remedies", "未发生因信息公开引发的行政诉讼", 0, 1),
    ],
)
def test_what_contradicts_a_cell(text: str, code: str, words: str, stated: int, expected: int) -> None:
    (found,) = check(report(tables_of_a_year(), on_request=text))
    assert (found.code, found.severity) == (code, "error")
    assert isinstance(found.where, ProsePlace)
    assert found.where.part == "overview.on_request"
    assert text[found.where.start : found.where.end] == words
    assert found.facts["words"] == words
    assert (found.facts["stated"], found.facts["expected"]) == (stated, expected)
    assert found.facts["difference"] == stated - expected


def test_the_cells_compared_are_facts() -> None:
    (found,) = check(report(tables_of_a_year(), on_request="其中不予公开6件。"))
    cells = found.facts["cells"]
    assert isinstance(cells, dict)
    assert cells["requests.refused.process.total"] == 3
    assert cells["requests.refused.internal.total"] == 2
    assert len(cells) == 8


def test_a_blank_cell_leaves_the_number_unjudged() -> None:
    tables = tables_of_a_year()
    tables["requests"]["carried_in"]["total"] = None
    assert "prose.count" not in codes(check(report(tables, on_request="全年收到申请14件。")))


def test_without_a_form_outcomes_are_not_judged() -> None:
    made = report(tables_of_a_year(), on_request="其中不予公开6件。")
    loose = type(made)(None, made.agency, made.year, made.tables, made.narrative)
    assert codes(check(loose)) == []
