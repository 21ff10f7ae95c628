"""同类答复: the county's earlier replies to requests alike, with what was said of them; a draft held against both."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gongkai.bureau.casework import queries
from gongkai.bureau.casework.queries.draft_facts import draft_facts
from gongkai.bureau.casework.queries.library import LONGEST_QUERY, YEARS_BACK
from gongkai.bureau.orgs.permissions import Act, require
from gongkai.bureau.remedies import library
from gongkai.screens.desk.frame import page, person_of, staff
from gongkai.screens.desk.ledger_words import REMEDY_KINDS, REMEDY_RESULTS, outcome_groups, outcomes
from gongkai.screens.desk.paging import key
from gongkai.statute.cases.checkup import DraftFacts, checkup
from gongkai.statute.cases.citing import in_full
from gongkai.statute.primitives import InputRefused


@staff
@require_safe
def look(request: HttpRequest) -> HttpResponse:
    """`request` is the case at hand: its words are looked for where none are given, and its draft is checked."""
    person = person_of(request)
    require(person, Act.SEE_LEDGERS)
    text = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    outcome = request.GET.get("outcome", "")
    known, row = DraftFacts(), None
    number = key(request, "request")
    if number is not None:
        detail, facts = queries.request(person, number), draft_facts(person, number)
        if detail is None or facts is None:
            raise Http404
        row, text = detail.row, text or detail.row.subject[:LONGEST_QUERY]
        outcome, known = outcome or facts[0], facts[1]
    if outcome not in outcomes():
        outcome = ""
    found = library.answers(person, text, besides=number) if text else None
    weak = checkup(outcome, known) if outcome else ()
    context = {
        "text": text,
        "row": row,
        "found": found,
        "answers": [_shown(each) for each in found.rows] if found else [],
        "years": YEARS_BACK,
        "groups": outcome_groups(),
        "outcome": outcome,
        "outcome_word": outcomes().get(outcome, ""),
        "wrong": [each for each in weak if not each.ask],
        "asked": [each for each in weak if each.ask],
    }
    return page(request, "desk/library.html", context, here="library")


def _shown(each: library.Answer) -> dict[str, object]:
    return {
        "row": each.row,
        "outcome": outcomes().get(each.row.outcome, ""),
        "grounds": [(outcomes().get(one.outcome, ""), _cited(one.articles), one.reason) for one in each.row.grounds],
        "reviewed": [
            (REMEDY_KINDS[one.kind], one.result, REMEDY_RESULTS.get(one.result, "尚未审结"), one.decision)
            for one in each.reviewed
        ],
        "lessons": each.lessons,
    }


def _cited(articles: str) -> str:
    codes = [each.strip() for each in articles.split(",") if each.strip()]
    try:
        return in_full(codes) if codes else ""
    except InputRefused:
        return articles
