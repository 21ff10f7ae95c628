"""What waits for a person in the requests of their bodies: by their roles, their assignments and the clock.

Each kind of thing costs one look at the database, however many there are, and is cut off at `MOST`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from gongkai.bureau import clock
from gongkai.bureau.casework.models import CLOSED_PHASES, ApplicantMessage, Assignment, Letter, Request
from gongkai.bureau.casework.rights import HANDLING
from gongkai.bureau.orgs.models import Body, Person
from gongkai.bureau.orgs.permissions import Held, held_roles, stands_for_alone
from gongkai.statute.cases import letter_flow
from gongkai.statute.letters import kind_of
from gongkai.statute.parameters import value

MOST = 50
"""Rows of each kind."""
_REVIEWER = {
    "section_head": letter_flow.IN_SECTION,
    "legal_adviser": letter_flow.IN_LEGAL,
    "secrecy_reviewer": letter_flow.IN_SECRECY,
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing: until when (None: no day), what to do, who waits for what, on which ground, where at the desk.

    `for_name`: the colleague whose work it is, while the person stands in for them (代岗); "" for one's own.
    """

    due: date | None
    what: str
    waiting: str
    cite: str
    url: str
    for_name: str = ""


def waiting_for(person: Person) -> tuple[Waiting, ...]:
    """Everything of the requests that waits for this person, and for those whom they stand in for, in no order."""
    held = list(held_roles(person))
    bodies = {each.body for each in held}
    if not bodies:
        return ()
    found = [*_letters(person, held), *_assigned(person, held)]
    # one's own role comes last and so stands over a deputyship for the same body
    officer = {each.body: each.for_name for each in _own_last(held) if each.role == "disclosure_officer"}
    if officer:
        told = Q(request__body__code__in=list(officer)) & ~Q(kind="complaint")
        found += [*_requests(officer), *_unassigned(officer), *_messages(told, officer)]
    county = [each for each in held if each.role == "county_office"]
    if county:
        below = Q(pk__in=[])
        for each in county:
            below |= Q(path__startswith=each.path)
        others = stands_for_alone(county)
        name = next(each.for_name for each in county) if others else ""
        told = Q(request__body__in=Body.objects.filter(below), kind="complaint")
        found += [replace(each, for_name=name) for each in _messages(told, {})]
    return tuple(found)


def _own_last(held: list[Held]) -> list[Held]:
    return sorted(held, key=lambda each: not each.acting_for)


def _letters(person: Person, held: list[Held]) -> Iterator[Waiting]:
    """Letters whose next step is this person's; never one that they, or whom they stand in for, drafted."""
    condition = Q(pk__in=[])
    for each in held:
        here = Q(request__body__code=each.body)
        not_theirs = ~Q(by=person) & ~Q(by__username=each.acting_for)
        if each.role in _REVIEWER:
            condition |= here & Q(state=_REVIEWER[each.role]) & not_theirs
        if each.role in ("leader", "section_head"):
            condition |= here & Q(state=letter_flow.AWAITING_SIGNATURE) & not_theirs
        if each.role == "disclosure_officer":
            condition |= here & Q(state__in=letter_flow.NUMBERED)
        if each.role in letter_flow.STAFF:
            condition |= here & Q(state=letter_flow.DRAFTING, by__username=each.acting_for or person.username)
    rows = Letter.objects.filter(condition).select_related("request__body", "by")
    for letter in rows.order_by("request__due_on", "id")[:MOST]:
        kind = kind_of(letter.kind)
        by = _takers(letter, held, person)
        if not by:
            continue
        act = {
            letter_flow.DRAFTING: "写完送审", letter_flow.IN_SECTION: "科室审核", letter_flow.IN_LEGAL: "合法性审查",
            letter_flow.IN_SECRECY: "保密审查", letter_flow.AWAITING_SIGNATURE: "签发", letter_flow.SIGNED: "用印",
            letter_flow.SEALED: "送达",
        }[letter.state]  # fmt: skip
        yield Waiting(
            letter.request.due_on,
            f"{act}：{letter.request.number} {kind.title}（{kind.name}）",
            f"{letter.request.body.name}，{_subject(letter.request.subject)}",
            "条例第17条" if letter.state == letter_flow.IN_SECRECY else "条例第45条",
            f"/desk/letters/{letter.pk}/",
            "" if any(not each.acting_for for each in by) else by[0].for_name,
        )


def _takers(letter: Letter, held: list[Held], person: Person) -> list[Held]:
    """The roles by which the person takes the letter's next step."""
    kind, here = kind_of(letter.kind), [each for each in held if each.body == letter.request.body.code]
    signer = "leader" if kind.event == "replied" else kind.signed_by
    if letter.state == letter_flow.DRAFTING:
        writer = letter.by.username
        staff = [each for each in here if each.role in letter_flow.STAFF]
        return [each for each in staff if (each.acting_for or person.username) == writer]
    if letter.state in letter_flow.NUMBERED:
        return [each for each in here if each.role == "disclosure_officer"]
    able = [each for each in here if each.acting_for != letter.by.username]
    if letter.state == letter_flow.AWAITING_SIGNATURE:
        return [each for each in able if each.role in (signer, "leader")]
    return [each for each in able if _REVIEWER.get(each.role) == letter.state]


def _assigned(person: Person, held: list[Held]) -> Iterator[Waiting]:
    whose = Q(person=person)
    for other in held:
        if other.acting_for and other.role in HANDLING:
            whose |= Q(person__username=other.acting_for, request__body__code=other.body)
    rows = (
        Assignment.objects.filter(whose, ended_at__isnull=True)
        .exclude(request__phase__in=CLOSED_PHASES)
        .select_related("request__body", "person")
        .order_by("due_on", "id")[:MOST]
    )
    for each in rows:
        days = [day for day in (each.due_on, each.request.due_on) if day]
        task = each.task or ("参与办理" if each.joins else "承办")
        yield Waiting(
            min(days) if days else None,
            f"{each.request.number}：{task}",
            f"{each.request.body.name}，{_subject(each.request.subject)}",
            "条例第33条",
            f"/desk/requests/{each.request_id}/",
            each.person.name if each.person and each.person_id != person.pk else "",
        )


def _requests(bodies: Mapping[str, str]) -> Iterator[Waiting]:
    """Late and soon late; applications that nobody has confirmed (条例第31条第3项)."""
    today = clock.today()
    soon = today + timedelta(days=value("request_light_soon_days", today).number)
    near = Request.objects.filter(body__code__in=list(bodies), due_on__lte=soon).exclude(phase__in=CLOSED_PHASES)
    for each in near.select_related("body").order_by("due_on", "id")[:MOST]:
        yield Waiting(
            each.due_on, f"{each.number}：答复", f"申请人在等，{_subject(each.subject)}", "条例第33条",
            f"/desk/requests/{each.pk}/", bodies[each.body.code],
        )  # fmt: skip
    unconfirmed = Request.objects.filter(body__code__in=list(bodies), phase="awaiting_receipt")
    for each in unconfirmed.select_related("body").order_by("submitted_on", "id")[:MOST]:
        yield Waiting(
            each.submitted_on, f"{each.number}：与申请人确认收到", f"提交以后还没有起算，{_subject(each.subject)}",
            "条例第31条第3项", f"/desk/requests/{each.pk}/", bodies[each.body.code],
        )  # fmt: skip


def _unassigned(bodies: Mapping[str, str]) -> Iterator[Waiting]:
    """Those that run and that nobody handles yet. A letter begun means that somebody does, assigned or not."""
    today = clock.today()
    soon = today + timedelta(days=value("request_light_soon_days", today).number)  # from then on `_requests` has them
    given = Assignment.objects.filter(request=OuterRef("pk"), ended_at__isnull=True)
    written = Letter.objects.filter(request=OuterRef("pk")).exclude(kind="receipt")
    running = Request.objects.filter(body__code__in=list(bodies), phase="running", due_on__gt=soon)
    idle = running.filter(~Exists(given), ~Exists(written)).select_related("body")
    for each in idle.order_by("due_on", "id")[:MOST]:
        yield Waiting(
            each.due_on, f"{each.number}：交办", f"还没有人承办，{_subject(each.subject)}", "条例第45条",
            f"/desk/requests/{each.pk}/", bodies[each.body.code],
        )  # fmt: skip


def _messages(condition: Q, bodies: Mapping[str, str]) -> Iterator[Waiting]:
    kinds = {"record_correction": "更正记录的要求", "suggestion": "纳入主动公开的建议", "complaint": "投诉"}
    rows = ApplicantMessage.objects.filter(condition, handled_at__isnull=True, kind__in=kinds)
    for each in rows.select_related("request__body").order_by("at")[:MOST]:
        yield Waiting(
            each.at.date(), f"{each.request.number}：处理{kinds[each.kind]}", "申请人在等回复",
            {"record_correction": "条例第41条", "suggestion": "条例第44条", "complaint": "条例第47条"}[each.kind],
            "/desk/messages/", bodies.get(each.request.body.code, ""),
        )  # fmt: skip


def _subject(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
