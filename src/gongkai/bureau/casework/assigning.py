"""交办: who handles a request inside, who joins in, until when; handing over when a person leaves (条例第45条)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from gongkai.bureau import clock
from gongkai.bureau.casework.models import CLOSED_PHASES, Assignment, Request
from gongkai.bureau.casework.rights import HANDLING, require_act, standing
from gongkai.bureau.casework.services import locked
from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs.models import Assignment as Role
from gongkai.bureau.orgs.models import Body, Person, Section
from gongkai.bureau.orgs.permissions import Act, reach, require
from gongkai.statute.clock.wording import day_in_words
from gongkai.statute.primitives import InputFault, InputRefused

LONGEST_TASK = 500
MOST_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Given:
    """What was assigned; `warnings` say what is allowed but should be looked at."""

    id: int
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bulk:
    """What became of many: how many were done, and (number of the request, why not) of the others."""

    done: int
    refused: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Wanted:
    section: Section | None
    person: Person | None
    joins: bool
    task: str
    due_on: date | None


@transaction.atomic
def assign(
    actor: Person,
    request: int,
    *,
    section: int | None = None,
    person: str = "",
    joins: bool = False,
    task: str = "",
    due_on: date | None = None,
    seen: int | None = None,
) -> Given:
    """Give a request to a section, or to a person, to handle or (`joins`) to join in handling.

    An inner day after the request's own due day is a warning: the office may have its reasons, the statute has none.
    """
    found = locked(request)
    require_act(actor, Act.ASSIGN_REQUESTS, found.body)
    if seen is not None and seen != Assignment.objects.filter(request=found).count():
        raise InputRefused(InputFault("交办", "您打开这一页以后，已经有人交办", "看过新的情况以后再交办"))
    wanted = _wanted(found.body, section, person, joins, task, due_on)
    open_ones = list(Assignment.objects.filter(request=found, ended_at__isnull=True).select_related("section"))
    reason = _refusal(found, open_ones, wanted)
    if reason:
        raise InputRefused(InputFault("交办", reason))
    made = _give(actor, found, wanted)
    return Given(made.pk, _warnings(found, wanted))


@transaction.atomic
def assign_many(
    actor: Person,
    requests: Sequence[int],
    *,
    section: int | None = None,
    person: str = "",
    joins: bool = False,
    task: str = "",
    due_on: date | None = None,
) -> Bulk:
    """As `assign`, for many requests of one body; those that cannot be assigned are told with the reason."""
    if not 0 < len(set(requests)) <= MOST_AT_ONCE:
        raise InputRefused(InputFault("申请", f"选了{len(set(requests))}件", f"1至{MOST_AT_ONCE}件"))
    chosen = Request.objects.select_for_update(of=("self",)).select_related("body").filter(pk__in=list(requests))
    found = list(chosen.order_by("id"))
    bodies = {each.body_id: each.body for each in found}
    for body in bodies.values():
        require_act(actor, Act.ASSIGN_REQUESTS, body)
    if len(bodies) != 1:
        raise InputRefused(InputFault("申请", "不是同一个机关的", "同一个机关的申请"))
    wanted = _wanted(found[0].body, section, person, joins, task, due_on)
    under_way: dict[int, list[Assignment]] = {each.pk: [] for each in found}
    for each in Assignment.objects.filter(request__in=found, ended_at__isnull=True).select_related("section"):
        under_way[each.request_id].append(each)
    refused: list[tuple[str, str]] = []
    warned: list[str] = []
    for one in found:
        reason = _refusal(one, under_way[one.pk], wanted)
        if reason:
            refused.append((one.number, reason))
            continue
        _give(actor, one, wanted)
        warned += [f"{one.number}：{each}" for each in _warnings(one, wanted)]
    return Bulk(len(found) - len(refused), tuple(refused), tuple(warned))


@transaction.atomic
def end(actor: Person, assignment: int, *, because: str) -> None:
    """End an assignment, as done or as withdrawn; whoever holds it may say that it is done."""
    request = Assignment.objects.values_list("request_id", flat=True).get(pk=assignment)
    found = locked(request)
    given = Assignment.objects.select_for_update(of=("self",)).select_related("section", "person").get(pk=assignment)
    reason = standing(actor, found.body).refusal(Act.ASSIGN_REQUESTS)
    if reason and given.person_id != actor.pk:
        raise PermissionDenied(reason)
    if given.ended_at is not None:
        raise InputRefused(InputFault("交办", "已经结束", "还没有结束的交办"))
    _end(actor, given, found.body.code, _because(because))


@transaction.atomic
def hand_over(actor: Person, from_person: str, to_person: str, *, because: str) -> int:
    """Everything that one person still has in hand goes to another; returns how many. Their inner days stay."""
    require(actor, Act.ASSIGN_REQUESTS)
    told = _because(because)
    leaving, taking = _account("移交人", from_person), _account("接手人", to_person)
    if leaving == taking:
        raise InputRefused(InputFault("接手人", "就是移交人", "另一个人"))
    reached = Body.objects.filter(reach(actor, Act.ASSIGN_REQUESTS))
    open_ones = Assignment.objects.filter(person=leaving, ended_at__isnull=True, request__body__in=reached)
    ids = sorted(set(open_ones.values_list("request_id", flat=True)))
    requests = {each.pk: each for each in Request.objects.select_for_update(of=("self",)).select_related("body")
                .filter(pk__in=ids).order_by("id")}  # fmt: skip
    locked_ones = open_ones.filter(request__in=ids).select_for_update(of=("self",))
    given = list(locked_ones.select_related("section", "person").order_by("id"))
    taken = set(Assignment.objects.filter(person=taking, ended_at__isnull=True, request__in=ids)
                .values_list("request_id", flat=True))  # fmt: skip
    for body in {each.body for each in requests.values()}:
        _refuse_outsider(body, None, taking)
    for each in given:
        body = requests[each.request_id].body
        _end(actor, each, body.code, f"移交{taking.name}：{told}")
        if each.request_id not in taken:
            wanted = _Wanted(each.section, taking, each.joins, each.task, each.due_on)
            _give(actor, requests[each.request_id], wanted)
    return len(given)


def _wanted(body: Body, section: int | None, username: str, joins: bool, task: str, due_on: date | None) -> _Wanted:
    faults = []
    place = Section.objects.filter(pk=section, body=body).first() if section else None
    if section and place is None:
        faults.append(InputFault("科室", f"不是{body.name}的科室", "所列的科室"))
    if not section and not username:
        faults.append(InputFault("交给", "没有选择", "一个科室或者一个人"))
    if len(task) > LONGEST_TASK:
        faults.append(InputFault("交办事项", f"有{len(task)}个字", f"不超过{LONGEST_TASK}个字"))
    if due_on and due_on < clock.today():
        faults.append(InputFault("内部期限", f"{due_on}已经过去", "今天或以后的日子"))
    if faults:
        raise InputRefused(*faults)
    person = _account("承办人", username) if username else None
    if person is not None:
        _refuse_outsider(body, place, person)
    return _Wanted(place, person, joins, task.strip(), due_on)


def _account(place: str, username: str) -> Person:
    found = Person.objects.filter(username=username, is_active=True).first()
    if found is None:
        raise InputRefused(InputFault(place, "没有这个在用的账号", "所列的人"))
    return found


def _refuse_outsider(body: Body, section: Section | None, person: Person) -> None:
    """Work is given only to somebody with a role in that body; in a section, to one who serves it or the whole body."""
    today = clock.today()
    held = Role.objects.filter(Q(until__isnull=True) | Q(until__gte=today), person=person, body=body, since__lte=today)
    held = held.filter(role__in=HANDLING)
    if section is not None:
        held = held.filter(Q(section=section) | Q(section__isnull=True))
    if not held.exists():
        where = section.name if section else body.name
        raise InputRefused(InputFault("承办人", f"{person.name}在{where}没有任职", "在那里任职的人"))


def _refusal(found: Request, open_ones: Iterable[Assignment], wanted: _Wanted) -> str:
    if found.phase in CLOSED_PHASES:
        return "已经办结"
    section, person = wanted.section, wanted.person
    for each in open_ones:
        if (each.section_id, each.person_id) == (section and section.pk, person and person.pk):
            return "已经交办过，还没有结束"
        within = each.person_id is None and person is not None and (section is None or section.pk == each.section_id)
        if not each.joins and not wanted.joins and not within:
            return "已有主办，先结束它，或者以协办交办"
    return ""


def _warnings(found: Request, wanted: _Wanted) -> tuple[str, ...]:
    if wanted.due_on is None or found.due_on is None or wanted.due_on < found.due_on:
        return ()
    due = day_in_words(found.due_on.toordinal())
    return (f"内部期限不早于答复期限届满日{due}",)


def _give(actor: Person, found: Request, wanted: _Wanted) -> Assignment:
    made = Assignment.objects.create(
        request=found, section=wanted.section, person=wanted.person, joins=wanted.joins, task=wanted.task,
        due_on=wanted.due_on, by=actor, at=clock.now(),
    )  # fmt: skip
    facts: dict[str, object] = {"assignment": made.pk, "joins": wanted.joins}
    if wanted.section:
        facts["section"] = wanted.section.name
    if wanted.person:
        facts["person"] = wanted.person.username
    if wanted.due_on:
        facts["due_on"] = wanted.due_on.isoformat()
    ledger.append(f"request:{found.pk}", "request.assigned", actor=actor, body=found.body.code, facts=facts)
    return made


def _end(actor: Person, given: Assignment, body: str, because: str) -> None:
    given.ended_at, given.ended_because = clock.now(), because
    given.save(update_fields=["ended_at", "ended_because"])
    facts = {"assignment": given.pk, "because": because}
    ledger.append(f"request:{given.request_id}", "request.unassigned", actor=actor, body=body, facts=facts)


def _because(because: str) -> str:
    told = because.strip()
    if not told:
        raise InputRefused(InputFault("原因", "没有填写", "如“已办完”“人员调离”"))
    if len(told) > LONGEST_TASK - 60:
        raise InputRefused(InputFault("原因", f"有{len(told)}个字", f"不超过{LONGEST_TASK - 60}个字"))
    return told
