"""The addresses of the whole site. They never change once published."""

from __future__ import annotations

from django.urls import include, path

from gongkai.screens.api.health import healthz

urlpatterns = [
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
