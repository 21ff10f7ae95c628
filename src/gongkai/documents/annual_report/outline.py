"""Which part of the report a paragraph heads: the six parts of the form and the five sections of the first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from gongkai.documents.annual_report.labels import half_width

_LONGEST_HEADING = 44
_NUMBER = re.compile(
    r"^(?:第[一二三四五六七八九十\d]{1,2}(?:部分|章)[、.:]?|(\()[一二三四五六七八九十\d]{1,2}\)[、.:]?"
    r"|([一二三四五六七八九十]{1,2})[、.,:]|\d{1,2}[、.](?!\d))"
)
_PARTS = {
    "overview": r"(?:政府信息公开)?(?:工作)?(?:总体|基本|概括|整体)(?:工作)?情况|概述|工作概况|总体概况",
    "proactive": r"(?:行政机关)?主动公开政府信息(?:的)?(?:情况)?|政府信息主动公开(?:的)?情况|主动公开(?:的)?情况",
    "requests": r"(?:行政机关)?(?:收到|受理)(?:和|并|及)?处理(?:的)?政府信息(?:依申请)?公开申请(?:的)?情况"
    r"|(?:政府信息)?依申请公开(?:政府信息)?(?:的|办理)?情况|依申请公开办理情况",
    "remedies": r"(?:因)?(?:政府信息公开)?(?:工作)?(?:被)?(?:申请|提起)?"
    r"行政复议[、,和及与]?(?:提起)?行政诉讼(?:的)?(?:情况)?"
    r"|(?:政府信息公开)?(?:行政)?复议[、,和及与]?诉讼(?:的)?情况",
    "problems": r"(?:政府信息公开)?(?:工作)?(?:中)?(?:存在)?(?:的)?(?:主要)?(?:存在)?(?:的)?(?:困难和)?问题"
    r"(?:及|和|与|以及|、)?(?:下一步)?(?:的)?(?:改进|整改|工作)(?:情况|措施|打算|方向|计划)?|存在的?(?:主要)?问题(?:及|和|与).{0,14}",
    "other": r"(?:其他|其它)(?:需要|需|应当)?(?:报告|说明)(?:的)?(?:其他)?(?:事项|情况|内容)"
    r"|需要报告的其他事项|其他事项",
}
_SECTIONS = {
    "overview.proactive": r"(?:政府信息)?主动公开(?:政府信息)?(?:的)?(?:工作)?(?:情况|方面)?",
    "overview.on_request": r"(?:政府信息)?依申请公开(?:政府信息)?(?:的)?(?:工作|办理)?(?:情况|方面)?",
    "overview.management": r"(?:加强)?政府信息(?:资源)?(?:的)?(?:规范)?管理(?:工作)?(?:情况|方面)?",
    "overview.platform": r"(?:政府信息)?(?:公开)?(?:工作)?平台(?:的)?建设(?:工作)?(?:情况|方面)?",
    "overview.supervision": r"(?:工作)?监督(?:和|与|及)?保障(?:工作)?(?:情况|方面)?|(?:加强)?监督管理(?:情况)?",
}
_PART_PATTERNS = {code: re.compile(pattern) for code, pattern in _PARTS.items()}
_SECTION_PATTERNS = {code: re.compile(pattern) for code, pattern in _SECTIONS.items()}
_RUN_IN = re.compile(r"^(.{2,24}?)[。.:：;；]\s*(\S.*)$|^(.{2,16}?)[ \u3000\xa0]+(\S.{12,})$", re.DOTALL)
_STOP = re.compile(r"[。:：;；.]+$")


@dataclass(frozen=True, slots=True)
class Heading:
    """`code`: overview … other, or `overview.proactive` …; `rest`: prose that follows in the same paragraph."""

    code: str
    rest: str = ""


@lru_cache(maxsize=4096)
def heading_of(text: str, inside: str, level: int = 0) -> Heading | None:
    """The heading that a paragraph is, given the part it stands in ("" before the first); None for other text."""
    stripped = text.strip()
    if not stripped:
        return None
    if len(stripped) <= _LONGEST_HEADING:
        code = _code(stripped, inside, level)
        if code:
            return Heading(code)
    run_in = _RUN_IN.match(stripped)
    if run_in and (inside.startswith("overview") or inside in ("", "remedies", "problems")):
        head, rest = (run_in[1], run_in[2]) if run_in[1] else (run_in[3], run_in[4])
        if _NUMBER.match(_packed(head)):
            code = _code(head, inside, level)
            if code and (code.startswith("overview.") or code in ("overview", "problems", "other")):
                return Heading(code, rest)
    return None


def _packed(text: str) -> str:
    return "".join(half_width(text).split()).replace("【", "(").replace("】", ")").replace("〔", "(").replace("〕", ")")


def _code(text: str, inside: str, level: int) -> str | None:
    packed = _packed(text)
    number = _NUMBER.match(packed)
    bracketed = bool(number and number[1])
    chinese = bool(number and number[2])
    words = _STOP.sub("", packed[number.end() :] if number else packed)
    if not words:
        return None
    if inside.startswith("overview") and (bracketed or not chinese):
        # (一)主动公开 in part one is a section, 二、主动公开政府信息情况 is part two
        for code, pattern in _SECTION_PATTERNS.items():
            if pattern.fullmatch(words) and not (words.endswith("政府信息情况") and not bracketed):
                return code
    if bracketed and inside.startswith("overview"):
        return None
    for code, pattern in _PART_PATTERNS.items():
        plain = len(words) >= 5 or (code == "overview" and not inside)
        if pattern.fullmatch(words) and (number or level or plain):
            return code
    return None
