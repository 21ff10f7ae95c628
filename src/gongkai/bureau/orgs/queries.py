"""Reads of the organisation: each returns frozen values for one page, page by key."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, Q

from gongkai.bureau import clock
from gongkai.bureau.orgs.locks import locked_until
from gongkai.bureau.orgs.models import Assignment, Body, CalendarNotice, Person, Post, Section
from gongkai.bureau.orgs.permissions import Act, held_roles, in_force, reach, refusal_everywhere
from gongkai.bureau.orgs.vocabulary import LEVELS, ROLES
from gongkai.statute.report.bodies import KnownBody

PAGE = 50


@dataclass(frozen=True, slots=True)
class BodyRow:
    """One line of the directory; `depth` counts from the root of the tree."""

    code: str
    name: str
    short_name: str
    level: str
    level_word: str
    parent: str | None
    parent_name: str
    depth: int


@dataclass(frozen=True, slots=True)
class PostRow:
    name: str
    holder: str
    deputy: str


@dataclass(frozen=True, slots=True)
class SectionRow:
    code: str
    name: str
    posts: tuple[PostRow, ...]


@dataclass(frozen=True, slots=True)
class BodyDetail:
    code: str
    name: str
    short_name: str
    level: str
    level_word: str
    parent: str | None
    parent_name: str
    address: str
    office_hours: str
    telephone: str
    sections: tuple[SectionRow, ...]
    children: tuple[BodyRow, ...]


@dataclass(frozen=True, slots=True)
class BodyPage:
    rows: tuple[BodyRow, ...]
    next_after: str | None


@dataclass(frozen=True, slots=True)
class AssignmentRow:
    id: int
    username: str
    name: str
    role: str
    role_word: str
    body: str
    body_name: str
    section: str
    since: date
    until: date | None
    in_force: bool
    for_name: str = ""


@dataclass(frozen=True, slots=True)
class PersonRow:
    username: str
    name: str
    active: bool
    last_login: datetime | None
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonPage:
    rows: tuple[PersonRow, ...]
    next_after: str | None


@dataclass(frozen=True, slots=True)
class NoticeRow:
    id: int
    day: date
    worked: bool
    instrument: str
    note: str
    body: str | None
    body_name: str
    entered_by: str
    withdrawn: bool
    completes_year: bool = False


def bodies(*, after: str | None = None, search: str = "", size: int = PAGE) -> BodyPage:
    """The public directory in the order of codes; `after` is the last code of the page before."""
    found = Body.objects.select_related("parent").order_by("code")
    if after:
        found = found.filter(code__gt=after)
    if search:
        found = found.filter(Q(name__contains=search) | Q(short_name__contains=search))
    rows = tuple(_row(each) for each in found[: size + 1])
    return BodyPage(rows[:size], rows[size - 1].code if len(rows) > size else None)


def count_bodies() -> int:
    return Body.objects.count()


def known_bodies() -> tuple[KnownBody, ...]:
    """Names and levels of all bodies, for the checks that need a body's full name or level."""
    return tuple(
        KnownBody(name=name, level=level, short_name=short)
        for name, short, level in Body.objects.values_list("name", "short_name", "level")
    )


def body_name(code: str) -> str | None:
    """The full name of a body; None if there is none."""
    name: str | None = Body.objects.filter(code=code).values_list("name", flat=True).first()
    return name


def body(code: str) -> BodyDetail | None:
    """A body with its sections, posts and the bodies directly beneath it; None if there is none."""
    sections = Section.objects.order_by("code").prefetch_related(
        Prefetch("posts", Post.objects.select_related("holder", "deputy").order_by("id"))
    )
    found = (
        Body.objects.select_related("parent")
        .prefetch_related(Prefetch("sections", sections), Prefetch("children", Body.objects.order_by("code")))
        .filter(code=code)
        .first()
    )
    if found is None:
        return None
    return BodyDetail(
        code=found.code,
        name=found.name,
        short_name=found.short_name,
        level=found.level,
        level_word=LEVELS.get(found.level, found.level),
        parent=found.parent.code if found.parent else None,
        parent_name=found.parent.name if found.parent else "",
        address=found.address,
        office_hours=found.office_hours,
        telephone=found.telephone,
        sections=tuple(
            SectionRow(
                each.code,
                each.name,
                tuple(
                    PostRow(post.name, post.holder.name if post.holder else "", post.deputy.name if post.deputy else "")
                    for post in each.posts.all()
                ),
            )
            for each in found.sections.all()
        ),
        children=tuple(_row(each, found.name) for each in found.children.all()),
    )


def tree(person: Person) -> tuple[BodyRow, ...]:
    """The bodies that a person's roles reach, in the order of the tree."""
    found = Body.objects.filter(reach(person, Act.SEE_BODIES)).select_related("parent").order_by("path")
    return tuple(_row(each) for each in found)


def own_bodies(person: Person, act: Act) -> tuple[BodyRow, ...]:
    """The bodies for which a person may do an act."""
    found = Body.objects.filter(reach(person, act)).select_related("parent").order_by("path")
    return tuple(_row(each) for each in found)


def _row(each: Body, parent_name: str | None = None) -> BodyRow:
    if parent_name is None:
        parent_name = each.parent.name if each.parent else ""
    return BodyRow(
        each.code,
        each.name,
        each.short_name,
        each.level,
        LEVELS.get(each.level, each.level),
        each.path.rstrip("/").rpartition("/")[0].rpartition("/")[2] or None,
        parent_name,
        each.path.count("/") - 1,
    )


def assignments(*, body: str | None = None, username: str | None = None) -> tuple[AssignmentRow, ...]:
    """Roles with their periods, those in force first; `for_name` where somebody stands in for another."""
    today = clock.today()
    found = Assignment.objects.select_related("person", "body", "section", "acting_for").order_by(
        "body__path", "role", "-since"
    )
    if body:
        found = found.filter(body__code=body)
    if username:
        found = found.filter(person__username=username)
    rows = [
        AssignmentRow(
            each.pk,
            each.person.username,
            each.person.name,
            each.role,
            ROLES[each.role],
            each.body.code,
            each.body.name,
            each.section.name if each.section else "",
            each.since,
            each.until,
            each.since <= today and (each.until is None or each.until >= today),
            each.acting_for.name if each.acting_for else "",
        )
        for each in found
    ]
    return tuple(sorted(rows, key=lambda row: not row.in_force))


def people(*, after: str | None = None, search: str = "", size: int = PAGE) -> PersonPage:
    """Accounts in the order of usernames, with the roles in force."""
    serving = in_force().select_related("body", "acting_for")
    found = Person.objects.order_by("username").prefetch_related(Prefetch("assignments", serving, to_attr="in_force"))
    if after:
        found = found.filter(username__gt=after)
    if search:
        found = found.filter(Q(name__contains=search) | Q(username__contains=search))
    rows = tuple(
        PersonRow(
            each.username,
            each.name,
            each.is_active,
            each.last_login,
            tuple(
                f"{held.body.short_name or held.body.name}{ROLES[held.role]}{_standing_in(held)}"
                for held in each.in_force
            ),
        )
        for each in found[: size + 1]
    )
    return PersonPage(rows[:size], rows[size - 1].username if len(rows) > size else None)


def _standing_in(held: Assignment) -> str:
    return f"（代{held.acting_for.name}）" if held.acting_for else ""


def notices(year: int) -> tuple[NoticeRow, ...]:
    """All notices of a year, withdrawn ones too, in the order of days."""
    found = CalendarNotice.objects.filter(day__year=year).select_related("body", "entered_by").order_by("day", "id")
    return tuple(_notice(each) for each in found)


def notices_for(body_code: str | None) -> tuple[NoticeRow, ...]:
    """The notices in force for a body, from the most general to its own; without a body those for all."""
    condition = Q(body__isnull=True)
    if body_code:
        path = Body.objects.filter(code=body_code).values_list("path", flat=True).first() or ""
        condition |= Q(body__code__in=[each for each in path.split("/") if each])
    found = (
        CalendarNotice.objects.filter(condition, withdrawn_at__isnull=True)
        .select_related("body", "entered_by")
        .order_by("day")
    )
    return tuple(_notice(each) for each in sorted(found, key=lambda each: len(each.body.path) if each.body else 0))


def notices_for_each(codes: Iterable[str]) -> dict[str, tuple[NoticeRow, ...]]:
    """`notices_for` of several bodies, in two queries."""
    paths = dict(Body.objects.filter(code__in=set(codes)).values_list("code", "path"))
    found = CalendarNotice.objects.filter(withdrawn_at__isnull=True).select_related("body", "entered_by")
    general_first = sorted(found.order_by("day"), key=lambda each: len(each.body.path) if each.body else 0)
    rows = [(each.body.path if each.body else "", _notice(each)) for each in general_first]
    return {code: tuple(row for above, row in rows if path.startswith(above)) for code, path in paths.items()}


def _notice(each: CalendarNotice) -> NoticeRow:
    return NoticeRow(
        each.pk,
        each.day,
        each.worked,
        each.instrument,
        each.note,
        each.body.code if each.body else None,
        each.body.name if each.body else "全部机关",
        each.entered_by.name if each.entered_by else "系统",
        each.withdrawn_at is not None,
        each.completes_year,
    )


def role_words(person: Person) -> tuple[str, ...]:
    """What a person is, in words: 青澜县科学技术局公开专员."""
    return tuple(
        f"{each.body_name}{ROLES[each.role]}{f'（代{each.for_name}）' if each.for_name else ''}"
        for each in held_roles(person)
    )


@dataclass(frozen=True, slots=True)
class Choice:
    username: str
    name: str


def choices() -> tuple[Choice, ...]:
    """Active people to choose from in a form."""
    found = Person.objects.filter(is_active=True).order_by("name").values_list("username", "name")
    return tuple(Choice(username, name) for username, name in found)


@dataclass(frozen=True, slots=True)
class PersonDetail:
    row: PersonRow
    assignments: tuple[AssignmentRow, ...]
    second_factor: bool
    locked: bool


def person(username: str) -> PersonDetail | None:
    """An account with its roles, whether it has a second factor, whether it is locked out."""
    from allauth.mfa.models import Authenticator

    found = Person.objects.filter(username=username).first()
    if found is None:
        return None
    row = PersonRow(found.username, found.name, found.is_active, found.last_login, ())
    return PersonDetail(
        row,
        assignments(username=username),
        Authenticator.objects.filter(user=found).exists(),
        locked_until(username) is not None,
    )


def journal_reach(person: Person) -> frozenset[str] | None:
    """The bodies whose entries a person may read; None for all of them, and for what is of no body (sign-ins)."""
    if not refusal_everywhere(person, Act.READ_JOURNAL):
        return None
    return frozenset(Body.objects.filter(reach(person, Act.READ_JOURNAL)).values_list("code", flat=True))
