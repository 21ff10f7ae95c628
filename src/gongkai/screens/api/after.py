"""After the reply: archive package, ledger of deliveries; while it is drafted: earlier replies and its check-up."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router

from gongkai.bureau.casework import archive, queries
from gongkai.bureau.casework.queries.archive import made_packages
from gongkai.bureau.casework.queries.deliveries import PAGE, deliveries
from gongkai.bureau.casework.queries.detail import RequestDetail
from gongkai.bureau.casework.queries.draft_facts import draft_facts
from gongkai.bureau.casework.queries.library import LONGEST_QUERY, YEARS_BACK
from gongkai.bureau.orgs.people import Person
from gongkai.bureau.remedies import library, records
from gongkai.screens.api.access import READ, WRITE, SignedIn, person_of
from gongkai.screens.api.cases import case_out
from gongkai.screens.api.schemas.after import (
    CheckupOut,
    DeliveryFilter,
    DeliveryPageOut,
    FiledIn,
    LibraryOut,
    PackageIn,
    PackagesOut,
)
from gongkai.screens.api.schemas.problem import LARGEST_ID, Id
from gongkai.screens.api.schemas.requests import CaseOut
from gongkai.screens.api.sending import ANY_FILE, file_answer
from gongkai.statute.cases.checkup import checkup

router = Router(tags=["归档、送达、同类答复"], auth=SignedIn())


@router.get(
    "/requests/{case}/archive",
    response={200: PackagesOut, **READ},
    summary="制作过的案卷",
    operation_id="packages",
)
def packages(request: HttpRequest, case: Id) -> object:
    _found(person_of(request), case)
    return {"packages": [asdict(each) for each in made_packages(case)]}


@router.post(
    "/requests/{case}/archive",
    response={200: None, **WRITE},
    summary="制作案卷（zip）",
    description="办结以后制作：全部文书、材料、日志、每个期限怎么算的，BagIt 格式，不联网也能核对；每次记入日志。"
    "identity 为 true 的写有申请人身份，须有查看身份的角色。",
    operation_id="make_package",
    openapi_extra=ANY_FILE,
)
def make_package(request: HttpRequest, case: Id, given: PackageIn) -> HttpResponse:
    person = person_of(request)
    _found(person, case)
    name, data = archive.make(
        person, case, because=given.because, with_identity=given.identity, also=records.archived(case)
    )
    return file_answer(name, "application/zip", data)


@router.post(
    "/requests/{case}/filed",
    response={200: CaseOut, **WRITE},
    summary="登记归档",
    description="案卷移交档案室（条例第45条）。",
    operation_id="file_away",
)
def file_away(request: HttpRequest, case: Id, given: FiledIn) -> CaseOut:
    person = person_of(request)
    archive.file_away(person, case, on=given.on, evidence=given.evidence)
    return case_out(person, case)


@router.get(
    "/deliveries",
    response={200: DeliveryPageOut, **READ},
    summary="送达台账",
    description=f"最近登记的在前，一页{PAGE}件；lacking 只要没有凭证的。",
    operation_id="deliveries",
)
def deliveries_(request: HttpRequest, asked: Query[DeliveryFilter]) -> object:
    found = deliveries(person_of(request), **asked.model_dump())
    return {"deliveries": [asdict(each) for each in found.rows], "next": found.next_after}


@router.get(
    "/library",
    response={200: LibraryOut, **READ},
    summary="同类答复",
    description=f"全县{YEARS_BACK}年以内申请内容相近的答复，最相近的在前，连同复议、诉讼的结果和教训；不含申请人。"
    "request 是手上的这一件：没有写 text 就用它的内容，结果里不含它自己。",
    operation_id="library",
)
def library_(
    request: HttpRequest,
    text: Annotated[str, Query(max_length=LONGEST_QUERY)] = "",
    case: Annotated[int | None, Query(alias="request", ge=1, le=LARGEST_ID)] = None,
) -> object:
    person = person_of(request)
    text = text.strip()
    if case is not None:
        text = text or _found(person, case).row.subject[:LONGEST_QUERY]
    found = library.answers(person, text, besides=case)
    answers = [
        {
            **asdict(each.row),
            "reviewed": [asdict(one) for one in each.reviewed],
            "lessons": [one.text for one in each.lessons],
        }
        for each in found.rows
    ]
    return {"answers": answers, "looked_through": found.looked_through, "all": found.all}


@router.get(
    "/requests/{case}/checkup",
    response={200: CheckupOut, **READ},
    summary="对照败诉原因检查拟作的答复",
    description="outcome 是拟作的结果，没有写就按已经决定的；ask 为 true 的是系统看不出、请您核对的。",
    operation_id="checkup",
)
def checkup_(request: HttpRequest, case: Id, outcome: Annotated[str, Query(max_length=60)] = "") -> object:
    found = draft_facts(person_of(request), case)
    if found is None:
        raise Http404("没有这件申请")
    decided = outcome or found[0]
    weak = checkup(decided, found[1]) if decided else ()
    return {"outcome": decided, "weaknesses": [asdict(each) for each in weak]}


def _found(person: Person, case: int) -> RequestDetail:
    found = queries.request(person, case)
    if found is None:
        raise Http404("没有这件申请")
    return found
