"""规章、规范性文件 of a body: what is in force, what is not any more, how many by year."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from gongkai.bureau.ledger.moments import last_at
from gongkai.bureau.orgs import queries
from gongkai.bureau.publishing import documents
from gongkai.screens.portal.page import page
from gongkai.screens.portal.views.columns import CHANGES

STANDINGS = {"in_force": _("现行有效"), "ended": _("废止、失效"), "all": _("全部")}
ROWS = {"rules": _("规章"), "normative": _("规范性文件")}
COUNTS = {"made": _("制发"), "repealed": _("废止"), "in_force": _("现行有效")}


@require_safe
def of_body(request: HttpRequest, code: str) -> HttpResponseBase:
    name = queries.body_name(code)
    if name is None:
        raise Http404
    standing = request.GET.get("standing", "")
    standing = standing if standing in STANDINGS else "in_force"
    after = request.GET.get("after", "")[:40]
    found = documents.public_documents(code, standing=standing, after=after)
    following = {"standing": standing, "after": found.next_after}
    context = {
        "code": code,
        "name": name,
        "rows": found.rows,
        "standing": standing,
        "standings": STANDINGS.items(),
        "words": ROWS,
        "counts": tuple(COUNTS.items()),
        "years": [(each.year, each.counts) for each in documents.by_year(code)],
        "after": after,
        "next_query": f"?{urlencode(following)}" if found.next_after else "",
    }
    return page(request, "portal/documents.html", context, column="bodies", modified=last_at(CHANGES))
