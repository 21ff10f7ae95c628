"""Reading tables of an old site: every format, what is hidden, what is hostile; links and pictures of its pages."""

from __future__ import annotations

import hashlib
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from gongkai.documents.site_table import Links, open_table, rebased
from gongkai.documents.writing import clean_html
from gongkai.statute.primitives import InputRefused

HEAD = ("标题", "发布日期", "正文")


def read(
    path: Path, data: bytes | str, code: str = "utf-8"
) -> tuple[tuple[str, ...], list[tuple[int, list[str], str]]]:
    path.write_bytes(data.encode(code) if isinstance(data, str) else data)
    table = open_table(path, path.parent)
    return table.headers, [(each.number, list(each.cells.values()), each.wrong) for each in table.rows()]


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("comma", [",", "\t", ";"])
def test_csv_in_its_encodings_with_its_commas(tmp_path: Path, code: str, comma: str) -> None:
    text = comma.join(HEAD) + f'\r\n甲{comma}2020-01-02{comma}"第一行\n第二行"\r\n\r\n乙{comma}{comma}丙\r\n'
    headers, rows = read(tmp_path / "t.csv", text, code)
    assert headers == ("标题", "发布日期", "正文")
    assert rows == [(2, ["甲", "2020-01-02", "第一行\n第二行"], ""), (4, ["乙", "", "丙"], "")]


def test_a_caption_above_the_header_is_passed_over_and_rows_keep_their_numbers(tmp_path: Path) -> None:
    assert read(tmp_path / "t.csv", "信息导出表,,\n标题,,正文\n甲,1,文,多\n") == (
        ("标题", "（第2列）", "正文"), [(3, ["甲", "1", "文"], "比表头多出1格")],
    )  # fmt: skip


def test_jsonl_with_all_the_keys_of_its_lines(tmp_path: Path) -> None:
    text = '﻿{"标题": "甲", "编号": 7}\n{broken\n{"标题": null, "附件": ["a.pdf", "b.pdf"]}\n[1]\n{"标题": {"a": 1}}\n'
    headers, rows = read(tmp_path / "t.jsonl", text)
    assert headers == ("标题", "编号", "附件")
    assert rows == [
        (1, ["甲", "7"], ""), (2, [], "不是完整的 JSON 对象（UTF-8）"), (3, ["", "a.pdf\nb.pdf"], ""),
        (4, [], "不是完整的 JSON 对象（UTF-8）"), (5, [""], "“标题”不是文字、数字或者文字的列表"),
    ]  # fmt: skip


def book(path: Path) -> Any:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append([*HEAD, "内部备注"])
    sheet.append(["甲", date(2020, 1, 2), 3.0, "秘"])
    sheet.append(["乙", datetime.fromisoformat("2020-01-02 10:11:12"), 2.5, "秘"])
    sheet.append(["藏", None, "x", "秘"])
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["D"].hidden = True
    made.create_sheet("藏页").sheet_state = "hidden"
    made.create_sheet("第二页")
    made.save(path)


def test_a_workbook_without_what_it_hides(tmp_path: Path) -> None:
    book(tmp_path / "t.xlsx")
    table = open_table(tmp_path / "t.xlsx", tmp_path)
    assert table.headers == ("标题", "发布日期", "正文")
    assert [(each.number, list(each.cells.values())) for each in table.rows()] == [
        (2, ["甲", "2020-01-02", "3"]), (3, ["乙", "2020-01-02 10:11:12", "2.5"]),
    ]  # fmt: skip
    assert table.notes == (
        "工作表“藏页”是隐藏的，没有读", "工作表“第二页”没有读，一次导入第一个工作表", "第D列是隐藏的，没有读",
        "第4行是隐藏的（共1行），没有读",
    )  # fmt: skip


def bomb() -> bytes:
    from io import BytesIO

    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 50_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("t.xls", b"\xd0\xcf\x11\xe0", "不是能导入的表格"), ("t.xlsx", b"PK\x03\x04junk", "文件已损坏"),
        ("t.xlsx", bomb(), "压缩比异常"), ("t.xlsx", b"", "文件已损坏"), ("t.csv", b"", "没有表头"),
        ("t.csv", b"\xff\xff\xff", "文字编码读不出来"), ("t.csv", "标题,标题\n".encode(), "出现两次"),
        ("t.csv", ",".join(f"列{place}" for place in range(300)).encode(), "不超过200列"),
        ("t.jsonl", b"", "一行也读不出来"), ("t.jsonl", b"\x00\xff\n", "一行也读不出来"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_words(tmp_path: Path, name: str, data: bytes, told: str) -> None:
    with pytest.raises(InputRefused) as refused:
        read(tmp_path / name, data)
    assert told in str(refused.value)


def test_a_quotation_mark_without_its_end_is_told_with_its_row(tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as refused:
        read(tmp_path / "t.csv", '标题,正文\n甲,文\n乙,"文\n丙,文\n')
    assert "第3行" in str(refused.value)
    assert "引号不成对" in str(refused.value)


def folder(tmp_path: Path) -> Path:
    files = tmp_path / "files"
    (files / "upload").mkdir(parents=True)
    (files / "upload" / "a.pdf").write_bytes(b"%PDF")
    (files / "upload" / "p.png").write_bytes(b"\x89PNG")
    (tmp_path / "secret.txt").write_text("secret")
    (files / "out.txt").symlink_to(tmp_path / "secret.txt")
    return files


def test_links_lead_to_files_and_from_the_root_of_the_old_site(tmp_path: Path) -> None:
    links = Links("http://www.old.gov.cn/art/2019/1.html", folder(tmp_path))
    html = """<p><a href="../../upload/a.pdf">甲</a><a href='http://www.old.gov.cn/art/2.html'>乙</a>
    <a href=3.html>丙</a><a href="https://other.cn/x">丁</a><img src="/upload/p.png"><a href="#x">戊</a>
    <a href="javascript:alert(1)">己</a></p>"""
    digest = hashlib.sha256(b"\x89PNG").hexdigest()
    assert clean_html(rebased(html, links)) == (
        '<p><a href="/upload/a.pdf">甲</a><a href="/art/2.html">乙</a><a href="/art/2019/3.html">丙</a>'
        f'<a href="https://other.cn/x">丁</a><img src="attachment:{digest}" alt="">戊己</p>'
    )
    assert links.found == {"upload/a.pdf": "/upload/a.pdf", "upload/p.png": "/upload/p.png"}


@pytest.mark.parametrize("name", ["../secret.txt", "/../secret.txt", "out.txt", "upload", "%2e%2e/secret.txt", "\0"])
def test_no_link_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    links = Links("/a.html", folder(tmp_path))
    assert links.listed(name) == [name]
    assert links.found == {}


def test_the_files_of_a_cell(tmp_path: Path) -> None:
    links = Links("", folder(tmp_path))
    assert links.listed("upload/a.pdf；upload/p.png\n没有.doc, 也没有.doc") == ["没有.doc", "也没有.doc"]
    assert sorted(links.found) == ["upload/a.pdf", "upload/p.png"]


def test_hostile_markup_costs_no_more_than_its_length() -> None:
    links = Links("http://x.cn/a.html", None)
    for each in ("<a " * 200_000, "<a href=" * 100_000, "<img src='" * 100_000, '<a href="' + "x" * 1_000_000):
        assert len(rebased(each, links)) < 3_000_000
