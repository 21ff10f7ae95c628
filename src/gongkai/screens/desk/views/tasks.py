"""任务: background work, with its progress; can be left and found again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.bureau.casework.queries.reminders import MailState, mails_today
from gongkai.bureau.jobs import queries
from gongkai.bureau.orgs.permissions import Act, may
from gongkai.bureau.orgs.queries import own_bodies
from gongkai.screens.desk.frame import page, person_of, staff
from gongkai.screens.desk.paging import key


@staff
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    return page(request, "desk/tasks.html", {**_jobs(request), "mails": _mails(request)}, here="tasks")


@staff
@require_safe
def rows(request: HttpRequest) -> HttpResponse:
    """The table alone, for the page to refresh itself while something is running."""
    response = render(request, "desk/_task_rows.html", _jobs(request))
    response.headers["Cache-Control"] = "no-store"
    return response


def _mails(request: HttpRequest) -> MailState | None:
    """How the e-mails of today stand, for those who look after the platform."""
    return mails_today() if may(person_of(request), Act.EDIT_PEOPLE) else None


def _jobs(request: HttpRequest) -> dict[str, object]:
    person = person_of(request)
    reached = [each.code for each in own_bodies(person, Act.SEE_REPORTS)]
    found = queries.list_jobs(owner=person.username, bodies=reached, before=key(request, "before"))
    return {"jobs": found, "busy": any(each.state in {"queued", "running"} for each in found.rows)}
