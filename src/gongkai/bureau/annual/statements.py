"""Stating what no ledger of records gives: cells of table two, the lines behind them, the year's work."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from django.db import transaction

from gongkai.bureau import clock
from gongkai.bureau.annual.models import Statement, StatementLine, WorkRecord
from gongkai.bureau.annual.statement_queries import LINE_COLUMNS, WORK_KINDS
from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs.models import Body, Person
from gongkai.bureau.orgs.permissions import Act, require
from gongkai.statute.ledgers.statements import MOST, value_fault
from gongkai.statute.primitives import InputFault, InputRefused
from gongkai.statute.report.form import Form, Row, governing

BY_ITEM = frozenset({"rules", "normative"})
"""Rows whose records are documents: they stand in the ledger of items, one by one."""
COUNTED_WORK = {"training": ("people",), "check": ("found", "rectified")}
"""The counts that each kind of work has; the other kinds have none."""
_MONEY = re.compile(r"(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,8})?")
LONGEST_EVIDENCE, LONGEST_NAME, LONGEST_RESULT = 500, 200, 1000


@transaction.atomic
def state(actor: Person, body: str, year: int, row: str, column: str, value: int | str, evidence: str) -> int:
    """State one cell; returns the statement's id. What was stated before stays, replaced, and is told in the journal.

    value: a count (a change is signed), a decimal string in 万元, or "n/a". The same value with the same evidence
    changes nothing.
    """
    require(actor, Act.ENTER_STATEMENTS, body)
    form = _governing(year)
    owner = Body.objects.select_for_update().get(code=body)
    found = _row(form, row)
    if column not in {each.code for each in found.columns}:
        labels = "、".join(each.label for each in found.columns)
        raise InputRefused(InputFault("栏目", f"“{found.label}”没有“{column}”这一栏", labels))
    wrong = value_fault(form, row, column, value)
    faults = [InputFault("数", *wrong)] if wrong else []
    faults += _evidence_faults(evidence)
    if faults:
        raise InputRefused(*faults)
    told = evidence.strip()
    before = Statement.objects.filter(body=owner, year=year, row=row, column=column, replaced_at__isnull=True).first()
    if before is not None and (before.value, before.evidence) == (value, told):
        return before.pk
    if before is not None:
        before.replaced_at = clock.now()
        before.save(update_fields=["replaced_at"])
    made = Statement.objects.create(
        body=owner, year=year, row=row, column=column, value=value, evidence=told, entered_by=actor,
        entered_at=clock.now(),
    )  # fmt: skip
    facts: dict[str, object] = {"year": year, "row": row, "column": column, "value": value, "evidence": told}
    if before is not None:
        facts |= {"before": before.value, "before_evidence": before.evidence}
    kind = "statement.corrected" if before is not None else "statement.entered"
    ledger.append(f"statements:{body}:{year}", kind, actor=actor, body=body, facts=facts)
    return made.pk


@transaction.atomic
def add_line(
    actor: Person,
    body: str,
    year: int,
    row: str,
    *,
    name: str,
    reference: str = "",
    prior: int | None = None,
    change: int | None = None,
    decisions: int | None = None,
    amount: str = "",
    evidence: str,
) -> int:
    """Add one item beneath a row; returns its id. It must add to a column that the row has.

    prior: 1 where the item was there last year, else 0; change: +1 added, -1 abolished; amount in 万元.
    """
    require(actor, Act.ENTER_STATEMENTS, body)
    found = _row(_governing(year), row)
    if row in BY_ITEM:
        raise InputRefused(InputFault("信息内容", f"“{found.label}”不在这里逐项登记", "在主动公开信息里逐件登记"))
    owner = Body.objects.select_for_update().get(code=body)
    values: dict[str, int | str | None] = {
        "prior": prior, "change": change, "decisions": decisions, "amount": amount.strip(),
    }  # fmt: skip
    faults = [*_name_faults("名称", name), *_line_faults(found, values), *_evidence_faults(evidence)]
    if len(reference.strip()) > 120:
        faults.append(InputFault("文号", f"有{len(reference.strip())}个字", "不超过120个字"))
    if faults:
        raise InputRefused(*faults)
    made = StatementLine.objects.create(
        body=owner, year=year, row=row, name=name.strip(), reference=reference.strip(), **values,
        evidence=evidence.strip(), entered_by=actor, entered_at=clock.now(),
    )  # fmt: skip
    given = {each: value for each, value in values.items() if value not in (None, "")}
    facts = {
        "year": year, "row": row, "line": made.pk, "name": made.name, "reference": made.reference, **given,
        "evidence": made.evidence,
    }  # fmt: skip
    ledger.append(f"statements:{body}:{year}", "line.added", actor=actor, body=body, facts=facts)
    return made.pk


@transaction.atomic
def withdraw_line(actor: Person, line: int, *, because: str) -> None:
    """Take a line out of the sums. It stays on record with the reason in the journal."""
    found = StatementLine.objects.select_for_update(of=("self",)).select_related("body").get(pk=line)
    require(actor, Act.ENTER_STATEMENTS, found.body)
    _refuse_withdrawal(found.withdrawn_at is not None, because)
    found.withdrawn_at = clock.now()
    found.save(update_fields=["withdrawn_at"])
    facts = {"line": found.pk, "row": found.row, "name": found.name, "because": because.strip()}
    stream = f"statements:{found.body.code}:{found.year}"
    ledger.append(stream, "line.withdrawn", actor=actor, body=found.body.code, facts=facts)


@transaction.atomic
def record_work(
    actor: Person,
    body: str,
    kind: str,
    *,
    on: date,
    title: str,
    people: int | None = None,
    found: int | None = None,
    rectified: int | None = None,
    result: str = "",
    evidence: str,
) -> int:
    """Record work of the year (条例第46至48条); returns its id. Counts that the kind does not have are refused."""
    require(actor, Act.ENTER_STATEMENTS, body)
    owner = Body.objects.select_for_update().get(code=body)
    counts = {"people": people, "found": found, "rectified": rectified}
    faults = [*_name_faults("名称", title, 300), *_work_faults(kind, counts), *_evidence_faults(evidence)]
    if on > clock.today():
        faults.append(InputFault("日期", f"{on}还没有到", "今天或以前的日子"))
    if len(result.strip()) > LONGEST_RESULT:
        faults.append(InputFault("结果", f"有{len(result.strip())}个字", f"不超过{LONGEST_RESULT}个字"))
    if faults:
        raise InputRefused(*faults)
    made = WorkRecord.objects.create(
        body=owner, kind=kind, on=on, title=title.strip(), **counts, result=result.strip(), evidence=evidence.strip(),
        entered_by=actor, entered_at=clock.now(),
    )  # fmt: skip
    given = {each: count for each, count in counts.items() if count is not None}
    facts = {"kind": kind, "on": on.isoformat(), "title": made.title, **given, "result": made.result,
             "evidence": made.evidence}  # fmt: skip
    ledger.append(f"work:{made.pk}", "work.recorded", actor=actor, body=body, facts=facts)
    return made.pk


@transaction.atomic
def withdraw_work(actor: Person, work: int, *, because: str) -> None:
    """Take a record out of the year's figures. It stays, with the reason in the journal."""
    found = WorkRecord.objects.select_for_update(of=("self",)).select_related("body").get(pk=work)
    require(actor, Act.ENTER_STATEMENTS, found.body)
    _refuse_withdrawal(found.withdrawn_at is not None, because)
    found.withdrawn_at = clock.now()
    found.save(update_fields=["withdrawn_at"])
    facts = {"kind": found.kind, "title": found.title, "because": because.strip()}
    ledger.append(f"work:{found.pk}", "work.withdrawn", actor=actor, body=found.body.code, facts=facts)


def _governing(year: int) -> Form:
    """The form of a year that has begun."""
    if year > clock.today().year:
        raise InputRefused(InputFault("年度", f"{year}年还没有到", f"{clock.today().year}年及以前的年度"))
    return governing(year)


def _row(form: Form, row: str) -> Row:
    found = {each.code: each for each in form.tables["proactive"].rows}
    if row not in found:
        labels = "、".join(each.label for each in found.values())
        raise InputRefused(InputFault("信息内容", f"{form.code}年格式的表二没有“{row}”", labels))
    return found[row]


def _evidence_faults(evidence: str) -> list[InputFault]:
    if not evidence.strip():
        return [InputFault("依据", "没有填写", "文件名称、文号、统计表或所在卷宗")]
    length = len(evidence.strip())
    return [InputFault("依据", f"有{length}个字", f"不超过{LONGEST_EVIDENCE}个字")] if length > LONGEST_EVIDENCE else []


def _name_faults(word: str, name: str, longest: int = LONGEST_NAME) -> list[InputFault]:
    if not name.strip():
        return [InputFault(word, "没有填写", "事项、项目或活动的名称")]
    length = len(name.strip())
    return [InputFault(word, f"有{length}个字", f"不超过{longest}个字")] if length > longest else []


_FITS: dict[str, tuple[str, Callable[[int | str], bool], str]] = {
    "prior": ("上一年", lambda value: value in (0, 1), "有填1，没有填0"),
    "change": ("本年增减", lambda value: value in (-1, 0, 1), "新增填1，取消填-1，不变填0"),
    "decisions": ("处理决定数量", lambda value: isinstance(value, int) and 0 <= value <= MOST, "0或正整数"),
    "amount": ("金额", lambda value: isinstance(value, str) and _MONEY.fullmatch(value) is not None,
               "以万元计的金额，如 0.93402"),
}  # fmt: skip


def _line_faults(row: Row, values: dict[str, int | str | None]) -> list[InputFault]:
    """What is wrong with the values of a line; a line that adds nothing to its row is refused."""
    columns = {each.code: each.label for each in row.columns}
    faults = []
    for name, value in values.items():
        if value in (None, ""):
            continue
        word, fits, valid = _FITS[name]
        if LINE_COLUMNS[name] not in columns:
            faults.append(InputFault(word, f"“{row.label}”没有这一栏", "不填"))
        elif value is not None and not fits(value):
            faults.append(InputFault(word, f"“{value}”不能用", valid))
    # a purchase counts by being there; every other line by what it states
    told = [name for name, value in values.items() if value not in (None, "")]
    if not told and "items" not in columns:
        faults.append(InputFault("数", "一栏也没有填写", f"{'、'.join(columns.values())}中的至少一栏"))
    prior, change = values["prior"], values["change"]
    if prior == 0 and change == -1:
        faults.append(InputFault("本年增减", "上一年没有的事项不能取消", "上一年填1，或本年增减填1、0"))
    if prior == 1 and change == 1:
        faults.append(InputFault("本年增减", "上一年已有的事项不是新增", "上一年填0，或本年增减填-1、0"))
    return faults


def _work_faults(kind: str, counts: dict[str, int | None]) -> list[InputFault]:
    if kind not in WORK_KINDS:
        return [InputFault("种类", f"不认识“{kind}”", "、".join(WORK_KINDS.values()))]
    words = {"people": "人数", "found": "发现问题数", "rectified": "已整改数"}
    faults = []
    for name, count in counts.items():
        if count is None:
            continue
        if name not in COUNTED_WORK.get(kind, ()):
            faults.append(InputFault(words[name], f"“{WORK_KINDS[kind]}”没有这一项", "不填"))
        elif not 0 <= count <= MOST:
            faults.append(InputFault(words[name], f"“{count}”不能用", "0或正整数"))
    found, rectified = counts["found"], counts["rectified"]
    if found is not None and rectified is not None and rectified > found:
        faults.append(InputFault("已整改数", f"{rectified}多于发现的{found}", f"0至{found}"))
    return faults


def _refuse_withdrawal(withdrawn: bool, because: str) -> None:
    if not because.strip():
        raise InputRefused(InputFault("撤回理由", "没有填写", "撤回的理由，记入日志"))
    if withdrawn:
        raise InputRefused(InputFault("记录", "已经撤回", "没有撤回的记录"))
