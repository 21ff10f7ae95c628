"""The files of a case: handed out to who may see them, reviewed for secrecy by somebody else."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.bureau.casework import materials, queries, query_codes
from gongkai.bureau.casework.queries.case_files import file_of
from gongkai.screens.desk import case_words, field_faults, forms
from gongkai.screens.desk.frame import page, person_of, staff
from gongkai.screens.ui.codes import grouped
from gongkai.statute.primitives import InputRefused

REVIEW = {"结论": ("conclusion", "结论"), "意见": ("text", "意见")}
CONCLUSIONS = (("agree", "同意提供"), ("disagree", "不同意提供"))


@staff
@require_safe
def download(request: HttpRequest, file: int) -> HttpResponse:
    """The file itself: never shown in the browser, never kept by it."""
    try:
        found = materials.hand_out(person_of(request), file)
    except ObjectDoesNotExist:
        raise Http404 from None
    except InputRefused as refused:
        raise PermissionDenied(str(refused)) from None
    return as_attachment(found)


def as_attachment(found: materials.FileOut) -> HttpResponse:
    response = HttpResponse(found.data, content_type=found.media_type)
    response.headers["Content-Disposition"] = str(content_disposition_header(True, found.name))
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@staff
@require_POST
def query_code(request: HttpRequest, number: int) -> HttpResponse:
    """The receipt with a new query code, in the answer to this one request and nowhere else."""
    person = person_of(request)
    if queries.request(person, number) is None:
        raise Http404
    try:
        found = query_codes.hand_over(person, number)
    except InputRefused as refused:
        messages.error(request, f"{refused.faults[0]}。")
        return redirect("desk:request", number)
    context = {
        "id": number,
        "found": found,
        "code": grouped(found.code),
        "address": request.build_absolute_uri(reverse("portal:follow")),
    }
    return page(request, "desk/case/query_code.html", context, here="requests")


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, file: int) -> HttpResponse:
    found = file_of(person_of(request), file)
    if found is None:
        raise Http404
    faults = field_faults.NONE
    if request.method == "POST":
        try:
            materials.review(
                person_of(request), file, conclusion=forms.text(request, "conclusion"), text=forms.text(request, "text")
            )
        except InputRefused as refused:
            faults = field_faults.faults_of(refused, REVIEW)
        else:
            messages.success(request, "已记下保密审查。")
            return redirect("desk:request", found.request)
    context = {
        "found": found,
        "size": case_words.size_of(found.row.size),
        "hidden": case_words.hidden_rows(found.row.facts),
        "conclusions": CONCLUSIONS,
        "entered": request.POST,
        "faults": faults,
    }
    return page(request, "desk/case/review.html", context, here="requests", status=400 if faults else 200)
