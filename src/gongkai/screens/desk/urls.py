"""The addresses of the desk."""

from __future__ import annotations

from django.urls import path

from gongkai.screens.desk.views import bodies, calendar, clock, journal, people, reports, tasks, work

app_name = "desk"

urlpatterns = [
    path("", work.home, name="home"),
    path("keys/", work.keys, name="keys"),
    path("parameters/", work.parameters, name="parameters"),
    path("tasks/", tasks.listing, name="tasks"),
    path("tasks/rows/", tasks.rows, name="task-rows"),
    path("reports/", reports.listing, name="reports"),
    path("reports/export/", reports.export, name="reports-export"),
    path("reports/<int:check>/", reports.detail, name="report"),
    path("reports/<int:check>/waive/", reports.waive, name="waive"),
    path("reports/<int:check>/waivers/<int:waiver>/withdraw/", reports.withdraw, name="withdraw-waiver"),
    path("reports/<int:check>/download/<str:to>/", reports.download, name="report-download"),
    path("clock/", clock.calculate, name="clock"),
    path("calendar/", calendar.year, name="calendar"),
    path("calendar/<int:year>/", calendar.year, name="calendar-year"),
    path("calendar/notices/<int:notice>/withdraw/", calendar.withdraw, name="withdraw-notice"),
    path("bodies/", bodies.tree, name="bodies"),
    path("bodies/<slug:code>/", bodies.detail, name="body"),
    path("people/", people.listing, name="people"),
    path("people/<str:username>/", people.detail, name="person"),
    path("journal/", journal.listing, name="journal"),
    path("journal/verify/", journal.verify, name="journal-verify"),
]
