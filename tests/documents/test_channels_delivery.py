"""移送清单 as a workbook and as a Word file: the same rows, the two sides that sign, what of it has to come back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from channel_samples import CORRECTED, HOSTILE, NOTICE, WITHDRAWN
from docx import Document
from openpyxl import load_workbook

from gongkai.documents.channels import ChannelItem, delivery_list, delivery_paper
from gongkai.statute.primitives import InputRefused

ON = date(2026, 3, 20)
HEADS = ["序号", "索引号", "标题", "文号", "形成日期", "公开日期", "载体/份数", "备注"]
Write = Callable[..., bytes]


def sheet_rows(data: bytes) -> list[list[str]]:
    [sheet] = load_workbook(BytesIO(data)).worksheets
    return [[str(cell.value or "") for cell in row] for row in sheet.iter_rows(min_row=3, max_col=8)]


def paper_rows(data: bytes) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in Document(BytesIO(data)).tables[0].rows]


def words(data: bytes) -> str:
    """All that stands in the file."""
    if b"word/document.xml" in data:
        document = Document(BytesIO(data))
        cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
        return "\n".join([*(each.text for each in document.paragraphs), *cells])
    [sheet] = load_workbook(BytesIO(data)).worksheets
    return "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None)


def made(write: Write, *items: ChannelItem, kind: str = "archive", **more: str) -> bytes:
    return write(kind, items, on=ON, **{"receiver": "青澜县档案馆", "body_name": "青澜县科学技术局", **more})


BOTH = pytest.mark.parametrize(
    ("write", "rows"), [(delivery_list, sheet_rows), (delivery_paper, paper_rows)], ids=["xlsx", "docx"]
)


@BOTH
def test_a_row_tells_an_item(write: Write, rows: Callable[[bytes], list[list[str]]]) -> None:
    heads, first, second, third, *_ = rows(made(write, NOTICE, CORRECTED, WITHDRAWN, carrier="纸质1份"))
    assert heads == HEADS
    assert first == [
        "1", "11330800002618146F/2026-00001", "青澜县科学技术局关于开展2026年科技型企业认定的通知", "青科〔2026〕12号",
        "2026-03-02", "2026-03-10", "纸质1份", "附件2个；有效",
    ]  # fmt: skip
    assert second[-1] == "更正，请替换原件；附件2个；有效"
    assert third[2] == WITHDRAWN.title  # between offices: the receiver has to find it
    assert third[-2:] == ["", "撤回（2026年3月12日）：含有应当遮盖的个人信息。"]


@BOTH
def test_the_list_says_its_ground_and_has_two_sides_to_sign(write: Write, rows: object) -> None:
    told = words(made(write, NOTICE, WITHDRAWN))
    assert "政府信息移送清单（国家档案馆）" in told
    assert (
        "青澜县档案馆：根据《中华人民共和国政府信息公开条例》第二十五条，现将青澜县科学技术局主动公开的下列政府信息共1件"
        in told
    )
    assert "其中备注为“撤回”的，请停止提供查阅" in told
    for each in (
        "移送单位（盖章）：青澜县科学技术局", "接收单位（盖章）：青澜县档案馆", "移送人：", "接收人：",
        "移送日期：2026年3月20日", "接收日期：",
    ):  # fmt: skip
        assert each in told
    assert "撤回" not in words(made(write, NOTICE))


@BOTH
def test_what_only_calls_back_hands_nothing_over(write: Write, rows: object) -> None:
    told = words(made(write, WITHDRAWN))
    assert "现将" not in told
    assert "第二十五条" in told and "请停止提供查阅" in told


@pytest.mark.parametrize(
    ("kind", "name"), [("archive", "国家档案馆"), ("library", "公共图书馆"), ("hall", "政务服务场所")]
)
def test_the_places_are_those_of_article_25(kind: str, name: str) -> None:
    assert f"政府信息移送清单（{name}）" in words(made(delivery_list, NOTICE, kind=kind))
    assert f"接收单位（盖章）：{name}" in words(made(delivery_list, NOTICE, kind=kind, receiver=" "))


@BOTH
def test_another_place_or_nothing_to_hand_over_is_refused(write: Write, rows: object) -> None:
    with pytest.raises(InputRefused, match="没有“wechat”这一类；应为国家档案馆、公共图书馆、政务服务场所"):
        made(write, NOTICE, kind="wechat")
    with pytest.raises(InputRefused, match="没有要发送的信息"):
        made(write)


@BOTH
def test_equal_lists_are_equal_bytes(write: Write, rows: object) -> None:
    assert made(write, NOTICE, WITHDRAWN) == made(write, NOTICE, WITHDRAWN)


def test_words_never_become_a_formula() -> None:
    item = replace(HOSTILE, title="=HYPERLINK(1)", document_number="+1", formed_on=None)
    [sheet] = load_workbook(BytesIO(made(delivery_list, item, carrier="@x"))).worksheets
    for place, text in (("C4", "=HYPERLINK(1)"), ("D4", "+1"), ("G4", "@x")):
        assert (sheet[place].data_type, sheet[place].value, sheet[place].quotePrefix) == ("s", text, True)
    assert sheet["E4"].value in (None, "")
    assert sheet["A4"].value == 1


def test_both_files_print_across_with_their_heads_on_every_page() -> None:
    [sheet] = load_workbook(BytesIO(made(delivery_list, *[NOTICE] * 60))).worksheets
    assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$3:$3")
    document = Document(BytesIO(made(delivery_paper, *[NOTICE] * 60)))
    assert (round(document.sections[0].page_width.mm), round(document.sections[0].page_height.mm)) == (297, 210)
    heads = [row._tr.xpath("./w:trPr/w:tblHeader") != [] for row in document.tables[0].rows]
    assert heads == [True] + [False] * 60
