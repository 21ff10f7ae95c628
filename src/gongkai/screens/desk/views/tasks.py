"""任务: background work, with its progress; can be left and found again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.bureau.jobs import queries
from gongkai.bureau.orgs.permissions import Act
from gongkai.bureau.orgs.queries import own_bodies
from gongkai.screens.desk.frame import page, person_of, staff
from gongkai.screens.desk.paging import key


@staff
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    return page(request, "desk/tasks.html", _jobs(request), here="tasks")


@staff
@require_safe
def rows(request: HttpRequest) -> HttpResponse:
    """The table alone, for the page to refresh itself while something is running."""
    response = render(request, "desk/_task_rows.html", _jobs(request))
    response.headers["Cache-Control"] = "no-store"
    return response


def _jobs(request: HttpRequest) -> dict[str, object]:
    person = person_of(request)
    reached = [each.code for each in own_bodies(person, Act.SEE_REPORTS)]
    found = queries.list_jobs(owner=person.username, bodies=reached, before=key(request, "before"))
    return {"jobs": found, "busy": any(each.state in {"queued", "running"} for each in found.rows)}
