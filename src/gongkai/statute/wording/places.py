"""Where a finding stands, in the words of the form: 表三“予以公开”行“总计”列."""

from __future__ import annotations

import re

from gongkai.statute.primitives import CasePlace, CellPlace, Finding, PassagePlace, Place, ProsePlace
from gongkai.statute.report.form import CODES, Form, Row, load

_TABLES = {"proactive": "表二", "requests": "表三", "remedies": "表四"}
_NUMBERING = re.compile(r"^(?:[一二三四五六七]、|（[一二三四五六七]）|\d\.)")
_PARTS = {
    "title": "标题",
    "overview": "第一部分“总体情况”",
    "proactive": "第二部分“主动公开政府信息情况”",
    "requests": "第三部分“收到和处理政府信息公开申请情况”",
    "remedies": "第四部分“政府信息公开行政复议、行政诉讼情况”",
    "problems": "第五部分“存在的主要问题及改进情况”",
    "other": "第六部分“其他需要报告的事项”",
    "overview.lead": "第一部分开头",
    "overview.proactive": "第一部分“主动公开”",
    "overview.on_request": "第一部分“依申请公开”",
    "overview.management": "第一部分“政府信息管理”",
    "overview.platform": "第一部分“政府信息公开平台建设”",
    "overview.supervision": "第一部分“监督保障”",
}


def place_name(finding: Finding) -> str:
    """The place of a finding in the form's words; the form is the one that the finding cites."""
    return name_of(finding.where, finding.cite)


def name_of(where: Place, cite: str = "") -> str:
    """The place in the form's words; where no form is cited, the latest form that has the row lends its words."""
    if isinstance(where, CellPlace):
        return _cell(where, cite)
    if isinstance(where, CasePlace):
        return f"案件{where.case}" if where.event is None else f"案件{where.case}第{where.event + 1}个事件"
    if isinstance(where, PassagePlace):
        return f"{where.passage}第{where.start + 1}字起" if where.end > where.start else where.passage
    part = where.part
    if part is None:
        return "全文"
    name = _PARTS.get(part, f"“{part}”部分")
    return f"{name}第{where.start + 1}字起" if isinstance(where, ProsePlace) else name


def _forms(cite: str) -> tuple[Form, ...]:
    """The forms to look words up in: the one cited first, then the latest."""
    forms = [load(code) for code in reversed(CODES)]
    return tuple(sorted(forms, key=lambda form: form.instrument not in cite))


def _cell(where: CellPlace, cite: str) -> str:
    table = _TABLES.get(where.table, where.table)
    row = column = None
    for form in _forms(cite):
        if where.table not in form.tables:
            continue
        rows = form.tables[where.table].rows
        row = row or next((each for each in rows if each.code == where.row), None)
        source = (row,) if row else rows
        columns = (column for each in source for column in each.columns if column.code == where.column)
        column = column or next(columns, None)
    name = table + (_row(where.table, row) if row else f"“{where.row}”行" if where.row else "")
    if where.column is None:
        return name
    return f"{name}“{column.label if column else where.column}”列"


def _row(table: str, row: Row) -> str:
    """第二十条第（五）项“其他对外管理服务事项”; “不予公开：属于国家秘密”行; 行政诉讼（复议后起诉）."""
    labels = [re.sub(r"（区分处理.*）$", "", _NUMBERING.sub("", label)) for label in row.path]
    if table == "proactive":
        return f"{row.part}“{labels[-1]}”"
    if table == "remedies":
        return f"“{'·'.join(labels)}”"
    shown = [label for label in labels if label != "本年度办理结果"]
    return f"“{'：'.join(shown)}”行"
