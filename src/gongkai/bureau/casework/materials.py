"""What is to be provided: uploaded, reviewed by somebody else before it can leave (条例第17条), handed out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db import transaction

from gongkai.bureau import clock
from gongkai.bureau.casework import files, opinions, resent
from gongkai.bureau.casework.models import CLOSED_PHASES, CaseFile, Opinion, Request
from gongkai.bureau.casework.queries.case_files import TELLING
from gongkai.bureau.casework.queries.messages import of_complaints
from gongkai.bureau.casework.rights import Standing, require_act
from gongkai.bureau.casework.services import locked
from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs.models import Person
from gongkai.bureau.orgs.permissions import Act, acts_as
from gongkai.statute.primitives import InputFault, InputRefused

TO_PROVIDE = ("material", "redacted")
REVIEWER = "secrecy_reviewer"


@dataclass(frozen=True, slots=True)
class FileOut:
    """A file as it leaves the store for one reader."""

    name: str
    media_type: str
    data: bytes = field(repr=False)


@transaction.atomic
def upload(actor: Person, request: int, sent: files.Sent) -> int:
    """Keep a file that is to be provided; returns its id. It leaves only after its secrecy review."""
    found = locked(request)
    require_act(actor, Act.ENTER_REQUESTS, found.body)
    if found.phase in CLOSED_PHASES:
        raise InputRefused(InputFault("文件", "申请已经办结", "重新办理以后再上传"))
    same = CaseFile.objects.filter(
        request=found, of="material", by=actor, at__gte=resent.since(),
        content_digest=hashlib.sha256(sent.data).hexdigest(),
    )  # fmt: skip
    if known := next((each for each in same if files.name_of(each) == sent.name), None):
        return known.pk
    if CaseFile.objects.filter(request=found, of="material").count() >= files.MOST_FILES:
        raise InputRefused(
            InputFault("文件", f"已有{files.MOST_FILES}个材料", f"不超过{files.MOST_FILES}个，可以合成压缩包")
        )
    made = files.keep(found, "material", sent, by=actor)
    _journal(found, actor, "request.material", {"file": made.pk, "digest": made.content_digest})
    return made.pk


@transaction.atomic
def review(actor: Person, file: int, *, conclusion: str, text: str) -> None:
    """The secrecy review of one file, by a reviewer who did not send it. Only what is agreed to may be enclosed."""
    found, given, held = _locked(actor, file, Act.GIVE_OPINIONS)
    if REVIEWER not in held.here:
        raise PermissionDenied("保密审查由保密审查员办理，您没有这个角色")
    if given.by_id == actor.pk:
        raise PermissionDenied("上传、遮盖这个文件的人不能审查它")
    others = held.stands_for(REVIEWER)
    if others and given.by is not None and others == {given.by.username}:
        raise PermissionDenied("您代岗的人上传、遮盖了这个文件，须由第三人审查")
    acts_as(actor, (REVIEWER,), held.held)
    faults = []
    if given.of not in TO_PROVIDE:
        faults.append(InputFault("文件", "不是拟提供的材料", "拟提供的材料，或者遮盖后的材料"))
    if given.reviewed_at is not None:
        faults.append(InputFault("文件", "已经审查同意", "还没有审查的文件"))
    if conclusion not in ("agree", "disagree"):
        faults.append(InputFault("结论", "没有选择", "同意提供或者不同意提供"))
    if conclusion == "disagree" and not text.strip():
        faults.append(InputFault("意见", "没有填写", "不同意提供的理由"))
    if len(text) > opinions.LONGEST_TEXT:
        faults.append(InputFault("意见", f"有{len(text)}个字", f"不超过{opinions.LONGEST_TEXT}个字"))
    if faults:
        raise InputRefused(*faults)
    opinion = Opinion.objects.create(
        request=found, kind="secrecy", conclusion=conclusion, by=actor, at=clock.now(),
        text=f"文件{given.pk}：{text.strip() or '同意提供'}",
    )  # fmt: skip
    given.facts = {**given.facts, "review": opinion.pk, "refused": conclusion == "disagree"}
    if conclusion == "agree":
        given.reviewed_by, given.reviewed_at = actor, clock.now()
    given.save(update_fields=["facts", "reviewed_by", "reviewed_at"])
    facts = {"file": given.pk, "digest": given.content_digest, "result": conclusion}
    _journal(found, actor, "request.secrecy_review", facts)


@transaction.atomic
def hand_out(actor: Person, file: int) -> FileOut:
    """A file for somebody of the body. One that tells who asked is for who may know, and each look is journalled."""
    found, given, held = _locked(actor, file, Act.SEE_LEDGERS)
    if given.of in TELLING:
        reason = held.refusal(Act.SEE_IDENTITIES)
        if reason:
            raise PermissionDenied(reason)
        _journal(found, actor, "request.file_read", {"file": given.pk, "kind": given.of})
    return FileOut(files.name_of(given), given.media_type, files.bytes_of(given))


def _locked(actor: Person, file: int, act: Act) -> tuple[Request, CaseFile, Standing]:
    """The request, its row locked first as everywhere, and the file in it."""
    number = CaseFile.objects.values_list("request_id", flat=True).get(pk=file)
    found = locked(number)
    held = require_act(actor, act, found.body)
    given = CaseFile.objects.select_for_update(of=("self",)).get(pk=file)
    if "message" in given.facts and given.facts["message"] in of_complaints(number):
        raise PermissionDenied("随投诉、举报提交的附件由政府信息公开工作主管部门在“申请人来信”里看")
    return found, given, held


def _journal(found: Request, actor: Person, kind: str, facts: dict[str, object]) -> None:
    ledger.append(f"request:{found.pk}", kind, actor=actor, body=found.body.code, facts=facts)
