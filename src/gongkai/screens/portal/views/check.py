"""The check page: files in, findings out, nothing kept. Works as a plain form; with JavaScript, a file a request."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.bureau.orgs.queries import known_bodies
from gongkai.documents.annual_report.specimens import specimen
from gongkai.screens.portal.answers import LARGEST_REPORT, answer_for, report_from
from gongkai.screens.portal.errors import error_page
from gongkai.screens.portal.page import attachment, page
from gongkai.screens.ui.checking import Checked, check_report, check_sent, previous_of, told
from gongkai.screens.ui.downloads import CONTENT_TYPES, file_of, file_stem
from gongkai.screens.ui.rates import TooOftenError, spend
from gongkai.screens.ui.uploads import hold_in_memory, sent, too_much
from gongkai.statute.primitives import InputRefused

TEMPLATE = "portal/check/page.html"


# Exempt from the token: the form acts for nobody, changes nothing and is answered to the sender alone; without
# a token the page is the same for everyone, and no cookie is set on who only looks.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def check_page(request: HttpRequest) -> HttpResponseBase:
    """The form; or, posted, the results: a whole page, or with `X-Fragment` the files' results alone."""
    if request.method != "POST":
        return page(request, TEMPLATE, {"fault": ""}, column="check")
    if too_much(request):
        return error_page(request, 413)
    hold_in_memory(request)
    try:
        spend(request)
        files = sent(request, "files")
        spend(request, max(0, len(files) - 1))
    except TooOftenError as refused:
        return too_often(request, refused)
    if not files:
        return page(request, TEMPLATE, {"fault": _("请先选择要核查的文件。")}, column="check", status=400)
    previous, fault = previous_of(sent(request, "previous"))
    bodies = known_bodies()
    part = request.headers.get("X-Fragment", "")
    whole = not (part.isalnum() and part.isascii() and len(part) <= 12)
    prefix = "r" if whole else f"{part}n"
    context = {
        "results": [
            answer_for(check_sent(each, previous, bodies), f"{prefix}{number}") for number, each in enumerate(files, 1)
        ],
        "previous_fault": fault,
    }
    template = "portal/check/results.html" if whole else "portal/check/fragment.html"
    return page(request, template, context, column="check", private=True)


def too_often(request: HttpRequest, refused: TooOftenError) -> HttpResponseBase:
    response = error_page(request, 429)
    response.headers["Retry-After"] = str(refused.seconds)
    return response


@require_safe
def sample(request: HttpRequest) -> HttpResponseBase:
    """The specimen with its planted contradictions, checked against the year before: an example to look at."""
    report = check_report(specimen("qinglan-kjj-2025"), specimen("qinglan-kjj-2024"))
    answer = answer_for(Checked("青澜县科学技术局2025年度报告", report), "sample")
    return page(request, "portal/check/sample.html", {"result": answer}, column="check")


@csrf_exempt
@require_POST
def download(request: HttpRequest) -> HttpResponseBase:
    """The marked-up report in the format asked for, made from the report that the page itself carries."""
    if too_much(request, LARGEST_REPORT):
        return error_page(request, 413)
    hold_in_memory(request)
    to = request.POST.get("to", "")
    if to not in CONTENT_TYPES:
        return error_page(request, 400, _("没有这种格式。可以下载Word、PDF、网页、表格和JSON。"))
    try:
        spend(request)
        report = report_from(request.POST.get("report", ""))
        body = file_of(report, to)
    except TooOftenError as refused:
        return too_often(request, refused)
    except InputRefused as refused:
        return error_page(
            request, 400, _("页面带回的报告不完整，请重新核查。"), *(told(each, "") for each in refused.faults[:5])
        )
    response = attachment(body, CONTENT_TYPES[to])
    response.headers["Content-Disposition"] = str(content_disposition_header(True, f"{file_stem(report)}.{to}"))
    return response
