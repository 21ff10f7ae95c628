"""Pages that are the same for everyone: home, rules, help, about."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongkai.bureau.ledger.moments import last_at
from gongkai.bureau.orgs import queries
from gongkai.screens.portal.page import answer, page
from gongkai.screens.portal.relations import RELATIONS
from gongkai.screens.portal.views.bodies import DIRECTORY


@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    context = {"body_count": queries.count_bodies()}
    return page(request, "portal/home.html", context, column="home", modified=last_at(DIRECTORY))


@require_safe
def rules(request: HttpRequest) -> HttpResponseBase:
    return page(request, "portal/pages/rules.html", {"groups": RELATIONS}, column="rules")


@require_safe
def help_page(request: HttpRequest) -> HttpResponseBase:
    return page(request, "portal/pages/help.html", column="help")


@require_safe
def about(request: HttpRequest) -> HttpResponseBase:
    return page(request, "portal/pages/about.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponseBase:
    return page(request, "portal/pages/accessibility.html")


@require_safe
def robots(request: HttpRequest) -> HttpResponseBase:
    """Search engines may read the portal; the desk and what is answered to a form are not for them."""
    top = reverse("portal:home")
    private = ("desk/", "accounts/", "api/", "check/download/", "follow/", "consult/")
    lines = ["User-agent: *", *(f"Disallow: {top}{each}" for each in private)]
    return answer(request, ("\n".join(lines) + "\n").encode(), content_type="text/plain; charset=utf-8")
