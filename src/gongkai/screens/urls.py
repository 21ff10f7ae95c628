"""The addresses of the whole site. They never change once published."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path, re_path

from gongkai.screens.api.health import healthz


def not_offered(request: HttpRequest) -> HttpResponse:
    """Accounts are opened by administrators: nobody signs up, and no e-mail address opens an account."""
    raise Http404


NOT_OFFERED = (
    r"^accounts/(?:signup|email|confirm-email|inactive|password/(?:reset|set)|login/code|3rdparty|social)(?:/|$)"
)

urlpatterns = [
    re_path(NOT_OFFERED, not_offered),
    path("ui/", include("gongkai.screens.ui.urls")),
    path("accounts/", include("allauth.urls")),
    path("desk/", include("gongkai.screens.desk.urls")),
    path("healthz", healthz, name="healthz"),
    path("api/v1/", include("gongkai.screens.api.urls")),
    path("", include("gongkai.screens.portal.urls")),
]

handler400 = "gongkai.screens.portal.errors.bad_request"
handler403 = "gongkai.screens.portal.errors.forbidden"
handler404 = "gongkai.screens.portal.errors.not_found"
handler500 = "gongkai.screens.portal.errors.server_error"
