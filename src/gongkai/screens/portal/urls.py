"""The addresses of the portal."""

from __future__ import annotations

from django.urls import path

from gongkai.screens.portal.views import bodies, check, pages

app_name = "portal"

urlpatterns = [
    path("", pages.home, name="home"),
    path("check/", check.check_page, name="check"),
    path("check/sample/", check.sample, name="sample"),
    path("check/rules/", pages.rules, name="rules"),
    path("check/download/", check.download, name="download"),
    path("bodies/", bodies.listing, name="bodies"),
    path("bodies/<slug:code>/", bodies.detail, name="body"),
    path("help/", pages.help_page, name="help"),
    path("about/", pages.about, name="about"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("robots.txt", pages.robots, name="robots"),
]
