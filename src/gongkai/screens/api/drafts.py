"""信息公开审查: drafts, their findings and versions, each step of the review; columns; documents in force."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import File, Form, Path, Query, Router, Status
from ninja.decorators import decorate_view
from ninja.files import UploadedFile

from gongkai.bureau.orgs.people import Person
from gongkai.bureau.publishing import catalogue, documents, draft_files, draft_queries, draft_steps, drafting
from gongkai.bureau.publishing.draft_queries import DraftDetail, DraftRow
from gongkai.bureau.publishing.uploads import LARGEST_FILE, Sent
from gongkai.screens.api.access import READ, WRITE, SignedIn, person_of
from gongkai.screens.api.problems import unless_acted
from gongkai.screens.api.schemas.drafts import (
    BeginIn,
    ColumnsOut,
    DocumentFilter,
    DocumentPageOut,
    DraftFilter,
    DraftOut,
    DraftPageOut,
    DraftStepIn,
    DraftWriteIn,
    StepAct,
    VersionOut,
    WaiveIn,
)
from gongkai.screens.api.schemas.problem import Id, MadeOut
from gongkai.screens.api.sending import needed_file, one_file
from gongkai.screens.api.strict import takes_files
from gongkai.screens.ui.uploads import MEGABYTE

router = Router(tags=["信息公开审查"], auth=SignedIn())
FindingKey = Annotated[str, Path(max_length=64, pattern=r"^[0-9a-f]+$")]


@router.get(
    "/drafts",
    response={200: DraftPageOut, **READ},
    summary="信息公开审查",
    description=f"不写状态的是没有办完的，最近拟的在前，一页{draft_queries.PAGE}条。",
    operation_id="drafts",
)
def drafts(request: HttpRequest, asked: Query[DraftFilter]) -> object:
    given = asked.model_dump()
    after = given.pop("after")
    found = draft_queries.drafts(person_of(request), **given, after=str(after or ""))
    return {"drafts": [_row(each) for each in found.rows], "counts": found.counts, "next": found.next_after or None}


@router.post(
    "/drafts",
    response={201: MadeOut, **WRITE},
    summary="拟稿",
    description="在一个栏目里。",
    operation_id="begin_draft",
)
def begin_draft(request: HttpRequest, given: BeginIn) -> object:
    return Status(201, {"id": drafting.begin(person_of(request), given.column, {"title": given.title})})


@router.get("/drafts/{draft}", response={200: DraftOut, **READ}, summary="一份稿子", operation_id="draft")
def draft_(request: HttpRequest, draft: Id) -> object:
    return _shown(person_of(request), draft)


@router.put(
    "/drafts/{draft}",
    response={200: DraftOut, **WRITE},
    summary="写稿",
    description="拟稿时才能改；正文保存时清洗。seen 是看到的稿次 version，别人先改了的答复 409。",
    operation_id="write_draft",
)
def write_draft(request: HttpRequest, draft: Id, given: DraftWriteIn) -> object:
    person = person_of(request)
    told = given.model_dump(exclude={"seen"})
    with unless_acted(given.seen, lambda: _found(person, draft).version):
        drafting.write(person, draft, drafting.Written(**told), seen=given.seen)
    return _shown(person, draft)


@router.post(
    "/drafts/{draft}/attachments",
    response={200: DraftOut, **WRITE},
    summary="添加附件",
    description="传上来就检查，连同隐藏的内容。",
    operation_id="attach_to_draft",
)
@decorate_view(takes_files(LARGEST_FILE + MEGABYTE))
def attach_to_draft(request: HttpRequest, draft: Id, file: File[UploadedFile]) -> object:
    person = person_of(request)
    sent = needed_file(file, "附件")
    drafting.attach(person, draft, Sent(sent.name, sent.data))
    return _shown(person, draft)


@router.post(
    "/drafts/{draft}/findings/{key}/mask",
    response={200: DraftOut, **WRITE},
    summary="遮盖检查出的个人信息",
    operation_id="mask_finding",
)
def mask_finding(request: HttpRequest, draft: Id, key: FindingKey) -> object:
    drafting.mask(person_of(request), draft, key)
    return _shown(person_of(request), draft)


@router.post(
    "/drafts/{draft}/findings/{key}/waive",
    response={200: DraftOut, **WRITE},
    summary="写明理由，放过一处",
    operation_id="waive_finding",
)
def waive_finding(request: HttpRequest, draft: Id, key: FindingKey, given: WaiveIn) -> object:
    drafting.waive(person_of(request), draft, key, given.because)
    return _shown(person_of(request), draft)


@router.post(
    "/drafts/{draft}/steps/{act}",
    response={200: DraftOut, **WRITE},
    summary="办一步：送审、初审、合法性审查、保密复审、签发、公开、更正、撤回",
    description="字段和签发单扫描件按信息公开的流程，用表单。seen 是看到时的步数 steps_seen。",
    operation_id="draft_step",
)
@decorate_view(takes_files(LARGEST_FILE + MEGABYTE))
def draft_step(
    request: HttpRequest, draft: Id, act: StepAct, given: Form[DraftStepIn], scan: File[UploadedFile | None] = None
) -> object:
    person = person_of(request)
    fields: dict[str, Any] = given.model_dump(exclude={"seen"})
    taken = one_file(scan, "签发单扫描件")
    sent = Sent(taken.name, taken.data) if taken else None
    _found(person, draft)
    with unless_acted(given.seen, lambda: _found(person, draft).step_count):
        draft_steps.take_step(person, draft, act, fields, sent, seen=given.seen)
    return _shown(person, draft)


@router.get(
    "/drafts/{draft}/versions/{version}",
    response={200: VersionOut, **READ},
    summary="送审的一版",
    operation_id="draft_version",
)
def draft_version(request: HttpRequest, draft: Id, version: Id) -> object:
    found = draft_queries.version(person_of(request), draft, version)
    if found is None:
        raise Http404("没有这一版")
    return {"number": version, **asdict(found)}


@router.get(
    "/bodies/{code}/columns", response={200: ColumnsOut, **READ}, summary="一个机关的栏目", operation_id="columns"
)
def columns(request: HttpRequest, code: Annotated[str, Path(max_length=64, pattern=r"^[a-z0-9-]+$")]) -> object:
    found = catalogue.tree(person_of(request), code)
    if found is None:
        raise Http404("没有这个机关")
    return {"columns": [asdict(each) for each in found]}


@router.get(
    "/documents",
    response={200: DocumentPageOut, **READ},
    summary="规章、规范性文件",
    description=f"现行有效、废止失效、有效期将满、没有解读的；最近公开的在前，一页{documents.PAGE}件。",
    operation_id="documents",
)
def documents_(request: HttpRequest, asked: Query[DocumentFilter]) -> object:
    found = documents.documents(person_of(request), **asked.model_dump())
    return {"documents": [asdict(each) for each in found.rows], "next": found.next_after or None}


def _found(person: Person, draft: int) -> DraftDetail:
    found = draft_queries.draft(person, draft)
    if found is None:
        raise Http404("没有这份稿子")
    return found


def _row(each: DraftRow) -> dict[str, object]:
    return {**asdict(each), "state_word": each.state_word}


def _shown(person: Person, draft: int) -> dict[str, object]:
    found = _found(person, draft)
    told = asdict(found)
    for name in ("row", "offers", "step_count"):
        del told[name]
    offers = [
        {
            "act": each.step.act, "word": each.step.word, "article": each.step.article,
            "fields": dict(each.step.fields), "optional": sorted(each.step.optional), "refused": each.refused,
        }
        for each in found.offers
    ]  # fmt: skip
    findings = [
        {**asdict(each), "stops": each.stops, "maskable": each.maskable} for each in draft_files.findings(person, draft)
    ]
    return {**_row(found.row), **told, "offers": offers, "findings": findings, "steps_seen": found.step_count}
