"""Letters: what may be written now, drafting, writing, the steps of the office, the documents."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from ninja import File, Form, Query, Router, Status
from ninja.decorators import decorate_view
from ninja.files import UploadedFile

from gongkai.bureau.casework import letter_documents, letters, queries
from gongkai.bureau.casework.files import LARGEST_FILE
from gongkai.bureau.casework.queries.letters import LetterDetail, letter, letters_of, numbers
from gongkai.bureau.orgs.people import Person
from gongkai.bureau.orgs.permissions import Act, require
from gongkai.screens.api.access import READ, WRITE, SignedIn, person_of
from gongkai.screens.api.problems import unless_acted
from gongkai.screens.api.schemas.letters import (
    DraftIn,
    FlowAct,
    KindsOut,
    LetterOut,
    LettersOut,
    NumberPageOut,
    StepIn,
    WriteIn,
)
from gongkai.screens.api.schemas.problem import Id, MadeOut
from gongkai.screens.api.sending import ANY_FILE, file_answer, one_file
from gongkai.screens.api.strict import takes_files
from gongkai.screens.ui.uploads import MEGABYTE

router = Router(tags=["文书"], auth=SignedIn())


@router.get(
    "/requests/{case}/letter-kinds",
    response={200: KindsOut, **READ},
    summary="现在能写哪些文书",
    description="全部文书，不能写的写明原因。",
    operation_id="letter_kinds",
)
def letter_kinds(request: HttpRequest, case: Id) -> object:
    person = person_of(request)
    found = queries.request(person, case)
    if found is None:
        raise Http404("没有这件申请")
    require(person, Act.WRITE_LETTERS, found.row.body)
    return {
        "kinds": [
            {
                "kind": each.kind.code,
                "word": each.words,
                "title": each.kind.title,
                "to": each.kind.to,
                "event": each.kind.event,
                "elements": {element.code: element.label for element in each.kind.elements},
                "refused": each.refused,
            }
            for each in letters.choices(case)
        ]
    }


@router.get(
    "/requests/{case}/letters", response={200: LettersOut, **READ}, summary="一件申请的文书", operation_id="letters"
)
def letters_(request: HttpRequest, case: Id) -> object:
    person = person_of(request)
    if queries.request(person, case) is None:
        raise Http404("没有这件申请")
    return {"letters": [asdict(each) for each in letters_of(person, case)]}


@router.post(
    "/requests/{case}/letters",
    response={201: MadeOut, **WRITE},
    summary="拟写一件文书",
    description="案件里已有的要素自动写入；现在不能发的不予拟写。",
    operation_id="draft_letter",
)
def draft_letter(request: HttpRequest, case: Id, given: DraftIn) -> object:
    return Status(201, {"id": letters.draft(person_of(request), case, given.kind, given.elements)})


@router.get("/letters/{number}", response={200: LetterOut, **READ}, summary="一件文书", operation_id="letter")
def letter_(request: HttpRequest, number: Id) -> object:
    return _shown(_found(person_of(request), number))


@router.put(
    "/letters/{number}",
    response={200: LetterOut, **WRITE},
    summary="改写文书",
    description="拟稿时才能改。seen 是看到的稿次 version，别人先改了的答复 409。",
    operation_id="write_letter",
)
def write_letter(request: HttpRequest, number: Id, given: WriteIn) -> object:
    person = person_of(request)
    with unless_acted(given.seen, lambda: _found(person, number).version):
        letters.write(
            person, number, elements=given.elements, paragraphs=given.paragraphs, word=given.word,
            enclosures=given.enclosures, seen=given.seen, anew=given.anew,
        )  # fmt: skip
    return _shown(_found(person, number))


@router.post(
    "/letters/{number}/steps/{act}",
    response={200: LetterOut, **WRITE},
    summary="办一步：送审、审核、签发、用印、送达、退回、作废",
    description="字段和文件（扫描件、送达凭证）按文书流程表，用表单。seen 是看到时的步数 steps_seen。",
    operation_id="letter_step",
)
@decorate_view(takes_files(LARGEST_FILE + MEGABYTE))
def letter_step(
    request: HttpRequest,
    number: Id,
    act: FlowAct,
    given: Form[StepIn],
    file: File[UploadedFile | None] = None,
) -> object:
    person = person_of(request)
    fields: dict[str, Any] = given.model_dump(exclude={"seen"})
    with unless_acted(given.seen, lambda: len(_found(person, number).steps)):
        letters.take_step(person, number, act, fields, one_file(file, "文件"), seen=given.seen)
    return _shown(_found(person, number))


@router.get(
    "/letters/{number}/preview",
    response={200: None, **READ},
    summary="文书的样子（PDF）",
    description="申请人姓名不显示。",
    operation_id="letter_preview",
    openapi_extra=ANY_FILE,
)
def letter_preview(request: HttpRequest, number: Id) -> HttpResponse:
    found = letter_documents.preview(person_of(request), number)
    return file_answer(found.name, found.media_type, found.data)


@router.post(
    "/letters/{number}/files/{which}",
    response={200: None, **WRITE},
    summary="取文书：成文 document、Word editable、盖章扫描件 scan",
    description="写有申请人姓名，每次记入日志。",
    operation_id="letter_file",
    openapi_extra=ANY_FILE,
)
def letter_file(request: HttpRequest, number: Id, which: Literal["document", "editable", "scan"]) -> HttpResponse:
    found = letter_documents.file_of(person_of(request), number, which)
    if found is None:
        raise Http404("还没有这个文件")
    return file_answer(found.name, found.media_type, found.data)


@router.get(
    "/letter-numbers",
    response={200: NumberPageOut, **READ},
    summary="文号登记簿",
    description="最近的在前，一页50个；作废的写明原因。",
    operation_id="letter_numbers",
)
def letter_numbers(
    request: HttpRequest,
    year: Annotated[int | None, Query(ge=2000, le=2999)] = None,
    after: Annotated[str, Query(max_length=20)] = "",
) -> object:
    found = numbers(person_of(request), year=year, after=after if after.isascii() else "")
    return {"numbers": [asdict(each) for each in found.rows], "next": found.next_after or None}


def _found(person: Person, number: int) -> LetterDetail:
    found = letter(person, number)
    if found is None:
        raise Http404("没有这件文书")
    return found


def _shown(found: LetterDetail) -> dict[str, Any]:
    return {
        **asdict(found.row),
        "body": found.body,
        "body_name": found.body_name,
        "request_number": found.request_number,
        "subject": found.subject,
        "elements": found.elements,
        "paragraphs": found.paragraphs,
        "word": found.word,
        "signed_on": found.signed_on,
        "signed_by": found.signed_by,
        "document": found.document is not None,
        "editable": found.editable is not None,
        "scan": found.scan is not None,
        "enclosures": [asdict(each) for each in found.enclosures],
        "enclosable": [asdict(each) for each in found.enclosable],
        "steps": [asdict(each) for each in found.steps],
        "steps_seen": len(found.steps),
        "deliveries": [asdict(each) for each in found.deliveries],
        "offers": [
            {
                "act": each.step.act, "word": each.step.word, "article": each.step.article,
                "fields": dict(each.step.fields), "optional": sorted(each.step.optional), "refused": each.refused,
            }
            for each in found.offers
        ],
        "route": found.route,
        "version": found.version,
        "may_write": found.may_write,
    }  # fmt: skip
