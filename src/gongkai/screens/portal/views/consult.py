"""A private link: a third party or another body reads what it is asked and answers once; who applied is not shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.bureau.casework import consulting
from gongkai.bureau.casework.files import Sent
from gongkai.bureau.casework.message_kinds import LONGEST_TEXT
from gongkai.bureau.casework.queries.consulting import OPEN, Asked, asked
from gongkai.screens.portal.errors import error_page
from gongkai.screens.portal.follow_session import private
from gongkai.screens.portal.form_faults import faults_of
from gongkai.screens.portal.guesses import count_wrong, refuse_guessing
from gongkai.screens.portal.page import attachment, page
from gongkai.screens.portal.views.follow import too_often
from gongkai.screens.ui import display
from gongkai.screens.ui.rates import TooOftenError, spend
from gongkai.screens.ui.uploads import LARGEST_REQUEST, sent, takes_files, too_much
from gongkai.statute.clock.wording import day_in_words
from gongkai.statute.primitives import InputFault, InputRefused

FIELDS = {"意见": "consents", "理由": "grounds", "附件": "files"}
SILENCE: Mapping[str, str | Promise] = {
    "third_party": _("逾期没有提出意见的，由机关依照条例的规定决定是否公开（条例第32条）。"),
    "joint_agency": _("逾期没有提出意见的，视为同意公开（条例第34条）。"),
    "other_agency": _("没有提出意见的，不视为同意，也不视为不同意；由发函机关依法处理。"),
}
"""What it means to say nothing. 视为同意 holds for bodies that made the information together, and for nobody else."""

LEADS: Mapping[str, str | Promise] = {
    "third_party": _("收到一件政府信息公开申请，要公开的内容可能涉及您的合法权益，依法征求您的意见。"),
    "joint_agency": _("收到一件政府信息公开申请，要公开的信息由你机关共同制作，依法征求你机关的意见。"),
    "other_agency": _("收到一件政府信息公开申请，要公开的信息与你机关有关，依法征求你机关的意见。"),
}
"""What is asked of whom, after the name of the body that asks."""


@takes_files
@sensitive_post_parameters("grounds")
@require_http_methods(["GET", "HEAD", "POST"])
def consult(request: HttpRequest, token: str) -> HttpResponse:
    """What is asked; posted, the answer."""
    return cast(HttpResponse, _consult(request, token))


@sensitive_variables("token")
def _consult(request: HttpRequest, token: str) -> HttpResponseBase:
    try:
        found = _found(request, token)
        if request.method == "POST":
            return _answer(request, token, found)
    except TooOftenError as refused:
        return too_often(request, refused)
    if found.state == OPEN and request.method == "GET":
        consulting.note_opened(token)
    return _shown(request, token, found)


def _found(request: HttpRequest, token: str) -> Asked:
    """What the link opens; an unknown one is counted as a guess and is no page."""
    refuse_guessing(request)
    spend(request)
    found = asked(token)
    if found is None:
        count_wrong(request)
        raise Http404
    return found


def _answer(request: HttpRequest, token: str, found: Asked) -> HttpResponseBase:
    if too_much(request, LARGEST_REQUEST):
        return error_page(request, 413)
    if display.redrawn(request):
        return display.keep(request, _shown(request, token, found))
    try:
        consulting.answer(token, _given(request))
    except InputRefused as refused:
        return _shown(request, token, found, refused)
    return private(HttpResponseRedirect(reverse("portal:consult", args=[token]), status=303))


def _given(request: HttpRequest) -> consulting.Answer:
    uploaded = sent(request, "files")
    refused = [InputFault("附件", f"“{each.name[:60]}”{each.refused}") for each in uploaded if each.refused]
    if refused:
        raise InputRefused(*refused)
    chosen = {"yes": True, "no": False}.get(request.POST.get("consents", ""))
    files = tuple(Sent(each.name, each.data) for each in uploaded)
    return consulting.Answer(chosen, request.POST.get("grounds", ""), files)


def _shown(request: HttpRequest, token: str, found: Asked, refused: InputRefused | None = None) -> HttpResponseBase:
    faults = faults_of(refused, FIELDS)
    context = {
        "found": found,
        "token": token,
        "until": day_in_words(found.until.toordinal()) if found.until else "",
        "lead": LEADS[found.family],
        "silence": SILENCE[found.family],
        "entered": {name: request.POST.get(name, "") for name in ("consents", "grounds")},
        "faults": faults.lines,
        "at": faults.at,
        "longest": LONGEST_TEXT,
        "redrawn": request.method == "POST",
    }
    return private(page(request, "portal/consult/page.html", context, private=True, status=400 if refused else 200))


@sensitive_variables("token")
@require_safe
def file(request: HttpRequest, token: str, number: int) -> HttpResponseBase:
    """The letter or what it encloses."""
    try:
        _found(request, token)
        taken = consulting.fetch(token, number)
    except TooOftenError as refused:
        return too_often(request, refused)
    except InputRefused:
        return error_page(request, 500)
    if taken is None:
        raise Http404
    response = attachment(taken.data, taken.media_type)
    response.headers["Content-Disposition"] = str(content_disposition_header(True, taken.name))
    response.headers["Content-Security-Policy"] = "sandbox"
    return private(response)
