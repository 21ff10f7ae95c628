"""Consultations by a private link: answered once, in time, sealed, without a word of who applied (条例第32–34条)."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from bureau_cast import Cast
from django.core.exceptions import PermissionDenied
from following_ground import CONTACT, ID_NUMBER, NAME, PARTY, Filed, filed, on_day

from gongkai.bureau import clock
from gongkai.bureau.casework import consulting, files, identity, services
from gongkai.bureau.casework.consulting import Answer
from gongkai.bureau.casework.models import Consultation, Letter, Request
from gongkai.bureau.casework.queries.consulting import Asked, asked, consultations
from gongkai.bureau.ledger.models import Entry
from gongkai.statute.primitives import InputRefused

pytestmark = pytest.mark.database

GROUNDS = "含有本公司的报价和客户名单，公开后会被同行利用"
PDF = files.Sent("说明.pdf", b"%PDF-1.7 more")


@pytest.fixture
def mine(cast: Cast) -> Filed:
    return filed(cast.officer)


def _letter(cast: Cast, mine: Filed, kind: str = "third_party_consultation", state: str = "delivered") -> Letter:
    return Letter.objects.create(
        request_id=mine.id, kind=kind, state=state, by=cast.officer, at=clock.now(), number="青科公征〔2026〕1号",
        addressee=identity.seal_text(PARTY),
        paragraphs=f"本机关收到{NAME}的申请，下列信息可能涉及你单位：2025年采购合同。电话{CONTACT}。",
    )  # fmt: skip


def _linked(cast: Cast, mine: Filed, family: str = "third_party", until: date | None = None) -> str:
    """The letter delivered and its event made, as the office does it; the link."""
    who = "party" if family == "third_party" else "agency"
    services.append(cast.officer, mine.id, on_day(f"{family}_consulted", **{who: PARTY}), evidence="征求意见书")
    letter = _letter(cast, mine, f"{family}_consultation")
    return consulting.open_link(mine.id, letter.pk, family, PARTY, until)


def _open(token: str) -> Asked:
    found = asked(token)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("family", "who"), [("third_party", "party"), ("joint_agency", "agency"), ("other_agency", "agency")]
)
@pytest.mark.parametrize("consents", [True, False])
def test_an_answer_makes_its_event(cast: Cast, mine: Filed, family: str, who: str, consents: bool) -> None:
    token = _linked(cast, mine, family)
    assert consulting.answer(token, Answer(consents, GROUNDS, (PDF,)))
    last = Request.objects.get(pk=mine.id).events.order_by("position").last()
    assert last is not None
    assert json.loads(last.fields) == {
        "kind": f"{family}_replied", "on": clock.today().isoformat(), who: PARTY, "consents": consents,
    }  # fmt: skip
    assert (last.entered_by, last.evidence) == (None, "被征求意见方经专用链接答复")
    [row] = consultations(cast.handler, mine.id)
    assert row.consents is consents
    told = consulting.read(cast.handler, row.letter)
    assert (told.text, [name for _, name, _ in told.files]) == (GROUNDS, ["说明.pdf"])
    taken = consulting.open_file(cast.adviser, row.letter, told.files[0][0])
    assert taken is not None
    assert taken.data == b"%PDF-1.7 more"


def test_only_a_digest_of_the_link_is_kept(cast: Cast, mine: Filed) -> None:
    token = _linked(cast, mine)
    assert len(token) == 43
    stored = Consultation.objects.get()
    assert token not in (stored.mark, stored.party)
    assert len(stored.mark) == 64
    assert token not in "".join(Entry.objects.values_list("facts", flat=True))


def test_who_is_asked_is_not_told_who_applied(cast: Cast, mine: Filed) -> None:
    found = _open(_linked(cast, mine))
    assert found.state == "open"
    assert "2025年采购合同" in found.text
    for planted in (NAME, ID_NUMBER, CONTACT, "13911112222"):
        assert planted not in repr(found)


def test_it_is_answered_once(cast: Cast, mine: Filed) -> None:
    token = _linked(cast, mine)
    assert consulting.answer(token, Answer(True, ""))
    assert not consulting.answer(token, Answer(False, GROUNDS))
    assert Consultation.objects.get().consents is True
    found = _open(token)
    assert (found.state, found.text, found.files) == ("answered", "", ())


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (Answer(None, GROUNDS), "没有选择"),
        (Answer(False, "  "), "不同意公开的理由"),
        (Answer(False, "长" * 5001), "有5001个字"),
        (Answer(True, "", (files.Sent("a.exe", b"MZ"),)), "不是可以接收的格式"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_kept(cast: Cast, mine: Filed, given: Answer, words: str) -> None:
    token = _linked(cast, mine)
    with pytest.raises(InputRefused, match=words):
        consulting.answer(token, given)
    assert _open(token).state == "open"


def test_the_last_day_counts_and_the_next_does_not(cast: Cast, mine: Filed) -> None:
    token = _linked(cast, mine, until=clock.today())
    assert _open(token).state == "open"
    Consultation.objects.update(until=clock.today() - timedelta(days=1))
    assert _open(token).state == "over"
    assert not consulting.answer(token, Answer(True, ""))


def test_an_answer_on_paper_closes_the_link(cast: Cast, mine: Filed) -> None:
    token = _linked(cast, mine)
    services.append(
        cast.officer, mine.id, on_day("third_party_replied", party=PARTY, consents=False), evidence="第三方来函"
    )
    assert _open(token).state == "over"
    assert not consulting.answer(token, Answer(True, ""))


def test_the_end_of_the_case_closes_the_link(cast: Cast, mine: Filed) -> None:
    token = _linked(cast, mine)
    services.append(cast.officer, mine.id, on_day("withdrawn"), evidence="撤回书")
    assert _open(token).state == "over"


def test_a_void_letter_closes_the_link(cast: Cast, mine: Filed) -> None:
    token = _linked(cast, mine)
    Letter.objects.update(state="void")
    assert _open(token).state == "over"


def test_a_link_taken_back_is_as_one_that_never_was(cast: Cast, mine: Filed) -> None:
    token = _linked(cast, mine)
    letter = Letter.objects.get().pk
    with pytest.raises(PermissionDenied):
        consulting.revoke(cast.elsewhere, letter, because="寄错了")
    consulting.revoke(cast.officer, letter, because="寄错了")
    assert asked(token) is None
    assert asked("never-was") is None
    assert not consulting.answer(token, Answer(True, ""))


def test_a_second_link_ends_the_first(cast: Cast, mine: Filed) -> None:
    first = _linked(cast, mine)
    second = consulting.open_link(mine.id, Letter.objects.get().pk, "third_party", PARTY, None)
    assert asked(first) is None
    consulting.answer(second, Answer(True, ""))
    with pytest.raises(InputRefused, match="已经答复"):
        consulting.open_link(mine.id, Letter.objects.get().pk, "third_party", PARTY, None)


def test_what_the_letter_encloses_is_open_to_the_asked_alone_and_journalled(cast: Cast, mine: Filed) -> None:
    token = _linked(cast, mine)
    request = Request.objects.get(pk=mine.id)
    enclosed = files.keep(request, "material", files.Sent(f"{NAME}要的合同.txt", b"terms"), by=cast.officer)
    inner = files.keep(request, "material", files.Sent("内部.txt", b"inner"), by=cast.officer)
    Letter.objects.get().enclosures.set([enclosed])
    [shown] = _open(token).files
    assert (shown.id, shown.name) == (enclosed.pk, "＊＊＊要的合同.txt")
    taken = consulting.fetch(token, enclosed.pk)
    assert taken is not None
    assert (taken.name, taken.data) == ("＊＊＊要的合同.txt", b"terms")
    assert consulting.fetch(token, inner.pk) is None
    assert Entry.objects.filter(kind="file.fetched", actor="consulted").count() == 1


def test_the_answer_is_sealed_and_in_no_journal(cast: Cast, mine: Filed) -> None:
    consulting.answer(_linked(cast, mine), Answer(False, GROUNDS))
    stored = Consultation.objects.get()
    assert GROUNDS.encode() not in bytes(stored.sealed_answer or b"")
    entry = Entry.objects.get(kind="consultation.answered")
    assert (entry.actor_name, entry.body) == ("被征求意见方", "qinglan-kjj")
    assert GROUNDS not in "".join(Entry.objects.values_list("facts", flat=True))
    [row] = consultations(cast.office, mine.id)
    assert row.consents is False
    for person in (cast.office, cast.elsewhere, cast.auditor):
        with pytest.raises(PermissionDenied):
            consulting.read(person, row.letter)
    assert not Entry.objects.filter(kind="consultation.read").exists()
    consulting.read(cast.officer, row.letter)
    assert Entry.objects.get(kind="consultation.read").actor == "officer"
