"""A mobile in each place of each kind of file is found; hostile files are refused or read in time."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "inspection_corpus"))

import openpyxl
import pytest
from files import FILES, photograph, places_found
from hostile_files import made

from gongkai.documents.inspection.confined import read_confined, read_safely
from gongkai.documents.inspection.pdf import joined
from gongkai.documents.inspection.reading import read
from gongkai.statute.inspection.inspecting import inspect
from gongkai.statute.inspection.model import Inspected
from gongkai.statute.primitives import InputRefused

ON = date(2026, 11, 22)
NOTICES = {
    "养护.docx": {"changes", "hidden_text", "comments", "metadata", "camera", "location", "unread", "hidden_sheet"},
    "养护.xlsx": {"hidden_rows", "hidden_columns", "hidden_sheet", "comments", "metadata"},
    "养护.pptx": {"hidden_slide", "comments", "metadata"},
    "养护.pdf": {"metadata"},
    "养护.html": {"hidden_text"},
    "养护.jpg": {"location", "camera", "unread"},
}


@pytest.mark.parametrize("name", FILES)
def test_every_place_of_a_file_is_looked_at(name: str) -> None:
    make, labels = FILES[name]
    document = read(make(), name)
    found = places_found(inspect(document, ON))
    assert {labels[place] for place in labels.keys() - found} == set()
    assert found <= labels.keys()
    assert {each.kind for each in document.notices} == NOTICES[name]


def test_places_are_told_as_the_office_knows_them() -> None:
    places = {each.place for name in ("养护.docx", "养护.xlsx") for each in read(FILES[name][0](), name).passages}
    assert {"表1第2行第2列", "页眉第1段", "批注1", "文件属性“备注”", "第2段删去的文字", "第2段的隐藏文字"} <= places
    assert {"工作表“名单”B3", "工作表“名单”B4（隐藏）", "工作表“名单”A3的批注", "工作表“底稿25”B1（隐藏）"} <= places


def test_a_cell_knows_its_row_and_the_head_of_its_column() -> None:
    cells = {each.place: each for each in read(FILES["养护.xlsx"][0](), "养护.xlsx").passages}
    cell = cells["工作表“名单”B3"]
    assert (cell.context, cell.row) == ("电话", cells["工作表“名单”A3"].row)


def test_a_picture_without_coordinates_gives_no_alarm() -> None:
    found = read(photograph("", "", located=False), "a.jpg")
    assert [each.kind for each in found.notices] == ["unread"]


def test_the_confined_process_reads_the_same() -> None:
    make, _ = FILES["养护.xlsx"]
    data = make()
    assert read_confined(data, "a.xlsx") == read(data, "a.xlsx")


def test_lines_that_a_page_broke_are_joined() -> None:
    lines = ["各单位要高度重视，压实责任，落实值班", "制度。", "二、加强值守", "联系电话如下"]
    assert joined(lines) == ["各单位要高度重视，压实责任，落实值班制度。", "二、加强值守", "联系电话如下"]


HOSTILE = (
    "docx, one part of zeros", "docx, members beyond count", "docx, nested 100000 deep", "docx, entities",
    "xlsx, a million rows claimed", "xlsx, all cells merged", "html, nested 100000 deep", "html, entities",
    "html, endless spans", "md, pipes", "pdf, pages that hold themselves", "pdf, two thousand million pages claimed",
)  # fmt: skip


def test_hostile_files_are_read_or_refused_in_words() -> None:
    refused = []
    for kind in HOSTILE:
        name, data = made(kind)
        try:
            assert isinstance(read_safely(data, name), Inspected)
        except InputRefused as fault:
            assert "年度报告" not in str(fault)
            refused.append(kind)
    assert {"docx, one part of zeros", "docx, entities", "xlsx, all cells merged"} <= set(refused)


def test_a_file_that_runs_out_of_its_time_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for number in range(20_000):
        book.active.append([number] * 10)
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(InputRefused, match=r"限度|停止"):
        read_confined((tmp_path / "a.xlsx").read_bytes(), "a.xlsx", seconds=1)


def test_names_of_sheets_and_files_are_read_and_told_masked(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "张三13800138000"
    book.active.append(["路段", "里程"])
    book.save(tmp_path / "a.xlsx")
    document = read((tmp_path / "a.xlsx").read_bytes(), "名单13000000011.xlsx")
    found = [each for each in inspect(document, ON) if each.code == "text.personal_data"]
    assert [each.where.as_json()["passage"] for each in found] == ["文件名", "工作表“张三138******00”的名称"]
    assert {each.code for each in inspect(document, ON)} == {"text.personal_data", "text.personal_suspect"}


def test_a_page_with_one_tag_of_an_article_needs_the_three() -> None:
    """国办发〔2017〕47号: ArticleTitle, PubDate, ContentSource."""
    tag = "<meta name='ArticleTitle' content='关于养护的通知'>"
    page = f"<html><head>{tag}</head><body><p>各镇要落实责任。</p></body></html>"
    missing = {each.facts["label"] for each in inspect(read(page.encode(), "a.html"), ON)}
    assert missing == {"发布日期", "发布机构"}
