"""What the record says of a reply that is being drafted, for holding it against the reasons of being overturned."""

from __future__ import annotations

from gongkai.bureau import clock
from gongkai.bureau.casework.events import as_case
from gongkai.bureau.casework.models import Letter, Request, SearchRecord, WantedItem
from gongkai.bureau.casework.queries.related import beside
from gongkai.bureau.orgs.models import Person
from gongkai.bureau.orgs.permissions import Act, require
from gongkai.bureau.orgs.working_days import in_force
from gongkai.statute.cases.checkup import DraftFacts
from gongkai.statute.cases.letter_flow import VOID
from gongkai.statute.clock import read_clock
from gongkai.statute.letters import load


def draft_facts(person: Person, request: int) -> tuple[str, DraftFacts] | None:
    """The outcome decided so far ("" where none) and what is known; None where there is no such request."""
    found = Request.objects.select_related("body").filter(pk=request).first()
    if found is None:
        return None
    require(person, Act.SEE_LEDGERS, found.body)
    case = as_case(found, found.body.code, list(found.events.order_by("position")))
    kinds = {event.kind for event in case.events}
    searches = list(SearchRecord.objects.filter(request=found).values_list("archive_asked", flat=True))
    items = list(WantedItem.objects.filter(request=found).exclude(outcome="").order_by("position"))
    refused = [each for each in items if each.outcome != "granted"]
    reading = read_clock(case, in_force(found.body.code), clock.today())
    known = DraftFacts(
        has_search_record=bool(searches),
        archive_asked=any(searches) if searches else None,
        cites_articles=all(each.articles for each in refused) if refused else None,
        states_reason=all(each.reason.strip() for each in refused) if refused else None,
        consulted_third_party="third_party_consulted" in kinds,
        answered_before=beside(found).answered is not None,
        reasons_requested="reasons_requested" in kinds,
        correction_requested="correction_requested" in kinds,
        late=reading.phase in ("overdue", "closed_late"),
        tells_remedies=_tells_remedies(request),
    )
    outcome = found.outcome or (items[0].outcome if len({each.outcome for each in items}) == 1 else "")
    return outcome or ("partial" if items else ""), known


def _tells_remedies(request: int) -> bool | None:
    """A decision written here always carries the statute's own notice of remedies; None where none is written yet."""
    deciding = [code for code, kind in load().items() if kind.remedies == "decision"]
    drafted = Letter.objects.filter(request_id=request, kind__in=deciding).exclude(state=VOID).exists()
    return True if drafted else None
