"""征求意见: the private link of a letter, what was answered by it, taking it back (条例第32–34条)."""

from __future__ import annotations

from dataclasses import asdict

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Router, Status

from gongkai.bureau.casework import consulting, letter_delivery, queries
from gongkai.bureau.casework.queries.consulting import consultations
from gongkai.screens.api.access import READ, WRITE, SignedIn, person_of
from gongkai.screens.api.schemas.consulting import ConsultationsOut, GroundsOut, LinkOut, RevokeIn
from gongkai.screens.api.schemas.problem import Id
from gongkai.screens.api.sending import ANY_FILE, file_answer

router = Router(tags=["征求意见"], auth=SignedIn())


@router.get(
    "/requests/{case}/consultations",
    response={200: ConsultationsOut, **READ},
    summary="一件申请的征求意见",
    description="用专用链接征求的；意见的内容另取。",
    operation_id="consultations",
)
def consultations_(request: HttpRequest, case: Id) -> object:
    person = person_of(request)
    if queries.request(person, case) is None:
        raise Http404("没有这件申请")
    return {"consultations": [asdict(each) for each in consultations(person, case)]}


@router.post(
    "/letters/{number}/link",
    response={201: LinkOut, **WRITE},
    summary="生成征求意见的专用链接",
    description="征求意见书送达以后生成，只显示这一次；再生成一个，前一个就打不开了。",
    operation_id="open_consultation",
)
def open_consultation(request: HttpRequest, number: Id) -> object:
    token = letter_delivery.open_consultation(person_of(request), number)
    return Status(201, {"address": request.build_absolute_uri(reverse("portal:consult", args=[token]))})


@router.post(
    "/consultations/{letter}/text",
    response={200: GroundsOut, **WRITE},
    summary="读被征求意见方的意见",
    description="letter 是征求意见书；由办理、审核这件申请的人看，每次记入日志。",
    operation_id="read_consultation",
)
def read_consultation(request: HttpRequest, letter: Id) -> object:
    found = consulting.read(person_of(request), letter)
    return {"text": found.text, "files": [{"id": id_, "name": name, "size": size} for id_, name, size in found.files]}


@router.post(
    "/consultations/{letter}/files/{file}",
    response={200: None, **WRITE},
    summary="取意见的一个附件",
    operation_id="consultation_file",
    openapi_extra=ANY_FILE,
)
def consultation_file(request: HttpRequest, letter: Id, file: Id) -> HttpResponse:
    taken = consulting.open_file(person_of(request), letter, file)
    if taken is None:
        raise Http404("没有这个附件")
    return file_answer(taken.name, taken.media_type, taken.data)


@router.post(
    "/consultations/{letter}/revoke",
    response={204: None, **WRITE},
    summary="收回专用链接",
    description="没有答复的才能收回，须写理由。",
    operation_id="revoke_consultation",
)
def revoke_consultation(request: HttpRequest, letter: Id, given: RevokeIn) -> object:
    consulting.revoke(person_of(request), letter, because=given.because)
    return Status(204, None)
