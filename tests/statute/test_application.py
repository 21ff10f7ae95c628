"""The three elements of article 29: what is lacking and what is wrong, all at once, each at its field."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gongkai.statute.cases.application import (
    FieldFault,
    Filing,
    Wanted,
    Who,
    check,
    check_applicant,
    check_delivery,
    check_taken_in,
    check_wanted,
    missing,
)

LIN = Who("林晓岚", "resident", "11010519491231002X")
FIRM = Who("青澜县某科技有限公司", "credit", "91350100M000100Y43")
WHOLE = Filing(
    kind="natural_person",
    applicant=LIN,
    telephone="13800138000",
    wanted=(Wanted(description="2025年度研发费用补助的名单"),),
    form="electronic",
    way="electronic",
)


def _told(faults: tuple[FieldFault, ...]) -> list[tuple[str, str]]:
    return [(each.field, each.fault.wrong) for each in faults]


def test_a_whole_application_has_no_fault() -> None:
    assert check(WHOLE, proof=False, power=False) == ()


def test_an_empty_one_is_told_everything_at_once_with_the_law() -> None:
    faults = check(Filing(), proof=False, power=False)
    assert _told(faults) == [
        ("wanted-1-description", "没有填写"),
        ("kind", "没有选择"),
        ("name", "没有填写"),
        ("proof", "没有填写，也没有上传证件复印件"),
        ("telephone", "没有填写"),
        ("form", "没有选择"),
        ("way", "没有选择"),
    ]
    assert faults[0].fault.valid == "所需信息的名称、文号或者特征描述，写一样就可以（条例第29条）"


@pytest.mark.parametrize(
    "wanted",
    [Wanted(name="财政补助资金管理办法"), Wanted(number="青科〔2025〕12号"), Wanted(description="补助的名单")],
)
def test_one_of_name_number_and_description_is_enough(wanted: Wanted) -> None:
    assert check_wanted(replace(WHOLE, wanted=(wanted,))) == ()


@pytest.mark.parametrize(
    ("document", "number", "wrong"),
    [
        ("resident", "110105194912310021", "与居民身份证的校验位不符"),
        ("resident", "11010519491231002x", ""),
        ("resident", "110105491231002", ""),  # fifteen digits, as before 1999
        ("credit", "91350100M000100Y43", ""),
        ("credit", "91350100M000100Y44", "与统一社会信用代码的校验位不符"),
        ("other", "E12345678", ""),
        ("driving", "1", "没有选择"),
    ],
)  # fmt: skip
def test_numbers_that_prove_themselves_are_proved(document: str, number: str, wrong: str) -> None:
    faults = check_applicant(replace(WHOLE, applicant=Who("林晓岚", document, number)))
    assert [each.fault.wrong for each in faults] == ([wrong] if wrong else [])
    assert not any(number in str(each.fault) for each in faults if wrong and number != "1")


def test_a_copy_of_the_document_stands_for_its_number() -> None:
    filing = replace(WHOLE, applicant=Who("林晓岚", "other", ""))
    assert check(filing, proof=True, power=False) == ()
    assert _told(check(filing, proof=False, power=False)) == [("proof", "没有填写，也没有上传证件复印件")]
    assert check_applicant(filing) == ()  # it may come at the last step


@pytest.mark.parametrize(
    "contact", [{"telephone": "0574-12345678"}, {"email": "lin@example.cn"}, {"post": "青澜县东街1号"}]
)
def test_one_way_to_reach_the_applicant_is_enough(contact: dict[str, str]) -> None:
    assert check_applicant(replace(WHOLE, **{"telephone": "", **contact})) == ()


@pytest.mark.parametrize(
    ("contact", "field"),
    [({"telephone": "打我手机"}, "telephone"), ({"email": "lin.example.cn"}, "email"), ({"email": "a@b"}, "email")],
)
def test_what_cannot_be_called_or_written_to_is_told(contact: dict[str, str], field: str) -> None:
    assert [each.field for each in check_applicant(replace(WHOLE, **contact))] == [field]


def test_joint_applicants_and_an_agent_prove_themselves_too() -> None:
    filing = replace(WHOLE, joint=(FIRM, Who("", "resident", "1")), agent=Who("周律师", "resident", ""))
    assert _told(check(filing, proof=False, power=False)) == [
        ("joint-2-name", "没有填写"),
        ("joint-2-id_number", "与居民身份证的校验位不符"),
        ("proof", "没有填写，也没有上传证件复印件"),
        ("power", "没有上传"),
    ]


@pytest.mark.parametrize(
    ("form", "way", "wrong"),
    [
        ("paper", "post", "没有填写"),  # no address to send it to
        ("paper", "electronic", "“纸质”不能“网上或电子邮件”"),
        ("electronic", "post", "“电子”不能“邮寄”"),
        ("inspect", "in_person", ""),
        ("paper", "agent", "没有代理人"),
        ("paper", "in_person", ""),
    ],
)
def test_form_and_way_fit_each_other(form: str, way: str, wrong: str) -> None:
    faults = check_delivery(replace(WHOLE, form=form, way=way))
    assert (faults[0].fault.wrong if faults else "") == wrong


def test_more_than_twenty_items_or_two_thousand_characters_are_told() -> None:
    many = replace(WHOLE, wanted=tuple(Wanted(name=f"文件{at}") for at in range(21)))
    assert _told(check_wanted(many)) == [("wanted", "有21项")]
    long = replace(WHOLE, wanted=(Wanted(description="长" * 2001),))
    assert _told(check_wanted(long)) == [("wanted-1-description", "有2001个字")]


def test_counter_and_post_are_not_refused_for_what_is_missing() -> None:
    """国办公开办函〔2017〕19号: the office takes it in, and asks for what is missing (条例第30条)."""
    bare = Filing(kind="natural_person", wanted=(Wanted(description="补助的名单"),))
    assert check_taken_in(bare) == ()
    assert missing(bare) == ("姓名或名称", "联系方式", "获取形式", "获取途径")
    assert _told(check_taken_in(Filing())) == [("wanted-1-description", "没有填写"), ("kind", "没有选择")]
    slip = replace(bare, applicant=Who("林晓岚", "resident", "110105194912310021"))
    assert _told(check_taken_in(slip)) == [("id_number", "与居民身份证的校验位不符")]


def test_nobody_is_asked_what_for() -> None:
    assert not {"purpose", "use", "usage"} & set(Filing.__dataclass_fields__)


def test_an_item_is_told_in_one_line() -> None:
    assert str(Wanted("补助资金管理办法", "青科〔2025〕12号", "附表")) == "补助资金管理办法（青科〔2025〕12号）：附表"
    assert str(Wanted(number="青科〔2025〕12号")) == "青科〔2025〕12号"
    assert str(Wanted(description="附表")) == "附表"
    assert replace(WHOLE, joint=(FIRM,)).names == "林晓岚、青澜县某科技有限公司"
