"""What a printed cell means: value and findings, one line each."""

from __future__ import annotations

import pytest

from gongkai.documents.annual_report.cell_values import looks_like_value, read_cell


@pytest.mark.parametrize(
    ("printed", "value", "codes"),
    [
        ("0", 0, []),
        (" 58 ", 58, []),
        ("+58", 58, []),
        ("-8", -8, []),
        ("－８", -8, []),
        ("１２３", 123, []),
        ("1,204", 1204, []),
        ("１，２０４", 1204, []),
        ("1 204", 1204, []),
        ("12\u200b3", 123, []),
        ("", None, ["cell.blank"]),
        ("　", None, ["cell.blank"]),
        ("/", "n/a", []),
        ("／", "n/a", []),
        ("-", "n/a", []),
        ("—", "n/a", []),
        ("——", "n/a", []),
        ("不适用", "n/a", ["cell.text"]),
        ("减4", -4, ["cell.text"]),
        ("减少4项", -4, ["cell.text"]),
        ("增加3", 3, ["cell.text"]),
        ("↓4", -4, ["cell.text"]),
        ("+(0) -(0)", 0, ["cell.text"]),
        ("+2 -0", 2, ["cell.text"]),
        ("+3 -1", None, ["cell.text"]),
        ("22（其中修订16件）", 22, ["cell.text"]),
        ("22(16)", 22, ["cell.text"]),
        ("55（含自然失效29）", 55, ["cell.text"]),
        ("22件", 22, ["cell.text"]),
        ("共22件", 22, ["cell.text"]),
        ("22*", 22, ["cell.text"]),
        ("3.0", 3, ["cell.text"]),
        ("3.5", None, ["cell.text"]),
        ("零", 0, ["cell.text"]),
        ("三", 3, ["cell.text"]),
        ("O", 0, ["cell.text"]),
        ("无", None, ["cell.text"]),
        ("2020年", None, ["cell.text"]),
        ("12、13", None, ["cell.text"]),
        ("100%", None, ["cell.text"]),
        ("9" * 16, None, ["cell.text"]),
        ("9" * 5000, None, ["cell.text"]),
        ("[bookmark: _GoBack]58", 58, ["cell.artefact"]),
        ("58_x000D_", 58, ["cell.artefact"]),
        ("<b>58</b>", 58, ["cell.artefact"]),
        ("[bookmark: _GoBack]", None, ["cell.artefact", "cell.blank"]),
        ("[bookmark: x]22件", 22, ["cell.artefact", "cell.text"]),
        ("٣", None, ["cell.text"]),
        ("²", None, ["cell.text"]),
    ],
)
def test_counts(printed: str, value: object, codes: list[str]) -> None:
    reading = read_cell(printed, "count")
    assert reading.value == value
    assert [code for code, _ in reading.found] == codes


@pytest.mark.parametrize(
    ("printed", "unit", "value", "codes"),
    [
        ("0.93402万元", "", "0.93402", []),
        ("4068.208", "万元", "4068.208", []),
        ("52.15", "", "52.15", ["cell.unit"]),
        ("0", "", "0", ["cell.unit"]),
        ("251000元", "", "25.1", ["cell.unit"]),
        ("251000", "元", "25.1", ["cell.unit"]),
        ("1元", "万元", "0.0001", ["cell.unit"]),
        ("1,234,567.89元", "", "123.456789", ["cell.unit"]),
        ("1.5亿元", "万元", "15000", ["cell.unit"]),
        ("￥12万元", "", "12", []),
        ("０．５万元", "", "0.5", []),
        ("0.00", "万元", "0.00", []),
        ("0元", "万元", "0", ["cell.unit"]),
        ("160.5964万元（含税）", "", "160.5964", ["cell.text"]),
        ("/", "", "n/a", []),
        ("", "", None, ["cell.blank"]),
        ("约十万", "", None, ["cell.text"]),
        ("9" * 400, "", None, ["cell.text"]),
    ],
)
def test_money(printed: str, unit: str, value: object, codes: list[str]) -> None:
    reading = read_cell(printed, "money", unit)
    assert reading.value == value
    assert [code for code, _ in reading.found] == codes


def test_a_finding_shows_the_text_and_the_number_taken() -> None:
    assert read_cell("减4", "change").found == (("cell.text", (("text", "减4"), ("value", -4))),)
    assert read_cell("251000元", "money", "").found == (("cell.unit", (("text", "251000元"), ("value", "25.1"))),)
    assert read_cell("[bookmark: _GoBack]58", "change").found == (
        ("cell.artefact", (("text", "[bookmark: _GoBack]58"), ("value", 58), ("artefact", "[bookmark: _GoBack]"))),
    )


@pytest.mark.parametrize("text", ["0", "12", "/", "0.93402万元", "[bookmark: _GoBack]58", "减4"])
def test_figures_look_like_figures(text: str) -> None:
    assert looks_like_value(text)


@pytest.mark.parametrize("text", ["规章", "1.属于国家秘密", "第二十条第（一）项", "三、本年度办理结果", "信息内容", ""])
def test_labels_do_not(text: str) -> None:
    assert not looks_like_value(text)
