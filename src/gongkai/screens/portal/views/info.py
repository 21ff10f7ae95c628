"""One piece of information: its page, its files; what was withdrawn leaves a page with the reason."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe
from markupsafe import Markup

from gongkai.bureau.ledger.moments import last_at
from gongkai.bureau.orgs import queries
from gongkai.bureau.publishing import catalogue, channel_items, public_items
from gongkai.bureau.publishing.public_items import Withdrawn
from gongkai.documents.channels import atom_feed, rss_feed
from gongkai.screens.portal.page import answer, page
from gongkai.screens.portal.site import site
from gongkai.screens.portal.views.columns import CHANGES
from gongkai.screens.ui.rich_text import shown_html

GONE = 410
EPOCH = datetime(2008, 5, 1, tzinfo=UTC)
FEEDS = {"atom": (atom_feed, "application/atom+xml"), "rss": (rss_feed, "application/rss+xml")}
SHOWN = ("image/jpeg", "image/png", "image/gif", "application/pdf")
"""What a browser shows by itself and no script runs in; the rest is downloaded."""


@require_safe
def detail(request: HttpRequest, number: str) -> HttpResponseBase:
    found = public_items.page_of(number)
    if found is None:
        raise Http404
    if isinstance(found, Withdrawn):
        return page(request, "portal/info/withdrawn.html", {"found": found}, column="bodies", status=GONE)

    def picture(digest: str) -> str:
        return reverse("portal:info-file", args=[number, digest])

    context = {
        "found": found,
        "text": Markup(shown_html(found.html, picture)),  # noqa: S704  # cleaned by shown_html
        "lines": [line for line in found.text.splitlines() if line.strip()],
    }
    return page(request, "portal/info/item.html", context, column="bodies", modified=last_at(CHANGES))


@require_safe
def feed(request: HttpRequest, code: str, column: str = "", form: str = "atom") -> HttpResponseBase:
    """What a body, or one of its columns, published last, as Atom or RSS; what was withdrawn of late is told too."""
    name = queries.body_name(code)
    found = catalogue.public_column(code, column) if column else None
    if name is None or (column and (found is None or found.closed)):
        raise Http404
    mine = [each.id for each in catalogue.beneath(catalogue.public_tree(code), column)] if column else None
    kind = "portal:column" if column else "portal:columns"
    address = reverse(kind, args=[code, column] if column else [code])
    changed = last_at(CHANGES) or EPOCH
    home = _absolute(request, reverse("portal:home")).rstrip("/")
    write, media_type = FEEDS[form]
    told = write(
        channel_items.fed(code, mine, home),
        title=f"{name}{found.row.name if found else '政府信息公开'}",
        address=_absolute(request, address),
        self_address=_absolute(request, request.path),
        updated=changed,
    )
    return answer(request, told, content_type=f"{media_type}; charset=utf-8", modified=changed)


@require_safe
def file(request: HttpRequest, number: str, digest: str) -> HttpResponseBase:
    """An attachment or a picture, while its page is public: nothing keeps what may be withdrawn without asking."""
    found = public_items.file_of(number, digest)
    if found is None:
        raise Http404
    told, path = found
    response = FileResponse(path.open("rb"), content_type=told.media_type)
    response.headers["Content-Disposition"] = str(content_disposition_header(told.media_type not in SHOWN, told.name))
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["ETag"] = f'"{digest}"'
    response.headers["Cache-Control"] = "no-cache"
    return response


def _absolute(request: HttpRequest, path: str) -> str:
    """By the portal's own name where it has one: a stranger may choose the request's Host."""
    domain = site().domain
    return f"https://{domain}{path}" if domain else request.build_absolute_uri(path)
