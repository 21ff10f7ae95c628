"""Personal identifiers in a text; all numbers are made up or examples of standards."""

from __future__ import annotations

import pytest

from gongkai.statute.inspection.personal_data import check_personal_data


@pytest.mark.parametrize(
    ("text", "kind", "masked"),
    [
        ("申请人张某，身份证号11010519491231002X，住址", "居民身份证号码", "110*************2X"),
        ("证号110105491231002。", "居民身份证号码", "110**********02"),
        ("联系人手机13800138000转办", "手机号码", "138******00"),
        ("手机：138 0013 8000", "手机号码", "138******00"),
        ("电话１３８００１３８０００", "手机号码", "138******00"),
        ("卡号6222 0200 0000 0000 000汇入", "银行卡号", "622**************00"),
    ],
)
def test_found_and_masked(text: str, kind: str, masked: str) -> None:
    (found,) = check_personal_data(text, "other")
    assert (found.code, found.severity) == ("text.personal_data", "error")
    assert found.facts == {"kind": kind, "masked": masked}


@pytest.mark.parametrize(
    "text",
    [
        "咨询电话0574-65265678，举报热线12345、4008001234。",
        "统一社会信用代码91350100M000100Y43，11330226002953816K。",
        "索引号000014349/2018-00222，浙政发〔2020〕10号。",
        "主动公开信息1,234,567条，金额110105194912310021元。",
        "项目代码2020-330226-63-01-138001380001。",
        "邮箱zwgk@example.gov.cn，网址http://www.example.gov.cn/col/col1229092390/index.html。",
        "2024年1月1日至2024年12月31日。",
    ],
)
def test_what_is_not_personal(text: str) -> None:
    assert check_personal_data(text, "other") == []
