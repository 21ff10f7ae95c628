"""The background work of annual reports."""

from __future__ import annotations

from gongkai.bureau.annual.models import KeptCheck
from gongkai.bureau.annual.services import JOB, stored
from gongkai.bureau.jobs.registry import Outcome, Progress, job
from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs.queries import known_bodies
from gongkai.documents.confined import read_safely
from gongkai.statute.primitives import InputRefused
from gongkai.statute.report.checks import check as check_report
from gongkai.statute.report.json_format import from_json, to_json
from gongkai.statute.report.model import Report


@job(JOB)
def check_kept(*, progress: Progress, check: int) -> Outcome:
    """Read and check one kept file; last year's kept report of the same body is compared where there is one."""
    kept = KeptCheck.objects.select_related("body", "kept_by").get(pk=check)
    progress(0, 3, "读取文件")
    try:
        reading = read_safely(stored(kept.digest).read_bytes(), kept.file_name)
    except InputRefused as refused:
        return _unreadable(kept, [str(fault) for fault in refused.faults])
    progress(1, 3, "核对勾稽关系和文字")
    report = reading.report
    findings = check_report(report, reading.source, _previous(kept, report), known_bodies())
    errors = sum(each.severity == "error" for each in findings)
    warnings = sum(each.severity == "warning" for each in findings)
    whole = to_json(Report(report.form, report.agency, report.year, report.tables, report.narrative, tuple(findings)))
    progress(2, 3, "保存结果")

    def write() -> None:
        KeptCheck.objects.filter(pk=kept.pk).update(
            state=KeptCheck.READ,
            agency=(report.agency or "")[:120],
            year=report.year,
            form=report.form or "",
            errors=errors,
            warnings=warnings,
            report=whole,
            faults=[],
        )
        facts = {"errors": errors, "warnings": warnings}
        ledger.append(f"annual:{kept.pk}", "report.checked", actor=ledger.SYSTEM, body=kept.body.code, facts=facts)

    return Outcome(f"{errors}个错误，{warnings}个警告", {"check": kept.pk}, write)


def _unreadable(kept: KeptCheck, faults: list[str]) -> Outcome:
    def write() -> None:
        KeptCheck.objects.filter(pk=kept.pk).update(state=KeptCheck.UNREADABLE, faults=faults)
        stream = f"annual:{kept.pk}"
        ledger.append(stream, "report.unreadable", actor=ledger.SYSTEM, body=kept.body.code, facts={"faults": faults})

    return Outcome("文件读不了", {"check": kept.pk}, write)


def _previous(kept: KeptCheck, report: Report) -> Report | None:
    if report.year is None:
        return None
    before = (
        KeptCheck.objects.filter(
            body=kept.body, year=report.year - 1, agency=(report.agency or "")[:120], state=KeptCheck.READ
        )
        .order_by("-id")
        .first()
    )
    return from_json(before.report) if before else None
