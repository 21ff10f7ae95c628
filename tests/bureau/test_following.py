"""What an applicant does without an account: by number and code alone, each act lawful, once, sealed and journalled."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bureau_cast import Cast
from django.core.exceptions import PermissionDenied
from following_ground import CODE, CONTACT, ID_NUMBER, NAME, PARTY, Filed, filed, on_day

from gongkai.bureau import clock
from gongkai.bureau.casework import files, following, identity, services
from gongkai.bureau.casework.following import Said
from gongkai.bureau.casework.models import ApplicantMessage, Application, CaseFile, Request
from gongkai.bureau.casework.queries.following import Pass, followed
from gongkai.bureau.ledger.models import Entry
from gongkai.statute.primitives import InputRefused

pytestmark = pytest.mark.database

TOKEN = "form-0123456789abcdef"
PDF = files.Sent("补正说明.pdf", b"%PDF-1.7 more")


@pytest.fixture
def mine(cast: Cast) -> Filed:
    return filed(cast.officer)


def _asked(cast: Cast, mine: Filed, kind: str = "correction_requested") -> int:
    """The office asks; how many events there are now."""
    until = (clock.today() + timedelta(days=10)).isoformat()
    services.append(cast.officer, mine.id, on_day(kind, deadline_on=until), evidence="告知书")
    return Request.objects.get(pk=mine.id).length


@pytest.mark.parametrize(
    ("number", "code", "opens"),
    [
        ("KJJ-2026-0007", CODE, True),
        (" kjj-2026-0007 ", "h7kd 29qw rt4m", True),
        ("ＫＪＪ-2026-0007", "H7KD-29QW-RT4M", True),
        ("KJJ-2026-0008", CODE, False),
        ("KJJ-2026-0007", "H7KD29QWRT4N", False),
        ("KJJ-2026-0007", "", False),
        ("", CODE, False),
    ],
)
def test_number_and_code_open_together_and_only_together(mine: Filed, number: str, code: str, opens: bool) -> None:
    assert (following.opened(number, code) is not None) is opens


def test_the_look_up_costs_the_same_whether_there_is_such_a_request(
    mine: Filed, django_assert_num_queries: object
) -> None:
    for number, code in (("KJJ-2026-0007", CODE), ("KJJ-2026-0007", "WRONGWRONG23"), ("XXX-2026-9999", CODE)):
        with django_assert_num_queries(1):  # type: ignore[operator]
            following.opened(number, code)


def test_a_pass_ends_with_its_code(mine: Filed) -> None:
    assert followed(mine.given) is not None
    assert followed(Pass(mine.id, "0" * 24)) is None
    Application.objects.filter(pk=mine.id).update(code_mark="f" * 64)
    assert followed(mine.given) is None
    with pytest.raises(PermissionDenied):
        following.say(mine.given, "complaint", Said("迟迟不答复", TOKEN))


def test_a_correction_makes_its_event_and_keeps_its_files(cast: Cast, mine: Filed) -> None:
    seen = _asked(cast, mine)
    assert following.say(mine.given, "correction", Said("指2025年上半年的", TOKEN, seen, (PDF,)))
    found = Request.objects.get(pk=mine.id)
    last = found.events.order_by("position").last()
    assert last is not None
    assert (last.kind, last.on, last.entered_by, last.evidence) == (
        "correction_received", clock.today(), None, "申请人网上提交",
    )  # fmt: skip
    message = ApplicantMessage.objects.get()
    assert identity.unseal_text(bytes(message.sealed)) == "指2025年上半年的"
    kept = CaseFile.objects.get()
    assert (kept.of, kept.by, kept.facts) == ("attachment", None, {"message": message.pk})
    assert files.bytes_of(kept) == b"%PDF-1.7 more"


def test_the_same_form_twice_is_one_act(cast: Cast, mine: Filed) -> None:
    seen = _asked(cast, mine)
    assert following.say(mine.given, "correction", Said("指上半年的", TOKEN, seen))
    assert not following.say(mine.given, "correction", Said("指上半年的", TOKEN, seen))
    assert ApplicantMessage.objects.count() == 1
    assert Request.objects.get(pk=mine.id).length == seen + 1


def test_reasons_are_given_once_asked(cast: Cast, mine: Filed) -> None:
    with pytest.raises(InputRefused, match="机关没有要求说明理由"):
        following.say(mine.given, "reasons", Said("研究所需", TOKEN, 1))
    seen = _asked(cast, mine, "reasons_requested")
    following.say(mine.given, "reasons", Said("研究所需", TOKEN, seen))
    with pytest.raises(InputRefused, match="已经收到您的理由"):
        following.say(mine.given, "reasons", Said("再说一次", TOKEN + "2", seen + 1))


def test_a_withdrawal_is_confirmed_and_final(cast: Cast, mine: Filed) -> None:
    with pytest.raises(InputRefused, match="没有勾选"):
        following.say(mine.given, "withdrawal", Said("", TOKEN, 1))
    following.say(mine.given, "withdrawal", Said("", TOKEN, 1, confirmed=True))
    found = Request.objects.get(pk=mine.id)
    assert (found.phase, found.outcome, found.closed_on) == ("closed", "other.other", clock.today())
    with pytest.raises(InputRefused, match="已办结"):
        following.say(mine.given, "withdrawal", Said("", TOKEN + "2", 2, confirmed=True))


def test_a_request_not_yet_confirmed_may_be_withdrawn(cast: Cast) -> None:
    mine = filed(cast.officer, channel="internet")
    following.say(mine.given, "withdrawal", Said("", TOKEN, 1, confirmed=True))
    assert Request.objects.get(pk=mine.id).closed_on == clock.today()


def test_what_changed_meanwhile_is_seen_first(cast: Cast, mine: Filed) -> None:
    _asked(cast, mine)
    with pytest.raises(InputRefused, match="办理情况有了变化"):
        following.say(mine.given, "withdrawal", Said("", TOKEN, 1, confirmed=True))
    assert not ApplicantMessage.objects.exists()


def test_a_rating_comes_once_and_after_the_end(cast: Cast, mine: Filed) -> None:
    with pytest.raises(InputRefused, match="办结以后才能办"):
        following.say(mine.given, "rating", Said("", TOKEN, score=5))
    reply = on_day("replied", outcome="granted")
    services.append(cast.officer, mine.id, reply, evidence="答复书", approved_by="程望舒")
    with pytest.raises(InputRefused, match="没有选择"):
        following.say(mine.given, "rating", Said("", TOKEN, score=6))
    following.say(mine.given, "rating", Said("快", TOKEN, score=4))
    assert ApplicantMessage.objects.get().score == 4
    with pytest.raises(InputRefused, match="已经评价过"):
        following.say(mine.given, "rating", Said("", TOKEN + "2", score=1))


def test_nobody_floods_an_office(mine: Filed) -> None:
    for turn in range(20):
        following.say(mine.given, "complaint", Said("迟迟不答复", f"{TOKEN}-{turn}"))
    with pytest.raises(InputRefused, match="已经提交过20次"):
        following.say(mine.given, "complaint", Said("迟迟不答复", f"{TOKEN}-20"))


@pytest.mark.parametrize(
    ("kind", "said", "words"),
    [
        ("complaint", Said(" ", TOKEN), "没有填写"),
        ("complaint", Said("长" * 5001, TOKEN), "有5001个字"),
        ("complaint", Said("迟", "short"), "表单"),
        ("correction", Said("", TOKEN, 1), "没有填写，也没有附件"),
        ("suggestion", Said("请公开", TOKEN, files=(PDF,)), "这里不收附件"),
        ("complaint", Said("迟", TOKEN, files=(files.Sent("a.exe", b"MZ"),)), "不是可以接收的格式"),
    ],
)
def test_what_is_wrong_is_told_in_chinese(mine: Filed, kind: str, said: Said, words: str) -> None:
    with pytest.raises(InputRefused, match=words):
        following.say(mine.given, kind, said)
    assert not ApplicantMessage.objects.exists()


def test_the_journal_has_the_act_and_not_its_words(cast: Cast, mine: Filed) -> None:
    following.say(mine.given, "complaint", Said(f"我是{NAME}，迟迟不答复", TOKEN, files=(PDF,)))
    entry = Entry.objects.get(kind="message.sent")
    assert (entry.actor, entry.actor_name, entry.body) == ("applicant", "申请人", "qinglan-kjj")
    told = "".join(Entry.objects.values_list("facts", flat=True))
    for planted in (NAME, ID_NUMBER, CONTACT, CODE, "迟迟不答复", "补正说明"):
        assert planted not in told


def test_a_document_is_taken_only_when_open_and_each_time_is_counted(cast: Cast, mine: Filed) -> None:
    shut = files.keep(Request.objects.get(pk=mine.id), "material", files.Sent("底稿.txt", b"inner"), by=cast.officer)
    sent = files.keep(
        Request.objects.get(pk=mine.id), "redacted", files.Sent("结果.txt", b"given"), by=cast.officer,
        open_to_applicant=True,
    )  # fmt: skip
    assert following.fetch(mine.given, shut.pk) is None
    other = filed(cast.officer, number="KJJ-2026-0009")
    assert following.fetch(other.given, sent.pk) is None
    for _ in range(2):
        taken = following.fetch(mine.given, sent.pk)
        assert taken is not None
        assert (taken.name, taken.media_type, taken.data) == ("结果.txt", "text/plain", b"given")
    sent.refresh_from_db()
    assert sent.facts["fetched"] == 2
    assert Entry.objects.filter(kind="file.fetched", actor="applicant").count() == 2


def test_what_the_applicant_sees_names_nobody(cast: Cast, mine: Filed) -> None:
    services.append(cast.officer, mine.id, on_day("third_party_consulted", party=PARTY), evidence="征求意见书")
    services.append(
        cast.officer, mine.id, on_day("extended", workdays=10, approved_by="分管领导甲"), evidence="延长审批单",
        approved_by="分管领导甲",
    )  # fmt: skip
    found = followed(mine.given)
    assert found is not None
    told = repr(found)
    for planted in (NAME, ID_NUMBER, CONTACT, PARTY, "分管领导甲", "officer", "申请书（内部流转单）", "延长审批单"):
        assert planted not in told
    assert found.case.events[1].text("party") == "第三方"
