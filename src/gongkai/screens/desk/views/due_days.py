"""期限日历: what falls due on each day of a month, and what on one day; 期限变动: the days that a notice moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gongkai.bureau import clock
from gongkai.bureau.casework.queries import due_changes, due_days
from gongkai.bureau.orgs.permissions import Act, require
from gongkai.bureau.orgs.queries import own_bodies
from gongkai.bureau.orgs.working_days import in_force
from gongkai.screens.desk.frame import page, person_of, staff
from gongkai.screens.desk.month_days import Day, shown_day, weeks
from gongkai.screens.desk.paging import with_key, word
from gongkai.statute.clock.wording import day_in_words

KINDS = {due_days.REPLY: "答复", due_days.INNER: "内部期限", due_days.CORRECTION: "补正"}
WHOSE = {"mine": "我经办的", "section": "我科室的"}
EARLIEST, LATEST = date(2008, 5, 1), date(2100, 12, 1)


@dataclass(frozen=True, slots=True)
class ShownDay:
    """A day of the month with what falls due on it: (word, how many) of each kind."""

    on: date
    words: str
    day: Day
    falling: tuple[tuple[str, int], ...]
    today: bool
    late: bool


@staff
@require_safe
def month(request: HttpRequest) -> HttpResponse:
    person, today = person_of(request), clock.today()
    require(person, Act.SEE_LEDGERS)
    first, fault = _month(request.GET.get("month", ""), today)
    following = (first + timedelta(days=31)).replace(day=1)
    bodies = own_bodies(person, Act.SEE_LEDGERS)
    body = word(request, "body", {each.code for each in bodies})
    found = due_days.month(person, first, following - timedelta(days=1), body=body, whose=word(request, "whose", WHOSE))
    calendar = in_force(body or (bodies[0].code if len(bodies) == 1 else None))
    context = {
        "first": first,
        "weeks": [
            [_shown(each, shown_day(each, calendar), found.get(each, {}), today) if each else None for each in week]
            for week in weeks(first.year, first.month)
        ],
        "anything": bool(found),
        "published": first.year in calendar.published_years,
        "before": with_key(request, "month", f"{first - timedelta(days=1):%Y-%m}") if first > EARLIEST else "",
        "next": with_key(request, "month", f"{following:%Y-%m}") if first < LATEST else "",
        "now": with_key(request, "month", f"{today:%Y-%m}"),
        "kept": with_key(request, "month", f"{first:%Y-%m}"),
        "bodies": bodies,
        "whose": WHOSE.items(),
        "query": request.GET,
        "faults": (fault,) if fault else (),
    }
    return page(request, "desk/due_month.html", context, here="due-month", status=400 if fault else 200)


def _month(entered: str, today: date) -> tuple[date, str]:
    """The first day of the month asked for; where none can be read, this month and what is wrong."""
    if not entered:
        return today.replace(day=1), ""
    try:
        found = date.fromisoformat(f"{entered}-01")
    except ValueError:
        return today.replace(day=1), f"月份：“{entered[:20]}”不是月份，应为如 {today:%Y-%m}"
    if not EARLIEST <= found <= LATEST:
        return today.replace(day=1), f"月份：{entered}不在范围内，应为{EARLIEST:%Y-%m}至{LATEST:%Y-%m}"
    return found, ""


def _shown(on: date, day: Day, counts: Mapping[str, int], today: date) -> ShownDay:
    falling = tuple((KINDS[kind], counts[kind]) for kind in KINDS if counts.get(kind))
    return ShownDay(on, day_in_words(on.toordinal()), day, falling, on == today, bool(falling) and on < today)


@staff
@require_safe
def day(request: HttpRequest, on: str) -> HttpResponse:
    """Everything that falls due on one day."""
    person = person_of(request)
    require(person, Act.SEE_LEDGERS)
    try:
        asked = date.fromisoformat(on)
    except ValueError:
        raise Http404 from None
    bodies = own_bodies(person, Act.SEE_LEDGERS)
    body = word(request, "body", {each.code for each in bodies})
    found = due_days.day(person, asked, body=body, whose=word(request, "whose", WHOSE))
    context = {
        "on": asked,
        "words": day_in_words(asked.toordinal()),
        "groups": [
            (KINDS[kind], found.counts[kind], [each for each in found.falling if each.kind == kind])
            for kind in KINDS
            if found.counts[kind]
        ],
        "most": due_days.MOST,
        "several": len(bodies) > 1,
        "month": with_key(request, "month", f"{asked:%Y-%m}"),
    }
    return page(request, "desk/due_day.html", context, here="due-month")


@staff
@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """Which due days a notice moved, from when to when."""
    person = person_of(request)
    require(person, Act.SEE_LEDGERS)
    because = request.GET.get("because", "").strip()[:300]
    found = due_changes.changes(person, because=because, after=request.GET.get("after", ""))
    context = {
        "rows": [(each, _told(each.before, each.after)) for each in found.rows],
        "next": with_key(request, "after", found.next_after) if found.next_after else "",
        "because": because,
        "movers": due_changes.movers(person),
        "several": len(own_bodies(person, Act.SEE_LEDGERS)) > 1,
    }
    return page(request, "desk/due_changes.html", context, here="calendar")


def _told(before: date | None, after: date | None) -> str:
    if before is None or after is None:
        return "—"
    days = (after - before).days
    return f"推后{days}天" if days > 0 else f"提前{-days}天"
