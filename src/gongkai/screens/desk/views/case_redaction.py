"""遮盖: what is proposed, what the officer adds, the pages to look at; the file that leaves is another one."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.bureau.casework import redacting
from gongkai.bureau.casework.queries.case_files import file_of
from gongkai.screens.desk import field_faults, redaction_form
from gongkai.screens.desk.frame import page, person_of, staff
from gongkai.statute.primitives import InputRefused


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def redact(request: HttpRequest, file: int) -> HttpResponse:
    if request.POST.get("do") != "redact":
        return _page(request, file)
    try:
        done = redacting.hide(person_of(request), file, redaction_form.chosen(request))
        found = redacting.source(person_of(request), file, look=False)
    except ObjectDoesNotExist:
        raise Http404 from None
    except InputRefused as refused:
        return _page(request, file, field_faults.faults_of(refused, {}))
    for each in done.notices:
        messages.warning(request, f"{each}。")
    if done.file is None:
        messages.success(request, "文件较长，正在后台遮盖；进度在“任务”里看，完成后出现在材料里。")
    else:
        messages.success(request, "已遮盖，核对过遮盖的内容读不出来；待保密审查。")
    return redirect("desk:request", found.request)


@staff
@require_POST
def to_pdf(request: HttpRequest, file: int) -> HttpResponse:
    try:
        made = redacting.to_pdf(person_of(request), file)
    except ObjectDoesNotExist:
        raise Http404 from None
    except InputRefused as refused:
        return _page(request, file, field_faults.faults_of(refused, {}))
    messages.success(request, "已转成PDF，可以在页面上画方框。")
    return redirect("desk:case-redact", made)


@staff
@require_safe
def picture(request: HttpRequest, file: int, number: int) -> HttpResponse:
    """One page, with the boxes of the address drawn on it; kept nowhere."""
    boxes = redaction_form.undrawn(request.GET.getlist("box"), number)
    try:
        shown = redacting.page(person_of(request), file, number, boxes)
    except (ObjectDoesNotExist, InputRefused):
        raise Http404 from None
    response = HttpResponse(shown, content_type="image/png")
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _page(request: HttpRequest, file: int, faults: field_faults.FormFaults = field_faults.NONE) -> HttpResponse:
    given = request.POST if request.method == "POST" else QueryDict()
    asked = given.get("at") or request.GET.get("at", "")
    try:
        found = redacting.source(person_of(request), file, look="look" in request.GET or "looked" in given)
    except ObjectDoesNotExist:
        raise Http404 from None
    except InputRefused as refused:
        return _back(request, file, refused)
    at = min(max(int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 1, 1), max(found.pages, 1))
    rows = redaction_form.box_rows(given)
    try:
        boxes = redaction_form.boxes(rows)
    except InputRefused as refused:
        boxes, faults = (), faults or field_faults.faults_of(refused, {})
    accepted = redaction_form.numbers(given) if given else [each.number for each in found.proposals]
    proposed = [box for each in found.proposals if each.number in accepted for box in each.boxes]
    query = urlencode([("box", each) for each in redaction_form.drawn((*boxes, *proposed), at)])
    context = {
        "found": found,
        "at": at,
        "pages": range(1, found.pages + 1),
        "picture": reverse("desk:case-page", args=[file, at]) + (f"?{query}" if query else ""),
        "rows": rows,
        "grounds": redaction_form.grounds(),
        "kinds": redaction_form.kinds(),
        "given": given,
        "reasons": (given.get("ground-reason", ""), given.get("own-ground-reason", "")),
        "chosen_grounds": (
            given.get("ground", redaction_form.PRIVACY), given.get("own-ground", redaction_form.PRIVACY)
        ),
        "chosen_kinds": given.getlist("kinds"),
        "chosen_proposals": accepted,
        "faults": faults,
    }  # fmt: skip
    return page(request, "desk/case/redact.html", context, here="requests", status=400 if faults else 200)


def _back(request: HttpRequest, file: int, refused: InputRefused) -> HttpResponse:
    """A file that cannot be redacted at all: back to its case with the reason."""
    found = file_of(person_of(request), file)
    if found is None:
        raise Http404
    for each in refused.faults:
        messages.error(request, str(each))
    return redirect("desk:request", found.request)
