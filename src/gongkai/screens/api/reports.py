"""Published annual reports for programs: the same files as the portal's, open to any site."""

from __future__ import annotations

from typing import Annotated

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from ninja import Path, Query, Router

from gongkai.bureau.annual import public
from gongkai.bureau.orgs import queries
from gongkai.screens.api.access import OPEN
from gongkai.screens.api.schemas.reports import PublishedListOut, PublishedPageOut, PublishedReportOut
from gongkai.screens.ui.published import published_file

router = Router(tags=["公布的年度报告"])
Year = Annotated[int, Path(ge=2000, le=2999)]


@router.get(
    "/reports",
    response={200: PublishedPageOut, **OPEN},
    summary="公布的年度报告",
    description=f"按机关代码、年度排列，一页{public.PAGE}份；year 只要某一年的，after 取上一页的 next。",
    operation_id="published_reports",
)
def published_reports(
    request: HttpRequest,
    response: HttpResponse,
    year: Annotated[int | None, Query(ge=2000, le=2999)] = None,
    after: Annotated[str, Query(max_length=110)] = "",
) -> object:
    found = public.published(year=year, after=_key(after))
    following = found.next_after
    open_to_all(response)
    return {"reports": found.rows, "next": f"{following[0]}~{following[1]}" if following else None}


@router.get(
    "/bodies/{code}/reports",
    response={200: PublishedListOut, **OPEN},
    summary="一个机关公布的年度报告",
    operation_id="published_reports_of",
)
def published_reports_of(request: HttpRequest, response: HttpResponse, code: str) -> object:
    name = queries.body_name(code)
    if name is None:
        raise Http404("没有这个机关")
    open_to_all(response)
    return {"body": code, "body_name": name, "reports": public.reports_of(code)}


@router.get(
    "/bodies/{code}/reports/{year}",
    response={200: PublishedReportOut, **OPEN},
    summary="一份公布的年度报告",
    description="公布时的 JSON 原件，ETag 是它的摘要；更正以后是新的一份。格式见 report-json.md。",
    operation_id="published_report",
)
def published_report(request: HttpRequest, code: str, year: Year) -> HttpResponseBase:
    return published_file(request, code, year, "json")


def open_to_all(response: HttpResponse) -> None:
    """What is published may be read by any site's page, and is asked for anew each time."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = "no-cache"


def _key(after: str) -> tuple[str, int] | None:
    """The body and year of a key `qinglan-kjj~2024`; None for anything else, which begins at the first page."""
    body, _, year = after.rpartition("~")
    return (body, int(year)) if body and year.isascii() and year.isdecimal() and len(year) == 4 else None
