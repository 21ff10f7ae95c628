"""A blank 405 becomes a page that says what to do: someone has reloaded or typed the address of a form's answer."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from gongkai.screens.portal.errors import error_page

METHOD_NOT_ALLOWED = 405


class WrongMethod:
    """The JSON interface answers for itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code != METHOD_NOT_ALLOWED or request.path.startswith("/api/"):
            return response
        shown = error_page(request, METHOD_NOT_ALLOWED)
        shown.headers["Allow"] = response.headers.get("Allow", "")
        return shown
