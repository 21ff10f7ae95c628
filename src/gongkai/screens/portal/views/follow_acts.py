"""The acts of an applicant on their own request, each on a page of its own; the documents that were sent to them."""

from __future__ import annotations

import secrets
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.bureau.casework import following
from gongkai.bureau.casework.files import Sent
from gongkai.bureau.casework.message_kinds import KINDS, LONGEST_TEXT, SCORES, MessageKind
from gongkai.bureau.casework.queries.following import Followed, Pass, followed
from gongkai.screens.portal.errors import error_page
from gongkai.screens.portal.follow_session import pass_of, private, remember
from gongkai.screens.portal.follow_words import EXPLAINED
from gongkai.screens.portal.form_faults import faults_of
from gongkai.screens.portal.page import attachment, page
from gongkai.screens.portal.views.follow import too_often
from gongkai.screens.ui import display
from gongkai.screens.ui.rates import TooOftenError, spend
from gongkai.screens.ui.uploads import LARGEST_REQUEST, sent, takes_files, too_much
from gongkai.statute.primitives import InputFault, InputRefused

FIELDS = {"评分": "score", "确认": "confirmed", "附件": "files"}
"""The place that a fault names, and its input; the text has the label of its kind."""


@takes_files
@sensitive_post_parameters("text")
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, kind: str) -> HttpResponse:
    """The form of one act; posted, the act itself."""
    return cast(HttpResponse, _act(request, kind))


def _act(request: HttpRequest, kind: str) -> HttpResponseBase:
    if kind not in KINDS:
        raise Http404
    given = pass_of(request)
    found = followed(given) if given else None
    if given is None or found is None:
        return HttpResponseRedirect(reverse("portal:follow"), status=303)
    if request.method != "POST":
        return _form(request, given, found, KINDS[kind])
    if too_much(request, LARGEST_REQUEST):
        return error_page(request, 413)
    if display.redrawn(request):
        return display.keep(request, _form(request, given, found, KINDS[kind]))
    try:
        spend(request)
        following.say(given, kind, _said(request))
    except TooOftenError as refused:
        return too_often(request, refused)
    except InputRefused as refused:
        return _form(request, given, found, KINDS[kind], refused)
    address = f"{reverse('portal:follow')}?{urlencode({'done': kind})}"
    return private(HttpResponseRedirect(address, status=303))


def _said(request: HttpRequest) -> following.Said:
    """What was posted; a file that the upload refused is refused with its reason."""
    score, seen = request.POST.get("score", ""), request.POST.get("seen", "")
    uploaded = sent(request, "files")
    refused = [InputFault("附件", f"“{each.name[:60]}”{each.refused}") for each in uploaded if each.refused]
    if refused:
        raise InputRefused(*refused)
    return following.Said(
        text=request.POST.get("text", ""),
        token=request.POST.get("token", ""),
        seen=int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 6 else None,
        files=tuple(Sent(each.name, each.data) for each in uploaded),
        score=int(score) if score in {str(each) for each in SCORES} else None,
        confirmed=request.POST.get("confirmed") == "yes",
    )


def _form(
    request: HttpRequest, given: Pass, found: Followed, kind: MessageKind, refused: InputRefused | None = None
) -> HttpResponseBase:
    """The form with everything that was typed; files alone must be chosen again, no browser keeps them."""
    faults = faults_of(refused, {**FIELDS, kind.text: "text"})
    context = {
        "found": found,
        "kind": kind,
        "explained": EXPLAINED[kind.code],
        "asked": _asked(found, kind),
        "not_now": found.refused[kind.code],
        "entered": {name: request.POST.get(name, "") for name in ("text", "score")},
        "token": request.POST.get("token") or secrets.token_urlsafe(24),
        "faults": faults.lines,
        "at": faults.at,
        "scores": SCORES,
        "longest": LONGEST_TEXT,
        "redrawn": request.method == "POST",
    }
    shown = page(
        request, "portal/follow/act.html", context, column="follow", private=True, status=400 if refused else 200
    )
    remember(shown, given)
    return private(shown)


def _asked(found: Followed, kind: MessageKind) -> str:
    """What the letter says that asked for this, "" where none did."""
    event, element = {"correction": ("correction_requested", "correction_items"),
                      "reasons": ("reasons_requested", "excess")}.get(kind.code, ("", ""))  # fmt: skip
    at = max((at for at, each in enumerate(found.case.events) if each.kind == event), default=-1)
    return found.told.get(at, {}).get(element, "")


@require_safe
def file(request: HttpRequest, number: int) -> HttpResponseBase:
    """A document of one's own request, opened for this one answer."""
    given = pass_of(request)
    if given is None or followed(given) is None:
        return HttpResponseRedirect(reverse("portal:follow"), status=303)
    try:
        spend(request)
        taken = following.fetch(given, number)
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
