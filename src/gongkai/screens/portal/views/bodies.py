"""The directory of public bodies, listed by key so that a page costs the same however many there are."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

PER_PAGE = 50
LONGEST_SEARCH = 50

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
"""The levels of the exchange format `orgs`, in words."""


@require_safe
def listing(request: HttpRequest) -> HttpResponseBase:
    raise Http404


@require_safe
def detail(request: HttpRequest, code: str) -> HttpResponseBase:
    raise Http404
