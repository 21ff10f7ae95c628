"""The half hour after number and code were shown: a signed cookie of its own, so that the code is in no address.

The cookie names the request by its id and the code by a part of its mark; it goes to the pages of following alone.
"""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from gongkai.bureau.casework.queries.following import Pass

COOKIE = "gongkai_follow"
SALT = "gongkai.follow"
HALF_AN_HOUR = 30 * 60


def pass_of(request: HttpRequest) -> Pass | None:
    """The pass that the visitor holds, None where there is none, it is too old, or somebody made it up."""
    try:
        told = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=HALF_AN_HOUR)
        return Pass(int(told["request"]), str(told["seal"]))
    except (signing.BadSignature, ValueError, TypeError, KeyError):
        return None


def remember(response: HttpResponseBase, given: Pass) -> None:
    """For half an hour from now: each page that is opened begins it anew."""
    response.set_cookie(
        COOKIE,
        signing.dumps({"request": given.request, "seal": given.seal}, salt=SALT, compress=False),
        max_age=HALF_AN_HOUR,
        path=reverse("portal:follow"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def forget(response: HttpResponseBase) -> None:
    response.delete_cookie(COOKIE, path=reverse("portal:follow"), samesite="Strict")


def private(response: HttpResponseBase) -> HttpResponseBase:
    """A page for one visitor alone: kept by nobody, found by no search engine."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
