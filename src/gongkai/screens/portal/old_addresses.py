"""Addresses of the site that the imported information came from: they lead to where it stands now."""

from __future__ import annotations

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect
from django.urls import reverse

from gongkai.bureau.publishing import old_addresses
from gongkai.bureau.publishing.public_items import Withdrawn
from gongkai.screens.portal.page import page

GONE = 410
NOT_HERE = ("desk/", "api/", "accounts/", "ui/", "static/")
"""Parts of this site where no old page stands."""


def moved(request: HttpRequest) -> HttpResponseBase | None:
    """301 to what is public, 410 with the reason for what was withdrawn; None for what nobody may know of."""
    rest = request.path_info.lstrip("/")
    if request.method not in ("GET", "HEAD") or rest.startswith(NOT_HERE):
        return None
    try:
        found = old_addresses.found(request.path_info, request.META.get("QUERY_STRING", ""))
    except DatabaseError:  # an error page is answered without a database too
        return None
    if isinstance(found, Withdrawn):
        return page(request, "portal/info/withdrawn.html", {"found": found}, column="bodies", status=GONE)
    if found is None:
        return None
    if found.file:
        target = reverse("portal:info-file", args=[found.index_number, found.file])
    else:
        target = reverse("portal:info", args=[found.index_number])
    response = HttpResponsePermanentRedirect(target)
    response.headers["Cache-Control"] = "no-cache"  # withdrawn one day, it is not to be found any more
    return response
