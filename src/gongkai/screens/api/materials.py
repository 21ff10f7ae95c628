"""Files of a case and what applicants said: to be read by who may, each reading journalled."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Literal

from django.http import Http404, HttpRequest, HttpResponse
from ninja import File, Query, Router, Status
from ninja.decorators import decorate_view
from ninja.files import UploadedFile

from gongkai.bureau.casework import answering, materials
from gongkai.bureau.casework.files import LARGEST_FILE
from gongkai.bureau.casework.queries import messages as said
from gongkai.screens.api.access import READ, WRITE, SignedIn, person_of
from gongkai.screens.api.schemas.casework import AnswerIn, MessagePageOut, MessageTextOut, ReviewIn
from gongkai.screens.api.schemas.problem import LARGEST_ID, Id, MadeOut
from gongkai.screens.api.sending import ANY_FILE, file_answer, needed_file
from gongkai.screens.api.strict import takes_files
from gongkai.screens.ui.uploads import MEGABYTE

router = Router(tags=["材料和申请人来信"], auth=SignedIn())


@router.post(
    "/requests/{case}/materials", response={201: MadeOut, **WRITE}, summary="上传拟提供的材料", operation_id="upload"
)
@decorate_view(takes_files(LARGEST_FILE + MEGABYTE))
def upload(request: HttpRequest, case: Id, file: File[UploadedFile]) -> object:
    return Status(201, {"id": materials.upload(person_of(request), case, needed_file(file, "拟提供的材料"))})


@router.post(
    "/files/{file}/review",
    response={204: None, **WRITE},
    summary="保密审查一个文件",
    description="先审查，后提供；上传、遮盖它的人不能审查（条例第17条）。",
    operation_id="review_file",
)
def review_file(request: HttpRequest, file: Id, given: ReviewIn) -> object:
    materials.review(person_of(request), file, conclusion=given.conclusion, text=given.text)
    return Status(204, None)


@router.post(
    "/files/{file}/content",
    response={200: None, **WRITE},
    summary="取一个文件",
    description="看得出申请人是谁的文件，只给可以知道的人，每次记入日志。",
    operation_id="file_content",
    openapi_extra=ANY_FILE,
)
def file_content(request: HttpRequest, file: Id) -> HttpResponse:
    found = materials.hand_out(person_of(request), file)
    return file_answer(found.name, found.media_type, found.data)


@router.get(
    "/messages",
    response={200: MessagePageOut, **READ},
    summary="申请人来信",
    description="补正、说明理由、评价、建议、投诉等，最近的在前；内容另取。投诉由主管部门看和答复。",
    operation_id="messages",
)
def messages(
    request: HttpRequest,
    state: Literal["open", "handled"] = "open",
    kind: Annotated[str, Query(max_length=40)] = "",
    after: Annotated[int | None, Query(ge=1, le=LARGEST_ID)] = None,
) -> object:
    found = said.messages(person_of(request), state=state, kind=kind, after=after)
    return {"messages": [asdict(each) for each in found.rows], "next": found.next_after}


@router.post(
    "/messages/{message}/text",
    response={200: MessageTextOut, **WRITE},
    summary="读一封来信",
    description="每次记入日志。",
    operation_id="read_message",
)
def read_message(request: HttpRequest, message: Id) -> object:
    found = answering.read(person_of(request), message)
    return {"text": found.text, "files": [asdict(each) for each in found.files]}


@router.post(
    "/messages/{message}/files/{file}",
    response={200: None, **WRITE},
    summary="取来信的一个附件",
    operation_id="message_file",
    openapi_extra=ANY_FILE,
)
def message_file(request: HttpRequest, message: Id, file: Id) -> HttpResponse:
    found = answering.open_file(person_of(request), message, file)
    if found is None:
        raise Http404("没有这个附件")
    return file_answer(found.name, found.media_type, found.data)


@router.post(
    "/messages/{message}/answer",
    response={204: None, **WRITE},
    summary="答复一封来信",
    description="不需要答复的，写明已经看过。",
    operation_id="answer_message",
)
def answer_message(request: HttpRequest, message: Id, given: AnswerIn) -> object:
    answering.handle(person_of(request), message, given.answer)
    return Status(204, None)
