"""归档: the file of a closed request as a package to take away, and the entry that it was handed to the archive."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods

from gongkai.bureau import clock
from gongkai.bureau.casework import archive, queries
from gongkai.bureau.casework.queries.archive import made_packages
from gongkai.bureau.orgs.permissions import Act, refusal
from gongkai.bureau.remedies import records
from gongkai.bureau.remedies.deadline_queries import open_to_applicant
from gongkai.screens.desk import field_faults, forms
from gongkai.screens.desk.frame import page, person_of, staff
from gongkai.screens.desk.ledger_words import outcomes
from gongkai.screens.desk.remedy_lights import light_of
from gongkai.statute.primitives import InputFault, InputRefused

PLACES = {
    "理由": ("because", "制作的理由"),
    "归档日": ("on", "归档日"),
    "日期": ("on", "归档日"),
    "依据": ("evidence", "依据"),
}


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def package(request: HttpRequest, number: int) -> HttpResponse:
    person = person_of(request)
    found = queries.request(person, number)
    if found is None:
        raise Http404
    faults, filing = field_faults.NONE, request.POST.get("do") == "file"
    if request.method == "POST":
        try:
            if not filing:
                return _download(request, number)
            _file_away(request, number)
        except InputRefused as refused:
            faults = field_faults.faults_of(refused, PLACES)
        else:
            messages.success(request, "已登记归档。")
            return redirect("desk:archive", number)
    context = {
        "row": found.row,
        "outcome": outcomes().get(found.row.outcome, ""),
        "closed": found.reading.phase in ("closed", "closed_late"),
        "archived": next((each.on for each in reversed(found.events) if each.kind == "archived"), None),
        "made": made_packages(number),
        "remedies": [light_of(each) for each in open_to_applicant(found.row.id, found.case)],
        "refusal": refusal(person, Act.ENTER_REQUESTS, found.row.body),
        "identity_refusal": refusal(person, Act.SEE_IDENTITIES, found.row.body),
        "faults": faults,
        "filing": filing,
        "entered": request.POST,
        "today": clock.today(),
    }
    return page(request, "desk/archive.html", context, here="requests", status=400 if faults else 200)


def _download(request: HttpRequest, number: int) -> HttpResponse:
    with_identity = request.POST.get("identity") == "1"
    because = forms.text(request, "because")
    also = records.archived(number)
    name, data = archive.make(person_of(request), number, because=because, with_identity=with_identity, also=also)
    return zip_answer(name, data)


def _file_away(request: HttpRequest, number: int) -> None:
    on, evidence = forms.day(request, "on", "归档日"), forms.text(request, "evidence")
    if on is None:
        raise InputRefused(InputFault("归档日", "没有填写", "日期"))
    if len(evidence) > forms.LONGEST_EVIDENCE:
        raise InputRefused(InputFault("依据", f"有{len(evidence)}个字", f"不超过{forms.LONGEST_EVIDENCE}个字"))
    archive.file_away(person_of(request), number, on=on, evidence=evidence)


def zip_answer(name: str, data: bytes) -> HttpResponse:
    """A package to take away; it is kept nowhere on the way."""
    response = HttpResponse(data, content_type="application/zip")
    response.headers["Content-Disposition"] = str(content_disposition_header(True, name))
    response.headers["Cache-Control"] = "no-store"
    return response
