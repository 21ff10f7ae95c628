"""The steps of the body's own report: review, freezing, approval, publication, correction, filing.

Which step may be taken when, by whom and with what comes from `statute.report.lifecycle`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from gongkai.bureau import clock
from gongkai.bureau.annual import certificates
from gongkai.bureau.annual.compile import Compiled, compile_report
from gongkai.bureau.annual.drafting import journal, keep_file, part_word, text_faults
from gongkai.bureau.annual.freezing import freeze
from gongkai.bureau.annual.models import AnnualReport, ReportStep
from gongkai.bureau.annual.publication import render_files, scan_suffix
from gongkai.bureau.orgs.models import Person
from gongkai.bureau.orgs.permissions import Act, acts_as, held_roles, require, stands_for_alone
from gongkai.statute.primitives import InputFault, InputRefused
from gongkai.statute.report import lifecycle
from gongkai.statute.report.drafting import PARTS, from_json, gaps, narrative_of

LARGEST_SCAN = 20 * 1024 * 1024
"""Bytes."""
LONGEST_TEXT: Mapping[str, int] = {"text": 2_000, "name": 80}
"""Characters of a field, by its kind."""
ACT_OF: Mapping[str, Act] = {
    "submit": Act.DRAFT_REPORT,
    "return_": Act.SEE_DRAFTS,
    "pass_review": Act.REVIEW_REPORT,
    "approve": Act.APPROVE_REPORT,
    "register_paper_approval": Act.DRAFT_REPORT,
    "publish": Act.DRAFT_REPORT,
    "correct": Act.DRAFT_REPORT,
    "file_package": Act.DRAFT_REPORT,
}
"""What one must be allowed to do; which of the roles, the table says."""


@transaction.atomic
def take_step(
    actor: Person, report: int, act: str, fields: Mapping[str, str] | None = None, scan: bytes | None = None
) -> int:
    """Take one step of the table; returns the id of the version that it leads to (a new one for `correct`)."""
    step = lifecycle.STEPS.get(act)
    if step is None:
        raise InputRefused(InputFault("办理", f"没有“{act}”这一步", "、".join(lifecycle.ACTS.values())))
    found = AnnualReport.objects.select_for_update(of=("self",)).select_related("body").get(pk=report)
    require(actor, ACT_OF[act], found.body)
    history = list(found.steps.select_related("by").order_by("id"))
    _refuse(actor, found, step, history, dict(fields or {}), scan)
    before = found.state
    made = _EFFECTS[act](actor, found, dict(fields or {}), scan) if act in _EFFECTS else found
    if step.after:
        found.state = step.after
    found.changed_by, found.changed_at = actor, clock.now()
    found.save()
    told = {name: value for name, value in (fields or {}).items() if name in step.fields and name != "scan"}
    ReportStep.objects.create(
        report=found, act=act, before=before, after=found.state, by=actor, at=clock.now(),
        reasons=told.get("reasons") or told.get("note") or "", facts=told,
    )  # fmt: skip
    files = {"files": found.files, "supersedes": _superseded(found)} if act == "publish" else {}
    journal(found, actor, f"report.{act.rstrip('_')}", {"before": before, "after": found.state, **told, **files})
    return made.pk


def _superseded(found: AnnualReport) -> list[int]:
    """The versions that this publication took out of force."""
    earlier = AnnualReport.objects.filter(body=found.body, year=found.year, superseded_at=found.published_at)
    return list(earlier.order_by("version").values_list("version", flat=True))


def _refuse(
    actor: Person,
    found: AnnualReport,
    step: lifecycle.Step,
    history: list[ReportStep],
    fields: dict[str, str],
    scan: bytes | None,
) -> None:
    """Raise with every reason why the step cannot be taken: role, state, four eyes, fields."""
    holding = [each for each in held_roles(actor) if each.role in step.roles and each.body == found.body.code]
    if not holding:
        raise PermissionDenied(f"您在{found.body.name}没有办理“{step.word}”的角色")
    taken = [(each.act, each.by.username) for each in history]
    reason = lifecycle.refusal(step, found.state, actor.username, taken, stands_for_alone(holding))
    if reason:
        raise PermissionDenied(reason) if found.state in step.before else InputRefused(InputFault(step.word, reason))
    acts_as(actor, step.roles, holding)
    given = {**fields, "scan": "有" if scan else ""}
    faults = list(
        lifecycle.field_faults(
            step, given, actor.name, lifecycle.taken_part([(each.act, each.by.name) for each in history])
        )
    )
    if "approved_on" in step.fields and fields.get("approved_on"):
        faults += _day_faults(fields["approved_on"], found.year)
    for name, kind in step.fields.items():
        if kind in LONGEST_TEXT:
            faults += text_faults(lifecycle.FIELDS[name], fields.get(name, ""), LONGEST_TEXT[kind])
    if scan and ("scan" in step.fields or step.act == "file_package"):
        faults += _scan_faults(scan)
    if faults:
        raise InputRefused(*faults)


def _scan_faults(scan: bytes) -> list[InputFault]:
    if len(scan) > LARGEST_SCAN:
        return [InputFault(lifecycle.FIELDS["scan"], "超过20兆字节", "小一些的文件")]
    if not scan_suffix(scan):
        return [InputFault(lifecycle.FIELDS["scan"], "不是扫描件的格式", "PDF、JPG或PNG文件")]
    return []


def _day_faults(text: str, year: int) -> list[InputFault]:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return [InputFault("批准日期", f"“{text}”不是日期", "日期，如 2026-01-20")]
    if day <= date(year, 12, 31):
        return [InputFault("批准日期", f"“{text}”时报告年度还没有结束", f"{year + 1}年1月1日以后的日子")]
    return [InputFault("批准日期", "还没有到", "今天或以前的日子")] if day > clock.today() else []


def _submit(actor: Person, found: AnnualReport, fields: dict[str, str], scan: bytes | None) -> AnnualReport:
    """A draft goes out whole: the year is over, nothing is left to fill in, every cell is known."""
    if clock.today() <= date(found.year, 12, 31):
        raise InputRefused(InputFault("提交审核", f"{found.year}年还没有结束", f"{found.year + 1}年1月1日以后"))
    faults = []
    for part in PARTS:  # PostgreSQL keeps the keys of JSON in an order of its own
        if gaps(found.passages.get(part, {"text": ""})["text"]):
            faults.append(InputFault(part_word(part), "还有【请填写】没有填完", "补齐或者删去"))
    compiled = compile_report(found.body.code, found.year, clock.today(), form=found.form)
    faults += _blank_faults(compiled)
    unstated = [each for each in compiled.report.findings if each.code == "cell.unstated"]
    if unstated and fields.get("confirm_zero") != "1":
        count = unstated[0].facts["count"]
        faults.append(InputFault("表二", f"有{count}格没有登记，按0计", "确认后勾选，或者补登"))
    if faults:
        raise InputRefused(*faults)
    return found


def _blank_faults(compiled: Compiled) -> list[InputFault]:
    if any(each.code == "cell.blank" for each in compiled.report.findings):
        return [InputFault("表二", "本年度数据一格也没有登记", "先在“年度数据”里登记，没有的登记为0")]
    return []


def _pass_review(actor: Person, found: AnnualReport, fields: dict[str, str], scan: bytes | None) -> AnnualReport:
    compiled = compile_report(found.body.code, found.year, clock.today(), form=found.form)
    blank = _blank_faults(compiled)
    if blank:  # what was stated when it was submitted may have been withdrawn since
        raise InputRefused(*blank)
    freeze(found, compiled)
    found.frozen_at = clock.now()
    certificates.write(actor, found.body, found.year)
    return found


def _return(actor: Person, found: AnnualReport, fields: dict[str, str], scan: bytes | None) -> AnnualReport:
    found.tables, found.as_of, found.frozen_at = None, None, None
    found.members.all().delete()
    return found


def _approve(actor: Person, found: AnnualReport, fields: dict[str, str], scan: bytes | None) -> AnnualReport:
    found.approved_on = clock.today()
    return found


def _register_paper(actor: Person, found: AnnualReport, fields: dict[str, str], scan: bytes | None) -> AnnualReport:
    found.scan = keep_file(scan or b"")
    found.paper_approver = fields["approver"].strip()
    found.approved_on = date.fromisoformat(fields["approved_on"])
    return found


def _publish(actor: Person, found: AnnualReport, fields: dict[str, str], scan: bytes | None) -> AnnualReport:
    now = clock.now()
    earlier = AnnualReport.objects.filter(
        body=found.body, year=found.year, published_at__isnull=False, superseded_at__isnull=True
    )
    earlier.update(superseded_at=now, state=lifecycle.SUPERSEDED)
    narrative = narrative_of({part: from_json(each) for part, each in found.passages.items()})
    found.files = {
        to: keep_file(data) for to, data in render_files(found.form, found.body.name, found.year, found.tables or {},
                                                         narrative).items()
    }  # fmt: skip
    found.published_at = now
    return found


def _correct(actor: Person, found: AnnualReport, fields: dict[str, str], scan: bytes | None) -> AnnualReport:
    if AnnualReport.objects.filter(body=found.body, year=found.year, version__gt=found.version).exists():
        raise InputRefused(InputFault("更正", "新的一版已经在起草", "打开新的一版"))
    made = AnnualReport.objects.create(
        body=found.body, year=found.year, version=found.version + 1, form=found.form, state=lifecycle.OPENING_STATE,
        passages=found.passages, extra_rows=found.extra_rows, note=fields["note"].strip(), changed_by=actor,
        changed_at=clock.now(),
    )  # fmt: skip
    journal(made, actor, "report.started", {"year": made.year, "version": made.version, "note": made.note})
    return made


def _file(actor: Person, found: AnnualReport, fields: dict[str, str], scan: bytes | None) -> AnnualReport:
    """The package goes with the sealed scan of the report where the office has one; the latest given counts."""
    if scan:
        found.scan = keep_file(scan)
    return found


_EFFECTS: Mapping[str, Callable[[Person, AnnualReport, dict[str, str], bytes | None], AnnualReport]] = {
    "submit": _submit,
    "return_": _return,
    "pass_review": _pass_review,
    "approve": _approve,
    "register_paper_approval": _register_paper,
    "publish": _publish,
    "correct": _correct,
    "file_package": _file,
}
