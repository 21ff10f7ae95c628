"""What Word, Excel and PowerPoint files share: properties, pictures, embedded files, links to outside, other parts."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterable
from typing import Final

from gongkai.documents.inspection.gathering import Gathering
from gongkai.documents.inspection.pictures import SUFFIXES, beside_pixels
from gongkai.documents.inspection.reading import gather_embedded
from gongkai.documents.readers.zipped import member
from gongkai.documents.redaction.ooxml import local, parsed
from gongkai.statute.primitives import InputRefused

_PROPERTIES: Final = {
    "creator": "作者", "lastModifiedBy": "最后修改人", "Manager": "主管", "Company": "单位", "description": "备注",
    "contentStatus": "状态", "subject": "主题", "keywords": "关键词", "category": "类别", "title": "标题",
}  # fmt: skip
_TELLING: Final = ("作者", "最后修改人", "主管", "单位", "备注", "自定义属性")
"""Properties that need not leave the house; the others only repeat the text."""
BODY: Final = re.compile(r"(?:政府|局|委员会|办公室|办公厅|厅|部|院|中心|处|公司)\s*$")
"""An author that is a body is no person's name."""
_PROGRAMS: Final = ("python-docx", "openpyxl", "Un-named", "Administrator", "WPS Office", "Microsoft Office User")


def properties(packed: zipfile.ZipFile, name: str, kind: str, gathering: Gathering) -> None:
    """docProps: each as a passage, and one notice that names those that need not go out."""
    labels: dict[str, None] = {}
    for path in packed.namelist():
        if not re.fullmatch(r"docProps/(?:core|app|custom)\.xml", path):
            continue
        for node in parsed(packed, path, name, kind).iter():
            label = "自定义属性" if "custom" in path else _PROPERTIES.get(local(node))
            text = (node.text or "").strip()
            if label and text and text not in _PROGRAMS:
                gathering.passage(f"文件属性“{label}”", text, "metadata")
                if label in _TELLING and not BODY.search(text):
                    labels[label] = None
    if labels:
        gathering.notice("metadata", "文件属性", "、".join(labels))


def pictures(packed: zipfile.ZipFile, name: str, kind: str, gathering: Gathering) -> None:
    """What the pictures carry beside their pixels; what they show is told as unread."""
    count = 0
    for path in packed.namelist():
        if "/media/" in path and path.lower().endswith(SUFFIXES):
            count += 1
            beside_pixels(member(packed, path, name, kind), f"图片{count}", gathering)
    if count:
        gathering.notice("unread", "图片", f"{count}张图片中的文字、人像和号牌")


def embedded(packed: zipfile.ZipFile, name: str, kind: str, gathering: Gathering) -> None:
    """Files within the file; the workbook of a chart holds all its data and often more."""
    for path in packed.namelist():
        if "/embeddings/" in path and not path.endswith("/"):
            base = posixpath.basename(path)
            gathering.notice("hidden_text", f"嵌入的文件“{base}”", "嵌入的文件")
            gather_embedded(member(packed, path, name, kind), base, f"嵌入的文件“{base}”", gathering)


def other_parts(packed: zipfile.ZipFile, name: str, kind: str, folders: Iterable[str], gathering: Gathering) -> None:
    """Parts that no reader knows: pivot caches, copies of other workbooks' cells, custom XML, diagrams."""
    for path in packed.namelist():
        if not path.endswith(".xml") or not path.startswith(tuple(folders)):
            continue
        try:
            root = parsed(packed, path, name, kind)
        except InputRefused:
            gathering.notice("unread", f"部件“{path}”", "读不出内容")
            continue
        for number, node in enumerate(root.iter(), 1):
            place = f"部件“{path}”第{number}项"
            for text in (node.text or "", *(value for key, value in node.attrib.items() if key in ("v", "val"))):
                if len(text.strip()) > 1:
                    gathering.passage(place, text.strip(), "hidden")


def external_targets(packed: zipfile.ZipFile, part: str, name: str, kind: str) -> dict[str, str]:
    """Of a part, by id: the targets of its relationships that lead outside the package."""
    folder, base = posixpath.split(part)
    beside = f"{folder}/_rels/{base}.rels"
    if beside not in packed.namelist():
        return {}
    return {
        each.get("Id", ""): each.get("Target", "")
        for each in parsed(packed, beside, name, kind)
        if each.get("TargetMode") == "External"
    }
