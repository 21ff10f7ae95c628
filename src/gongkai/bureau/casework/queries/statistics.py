"""What is on hand and what was closed, by person and by section; month by month; each figure with its requests.

On hand, overdue, clock stopped: as the clock was last read, that is today. Closed: in a span of days.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import ExtractMonth

from gongkai.bureau.casework.models import AnsweredBefore, Assignment, Request
from gongkai.bureau.casework.queries.replay import body_ids
from gongkai.bureau.casework.queries.rows import PAGE, RequestPage, row_of
from gongkai.bureau.orgs.models import Person, Section
from gongkai.bureau.orgs.page_keys import read_key

NOW: Mapping[str, tuple[str, ...]] = {
    "on_hand": ("running", "paused", "overdue", "awaiting_correction", "awaiting_payment"),
    "overdue": ("overdue",),
    "standing": ("awaiting_correction", "awaiting_payment"),
}
"""Figures of what is under way, by phases of the clock; while it stands the applicant is awaited."""
DONE = ("closed", "late")
"""Figures of what was closed."""
KINDS = (*NOW, *DONE, "joining")
"""The figures of a `Load`, in its order."""
GROUPS = {"person": "person__username", "section": "section__id"}
"""What tells one from another."""
_NAMES = {"person": "person__name", "section": "section__name"}
NOBODY = "-"
"""Key of what lies in nobody's hands, or in no section's."""
NOBODYS = {"person": "没有交给个人", "section": "没有交给科室"}
MOST_ANSWERS = 100


@dataclass(frozen=True, slots=True)
class Load:
    """The work of a person or a section. `key`: username, id of the section, or NOBODY. `on_hand` includes `overdue`
    and `standing`, `closed` includes `late`; `joining` are those on hand in which they join, in no other figure."""

    key: str
    name: str
    body_name: str = ""
    on_hand: int = 0
    overdue: int = 0
    standing: int = 0
    closed: int = 0
    late: int = 0
    joining: int = 0


@dataclass(frozen=True, slots=True)
class Month:
    number: int
    received: int
    closed: int


def totals(bodies: Sequence[str], first: date, last: date) -> Load:
    """The work of those bodies together; the caller has authorised them."""
    return _load("", "合计", "", _figures(Request.objects.filter(body_id__in=body_ids(bodies)), first, last))


def _figures(found: QuerySet[Request], first: date, last: date) -> dict[str, int]:
    return {**found.filter(_under_way()).aggregate(**_now()), **found.filter(_closed(first, last)).aggregate(**_done())}


def loads(bodies: Sequence[str], by: str, first: date, last: date, *, only: str = "") -> tuple[Load, ...]:
    """The work of each person or section (`by`: person or section), most on hand first, last what nobody has.

    `only`: the key of the one that the reader may see; then nothing is told of the others.
    """
    ids, key = body_ids(bodies), GROUPS[by]
    given = Assignment.objects.filter(request__body_id__in=ids, **{f"{by}__isnull": False})
    if only:
        given = given.filter(**{key: only})
    groups = (key, _NAMES[by], "request__body__name")
    found: dict[tuple[str, str, str], dict[str, int]] = {}
    now = given.filter(_under_way("request__"), ended_at__isnull=True, joins=False)
    joining = given.filter(_under_way("request__"), ended_at__isnull=True, joins=True)
    done = given.filter(_held_when_closed(), _closed(first, last, "request__"), joins=False)
    for part, figures in (
        (now, _now("request__")),
        (done, _done("request__")),
        (joining, {"joining": Count("request__id", distinct=True)}),
    ):
        for row in part.values(*groups).annotate(**figures).order_by():
            who = (str(row[groups[0]]), str(row[groups[1]]), str(row[groups[2]]))
            found.setdefault(who, {}).update({name: row[name] for name in figures})
    made = [_load(*who, figures) for who, figures in found.items()]
    made.sort(key=lambda each: (-each.on_hand, -each.closed, each.body_name, each.key))
    return tuple(made) if only else (*made, _nobodys(ids, by, first, last))


def _load(key: str, name: str, body_name: str, told: Mapping[str, int]) -> Load:
    return Load(key, name, body_name, *(told.get(each, 0) for each in KINDS))


def _nobodys(ids: Sequence[int], by: str, first: date, last: date) -> Load:
    """What is on hand and what was closed without a main assignment to any person, or to any section."""
    found = Request.objects.filter(body_id__in=ids)
    now = _held_by(found.filter(_under_way()), by, NOBODY).aggregate(**_now())
    done = _held_by(found.filter(_closed(first, last)), by, NOBODY, closed=True).aggregate(**_done())
    return _load(NOBODY, NOBODYS[by], "", {**now, **done})


def months(bodies: Sequence[str], first: date, last: date) -> tuple[Month, ...]:
    """Received and closed in each month of a span within one year."""
    found = Request.objects.filter(body_id__in=body_ids(bodies), received_year__gt=0)

    def by_month(day: str) -> dict[int, int]:
        within = found.filter(**{f"{day}__gte": first, f"{day}__lte": last})
        return dict(within.values_list(ExtractMonth(day)).annotate(count=Count("id")).order_by())

    received, closed = by_month("received_on"), by_month("closed_on")
    return tuple(Month(each, received.get(each, 0), closed.get(each, 0)) for each in range(first.month, last.month + 1))


def cases(
    bodies: Sequence[str], what: str, first: date, last: date, *, by: str = "", key: str = "", after: str = "",
    size: int = PAGE,
) -> RequestPage:  # fmt: skip
    """The requests behind a figure of `Load`, or those "received", the latest event first.

    `by` and `key` as in `Load`, "" for all. Raises KeyError for a figure or a group that is none.
    """
    found = Request.objects.filter(body_id__in=body_ids(bodies))
    if what == "received":
        found = found.filter(received_year__gt=0, received_on__gte=first, received_on__lte=last)
    elif what in DONE:
        found = found.filter(_closed(first, last), **({"late": True} if what == "late" else {}))
    else:
        found = found.filter(phase__in=NOW["on_hand" if what == "joining" else what])
    if by:
        found = _held_by(found, by, key, closed=what in DONE, joins=what == "joining")
    return _page(found, after, size)


def name_of(by: str, key: str) -> str:
    """The name of a person or a section by its key; "" where there is none."""
    if key == NOBODY:
        return NOBODYS[by]
    if by == "person":
        return Person.objects.filter(username=key).values_list("name", flat=True).first() or ""
    number = int(key) if key.isascii() and key.isdecimal() and len(key) < 19 else 0
    return Section.objects.filter(pk=number).values_list("name", flat=True).first() or ""


def chosen(ids: Sequence[int], *, after: str = "", size: int = PAGE) -> RequestPage:
    """Those requests, the latest event first; the caller has authorised them."""
    return _page(Request.objects.filter(pk__in=ids), after, size)


def answers(bodies: Sequence[str], first: date, last: date) -> tuple[tuple[str, int], ...]:
    """What answered people before they filed, and how many; the most useful first, cut off at MOST_ANSWERS."""
    found = AnsweredBefore.objects.filter(body_id__in=body_ids(bodies), on__gte=first, on__lte=last)
    return tuple(found.values_list("found").annotate(count=Count("id")).order_by("-count", "found")[:MOST_ANSWERS])


def _held_by(
    found: QuerySet[Request], by: str, key: str, *, closed: bool = False, joins: bool = False
) -> QuerySet[Request]:
    given = Assignment.objects.filter(joins=joins, **{f"{by}__isnull": False})
    given = given.filter(_held_when_closed()) if closed else given.filter(ended_at__isnull=True)
    if key == NOBODY:
        return found.exclude(pk__in=given.values("request"))
    if by == "section" and not (key.isascii() and key.isdecimal() and len(key) < 19):
        return found.none()
    return found.filter(pk__in=given.filter(**{GROUPS[by]: key}).values("request"))


def _held_when_closed() -> Q:
    """Assignments that had not ended before the first conclusion."""
    return Q(ended_at__isnull=True) | Q(ended_at__date__gte=F("request__closed_on"))


def _under_way(of: str = "") -> Q:
    return Q(**{f"{of}phase__in": NOW["on_hand"]})


def _closed(first: date, last: date, of: str = "") -> Q:
    return Q(**{f"{of}received_year__gt": 0, f"{of}closed_on__gte": first, f"{of}closed_on__lte": last})


def _now(of: str = "") -> dict[str, Count]:
    return {
        name: Count(f"{of}id", filter=Q(**{f"{of}phase__in": phases}), distinct=True) for name, phases in NOW.items()
    }


def _done(of: str = "") -> dict[str, Count]:
    return {
        "closed": Count(f"{of}id", distinct=True),
        "late": Count(f"{of}id", filter=Q(**{f"{of}late": True}), distinct=True),
    }


def _page(found: QuerySet[Request], after: str, size: int) -> RequestPage:
    since = read_key(after)
    if since:
        found = found.filter(last_event_on__lte=since[0]).filter(Q(last_event_on__lt=since[0]) | Q(id__lt=since[1]))
    taken = list(found.select_related("body").order_by("-last_event_on", "-id")[: size + 1])
    last = taken[size - 1] if len(taken) > size else None
    return RequestPage(tuple(row_of(each) for each in taken[:size]), f"{last.last_event_on}~{last.pk}" if last else "")
