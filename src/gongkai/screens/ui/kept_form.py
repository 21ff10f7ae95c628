"""A form that came too late: the session or its token had ended. What was written is shown again and sent again."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

LONG = 20
"""Characters from which a value is shown for reading and copying, beside being sent again."""


def from_here(request: HttpRequest) -> bool:
    """Whether a page of ours sent the form: what another site sent is not offered for sending again."""
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    return bool(origin) and urlsplit(origin).netloc == request.get_host()


def kept_form(request: HttpRequest, *, status: int) -> HttpResponse:
    """The page with every field but files and passwords; nothing of it is cached."""
    fields = [
        (name, value)
        for name in request.POST
        if name != "csrfmiddlewaretoken" and "password" not in name
        for value in request.POST.getlist(name)
    ]
    context = {
        "fields": fields,
        "texts": [value for _, value in fields if len(value) >= LONG],
        "files": bool(request.FILES),
        "signed_in": request.user.is_authenticated,
        "path": request.get_full_path(),
    }
    response = render(request, "ui/kept_form.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
