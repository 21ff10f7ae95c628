"""The requests behind a cell of table three, and those that stand beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import F, Q, QuerySet

from gongkai.bureau.casework.models import Request
from gongkai.bureau.casework.queries.replay import Calendars, body_ids, reclassified_since, with_cases
from gongkai.bureau.casework.queries.rows import PAGE, RequestPage, RequestRow, row_of, rows
from gongkai.bureau.orgs.page_keys import read_key
from gongkai.statute.clock import ClockReading, read_clock
from gongkai.statute.report.cells import outcome_rows
from gongkai.statute.report.form import CODES, load

Strands = list[QuerySet[Request]]
"""Parts of a cell that one range of one index answers each, in order."""

OTHER = tuple(sorted({row for code in CODES for row in outcome_rows(load(code)) if row.startswith("other")}))
"""The outcomes of （六）其他处理, of either form."""


def behind(
    bodies: Sequence[str], year: int, as_of: date, *, row: str, column: str, after: str = "", size: int = PAGE
) -> RequestPage:
    """The requests that a cell of table three counts, by day and id, after the key of the page before.

    `row` and `column` are codes of the report. The page costs the same however many records the cell has.
    """
    first, last = date(year, 1, 1), min(as_of, date(year, 12, 31))
    ids = body_ids(bodies)
    since = read_key(after)
    # one bound from below and no second one, which would mislead SQLite in its choice of an index
    least = since[0] if since else date.min
    day = "received_on"
    moved: dict[int, str] = {}
    if row not in ("new", "carried_in", "carried_out", "concluded"):
        moved = {request.pk: outcome for request, outcome in reclassified_since(ids, year, as_of)}
    strands: Strands = []
    for body in ids:
        found = Request.objects.filter(body_id=body)
        if column != "total":
            found = found.filter(applicant_kind=column)
        if row == "new":
            strands.append(found.filter(received_on__gte=max(first, least), received_on__lte=last))
        elif row == "carried_in":
            strands += _open_at(found, min(last, date(year - 1, 12, 31)), least)
        elif row == "carried_out":
            strands += _open_at(found, last, least)
        else:
            day = "closed_on"
            found = found.filter(received_year__gt=0, closed_on__gte=max(first, least), closed_on__lte=last)
            strands += [found] if row == "concluded" else _with_outcome(found, row, moved)
    return _page(strands, day, since, size)


def _open_at(found: QuerySet[Request], day: date, least: date = date.min) -> Strands:
    """Received by the end of a day, from `least` on, and not closed by then.

    Few are open over a year's end, and an index has those alone; what came and was concluded in the year of the day
    matters only for a day within it.
    """
    over = found.filter(received_year__gt=0, closed_year__gt=F("received_year"), received_on__lte=day)
    if least > date.min:
        over = over.filter(received_on__gte=least)
    if (day.month, day.day) == (12, 31):
        return [over.filter(closed_year__gt=day.year)]
    first, last = max(date(day.year, 1, 1), least), date(day.year, 12, 31)
    within = found.filter(received_on__gte=first, received_on__lte=day, closed_on__gt=day, closed_on__lte=last)
    return [over.filter(Q(closed_year__gt=day.year) | Q(closed_year=day.year, closed_on__gt=day)), within]


def _with_outcome(found: QuerySet[Request], row: str, moved: Mapping[int, str]) -> Strands:
    """Those concluded with an outcome of that row; `moved` had another one on the day than they have now."""
    outcomes = OTHER if row == "other" else ("other", row) if row == "other.other" else (row,)
    strands = [found.filter(outcome=each) for each in outcomes]
    if moved:
        strands = [each.exclude(pk__in=list(moved)) for each in strands]
    back = [pk for pk, outcome in moved.items() if outcome in outcomes]
    return [*strands, found.filter(pk__in=back)] if back else strands


def _page(strands: Strands, day: str, since: tuple[date, int] | None, size: int) -> RequestPage:
    """The first of all strands together, by day and id: one statement, a short range of each strand."""
    parts: list[str] = []
    values: list[Any] = []
    for each in strands:
        if since is not None:
            each = each.filter(Q(**{f"{day}__gt": since[0]}) | Q(id__gt=since[1]))
        sql, given = each.order_by(day, "id").values_list(day, "id")[: size + 1].query.sql_with_params()
        parts.append(f"SELECT * FROM ({sql}) AS strand")  # noqa: S608  (Django's own SQL, its values apart)
        values += given
    if not parts:
        return RequestPage((), "")
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts) + " ORDER BY 1, 2 LIMIT %s", [*values, size + 1])
        taken = [pk for _, pk in cursor.fetchall()]
    shown = rows(taken)
    page = tuple(shown[pk] for pk in taken[:size])
    return RequestPage(page, f"{getattr(page[-1], day)}~{page[-1].id}" if len(taken) > size else "")


def open_on(bodies: Sequence[str], day: date) -> tuple[tuple[RequestRow, ClockReading], ...]:
    """Every request received by a day and not closed by then, with what the clock says on that day."""
    found: list[tuple[RequestRow, ClockReading]] = []
    calendars = Calendars()
    for strand in _open_at(Request.objects.filter(body_id__in=body_ids(bodies)), day):
        for each, case in with_cases(strand.select_related("body").order_by("received_on", "id")):
            found.append((row_of(each), read_clock(case, calendars[case.agency], day)))
    return tuple(sorted(found, key=lambda each: (each[0].received_on or day, each[0].id)))


def unconfirmed(bodies: Sequence[str], as_of: date, *, since: date | None = None) -> tuple[RequestRow, ...]:
    """Those submitted and never received by a day, not withdrawn either: in no figure, so they stand beside it.

    All of them, however many: none can be hidden.
    """
    submitted = Request.objects.filter(body_id__in=body_ids(bodies), submitted_on__lte=as_of)
    if since is not None:
        submitted = submitted.filter(submitted_on__gte=since)
    never = submitted.filter(received_year=0).exclude(closed_on__lte=as_of)
    later = submitted.filter(received_on__gt=as_of)
    found = [row_of(each) for part in (never, later) for each in part.select_related("body")]
    return tuple(sorted(found, key=lambda each: (each.submitted_on or as_of, each.id)))
