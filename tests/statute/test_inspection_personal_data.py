"""Personal identifiers in a text; all numbers are made up or examples of standards."""

from __future__ import annotations

from random import Random

import pytest

from gongkai.statute.inspection.personal_data import check_personal_data
from gongkai.statute.primitives import ProsePlace


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


WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
BESIDE = [
    *"，。：（）、；/|\t —_·～'\"【】〔《*×+=:;()<>",
    "电话",
    "手机号",
    "身份证",
    "号码",
    "为",
    "年3月",
    "12 ",
    "3、",
    "1.",
    "TEL:",
]


def test_every_identity_number_and_mobile_is_found_whatever_stands_beside_it() -> None:
    """GB 11643—1999 and its weights as the oracle; one number in thirty-one is a well-formed credit code besides."""
    chance = Random(2026)
    for _ in range(1500):
        day = f"{chance.randrange(1930, 2020)}{chance.randrange(1, 13):02d}{chance.randrange(1, 29):02d}"
        head = f"33022{chance.randrange(10)}{day}000"
        total = sum(int(digit) * weight for digit, weight in zip(head, WEIGHTS, strict=True))
        for number in (head + "10X98765432"[total % 11], f"130{chance.randrange(10**8):08d}"):
            before = chance.choice(BESIDE)
            after = chance.choice([each for each in BESIDE if not each[0].isascii() or not each[0].isalnum()])
            text = f"{before}{number}{after}"
            (found,) = check_personal_data(text, "other")
            assert isinstance(found.where, ProsePlace)
            assert text[found.where.start : found.where.end].endswith(number), text


def test_a_number_that_is_both_is_told_by_the_words_before_it() -> None:
    """110105194901010005 has the right check digit of GB 11643 and of GB 32100."""
    assert check_personal_data("统一社会信用代码：110105194901010005", "other") == []
    assert [each.facts["kind"] for each in check_personal_data("证件：110105194901010005", "other")] == [
        "居民身份证号码"
    ]
