"""我的视图 above a list: the filters that one keeps under a name, and the form that keeps those of the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from gongkai.bureau.orgs import saved_views
from gongkai.screens.desk import forms
from gongkai.screens.desk.frame import person_of, staff
from gongkai.statute.primitives import InputRefused

FILTERS: Mapping[str, tuple[str, ...]] = {
    "requests": ("search", "whose", "state", "year", "body", "order", "applicant_kind", "channel", "outcome", "from",
                 "until"),
    "remedies": ("kind", "pending", "body"),
    "items": ("search", "column", "year", "body"),
    "deliveries": ("search", "way", "lacking", "since", "until", "body"),
}  # fmt: skip
"""The lists that have views, and their own filters."""


@dataclass(frozen=True, slots=True)
class Bar:
    """`views`: (name, query, whether it is the one being looked at); `query`: of the address, to be kept."""

    page: str
    views: tuple[tuple[str, str, bool], ...]
    query: str
    filtered: bool
    name: str


def bar(request: HttpRequest, page: str) -> Bar:
    own = {name: request.GET[name] for name in FILTERS[page] if request.GET.get(name)}
    views = tuple(
        (name, query, dict(parse_qsl(query)) == own) for name, query in saved_views.views_of(person_of(request), page)
    )
    return Bar(page, views, urlencode(own), bool(own), request.GET.get("view", "")[:40])


@staff
@require_POST
def keep(request: HttpRequest, listing: str) -> HttpResponse:
    """Keep or drop a view, and go back to the list as it was."""
    if listing not in FILTERS:
        raise Http404
    person, name, query = person_of(request), forms.text(request, "name"), request.POST.get("query", "")[:2000]
    back = reverse(f"desk:{listing}")
    if request.POST.get("do") == "drop":
        saved_views.drop(person, listing, name)
        messages.success(request, f"已删去视图“{name}”。")
        return redirect(f"{back}?{query}" if query else back)
    try:
        saved_views.save(person, listing, name, query, FILTERS[listing])
    except InputRefused as refused:
        for each in refused.faults:
            messages.error(request, f"{each}。")
        return redirect(f"{back}?{query}&{urlencode({'view': name})}")
    messages.success(request, f"已保存视图“{name}”。")
    return redirect(f"{back}?{query}")
