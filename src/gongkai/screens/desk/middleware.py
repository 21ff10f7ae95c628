"""What no address may hold, refused before a view or a database sees it."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse


class NoZeroBytes:
    """PostgreSQL knows no text with a zero byte: a filter of the desk that holds one answers 400 in both databases.

    No address of the portal names such a thing; the JSON interface answers for itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/desk/") and (
            "%00" in request.META.get("QUERY_STRING", "") or "\0" in request.path
        ):
            raise SuspiciousOperation("a zero byte in the address")
        if "\0" in request.path and not request.path.startswith("/api/"):
            raise Http404
        return self.get_response(request)
