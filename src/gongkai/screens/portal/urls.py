"""The addresses of the portal."""

from __future__ import annotations

from django.urls import path

from gongkai.screens.portal.views import (
    apply,
    bodies,
    check,
    columns,
    consult,
    documents,
    follow,
    follow_acts,
    info,
    pages,
    reports,
)

app_name = "portal"

urlpatterns = [
    path("", pages.home, name="home"),
    path("check/", check.check_page, name="check"),
    path("check/sample/", check.sample, name="sample"),
    path("check/rules/", pages.rules, name="rules"),
    path("check/download/", check.download, name="download"),
    path("bodies/", bodies.listing, name="bodies"),
    path("bodies/<slug:code>/", bodies.detail, name="body"),
    path("bodies/<slug:code>/reports/", reports.of_body, name="body-reports"),
    path("bodies/<slug:code>/reports/compare/", reports.compare, name="report-compare"),
    path("bodies/<slug:code>/reports/<int:year>/", reports.report, name="report"),
    path("bodies/<slug:code>/reports/<int:year>.<slug:to>", reports.report_file, name="report-file"),
    path("bodies/<slug:code>/columns/", columns.tree, name="columns"),
    path("bodies/<slug:code>/documents/", documents.of_body, name="documents"),
    path("bodies/<slug:code>/feed.atom", info.feed, name="body-feed"),
    path("bodies/<slug:code>/feed.rss", info.feed, {"form": "rss"}, name="body-rss"),
    path("bodies/<slug:code>/columns/<slug:column>/feed.atom", info.feed, name="column-feed"),
    path("bodies/<slug:code>/columns/<slug:column>/feed.rss", info.feed, {"form": "rss"}, name="column-rss"),
    path("bodies/<slug:code>/columns/<slug:column>/", columns.column, name="column"),
    path("info/<path:number>/files/<slug:digest>/", info.file, name="info-file"),
    path("info/<path:number>/", info.detail, name="info"),
    path("reports/", reports.listing, name="reports"),
    path("apply/", apply.choose, name="apply"),
    path("apply/receipt/", apply.receipt_text, name="apply-receipt"),
    path("apply/<slug:code>/", apply.form, name="apply-to"),
    path("apply/<slug:code>/answers/", apply.answers, name="apply-answers"),
    path("apply/<slug:code>/answers/<int:item>/", apply.answer, name="apply-answer"),
    path("follow/", follow.follow, name="follow"),
    path("follow/leave/", follow.leave, name="follow-leave"),
    path("follow/files/<int:number>/", follow_acts.file, name="follow-file"),
    path("follow/<slug:kind>/", follow_acts.act, name="follow-act"),
    path("consult/<str:token>/", consult.consult, name="consult"),
    path("consult/<str:token>/files/<int:number>/", consult.file, name="consult-file"),
    path("help/", pages.help_page, name="help"),
    path("about/", pages.about, name="about"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("robots.txt", pages.robots, name="robots"),
]
