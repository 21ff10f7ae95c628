"""Reconsiderations and lawsuits: lists, one, entering it, what the body did, its result, its lesson."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Literal

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router, Status

from gongkai.bureau.orgs.people import Person
from gongkai.bureau.remedies import defence, handling, queries, services
from gongkai.screens.api.access import READ, WRITE, SignedIn, person_of
from gongkai.screens.api.schemas.problem import Id, MadeOut
from gongkai.screens.api.schemas.remedies import (
    AnsweredIn,
    DefenceIn,
    EnterIn,
    LessonIn,
    RemedyOut,
    RemedyPageOut,
    ResultIn,
    ServedIn,
)
from gongkai.screens.api.sending import ANY_FILE, file_answer

router = Router(tags=["复议诉讼"], auth=SignedIn())


@router.get(
    "/remedies",
    response={200: RemedyPageOut, **READ},
    summary="复议诉讼台账",
    description=f"最近受理的在前，一页{queries.PAGE}件。",
    operation_id="remedies",
)
def remedies(
    request: HttpRequest,
    body: Annotated[str, Query(max_length=100)] = "",
    kind: Literal["", "reconsideration", "litigation_direct", "litigation_after"] = "",
    pending: bool = False,
    after: Annotated[str, Query(max_length=40)] = "",
) -> object:
    found = queries.remedies(person_of(request), body=body, kind=kind, pending=pending, after=after)
    return {"remedies": [asdict(each) for each in found.rows], "next": found.next_after or None}


@router.post("/remedies", response={201: MadeOut, **WRITE}, summary="登记复议、诉讼", operation_id="enter_remedy")
def enter_remedy(request: HttpRequest, given: EnterIn) -> object:
    record = given.remedy.model_dump(mode="json", exclude_unset=True)
    return Status(201, {"id": services.enter(person_of(request), record, evidence=given.evidence)})


@router.get("/remedies/{remedy}", response={200: RemedyOut, **READ}, summary="一件复议、诉讼", operation_id="remedy")
def remedy_(request: HttpRequest, remedy: Id) -> object:
    return _shown(person_of(request), remedy)


@router.post(
    "/remedies/{remedy}/result", response={200: RemedyOut, **WRITE}, summary="登记结果", operation_id="close_remedy"
)
def close_remedy(request: HttpRequest, remedy: Id, given: ResultIn) -> object:
    person = person_of(request)
    services.close(
        person, remedy, closed_on=given.closed_on.isoformat(), result=given.result, decision=given.decision,
        evidence=given.evidence,
    )  # fmt: skip
    return _shown(person, remedy)


@router.post(
    "/remedies/{remedy}/served",
    response={204: None, **WRITE},
    summary="登记收到副本之日",
    description="答辩、举证的期限从这一天起算。",
    operation_id="serve_remedy",
)
def serve_remedy(request: HttpRequest, remedy: Id, given: ServedIn) -> object:
    handling.serve(person_of(request), remedy, on=given.on, simple=given.simple, evidence=given.evidence)
    return Status(204, None)


@router.post(
    "/remedies/{remedy}/answered",
    response={204: None, **WRITE},
    summary="登记提交答复之日",
    operation_id="answer_remedy",
)
def answer_remedy(request: HttpRequest, remedy: Id, given: AnsweredIn) -> object:
    handling.answer(person_of(request), remedy, on=given.on, evidence=given.evidence)
    return Status(204, None)


@router.post("/remedies/{remedy}/lesson", response={204: None, **WRITE}, summary="登记教训", operation_id="learn")
def learn(request: HttpRequest, remedy: Id, given: LessonIn) -> object:
    handling.learn(person_of(request), remedy, text=given.text)
    return Status(204, None)


@router.post(
    "/remedies/{remedy}/defence",
    response={200: None, **WRITE},
    summary="制作答辩材料（zip）",
    description="答复书（答辩状）草稿、证据目录和证据、法律依据、期限的推导；须写理由，每次记入日志。",
    operation_id="make_defence",
    openapi_extra=ANY_FILE,
)
def make_defence(request: HttpRequest, remedy: Id, given: DefenceIn) -> HttpResponse:
    name, data = defence.make(person_of(request), remedy, because=given.because, with_opinions=given.opinions)
    return file_answer(name, "application/zip", data)


def _shown(person: Person, remedy: int) -> dict[str, object]:
    found = queries.remedy(person, remedy)
    if found is None:
        raise Http404("没有这件复议、诉讼")
    return asdict(found)
