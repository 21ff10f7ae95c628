"""The page of a case: the request and its evidence, the line of events, what may be done now and by whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse

from gongkai.bureau import clock
from gongkai.bureau.casework import making_public, opinions, queries
from gongkai.bureau.casework.queries import reminders
from gongkai.bureau.casework.queries.case import CaseBoard, CaseLetter, board
from gongkai.bureau.orgs.permissions import Act
from gongkai.bureau.remedies import queries as remedies
from gongkai.screens.desk import case_words, event_form, field_faults
from gongkai.screens.desk.deadlines import in_words
from gongkai.screens.desk.frame import page, person_of
from gongkai.screens.desk.ledger_words import (
    ACTS,
    APPLICANTS,
    CHANNELS,
    FIELDS,
    REMEDY_KINDS,
    REMEDY_RESULTS,
    outcomes,
    value_in_words,
)
from gongkai.screens.desk.lights import light
from gongkai.statute.cases.application import FORMS, WAYS
from gongkai.statute.cases.letter_flow import DELIVERED, VOID
from gongkai.statute.cases.steps import STEPS
from gongkai.statute.clock import Offer, offers
from gongkai.statute.clock.wording import day_in_words, derivation
from gongkai.statute.primitives import InputFault, InputRefused

OPINION_WORDS = {**opinions.KINDS, "lesson": "复议诉讼的教训"}
CONCLUSION_WORDS = {**opinions.CONCLUSIONS, "upheld": "结果维持", "corrected": "结果纠正", "other": "其他结果"}


@dataclass(frozen=True, slots=True)
class Happened:
    """One event as the line of time shows it; `facts` are (label, value), `letters` those whose delivery made it."""

    word: str
    on: str
    facts: tuple[tuple[str, str], ...]
    evidence: str
    by: str
    letters: tuple[CaseLetter, ...]


def show(
    request: HttpRequest,
    number: int,
    *,
    act: str = "",
    form: str = "",
    faults: field_faults.FormFaults = field_faults.NONE,
    known: Sequence[tuple[str, str]] = (),
) -> HttpResponse:
    """The page. `form` is one that was refused: it stands open with what was entered and what is wrong with it.

    `known`: what is known of the applicant, to be shown this once.
    """
    found = board(person_of(request), number)
    if found is None:
        raise Http404
    chosen = _chosen(found, act)
    if chosen is not None and chosen.refused and not faults:
        faults = field_faults.faults_of(InputRefused(InputFault(ACTS[act], chosen.refused)), {})
    context = {
        **_about(found),
        **_handling(request, found),
        **_acts(found, chosen, request, faults),
        "known": known,
        "form": form,
        "faults": faults,
        "filled": {form: request.POST} if form else {},
        "wrong": {form: faults.at} if form else {},
        "entered": request.POST if form in ("", "act") else {},
        "split_chosen": positions(request),
    }
    return page(request, "desk/ledgers/request.html", context, here="requests", status=400 if faults else 200)


def positions(request: HttpRequest) -> tuple[int, ...]:
    """The wanted items that were chosen in a form."""
    chosen = request.POST.getlist("positions")
    return tuple(int(each) for each in chosen if each.isascii() and each.isdecimal() and len(each) < 6)


def _about(found: CaseBoard) -> dict[str, object]:
    detail, today = found.detail, clock.today()
    row = detail.row
    return {
        "row": row,
        "applicant": APPLICANTS[row.applicant_kind],
        "channel": CHANNELS[row.channel],
        "outcome": outcomes().get(row.outcome, ""),
        "ended": _ended(found),
        "light": light(detail.reading, found.calendar, today.toordinal()),
        "clock": in_words(detail.reading, derivation(detail.case, found.calendar, today)),
        "moves": found.moves,
        "application": found.application,
        "application_form": FORMS.get(found.application.form, "") if found.application else "",
        "application_way": WAYS.get(found.application.way, "") if found.application else "",
        "messages_of_applicant": found.messages,
        "may_hand_over": found.application is not None and not found.standing.refusal(Act.ENTER_REQUESTS),
        "has_identity": detail.has_identity or found.application is not None,
        "identity_refusal": found.standing.refusal(Act.SEE_IDENTITIES),
        "items": case_words.items(found),
        "may_divide": not any(each.outcome for each in found.wanted),
        "row_of_the_case": case_words.row_of_the_case(found.wanted),
        "related": found.related,
        "may_make_public": row.outcome in making_public.PROVIDED and not found.standing.refusal(Act.ENTER_ITEMS),
        "outcome_words": outcomes(),
        "today": today,
    }


def _ended(found: CaseBoard) -> tuple[str, str, str] | None:
    """Day, word and outcome of what closed the case, the last time it was closed; None while it is under way."""
    if found.detail.reading.phase not in ("closed", "closed_late"):
        return None
    last = next(each for each in reversed(found.detail.events) if each.kind not in ("archived", "reclassified"))
    outcome = outcomes().get(str(last.fields.get("outcome", "")), "")
    return day_in_words(last.on.toordinal()), ACTS[last.kind], outcome


def _handling(request: HttpRequest, found: CaseBoard) -> dict[str, object]:
    row = found.detail.row
    by_event: dict[int, list[CaseLetter]] = {}
    for each in found.letters:
        if each.state == DELIVERED and each.event is not None:
            by_event.setdefault(each.event, []).append(each)
    return {
        "events": [_happened(each, by_event.get(position, ())) for position, each in enumerate(found.detail.events)],
        "letters": [each for each in found.letters if each.state != VOID and each.event is None],
        "letters_void": sum(each.state == VOID for each in found.letters),
        "letters_refusal": found.standing.refusal(Act.WRITE_LETTERS),
        "remedies": [
            (each, REMEDY_KINDS[each.kind], REMEDY_RESULTS.get(each.result, "")) for each in remedies.of_request(row.id)
        ],
        "remedy_refusal": found.standing.refusal(Act.ENTER_REMEDIES),
        "hands": case_words.hands(found, person_of(request).username, clock.today()),
        "handed": [each for each in found.assignments if each.ended_at is not None],
        "assigned": len(found.assignments),
        "assign_refusal": found.standing.refusal(Act.ASSIGN_REQUESTS),
        "sections": found.sections,
        "colleagues": [(each.username, f"{each.name}（{each.roles}）") for each in found.colleagues],
        "opinions": [
            (each, OPINION_WORDS.get(each.kind, each.kind), CONCLUSION_WORDS.get(each.conclusion, ""))
            for each in found.opinions
        ],
        "opinion_kinds": case_words.opinion_kinds(found.standing),
        "conclusions": tuple(opinions.CONCLUSIONS.items()),
        "spoken_of": [(str(each.id), each.title) for each in found.letters if each.state != VOID],
        "searches": found.searches,
        "files": case_words.files(found),
        "reminded": [
            (on, word, "、".join(each.person for each in rows))
            for (on, word), rows in groupby(reminders.of_request(row.id), key=lambda each: (each.on, each.word))
        ],
    }


def _acts(
    found: CaseBoard, chosen: Offer | None, request: HttpRequest, faults: field_faults.FormFaults
) -> dict[str, object]:
    """What the statute allows now and this person's roles with it; all else grey, with the reason."""
    held = found.standing
    ways = [
        (_way(each), each.refused or held.step_refusal(each.step)) for each in offers(found.detail.case, found.calendar)
    ]
    refused = chosen is not None and bool(chosen.refused or held.step_refusal(chosen.step))
    approver = chosen is not None and held.needs_approver(chosen.step) and "approved_by" not in chosen.step.fields
    entered = request.POST.dict() or {"outcome": case_words.settled_row(found.wanted)}
    return {
        "entering": held.refusal(Act.ENTER_REQUESTS),
        "fitting_letters": case_words.fitting_letters(found.wanted, {way[0] for way, why in ways if not why}),
        "offered": [way for way, why in ways if not why],
        "not_now": [(*way, why) for way, why in ways if why],
        "chosen": None if chosen is None or refused else _way(chosen),
        "approver": approver,
        "fields": event_form.event_fields(chosen, entered, faults.at) if chosen else (),
    }


def _chosen(found: CaseBoard, act: str) -> Offer | None:
    return next((each for each in offers(found.detail.case, found.calendar) if each.step.act == act), None)


def _way(offer: Offer) -> tuple[str, str, str]:
    """act, word, article in words."""
    article = offer.step.article
    number = article.partition("(")[0]
    instrument, _, of_it = article.rpartition(" ")
    cite = f"条例第{number}条" if number.isdecimal() else f"{instrument}第{of_it}条" if instrument else article
    return offer.step.act, ACTS[offer.step.act], cite


def _happened(event: queries.EventRow, letters: Sequence[CaseLetter]) -> Happened:
    told = [(name, event.fields.get(name)) for name in STEPS[event.kind].fields]
    return Happened(
        ACTS[event.kind],
        day_in_words(event.on.toordinal()),
        tuple((FIELDS[name], value_in_words(name, value)) for name, value in told if value not in ("", None)),
        event.evidence,
        event.by,
        tuple(letters),
    )
