"""发文字号: the form, and every fault of it by name."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.statute.letters import check_document_number, document_number
from gongkai.statute.primitives import InputRefused
from gongkai.statute.wording import advice, sentence


@pytest.mark.parametrize(
    "text", ["青科公复〔2026〕1号", "国办发〔2017〕47号", "宿政办函〔2021〕21号", "阳府办函〔2021〕9号"]
)
def test_numbers_as_they_should_be(text: str) -> None:
    assert check_document_number(text) == ()


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("青科公复[2026]1号", ["brackets"]),
        ("青科公复【2026】1号", ["brackets"]),
        ("青科公复(2026)1号", ["brackets"]),
        ("青科公复（2026）1号", ["brackets"]),
        ("青科公复2026年1号", ["brackets", "sequence"]),
        ("青科公复〔2026〕第1号", ["ordinal"]),
        ("青科公复〔2026〕001号", ["padding"]),
        ("青科公复〔2026〕0号", ["sequence"]),
        ("青科公复〔26〕1号", ["year"]),
        ("青科公复〔1826〕1号", ["year"]),
        ("青科公复〔2026〕1", ["ending"]),
        ("KJ〔2026〕1号", ["word"]),
        ("〔2026〕1号", ["word"]),
        ("青科公复 〔2026〕 1号", ["space"]),
        ("青科公复〔２０２６〕１号", ["year", "sequence"]),
        ("呼政办发【2019】2-116号", ["brackets", "sequence"]),
        ("青科公复【2026】第001号", ["brackets", "ordinal", "padding"]),
        ("", ["word", "brackets", "year", "ending", "sequence"]),
    ],
)
def test_each_fault_is_named(text: str, faults: list[str]) -> None:
    found = check_document_number(text)
    assert [each.facts["fault"] for each in found] == faults
    assert {each.code for each in found} == {"letter.number_form"}
    assert all(each.severity == "error" and "须核对" not in sentence(each) and advice(each) for each in found)


def test_the_sentence_says_what_is_wrong() -> None:
    assert sentence(check_document_number("青科公复[2026]1号")[0]) == (
        "文号“青科公复[2026]1号”的年份没有用六角括号“〔〕”。"
    )


def test_a_number_is_made() -> None:
    assert document_number("青科公复", 2026, 1) == "青科公复〔2026〕1号"


def test_what_makes_no_number_is_refused_with_every_fault() -> None:
    with pytest.raises(InputRefused) as refused:
        document_number("KJ", 26, 0)
    assert [each.place for each in refused.value.faults] == ["机关代字", "发文年份", "发文序号"]


@given(st.text(alphabet="青科〔〕[]【】（ 0123号第年-A\n", max_size=14))
def test_a_fault_is_found_exactly_where_the_form_is_wrong(text: str) -> None:
    right = re.fullmatch(r"[\u4e00-\u9fa5]{1,15}〔(19|20)[0-9]{2}〕[1-9][0-9]*号", text) is not None
    assert (check_document_number(text) == ()) is right
