"""我的工作: what the person must do, ordered by how late it would be; the dated parameters; the keys."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gongkai.bureau.annual.duties import duties_of
from gongkai.bureau.casework.queries import reminders
from gongkai.screens.desk.frame import page, person_of, staff
from gongkai.statute.parameters import all_parameters


@staff
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    told = reminders.of_today(person)
    context = {
        "duties": duties_of(person),
        "reminders": told,
        "late_reminders": sum(each.grave for each in told),
    }
    return page(request, "desk/home.html", context, here="home")


@staff
@require_safe
def parameters(request: HttpRequest) -> HttpResponse:
    """Every legal value with its history, instrument and article, verified or not."""
    return page(request, "desk/parameters.html", {"versions": all_parameters()}, here="parameters")


@staff
@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    return page(request, "desk/keys.html", {}, here="keys")
