"""Applications without an account: filing, and following one's own by number and query code.

Number and code stand in the body, never in an address. A wrong pair has one answer, and few tries.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import File, Form, Header, Router, Status
from ninja.decorators import decorate_view
from ninja.files import UploadedFile

from gongkai.bureau import clock
from gongkai.bureau.casework import following, intake
from gongkai.bureau.casework.message_kinds import KINDS
from gongkai.bureau.casework.queries.following import Followed, Pass, followed
from gongkai.bureau.orgs import queries
from gongkai.screens.api.access import OPEN
from gongkai.screens.api.cases import clock_out
from gongkai.screens.api.problems import unless_acted
from gongkai.screens.api.schemas.applications import (
    ApplicationIn,
    ChallengeOut,
    FollowedOut,
    FollowIn,
    MessageKind,
    ReceiptOut,
    SaidOut,
    SayIn,
)
from gongkai.screens.api.schemas.problem import Id, ProblemOut
from gongkai.screens.api.sending import ANY_FILE, enclosed, file_answer, many_files
from gongkai.screens.api.strict import takes_files
from gongkai.screens.portal.follow_words import fee, line_of_time, standing
from gongkai.screens.portal.guesses import count_wrong, refuse_guessing
from gongkai.screens.portal.views.apply import LARGEST_SENDING, MOST_PROVED, MOST_UNPROVED
from gongkai.screens.portal.views.follow import WRONG
from gongkai.screens.ui.proof_of_work import challenge, is_solved
from gongkai.screens.ui.rates import spend
from gongkai.screens.ui.uploads import LARGEST_REQUEST
from gongkai.statute.cases.application import check
from gongkai.statute.clock.wording import derivation
from gongkai.statute.primitives import InputRefused

router = Router(tags=["申请与查询（不登录）"])
Key = Annotated[str, Header(alias="Idempotency-Key", min_length=16, max_length=100, pattern=r"^[\x21-\x7e]+$")]
ACT: dict[int, Any] = {**OPEN, 409: ProblemOut, 413: ProblemOut, 415: ProblemOut}


@router.get(
    "/applications/challenge",
    response={200: ChallengeOut, **OPEN},
    summary="取一道工作量证明",
    description="按 ALTCHA 协议，只对这一个 Idempotency-Key 有效；带上答案，同一地址可以提交得多一些。",
    operation_id="challenge",
)
def challenge_(request: HttpRequest, key: Key) -> object:
    spend(request)
    return json.loads(challenge(_word(key)))


@router.post(
    "/bodies/{code}/applications",
    response={201: ReceiptOut, 200: ReceiptOut, **ACT},
    summary="申请政府信息公开",
    description="表单的 application 是申请的 JSON；proof 身份证明，power 授权委托书，files 附件。"
    "同一个 Idempotency-Key 和同样的内容再送一次，还是那一件，答复 200 和同一张回执。",
    operation_id="apply",
)
@decorate_view(takes_files(LARGEST_SENDING))
def apply(
    request: HttpRequest,
    code: str,
    key: Key,
    application: ApplicationIn,
    altcha: Annotated[str, Form(max_length=2000)] = "",
    proof: File[UploadedFile | None] = None,
    power: File[UploadedFile | None] = None,
    files: File[list[UploadedFile]] = [],  # noqa: B006  # ninja asks for a list
) -> object:
    spend(request)
    if queries.body_name(code) is None:
        raise Http404("没有这个机关")
    sent = enclosed(proof=proof, power=power, files=files)
    token = _token(code, key, application, sent)
    if known := intake.receipt_of(token):
        return Status(200, _receipt(known))
    filing = application.filing()
    proved = any(each.of == "identity" and not each.power for each in sent)
    faults = check(filing, proof=proved, power=any(each.power for each in sent))
    if faults:
        raise InputRefused(*(each.fault for each in faults))
    solved = is_solved(altcha, _word(key))
    spend(request, budget="apply-proved" if solved else "apply", most=MOST_PROVED if solved else MOST_UNPROVED)
    return Status(201, _receipt(intake.apply(code, filing, sent, token=token)))


@router.post(
    "/applications/status",
    response={200: FollowedOut, **ACT},
    summary="查询自己的申请",
    description="凭申请编号和查询码：办到哪一步、该谁办、期限和怎么算的、可以领取的文书、可以办的事。",
    operation_id="follow",
)
def follow(request: HttpRequest, given: FollowIn) -> object:
    return _shown(_opened(request, given)[1])


@router.post(
    "/applications/acts/{kind}",
    response={200: SaidOut, **ACT},
    summary="补正、说明理由、撤回、评价、建议、要求更正、投诉",
    description="用表单，附件在 files。补正、说明理由、撤回须写 seen；同一个 Idempotency-Key 再送一次不会办两次。",
    operation_id="say",
)
@decorate_view(takes_files(LARGEST_REQUEST))
def say(
    request: HttpRequest,
    kind: MessageKind,
    key: Key,
    given: Form[SayIn],
    files: File[list[UploadedFile]] = [],  # noqa: B006  # ninja asks for a list
) -> object:
    holder, _ = _opened(request, given)
    spend(request)
    said = following.Said(
        text=given.text, token=key, seen=given.seen, files=many_files(files, "附件"), score=given.score,
        confirmed=given.confirmed,
    )  # fmt: skip
    with unless_acted(given.seen, lambda: _followed(holder).seen):
        return {"taken": following.say(holder, kind, said)}


@router.post(
    "/applications/files/{file}",
    response={200: None, **ACT},
    summary="领取文书和材料",
    operation_id="fetch_document",
    openapi_extra=ANY_FILE,
)
def fetch_document(request: HttpRequest, file: Id, given: FollowIn) -> HttpResponse:
    holder, _ = _opened(request, given)
    spend(request)
    taken = following.fetch(holder, file)
    if taken is None:
        raise Http404("没有这个文件")
    return file_answer(taken.name, taken.media_type, taken.data)


def _opened(request: HttpRequest, given: FollowIn) -> tuple[Pass, Followed]:
    """The request of number and code; the same refusal for a wrong number, a wrong code and both."""
    named = following.plain(given.number)
    refuse_guessing(request, named)
    holder = following.opened(given.number, given.code)
    if holder is None:
        count_wrong(request, named)
        raise Http404(str(WRONG))
    return holder, _followed(holder)


def _followed(holder: Pass) -> Followed:
    found = followed(holder)
    if found is None:
        raise Http404(str(WRONG))
    return found


def _shown(found: Followed) -> dict[str, Any]:
    today = clock.today()
    stands = standing(found, today)
    return {
        "number": found.number,
        "body": found.body,
        "body_name": found.body_name,
        "telephone": found.telephone,
        "subject": found.subject,
        "wanted": found.wanted,
        "state": stands.heading,
        "next": stands.who,
        "lines": stands.lines,
        "due": stands.due,
        "left": stands.left,
        "clock": clock_out(found.reading),
        "derivation": derivation(found.case, found.calendar, today).lines,
        "happened": [asdict(each) for each in line_of_time(found)],
        "fee": dict(fee(found)),
        "outcome": found.outcome,
        "documents": [asdict(each) for each in found.documents],
        "messages": [asdict(each) for each in found.messages],
        "acts": [
            {"kind": code, "word": each.word, "article": each.article, "files": each.files,
             "refused": found.refused[code]}
            for code, each in KINDS.items()
        ],
        "seen": found.seen,
    }  # fmt: skip


def _receipt(found: intake.Receipt) -> dict[str, Any]:
    return {name: value for name, value in asdict(found).items() if name != "request"}


def _word(key: str) -> str:
    """What a proof of work is made for: the key, apart from the words of the portal's forms."""
    return f"api:{key}"


def _token(code: str, key: str, given: ApplicationIn, sent: Sequence[intake.Enclosed]) -> str:
    """The key together with all that was sent: who guesses a key gets nobody's receipt."""
    told = hashlib.sha256(given.model_dump_json().encode())
    for each in sent:
        told.update(f"\n{each.of} {each.power} {hashlib.sha256(each.sent.data).hexdigest()}".encode())
    return f"api:{code}:{key}:{told.hexdigest()}"
