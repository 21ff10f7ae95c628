"""Applications over the counter, by post, by fax, by word of mouth: entered with their paper, numbered, not refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongkai.bureau.casework import following
from gongkai.bureau.casework.models import Application, CaseFile, Request, WantedItem
from gongkai.bureau.ledger.models import Entry
from gongkai.bureau.orgs import exchange, founding, services
from gongkai.bureau.orgs.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.database]

RECEIVE = "/desk/requests/receive/"
BODIES = """\
{"code": "qinglan", "name": "青澜县人民政府", "short_name": "青澜县政府", "level": "county", "parent": null}
{"code": "qinglan-kjj", "name": "青澜县科学技术局", "level": "county_department", "parent": "qinglan"}
{"code": "qinglan-mzj", "name": "青澜县民政局", "level": "county_department", "parent": "qinglan"}
"""
FORM = {
    "body": "qinglan-kjj", "channel": "registered_mail", "submitted_on": "2026-03-02", "receipt_on": "2026-03-04",
    "evidence": "EMS 1023456789012", "kind": "natural_person", "name": "林晓岚", "document": "resident",
    "id_number": "11010519491231002X", "telephone": "13800138000", "form": "paper", "way": "post",
    "post": "青澜县东街99号", "wanted-1-name": "补助资金安排方案", "wanted-1-number": "青科〔2025〕12号",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _people(db: None, settings: object, tmp_path: object) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]
    settings.FILES = tmp_path  # type: ignore[attr-defined]
    exchange.write(BODIES)
    for username, role in (("xitong", "system_admin"), ("anquan", "security_admin")):
        founding.appoint(username=username, name=username, role=role, body="qinglan", password="x")
    for username, role in (("officer", "disclosure_officer"), ("adviser", "legal_adviser")):
        services.create_person(
            Person.objects.get(username="xitong"), username=username, name=username, password="long-enough-9274"
        )
        services.grant_role(
            Person.objects.get(username="anquan"), username=username, role=role, body="qinglan-kjj",
            since=date(2024, 1, 2), until=None,
        )  # fmt: skip
    Person.objects.update(initial_password=False)  # chosen their own since


@pytest.fixture
def officer() -> Client:
    return _at("officer")


def _at(username: str) -> Client:
    client = Client()
    person = Person.objects.get(username=username)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _form(client: Client) -> dict[str, str]:
    found = re.search(r'name="token" value="([^"]+)"', client.get(RECEIVE).content.decode())
    assert found
    return {**FORM, "token": found[1]}


def test_a_letter_is_entered_with_its_scan_and_gets_its_number(officer: Client) -> None:
    scan = SimpleUploadedFile("申请书.pdf", b"%PDF-1.7")
    slip = SimpleUploadedFile("详情单.png", b"\x89PNG")
    response = officer.post(RECEIVE, {**_form(officer), "paper": scan, "evidences": slip}, follow=True)
    found = Request.objects.get()
    assert response.redirect_chain == [(f"/desk/requests/{found.pk}/", 302)]
    assert f"已登记，编号{found.number}。" in response.content.decode()
    assert re.fullmatch(r"KJJ-20\d\d-0001", found.number)
    assert (found.channel, found.received_on) == ("registered_mail", date(2026, 3, 4))
    assert list(CaseFile.objects.order_by("id").values_list("of", flat=True)) == ["application", "evidence"]
    assert WantedItem.objects.get().text == "补助资金安排方案（青科〔2025〕12号）"
    kept = Application.objects.get()
    assert (kept.form, kept.way) == ("paper", "post")


def test_what_the_paper_lacks_is_said_and_no_reason_to_refuse(officer: Client) -> None:
    given = {**_form(officer), "name": "", "id_number": "", "telephone": "", "post": "", "form": "", "way": ""}
    page = officer.post(RECEIVE, given, follow=True).content.decode()
    assert Request.objects.count() == 1
    assert "缺少：姓名或名称、联系方式、获取形式、获取途径。可以告知申请人补正（条例第30条）" in page


def test_every_slip_is_told_at_once_and_nothing_typed_is_lost(officer: Client) -> None:
    given = {**_form(officer), "channel": "oral", "id_number": "110105194912310021", "evidence": "", "kind": "",
             "paper": SimpleUploadedFile("a.exe", b"MZ")}  # fmt: skip
    response = officer.post(RECEIVE, given)
    page = response.content.decode()
    assert response.status_code == 400
    for told in (
        "签收或确认收到的日子：这一渠道不另行签收、确认", "口头申请：没有注明", "依据：没有填写",
        "申请人类别：没有选择", "证件号码：与居民身份证的校验位不符", "不是可以接收的格式",
    ):  # fmt: skip
        assert told in page
    for field in ("receipt_on", "evidence", "kind", "id_number"):
        assert f'id="{field}-error"' in page
    assert 'value="110105194912310021"' in page
    assert 'value="补助资金安排方案"' in page
    assert "要重新选择" in page
    assert Request.objects.count() == 0


def test_pressed_twice_is_one_request(officer: Client) -> None:
    form = _form(officer)
    first, second = (officer.post(RECEIVE, form).headers["Location"] for _ in range(2))
    assert first == second
    assert Request.objects.count() == 1


def test_rows_are_added_without_losing_anything(officer: Client) -> None:
    page = officer.post(RECEIVE, {**_form(officer), "more": "1"}).content.decode()
    assert re.findall(r'id="wanted-(\d)-name"', page) == ["1", "2", "3"]
    assert 'id="joint-1-name"' in page
    assert 'value="林晓岚"' in page
    assert Request.objects.count() == 0


def test_who_may_not_register_does_not_come_in_nor_into_another_body(officer: Client) -> None:
    assert _at("adviser").get(RECEIVE).status_code == 403
    assert officer.post(RECEIVE, {**_form(officer), "body": "qinglan-mzj"}).status_code == 403
    assert Client().get(RECEIVE).status_code == 302
    assert Request.objects.count() == 0


@pytest.mark.parametrize("given", [{}, {"more": "1"}, {"token": "x"}, {"submitted_on": "gestern", "channel": "fax"}])
def test_no_form_is_an_error_of_the_server(officer: Client, given: dict[str, str]) -> None:
    assert officer.post(RECEIVE, given).status_code in (200, 400)


def test_the_page_is_html5_without_inline_code(
    officer: Client, parse: Callable[[str], object], inline_code: Callable[[str], list[str]]
) -> None:
    page = officer.get(RECEIVE).content.decode()
    parse(page)
    assert inline_code(page) == []
    identifiers = re.findall(r'\sid="([^"]+)"', page)
    assert len(identifiers) == len(set(identifiers))
    assert "用途" not in page.replace("不询问用途", "")


def test_the_receipt_hands_over_a_query_code_that_opens_the_request_and_ends_the_one_before(officer: Client) -> None:
    assert officer.post(RECEIVE, _form(officer)).status_code == 302
    request = Request.objects.get()
    address = f"/desk/requests/{request.pk}/query-code/"
    assert address in officer.get(f"/desk/requests/{request.pk}/").content.decode()
    codes = []
    for _ in range(2):
        page = officer.post(address).content.decode()
        assert request.number in page
        assert "林晓岚" not in page
        codes.append(re.search(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){2}", page)[0])  # type: ignore[index]
    assert codes[0] != codes[1]
    assert following.opened(request.number, codes[0]) is None
    given = following.opened(request.number, codes[1])
    assert given is not None
    assert given.request == request.pk
    entry = Entry.objects.filter(kind="query_code.given").latest("id")
    assert codes[1].replace("-", "") not in entry.facts
    assert _at("adviser").post(address).status_code == 403
    assert officer.get(address).status_code == 405
