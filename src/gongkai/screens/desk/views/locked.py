"""The page that a locked account gets: it says when the lock ends."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.bureau.orgs.locks import locked_until


def page(
    request: HttpRequest, response: HttpResponse | None = None, credentials: Mapping[str, str] | None = None
) -> HttpResponse:
    """What axes answers in place of any page; the same for a name that no account has."""
    username = str((credentials or {}).get("username") or "")
    context = {"until": locked_until(username), "limit": settings.AXES_FAILURE_LIMIT}
    answer = render(request, "account/locked.html", context, status=429)
    answer.headers["Cache-Control"] = "no-store"
    return answer
