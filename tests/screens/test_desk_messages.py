"""What applicants said, at the desk: each kind for its roles, complaints for the office in charge alone."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client

from gongkai.bureau import clock
from gongkai.bureau.casework import consulting, following, identity, intake, services
from gongkai.bureau.casework.files import Sent
from gongkai.bureau.casework.following import Said
from gongkai.bureau.casework.models import ApplicantMessage, Application, Letter
from gongkai.bureau.casework.queries import archive
from gongkai.bureau.casework.queries.following import Pass, followed
from gongkai.bureau.ledger.models import Entry
from gongkai.bureau.orgs import demo
from gongkai.bureau.orgs.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.database]

CODE, NUMBER = "H7KD29QWRT4M", "KJJ-2026-0041"
COMPLAINT, SUGGESTION = "已经过了期限还没有答复", "建议把每年的分配结果都放到网上"
PEOPLE = {
    "officer": "zhuanyuan", "handler": "chengban", "head": "kezhang", "leader": "lingdao", "office": "zhuguan",
    "elsewhere": "mzj-zhuanyuan", "auditor": "shenji",
}  # fmt: skip


@pytest.fixture
def given(settings: SimpleNamespace, tmp_path: object) -> Pass:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.FILES = tmp_path
    demo.fill(bodies=19, seed=1)
    made = services.register(
        Person.objects.get(username="zhuanyuan"), body="qinglan-kjj", number=NUMBER, applicant_kind="natural_person",
        names=("欧阳慕云", None, None), subject="2025年科技特派员经费的分配结果", channel="in_person",
        events=[{"kind": "submitted", "on": clock.today().isoformat()}], evidence="申请书",
    )  # fmt: skip
    mark = intake.code_mark(NUMBER, CODE)
    Application.objects.create(request_id=made, code_mark=mark, sealed=identity.seal_text("{}"), filed_at=clock.now())
    opened = following.opened(NUMBER, CODE)
    assert opened is not None
    following.say(opened, "complaint", Said(COMPLAINT, "form-of-a-complaint"))
    following.say(opened, "suggestion", Said(SUGGESTION, "form-of-a-suggestion"))
    return opened


def _at(who: str) -> Client:
    client = Client()
    person = Person.objects.get(username=PEOPLE[who])
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _id(kind: str) -> int:
    return ApplicantMessage.objects.get(kind=kind).pk


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("officer", {"建议主动公开"}), ("handler", {"建议主动公开"}), ("office", {"投诉、举报"}), ("head", set()),
        ("leader", set()), ("elsewhere", set()),
    ],
)  # fmt: skip
def test_the_list_has_what_is_for_whom(given: Pass, who: str, sees: set[str]) -> None:
    page = _at(who).get("/desk/messages/").content.decode()
    rows = page.partition("<tbody>")[2].partition("</tbody>")[0]
    assert {each for each in ("建议主动公开", "投诉、举报") if each in rows} == sees
    for planted in (COMPLAINT, SUGGESTION, "欧阳慕云"):
        assert planted not in page


@pytest.mark.parametrize(("kind", "readers"), [("complaint", {"office"}), ("suggestion", {"officer", "handler"})])
@pytest.mark.parametrize("who", sorted(PEOPLE))
def test_a_message_is_opened_by_its_readers_alone(given: Pass, kind: str, readers: set[str], who: str) -> None:
    response = _at(who).get(f"/desk/messages/{_id(kind)}/")
    assert response.status_code == (200 if who in readers else 403)
    read = Entry.objects.filter(kind="message.read", actor=PEOPLE[who]).count()
    assert read == (1 if who in readers else 0)


def test_an_answer_is_given_once_and_reaches_the_applicant_without_a_name(given: Pass) -> None:
    address = f"/desk/messages/{_id('complaint')}/"
    office = _at("office")
    empty = office.post(address, {"answer": " "})
    assert empty.status_code == 400
    assert "给申请人的答复" in empty.content.decode()
    answer = "已督促县科技局于三日内答复您。"
    assert office.post(address, {"answer": answer}).status_code == 302
    assert "已经有人办过" in office.post(address, {"answer": "再答一次"}).content.decode()
    found = followed(given)
    assert found is not None
    told = next(each for each in found.messages if each.kind == "complaint")
    assert told.answer == answer
    assert Person.objects.get(username="zhuguan").name not in repr(found)
    assert answer not in "".join(Entry.objects.values_list("facts", flat=True))
    assert "已答复" in office.get("/desk/messages/?state=handled").content.decode()


def test_what_needs_no_answer_is_entered_as_read(given: Pass) -> None:
    following.say(given, "withdrawal", Said("不需要了", "form-of-a-withdrawal", 1, confirmed=True))
    officer = _at("officer")
    assert officer.post(f"/desk/messages/{_id('withdrawal')}/", {}).status_code == 302
    assert "已阅" in officer.get("/desk/messages/?state=all&kind=withdrawal").content.decode()


def test_a_file_of_a_message_is_for_its_readers(given: Pass) -> None:
    following.say(given, "complaint", Said("还有照片", "form-with-a-picture", files=(Sent("照片.txt", b"seen"),)))
    message = ApplicantMessage.objects.latest("id")
    file = message.request.files.get()
    assert "照片.txt" in _at("office").get(f"/desk/messages/{message.pk}/").content.decode()
    response = _at("office").get(f"/desk/messages/{message.pk}/files/{file.pk}/")
    assert response.content == b"seen"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert _at("officer").get(f"/desk/messages/{message.pk}/files/{file.pk}/").status_code == 403
    assert _at("office").get(f"/desk/messages/{message.pk}/files/{file.pk + 1}/").status_code == 404


def test_the_body_complained_of_sees_nothing_of_the_complaint(given: Pass) -> None:
    following.say(given, "complaint", Said("还有照片", "form-with-a-picture", files=(Sent("投诉的照片.txt", b"seen"),)))
    found = ApplicantMessage.objects.latest("id").request
    file = found.files.get().pk
    for who in ("officer", "handler", "head", "leader"):
        page = _at(who).get(f"/desk/requests/{found.pk}/").content.decode()
        assert "2025年科技特派员经费的分配结果" in page
        assert f"文件{file}" not in page
        assert "投诉的照片" not in page
        assert _at(who).get(f"/desk/files/{file}/").status_code == 403
    # the file of the case goes to the archive with who asked, and stays without what they complained of
    record = archive.record(found)
    assert record.files == ()
    assert [each.fields["kind"] for each in record.records if each.of == "messages"] == ["suggestion"]


def test_the_list_pages_by_key_at_a_constant_cost(
    given: Pass, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    request = ApplicantMessage.objects.all()[0].request
    ApplicantMessage.objects.bulk_create(
        ApplicantMessage(request=request, kind="suggestion", sealed=identity.seal_text("x"), at=clock.now())
        for _ in range(110)
    )
    officer = _at("officer")
    officer.get("/desk/messages/")
    address, seen = "/desk/messages/", 0
    while address:
        with django_assert_max_num_queries(12):  # type: ignore[attr-defined]
            page = officer.get(address).content.decode()
        seen += page.count("<tr>") - 1
        _, found, rest = page.partition('href="?')
        address = f"/desk/messages/?{rest.partition(chr(34))[0]}" if found else ""
    assert seen == 111


PARTY, GROUNDS = "青澜县云岭建材有限公司", "含有本公司的报价和客户名单"


@pytest.fixture
def consulted(given: Pass) -> tuple[int, str]:
    """The letter of a consultation, and its link."""
    officer = Person.objects.get(username="zhuanyuan")
    event = {"kind": "third_party_consulted", "on": clock.today().isoformat(), "party": PARTY}
    services.append(officer, given.request, event, evidence="征求意见书")
    letter = Letter.objects.create(
        request_id=given.request, kind="third_party_consultation", state="delivered", by=officer, at=clock.now(),
        addressee=identity.seal_text(PARTY), paragraphs="下列信息可能涉及你单位：2025年采购合同。",
    )  # fmt: skip
    return letter.pk, consulting.open_link(given.request, letter.pk, "third_party", PARTY, None)


def test_the_page_of_a_request_has_its_messages_and_consultations(given: Pass, consulted: tuple[int, str]) -> None:
    letter, token = consulted
    consulting.answer(token, consulting.Answer(False, GROUNDS, (Sent("报价.txt", b"seen"),)))
    page = _at("head").get(f"/desk/requests/{given.request}/messages/").content.decode()
    assert PARTY in page
    assert "不同意" in page
    assert GROUNDS not in page
    assert token not in page
    assert _at("elsewhere").get(f"/desk/requests/{given.request}/messages/").status_code == 403
    opened = _at("head").get(f"/desk/consultations/{letter}/").content.decode()
    assert GROUNDS in opened
    file = Letter.objects.get(pk=letter).request.files.get(of="opinion").pk
    assert _at("head").get(f"/desk/consultations/{letter}/files/{file}/").content == b"seen"
    office = _at("office").get(f"/desk/consultations/{letter}/").content.decode()
    assert GROUNDS not in office
    assert _at("office").get(f"/desk/consultations/{letter}/files/{file}/").status_code == 403
    assert [each.actor for each in Entry.objects.filter(kind="consultation.read")] == ["kezhang", "kezhang"]


def test_a_link_is_taken_back_with_a_reason(given: Pass, consulted: tuple[int, str]) -> None:
    letter, token = consulted
    address = f"/desk/consultations/{letter}/"
    assert _at("head").post(address, {"because": "寄错了"}).status_code == 403
    assert _at("officer").post(address, {"because": ""}).status_code == 400
    assert Client().get(f"/consult/{token}/").status_code == 200
    assert _at("officer").post(address, {"because": "寄错了"}).status_code == 302
    assert Client().get(f"/consult/{token}/").status_code == 404
