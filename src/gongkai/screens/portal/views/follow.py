"""Following one's own request: number and query code open one page, from which every act of the applicant goes."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.bureau import clock
from gongkai.bureau.casework import following
from gongkai.bureau.casework.message_kinds import KINDS
from gongkai.bureau.casework.queries.following import Followed, followed
from gongkai.screens.portal.errors import error_page
from gongkai.screens.portal.follow_session import forget, pass_of, private, remember
from gongkai.screens.portal.follow_words import fee, line_of_time, moment, standing
from gongkai.screens.portal.guesses import count_wrong, refuse_guessing
from gongkai.screens.portal.page import page
from gongkai.screens.ui.rates import TooOftenError
from gongkai.statute.clock.wording import derivation

WRONG = _("申请编号与查询码对不上。请对照回执逐字核对；查询码十二位，不分大小写。")
"""The same for a wrong number, a wrong code and both: who guesses learns nothing."""


# Exempt from the token: the page is the same for everyone and sets no cookie; a form from another site is told by
# its headers, and would open nothing but a request whose code the other site knows already.
@csrf_exempt
@sensitive_post_parameters("number", "code")
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponseBase:
    if request.method == "POST":
        return _open(request)
    given = pass_of(request)
    found = followed(given) if given else None
    if given is None or found is None:
        return private(page(request, "portal/follow/open.html", _entry(), column="follow", private=True))
    shown = page(request, "portal/follow/page.html", _shown(request, found), column="follow", private=True)
    remember(shown, given)
    return private(shown)


def _open(request: HttpRequest) -> HttpResponseBase:
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return error_page(request, 403)
    number, code = (request.POST.get(each, "").strip()[: following.LONGEST_KEY] for each in ("number", "code"))
    try:
        refuse_guessing(request, following.plain(number))
    except TooOftenError as refused:
        return too_often(request, refused)
    given = following.opened(number, code)
    if given is None:
        count_wrong(request, following.plain(number))
        entry = _entry(number, WRONG)
        return private(page(request, "portal/follow/open.html", entry, column="follow", private=True, status=400))
    response = HttpResponseRedirect(reverse("portal:follow"), status=303)
    remember(response, given)
    return private(response)


def _entry(number: str = "", fault: object = "") -> dict[str, object]:
    return {"number": number, "fault": fault}


@csrf_exempt
@require_POST
def leave(request: HttpRequest) -> HttpResponseBase:
    """The half hour ends now: for whoever shares a computer."""
    response = HttpResponseRedirect(reverse("portal:follow"), status=303)
    forget(response)
    return private(response)


def _shown(request: HttpRequest, found: Followed) -> dict[str, Any]:
    today = clock.today()
    possible = [each for code, each in KINDS.items() if not found.refused[code]]
    return {
        "found": found,
        "standing": standing(found, today),
        "fee": fee(found),
        "derived": derivation(found.case, found.calendar, today).lines,
        "happened": line_of_time(found),
        "asked_of_you": [each for each in possible if each.code in ("correction", "reasons")],
        "open_acts": [each for each in possible if each.code not in ("correction", "reasons")],
        "moment": moment,
        "done": KINDS.get(request.GET.get("done", "")),
    }


def too_often(request: HttpRequest, refused: TooOftenError) -> HttpResponseBase:
    response = error_page(request, 429, _("试得太多了。请核对回执，过几分钟再试。"))
    response.headers["Retry-After"] = str(refused.seconds)
    return private(response)
