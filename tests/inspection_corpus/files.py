"""Files with a mobile of its own in every place where one can hide; the labels are the places.

The mobiles are 130 0000 00NN: the last two digits, which a finding shows, tell the place.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

import docx
import openpyxl
import typst
from docx.oxml import parse_xml
from openpyxl.comments import Comment
from PIL import Image

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"


def mobile(place: int) -> str:
    return f"130000000{place:02d}"


def _run(text: str, properties: str = "", tag: str = "t") -> str:
    return f"<w:r {_W}><w:rPr>{properties}</w:rPr><w:{tag}>{text}</w:{tag}></w:r>"


WORD = {
    1: "正文", 2: "表格", 3: "页眉", 4: "脚注式的页脚", 5: "修订删去的文字", 6: "修订插入的文字", 7: "隐藏文字",
    8: "白色文字", 9: "批注", 10: "文件属性备注", 11: "嵌入工作簿的隐藏工作表",
    12: "图片的说明（EXIF）", 13: "自定义 XML", 14: "文本框",
}  # fmt: skip
SHEET = {
    21: "单元格", 22: "隐藏的行", 23: "隐藏的列", 24: "隐藏的工作表", 25: "深度隐藏的工作表", 26: "批注",
    27: "文件属性", 28: "数字存的手机号", 29: "残留的字符串", 30: "数据透视表缓存", 31: "页脚",
}  # fmt: skip
SLIDES = {41: "幻灯片", 42: "隐藏的幻灯片", 43: "演讲者备注", 44: "文件属性"}
PDF = {51: "文字", 52: "文件属性", 53: "被方块盖住的文字"}
PAGE = {61: "正文", 62: "注释", 63: "不显示的内容", 64: "脚本", 65: "隐藏的表单字段", 66: "表格"}
PICTURE = {71: "EXIF 说明", 72: "EXIF 作者"}


def photograph(description: str = mobile(71), artist: str = mobile(72), located: bool = True) -> bytes:
    """A JPEG with words, an author, and coordinates of where it was taken."""
    exif = Image.Exif()
    exif[0x010E], exif[0x013B] = description, artist
    if located:
        exif[0x8825] = {1: "N", 2: (30.0, 15.0, 3.0), 3: "E", 4: (120.0, 9.0, 1.0)}
    out = BytesIO()
    Image.new("RGB", (64, 48), "white").save(out, "JPEG", exif=exif)
    return out.getvalue()


def _with(data: bytes, more: Mapping[str, bytes | str]) -> bytes:
    """The package with more parts."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for path in old.namelist():
            new.writestr(path, more.get(path, old.read(path)))
        for path in more.keys() - set(old.namelist()):
            new.writestr(path, more[path])
    return out.getvalue()


def word_file() -> bytes:
    document = docx.Document()
    document.add_heading("关于公布养护人员的通知", 1)
    paragraph = document.add_paragraph(f"联系手机{mobile(1)}。")
    for text in (
        f'<w:del {_W} w:id="1" w:author="甲">{_run(mobile(5), tag="delText")}</w:del>',
        f'<w:ins {_W} w:id="2" w:author="甲">{_run(mobile(6))}</w:ins>',
        _run(mobile(7), "<w:vanish/>"),
    ):
        paragraph._p.append(parse_xml(text))
    document.add_paragraph("白字：")._p.append(parse_xml(_run(mobile(8), '<w:color w:val="FFFFFF"/>')))
    document.add_paragraph("框：")._p.append(parse_xml(
        f'<w:r {_W}><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent><w:p>'
        f"{_run(mobile(14))}</w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    ))  # fmt: skip
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "路段", "电话"
    table.cell(1, 0).text, table.cell(1, 1).text = "东线", mobile(2)
    document.sections[0].header.paragraphs[0].text = f"值班{mobile(3)}"
    document.sections[0].footer.paragraphs[0].text = f"打印{mobile(4)}"
    document.add_comment(paragraph.runs[0], f"核对{mobile(9)}", author="甲")
    document.core_properties.comments = f"来电{mobile(10)}"
    out = BytesIO()
    document.save(out)
    inner = openpyxl.Workbook()
    inner.active.append(["图表数据", 3])
    kept = inner.create_sheet("底稿")
    kept.sheet_state = "hidden"
    kept.append(["经办", mobile(11)])
    book = BytesIO()
    inner.save(book)
    return _with(out.getvalue(), {
        "word/media/image1.jpeg": photograph(mobile(12), "无"),
        "word/embeddings/Microsoft_Excel1.xlsx": book.getvalue(),
        "customXml/item1.xml": f"<data><tel>{mobile(13)}</tel></data>",
    })  # fmt: skip


def sheet_file() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "名单"
    sheet.append(["养护人员名单"])
    sheet.append(["路段", "电话", "备注"])
    sheet.append(["东线", mobile(21), ""])
    sheet.append(["西线", mobile(22), ""])
    sheet.append(["南线", int(mobile(28)), mobile(23)])
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet["A3"].comment = Comment(f"本人{mobile(26)}", "甲")
    sheet.oddFooter.center.text = f"制表{mobile(31)}"
    for number, state in ((24, "hidden"), (25, "veryHidden")):
        more = book.create_sheet(f"底稿{number}")
        more.append(["联系方式", mobile(number)])
        more.sheet_state = state
    book.properties.description = f"来源{mobile(27)}"
    out = BytesIO()
    book.save(out)
    spreadsheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return _with(out.getvalue(), {
        "xl/sharedStrings.xml": f'<sst xmlns="{spreadsheet}"><si><t>东线</t></si><si><t>{mobile(29)}</t></si></sst>',
        "xl/pivotCache/pivotCacheRecords1.xml": f'<r xmlns="{spreadsheet}"><s v="{mobile(30)}"/></r>',
    })  # fmt: skip


def slides_file() -> bytes:
    """The parts that a reader of slides looks at, and no more."""

    def part(text: str, more: str = "") -> str:
        return f'<p:sld xmlns:p="urn:p" xmlns:a="{_A}"{more}><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>'

    out = BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("ppt/presentation.xml", "<p/>")
        packed.writestr("ppt/slides/slide1.xml", part(f"培训安排，联系{mobile(41)}"))
        packed.writestr("ppt/slides/slide2.xml", part(f"备用{mobile(42)}", ' show="0"'))
        packed.writestr("ppt/notesSlides/notesSlide1.xml", part(f"讲解时提醒{mobile(43)}"))
        packed.writestr("docProps/core.xml", f"<c><creator>{mobile(44)}</creator></c>")
    return out.getvalue()


def pdf_file() -> bytes:
    import pylopdf_fonts_zh_cn

    page = (
        f'#set document(author: "{mobile(52)}", title: "通知")\n#set text(font: "Noto Serif CJK SC")\n'
        f"关于养护人员的通知\n\n联系手机{mobile(51)}。\n\n"
        f"#box[#place(rect(width: 8em, height: 1.2em, fill: black)){mobile(53)}]\n"
    )
    from pathlib import Path

    return bytes(typst.compile(page.encode(), font_paths=[str(Path(pylopdf_fonts_zh_cn.__file__).parent)]))


def page_file() -> bytes:
    return (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><meta name='ArticleTitle' content='通知'>"
        f"<script>var tel='{mobile(64)}';</script></head><body><h1>养护人员名单</h1><p>联系手机{mobile(61)}。</p>"
        f"<!-- 经办 {mobile(62)} --><div style='display: none'>草稿 {mobile(63)}</div>"
        f"<input type='hidden' value='{mobile(65)}'><table><tr><th>路段</th><th>电话</th></tr>"
        f"<tr><td>东线</td><td>{mobile(66)}</td></tr></table></body></html>"
    ).encode()


FILES: Mapping[str, tuple[Callable[..., bytes], Mapping[int, str]]] = {
    "养护.docx": (word_file, WORD),
    "养护.xlsx": (sheet_file, SHEET),
    "养护.pptx": (slides_file, SLIDES),
    "养护.pdf": (pdf_file, PDF),
    "养护.html": (page_file, PAGE),
    "养护.jpg": (photograph, PICTURE),
}


def places_found(findings: Any) -> set[int]:
    """The numbers of the places whose mobile was found."""
    return {int(str(each.facts["masked"])[-2:]) for each in findings if each.code == "text.personal_data"}
