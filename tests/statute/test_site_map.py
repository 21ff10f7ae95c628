"""Headers of an old site's table, its days and its addresses."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.statute.ledgers.site import day_of, field_of, from_choices, from_toml, guessed
from gongkai.statute.ledgers.site.addresses import normal, old_path
from gongkai.statute.primitives import InputRefused


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("标题", "title"), ("信息标题", "title"), ("文号", "document_number"), ("发文字号", "document_number"),
        ("发布日期", "published_on"), ("发布时间", "published_on"), ("成文日期", "formed_on"),
        ("生成日期", "formed_on"),
        ("索引号", "index_number"), ("栏目", "column"), ("所属栏目", "column"), ("正文", "body"), ("内容", "body"),
        ("内容概述", "summary"), ("附件", "attachments"), ("主题分类", "topic"), ("体裁分类", "genre"),
        ("有效性", "validity"), ("原地址", "address"), ("URL", "address"), ("链接", "address"), ("编号", "source_id"),
        ("ID", "source_id"), (" 标 题* ", "title"), ("publish_date", "published_on"), ("点击量", ""), ("", ""),
        ("body_html", "body_html"), ("发布机构", "agency"),
    ],
)  # fmt: skip
def test_the_usual_headers_are_known(header: str, field: str) -> None:
    assert field_of(header) == field


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2020-09-25", date(2020, 9, 25)), ("2020/9/5", date(2020, 9, 5)), ("2020.09.25", date(2020, 9, 25)),
        ("2020年9月25日", date(2020, 9, 25)), ("20200925", date(2020, 9, 25)), (" 2020-09-25 ", date(2020, 9, 25)),
        ("2020-09-25 10:11", date(2020, 9, 25)), ("2020-09-25 10:11:12.0", date(2020, 9, 25)),
        ("2020-09-25T10:11:12+08:00", date(2020, 9, 25)), ("2020年9月25日10时11分", date(2020, 9, 25)),
        ("2020-02-30", None), ("2020-13-01", None), ("03/04/2020", None), ("44099", None), ("2020-9/5", None),
        ("", None), ("2020", None), ("9" * 1000, None), ("２０２０-09-25", None), ("2020-09-25 之前", None),
    ],
)  # fmt: skip
def test_a_day_is_read_where_it_can_be_read_in_one_way(text: str, day: date | None) -> None:
    assert day_of(text) == day


def test_a_day_in_a_form_that_was_told() -> None:
    assert day_of("04/03/2020", "%d/%m/%Y") == date(2020, 3, 4)
    assert day_of("2020-03-04", "%d/%m/%Y") is None


def test_of_two_headers_for_one_field_the_first_is_it() -> None:
    made = guessed(("发布日期", "发布时间", "标题"))
    assert made.fields == {"发布日期": "published_on", "发布时间": "", "标题": "title"}


def test_what_is_missing_is_told_in_words() -> None:
    told = [str(each) for each in guessed(("标题", "发布日期")).fix("agency", "kjj").missing()]
    assert told == [
        "表头：没有一列是栏目；应为对照文件（--map）里写明是哪一列，或者给一个固定值",
        "表头：没有一列是编号、原地址、索引号中的一项；应为对照文件（--map）里写明是哪一列",
        "表头：没有一列是正文（网页或者文字）、附件中的一项；应为对照文件（--map）里写明是哪一列",
    ]


def test_an_explicit_map_goes_before_the_usual_words() -> None:
    toml = """
    [columns]
    "名称甲" = "title"
    "标题" = ""
    [fixed]
    column = "政策文件"
    [dates]
    published_on = "%d/%m/%Y"
    [values.validity]
    "是" = "有效"
    """
    made = from_toml(toml, ("名称甲", "标题", "发布日期", "栏目"), "对照.toml")
    assert made.fields == {"名称甲": "title", "标题": "", "发布日期": "published_on", "栏目": ""}
    assert (made.fixed, made.dates) == ({"column": "政策文件"}, {"published_on": "%d/%m/%Y"})
    assert made.values == {"validity": {"是": "有效"}}


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        ("[columns", "不是完整的 TOML"), ("[other]\na = 1", "不认识“other”这一节"), ("columns = 3", "不是文字的对照"),
        ('[columns]\n"没有" = "title"', "表里没有“没有”这一列"),
        ('[columns]\n"标题" = "tittle"', "没有“tittle”这个字段"),
        ('[columns]\n"标题" = "title"\n"正文" = "title"', "都对到标题"),
        ('[fixed]\ntitle = "甲"', "“title”不能给固定值"),
        ('[dates]\ntitle = "%Y"', "“title”不是日期字段"), ('[values.nothing]\na = "b"', "没有“nothing”这个字段"),
        ('[columns]\n"标题" = 3', "不是文字的对照"), ("a = " + "[" * 5000, "不是完整的 TOML"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_map_is_told(toml: str, told: str) -> None:
    with pytest.raises(InputRefused) as refused:
        from_toml(toml, ("标题", "正文"), "对照.toml")
    assert any(told in str(each) for each in refused.value.faults)


def test_choices_of_a_page_are_held_to_the_same() -> None:
    assert from_choices(("甲",), {"甲": "title"}, {}).fields == {"甲": "title"}
    with pytest.raises(InputRefused):
        from_choices(("甲", "乙"), {"甲": "title", "乙": "title"}, {})


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("http://www.old.gov.cn/art/1.html", "/art/1.html"), ("https://x.cn/a/?b=2&a=1#c", "/a?a=1&b=2"),
        ("/a//b/../c.htm", "/a/c.htm"), ("art/1.html", "/art/1.html"), ("www.old.gov.cn/art/1.html", "/art/1.html"),
        ("/%E7%94%B2.html", "/甲.html"), ("/%BC%D7.html", "/甲.html"), ("/a%2520b", "/a b"), ("\\a\\b.asp", "/a/b.asp"),
        ("/", ""), ("", ""), ("javascript:alert(1)", ""), ("mailto:a@b.cn", ""), ("/a\0b", ""), ("/" + "a" * 600, ""),
        ("http://[bad/a", ""), ("/\ud800", ""), ("/../../etc/passwd", "/etc/passwd"), ("/a\nb", "/ab"),
    ],
)  # fmt: skip
def test_an_address_in_one_form(address: str, path: str) -> None:
    assert old_path(address) == path


@given(st.text(max_size=80), st.text(max_size=40))
def test_the_form_of_an_address_never_fails_and_is_bounded(path: str, query: str) -> None:
    made = normal(path, query)
    assert made == "" or (made.startswith("/") and len(made) <= 500)
