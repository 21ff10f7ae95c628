"""规章、规范性文件: which are in force, which end soon, whether each was interpreted; by year as table two counts them.

What is in force is told by the same days as table two (`queries`), so that list and report cannot differ.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from gongkai.bureau import clock
from gongkai.bureau.orgs.models import Body, Person
from gongkai.bureau.orgs.page_keys import read_key
from gongkai.bureau.orgs.permissions import Act, reach, require
from gongkai.bureau.orgs.working_days import in_force
from gongkai.bureau.publishing import queries
from gongkai.bureau.publishing.catalogue import ended
from gongkai.bureau.publishing.models import Item
from gongkai.statute.calendars import Calendar
from gongkai.statute.parameters import statutory
from gongkai.statute.publishing.interpretation import Reading, reading

PAGE = 50
STANDINGS = {"in_force": "现行有效", "ended": "废止、失效", "ending": "有效期将满", "unread": "没有解读", "all": "全部"}
"""Which documents a list shows; `ending` and `unread` are the office's."""
ROWS = {"rules": "规章", "normative": "规范性文件"}
YEARS = 5


@dataclass(frozen=True, slots=True)
class ReadingLink:
    """An interpretation that is public."""

    index_number: str
    title: str


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """`standing`: 现行有效, 尚未施行, 废止 or 失效. `ends_in`: days to the last day of validity where that is near."""

    id: int
    index_number: str
    title: str
    row: str
    body_name: str
    document_number: str
    registration_number: str
    formed_on: date | None
    published_on: date
    effective_on: date | None
    expires_on: date | None
    ended_on: date | None
    standing: str
    ends_in: int | None
    reading: Reading
    because: str
    readings: tuple[ReadingLink, ...]
    public: bool


@dataclass(frozen=True, slots=True)
class Documents:
    rows: tuple[DocumentRow, ...]
    next_after: str


@dataclass(frozen=True, slots=True)
class Year:
    """`counts`: (row of table two, its word, its counts by column), as at the end of the year or today."""

    year: int
    counts: tuple[tuple[str, str, dict[str, int]], ...]


def public_documents(body: str, *, standing: str = "in_force", row: str = "", after: str = "") -> Documents:
    """What anybody may see of a body's documents, the latest published first."""
    found = Item.objects.filter(body__code=body, legacy=False).exclude(counted_as="")
    return _page(found, standing if standing in ("in_force", "ended") else "all", row, after)


def documents(
    person: Person, *, body: str = "", standing: str = "in_force", row: str = "", search: str = "", after: str = ""
) -> Documents:
    """The documents that a person's roles reach, those of older sites too."""
    require(person, Act.SEE_LEDGERS)
    found = Item.objects.filter(_reached(person, Act.SEE_LEDGERS, body), withdrawn_at__isnull=True)
    found = found.exclude(counted_as="")
    if search:
        found = found.filter(Q(title__contains=search) | Q(document_number__contains=search))
    return _page(found, standing, row, after)


def by_year(body: str, years: int = YEARS) -> tuple[Year, ...]:
    """The latest years as table two of each year's report counts them, this year up to today. One query."""
    this = clock.today().year
    told = queries.documents_by_year([body], {year: as_of(year) for year in range(this, this - years, -1)})
    return tuple(Year(year, _by_row(counts)) for year, counts in told.items())


def _by_row(counts: Mapping[tuple[str, str], int]) -> tuple[tuple[str, str, dict[str, int]], ...]:
    columns = queries.DOCUMENT_COLUMNS
    return tuple((row, kind, {column: counts[row, column] for column in columns}) for row, kind in ROWS.items())


def as_of(year: int) -> date:
    """The last day that a figure of the year counts."""
    return min(clock.today(), date(year, 12, 31))


@dataclass(frozen=True, slots=True)
class Owed:
    """What a body's documents want: `late` of `unread` are past their day; `ending`: near the end of their validity."""

    unread: int
    late: int
    first_due: date | None
    ending: int
    first_end: date | None


def owed(person: Person) -> Owed:
    """Of the bodies for which the person enters information. Three queries whatever there is."""
    today, calendar = clock.today(), in_force()
    mine = Item.objects.filter(_reached(person, Act.ENTER_ITEMS, ""), legacy=False).exclude(counted_as="")
    unread = _standing(mine, "unread").values_list("published_on", flat=True)
    states = [reading(each, None, False, today, calendar) for each in unread[: 20 * PAGE]]
    dues = [each.due for each in states if each.due]
    ending = _standing(mine, "ending").aggregate(first=Min("expires_on"), count=Count("pk"))
    late = sum(each.state == "late" for each in states)
    return Owed(len(states), late, min(dues, default=None), ending["count"], ending["first"])


def _reached(person: Person, act: Act, body: str) -> Q:
    bodies = Body.objects.filter(reach(person, act))
    return Q(body__in=(bodies.filter(code=body) if body else bodies).values("pk"))


def _standing(found: QuerySet[Item], standing: str) -> QuerySet[Item]:
    """Those of that standing today; a document that is said to have ended, nobody knows when, has ended."""
    today = clock.today()
    untold = Q(repealed_on__isnull=True, expires_on__isnull=True, validity__in=queries.ENDED)
    over = Q(repealed_on__lte=today) | Q(expires_on__lt=today) | untold
    if standing == "ended":
        return found.filter(over)
    if standing == "in_force":
        return found.exclude(over)
    if standing == "ending":
        near = today + timedelta(days=_notice())
        return found.filter(expires_on__gte=today, expires_on__lte=near).exclude(repealed_on__lte=today)
    if standing == "unread":
        since = statutory().histories["interpretation_days"][0].since
        drafted = found.filter(revision__gt=0, published_on__gte=since, more__no_reading__isnull=True)
        read = Item.objects.filter(interprets=OuterRef("pk"), legacy=False)
        return drafted.exclude(over).exclude(Exists(read))
    return found


def _page(found: QuerySet[Item], standing: str, row: str, after: str) -> Documents:
    found = _standing(found, standing)
    if row in ROWS:
        found = found.filter(counted_as=row)
    since = read_key(after)
    if since:
        found = found.filter(published_on__lte=since[0]).filter(Q(published_on__lt=since[0]) | Q(id__lt=since[1]))
    rows = found.select_related("body").defer("body_html", "body_text", "attachments")
    taken = list(rows.order_by("-published_on", "-id")[: PAGE + 1])
    last = taken[PAGE - 1] if len(taken) > PAGE else None
    return Documents(_rows(taken[:PAGE]), f"{last.published_on}~{last.pk}" if last else "")


def _rows(taken: list[Item]) -> tuple[DocumentRow, ...]:
    readings: dict[int, list[Item]] = {}
    fields = ("id", "index_number", "title", "published_on", "interprets_id")
    beside = Item.objects.filter(interprets__in=[each.pk for each in taken], legacy=False).only(*fields)
    for each in beside.order_by("published_on", "id"):
        readings.setdefault(each.interprets_id or 0, []).append(each)
    today, calendar = clock.today(), in_force()
    return tuple(_row(each, readings.get(each.pk, ()), today, calendar) for each in taken)


def _row(each: Item, readings: Sequence[Item], today: date, calendar: Calendar) -> DocumentRow:
    first = readings[0] if readings else None
    because = str(each.more.get("no_reading", ""))
    over = ended(each.repealed_on, each.expires_on, each.validity)
    waiting = each.effective_on is not None and each.effective_on > today
    ends_in = (each.expires_on - today).days if each.expires_on and not over else None
    state = (
        reading(each.published_on, first.published_on if first else None, bool(because), today, calendar)
        if each.revision and not over else Reading("done" if first else "needless" if because else "before")
    )  # fmt: skip
    days = [day for day in (each.repealed_on, each.expires_on) if day]
    return DocumentRow(
        each.pk, each.index_number, each.title, ROWS[each.counted_as], each.body.name, each.document_number,
        each.registration_number, each.formed_on, each.published_on, each.effective_on, each.expires_on,
        min(days, default=None) if over else None, over or ("尚未施行" if waiting else "现行有效"),
        ends_in if ends_in is not None and ends_in <= _notice() else None, state, because,
        tuple(ReadingLink(one.index_number, one.title) for one in readings), not each.legacy,
    )  # fmt: skip


def _notice() -> int:
    return statutory().value("expiry_notice_days", clock.today()).number
