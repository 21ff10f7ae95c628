"""Letters at the desk: what may be written, writing, the steps, the documents; nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pdfplumber
import pytest
from django.test import Client

from gongkai.bureau import clock
from gongkai.bureau.casework import letters, services
from gongkai.bureau.casework.models import Letter
from gongkai.bureau.ledger.models import Entry
from gongkai.bureau.orgs import demo
from gongkai.bureau.orgs.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NAME = "江一诺"


@pytest.fixture
def case(db: None, settings: object, tmp_path: object) -> int:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]
    settings.FILES = tmp_path  # type: ignore[attr-defined]
    demo.fill(bodies=1, seed=1)
    return services.register(
        person("zhuanyuan"), body="qinglan-kjj", number="", applicant_kind="natural_person",
        names=(NAME, None, "13800000000"), subject="2025年科技专项资金分配结果", channel="in_person",
        events=[{"kind": "submitted", "on": clock.today().isoformat()}], evidence="申请书",
    )  # fmt: skip


def person(username: str) -> Person:
    return Person.objects.get(username=username)


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(person(username))
    return client


ENTERED = {"subject": "2025年科技专项资金分配结果", "outcome": "refused.process", "reasons": "尚未定稿",
           "articles": "16(2)", "paragraphs": "经研究，不予公开。", "word": "青科公复"}  # fmt: skip


def test_the_kinds_that_fit_are_offered_and_the_others_say_why(case: int) -> None:
    page = signed_in("chengban").get(f"/desk/requests/{case}/letters/new/").content.decode()
    assert "不予公开" in page
    assert "现在不能写的" in page
    assert "没有待补正的告知" in page


def test_a_letter_is_begun_written_and_sent_for_review(case: int) -> None:
    client = signed_in("chengban")
    begun = client.post(f"/desk/requests/{case}/letters/new/", {"kind": "refused"})
    assert begun.status_code == 302
    saved = client.post(begun["Location"], {**ENTERED, "seen": "0", "do": "anew"}, follow=True).content.decode()
    assert "本机关决定不予公开" in saved
    assert "应当先申请行政复议" in saved
    text = Letter.objects.get().paragraphs
    sent = client.post(begun["Location"], {**ENTERED, "paragraphs": text, "seen": "1", "do": "submit"}, follow=True)
    assert "待科室审核" in sent.content.decode()
    assert Letter.objects.get().state == "in_section"


def test_what_was_typed_stays_when_it_cannot_go_out(case: int) -> None:
    client = signed_in("chengban")
    made = letters.draft(person("chengban"), case, "refused")
    page = client.post(f"/desk/letters/{made}/", {**ENTERED, "reasons": "", "seen": "0", "do": "submit"})
    assert page.status_code == 400
    text = page.content.decode()
    assert "没有办成" in text
    assert "经研究，不予公开。" in text
    page = client.post(f"/desk/letters/{made}/", {**ENTERED, "word": "KJJ", "seen": "1", "do": "save"})
    assert page.status_code == 400
    assert "尚未定稿" in page.content.decode()
    assert "1至15个汉字" in page.content.decode()


def test_the_name_is_on_the_document_alone_and_each_look_is_journalled(case: int) -> None:
    made = letters.draft(person("chengban"), case, "refused", {"outcome": "refused.process", "reasons": "尚未定稿",
                                                               "articles": "16(2)"})  # fmt: skip
    for who, act in (("chengban", "submit"), ("kezhang", "pass_section"), ("falv", "pass_legal"),
                     ("baomi", "pass_secrecy"), ("lingdao", "sign")):  # fmt: skip
        letters.take_step(person(who), made, act)
    client = signed_in("zhuanyuan")
    page = client.get(f"/desk/letters/{made}/").content.decode()
    assert NAME not in page
    file = client.get(f"/desk/letters/{made}/files/document/")
    assert file.content.startswith(b"%PDF")
    assert file["Cache-Control"] == "no-store"
    assert Entry.objects.filter(kind="letter.opened").count() == 1
    assert client.get(f"/desk/letters/{made}/files/scan/").status_code == 404


def test_the_preview_masks_the_name(case: int) -> None:
    made = letters.draft(person("chengban"), case, "refused")
    page = signed_in("kezhang").get(f"/desk/letters/{made}/preview/")
    assert page.content.startswith(b"%PDF")
    with pdfplumber.open(BytesIO(page.content)) as document:
        text = "".join(each.extract_text() or "" for each in document.pages)
    assert "申请人：" in text
    assert NAME not in text


@pytest.mark.parametrize("username", ["mzj-zhuanyuan", "xitong", "anquan", "shenji"])
def test_strangers_see_nothing(case: int, username: str) -> None:
    made = letters.draft(person("chengban"), case, "refused")
    client = signed_in(username)
    for path in (f"/desk/letters/{made}/", f"/desk/letters/{made}/preview/", f"/desk/letters/{made}/files/document/",
                 f"/desk/requests/{case}/letters/new/"):  # fmt: skip
        assert client.get(path).status_code == 403, path
    assert client.post(f"/desk/letters/{made}/steps/submit/").status_code == 403


@pytest.mark.parametrize("path", ["/desk/letters/999999/", "/desk/letters/999999/files/scan/",
                                  "/desk/requests/999999/letters/new/"])  # fmt: skip
def test_what_is_not_there_is_a_plain_page(case: int, path: str) -> None:
    assert signed_in("zhuanyuan").get(path).status_code == 404


def test_a_letters_page_costs_few_looks(case: int, django_assert_max_num_queries: Callable[..., object]) -> None:
    made = letters.draft(person("chengban"), case, "refused")
    client = signed_in("zhuanyuan")
    client.get(f"/desk/letters/{made}/")
    with django_assert_max_num_queries(28):  # type: ignore[attr-defined]
        assert client.get(f"/desk/letters/{made}/").status_code == 200


def test_templates_are_the_officers(case: int) -> None:
    page = signed_in("zhuanyuan").get("/desk/letter-templates/")
    assert "下载默认模板" in page.content.decode()
    assert signed_in("chengban").get("/desk/letter-templates/").status_code == 403
    file = signed_in("zhuanyuan").get("/desk/letter-templates/default/")
    assert file.content.startswith(b"PK")


def test_the_register_has_every_number_the_void_ones_with_their_reason(
    case: int, django_assert_max_num_queries: Callable[..., object]
) -> None:
    made = letters.draft(person("chengban"), case, "refused", {"outcome": "refused.process", "reasons": "尚未定稿",
                                                               "articles": "16(2)"})  # fmt: skip
    letters.take_step(person("chengban"), made, "submit")
    Letter.objects.filter(pk=made).update(state="awaiting_signature")
    letters.take_step(person("lingdao"), made, "sign")
    letters.take_step(person("zhuanyuan"), made, "void", {"void_reason": "页面打印错误"})
    client = signed_in("zhuanyuan")
    client.get("/desk/letter-numbers/")
    with django_assert_max_num_queries(10):  # type: ignore[attr-defined]
        page = client.get("/desk/letter-numbers/").content.decode()
    assert f"〔{clock.today().year}〕1号" in page
    assert "页面打印错误" in page
    assert client.get("/desk/letter-numbers/?as=xlsx").content.startswith(b"PK")
    assert "还没有编过文号" in client.get("/desk/letter-numbers/?year=2020").content.decode()
    assert signed_in("xitong").get("/desk/letter-numbers/").status_code == 403


def test_who_asked_is_searched_by_post_and_many_are_given_at_once(case: int) -> None:
    client = signed_in("zhuanyuan")
    page = client.post("/desk/requests/applicant/", {"applicant": NAME}).content.decode()
    assert "KJJ-" in page
    assert NAME not in page
    assert client.get("/desk/requests/applicant/").status_code == 405
    assert client.post("/desk/requests/applicant/", {"applicant": ""}).status_code == 400
    listing = client.get("/desk/requests/?state=open&order=due").content.decode()
    assert "交办选中的" in listing
    answer = client.post("/desk/requests/assign/", {"chosen": str(case), "person": "chengban", "query": "state=open"})
    assert answer["Location"] == "/desk/requests/?state=open"
    assert "我经办的" in signed_in("chengban").get("/desk/requests/?whose=mine").content.decode()
    assert signed_in("chengban").post("/desk/requests/assign/", {"chosen": str(case)}).status_code in (302, 403)
