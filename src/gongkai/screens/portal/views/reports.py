"""政府信息公开年报: the reports of a body by year, each as published, and a comparison over the years."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from gongkai.bureau.annual import public
from gongkai.bureau.ledger.moments import last_at
from gongkai.bureau.orgs import queries
from gongkai.screens.portal import comparison
from gongkai.screens.portal.page import page
from gongkai.screens.portal.views.bodies import DIRECTORY
from gongkai.screens.ui.display import Display
from gongkai.screens.ui.published import TYPES, published_file
from gongkai.screens.ui.report_fragment import report_fragment

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

CHANGES = (*DIRECTORY, "report.publish")
"""What the journal calls a change of the lists: a publication, and a change of the names beside it."""
WORDS = {
    "docx": _("Word文档"),
    "pdf": _("PDF文档"),
    "xlsx": _("Excel表格"),
    "csv": _("CSV数据"),
    "json": _("JSON数据"),
}


@dataclass(frozen=True, slots=True)
class File:
    """A file as published: its words, media type, address and size in KB."""

    word: StrOrPromise
    type: str
    address: str
    size: int


@require_safe
def listing(request: HttpRequest) -> HttpResponseBase:
    """The reports of all bodies on one year, the latest unless another is asked for, fifty by code."""
    years = public.years()
    year = _year(request.GET.get("year", ""), years[0] if years else 0)
    after = request.GET.get("after", "")[:100].replace("\0", "")
    found = public.published(year=year, after=(after, year) if after else None)
    context = {
        "years": years,
        "year": year,
        "after": after,
        "rows": found.rows,
        "first_query": f"?{urlencode({'year': year})}",
        "next_query": f"?{urlencode({'year': year, 'after': found.next_after[0]})}" if found.next_after else "",
    }
    return page(request, "portal/reports/all.html", context, column="reports", modified=last_at(CHANGES))


@require_safe
def of_body(request: HttpRequest, code: str) -> HttpResponseBase:
    name = queries.body_name(code)
    if name is None:
        raise Http404
    context = {"code": code, "name": name, "rows": public.reports_of(code)}
    return page(request, "portal/reports/list.html", context, column="reports", modified=last_at(CHANGES))


@require_safe
def report(request: HttpRequest, code: str, year: int) -> HttpResponseBase:
    """One report as published, with what later versions corrected."""
    found = public.report_of(code, year)
    if found is None:
        raise Http404
    files = tuple(
        File(WORDS[to], TYPES[to], reverse("portal:report-file", args=[code, year, to]), -(-size // 1024))
        for to in TYPES
        if (size := public.file_size(found.files.get(to, ""))) is not None
    )
    context = {
        "found": found,
        "row": found.row,
        "years": [each.year for each in public.reports_of(code)],
        "files": files,
        "fragment": report_fragment(found.report, (), "r"),
    }
    return page(request, "portal/reports/report.html", context, column="reports", modified=last_at(CHANGES))


@require_safe
def report_file(request: HttpRequest, code: str, year: int, to: str) -> HttpResponseBase:
    """A file exactly as published."""
    return published_file(request, code, year, to)


@require_safe
def compare(request: HttpRequest, code: str) -> HttpResponseBase:
    """The years beside each other: charts with their tables, then every row that ever had a figure."""
    name = queries.body_name(code)
    if name is None:
        raise Http404
    with override(Display.of(request).language):
        found = comparison.compare(public.series(code))
    context = {"code": code, "name": name, "found": found}
    return page(request, "portal/reports/compare.html", context, column="reports", modified=last_at(CHANGES))


def _year(text: str, otherwise: int) -> int:
    """The year of an address; what is no year is as if nothing had been said."""
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else otherwise
