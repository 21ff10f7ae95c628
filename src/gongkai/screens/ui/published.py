"""A file of a published report, served exactly as it was published. Portal and API share it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date

from gongkai.bureau.annual import public
from gongkai.screens.ui.downloads import CONTENT_TYPES

TYPES = {
    "docx": CONTENT_TYPES["docx"],
    "pdf": CONTENT_TYPES["pdf"],
    "xlsx": CONTENT_TYPES["xlsx"],
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}
"""The files of a published report, in the order in which they are offered."""
SHOWN_INLINE = ("json", "pdf")
FOR_MACHINES = ("json", "csv")


def published_file(request: HttpRequest, body: str, year: int, to: str) -> HttpResponseBase:
    """The stored bytes of the version in force. The ETag is their digest; who has them already gets 304.

    The address is that of the report, so a correction changes what stands there: caches ask each time. Raises Http404.
    """
    found = public.file_of(body, year, to) if to in TYPES else None
    if found is None:
        raise Http404
    etag, published = f'"{found.digest}"', int(found.published_at.timestamp())
    response = get_conditional_response(request, etag=etag, last_modified=published)
    if response is None:
        data = public.file_bytes(found.digest)
        if data is None:
            raise Http404
        response = HttpResponse(data, content_type=TYPES[to])
        response.headers["Content-Length"] = str(len(data))
        response.headers["Content-Disposition"] = str(
            content_disposition_header(to not in SHOWN_INLINE, f"{found.name}.{to}")
        )
    response.headers["ETag"] = etag
    response.headers["Last-Modified"] = http_date(published)
    response.headers["Cache-Control"] = "no-cache"
    response.headers["X-Content-Type-Options"] = "nosniff"
    if to in FOR_MACHINES:
        response.headers["Access-Control-Allow-Origin"] = "*"
    return response
