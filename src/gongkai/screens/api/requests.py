"""Requests for those who handle them: lists, one case, registering, events, who asked for a stated reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from django.http import HttpRequest
from ninja import Query, Router, Status

from gongkai.bureau.casework import queries, services
from gongkai.bureau.casework.queries.rows import RequestRow
from gongkai.screens.api.access import READ, WRITE, SignedIn, person_of
from gongkai.screens.api.cases import case_out, found_board
from gongkai.screens.api.problems import unless_acted
from gongkai.screens.api.schemas.problem import Id, MadeOut
from gongkai.screens.api.schemas.requests import (
    AppendIn,
    ApplicantIn,
    CaseOut,
    IdentityIn,
    IdentityOut,
    RegisterIn,
    RequestFilter,
    RequestPageOut,
    SoughtIn,
)
from gongkai.statute.cases.application import DOCUMENTS, PROVED
from gongkai.statute.clock.reading import iso
from gongkai.statute.primitives import InputFault, InputRefused

router = Router(tags=["申请的办理"], auth=SignedIn())


@router.get(
    "/requests",
    response={200: RequestPageOut, **READ},
    summary="申请台账",
    description=f"您的角色所及的申请，最近办的在前（order=due 按届满日），一页{queries.PAGE}件。",
    operation_id="requests",
)
def requests(request: HttpRequest, asked: Query[RequestFilter]) -> object:
    found = queries.requests(person_of(request), asked.filter(), after=asked.after)
    return {"requests": _listed(found.rows), "next": found.next_after or None}


@router.post(
    "/applicants/search",
    response={200: RequestPageOut, **WRITE},
    summary="按申请人查",
    description="完整的姓名或名称、证件号码、联系方式，一字不差；每次记入日志。",
    operation_id="search_applicant",
)
def search_applicant(request: HttpRequest, given: SoughtIn) -> object:
    return {"requests": _listed(queries.of_applicant(person_of(request), given.who)), "next": None}


@router.post(
    "/requests",
    response={201: MadeOut, **WRITE},
    summary="登记一件申请",
    description="按交换格式，连同已经发生的事件；没有编号的给下一个编号。",
    operation_id="register_request",
)
def register_request(request: HttpRequest, given: RegisterIn) -> object:
    number = _id_number(given.applicant)
    made = services.register(
        person_of(request),
        body=given.body,
        number=given.number.strip(),
        applicant_kind=given.applicant.kind,
        names=(given.applicant.name or None, number or None, given.applicant.contact or None),
        subject=given.subject,
        channel=given.channel,
        events=[each.exchanged() for each in given.events],
        evidence=given.evidence,
    )
    return Status(201, {"id": made})


@router.get(
    "/requests/{case}",
    response={200: CaseOut, **READ},
    summary="一件申请",
    description="办理经过、期限和怎么算的、每一步能不能办和为什么、交办、意见、检索、各项决定、文书、文件。不含申请人身份。",
    operation_id="request",
)
def request_(request: HttpRequest, case: Id) -> CaseOut:
    return case_out(person_of(request), case)


@router.post(
    "/requests/{case}/events",
    response={200: CaseOut, **WRITE},
    summary="登记一步",
    description="字段按办理步骤表；违法的、不可能的不予登记，写明条文。seen 是看到时的步数。",
    operation_id="append_event",
)
def append_event(request: HttpRequest, case: Id, given: AppendIn) -> CaseOut:
    person = person_of(request)
    with unless_acted(given.seen, lambda: len(found_board(person, case).detail.events)):
        services.append(
            person, case, given.event.exchanged(), evidence=given.evidence, seen=given.seen,
            approved_by=given.approved_by,
        )  # fmt: skip
    return case_out(person, case)


@router.post(
    "/requests/{case}/identity",
    response={200: IdentityOut, **WRITE},
    summary="查看申请人身份",
    description="须写理由，每次记入日志（个人信息保护法第6条）。",
    operation_id="unmask_identity",
)
def unmask_identity(request: HttpRequest, case: Id, given: IdentityIn) -> object:
    name, id_number, contact = services.unmask(person_of(request), case, because=given.because)
    return {"name": name, "id_number": id_number, "contact": contact}


def _listed(rows: Sequence[RequestRow]) -> list[dict[str, object]]:
    return [
        {
            **asdict(row), "due_on": iso(reading.due_on), "provisional": reading.provisional,
            "not_before": iso(reading.not_before), "phase": reading.phase,
        }
        for row, reading, _ in queries.readings(rows)
    ]  # fmt: skip


def _id_number(given: ApplicantIn) -> str:
    """The number of the document, proved where it proves itself; the fault never repeats it."""
    number, document = (given.id_number or "").strip().upper(), given.document or ""
    if number and not document:
        raise InputRefused(InputFault("证件", "没有选择", "、".join(DOCUMENTS)))
    if number and document in PROVED and not PROVED[document](number):
        wrong = f"与{DOCUMENTS[document]}的校验位不符"
        raise InputRefused(InputFault("证件号码", wrong, "18位，末位是校验位；其他证件另选"))
    return number
