"""The directory of public bodies, listed by key so that a page costs the same however many there are."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from gongkai.bureau.ledger.moments import last_at
from gongkai.bureau.orgs import queries
from gongkai.screens.portal.page import page

DIRECTORY = ("body.imported", "body.created", "body.corrected", "section.created")
"""What the journal calls a change of the directory."""
LONGEST_SEARCH = 50
MOST_PARTS = 200

LEVELS = {
    "province": _("省级政府"),
    "city": _("市级政府"),
    "county": _("县级政府"),
    "township": _("乡镇政府"),
    "province_department": _("省级政府部门"),
    "city_department": _("市级政府部门"),
    "county_department": _("县级政府部门"),
    "subdistrict": _("街道办事处"),
    "development_zone": _("开发区管理机构"),
    "authorised_body": _("法律法规授权的组织"),
    "vertical_department": _("垂直管理部门"),
    "other": _("其他机关"),
}
"""The levels of the exchange format `orgs`, for translation."""

REPORT_DUE = {
    **dict.fromkeys(("province", "city", "county"), _("每年3月31日前公布上一年度报告（条例第四十九条）")),
    **dict.fromkeys(
        ("province_department", "city_department", "county_department"),
        _("每年1月31日前公布上一年度报告（条例第四十九条）"),
    ),
}
"""By level; article 49 names no day for the others."""


@require_safe
def listing(request: HttpRequest) -> HttpResponseBase:
    """Fifty bodies by code, after the one named; the address holds the whole state."""
    search = request.GET.get("q", "").strip()[:LONGEST_SEARCH].replace("\0", "")
    after = request.GET.get("after", "")[:100].replace("\0", "")
    found = queries.bodies(after=after or None, search=search)
    context = {
        "bodies": found.rows,
        "levels": LEVELS,
        "search": search,
        "after": after,
        "first_query": _query(q=search),
        "next_query": _query(q=search, after=found.next_after) if found.next_after else "",
    }
    return page(request, "portal/bodies/list.html", context, column="bodies", modified=last_at(DIRECTORY))


@require_safe
def detail(request: HttpRequest, code: str) -> HttpResponseBase:
    """One body: what it is, where it is, its sections and the bodies beneath it; nobody's name."""
    body = queries.body(code)
    if body is None:
        raise Http404
    changed = last_at(DIRECTORY, code)
    context = {
        "body": body,
        "modified": f"{localtime(changed):%Y-%m-%d %H:%M}" if changed else "",
        "level": LEVELS.get(body.level, body.level_word),
        "report_due": REPORT_DUE.get(body.level, ""),
        "parts": body.children[:MOST_PARTS],
        "more": len(body.children) > MOST_PARTS,
    }
    # the bodies beneath it stand on its page too
    return page(request, "portal/bodies/body.html", context, column="bodies", modified=last_at(DIRECTORY))


def _query(**values: str | None) -> str:
    """The query of an address, without what is empty."""
    given = {name: value for name, value in values.items() if value}
    return f"?{urlencode(given)}" if given else ""
