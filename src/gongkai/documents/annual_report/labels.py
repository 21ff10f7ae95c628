"""The words of the statutory tables, and which row or column a printed label means, however it is printed."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from gongkai.statute.report.form import CODES, load

_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0x2212: 0x2D, 0xFE63: 0x2D}
_NUMBER = re.compile(
    r"^(?:\((?:[一二三四五六七八九十]{1,3}|\d{1,2})\)[、.]?|(?:[一二三四五六七八九十]{1,3}|\d{1,2})[、.]"
    r"|\d{1,2}(?=[^\d.,%])|[①-⑳㈠-㈩⑴-⑽⒈-⒑])"
)
_NOT_WORDS = re.compile(r"[^\w\u4e00-\u9fff]|_")
_LONGEST_LABEL = 70


def half_width(text: str) -> str:
    """Full-width digits, letters and signs as ASCII."""
    return text if text.isascii() else text.translate(_WIDTH)


@lru_cache(maxsize=8192)
def bare(text: str) -> tuple[str, bool]:
    """(the words alone, without numbering, spaces and punctuation; whether there was a numbering)."""
    packed = "".join(half_width(text).split()).replace("\u200b", "").replace("\ufeff", "")
    number = _NUMBER.match(packed)
    if number:
        packed = packed[number.end() :]
    return _NOT_WORDS.sub("", packed), number is not None


# What a label surely means by a part of it; the first that fits. Ordered: “大量反复” before “重复”.
_ROW_ANCHORS = {
    "proactive": (
        ("规范性文件", "normative"),
        ("其他对外管理", "other_services"),
        ("行政事业性收费", "fees"),
        ("集中采购", "procurement"),
    ),
    "requests": (
        ("新收政府信息", "new"),
        ("本年新收", "new"),
        ("上年结转", "carried_in"),
        ("上年度结转", "carried_in"),
        ("结转下年", "carried_out"),
        ("结转下一年", "carried_out"),
        ("部分公开", "partial"),
        ("国家秘密", "refused.state_secret"),
        ("法规禁止", "refused.law_forbids"),
        ("安全一稳定", "refused.three_securities"),
        ("第三方合法权益", "refused.third_party"),
        ("内部事务", "refused.internal"),
        ("过程性信息", "refused.process"),
        ("执法案卷", "refused.enforcement_file"),
        ("行政查询", "refused.admin_query"),
        ("不掌握", "unavailable.not_held"),
        ("没有现成", "unavailable.needs_creation"),
        ("另行制作", "unavailable.needs_creation"),
        ("补正后", "unavailable.still_unclear"),
        ("信访", "not_processed.petition"),
        ("大量反复", "not_processed.excessive"),
        ("重复申请", "not_processed.repeated"),
        ("公开出版物", "not_processed.publication"),
        ("确认或重新", "not_processed.reissue"),
        ("重新出具", "not_processed.reissue"),
        ("逾期不补正", "other.lapsed_correction"),
        ("收费通知", "other.unpaid_fee"),
        ("逾期未缴", "other.unpaid_fee"),
    ),
    "remedies": (("未经复议", "litigation_direct"), ("复议后", "litigation_after")),
}
_COLUMN_ANCHORS = {
    "proactive": (
        ("新制作", "2019:made"),
        ("新公开", "2019:disclosed"),
        ("对外公开总", "2019:public_total"),
        ("上一年项目", "2019:prior_items"),
        ("上年项目", "2019:prior_items"),
        ("本年增减", "2019:change"),
        ("处理决定数", "decisions"),
        ("采购项目数", "2019:items"),
        ("采购总金额", "2019:amount"),
        ("采购金额", "2019:amount"),
        ("制发件数", "2021:made"),
        ("制发数", "2021:made"),
        ("废止件数", "2021:repealed"),
        ("废止数", "2021:repealed"),
        ("现行有效", "2021:in_force"),
        ("收费金额", "2021:amount"),
    ),
    "requests": (
        ("商业企业", "business"),
        ("科研机构", "research"),
        ("公益组织", "public_welfare"),
        ("法律服务", "legal_service"),
    ),
    "remedies": (
        ("结果维持", "upheld"),
        ("结果纠正", "corrected"),
        ("其他结果", "other"),
        ("其它结果", "other"),
        ("尚未审结", "pending"),
    ),
}
_MORE_ROWS = {
    "proactive": {"规章": "rules", "制定规章": "rules"},
    "requests": {
        "予以公开": "granted",
        "其他处理": "other",
        "其它处理": "other",
        "总计": "concluded",
        "合计": "concluded",
        "其他": "other.other",
        "其它": "other.other",
    },
    "remedies": {"行政复议": "reconsideration", "复议": "reconsideration"},
}
_MORE_COLUMNS = {
    "proactive": {},
    "requests": {
        "其他": "other_org",
        "其它": "other_org",
        "总计": "total",
        "合计": "total",
        "自然人": "natural_person",
    },
    "remedies": {"总计": "total", "合计": "total"},
}
GROUPS = frozenset(
    {
        "本年度办理结果", "不予公开", "无法提供", "不予处理", "法人或其他组织", "法人或其它组织", "申请人情况",
        "信息内容", "行政诉讼",
    }
)  # fmt: skip
"""Headings over several rows or columns: known, and no row or column themselves."""

_PART = re.compile(r"^第?(?:二十|20)条第?[一二三四五六七八九\d]+项?$")
_NOTE = "勾稽关系"

MARKS = {
    "2019:made": "本年新制作数量",
    "2019:disclosed": "本年新公开数量",
    "2019:public_total": "对外公开总数量",
    "2019:prior_items": "上一年项目数量",
    "2019:change": "本年增/减",
    "2019:items": "采购项目数量",
    "2019:amount": "采购总金额",
    "2021:made": "本年制发件数",
    "2021:repealed": "本年废止件数",
    "2021:in_force": "现行有效件数",
    "2021:amount": "本年收费金额",
}
"""Columns of table two that belong to one form alone, with their words."""

ROW_MARKS = {
    "other_services": ("2019", "其他对外管理服务事项"),
    "procurement": ("2019", "政府集中采购"),
    "other.lapsed_correction": ("2021", "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
    "other.unpaid_fee": ("2021", "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
}
"""Rows that belong to one form alone."""


@cache
def _row_labels(table: str) -> dict[str, str]:
    """Exact words → row, both forms together, and what else they are called."""
    known = {bare(row.label)[0]: row.code for code in CODES for row in load(code).tables[table].rows}
    return known | _MORE_ROWS[table]


@lru_cache(maxsize=8192)
def row_of(table: str, text: str) -> str | None:
    """The row that a label names, or None."""
    words, _ = bare(text)
    if not words or len(words) > _LONGEST_LABEL or words in GROUPS:
        return None
    return _named(words, _row_labels(table), _ROW_ANCHORS[table])


@lru_cache(maxsize=8192)
def column_of(table: str, text: str) -> str | None:
    """The column that a label names: in table two with the form it belongs to (`2019:made`), or None."""
    words, _ = bare(text)
    if not words or len(words) > _LONGEST_LABEL:
        return None
    return _named(words, _MORE_COLUMNS[table], _COLUMN_ANCHORS[table])


def _named(words: str, exact: dict[str, str], anchors: tuple[tuple[str, str], ...]) -> str | None:
    if words in exact:
        return exact[words]
    for anchor, code in anchors:
        if anchor in words:
            return code
    if len(words) >= 6 and not words[-1].isdigit():
        for label, code in exact.items():
            if abs(len(label) - len(words)) <= 2 and len(label) >= 6 and _near(words, label, 1 + len(label) // 8):
                return code
    return None


def is_group(text: str) -> bool:
    """Whether the text is a heading of the form over several rows or columns."""
    words, _ = bare(text)
    return words in GROUPS or _NOTE in words or bool(_PART.match(words))


def is_part(text: str) -> bool:
    """Whether the text is a sub-table's heading in table two, such as 第二十条第（一）项."""
    return bool(_PART.match(bare(text)[0]))


def _near(left: str, right: str, most: int) -> bool:
    """Whether at most `most` characters must be put in, left out or changed (bounded edit distance)."""
    before = list(range(len(right) + 1))
    for row, mine in enumerate(left, 1):
        now = [row]
        for column, theirs in enumerate(right, 1):
            now.append(min(before[column] + 1, now[-1] + 1, before[column - 1] + (mine != theirs)))
        if min(now) > most:
            return False
        before = now
    return before[-1] <= most
