"""政府信息公开专栏 of a body: its columns as a tree, and what stands in one of them."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from gongkai.bureau.ledger.moments import last_at
from gongkai.bureau.orgs import queries
from gongkai.bureau.publishing import catalogue
from gongkai.screens.portal.page import page

CHANGES = (
    "columns.begun", "column.added", "column.changed", "column.closed", "item.entered", "item.reviewed",
    "item.published", "item.withdrawn", "item.repealed", "items.imported", "body.corrected",
)  # fmt: skip
"""What the journal calls a change of what these pages show."""


@require_safe
def tree(request: HttpRequest, code: str) -> HttpResponseBase:
    name = queries.body_name(code)
    if name is None:
        raise Http404
    context = {"code": code, "name": name, "rows": catalogue.public_tree(code)}
    return page(request, "portal/columns/tree.html", context, column="bodies", modified=last_at(CHANGES))


@require_safe
def column(request: HttpRequest, code: str, column: str) -> HttpResponseBase:
    """What is public in a column and beneath it. A closed one's address leads to the one that has its items."""
    found = catalogue.public_column(code, column)
    if found is None:
        raise Http404
    if found.closed:
        return redirect("portal:column", code, found.merged_into, permanent=True)
    if found.row.kind == "annual":
        return redirect("portal:body-reports", code)
    if found.row.kind == "apply":
        return redirect("portal:apply-to", code)
    after = request.GET.get("after", "")[:40]
    mine = catalogue.beneath(catalogue.public_tree(code), column)
    items = catalogue.public_items([each.id for each in mine], after=after)
    context = {
        "code": code,
        "name": found.body_name,
        "found": found,
        "parts": [each for each in mine[1:] if each.depth == mine[0].depth + 1],
        "items": items.rows,
        "after": after,
        "next_query": "?" + urlencode({"after": items.next_after}) if items.next_after else "",
    }
    return page(request, "portal/columns/column.html", context, column="bodies", modified=last_at(CHANGES))
