"""What a text was left with by its making: placeholders, residue of programs, half-width signs, gaps."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from gongkai.statute.inspection.model import Inspected, Passage, found_at
from gongkai.statute.primitives import Finding

CITE = "《党政机关公文处理工作条例》、GB/T 9704—2012（公文格式，未核对原文）"

_HAN = r"[\u4e00-\u9fff]"
_WIDE = str.maketrans(",;:?!()", "，；：？！（）")
_PATTERNS: Sequence[tuple[str, re.Pattern[str]]] = (
    ("residue", re.compile(
        r"\[bookmark:[^\]\n]{0,40}\]?|_GoBack|Error! Reference|错误[!！]\s?未(?:找到引用源|定义书签)|"
        r"&(?:nbsp|lt|gt|amp|quot);|"
        r"</?(?:span|p|div|font|br)\b|锟斤拷|烫烫烫|屯屯屯|\ufffd|MERGEFORMAT"
    )),
    ("placeholder", re.compile(
        r"20[XxＸｘ×*]{2}\s?年|〔20[XxＸｘ×*]{2}〕|(?<![A-Za-z])[XＸ]{2,4}(?=年|月|日|局|县|市|镇|单位|同志|公司|号|办)|"
        r"(?:此处|在此)(?:填写|输入|插入)|(?:单击|点击)此处(?:添加|输入)|[（(【](?:待定|待补充|待核实|待填|盖章处|此处略)[）)】]"
    )),
    ("half_width", re.compile(rf"(?<={_HAN})(?<!错误)[,;:?!](?={_HAN})")),
    ("full_width_digits", re.compile(r"(?<![０-９])[０-９]{2,8}(?![０-９Ｘｘ])")),
)  # fmt: skip
_GAP = re.compile(rf"(?<={_HAN})(?<!第.[条章节款编])(?<!第..[条章节])(?<!第...[条章节])(?<!第....条) {{1,3}}(?={_HAN})")
"""第一条 and 第三章 are followed by a blank, as they should."""

_GAPS_FROM = 40
"""Characters of a paragraph from which a blank between its characters is no layout (标 题, 王 伟)."""
_DRAFT = re.compile(r"[（(](?:送审稿|讨论稿|初稿|修改稿|会签稿|代拟稿|草稿)[）)]|(?:送审|讨论|修改)稿$")
_HEADING = re.compile(r"\s{0,4}([一二三四五六七八九十]{1,3})、")
_ORDER = (
    "零",
    *"一二三四五六七八九",
    *(f"{tens}十{ones}" for tens in ("", "二", "三") for ones in ("", *"一二三四五六七八九")),
)


def check_format(document: Inspected) -> list[Finding]:
    """`facts`: `found`, `fault`, and a `suggestion` where there is one."""
    out = []
    for at, passage in enumerate(document.shown):
        for fault, pattern in _PATTERNS:
            for match in pattern.finditer(passage.text):
                out.append(_finding(passage, match.span(), fault))
        if len(passage.text) >= _GAPS_FROM and "。" in passage.text:
            out += [_finding(passage, match.span(), "gap") for match in _GAP.finditer(passage.text)]
        draft = _DRAFT.search(passage.text) if at < 6 and len(passage.text) < 80 else None
        if draft:
            out.append(_finding(passage, draft.span(), "draft"))
    return out + list(_numbering(document.shown))


def _finding(passage: Passage, span: tuple[int, int], fault: str) -> Finding:
    found = passage.text[slice(*span)]
    facts: dict[str, object] = {"found": found, "fault": fault}
    if fault == "half_width":
        facts["suggestion"] = found.translate(_WIDE)
    elif fault == "full_width_digits":
        facts["suggestion"] = "".join(str("０１２３４５６７８９".index(sign)) for sign in found)
    return found_at("text.format", "warning", passage, span, facts, CITE)


def _numbering(passages: Iterable[Passage]) -> Iterable[Finding]:
    """Headings 一、二、三、: each follows the one before or begins anew with 一."""
    before = 0
    for passage in passages:
        match = None if passage.row or passage.is_line else _HEADING.match(passage.text)
        if match is None or match[1] not in _ORDER:
            continue
        now = _ORDER.index(match[1])
        if before and now not in (before + 1, 1):
            facts = {"found": match[0].strip(), "fault": "numbering", "suggestion": f"{_ORDER[min(before + 1, 39)]}、"}
            yield found_at("text.format", "warning", passage, match.span(), facts, CITE)
        before = now
