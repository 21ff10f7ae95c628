"""The elements that a document states of itself: title, number, issuing body, day of forming; those that are missing.

第十二条 asks the catalogue for index number, name, summary and day of forming; which others are required of a kind of
information is for the caller to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from gongkai.statute.inspection.days import written_day
from gongkai.statute.inspection.model import ELEMENTS, Inspected, Passage, Stated, found_at
from gongkai.statute.primitives import Finding

CITE = "《中华人民共和国政府信息公开条例》第十二条；政府信息公开目录核心要素；国办发〔2017〕47号（网页标签）"
CATALOGUE = ("index_number", "title", "summary", "formed_on")
"""索引、名称、内容概述、生成日期 (第十二条)."""

_LABELS = {
    "索引号": "index_number", "索取号": "index_number", "发文字号": "number", "文号": "number", "发布机构": "body",
    "发文机关": "body", "发布单位": "body", "信息来源": "body", "来源": "body", "成文日期": "formed_on",
    "生成日期": "formed_on", "发文日期": "formed_on", "发布日期": "published_on", "公开日期": "published_on",
    "发布时间": "published_on", "标题": "title", "名称": "title", "信息名称": "title", "主题分类": "topic",
    "体裁分类": "genre", "关键词": "keywords", "主题词": "keywords", "内容概述": "summary", "有效性": "validity",
}  # fmt: skip
_LABELLED = re.compile(r"\s{0,4}([\u4e00-\u9fff](?:\s{0,4}[\u4e00-\u9fff]){1,3})\s{0,4}[：:]\s{0,8}([^\n]{0,200})")
_NUMBER_LINE = re.compile(
    r"\s*(?P<text>[\u4e00-\u9fa5]{1,15}\s?[〔\[［【（(〈]\s?\d{2,4}\s?[〕\]］】）)〉]\s?第?\s?\d{1,5}\s?号)\s*"
)
_BODY_LINE = re.compile(
    r"\s*([\u4e00-\u9fff（）()]{2,30}(?:人民政府|政府|办公室|办公厅|委员会|局|厅|委|部|院|处|中心|街道办事处|联席会议|指挥部))\s*"
)
_HEAD, _TAIL = 40, 30
_END_SIGNS = "。；：，、！？"


def elements_of(document: Inspected) -> Mapping[str, Stated]:
    """What markup states, else what the text shows: labelled lines, number, title, body and day of forming."""
    shown = document.shown
    found = dict(_labelled(shown[:_HEAD]))
    found |= _from_layout(shown, found.keys() | document.elements.keys())
    return found | dict(document.elements)


def _labelled(passages: Sequence[Passage]) -> Iterable[tuple[str, Stated]]:
    """索引号：…, in a line of its own or in a cell, its value in the cell after it."""
    for at, passage in enumerate(passages):
        bare = "".join(passage.text.split()).rstrip("：:")
        if passage.row and bare in _LABELS and at + 1 < len(passages) and passages[at + 1].row == passage.row:
            value = passages[at + 1]
            yield _LABELS[bare], Stated(value.text.strip(), value.place)
            continue
        match = _LABELLED.fullmatch(passage.text)
        code = _LABELS.get("".join(match[1].split())) if match else None
        if match and code:
            yield code, Stated(match[2].strip(), passage.place)


def _from_layout(shown: Sequence[Passage], known: Iterable[str]) -> dict[str, Stated]:
    out: dict[str, Stated] = {}
    known = set(known)
    lines = [each for each in shown if each.text.strip() and not each.row]
    for passage in lines[:12]:
        match = _NUMBER_LINE.fullmatch(passage.text)
        if match and "number" not in known:
            out["number"] = Stated(match["text"], passage.place)
            break
    title = next((each for each in lines[:12] or shown[:3] if _is_title(each)), None)
    if title is not None and "title" not in known:
        out["title"] = Stated(title.text.strip(), title.place)
    end = next((at for at, each in enumerate(lines) if re.match(r"\s*附件\s?\d?\s*$", each.text)), len(lines))
    for at in range(end - 1, max(end - _TAIL, 0), -1):
        if written_day(lines[at].text) is not None or _is_day_line(lines[at].text):
            if "formed_on" not in known:
                out["formed_on"] = Stated(lines[at].text.strip(), lines[at].place)
            body = _BODY_LINE.fullmatch(lines[at - 1].text)
            if body and "body" not in known:
                out["body"] = Stated(body[1], lines[at - 1].place)
            break
    return out


def _is_day_line(text: str) -> bool:
    return re.fullmatch(r"\s*[12][\d〇○零一二三四五六七八九]{3}\s?年.{1,4}月.{1,4}日\s*", text) is not None


def _is_title(passage: Passage) -> bool:
    """A heading of the first level, or a line of some length that ends in no stop and is no letterhead."""
    text = passage.text.strip()
    if _NUMBER_LINE.fullmatch(text) or _LABELLED.fullmatch(text) or "★" in text:
        return False
    return passage.level == 1 or (4 <= len(text) <= 80 and text[-1] not in _END_SIGNS and not text.endswith("文件"))


def check_elements(document: Inspected, required: Sequence[str] = ()) -> list[Finding]:
    """A finding for each required element that is absent or empty. `facts`: `element`, `label`.

    Always required: a title, and text; of a document with a number its body and day of forming.
    """
    stated = elements_of(document)
    has_text = any(each.text.strip() for each in document.shown)
    if not has_text and any(each.kind == "unread" for each in document.notices):
        wanted = list(required)  # a scan or a picture: what it states was not read
    elif has_text and all(each.row for each in document.shown):
        wanted = list(required)  # nothing but tables: an attachment, whose title stands in what it is attached to
    else:
        wanted = ["title", *required]
    if "number" in stated:
        wanted += ["body", "formed_on"]
    # a label without a value is missing wherever it stands
    wanted += [code for code, value in stated.items() if not value.text]
    out = []
    for code in dict.fromkeys(wanted):
        if code not in stated or not stated[code].text:
            place = stated[code].place if code in stated else "全文"
            facts = {"element": code, "label": ELEMENTS[code]}
            out.append(found_at("item.missing_element", "error", place, (0, 0), facts, CITE))
    if not has_text and "title" in wanted:
        facts = {"element": "text", "label": "正文"}
        out.append(found_at("item.missing_element", "error", "全文", (0, 0), facts, CITE))
    return out
