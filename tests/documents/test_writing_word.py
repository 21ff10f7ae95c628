"""Word files as text: made with python-docx and raw XML, as Word and WPS write them."""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from hostile_files import made
from PIL import Image
from redaction_samples import W, photograph, run, secret, word_file

from gongkai.documents.writing import Imported, Note, from_word
from gongkai.documents.writing.imported import NOTES
from gongkai.documents.writing.importing import read_confined
from gongkai.documents.writing.reading import read
from gongkai.documents.writing.word.numbers import numeral
from gongkai.statute.primitives import InputRefused


def saved(document: Any) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def imported(document: Any) -> Imported:
    return read(saved(document), "a.docx")


def add(document: Any, xml: str) -> None:
    document.element.body.insert(len(document.element.body) - 1, parse_xml(xml))


def style(document: Any, name: str, style_id: str, inner: str = "", kind: str = "paragraph") -> None:
    xml = f'<w:style {W} w:type="{kind}" w:styleId="{style_id}"><w:name w:val="{name}"/>{inner}</w:style>'
    for old in document.styles.element.findall(f"{{*}}style[@{{*}}styleId='{style_id}']"):
        document.styles.element.remove(old)
    document.styles.element.append(parse_xml(xml))


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p {W}><w:pPr>{properties}</w:pPr>{run(text) if text else ''}</w:p>"


def test_headings_by_the_names_of_word_and_wps_by_outline_and_by_what_a_style_rests_on() -> None:
    document = docx.Document()
    style(document, "heading 1", "2")  # as WPS names it
    style(document, "标题 2", "a3")
    style(document, "我的小标题", "mine", '<w:basedOn w:val="a3"/>')
    style(document, "正文样式", "plain", '<w:basedOn w:val="2"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr>')
    add(document, paragraph("一级", '<w:pStyle w:val="2"/><w:jc w:val="center"/>'))
    add(document, paragraph("二级", '<w:pStyle w:val="a3"/>'))
    add(document, paragraph("也是二级", '<w:pStyle w:val="mine"/>'))
    add(document, paragraph("按大纲三级", '<w:outlineLvl w:val="2"/>'))
    add(document, paragraph("大纲说是正文", '<w:pStyle w:val="2"/><w:outlineLvl w:val="9"/>'))
    document.add_heading("四级", 4)
    assert imported(document).html == (
        '<h2 class="center">一级</h2><h3>二级</h3><h3>也是二级</h3><h4>按大纲三级</h4><p>大纲说是正文</p><h4>四级</h4>'
    )


def test_tables_keep_merged_cells_header_rows_and_alignment() -> None:
    document = docx.Document()
    table = document.add_table(4, 4)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = str(number)
    for first, last, text in (((0, 0), (1, 0), "竖并"), ((0, 1), (0, 3), "横并"), ((2, 1), (3, 2), "方并")):
        merged = table.cell(*first).merge(table.cell(*last))
        merged.text = text
    table.cell(1, 3).paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {W}/>"))
    table._tbl.insert(3, parse_xml(f'<w:bookmarkStart {W} w:id="1" w:name="书签"/>'))
    assert imported(document).html == (
        '<table><thead><tr><th rowspan="1">竖并</th><th colspan="3">横并</th></tr></thead>'.replace(' rowspan="1"', "")
        + '<tbody><tr><td>5</td><td>6</td><td class="right">7</td></tr>'
        '<tr><td>8</td><td colspan="2" rowspan="2">方并</td><td>11</td></tr><tr><td>12</td><td>15</td></tr></tbody>'
        "</table>"
    )


def test_a_cell_merged_over_all_columns_and_rows_leaves_its_rows() -> None:
    document = docx.Document()
    table = document.add_table(3, 2)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "甲"
    table.cell(0, 1).merge(table.cell(1, 1)).text = "乙"
    table.cell(2, 0).text, table.cell(2, 1).text = "丙", "丁"
    assert imported(document).html == (
        '<table><tbody><tr><td rowspan="2">甲</td><td rowspan="2">乙</td></tr><tr></tr>'
        "<tr><td>丙</td><td>丁</td></tr></tbody></table>"
    )


def test_a_row_that_begins_later_begins_with_an_empty_cell() -> None:
    document = docx.Document()
    cell = "<w:tc><w:p>{}</w:p></w:tc>"
    first = "".join(cell.format(run(text)) for text in "甲乙丙")
    late = '<w:trPr><w:gridBefore w:val="2"/></w:trPr>' + cell.format(run("丁"))
    add(document, f"<w:tbl {W}><w:tblPr/><w:tblGrid/><w:tr>{first}</w:tr><w:tr>{late}</w:tr></w:tbl>")
    assert imported(document).html.endswith('<tr><td colspan="2"></td><td>丁</td></tr></tbody></table>')


NUMBERING = f"""<w:numbering {W}>
<w:abstractNum w:abstractNumId="1">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="第%1章"/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
 <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2.%3"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="2">
 <w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="l"/></w:lvl>
 <w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="n"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="3">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="tiao"/>
 <w:lvlText w:val="第%1条"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="3"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="1"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
</w:numbering>"""


def numbered(number: int, level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def test_automatic_numbers_are_written_out_and_bullets_are_lists() -> None:
    document = docx.Document()
    root = document.part.numbering_part.element
    for child in list(root):
        root.remove(child)
    for child in list(parse_xml(NUMBERING)):
        root.append(child)
    style(document, "条", "tiao", '<w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr>')
    for text, properties in [
        ("总则", numbered(1, 0)), ("甲", numbered(1, 1)), ("乙", numbered(1, 1)), ("丙", numbered(1, 2)),
        ("间断", ""), ("分则", numbered(1, 0)), ("又从一起", numbered(1, 1)), ("重新起", numbered(4, 0)),
        ("条文", '<w:pStyle w:val="tiao"/>'), ("条文", '<w:pStyle w:val="tiao"/>'),
        ("不编号", '<w:pStyle w:val="tiao"/><w:numPr><w:numId w:val="0"/></w:numPr>'),
        ("点", numbered(2, 0)), ("次点", numbered(2, 1)), ("点", numbered(2, 0)), ("", numbered(2, 0)),
    ]:  # fmt: skip
        add(document, paragraph(text, properties))
    assert imported(document).html == (
        "<p>第一章总则</p><p>（一）甲</p><p>（二）乙</p><p>1.2.1 丙</p><p>间断</p>"
        "<p>第二章分则</p><p>（一）又从一起</p>"
        "<p>第一章重新起</p><p>第1条条文</p><p>第2条条文</p><p>不编号</p>"
        "<ul><li>点<ul><li>次点</li></ul></li><li>点</li></ul>"
    )


@pytest.mark.parametrize(
    ("count", "kind", "text"),
    [(1, "chineseCounting", "一"), (10, "chineseCounting", "十"), (12, "chineseCounting", "十二"),
     (20, "chineseCounting", "二十"), (105, "chineseCountingThousand", "一百零五"),
     (110, "chineseCounting", "一百一十"),
     (1010, "chineseCounting", "一千零一十"), (23, "chineseLegalSimplified", "贰拾叁"), (3, "upperRoman", "III"),
     (49, "lowerRoman", "xlix"), (27, "upperLetter", "AA"), (3, "decimalEnclosedCircle", "③"),
     (21, "decimalEnclosedCircle", "21"), (11, "ideographTraditional", "甲"), (7, "decimalZero", "07"),
     (3, "decimalFullWidth", "３"), (5, "unknownKind", "5"), (5, "none", "")],
)  # fmt: skip
def test_numerals(count: int, kind: str, text: str) -> None:
    assert numeral(count, kind) == text


def test_letters_links_alignment_and_line_breaks() -> None:
    document = docx.Document()
    style(document, "着重", "zz", "<w:rPr><w:b/></w:rPr>", "character")
    style(document, "落款", "lk", '<w:pPr><w:jc w:val="right"/></w:pPr>')
    line = document.add_paragraph()
    for text, mark in (("粗", "bold"), ("斜", "italic"), ("线", "underline")):
        setattr(line.add_run(text), mark, True)
    line.add_run("废").font.strike = True
    line.add_run("2").font.superscript = True
    line._p.append(parse_xml(run("样式粗", '<w:rStyle w:val="zz"/>')))
    line._p.append(parse_xml(run("关掉粗", '<w:b w:val="off"/>')))
    related = document.part.relate_to(
        "https://www.gov.cn/a?b=1&c=2", docx.opc.constants.RELATIONSHIP_TYPE.HYPERLINK, True
    )
    link = f'<w:hyperlink {W} xmlns:r="{docx.oxml.ns.nsmap["r"]}" r:id="{related}">{run("链")}{run("接")}</w:hyperlink>'
    line._p.append(parse_xml(link))
    for kind in ("begin", '<w:instrText> HYPERLINK "https://x.gov.cn/" </w:instrText>', "separate"):
        inner = kind if kind.startswith("<") else f'<w:fldChar w:fldCharType="{kind}"/>'
        line._p.append(parse_xml(f"<w:r {W}>{inner}</w:r>"))
    line._p.append(parse_xml(run("域")))
    line._p.append(parse_xml(f'<w:r {W}><w:fldChar w:fldCharType="end"/></w:r>'))
    document.add_paragraph("一行\n二行")
    add(document, paragraph("青澜县人民政府", '<w:pStyle w:val="lk"/>'))
    assert imported(document).html == (
        "<p><strong>粗</strong><em>斜</em><u>线</u><s>废</s><sup>2</sup><strong>样式粗</strong>关掉粗"
        '<a href="https://www.gov.cn/a?b=1&amp;c=2">链接</a><a href="https://x.gov.cn/">域</a></p>'
        '<p>一行<br>二行</p><p class="right">青澜县人民政府</p>'
    )


def test_pictures_come_out_by_digest_once_with_their_description_and_without_where_they_were_taken() -> None:
    document = docx.Document()
    document.add_picture(BytesIO(photograph("PNG")))
    document.element.body.xpath(".//wp:docPr")[0].set("descr", "流程图")
    document.add_picture(BytesIO(photograph("PNG")))
    found = imported(document)
    (picture,) = found.pictures
    assert picture.digest == hashlib.sha256(picture.data).hexdigest()
    assert (picture.name, picture.media_type) == ("图1.png", "image/png")
    assert Image.open(BytesIO(picture.data)).size == (120, 80)
    assert secret(1).encode("utf-16-le") not in picture.data and b"iTXt" not in picture.data
    src = f'src="attachment:{picture.digest}"'
    assert found.html == f'<p><img {src} alt="流程图"></p><p><img {src} alt=""></p>'


def test_what_is_cropped_away_is_not_in_the_picture() -> None:
    document = docx.Document()
    document.add_picture(BytesIO(photograph("PNG")))
    fill = document.element.body.xpath(".//pic:blipFill")[0]
    ns = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    fill.insert(1, parse_xml(f'<a:srcRect {ns} r="50000"/>'))
    (picture,) = imported(document).pictures
    opened = Image.open(BytesIO(picture.data)).convert("RGB")
    assert opened.size == (60, 80)
    assert opened.getpixel((20, 20)) == (200, 0, 0)


def test_changes_are_accepted_and_what_is_left_out_is_told() -> None:
    found = from_word(word_file(), "来文.docx")
    assert found.html.startswith("<p>当事人：<strong>诸</strong>葛明远<em>，电话138</em>00138000。插入的文字。")
    assert "<p>框里的诸葛明远</p>" in found.html
    assert found.html.endswith("<p>看脚注<sup>[1]</sup></p><p>[1] 脚注里的诸葛明远。</p>")
    for place in (1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19):
        assert secret(place) not in found.html
    assert found.notes == (
        Note("changes", 3), Note("comments", 1), Note("hidden", 2), Note("headers", 1), Note("boxes", 1),
        Note("notes", 1),
    )  # fmt: skip
    assert found.notes[0].sentence() == "有修订3处，按接受修订以后的定稿导入"


def test_every_note_has_a_sentence() -> None:
    for kind in NOTES:
        assert Note(kind, 2).sentence().strip()


def test_contents_formulas_charts_and_page_numbers() -> None:
    document = docx.Document()
    style(document, "toc 1", "TOC1")
    add(document, paragraph("一、范围　1", '<w:pStyle w:val="TOC1"/>'))
    math = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    add(document, f'<w:p {W} xmlns:m="{math}">{run("面积")}<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath></w:p>')
    document.add_paragraph().add_run()._r.append(parse_xml(f'<w:object {W}><w:control w:name="x"/></w:object>'))
    document.sections[0].footer.paragraphs[0].text = "— 1 —"
    found = imported(document)
    assert found.html == "<p>面积a+b</p>"
    assert found.notes == (Note("contents", 1), Note("formulas", 1), Note("objects", 1))


@pytest.mark.parametrize(
    ("data", "name", "wrong"),
    [
        (b"", "a.docx", "文件是空的"),
        (b"PK\x03\x04broken", "a.docx", "已损坏"),
        (saved(docx.Document()), "a.docx", "没有可以导入的文字"),
        (b"%PDF-1.7", "a.pdf", "pdf 文件不能导入为正文"),
        (b"\x89PNG\r\n", "a.png", "是图片"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.docx", "设了密码"),
    ],
)
def test_bad_files_are_refused_in_words(data: bytes, name: str, wrong: str) -> None:
    with pytest.raises(InputRefused) as refused:
        from_word(data, name)
    assert wrong in str(refused.value)
    assert "年度报告" not in str(refused.value)


@pytest.mark.parametrize(
    "kind",
    ["docx, one part of zeros", "docx, nested 100000 deep", "docx, tables in tables", "docx, entities",
     "docx, external entity", "docx, endless span", "docx, tables in tables, 60 deep",
     "docx, text boxes in text boxes"],
)  # fmt: skip
def test_hostile_files_end_in_words_or_in_text(kind: str) -> None:
    name, data = made(kind)[0], made(kind)[1]
    try:
        found = read(data, name)
    except InputRefused as refused:
        assert "年度报告" not in str(refused)
    else:
        assert len(found.html) < 200_000


def test_a_confined_process_that_runs_out_is_a_refusal() -> None:
    with pytest.raises(InputRefused, match="超出了时间或内存"):
        read_confined(b"<html>" + b"<p>x" * 500_000, "a.html", memory=30 << 20)


def test_web_pages_with_their_own_pictures() -> None:
    code = base64.b64encode(photograph("PNG")).decode()
    page = f'<html><meta charset=gbk><h1>一</h1><img src="data:image/png;base64,{code}"><img src="http://a/b.png">'
    found = from_word(page.encode("gbk"), "a.html")
    (picture,) = found.pictures
    assert found.html == f'<h2>一</h2><p><img src="attachment:{picture.digest}" alt=""></p>'
    assert secret(2).encode() not in picture.data
    assert found.notes == (Note("pictures", 1),)


def test_plain_text_and_its_tables() -> None:
    text = "关于<公开>的通知\n\n　　正文一段。\n名称\t数\n甲\t1\n"
    assert from_word(text.encode("gb18030"), "a.txt").html == (
        "<p>关于&lt;公开&gt;的通知</p><p>正文一段。</p>"
        "<table><tbody><tr><td>名称</td><td>数</td></tr><tr><td>甲</td><td>1</td></tr></tbody></table>"
    )
    assert from_word("## 标题\n**粗**".encode(), "a.md").html == "<h2>标题</h2><p>粗</p>"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_an_old_word_file_comes_by_way_of_an_office_program(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("一、范围", 1)
    table = document.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "竖并"
    table.cell(0, 1).text, table.cell(1, 1).text = "甲", "乙"
    document.add_paragraph("附则")
    source = tmp_path / "a.docx"
    source.write_bytes(saved(document))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    order = ["soffice", profile, "--headless", "--convert-to", "doc", "--outdir", str(tmp_path), str(source)]
    subprocess.run(order, check=True, capture_output=True, timeout=120)
    found = from_word((tmp_path / "a.doc").read_bytes(), "a.wps")
    assert found.html == (
        '<h2>一、范围</h2><table><tbody><tr><td rowspan="2">竖并</td><td>甲</td></tr>'
        "<tr><td>乙</td></tr></tbody></table><p>附则</p>"
    )
    assert Note("old") in found.notes
