"""Earlier replies of the county: found by their words, never with who asked; the ledger of deliveries."""

from __future__ import annotations

from datetime import date

import pytest
from bureau_cast import Cast
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.bureau import clock
from gongkai.bureau.casework import files, identity, services
from gongkai.bureau.casework.files import Sent
from gongkai.bureau.casework.models import Delivery, Letter, Request, WantedItem
from gongkai.bureau.casework.queries.deliveries import deliveries
from gongkai.bureau.casework.queries.draft_facts import draft_facts
from gongkai.bureau.orgs.models import Person
from gongkai.bureau.remedies import handling, library
from gongkai.bureau.remedies import services as remedies

NAME = "欧阳慕云"


def enter(actor: Person, body: str, number: str, subject: str, outcome: str | None = "refused.third_party") -> int:
    events: list[dict[str, object]] = [{"kind": "submitted", "on": "2026-03-02"}]
    if outcome:
        events.append({"kind": "replied", "on": "2026-03-20", "outcome": outcome, "way": "post"})
    return services.register(
        actor, body=body, number=number, applicant_kind="natural_person", names=(NAME, None, "13911112222"),
        subject=subject, channel="in_person", events=events, evidence="申请书",
    )  # fmt: skip


@pytest.fixture
def county(cast: Cast) -> dict[str, int]:
    return {
        "own": enter(cast.officer, "qinglan-kjj", "K-1", "科技创新券兑付单位名单"),
        "other": enter(cast.elsewhere, "qinglan-mzj", "M-1", f"{NAME}申请2025年科技创新券兑付名单，电话13911112222"),
        "far": enter(cast.elsewhere, "qinglan-mzj", "M-2", "低保户名单"),
        "open": enter(cast.officer, "qinglan-kjj", "K-2", "科技创新券兑付单位名单", None),
    }


def test_the_same_words_are_found_in_the_whole_county(cast: Cast, county: dict[str, int]) -> None:
    found = library.answers(cast.handler, "科技创新券兑付名单")
    assert {each.row.id for each in found.rows} == {county["own"], county["other"]}
    assert (found.looked_through, found.all) == (3, True)
    by_id = {each.row.id: each.row for each in found.rows}
    assert by_id[county["own"]].open and not by_id[county["other"]].open
    assert library.answers(cast.handler, "科技创新券兑付名单", besides=county["own"]).rows[0].row.id == county["other"]


def test_nobody_learns_who_asked(cast: Cast, county: dict[str, int]) -> None:
    told = repr(library.answers(cast.handler, "科技创新券兑付名单"))
    assert NAME not in told and "13911112222" not in told
    assert "〔申请人〕申请2025年科技创新券兑付名单" in told


def test_grounds_and_what_was_said_of_them_stand_beside(cast: Cast, county: dict[str, int]) -> None:
    WantedItem.objects.create(
        request_id=county["own"], position=1, text="名单", outcome="refused.third_party", articles="15",
        reason="损害第三方合法权益",
    )  # fmt: skip
    made = remedies.enter(
        cast.adviser,
        {"number": "FY-1", "agency": "qinglan-kjj", "case": "K-1", "kind": "reconsideration",
         "accepted_on": "2026-04-02"}, evidence="通知书",
    )  # fmt: skip
    remedies.close(
        cast.adviser, made, closed_on="2026-05-20", result="corrected", decision="撤销，责令重新答复", evidence="决定书"
    )
    handling.learn(cast.adviser, made, text="应当征求第三方意见")
    own = next(each for each in library.answers(cast.handler, "科技创新券").rows if each.row.id == county["own"])
    assert [(each.articles, each.reason) for each in own.row.grounds] == [("15", "损害第三方合法权益")]
    assert [(each.result, each.decision) for each in own.reviewed] == [("corrected", "撤销，责令重新答复")]
    assert [each.text for each in own.lessons] == ["应当征求第三方意见"]


def test_it_costs_the_same_however_many_are_alike(cast: Cast, county: dict[str, int]) -> None:
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as made:
            library.answers(cast.handler, "科技创新券兑付名单")
        return len(made)

    before = cost()
    for number in range(12):
        enter(cast.officer, "qinglan-kjj", f"K-9{number}", f"科技创新券兑付名单第{number}批")
    assert cost() == before <= 11


@pytest.mark.parametrize("text", ["", "  ", "。，", "无", "\0", "科" * 5000])
def test_any_text_may_be_looked_for(cast: Cast, county: dict[str, int], text: str) -> None:
    library.answers(cast.handler, text)


def test_who_may_not_see_ledgers_finds_nothing(cast: Cast, county: dict[str, int]) -> None:
    with pytest.raises(PermissionDenied):
        library.answers(cast.auditor, "名单")


def test_what_the_record_says_of_a_draft(cast: Cast, county: dict[str, int]) -> None:
    found = draft_facts(cast.handler, county["own"])
    assert found is not None
    outcome, known = found
    assert outcome == "refused.third_party"
    assert (known.has_search_record, known.consulted_third_party, known.cites_articles) == (False, False, None)
    with pytest.raises(PermissionDenied):
        draft_facts(cast.elsewhere, county["own"])


def deliver(cast: Cast, request: int, number: int, *, proof: bool = False) -> int:
    found, now = Request.objects.get(pk=request), clock.now()
    letter = Letter.objects.create(
        request=found, kind="refused", state="delivered", paragraphs="", addressee=identity.seal_text(NAME),
        number=f"青科公复〔2026〕{number}号", by=cast.handler, at=now,
    )  # fmt: skip
    kept = files.keep(found, "proof", Sent("回执.pdf", b"%PDF"), by=cast.officer) if proof else None
    sent = Delivery.objects.create(
        letter=letter, way="post", tracking=f"XA{number:03}", on=date(2026, 3, 1 + number % 28), proof=kept,
        by=cast.officer, at=now,
    )  # fmt: skip
    return sent.pk


def test_the_ledger_of_deliveries_pages_filters_and_costs_three_queries(cast: Cast, county: dict[str, int]) -> None:
    mine = [deliver(cast, county["own"], number, proof=number == 5) for number in range(7)]
    deliver(cast, county["other"], 99)
    first = deliveries(cast.officer, size=4)
    rest = deliveries(cast.officer, size=4, after=first.next_after)
    assert [each.id for each in (*first.rows, *rest.rows)] == mine[::-1]
    assert rest.next_after is None
    assert [each.number for each in deliveries(cast.officer, search="XA003").rows] == ["青科公复〔2026〕3号"]
    assert len(deliveries(cast.officer, lacking=True).rows) == 6
    assert len(deliveries(cast.officer, since=date(2026, 3, 6), until=date(2026, 3, 6)).rows) == 1
    assert len(deliveries(cast.office).rows) == 8
    with CaptureQueriesContext(connection) as made:
        deliveries(cast.officer)
    assert len(made) <= 3
    with pytest.raises(PermissionDenied):
        deliveries(cast.auditor)
