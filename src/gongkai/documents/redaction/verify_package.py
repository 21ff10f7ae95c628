"""What can still be got out of a Word or Excel file: every member unpacked and searched, every extra told."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from gongkai.documents.readers.zipped import member, open_zip
from gongkai.documents.redaction.verify_needles import Needles
from gongkai.documents.redaction.verify_picture import extras

_PATHS = (
    ("docProps/", "文件属性"),
    ("customXml/", "自定义数据"),
    ("embeddings/", "嵌入的文件"),
    ("activeX/", "控件"),
    ("fonts/", "嵌入的字体"),
    ("externalLinks/", "外部链接"),
    ("pivotCache/", "数据透视表的底层数据"),
    ("pivotTables/", "数据透视表"),
    ("printerSettings/", "打印机设置"),
    ("charts/", "图表的底层数据"),
    ("diagrams/", "图示的底层数据"),
    ("revisions/", "修订记录"),
    ("vbaProject", "宏"),
    ("comments", "批注"),
    ("people", "审阅人"),
    ("thumbnail", "缩略图"),
    ("glossary/", "构建基块"),
    ("webSettings", "网页设置"),
    ("calcChain", "计算链"),
)
_WORD = {
    "del": "修订中删除的内容", "delText": "修订中删除的内容", "moveFrom": "修订中移走的内容", "ins": "修订标记",
    "moveTo": "修订标记", "vanish": "隐藏文字", "specVanish": "隐藏文字", "commentReference": "批注",
    "commentRangeStart": "批注", "altChunk": "嵌入的文件", "object": "嵌入的对象", "OLEObject": "嵌入的对象",
    "AlternateContent": "替代内容", "docVars": "文档变量", "sdtPr": "内容控件", "attachedTemplate": "模板的位置",
    "bookmarkStart": "书签", "hyperlink": "链接",
}  # fmt: skip
_SHEET = {
    "definedName": "定义的名称", "f": "公式", "dataValidation": "输入限制里的内容", "hyperlink": "链接",
    "legacyDrawing": "批注", "drawing": "图形", "conditionalFormatting": "条件格式", "rPh": "拼音",
    "customSheetView": "自定义视图", "scenario": "方案",
}  # fmt: skip
_PAGE = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b[^\u3400-\u9fff]{0,45}", re.IGNORECASE)
_ON = ("1", "true", "on")


def verify_package(data: bytes, name: str, needles: Needles) -> tuple[list[str], set[int]]:
    """What is beside the visible content, in Chinese; and the numbers of the words that can still be read."""
    wrong: list[str] = []
    found = needles.in_bytes(data)
    with open_zip(data, name, "Word、Excel") as packed:
        wrong += _container(data, packed)
        for path in packed.namelist():
            content = member(packed, path, name, "Word、Excel")
            found |= needles.in_text(path)
            wrong += [f"有{word}" for part, word in _PATHS if part.lower() in path.lower()]
            if path.lower().endswith((".xml", ".rels", ".vml")):
                found |= needles.in_markup(content)
                wrong += _markup(content, path)
            else:
                found |= needles.in_bytes(content)
                wrong += extras(content)
    return list(dict.fromkeys(wrong)), found


def _container(data: bytes, packed: zipfile.ZipFile) -> list[str]:
    """Members that the directory does not name, comments, extra fields, dates of making."""
    out = []
    listed = {entry.header_offset for entry in packed.infolist()}
    there = {match.start() for match in re.finditer(rb"PK\x03\x04", data)}
    if there != listed or (listed and min(listed) != 0):
        out.append("压缩包里有目录以外的内容")
    if packed.comment or any(entry.comment or entry.extra for entry in packed.infolist()):
        out.append("压缩包里有注释")
    if any(entry.date_time[:3] != (1980, 1, 1) for entry in packed.infolist()):
        out.append("压缩包里有制作时间")
    return out


def _markup(content: bytes, path: str) -> Iterator[str]:
    try:
        root = ElementTree.fromstring(content)  # noqa: S314  (bounded by open_zip; expat stops entity bombs itself)
    except ElementTree.ParseError:
        yield "有读不出的部分"
        return
    for node in root.iter():
        name = node.tag.rpartition("}")[2]
        attributes = {key.rpartition("}")[2]: value for key, value in node.attrib.items()}
        if path.startswith("word/"):
            yield from _word_node(name, attributes, node.text or "")
        elif path.startswith("xl/"):
            yield from _sheet_node(name, attributes)
        if name == "Relationship" and attributes.get("TargetMode") == "External":
            yield "有指向外部的链接"


def _word_node(name: str, attributes: dict[str, str], text: str) -> Iterator[str]:
    if name in _WORD:
        yield f"有{_WORD[name]}"
    if name == "instrText" and not _PAGE.fullmatch(text):
        yield "有域代码"
    if any(key.startswith("rsid") for key in attributes):
        yield "有编辑会话的标记"
    if {"author", "initials"} & attributes.keys():
        yield "有作者姓名"
    if attributes.get("descr") or attributes.get("alt"):
        yield "有图片的说明文字"


def _sheet_node(name: str, attributes: dict[str, str]) -> Iterator[str]:
    if name in _SHEET:
        yield f"有{_SHEET[name]}"
    if attributes.get("hidden", "").lower() in _ON or attributes.get("zeroHeight", "").lower() in _ON:
        yield "有隐藏的行、列或者内容"
    if name == "sheet" and attributes.get("state", "visible") != "visible":
        yield "有隐藏的工作表"
