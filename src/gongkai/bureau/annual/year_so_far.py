"""本年统计: tables three and four of a year as of any day, the work behind them and the time it took.

Counted by the code that compiles the annual report, so that the year's end brings no surprise.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied

from gongkai.bureau import clock
from gongkai.bureau.annual.behind import Record, live
from gongkai.bureau.annual.compile import continued_by, counted_tables
from gongkai.bureau.casework.queries import handling_time, intake, statistics
from gongkai.bureau.casework.queries.rows import RequestRow
from gongkai.bureau.orgs.models import Person
from gongkai.bureau.orgs.permissions import Act, may, require
from gongkai.bureau.orgs.queries import own_bodies
from gongkai.bureau.remedies.corrections import corrected_requests
from gongkai.statute.primitives import InputFault, InputRefused
from gongkai.statute.report.form import Form, governing
from gongkai.statute.report.model import Cell, Tables

EARLIEST = 2008
"""The first year of the regulation."""
PAGE = 50


@dataclass(frozen=True, slots=True)
class Scope:
    """What is counted: a body (or all that the reader's roles reach: `body` ""), the year's days up to `last`.

    `bodies` are those with the ones that they go on with. `now`: the last day is today, so that what is on hand can be
    told. `everybody`: the reader may see the work of each person; otherwise their own.
    """

    body: str
    name: str
    bodies: tuple[str, ...]
    year: int
    last: date
    now: bool
    everybody: bool
    reader: str

    @property
    def first(self) -> date:
        return date(self.year, 1, 1)

    @property
    def form(self) -> Form:
        return governing(self.year)


@dataclass(frozen=True, slots=True)
class YearSoFar:
    """`corrected`: requests whose reply a remedy corrected; `answered_before`: people answered before they filed."""

    tables: Tables
    totals: statistics.Load
    months: tuple[statistics.Month, ...]
    times: handling_time.Times
    sections: tuple[statistics.Load, ...]
    people: tuple[statistics.Load, ...]
    corrected: int
    answered_before: int


@dataclass(frozen=True, slots=True)
class Behind:
    """The requests of a figure, each with its handling days where the figure is of those."""

    rows: tuple[tuple[int | None, RequestRow], ...]
    next_after: str


def scope(person: Person, body: str = "", year: int | None = None, as_of: date | None = None) -> Scope:
    """What the person may ask for. Raises InputRefused, at 机关, 年度 or 截至, for what is none of it."""
    require(person, Act.SEE_LEDGERS)
    today, own = clock.today(), own_bodies(person, Act.SEE_LEDGERS)
    asked = year or today.year
    faults = []
    found = [each for each in own if not body or each.code == body]
    if not found:
        faults.append(InputFault("机关", f"没有代码为“{body}”的机关，或者您的角色不及于它", "所列的机关"))
    if not EARLIEST <= asked <= today.year:
        faults.append(InputFault("年度", f"{asked}年没有可统计的数据", f"{EARLIEST}至{today.year}"))
    latest = min(today, date(asked, 12, 31)) if not faults else today
    if as_of is not None and not faults and not date(asked, 1, 1) <= as_of <= latest:
        faults.append(InputFault("截至", f"{as_of}不在{asked}年已经过去的日子里", f"{asked}-01-01至{latest}"))
    if faults:
        raise InputRefused(*faults)
    last = as_of or latest
    codes = continued_by([each.code for each in found], asked)
    one = len(found) == 1
    return Scope(
        found[0].code if one else "",
        found[0].name if one else f"{len(found)}个机关合计",
        codes,
        asked,
        last,
        last == today,
        one and may(person, Act.SEE_WORKLOAD, found[0].code),
        person.username,
    )


def year_so_far(asked: Scope) -> YearSoFar:
    """Every figure of the page; each is one statement or a few, whatever the number of requests."""
    where = (asked.bodies, asked.first, asked.last)
    return YearSoFar(
        tables=counted_tables(asked.form, asked.bodies, asked.year, asked.last),
        totals=statistics.totals(*where),
        months=statistics.months(*where),
        times=handling_time.times(*where),
        sections=statistics.loads(asked.bodies, "section", asked.first, asked.last),
        people=statistics.loads(
            asked.bodies, "person", asked.first, asked.last, only="" if asked.everybody else asked.reader
        ),
        corrected=len(corrected_requests(*where)),
        answered_before=intake.answered_before(*where),
    )


def cell(asked: Scope, table: str, row: str, column: str, *, after: str = "") -> tuple[Cell, tuple[Record, ...], str]:
    """The value of a cell of table three or four, its records, the key of the next page. KeyError for no such cell."""
    value = counted_tables(asked.form, asked.bodies, asked.year, asked.last)[table][row][column]
    return value, *live(asked.bodies, asked.year, asked.last, table, row, column, "", after, PAGE)


def cases(
    asked: Scope, what: str, *, by: str = "", key: str = "", band: int = 0, month: int = 0, after: str = ""
) -> Behind:
    """The requests behind a figure that is no cell: of `statistics.KINDS`, "received", "replied", "corrected".

    `band` is one of handling_time.BANDS; `month` narrows what was received or closed, 0 for the whole year. Raises
    KeyError for what is no figure, PermissionDenied for the work of somebody that the reader may not see.
    """
    if by == "person" and not asked.everybody and key != asked.reader:
        raise PermissionDenied("各人的工作量由本机关的公开专员、科室负责人、领导查看，您只能看自己的")
    first, last = _within(asked, month) if month else (asked.first, asked.last)
    if what == "replied":
        skip = int(after) if after.isascii() and after.isdecimal() and len(after) < 10 else 0
        found, more = handling_time.replies(asked.bodies, first, last, handling_time.BANDS[band], skip=skip, size=PAGE)
        return Behind(found, str(skip + PAGE) if more else "")
    if what == "corrected":
        page = statistics.chosen(corrected_requests(asked.bodies, first, last), after=after)
    elif what in (*statistics.KINDS, "received"):
        page = statistics.cases(asked.bodies, what, first, last, by=by, key=key, after=after)
    else:
        raise KeyError(what)
    return Behind(tuple((None, each) for each in page.rows), page.next_after)


def _within(asked: Scope, month: int) -> tuple[date, date]:
    first = date(asked.year, month, 1)
    return first, min(asked.last, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))


def answers(asked: Scope) -> tuple[tuple[str, int], ...]:
    """What answered people before they filed, and how many."""
    return statistics.answers(asked.bodies, asked.first, asked.last)
