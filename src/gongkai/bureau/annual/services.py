"""Keep a published report, check it in the background, overrule a finding with a reason."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction

from gongkai.bureau import clock
from gongkai.bureau.annual.marks import mark
from gongkai.bureau.annual.models import FindingWaiver, KeptCheck
from gongkai.bureau.jobs import services as jobs
from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs.models import Body, Person
from gongkai.bureau.orgs.permissions import Act, require
from gongkai.statute.primitives import InputFault, InputRefused
from gongkai.statute.report.json_format import from_json

JOB = "annual.check"


def stored(digest: str) -> Path:
    """Where the file of this digest lies; files are named by what they hold."""
    return Path(settings.FILES) / "reports" / digest[:2] / digest


@transaction.atomic
def keep(actor: Person, body: str, files: Sequence[tuple[str, bytes]]) -> tuple[int, ...]:
    """Keep files for a body and queue their checks; a file that the body has already is not kept twice."""
    require(actor, Act.CHECK_REPORTS, body)
    faults = [InputFault(name, "是空文件", "一份年度报告") for name, data in files if not data]
    faults += [
        InputFault(name, f"超过{settings.UPLOAD_LIMIT // 1024**2}兆字节", "小一些的文件")
        for name, data in files
        if len(data) > settings.UPLOAD_LIMIT
    ]
    if not files:
        faults.append(InputFault("文件", "没有选择", "一份或几份年度报告"))
    if faults:
        raise InputRefused(*faults)
    owner = Body.objects.select_for_update().get(code=body)
    made = []
    for name, data in files:
        digest = hashlib.sha256(data).hexdigest()
        known = KeptCheck.objects.filter(body=owner, digest=digest).first()
        if known is None:
            known = _keep_one(actor, owner, name, data, digest)
        made.append(known.pk)
    return tuple(made)


def _keep_one(actor: Person, owner: Body, name: str, data: bytes, digest: str) -> KeptCheck:
    path = stored(digest)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    kept = KeptCheck.objects.create(body=owner, file_name=name[:200], digest=digest, size=len(data), kept_by=actor)
    kept.job = jobs.enqueue(JOB, f"核查 {name}"[:200], owner=actor, body=owner.code, check=kept.pk)
    kept.save(update_fields=["job"])
    facts = {"file": name, "digest": digest}
    ledger.append(f"annual:{kept.pk}", "report.kept", actor=actor, body=owner.code, facts=facts)
    return kept


@transaction.atomic
def waive(actor: Person, check: int, finding_mark: str, *, because: str, until: date | None) -> None:
    """Overrule a finding; the reason is required, an end is not."""
    kept = KeptCheck.objects.select_for_update(of=("self",)).select_related("body").get(pk=check)
    require(actor, Act.WAIVE_FINDINGS, kept.body)
    faults = []
    if not because.strip():
        faults.append(InputFault("理由", "没有填写", "放过这个问题的理由"))
    if until and until < clock.today():
        faults.append(InputFault("有效至", f"{until}已过", "今天或以后的日子，或不填"))
    findings = from_json(kept.report).findings if kept.report else ()  # its check may still be waiting
    finding = next((each for each in findings if mark(each) == finding_mark), None)
    if finding is None:
        faults.append(InputFault("问题", "不在这份报告里", "清单中的一条"))
    elif finding.severity == "error" and finding.code.startswith("text.personal_data"):
        faults.append(InputFault("问题", "个人信息不得放过", "遮蔽后重新公布"))
    if faults or finding is None:
        raise InputRefused(*faults)
    if FindingWaiver.objects.filter(check_kept=kept, mark=finding_mark, withdrawn_at__isnull=True).exists():
        raise InputRefused(InputFault("问题", "已经放过", "先撤回"))
    FindingWaiver.objects.create(
        check_kept=kept, mark=finding_mark, code=finding.code, because=because.strip(), until=until, waived_by=actor
    )
    facts = {"code": finding.code, "where": finding.where.as_json(), "because": because.strip()}
    ledger.append(f"annual:{kept.pk}", "finding.waived", actor=actor, body=kept.body.code, facts=facts)


@transaction.atomic
def withdraw_waiver(actor: Person, check: int, waiver: int) -> None:
    """Bring an overruled finding of a kept check back; the waiver stays on record."""
    found = (
        FindingWaiver.objects.select_for_update(of=("self",))
        .select_related("check_kept__body")
        .filter(pk=waiver, check_kept=check)
        .first()
    )
    if found is None:
        raise InputRefused(InputFault("放过", "没有这一条", "清单中的一条"))
    body = found.check_kept.body
    require(actor, Act.WAIVE_FINDINGS, body)
    if found.withdrawn_at:
        return
    found.withdrawn_at = clock.now()
    found.save(update_fields=["withdrawn_at"])
    stream = f"annual:{found.check_kept_id}"
    ledger.append(stream, "finding.waiver_withdrawn", actor=actor, body=body.code, facts={"code": found.code})
