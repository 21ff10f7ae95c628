"""Following one's own request on the portal: guessing is useless, the pages name nobody, nothing typed is lost."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.module_loading import import_string

from gongkai.bureau import clock
from gongkai.bureau.casework import consulting, files, identity, intake, services
from gongkai.bureau.casework.message_kinds import KINDS
from gongkai.bureau.casework.models import Application, CaseFile, Consultation, Letter, Request
from gongkai.bureau.orgs import demo
from gongkai.bureau.orgs.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.database]

CODE, NUMBER = "H7KD29QWRT4M", "KJJ-2026-0041"
NAME, ID_NUMBER, CONTACT = "欧阳慕云", "11010519491231002X", "慕云收 13911112222"
PARTY = "青澜县云岭建材有限公司"


@pytest.fixture
def officer(settings: SimpleNamespace, tmp_path: object) -> Person:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.FILES = tmp_path
    cache.clear()
    demo.fill(bodies=3, seed=1)
    return Person.objects.get(username="zhuanyuan")


@pytest.fixture
def mine(officer: Person) -> int:
    made = services.register(
        officer, body="qinglan-kjj", number=NUMBER, applicant_kind="natural_person", names=(NAME, ID_NUMBER, CONTACT),
        subject="2025年科技特派员经费的分配结果", channel="in_person",
        events=[{"kind": "submitted", "on": clock.today().isoformat()}], evidence="内部流转单",
    )  # fmt: skip
    Application.objects.create(
        request_id=made, code_mark=intake.code_mark(NUMBER, CODE), sealed=identity.seal_text("{}"), filed_at=clock.now()
    )
    return made


@pytest.fixture
def visitor(mine: int) -> Client:
    """A browser in which number and code were shown."""
    client = Client()
    response = client.post("/follow/", {"number": NUMBER, "code": CODE})
    assert (response.status_code, response.headers["Location"]) == (303, "/follow/")
    return client


def _ask(officer: Person, mine: int) -> None:
    until = (clock.today() + timedelta(days=10)).isoformat()
    event = {"kind": "correction_requested", "on": clock.today().isoformat(), "deadline_on": until}
    services.append(officer, mine, event, evidence="告知书")


def _token(page: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_guessing_is_answered_alike_and_then_not_at_all(client: Client, mine: int) -> None:
    answers = [client.post("/follow/", {"number": NUMBER, "code": f"WRNG{turn:08}"}) for turn in range(100)]
    assert {each.status_code for each in answers[:20]} == {400}
    assert len({each.content for each in answers[:20]}) == 1
    assert {each.status_code for each in answers[20:]} == {429}
    assert int(answers[99].headers["Retry-After"]) <= 600
    assert not client.cookies


def test_an_unknown_number_is_answered_as_a_wrong_code(client: Client, mine: int) -> None:
    wrong = client.post("/follow/", {"number": NUMBER, "code": "WRONGWRONG23"})
    unknown = client.post("/follow/", {"number": "KJJ-2026-9999", "code": CODE})
    assert wrong.status_code == unknown.status_code == 400
    assert wrong.content.replace(NUMBER.encode(), b"") == unknown.content.replace(b"KJJ-2026-9999", b"")
    assert dict(wrong.headers) == dict(unknown.headers)


def test_a_number_is_guarded_whoever_asks(mine: int) -> None:
    for turn in range(20):
        Client(REMOTE_ADDR=f"192.0.2.{turn}").post("/follow/", {"number": NUMBER, "code": f"WRNG{turn:08}"})
    late = Client(REMOTE_ADDR="198.51.100.7").post("/follow/", {"number": "ｋｊｊ-2026- 0041", "code": "WRNG99999999"})
    assert late.status_code == 429
    assert '<a href="/follow/">查询申请</a>' in late.content.decode()
    other = Client(REMOTE_ADDR="198.51.100.7").post("/follow/", {"number": "KJJ-2026-0008", "code": "WRNG99999999"})
    assert other.status_code == 400


def test_right_ones_are_not_counted(mine: int) -> None:
    for _ in range(30):
        assert Client().post("/follow/", {"number": NUMBER, "code": CODE}).status_code == 303


def test_a_form_from_another_site_opens_nothing(client: Client, mine: int) -> None:
    response = client.post("/follow/", {"number": NUMBER, "code": CODE}, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403
    assert not client.cookies


def test_the_session_is_a_strict_cookie_of_these_pages_alone(visitor: Client) -> None:
    cookie = visitor.cookies["gongkai_follow"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (
        "/follow/",
        True,
        "Strict",
        1800,
    )
    assert CODE not in cookie.value
    assert "/follow/" in visitor.post("/follow/leave/").headers["Location"]
    assert "查询码" in visitor.get("/follow/").content.decode()


def test_a_made_up_cookie_opens_nothing(client: Client, mine: int) -> None:
    client.cookies["gongkai_follow"] = "eyJyZXF1ZXN0IjoxfQ:1abc:forged"
    assert "没有查询码怎么办" in client.get("/follow/").content.decode()
    assert client.get("/follow/complaint/").status_code == 303
    assert client.get("/follow/files/1/").status_code == 303


def test_the_page_tells_where_it_stands(visitor: Client) -> None:
    response = visitor.get("/follow/")
    page = response.content.decode()
    assert response.headers["Cache-Control"] == "private, no-store"
    for words in (NUMBER, "正在办理", "还剩20个工作日", "您提交了申请", "怎么算的", "2025年科技特派员经费的分配结果"):
        assert words in page, words


def _consulted(officer: Person, mine: int) -> str:
    event = {"kind": "third_party_consulted", "on": clock.today().isoformat(), "party": PARTY}
    services.append(officer, mine, event, evidence="征求意见书")
    letter = Letter.objects.create(
        request_id=mine, kind="third_party_consultation", state="delivered", by=officer, at=clock.now(),
        addressee=identity.seal_text(PARTY), paragraphs="下列信息可能涉及你单位：2025年采购合同。",
    )  # fmt: skip
    return consulting.open_link(mine, letter.pk, "third_party", PARTY, clock.today() + timedelta(days=20))


def test_a_private_link_is_answered_once(officer: Person, mine: int, parse: Callable[[str], object]) -> None:
    address = f"/consult/{_consulted(officer, mine)}/"
    guest = Client()
    response = guest.get(address)
    page = response.content.decode()
    parse(page)
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "2025年采购合同" in page
    assert "由机关依照条例的规定决定是否公开（条例第32条）" in page
    for planted in (NAME, ID_NUMBER, CONTACT, "zhuanyuan", officer.name):
        assert planted not in page
    wrong = guest.post(address, {"consents": "no", "grounds": ""})
    assert wrong.status_code == 400
    assert "不同意公开的理由" in wrong.content.decode()
    assert "checked" in wrong.content.decode()
    assert guest.post(address, {"consents": "no", "grounds": "含有报价"}).status_code == 303
    after = guest.get(address).content.decode()
    assert "已经收到意见" in after
    assert "2025年采购合同" not in after
    assert "含有报价" not in after
    assert guest.post(address, {"consents": "yes"}).status_code == 303
    assert Consultation.objects.get().consents is False


def test_an_unknown_link_is_no_page_and_is_counted(officer: Person, mine: int) -> None:
    guest = Client()
    assert {guest.get(f"/consult/unknown-{turn}/").status_code for turn in range(20)} == {404}
    assert guest.get("/consult/unknown-20/").status_code == 429


def test_no_line_of_the_log_holds_a_private_link(officer: Person, mine: int, settings: SimpleNamespace) -> None:
    address = f"/consult/{_consulted(officer, mine)}/"
    names = settings.LOGGING["handlers"]["stderr"]["filters"]
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    for name in names:
        handler.addFilter(import_string(settings.LOGGING["filters"][name]["()"])())
    log = logging.getLogger("django.request")
    log.addHandler(handler)
    for path in (address, f"{address}files/3/", "/follow/"):
        log.error("%s: %s", "Internal Server Error", path)
    log.removeHandler(handler)
    assert written.getvalue().splitlines() == [
        "Internal Server Error: /consult/…/",
        "Internal Server Error: /consult/…/files/3/",
        "Internal Server Error: /follow/",
    ]


def test_a_correction_is_sent_with_its_file_and_the_page_says_so(visitor: Client, officer: Person, mine: int) -> None:
    _ask(officer, mine)
    page = visitor.get("/follow/").content.decode()
    assert "等您补正" in page
    assert "收到您的补正后重新计算" in page
    form = visitor.get("/follow/correction/").content.decode()
    sent = {"token": _token(form), "seen": "2", "text": "指2025年上半年的"}
    file = SimpleUploadedFile("补正说明.pdf", b"%PDF-1.7 more", "application/pdf")
    response = visitor.post("/follow/correction/", {**sent, "files": file})
    assert (response.status_code, response.headers["Location"]) == (303, "/follow/?done=correction")
    assert visitor.post("/follow/correction/", sent).status_code == 303
    after = visitor.get("/follow/?done=correction").content.decode()
    assert "机关收到了您的补正" in after
    assert "还剩20个工作日" in after
    assert "指2025年上半年的" not in after
    assert CaseFile.objects.get().of == "attachment"


def test_what_is_refused_is_told_at_its_field_and_stays_typed(visitor: Client, officer: Person, mine: int) -> None:
    _ask(officer, mine)
    token = _token(visitor.get("/follow/correction/").content.decode())
    file = SimpleUploadedFile("木马.exe", b"MZ", "application/octet-stream")
    entered = {"token": token, "seen": "2", "text": "指2025年上半年的", "files": file}
    response = visitor.post("/follow/correction/", entered)
    page = response.content.decode()
    assert response.status_code == 400
    assert "指2025年上半年的" in page
    assert "不是可以接收的格式" in page
    assert 'id="files-error"' in page
    assert _token(page) == token


def test_what_changed_meanwhile_is_told_and_the_words_stay(visitor: Client, officer: Person, mine: int) -> None:
    token = _token(visitor.get("/follow/withdrawal/").content.decode())
    _ask(officer, mine)
    entered = {"token": token, "seen": "1", "text": "不需要了", "confirmed": "yes"}
    page = visitor.post("/follow/withdrawal/", entered).content.decode()
    assert "办理情况有了变化" in page
    assert "不需要了" in page
    assert 'name="seen" value="2"' in page


def test_a_withdrawal_is_confirmed_on_a_page_of_its_own(visitor: Client, mine: int) -> None:
    form = visitor.get("/follow/withdrawal/").content.decode()
    assert "撤回不能恢复" in form
    sent = {"token": _token(form), "seen": "1", "text": ""}
    assert visitor.post("/follow/withdrawal/", sent).status_code == 400
    assert visitor.post("/follow/withdrawal/", {**sent, "confirmed": "yes"}).status_code == 303
    page = visitor.get("/follow/").content.decode()
    assert "申请已经撤回" in page
    assert "/follow/withdrawal/" not in page
    assert "/follow/rating/" in page
    assert "已办结" in visitor.get("/follow/withdrawal/").content.decode()


def test_a_fee_that_is_awaited_is_explained(visitor: Client, officer: Person, mine: int) -> None:
    event = {"kind": "fee_notified", "on": clock.today().isoformat(), "amount": "380.00", "basis": "pages"}
    services.append(officer, mine, event, evidence="收费通知书")
    page = visitor.get("/follow/").content.decode()
    for words in ("等您缴纳信息处理费", "380.00元", "按量计收", "见收费通知书", "收到通知次日起30日内缴纳"):
        assert words in page, words
    until = clock.today() + timedelta(days=30)
    assert f"{until.year}年{until.month}月{until.day}日" in page


def test_no_page_names_anybody(visitor: Client, officer: Person, mine: int, parse: Callable[[str], object]) -> None:
    _consulted(officer, mine)
    event = {"kind": "extended", "on": clock.today().isoformat(), "workdays": 10, "approved_by": "林局长"}
    services.append(officer, mine, event, evidence="延长审批单", approved_by="林局长")
    for address in ("/follow/", *(f"/follow/{kind}/" for kind in KINDS)):
        page = visitor.get(address).content.decode()
        parse(page)
        for planted in (
            NAME,
            ID_NUMBER,
            CONTACT,
            PARTY,
            "林局长",
            officer.name,
            "zhuanyuan",
            "内部流转单",
            "延长审批单",
            CODE,
        ):
            assert planted not in page, (address, planted)
    assert "机关书面征求第三方的意见" in visitor.get("/follow/").content.decode()
    assert "经政府信息公开工作机构负责人同意，延长10个工作日" in visitor.get("/follow/").content.decode().replace(
        " ", ""
    )


def test_a_document_comes_as_a_file_and_nothing_else(visitor: Client, officer: Person, mine: int) -> None:
    request = Request.objects.get(pk=mine)
    shut = files.keep(request, "material", files.Sent("底稿.txt", b"inner"), by=officer)
    given = files.keep(request, "redacted", files.Sent("分配结果.txt", b"given"), by=officer, open_to_applicant=True)
    assert "分配结果.txt" in visitor.get("/follow/").content.decode()
    response = visitor.get(f"/follow/files/{given.pk}/")
    assert response.content == b"given"
    assert response.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert visitor.get(f"/follow/files/{shut.pk}/").status_code == 404
    assert "已下载过" in visitor.get("/follow/").content.decode()


def test_the_page_costs_the_same_however_much_happened(
    visitor: Client, officer: Person, mine: int, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    for turn in range(5):
        files.keep(
            Request.objects.get(pk=mine), "redacted", files.Sent(f"{turn}.txt", b"given"), by=officer,
            open_to_applicant=True,
        )  # fmt: skip
    with django_assert_max_num_queries(12):  # type: ignore[attr-defined]
        visitor.get("/follow/")


def _on(day: str, kind: str, **fields: object) -> dict[str, object]:
    return {"kind": kind, "on": day, **fields}


FIRST = _on("2024-03-04", "submitted")


@pytest.mark.parametrize(
    ("channel", "events", "told"),
    [
        ("in_person", [FIRST], ["已经超过答复期限", "2024年4月1日（周一）", "主管部门投诉、举报（条例第47条"]),
        ("internet", [FIRST], ["等待机关与您确认收到", "以机关与您确认之日为收到之日（条例第31条）"]),
        ("registered_mail", [FIRST], ["等待机关签收邮件"]),
        (
            "in_person",
            [FIRST, _on("2024-03-20", "replied", outcome="refused.enforcement_file", way="post")],
            ["已经答复：不予公开：属于行政执法案卷", "以答复书写明的为准", "条例第36条"],
        ),
        (
            "in_person",
            [FIRST, _on("2024-03-05", "reasons_requested", deadline_on="2024-03-15")],
            ["2024年3月15日（周五）说明理由；答复期限不因此停止（条例第35条）", "/follow/reasons/"],
        ),
        (
            "in_person",
            [FIRST, _on("2024-03-20", "extended", workdays=20, approved_by="林局长")],
            ["答复期限已经延长20个工作日", "2024年4月29日（周一）"],
        ),
        ("in_person", [FIRST, _on("2024-03-05", "third_party_consulted", party=PARTY)], ["所需的时间不计入答复期限"]),
        (
            "in_person",
            [FIRST, _on("2024-03-05", "delayed", due_on="2024-09-30")],
            ["机关另外确定了答复的日子（条例第35条）", "2024年9月30日（周一）"],
        ),
        (
            "in_person",
            [
                FIRST, _on("2024-03-05", "correction_requested", deadline_on="2024-03-15"),
                _on("2024-03-18", "correction_lapsed"),
            ],
            ["因逾期没有补正，申请不再处理"],
        ),
        (
            "in_person",
            [
                FIRST, _on("2024-03-20", "replied", outcome="granted"),
                _on("2024-05-06", "reopened", because="reconsideration", due_on="2024-06-03"),
            ],
            ["机关重新办理这件申请", "2024年6月3日（周一）"],
        ),
    ],
)  # fmt: skip
def test_each_state_is_told_plainly(
    officer: Person, channel: str, events: list[dict[str, object]], told: list[str]
) -> None:
    made = services.register(
        officer, body="qinglan-kjj", number=NUMBER, applicant_kind="natural_person", names=(NAME, None, None),
        subject="经费的分配结果", channel=channel, events=events, evidence="申请书",
    )  # fmt: skip
    Application.objects.create(
        request_id=made, code_mark=intake.code_mark(NUMBER, CODE), sealed=identity.seal_text("{}"), filed_at=clock.now()
    )
    client = Client()
    client.post("/follow/", {"number": NUMBER, "code": CODE})
    page = client.get("/follow/").content.decode()
    for words in told:
        assert words in page, words
    for planted in (NAME, PARTY, "林局长"):
        assert planted not in page


def test_the_english_page_says_what_happened_in_english(visitor: Client, parse: Callable[[str], object]) -> None:
    visitor.cookies["gongkai_display"] = "normal.normal.en"
    page = visitor.get("/follow/").content.decode()
    parse(page)
    for words in ("Reply due", "How it is counted", "You applied", "Being handled", "Withdraw the request"):
        assert words in page
    # what the catalogue does not have is marked as Chinese: a screen reader speaks it so
    assert '<span lang="zh-CN">还剩20个工作日</span>' in page
    assert re.search(r'<p class="wanted" lang="zh-CN">2025年科技特派员经费的分配结果</p>', page)
    form = visitor.get("/follow/withdrawal/").content.decode()
    assert '<label for="text">Why you withdraw' in form


def test_what_a_letter_asks_stands_on_the_page_and_its_papers_under_its_name(
    visitor: Client, officer: Person, mine: int
) -> None:
    _ask(officer, mine)
    request = Request.objects.get(pk=mine)
    paper, scan, enclosed = (
        files.keep(request, of, files.Sent(f"{NAME}-{of}.txt", b"paper"), by=officer, open_to_applicant=True)
        for of in ("letter", "scan", "redacted")
    )
    letter = Letter.objects.create(
        request=request, kind="correction_notice", state="delivered", by=officer, at=clock.now(), event=1,
        addressee=identity.seal_text(NAME), paragraphs="请补正。", number="青科公补〔2026〕1号", signed_by="林局长",
        signed_on=clock.today(), document=paper, scan=scan,
        elements={"correction_items": "写明要哪一年的经费", "approved_by": "林局长"},
    )  # fmt: skip
    letter.enclosures.set([enclosed])
    files.keep(request, "proof", files.Sent("回执.txt", b"inner"), by=officer)
    page = visitor.get("/follow/").content.decode()
    assert "需要补正的事项：写明要哪一年的经费" in page
    assert "写明要哪一年的经费" in visitor.get("/follow/correction/").content.decode()
    assert "林局长" not in page
    assert "回执.txt" not in page
    shown = re.findall(r'href="/follow/files/(\d+)/">([^<]*)</a>(?: <span class="num">([^<]*)</span>)?', page)
    assert shown[0] == (str(scan.pk), "政府信息公开申请补正告知书", "青科公补〔2026〕1号")
    assert [each[0] for each in shown] == [str(scan.pk), str(enclosed.pk), str(paper.pk)]
    assert NAME not in page
    assert shown[1][1] == "＊＊＊-redacted.txt"


def test_a_complaint_says_who_reads_it_and_where_its_answer_will_stand(visitor: Client) -> None:
    form = visitor.get("/follow/complaint/").content.decode()
    assert "只有主管部门的人能看" in form
    assert "只有经办的人能看" not in form
    sent = {"token": _token(form), "text": "逾期没有答复"}
    done = visitor.get(visitor.post("/follow/complaint/", sent).headers["Location"]).content.decode()
    assert "答复以后显示在这一页" in done


def test_another_size_loses_no_word_of_the_applicant_or_of_the_third_party(
    visitor: Client, officer: Person, mine: int
) -> None:
    token = _token(visitor.get("/follow/complaint/").content.decode())
    response = visitor.post("/follow/complaint/", {"token": token, "text": "逾期没有答复", "show": "size:large"})
    page = response.content.decode()
    assert response.status_code == 200
    assert 'data-size="large"' in page
    assert "逾期没有答复" in page
    assert _token(page) == token
    assert response.cookies["gongkai_display"].value == "large.normal.zh-hans"

    guest = Client()
    address = f"/consult/{_consulted(officer, mine)}/"
    asked = {"consents": "no", "grounds": "含有报价", "show": "contrast:high"}
    page = guest.post(address, asked).content.decode()
    assert 'data-contrast="high"' in page
    assert "含有报价" in page
    assert re.search(r'value="no"[^>]* checked', page)
    assert Consultation.objects.get().consents is None
