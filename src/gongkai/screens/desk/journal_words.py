"""A journal entry as the auditor reads it: what was done, to what, with which facts; the record stays as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.bureau.annual.drafting import part_word
from gongkai.bureau.casework.message_kinds import KINDS as MESSAGES
from gongkai.bureau.ledger.queries import EntryRow
from gongkai.bureau.orgs.vocabulary import LEVELS, ROLES
from gongkai.screens.desk.words import KINDS
from gongkai.statute.cases.words import ACTS
from gongkai.statute.report import lifecycle
from gongkai.statute.report.drafting import PARTS

REPORT_KINDS = {f"report.{act.rstrip('_')}": f"年度报告：{word}" for act, word in lifecycle.ACTS.items()} | {
    "report.started": "起草年度报告",
    "report.written": "改写年报正文",
    "report.prepared_again": "重新起草年报正文",
    "report.number_inserted": "在年报正文插入数字",
    "report.numbers_refreshed": "更新年报正文的数字",
    "report.extra_rows": "填写地方增加的行",
    "carry.certified": "出具结转证明",
    "round.called": "部署年报",
    "round.withdrawn": "撤回年报部署",
    "profile.chosen": "选用地方要求",
    "profile.dropped": "停用地方要求",
}

STREAMS = {
    "annual": "年报核查", "body": "机关", "calendar": "工作日历", "certificate": "结转证明",
    "checkpoints": "签名检查点", "identities": "申请人身份", "import": "导入", "item": "主动公开信息",
    "person": "人员", "remedy": "复议诉讼", "report": "年度报告", "request": "申请", "rounds": "年报部署",
    "statements": "年度数据", "work": "工作记录",
}  # fmt: skip

FACTS = {
    "name": "名称", "level": "层级", "section": "科室", "post": "岗位", "holder": "A岗", "deputy": "B岗",
    "role": "角色", "since": "自", "until": "至", "days": "日子", "day": "日子", "worked": "安排", "instrument": "依据",
    "because": "理由", "file": "文件", "digest": "校验值", "errors": "错误", "warnings": "警告", "faults": "原因",
    "code": "检查项", "where": "位置", "number": "编号", "events": "事件", "event": "办理情况", "on": "日期",
    "head": "记录链头", "type": "方式", "version": "版本", "before": "原状态", "after": "现状态", "part": "部分",
    "characters": "字数", "year": "年度", "row": "行", "column": "列", "value": "数", "evidence": "依据材料",
    "line": "序号", "title": "标题", "kind": "类别", "result": "结果", "decision": "决定书", "closed_on": "结案日",
    "records": "条数", "batch": "批次", "requests": "申请", "items": "信息", "first": "最早", "last": "最晚",
    "count": "件数", "cells": "格", "due_on": "期限", "profile": "地方要求", "since_year": "自年度",
    "previous": "上一份", "source_id": "来源编号", "note": "更正说明", "reasons": "退回理由", "approver": "批准人",
    "approved_on": "批准日期", "files": "文件", "form": "格式",
    "signature": "签名", "assignment": "交办", "person": "人员", "joins": "协办", "opinion": "意见",
    "search": "检索记录", "archive": "查询档案", "item": "第几项", "outcome": "办理结果", "articles": "引用条款",
    "made_from": "原件", "hidden": "遮盖处数", "message": "来信", "letter": "文书", "answered": "已答复",
    "family": "征求意见", "consents": "同意公开", "represents": "被代岗的人", "mailed": "邮件提醒",
    "address": "更改邮箱", "reminder": "提醒", "to": "报给",
}  # fmt: skip

VALUES: Mapping[str, Mapping[str, str]] = {
    "role": ROLES,
    "level": LEVELS,
    "event": ACTS,
    "before": lifecycle.STATES,
    "after": lifecycle.STATES,
    "part": {part: part_word(part) for part in PARTS},
    "kind": {code: each.word for code, each in MESSAGES.items()},
    "family": {"third_party": "第三方", "joint_agency": "共同制作机关", "other_agency": "其他机关"},
    "type": {"totp": "验证器", "recovery_codes": "恢复码"},
}
DIGEST = re.compile(r"[0-9a-f]{40,}")
SHOWN = 16
"""Characters of a digest; the whole one is in the export of the journal."""


@dataclass(frozen=True, slots=True)
class EntryWords:
    row: EntryRow
    word: str
    subject: str
    facts: tuple[tuple[str, str], ...]


def kind_word(kind: str) -> str:
    return KINDS.get(kind) or REPORT_KINDS.get(kind, kind)


def entry_words(row: EntryRow) -> EntryWords:
    """A fact that has no word of its own keeps its name: nothing of the record is left out but what is empty."""
    facts = tuple(
        (FACTS.get(name, name), _value(name, value)) for name, value in row.facts.items() if value not in (None, "", [])
    )
    return EntryWords(row, kind_word(row.kind), subject(row.stream), facts)


def subject(stream: str) -> str:
    """`person:lin` as 人员 lin."""
    head, _, rest = stream.partition(":")
    return f"{STREAMS.get(head, head)} {rest}".strip()


def _value(name: str, value: object) -> str:
    if isinstance(value, bool):
        return ("上班" if value else "放假") if name == "worked" else ("是" if value else "否")
    if isinstance(value, str) and value in VALUES.get(name, {}):
        return VALUES[name][value]
    if isinstance(value, list | tuple):
        return "、".join(_value(name, each) for each in value)
    if isinstance(value, Mapping):
        return "，".join(f"{FACTS.get(str(each), each)}{_value(str(each), told)}" for each, told in value.items())
    text = str(value)
    if DIGEST.fullmatch(text):
        return f"{text[:SHOWN]}…"
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.year}年{day.month}月{day.day}日"
