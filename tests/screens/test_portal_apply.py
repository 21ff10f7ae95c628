"""The application on the portal: step by step without JavaScript, each fault at its field, one request however sent."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from html import unescape

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from gongkai.bureau.casework.models import AnsweredBefore, Application, CaseFile, Request, WantedItem
from gongkai.bureau.orgs import exchange
from gongkai.bureau.orgs.models import Body
from gongkai.bureau.publishing.models import Column, Item
from gongkai.screens.ui.proof_of_work import is_solved

pytestmark = [pytest.mark.django_db, pytest.mark.database]

KJJ = "/apply/qinglan-kjj/"
BODIES = """\
{"code": "qinglan", "name": "青澜县人民政府", "short_name": "青澜县政府", "level": "county", "parent": null}
{"code": "qinglan-kjj", "name": "青澜县科学技术局", "level": "county_department", "parent": "qinglan"}
"""
WANTED = {"wanted-1-description": "2025年度研发费用补助的名单"}
PERSON = {
    "kind": "natural_person",
    "name": "林晓岚",
    "document": "resident",
    "id_number": "11010519491231002X",
    "telephone": "13800138000",
}
DELIVERY = {"form": "electronic", "way": "electronic"}
ALL = {**WANTED, **PERSON, **DELIVERY}


@pytest.fixture(autouse=True)
def _bodies(db: None, settings: object, tmp_path: object) -> None:
    settings.FILES = tmp_path  # type: ignore[attr-defined]
    cache.clear()
    exchange.write(BODIES)


def _carried(page: str) -> dict[str, str]:
    """What the page's hidden fields carry."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    return {name: unescape(value) for name, value in found}


def test_a_citizen_goes_through_the_steps_and_gets_number_and_query_code(client: Client) -> None:
    page = client.get(KJJ).content.decode()
    for fields, heading in ((WANTED, "申请人是"), (PERSON, "要哪种形式"), (DELIVERY, "提交申请")):
        response = client.post(KJJ, {**_carried(page), **fields, "go": "next"})
        assert response.status_code == 200
        page = response.content.decode()
        assert heading in page
    assert "林晓岚" in page
    response = client.post(KJJ, {**_carried(page), "go": "send"})
    page = response.content.decode()
    assert response.headers["Cache-Control"] == "no-store"
    assert not response.cookies
    found = Request.objects.get()
    assert (found.channel, found.applicant_kind, found.subject) == (
        "internet", "natural_person", "2025年度研发费用补助的名单",
    )  # fmt: skip
    assert re.fullmatch(r"KJJ-20\d\d-0001", found.number)
    assert found.number in page
    assert re.search(r">[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}<", page)
    assert "确认收到之日为收到申请之日" in page
    assert [each.kind for each in found.events.all()] == ["submitted"]
    assert WantedItem.objects.get().text == "2025年度研发费用补助的名单"


def _open(client: Client) -> dict[str, str]:
    return {**_carried(client.get(KJJ).content.decode()), "seen": "1"}


def _send(client: Client, **changed: object) -> HttpResponse:
    return client.post(KJJ, {**_open(client), **ALL, "step": "check", "go": "send", **changed})


def test_every_step_tells_all_its_faults_at_their_fields_and_keeps_what_was_typed(client: Client) -> None:
    given = {**PERSON, "name": "", "id_number": "110105194912310021", "telephone": "打我"}
    response = client.post(KJJ, {**_open(client), **WANTED, **given, "step": "applicant", "go": "next"})
    page = response.content.decode()
    assert response.status_code == 400
    for field in ("name", "id_number", "telephone"):
        assert f'id="{field}-error"' in page
        assert re.search(rf'<input id="{field}"[^>]* aria-invalid="true"', page)
        assert f'<a href="#{field}">' in page
    assert 'value="110105194912310021"' in page
    assert 'value="打我"' in page
    assert _carried(page)["wanted-1-description"] == "2025年度研发费用补助的名单"
    summary = page[page.index('role="alert"') : page.index('id="apply-form"')]
    assert "110105194912310021" not in summary


def test_the_whole_form_on_one_page_tells_everything_at_once(client: Client) -> None:
    page = client.get(f"{KJJ}?whole=1").content.decode()
    assert 'id="kind"' in page
    assert 'id="form"' in page
    response = client.post(KJJ, {**_carried(page), "go": "next"})
    page = response.content.decode()
    assert response.status_code == 400
    for field in ("wanted-1-description", "kind", "name", "telephone", "form", "way"):
        assert f'id="{field}-error"' in page
    whole = {**_carried(page), **ALL, "go": "next"}
    page = client.post(KJJ, whole).content.decode()
    assert "提交申请" in page
    assert "申请已提交" in client.post(KJJ, {**_carried(page), "go": "send"}).content.decode()


def test_rows_are_added_without_javascript_and_blank_ones_left_out(client: Client) -> None:
    rows = {"wanted-1-name": "甲方案", "wanted-2-name": "", "wanted-3-name": "丙方案"}
    page = client.post(KJJ, {**_open(client), **rows, "go": "more:wanted"}).content.decode()
    assert re.findall(r'id="wanted-(\d)-name"[^>]* value="([^"]*)"', page) == [
        ("1", "甲方案"), ("2", "丙方案"), ("3", ""),
    ]  # fmt: skip
    page = client.post(KJJ, {**_open(client), **WANTED, "step": "applicant", "go": "more:joint"}).content.decode()
    assert 'id="joint-1-name"' in page
    joint = {"joint-1-name": "周明", "joint-1-document": "other", "joint-1-id_number": "E12345678"}
    agent = {"by_agent": "yes", "agent-name": "吴律师", "agent-document": "other", "agent-id_number": "A1"}
    power = SimpleUploadedFile("委托书.pdf", b"%PDF-1.7")
    assert _send(client, **rows, **joint, **agent, power=power).status_code == 200
    assert list(WantedItem.objects.order_by("position").values_list("text", flat=True)) == [
        "甲方案：2025年度研发费用补助的名单", "丙方案",
    ]  # fmt: skip
    kept = Application.objects.get()
    assert (kept.joint, kept.by_agent) == (2, True)


def test_one_can_go_back_and_nothing_is_lost(client: Client) -> None:
    page = client.post(KJJ, {**_open(client), **ALL, "step": "delivery", "go": "to:applicant"}).content.decode()
    assert re.search(r'id="name"[^>]* value="林晓岚"', page)
    assert _carried(page)["form"] == "electronic"
    assert _carried(page)["wanted-1-description"] == "2025年度研发费用补助的名单"


def test_sent_twice_is_one_request_with_the_same_code(client: Client) -> None:
    form = {**_open(client), **ALL, "step": "check", "go": "send"}
    first, second = (client.post(KJJ, form).content.decode() for _ in range(2))
    code = re.compile(r">([2-9A-HJ-NP-Z]{4}(?:-[2-9A-HJ-NP-Z]{4}){2})<")
    assert code.findall(first) == code.findall(second)
    assert "只登记了一件申请" in second
    assert "只登记了一件申请" not in first
    assert Request.objects.count() == 1


def test_the_receipt_is_saved_as_text_by_who_holds_the_form(client: Client) -> None:
    page = _send(client).content.decode()
    code = re.search(r">([2-9A-HJ-NP-Z]{4}(?:-[2-9A-HJ-NP-Z]{4}){2})<", page)
    assert code
    response = client.post("/apply/receipt/", {"token": _carried(page)["token"]})
    text = response.content.decode("utf-8-sig")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-store"
    assert f"查询码：{code[1]}\r\n" in text
    assert "林晓岚" not in text
    assert client.post("/apply/receipt/", {"token": "forged"}).status_code == 404
    assert client.post("/apply/receipt/", {"token": _open(client)["token"]}).status_code == 404
    typed = client.get("/apply/receipt/")
    assert typed.status_code == 405
    assert typed.headers["Allow"] == "POST"
    assert "这一步由表单提交" in typed.content.decode()
    assert '<a href="/apply/">依申请公开</a>' in typed.content.decode()


def test_an_old_or_forged_form_is_not_filed_but_given_back(client: Client) -> None:
    response = _send(client, token="forged")
    page = response.content.decode()
    assert response.status_code == 400
    assert "打开的时间太长" in page
    assert _carried(page)["name"] == "林晓岚"
    assert Request.objects.count() == 0
    assert "申请已提交" in client.post(KJJ, {**_carried(page), "go": "send"}).content.decode()


def test_files_are_checked_at_their_fields_and_have_to_be_chosen_again(client: Client) -> None:
    broken = SimpleUploadedFile("身份证.pdf", b"MZ")
    response = _send(client, document="other", id_number="", proof=broken)
    page = response.content.decode()
    assert response.status_code == 400
    assert "的内容不是pdf文件" in page
    assert 'id="proof-error"' in page
    assert "要重新选择" in page
    assert Request.objects.count() == 0
    right = SimpleUploadedFile("身份证.pdf", b"%PDF-1.7")
    other = SimpleUploadedFile("地图.png", b"\x89PNG")
    again = client.post(KJJ, {**_carried(page), "go": "send", "proof": right, "files": other})
    assert "申请已提交" in again.content.decode()
    assert list(CaseFile.objects.order_by("id").values_list("of", flat=True)) == ["identity", "attachment"]


def test_without_number_and_without_copy_the_last_step_says_so(client: Client) -> None:
    response = _send(client, id_number="")
    assert response.status_code == 400
    assert "没有填写，也没有上传证件复印件" in response.content.decode()


def test_a_forged_last_step_is_told_its_faults_on_the_whole_form(client: Client) -> None:
    response = _send(client, kind="martian", form="")
    page = response.content.decode()
    assert response.status_code == 400
    assert 'id="kind-error"' in page
    assert 'id="form-error"' in page
    assert re.search(r'id="name"[^>]* value="林晓岚"', page)


def test_without_the_proof_of_work_an_address_files_three_then_waits(client: Client) -> None:
    assert [_send(client).status_code for _ in range(3)] == [200, 200, 200]
    waiting = _send(client)
    page = waiting.content.decode()
    assert waiting.status_code == 429
    assert re.search(r"请约\d{1,2}分钟以后再按一次“提交申请”<", page)
    assert _carried(page)["name"] == "林晓岚"
    form = _open(client)
    payload = _solution(client, form)
    proved = client.post(KJJ, {**form, **ALL, "step": "check", "go": "send", "altcha": payload})
    assert proved.status_code == 200
    other = {**_open(client), **ALL, "step": "check", "go": "send", "altcha": payload}
    assert client.post(KJJ, other).status_code == 429  # solved for another form
    assert Request.objects.count() == 4


def _solution(client: Client, form: dict[str, str]) -> str:
    page = client.post(KJJ, {**form, **ALL, "step": "delivery", "go": "next"}).content.decode()
    found = re.search(r'data-challenge="([^"]+)"', page)
    assert found
    told = json.loads(unescape(found[1]))
    number = next(
        each for each in range(told["maxnumber"] + 1)
        if hashlib.sha256(f"{told['salt']}{each}".encode()).hexdigest() == told["challenge"]
    )  # fmt: skip
    told = {name: told[name] for name in ("algorithm", "challenge", "salt", "signature")}
    return base64.b64encode(json.dumps({**told, "number": number}).encode()).decode()


@pytest.mark.parametrize("payload", ["", "x", "e30=", "W10=", base64.b64encode(b'{"number": 1}').decode(), "A" * 3000])
def test_a_forged_proof_of_work_is_none(payload: str) -> None:
    assert not is_solved(payload, "word")


@pytest.fixture
def published() -> Item:
    """A public item of the bureau that answers what is wanted."""
    return Item.objects.create(
        body=Body.objects.get(code="qinglan-kjj"), source_id="1", column="公示", body_text="名单全文",
        title="2025年度企业研发费用补助名单", published_on=date(2025, 6, 1), digest="1", legacy=False,
        entered_at=datetime(2025, 6, 1, tzinfo=UTC),
    )  # fmt: skip


def test_what_is_already_published_is_offered_before_filing(client: Client, published: Item) -> None:
    form = _carried(client.get(KJJ).content.decode())
    page = client.post(KJJ, {**form, **WANTED, "go": "next"}).content.decode()
    assert "这些信息已经公开，可能就是您要的" in page
    assert "2025年度企业研发费用补助名单" in page
    assert "名单全文" in client.get(f"{KJJ}answers/{published.pk}/").content.decode()
    # none of them: the next step comes
    on = client.post(KJJ, {**_carried(page), **WANTED, "go": "next"}).content.decode()
    assert "申请人是" in on
    thanks = client.post(KJJ, {**_carried(page), **WANTED, "go": f"answered:{published.pk}"}).content.decode()
    assert "不用申请了" in thanks
    assert AnsweredBefore.objects.values_list("found", flat=True).get() == "2025年度企业研发费用补助名单"
    assert _carried(thanks)["wanted-1-description"] == "2025年度研发费用补助的名单"
    assert Request.objects.count() == 0


def test_what_no_longer_holds_is_offered_as_such(client: Client, published: Item) -> None:
    address = f"{KJJ}answers/{published.pk}/"
    for fields, word in (
        ({"repealed_on": date(2025, 9, 1)}, "废止"),
        ({"expires_on": date(2025, 9, 1)}, "失效"),
        ({"validity": "已废止"}, "废止"),
        ({"repealed_on": date(2099, 1, 1)}, ""),
    ):
        none = {"repealed_on": None, "expires_on": None, "validity": ""}
        Item.objects.filter(pk=published.pk).update(**{**none, **fields})
        offered = client.post(f"{KJJ}answers/", WANTED).content.decode()
        assert re.findall(r'badge-warning">([^<]+)<', offered) == ([word] if word else [])
        assert (f"这份文件已经{word}" in client.get(address).content.decode()) is bool(word)


def test_an_item_leads_back_to_its_column(client: Client, published: Item) -> None:
    given = {"code": "shown", "name": "项目公示", "made_at": published.entered_at}
    published.place = Column.objects.create(body=published.body, **given)
    published.save(update_fields=["place"])
    page = client.get(f"{KJJ}answers/{published.pk}/").content.decode()
    assert '<a href="/bodies/qinglan-kjj/columns/shown/">项目公示</a>' in page
    listed = client.get("/bodies/qinglan-kjj/columns/shown/").content.decode()
    assert f'href="{KJJ}answers/{published.pk}/"' in listed


def test_the_offer_comes_as_one_types(client: Client, published: Item) -> None:
    part = client.post(f"{KJJ}answers/", WANTED).content.decode()
    assert "<html" not in part
    assert f'value="answered:{published.pk}" form="apply-form"' in part
    assert client.post(f"{KJJ}answers/", {"wanted-1-name": "别的事"}).content.decode().strip() == ""
    assert client.post("/apply/nobody/answers/", WANTED).status_code == 404
    assert client.post(KJJ, {"go": "answered:999"}).status_code == 404


@pytest.mark.parametrize(
    "go", ["next", "more:wanted", "more:joint", "to:check", "to:nowhere", "send", "", "answered:x"]
)
def test_no_act_on_an_empty_form_is_an_error_of_the_server(client: Client, go: str) -> None:
    assert client.post(KJJ, {"go": go, "step": "nowhere"}).status_code in (200, 400)


def test_the_list_of_bodies_costs_the_same_however_many_there_are(
    client: Client, django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    with django_assert_max_num_queries(3):
        client.get("/apply/")
    lines = [
        {"code": f"qinglan-{at:03}", "name": f"青澜县第{at}局", "level": "county_department", "parent": "qinglan"}
        for at in range(60)
    ]
    exchange.write("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in lines))
    with django_assert_max_num_queries(3):
        page = client.get("/apply/").content.decode()
    assert 'rel="next"' in page


def test_what_is_typed_costs_three_queries_to_draw_again(
    client: Client, django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    rows = {f"wanted-{at}-name": f"文件{at}" for at in range(1, 20)}
    with django_assert_max_num_queries(3):
        client.post(KJJ, {"seen": "1", **rows, "step": "applicant", "go": "more:joint"})


def test_the_body_is_found_by_its_name(client: Client) -> None:
    page = client.get("/apply/?q=科学").content.decode()
    assert f'href="{KJJ}"' in page
    assert "青澜县人民政府</a>" not in page
    assert "没有名称含“水利”的机关" in client.get("/apply/?q=水利").content.decode()
    assert f'href="{KJJ}"' in client.get("/bodies/qinglan-kjj/").content.decode()
    assert client.get("/apply/nobody/").status_code == 404


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("step", ["wanted", "applicant", "delivery", "check"])
def test_every_step_is_html5_without_inline_code_and_stored_by_nobody(
    client: Client, step: str, language: str, parse: Callable[[str], object], inline_code: Callable[[str], list[str]]
) -> None:
    client.cookies["gongkai_display"] = f"normal.normal.{language}"
    response = client.post(KJJ, {**_open(client), **ALL, "go": f"to:{step}"})
    page = response.content.decode()
    parse(page)
    assert inline_code(page) == []
    identifiers = re.findall(r'\sid="([^"]+)"', page)
    assert len(identifiers) == len(set(identifiers))
    assert response.headers["Cache-Control"] == "no-store"
    assert not response.cookies


def test_nobody_is_asked_what_for(client: Client) -> None:
    page = client.get(f"{KJJ}?whole=1").content.decode()
    assert "用途" not in page


def test_too_large_a_sending_is_refused_before_it_is_read(client: Client) -> None:
    response = client.post(KJJ, {"go": "send"}, headers={"Content-Length": str(200 * 1024 * 1024)})
    assert response.status_code == 413
    assert "60 MB" in response.content.decode()


def test_an_identity_number_among_what_is_wanted_is_pointed_out(client: Client) -> None:
    given = {**_open(client), **ALL, "wanted-1-description": "11010519491231002X的低保记录", "go": "to:check"}
    assert "有像身份证号码" in client.post(KJJ, given).content.decode()


def test_another_size_or_language_loses_nothing_that_was_typed(client: Client) -> None:
    page = client.get(KJJ).content.decode()
    header = page[: page.index("<main")]
    # Enter in a field presses the first button of its form: the step, not the size
    assert re.findall(r'form="apply-form"[^>]*value="([^"]+)"', header) == [
        "next", "size:large", "contrast:high", "language:en",
    ]  # fmt: skip
    typed = {**_open(client), **WANTED, **PERSON, "name": "林晓", "step": "applicant"}
    response = client.post(KJJ, {**typed, "show": "size:large"})
    page = response.content.decode()
    assert response.status_code == 200
    assert 'data-size="large"' in page
    assert 'value="林晓"' in page
    assert _carried(page)["wanted-1-description"] == "2025年度研发费用补助的名单"
    assert response.cookies["gongkai_display"].value == "large.normal.zh-hans"
    assert not Request.objects.exists()


def test_the_receipt_stays_in_another_size(client: Client) -> None:
    shown = _send(client).content.decode()
    code = re.search(r"[2-9A-HJ-NP-Z]{4}(?:-[2-9A-HJ-NP-Z]{4}){2}", shown)
    assert code is not None
    response = client.post(KJJ, {"token": _carried(shown)["token"], "show": "size:large"})
    page = response.content.decode()
    assert code[0] in page
    assert 'data-size="large"' in page
    assert "以前已经提交过" not in page
    assert Request.objects.count() == 1


def test_full_width_digits_and_gaps_are_no_fault_and_control_characters_reach_no_database(client: Client) -> None:
    given = {
        "id_number": "１１０１０５ １９４９１２３１ ００２ｘ",
        "telephone": "０５７４—８７６５４３２１",
        "wanted-1-description": "2025年\0补助\x0b名单",
    }
    assert "申请已提交" in _send(client, **given).content.decode()
    assert Request.objects.get().subject == "2025年补助名单"
