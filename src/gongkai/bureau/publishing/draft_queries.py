"""Drafts as the desk shows them: the queue with ages and due days; one with its versions, steps, offers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q
from django.utils import timezone

from gongkai.bureau import clock
from gongkai.bureau.orgs.models import Body, Person
from gongkai.bureau.orgs.permissions import Act, held_roles, may, reach, require, stands_for
from gongkai.bureau.publishing.models import Draft, DraftStep, Revision
from gongkai.documents.writing import text_of
from gongkai.statute.publishing import flow
from gongkai.statute.publishing.elements import is_document
from gongkai.statute.publishing.flow import FlowStep, Matter

PAGE = 50
MOST_WAITING = 200
WROTE = ("write", "submit")


@dataclass(frozen=True, slots=True)
class DraftRow:
    """`since`: the day on which it came into its state; `waits`: days since; `left`: days until it must be public."""

    id: int
    title: str
    body: str
    body_name: str
    column: str
    section: str
    state: str
    way: str
    urgent: bool
    by: str
    since: date
    due_on: date | None
    publish_on: date | None
    evaluate_on: date | None
    public: bool
    index_number: str

    @property
    def state_word(self) -> str:
        return flow.STATES[self.state]

    @property
    def way_word(self) -> str:
        return flow.WAYS[self.way]

    @property
    def waits(self) -> int:
        return (clock.today() - self.since).days

    @property
    def left(self) -> int | None:
        return (self.due_on - clock.today()).days if self.due_on and not self.public else None

    @property
    def light(self) -> str:
        """done, soon, error or "" - shown with its words, never by colour alone."""
        if self.left is None or self.state not in flow.OPEN:
            return ""
        return "error" if self.left < 0 else "soon" if self.left <= SOON else "note"


SOON = 5
"""Days before the due day from which a draft shows amber."""


@dataclass(frozen=True, slots=True)
class DraftPage:
    rows: tuple[DraftRow, ...]
    next_after: str
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class StepRow:
    act: str
    word: str
    by: str
    at: datetime
    revision: int
    after: str
    told: tuple[tuple[str, str], ...]
    scan: str


@dataclass(frozen=True, slots=True)
class RevisionRow:
    number: int
    by: str
    at: datetime
    digest: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A step of the table as it stands for this person now; `refused`: why not, "" where they can."""

    step: FlowStep
    refused: str


@dataclass(frozen=True, slots=True)
class DraftDetail:
    """`seen_revision`: the version that this person looked at when they last took a step, 0 for none before.

    `unmentioned`: what the column must show (条例第12条、第20条) and the text does not speak of.
    """

    row: DraftRow
    place: int
    place_kind: str
    section_id: int | None
    elements: Mapping[str, str]
    body_html: str
    attachments: tuple[Mapping[str, object], ...]
    way_ground: str
    urgent_because: str
    owed: tuple[str, ...]
    origin: Mapping[str, object]
    version: int
    steps: tuple[StepRow, ...]
    revisions: tuple[RevisionRow, ...]
    offers: tuple[Offer, ...]
    route: tuple[str, ...]
    item: int | None
    seen_revision: int
    may_write: bool
    changed_at: datetime
    step_count: int
    unmentioned: tuple[str, ...]


def drafts(
    person: Person, *, body: str = "", state: str = "", search: str = "", mine: bool = False, after: str = "",
    size: int = PAGE,
) -> DraftPage:  # fmt: skip
    """Drafts of the bodies that the person's roles reach; the newest first. Without a state: those not at an end."""
    require(person, Act.SEE_LEDGERS)
    reached = Draft.objects.filter(body__in=Body.objects.filter(reach(person, Act.SEE_LEDGERS)).values("pk"))
    if body:
        reached = reached.filter(body__code=body)
    if search:
        reached = reached.filter(title__icontains=search)
    if mine:
        reached = reached.filter(by=person)
    counts = dict(reached.values_list("state").annotate(count=Count("*")))
    found = reached.filter(state=state) if state in flow.STATES else reached.filter(state__in=flow.OPEN)
    if after.isdecimal() and len(after) < 19:
        found = found.filter(pk__lt=int(after))
    rows = list(found.select_related("body", "place", "section", "by", "item").order_by("-id")[: size + 1])
    following = str(rows[size - 1].pk) if len(rows) > size else ""
    return DraftPage(tuple(row_of(each) for each in rows[:size]), following, counts)


def waiting(person: Person) -> tuple[DraftRow, ...]:
    """What lies with this person now: to be reviewed or signed, returned to them, ready for publication."""
    condition = Q(pk__in=[])
    for each in held_roles(person):
        states = [state for state in flow.STATES if each.role in flow.reviewers_of(state)]
        mine = Q(body__code=each.body, state__in=states)
        if each.role == "disclosure_officer":
            mine |= Q(body__code=each.body, state=flow.APPROVED, publish_on__isnull=True)
        condition |= mine
    condition |= Q(state=flow.DRAFTING, by=person, revisions__isnull=False)
    related = ("body", "place", "section", "by", "item")
    found = Draft.objects.filter(condition).select_related(*related).distinct().order_by("due_on", "id")[:MOST_WAITING]
    wrote = _wrote([each.pk for each in found])
    return tuple(
        row_of(each) for each in found
        if each.state in (flow.DRAFTING, flow.APPROVED) or person.username not in wrote.get(each.pk, ())
    )  # fmt: skip


def draft(person: Person, draft_id: int) -> DraftDetail | None:
    """One draft; None where there is none; refused where the person's roles do not reach."""
    related = ("body", "place", "section", "by", "item")
    found = Draft.objects.select_related(*related).filter(pk=draft_id).first()
    if found is None:
        return None
    require(person, Act.SEE_LEDGERS, found.body)
    history = list(found.steps.select_related("by").order_by("id"))
    revisions = found.revisions.select_related("by").order_by("-number")
    own = [each.revision for each in history if each.by_id == person.pk and each.act not in WROTE]
    writes = found.state == flow.DRAFTING and may(person, Act.ENTER_ITEMS, found.body)
    return DraftDetail(
        row_of(found), found.place_id, found.place.kind, found.section_id, found.elements, found.body_html,
        tuple(found.attachments), found.way_ground, found.urgent_because, tuple(found.owed), found.origin,
        found.version, tuple(_step(each) for each in history if each.act != "write"),
        tuple(RevisionRow(each.number, each.by.name, each.at, each.digest) for each in revisions),
        _offers(person, found, history), flow.route_of(matter_of(found)), found.item_id, max(own, default=0), writes,
        found.changed_at, len(history), _unmentioned(found),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Version:
    """One version as it was sent to review; `attachments` are names."""

    column: str
    elements: Mapping[str, str]
    body_html: str
    attachments: str
    way: str
    way_ground: str


def version(person: Person, draft_id: int, number: int) -> Version | None:
    found = Revision.objects.select_related("draft__body").filter(draft=draft_id, number=number).first()
    if found is None:
        return None
    require(person, Act.SEE_LEDGERS, found.draft.body)
    names = "、".join(str(each["name"]) for each in found.attachments)
    return Version(found.column, found.elements, found.body_html, names, found.way, found.way_ground)


def matter_of(found: Draft) -> Matter:
    """What the table of steps asks of a draft; its item is loaded with it."""
    public = found.item is not None and not found.item.legacy
    return Matter(is_document(found.elements), found.urgent, tuple(found.owed), public)


def drafters_of(found: Draft, history: Iterable[DraftStep]) -> frozenset[str]:
    """Who wrote or submitted any version of it."""
    return frozenset({found.by.username, *(each.by.username for each in history if each.by and each.act in WROTE)})


def _wrote(ids: Sequence[int]) -> Mapping[int, set[str]]:
    found: dict[int, set[str]] = {}
    steps = DraftStep.objects.filter(draft__in=ids, act__in=WROTE).values_list("draft", "by__username")
    for pk, username in steps:
        found.setdefault(pk, set()).add(username)
    return found


def _unmentioned(found: Draft) -> tuple[str, ...]:
    """Only a guide is one text that must say all of it; elsewhere several items together do."""
    if found.place.kind != "guide":
        return ()
    said = text_of(found.body_html)
    return tuple(each for each in found.place.elements if each not in said)


def _offers(person: Person, found: Draft, history: Sequence[DraftStep]) -> tuple[Offer, ...]:
    """The steps that are possible in this state, for this person with the reason why not."""
    held = [each for each in held_roles(person) if each.body == found.body.code]
    matter, drafters = matter_of(found), drafters_of(found, history)
    made = []
    for step in flow.STEPS.values():
        if found.state not in step.before:
            continue
        reason = flow.refusal(
            step, found.state, matter, person.username, drafters, [each.role for each in held],
            stands_for=stands_for(held),
        )  # fmt: skip
        made.append(Offer(step, reason))
    return tuple(made)


def _step(each: DraftStep) -> StepRow:
    step = flow.STEPS.get(each.act)
    told = tuple(
        (flow.FIELDS[name], _word(name, str(text))) for name, text in each.facts.items()
        if name in flow.FIELDS and name != "scan"
    )  # fmt: skip
    by = each.by.name if each.by else "定时公开"
    by = f"{by}（代{each.acting_for}）" if each.acting_for else by
    return StepRow(
        each.act, step.word if step else each.act, by, each.at, each.revision, flow.STATES[each.after], told,
        str(each.facts.get("scan", "")),
    )  # fmt: skip


def _word(name: str, text: str) -> str:
    return {"conclusion": flow.CONCLUSIONS, "fair_competition": flow.FAIR_COMPETITION}.get(name, {}).get(text, text)


def row_of(each: Draft) -> DraftRow:
    item = each.item
    return DraftRow(
        each.pk, each.title or "（没有标题）", each.body.code, each.body.name, each.place.name,
        each.section.name if each.section else "", each.state, each.way, each.urgent, each.by.name,
        timezone.localdate(each.state_at), each.due_on, each.publish_on, each.evaluate_on,
        item is not None and not item.legacy, item.index_number if item else "",
    )  # fmt: skip
