"""报告核查: files kept for a body with what was found in them; a finding overruled for a reason, and brought back."""

from __future__ import annotations

from dataclasses import asdict

from django.http import Http404, HttpRequest
from ninja import File, Form, Query, Router, Status
from ninja.decorators import decorate_view
from ninja.files import UploadedFile

from gongkai.bureau.annual import queries, services
from gongkai.bureau.orgs.people import Person
from gongkai.screens.api.access import READ, WRITE, SignedIn, person_of
from gongkai.screens.api.schemas.checks import CheckFilter, CheckPageOut, KeptOut, WaiveIn, WholeCheckOut
from gongkai.screens.api.schemas.problem import Code, Id
from gongkai.screens.api.sending import many_files
from gongkai.screens.api.strict import takes_files
from gongkai.screens.ui.uploads import LARGEST_REQUEST
from gongkai.statute.report.json_format import finding_json

router = Router(tags=["报告核查"], auth=SignedIn())


@router.get(
    "/checks",
    response={200: CheckPageOut, **READ},
    summary="留存核查的报告",
    description=f"一页{queries.PAGE}份，next 是下一页的 page。",
    operation_id="checks",
)
def checks(request: HttpRequest, asked: Query[CheckFilter]) -> object:
    found = queries.checks(person_of(request), **asked.model_dump())
    return {"checks": [asdict(each) for each in found.rows], "next": found.next_page}


@router.post(
    "/checks",
    response={201: KeptOut, **WRITE},
    summary="留存并核查几份年度报告",
    description="在后台核查；同一个文件不留两份。",
    operation_id="keep_reports",
)
@decorate_view(takes_files(LARGEST_REQUEST))
def keep_reports(request: HttpRequest, body: Form[Code], files: File[list[UploadedFile]]) -> object:
    sent = [(each.name, each.data) for each in many_files(files, "文件")]
    return Status(201, {"ids": services.keep(person_of(request), body, sent)})


@router.get(
    "/checks/{check}",
    response={200: WholeCheckOut, **READ},
    summary="一份留存的报告和核查结果",
    operation_id="check",
)
def check_(request: HttpRequest, check: Id) -> object:
    return _shown(person_of(request), check)


@router.post(
    "/checks/{check}/waivers",
    response={200: WholeCheckOut, **WRITE},
    summary="放过一个问题",
    description="mark 是核查结果里的；须写理由，记入日志。",
    operation_id="waive",
)
def waive(request: HttpRequest, check: Id, given: WaiveIn) -> object:
    person = person_of(request)
    services.waive(person, check, given.mark, because=given.because, until=given.until)
    return _shown(person, check)


@router.post(
    "/checks/{check}/waivers/{waiver}/withdraw",
    response={204: None, **WRITE},
    summary="不再放过",
    operation_id="withdraw_waiver",
)
def withdraw_waiver(request: HttpRequest, check: Id, waiver: Id) -> object:
    services.withdraw_waiver(person_of(request), check, waiver)
    return Status(204, None)


def _shown(person: Person, check: int) -> dict[str, object]:
    found = queries.check(person, check)
    if found is None:
        raise Http404("没有这份报告")
    return {
        **asdict(found.row),
        "faults": found.faults,
        "findings": [
            {"mark": each.mark, "finding": finding_json(each.finding), "waiver": each.waiver and asdict(each.waiver)}
            for each in found.findings
        ],
        "may_waive": found.may_waive,
    }
