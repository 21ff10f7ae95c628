"""One way to answer with a portal page: language, display, strong ETag, compression, headers."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.utils.translation import override

from gongkai.screens.portal.site import site
from gongkai.screens.ui.display import Display

WORTH_COMPRESSING = 600
"""Bytes."""
INSTALLED_AT = Path(__file__).stat().st_mtime
"""Before it no page can have been as it is: its words come with the software."""


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    column: str = "",
    status: int = 200,
    private: bool = False,
    modified: datetime | None = None,
) -> HttpResponseBase:
    """The template as a page in the reader's language and display.

    `column` is the entry of the main navigation that the page belongs to. A `private` page (an answer to what
    the visitor sent) is never stored by anyone; any other is a pure function of what is published, carries
    a strong ETag, and is answered with 304 where the reader has it already. `modified` is when the stored data
    that it shows last changed.
    """
    display = Display.of(request)
    named = site()
    values = {
        "display": display,
        "column": column,
        "here": request.get_full_path() if request.method == "GET" else request.path,
        # never from the request's own Host, which a stranger may choose (and which an error page must survive)
        "canonical": f"https://{named.domain}{request.path}" if named.domain else request.path,
        **(context or {}),
    }
    with override(display.language):
        text = render_to_string(template, {"site": named, **values}, request, using="jinja2")
    return answer(request, text.encode(), status=status, private=private, modified=modified)


def answer(
    request: HttpRequest,
    body: bytes,
    *,
    content_type: str = "text/html; charset=utf-8",
    status: int = 200,
    private: bool = False,
    modified: datetime | None = None,
) -> HttpResponseBase:
    """The bytes, compressed where the reader takes that and they are worth it; see `page` for `private`."""
    packed = len(body) >= WORTH_COMPRESSING and "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(
        gzip.compress(body, 6, mtime=0) if packed else body, content_type=content_type, status=status
    )
    patch_vary_headers(response, ["Accept-Encoding", "Cookie"])
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Content-Language"] = Display.of(request).language
    response.headers["Content-Length"] = str(len(response.content))
    if private or status != 200:
        response.headers["Cache-Control"] = "no-store"
        return response
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}{"-gz" if packed else ""}"'
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "no-cache"
    stamp = int(max(INSTALLED_AT, modified.timestamp() if modified else 0))
    response.headers["Last-Modified"] = http_date(stamp)
    # The display is in a cookie, so the date alone does not tell whether the reader has this page: only the ETag does.
    return get_conditional_response(request, etag=etag, response=response) or response


def attachment(body: bytes, content_type: str) -> HttpResponse:
    """A file made for this visitor: stored by nobody, never shown as a page of this site."""
    response = HttpResponse(body, content_type=content_type)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
