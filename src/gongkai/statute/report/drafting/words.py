"""What the keys of figures are called in Chinese, and in which order breakdowns are told."""

from __future__ import annotations

import re
from collections.abc import Mapping

from gongkai.statute.cases.steps import CHANNELS
from gongkai.statute.cases.words import CHANNELS as CHANNEL_WORDS
from gongkai.statute.report.cells import APPLICANTS, REMEDY_RESULTS
from gongkai.statute.report.form import CODES, Form, load

FACTS: Mapping[str, str] = {
    "items.total": "主动公开 全年发布条数",
    "items.normative": "主动公开 全年发布的规范性文件",
    "items.interpretations": "主动公开 全年发布的政策解读",
    "outcomes.granted": "办理结果 予以公开",
    "outcomes.partial": "办理结果 部分公开",
    "outcomes.refused": "办理结果 不予公开",
    "outcomes.unavailable": "办理结果 无法提供",
    "outcomes.not_processed": "办理结果 不予处理",
    "outcomes.other": "办理结果 其他处理",
    "replies.total": "答复 全年答复件数",
    "replies.on_time": "答复 按期",
    "replies.late": "答复 逾期",
    "replies.extended": "答复 延长期限",
    "corrections.requested": "告知补正件数",
    "remedies.total": "复议诉讼 合计",
    "fees.notified": "信息处理费 收费通知件数",
    "fees.amount": "信息处理费 收取金额（元）",
    "management.reviewed": "信息管理 公开前审查件数",
    "management.reevaluated": "信息管理 定期评估件数",
    "management.opened": "信息管理 评估后转为公开件数",
    "platform.columns": "平台建设 栏目数",
    "platform.visits": "平台建设 访问次数",
    "training.sessions": "培训 场次",
    "training.people": "培训 人次",
    "checks.rounds": "检查 轮次",
    "checks.found": "检查 发现问题",
    "checks.rectified": "检查 已整改问题",
    "supervision.assessment": "工作考核结果",
    "supervision.appraisal": "社会评议结果",
    "supervision.accountability": "责任追究结果",
}
"""Every further fact that the prepared sentences know; the families `items.column` and `requests.channel` beside."""

OUTCOMES: Mapping[str, str] = {
    "granted": "予以公开",
    "partial": "部分公开",
    "refused": "不予公开",
    "unavailable": "无法提供",
    "not_processed": "不予处理",
    "other": "其他处理",
}
REMEDY_WORDS: Mapping[str, str] = {
    "upheld": "结果维持",
    "corrected": "结果纠正",
    "other": "其他结果",
    "pending": "尚未审结",
    "total": "总计",
}
BREAKDOWNS: Mapping[str, tuple[str, ...]] = {
    "outcomes": tuple(f"outcomes.{group}" for group in OUTCOMES),
    "requests.channel": tuple(f"requests.channel.{channel}" for channel in CHANNELS),
    "requests.new": tuple(f"requests.new.{column}" for column in APPLICANTS),
    "remedies.reconsideration": tuple(f"remedies.reconsideration.{result}" for result in REMEDY_RESULTS),
    "remedies.litigation": tuple(f"remedies.litigation.{result}" for result in REMEDY_RESULTS),
}
"""Families told one after the other in a sentence, in this order."""

_TABLES = {"proactive": "表二", "requests": "表三", "remedies": "表四"}
_NUMBERING = re.compile(r"^(?:[一二三四五六七]、|（[一二三四五六七]）|\d\.)")


def labels(key: str, form_code: str | None = None) -> str:
    """The Chinese name of a key; cells in the words of that form, else of the latest that has them."""
    if key in FACTS:
        return FACTS[key]
    family, _, last = key.rpartition(".")
    if family == "items.column":
        return f"主动公开 栏目“{last}”条数"
    if family == "requests.channel":
        return f"申请渠道 {CHANNEL_WORDS.get(last, last)}"
    if family == "remedies.litigation":
        return f"行政诉讼合计 {REMEDY_WORDS.get(last, last)}"
    codes = [form_code] if form_code in CODES else list(reversed(CODES))
    for form in map(load, filter(None, codes)):
        found = _cell(form, key)
        if found:
            return found
    return key


def short_label(key: str) -> str:
    """The name of a key within its breakdown: 政策文件, 互联网, 自然人, 予以公开."""
    family, _, last = key.rpartition(".")
    if family == "outcomes":
        return OUTCOMES.get(last, last)
    if family == "requests.channel":
        return CHANNEL_WORDS.get(last, last)
    if family == "requests.new":
        column = next(
            (each for each in load(CODES[-1]).tables["requests"].row("new").columns if each.code == last), None
        )
        # 其他 alone would not say what: the form prints it under 法人或其他组织
        return "其他组织" if last == "other_org" else column.label if column else last
    if family.startswith("remedies."):
        return REMEDY_WORDS.get(last, last)
    return last


def _cell(form: Form, key: str) -> str:
    """表三 不予公开：属于国家秘密 总计; "" where the form has no such cell."""
    table, _, rest = key.partition(".")
    row_code, _, column_code = rest.rpartition(".")
    if table not in form.tables:
        return ""
    for row in form.tables[table].rows:
        for column in row.columns:
            if (row.code, column.code) == (row_code, column_code):
                path = [re.sub(r"（区分处理.*）$", "", _NUMBERING.sub("", label)) for label in row.path]
                named = "：".join(label for label in path if label != "本年度办理结果")
                return f"{_TABLES[table]} {named} {column.label}"
    return ""
