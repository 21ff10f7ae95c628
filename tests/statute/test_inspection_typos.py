"""Likely misspellings and broken phrases: found with their place, and none in correct prose."""

from __future__ import annotations

import time

import pytest

from gongkai.statute.inspection.typos import check_typos, standard_list, word_list
from gongkai.statute.primitives import InputRefused, ProsePlace


def marked(text: str) -> list[tuple[str, object]]:
    findings = check_typos(text, "problems")
    for finding in findings:
        assert (finding.code, finding.severity) == ("text.typo", "warning")
        assert isinstance(finding.where, ProsePlace)
        assert text[finding.where.start : finding.where.end] == finding.facts["found"]
    return [
        (str(finding.facts["found"]), finding.facts.get("suggestion") or finding.facts.get("reason"))
        for finding in findings
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("要建立建全长效机制。", [("建立建全", "建立健全")]),
        ("推动各项工作稳步前。", [("稳步前", "稳步前进")]),
        ("积极参于评仪，按步就班。", [("积极参于", "积极参与"), ("按步就班", "按部就班")]),
        ("不断建全机关内部的制度。", [("建全", "健全")]),
        ("规范已申请公开工作流程。", [("已申请公开", "依申请公开")]),
        ("明确办公室为为责任科室。", [("为为", "为")]),
        ("公开的的内容。", [("的的", "的")]),
        ("办结了了三件。", [("了了", "了")]),
        ("截止2024年12月31日共公开十条。", [("截止", "截至")]),
        ("将有关新闻报到刊发。", [("报到", "报道")]),
        ("下步将近一步完善制度。", []),
        ("我们近一步完善制度。", [("近一步", "进一步")]),
        ("公开工作有序推，成效明显。", [("有序推", "“推”字后似缺“进”字")]),
        ("服务水平不断提。", [("不断提", "“提”字后似缺“高”或者“升”字")]),
        ("内容不全。。形式单一，。", [("。。", "标点重复"), ("，。", "标点重复")]),
        ("要进行进行检查。", [("进行进行", "词语重复")]),
        ("完善制度、优化流程和。", [("和", "句子似未写完")]),
        ("一是加强学习，\n二、完善制度。", [("，", "句子似未写完")]),
        ("根据《条例要求。", [("《", "括号、引号或者书名号没有配对")]),
        ("根据条例》要求（见附件。", [("》", "括号、引号或者书名号没有配对"), ("（", "括号、引号或者书名号没有配对")]),
    ],
)
def test_what_is_marked(text: str, expected: list[tuple[str, str]]) -> None:
    assert marked(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "建立健全公开工作长效机制，推动工作稳步前进、稳步前行。",
        "达到了公开的目的的确不易，众矢之的的问题已解决。",
        "不了了之的事项、了了解情况后的答复，为了了解民意。",
        "海关健全制度，机关健全机制；创建全国文明城市。",
        "新生报到后由媒体报道；人员已到岗报到。",
        "报名截止2024年3月1日，征集意见截止日期另行通知。",
        "更加靠近一步，引进一部设备。",
        "全部份额、补充份数、专栏日均访问量、互联网占比、新媒体平台、网民投拆除公告。",
        "公共参与和谐社会建设，温和。是是非非。以及及时答复，涉及及早公开。",
        "（一）主动公开。1）完善制度；2)优化流程；（见《条例》第二十条（五））。",
        "“双随机、一公开”监管……持续推进；主动公开开展情况良好。",
        "座谈汇报、发布汇总、投资询价、一起拆除、感受里面的变化、大力渡过难关、举措失当、环保章程。",
        "当事人已申请公开的信息，不得以申请公开的形式信访。",
        "规范行为为先，作为为民服务的窗口，以公开为为民之要。",
        "除了加强学习，还要参与。",
    ],
)
def test_correct_prose_is_left_alone(text: str) -> None:
    assert marked(text) == []


def test_a_wrong_form_inside_a_longer_one_is_told_once() -> None:
    assert marked("监督捡查到位。") == [("监督捡查", "监督检查")]


def test_every_place_is_found() -> None:
    assert [f.where.start for f in check_typos("建立建全，建立建全", "other")] == [0, 5]  # type: ignore[union-attr]


def test_the_list_is_large_and_no_right_form_has_a_wrong_one_in_it() -> None:
    entries = [entry for group in standard_list().forms.values() for entry in group]
    assert len(entries) >= 200
    for entry in entries:
        if entry.suggestion and not (
            entry.unless_before or entry.only_before or entry.unless_after or entry.only_after
        ):
            assert marked(f"我们{entry.suggestion}，") in ([], [("，", "句子似未写完")]), entry.suggestion


def test_an_office_may_add_its_own_list() -> None:
    own = word_list({"words": {"青兰县": "青澜县"}, "patterns": [{"pattern": "科技(?=局长局)", "reason": "重复"}]})
    found = check_typos("青兰县科技局长局。", "title", extra=[own])
    assert [finding.facts for finding in found] == [
        {"found": "青兰县", "suggestion": "青澜县"},
        {"found": "科技", "reason": "重复"},
    ]


@pytest.mark.parametrize(
    "bad", [{"words": {"错": "对"}}, {"patterns": [{"pattern": "("}]}, {"guarded": [{"wrong": "甲乙"}]}]
)
def test_a_list_that_cannot_be_used_is_refused(bad: dict[str, object]) -> None:
    with pytest.raises(InputRefused):
        word_list(bad)


def test_a_long_text_of_brackets_takes_no_time() -> None:
    started = time.perf_counter()
    check_typos("（" * 20_000 + "》" * 20_000, "other")
    check_typos("建" * 200_000, "other")
    assert time.perf_counter() - started < 5
