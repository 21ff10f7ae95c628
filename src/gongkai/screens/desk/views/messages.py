"""申请人来信: what applicants sent after filing, to be read and answered by those whose it is."""

from __future__ import annotations

from django.contrib import messages as notes
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.bureau.casework import answering, consulting
from gongkai.bureau.casework import queries as requests
from gongkai.bureau.casework.message_kinds import KINDS, LONGEST_TEXT
from gongkai.bureau.casework.queries import consulting as consulted
from gongkai.bureau.casework.queries import messages as queries
from gongkai.bureau.orgs.permissions import Act, refusal, require
from gongkai.screens.desk import field_faults, forms
from gongkai.screens.desk.frame import page, person_of, staff
from gongkai.screens.desk.paging import key, with_key, word
from gongkai.statute.primitives import InputRefused

STATES = {"open": "待办", "handled": "已办", "all": "全部"}
FAMILIES = {"third_party": "第三方", "joint_agency": "共同制作机关", "other_agency": "其他机关"}
PLACES = {"答复": ("answer", "答复")}


@staff
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    require(person, Act.SEE_LEDGERS)
    state = word(request, "state", STATES) or "open"
    kind = word(request, "kind", KINDS)
    found = queries.messages(person, state=state, kind=kind, after=key(request, "after"))
    context = {
        "rows": found.rows,
        "next": with_key(request, "after", found.next_after) if found.next_after else "",
        "states": STATES.items(),
        "kinds": [(code, each.word) for code, each in KINDS.items()],
        "state": state,
        "kind": kind,
    }
    return page(request, "desk/messages/list.html", context, here="messages")


@staff
@sensitive_post_parameters("answer")
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, number: int) -> HttpResponse:
    """One message opened: each time is in the journal. Posted, its answer."""
    person = person_of(request)
    row = queries.message(person, number)
    if row is None:
        raise Http404
    faults = field_faults.NONE
    if request.method == "POST":
        try:
            answering.handle(person, number, forms.text(request, "answer"))
        except InputRefused as refused:
            faults = field_faults.faults_of(refused, PLACES)
        else:
            notes.success(request, f"{row.word}：{'已答复' if forms.text(request, 'answer') else '已阅'}。")
            return redirect("desk:messages")
    context = {
        "row": queries.message(person, number),
        "kind": KINDS[row.kind],
        "said": answering.read(person, number),
        "faults": faults,
        "entered": request.POST,
        "longest": LONGEST_TEXT,
    }
    return page(request, "desk/messages/detail.html", context, here="messages", status=400 if faults else 200)


@staff
@require_safe
def of_request(request: HttpRequest, number: int) -> HttpResponse:
    """What the applicant sent on one request, and what the consulted answered by their links."""
    person = person_of(request)
    row = requests.request(person, number)
    if row is None:
        raise Http404
    context = {
        "row": row.row,
        "rows": queries.messages_of(person, number),
        "consultations": [(each, FAMILIES[each.family]) for each in consulted.consultations(person, number)],
    }
    return page(request, "desk/messages/request.html", context, here="requests")


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def consultation(request: HttpRequest, letter: int) -> HttpResponse:
    """One consultation by link: its answer, opened and journalled; posted, the link taken back."""
    person = person_of(request)
    row = consulted.consultation(person, letter)
    if row is None:
        raise Http404
    faults = field_faults.NONE
    if request.method == "POST":
        try:
            consulting.revoke(person, letter, because=forms.text(request, "because"))
        except InputRefused as refused:
            faults = field_faults.faults_of(refused, {"理由": ("because", "收回的理由")})
        else:
            notes.success(request, "链接已收回，不能再打开。")
            return redirect("desk:consultation", letter)
    reads = consulted.reads_answers(person, row.body)
    context = {
        "row": row,
        "family": FAMILIES[row.family],
        "answer": consulting.read(person, letter) if reads and row.answered_at else None,
        "reads": reads,
        "revokes": not row.answered_at and not refusal(person, Act.WRITE_LETTERS, row.body),
        "faults": faults,
        "entered": request.POST,
    }
    return page(request, "desk/messages/consultation.html", context, here="requests", status=400 if faults else 200)


@staff
@require_safe
def consultation_file(request: HttpRequest, letter: int, file: int) -> HttpResponse:
    """A file that came with an answer."""
    try:
        taken = consulting.open_file(person_of(request), letter, file)
    except ObjectDoesNotExist:
        raise Http404 from None
    return _attached(taken)


@staff
@require_safe
def file(request: HttpRequest, number: int, file: int) -> HttpResponse:
    """A file that came with a message."""
    try:
        taken = answering.open_file(person_of(request), number, file)
    except ObjectDoesNotExist:
        raise Http404 from None
    return _attached(taken)


def _attached(taken: answering.Opened | consulting.Taken | None) -> HttpResponse:
    if taken is None:
        raise Http404
    response = HttpResponse(taken.data, content_type=taken.media_type)
    response.headers["Content-Disposition"] = str(content_disposition_header(True, taken.name))
    response.headers["Content-Security-Policy"] = "sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response
