"""The columns that a body starts with are those that the regulation names; index numbers have their official form."""

from __future__ import annotations

import pytest

from gongkai.statute.catalogue import HOLDING, KINDS, column_seeds, field_seeds, seed_of
from gongkai.statute.catalogue.index_numbers import DEFAULT, scheme
from gongkai.statute.primitives import InputRefused

LEVELS = ("province", "city", "county", "township", "province_department", "city_department", "county_department",
          "subdistrict", "development_zone", "authorised_body", "vertical_department", "other")  # fmt: skip


def test_the_top_is_that_of_61_with_the_door_for_requests() -> None:
    top = [each.name for each in column_seeds("county_department") if not each.parent]
    assert top == [
        "政府信息公开指南", "政府信息公开制度", "法定主动公开内容", "政府信息公开年报", "依申请公开",
    ]  # fmt: skip


def test_the_fifteen_items_of_article_20_are_everybodys() -> None:
    for level in LEVELS:
        cited = [each.article for each in column_seeds(level) if each.article.startswith("条例第20条")]
        assert cited == [f"条例第20条第{number}项" for number in range(1, 16)]


@pytest.mark.parametrize(
    ("level", "names"),
    [
        ("county_department", {"市政建设、公共服务、公益事业", "土地征收、房屋征收", "治安管理", "社会救助"}),
        ("county", {"市政建设、公共服务、公益事业", "土地征收、房屋征收", "治安管理", "社会救助"}),
        ("township", {"贯彻落实农业农村政策、农田水利工程", "筹资筹劳", "社会救助",
                      "农村土地承包经营权流转、宅基地使用、土地和房屋征收"}),
        ("province", set()),
        ("province_department", set()),
    ],
)  # fmt: skip
def test_article_21_adds_by_level(level: str, names: set[str]) -> None:
    assert {each.name for each in column_seeds(level) if each.article == "条例第21条"} == names


def test_the_guide_has_the_elements_of_article_12() -> None:
    guide = seed_of("guide")
    assert guide is not None
    assert guide.elements == (
        "政府信息的分类", "编排体系", "获取方式", "工作机构名称", "办公地址", "办公时间", "联系电话", "传真号码",
        "互联网联系方式",
    )  # fmt: skip
    assert seed_of("nothing") is None


@pytest.mark.parametrize("level", LEVELS)
def test_every_column_has_its_place_its_kind_and_one_rule(level: str) -> None:
    seen: set[str] = set()
    for each in column_seeds(level):
        assert each.code not in seen
        assert not each.parent or each.parent in seen
        assert each.kind in KINDS
        assert not (each.days and each.event)
        assert not each.days or each.kind in HOLDING
        seen.add(each.code)


@pytest.mark.parametrize(
    ("pattern", "given", "number"),
    [
        (DEFAULT, {"org": "000014349", "year": 2018, "serial": 222}, "000014349/2018-00222"),
        (DEFAULT, {"org": "11330800002618146F", "year": 2025, "serial": 293}, "11330800002618146F/2025-00293"),
        (DEFAULT, {"org": "a", "year": 2025, "serial": 123456}, "a/2025-123456"),
        ("{org}-{column}-{year}-{serial:4}", {"org": "FZ0010", "year": 2021, "serial": 490, "column": "C1"},
         "FZ0010-C1-2021-0490"),
    ],
)  # fmt: skip
def test_a_number_has_the_form_that_was_set(pattern: str, given: dict[str, object], number: str) -> None:
    assert scheme(pattern).number(**given) == number  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("", "有0个字"),
        ("{org}/{year}", "没有流水号"),
        ("{serial}", "没有机关、年"),
        ("{org}/{year}-{serial}-{serial}", "同一代号写了两次"),
        ("{org}〔{year}〕{serial}", "含有不能用的字符"),
        ("{org}/{year}-{serial:12}", "含有不能用的字符"),
        ("x" * 101, "有101个字"),
    ],
)
def test_what_is_no_form_is_refused(pattern: str, said: str) -> None:
    with pytest.raises(InputRefused, match=said):
        scheme(pattern)


def test_the_standard_catalogue_has_twenty_six_fields_with_the_columns_of_its_table() -> None:
    head, *fields = field_seeds()
    assert (head.name, head.parent, len(fields)) == ("基层政务公开标准目录", "content", 26)
    assert {each.parent for each in fields} == {"fields"}
    assert {each.elements[:4] for each in fields} == {("公开事项", "公开内容", "公开依据", "公开时限")}
    assert not any(each.verified for each in fields)
    assert len({each.code for each in fields}) == 26
