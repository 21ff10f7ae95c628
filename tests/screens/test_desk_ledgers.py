"""The ledgers at the desk: who sees and enters what, what a page costs, nothing typed lost, no identity anywhere."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from openpyxl import load_workbook

from gongkai.bureau.casework import exchange
from gongkai.bureau.casework import services as casework
from gongkai.bureau.ledger.models import Entry
from gongkai.bureau.orgs import demo
from gongkai.bureau.orgs.models import Person
from gongkai.bureau.publishing import services as publishing
from gongkai.bureau.remedies import services as remedies
from gongkai.screens.desk.lights import light
from gongkai.statute.calendars import Calendar
from gongkai.statute.cases import parse
from gongkai.statute.clock import read_clock

PEOPLE = {
    "officer": "zhuanyuan", "handler": "chengban", "head": "kezhang", "reviewer": "baomi", "adviser": "falv",
    "leader": "lingdao", "office": "zhuguan", "elsewhere": "mzj-zhuanyuan", "system": "xitong", "security": "anquan",
    "auditor": "shenji",
}  # fmt: skip
OWN = {"officer", "handler", "head", "reviewer", "adviser", "leader"}
BUSINESS = OWN | {"office", "elsewhere"}
PAGES: dict[str, set[str]] = {
    "/desk/requests/": BUSINESS,
    "/desk/requests/?as=xlsx": BUSINESS,
    "/desk/requests/new/": {"officer", "handler", "elsewhere"},
    "/desk/requests/{open}/": OWN | {"office"},
    "/desk/requests/{open}/?act=replied": OWN | {"office"},
    "/desk/remedies/": BUSINESS,
    "/desk/remedies/new/": {"officer", "adviser", "elsewhere"},
    "/desk/remedies/{remedy}/": OWN | {"office"},
    "/desk/statements/?body=qinglan-kjj&year=2020": OWN | {"office"},
    "/desk/statements/qinglan-kjj/2020/procurement/": OWN | {"office"},
    "/desk/statements/qinglan-kjj/2024/normative/": OWN | {"office"},
    "/desk/items/": BUSINESS,
    "/desk/items/new/": {"officer", "handler", "elsewhere"},
    "/desk/items/{item}/": OWN | {"office"},
    "/desk/work-records/": BUSINESS,
}
NAME, ID_NUMBER, CONTACT = "欧阳慕云", "11010519491231002X", "慕云收 13911112222"
FORM = {
    "body": "qinglan-kjj", "number": "KJJ-2024-0901", "subject": "科技特派员经费明细", "channel": "in_person",
    "submitted_on": "2024-03-04", "applicant_kind": "natural_person", "id_kind": "resident", "name": NAME,
    "id_number": ID_NUMBER, "contact": CONTACT, "evidence": "申请书（收文第901号）",
}  # fmt: skip


@dataclass(frozen=True)
class Made:
    open: int
    closed: int
    remedy: int
    item: int


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """The county with sixty requests, a remedy, sixty items; made once for the module and rolled back after it."""
    from django.conf import settings

    home, hashers = settings.HOME, settings.PASSWORD_HASHERS
    settings.HOME = tmp_path_factory.mktemp("home")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        try:
            demo.fill(bodies=19, seed=1)
            yield _fill()
        finally:
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)
    settings.HOME, settings.PASSWORD_HASHERS = home, hashers


def _fill() -> Made:
    officer, adviser = Person.objects.get(username="zhuanyuan"), Person.objects.get(username="falv")
    ids = []
    for number in range(1, 61):
        events: list[dict[str, object]] = [{"kind": "submitted", "on": "2024-03-04"}]
        if number > 1:
            events.append({"kind": "replied", "on": "2024-03-20", "outcome": "granted", "way": "post"})
        ids.append(
            casework.register(
                officer, body="qinglan-kjj", number=f"KJJ-2024-{number:04}", applicant_kind="natural_person",
                names=(None, None, None), subject=f"第{number}项资金的分配结果", channel="in_person", events=events,
                evidence="申请书",
            )
        )  # fmt: skip
        item = publishing.enter(
            officer,
            {
                "source_id": f"X{number}", "agency": "qinglan-kjj", "column": "政策文件", "title": f"文件第{number}号",
                "genre": "规范性文件", "published_on": "2024-02-01", "body_text": "全文",
            },
        )  # fmt: skip
    remedy = remedies.enter(
        adviser,
        {"number": "FY-1", "agency": "qinglan-kjj", "case": "KJJ-2024-0002", "kind": "reconsideration",
         "accepted_on": "2024-05-06"},
        evidence="答复通知书",
    )  # fmt: skip
    return Made(ids[0], ids[1], remedy, item)


@pytest.fixture
def at(made: Made, db: None) -> Callable[[str], Client]:
    """A browser signed in as one of the cast."""

    def signed_in(who: str) -> Client:
        client = Client()
        person = Person.objects.get(username=PEOPLE[who])
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


@pytest.mark.alike
@pytest.mark.parametrize("who", sorted(PEOPLE))
@pytest.mark.parametrize("path", PAGES)
def test_each_page_is_for_its_roles_and_their_bodies(
    path: str, who: str, at: Callable[[str], Client], made: Made
) -> None:
    response = at(who).get(path.format(**vars(made)))
    if who in PAGES[path]:
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "no-store"
    else:
        assert response.status_code == 403
        assert "您" in response.content.decode()


@pytest.mark.parametrize("path", [each for each in PAGES if "xlsx" not in each])
def test_every_page_is_sound_html_without_inline_code(
    path: str,
    at: Callable[[str], Client],
    made: Made,
    inline_code: Callable[[str], list[str]],
    parse: Callable[[str], object],
) -> None:
    shown = at("officer").get(path.format(**vars(made))).content.decode()
    assert inline_code(shown) == []
    parse(shown)


@pytest.mark.parametrize(
    ("path", "who"),
    [(path, who) for path in ("requests", "remedies", "items", "work-records", "requests/?as=xlsx")
     for who in ("officer", "office")],
)  # fmt: skip
def test_a_list_asks_the_database_as_often_for_fifty_rows_as_for_one(
    path: str, who: str, at: Callable[[str], Client], django_assert_max_num_queries: Any
) -> None:
    client = at(who)
    with django_assert_max_num_queries(20) as full:
        client.get(f"/desk/{path}" if "?" in path else f"/desk/{path}/")
    with django_assert_max_num_queries(20) as one:
        client.get(f"/desk/{path.partition('?')[0].rstrip('/')}/?search=KJJ-2024-0007&{path.partition('?')[2]}")
    assert len(full) - len(one) <= 1


@pytest.mark.parametrize(
    "query", ["after=x~1", "after=2024-01-01~y", "year=abc", "year=0", "state=lost", "body=nowhere"]
)
@pytest.mark.parametrize("path", ["requests", "remedies", "items", "work-records"])
def test_a_broken_address_is_no_error(path: str, query: str, at: Callable[[str], Client]) -> None:
    assert at("officer").get(f"/desk/{path}/?{query}").status_code == 200


def test_filters_stay_while_one_turns_pages(at: Callable[[str], Client]) -> None:
    client = at("officer")
    first = client.get("/desk/requests/?search=资金&state=closed").content.decode()
    assert first.count("已办结</span>") == 50
    assert "KJJ-2024-0001" not in first
    following = first.partition('<a class="button" href="?')[2].partition('"')[0].replace("&amp;", "&")
    assert "state=closed" in following
    second = client.get(f"/desk/requests/?{following}").content.decode()
    assert second.count("已办结</span>") == 9


def test_an_open_request_shows_how_late_it_is(at: Callable[[str], Client], made: Made) -> None:
    listed = at("leader").get("/desk/requests/?state=open").content.decode()
    assert "逾期</span>" in listed
    assert "2024年4月1日（周一）" in listed
    shown = at("leader").get(f"/desk/requests/{made.open}/").content.decode()
    assert "2024年3月4日（周一）：收到申请，当日不计，自次日起 20 个工作日（条例第31条第1项）。" in shown
    assert "登记申请和办理情况由公开专员、承办人办理，您没有这个角色" in shown


WEEKDAYS = Calendar(frozenset(), frozenset(), frozenset(range(2019, 2027)))


@pytest.mark.parametrize(
    ("today", "kind", "word", "left"),
    [
        ("2026-03-23", "note", "办理中", "还剩 6 个工作日"),
        ("2026-03-24", "soon", "即将到期", "还剩 5 个工作日"),
        ("2026-03-31", "soon", "即将到期", "今日到期"),
        ("2026-04-01", "error", "逾期", "已过 1 个工作日"),
    ],
)
def test_the_light_of_a_request(today: str, kind: str, word: str, left: str) -> None:
    from datetime import date

    case = parse(
        {"number": "1", "agency": "a", "applicant": {"kind": "business"}, "subject": "", "channel": "in_person",
         "events": [{"kind": "submitted", "on": "2026-03-03"}]}
    )  # fmt: skip
    day = date.fromisoformat(today)
    lit = light(read_clock(case, WEEKDAYS, day), WEEKDAYS, day.toordinal())
    assert (lit.kind, lit.word, lit.due, lit.left) == (kind, word, "2026年3月31日（周二）", left)


def test_who_asked_is_nowhere_but_behind_a_reason(
    at: Callable[[str], Client], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    officer = at("officer")
    refused = officer.post("/desk/requests/new/", {**FORM, "evidence": ""})
    assert refused.status_code == 400
    path = officer.post("/desk/requests/new/", FORM).headers["Location"]
    seen = [
        officer.get(path).content.decode(),
        officer.get("/desk/requests/").content.decode(),
        "".join(map(str, load_workbook(BytesIO(officer.get("/desk/requests/?as=xlsx").content)).active.values)),
        "\n".join(exchange.lines()),
    ]
    assert "没有符合条件的申请" in officer.get(f"/desk/requests/?search={NAME}").content.decode()
    no_reason = officer.post(path, {"do": "unmask", "because": "  "})
    assert no_reason.status_code == 400
    assert "查看理由：没有填写" in no_reason.content.decode()
    for who in ("leader", "adviser", "office", "elsewhere", "system"):
        response = at(who).post(path, {"do": "unmask", "because": "看看"})
        assert response.status_code == 403
        seen.append(response.content.decode())
    shown = officer.post(path, {"do": "unmask", "because": "邮寄答复书"})
    assert shown.headers["Cache-Control"] == "no-store"
    for each in (NAME, ID_NUMBER, CONTACT):
        assert each in shown.content.decode()
    entry = Entry.objects.get(kind="identity.unmasked")
    assert (entry.actor, entry.facts) == ("zhuanyuan", '{"because":"邮寄答复书"}')
    seen += [officer.get(path).content.decode(), no_reason.content.decode(), caplog.text]
    seen += list(Entry.objects.values_list("facts", flat=True))
    for each in (NAME, ID_NUMBER, CONTACT):
        assert not any(each in text for text in seen)


@pytest.mark.parametrize(
    ("wrong", "said", "field"),
    [
        ({"id_number": "110105194912310021"}, "证件号码：与居民身份证的校验位不符", "id_number"),
        ({"id_kind": "credit"}, "证件号码：与统一社会信用代码的校验位不符", "id_number"),
        ({"number": "KJJ-2024-0001"}, "申请编号：“KJJ-2024-0001”已经用过", "number"),
        ({"number": "号" * 65}, "申请编号：有65个字", "number"),
        ({"subject": " "}, "申请内容：没有填写", "subject"),
        ({"evidence": ""}, "依据：没有填写", "evidence"),
        ({"channel": ""}, "接收渠道：没有选择", "channel"),
        ({"applicant_kind": "martian"}, "申请人类别：没有选择", "applicant_kind"),
        ({"submitted_on": "三月四日"}, "提交申请的日子：“三月四日”不是日期", "submitted_on"),
        ({"submitted_on": "2999-01-01"}, "提交申请的日子：2999-01-01还没有到", "submitted_on"),
        ({"submitted_on": ""}, "提交申请的日子：没有填写", "submitted_on"),
        ({"receipt_on": "2024-03-05"}, "签收或确认收到的日子：这一渠道不另行签收、确认", "receipt_on"),
        (
            {"channel": "internet", "receipt_on": "2024-03-01"},
            "签收或确认收到的日子：早于前一个事件",
            "receipt_on",
        ),
        (
            {"channel": "registered_mail", "submitted_on": "", "receipt_on": ""},
            "签收或确认收到的日子：没有填写",
            "receipt_on",
        ),
    ],
)
def test_a_request_that_cannot_be_registered_keeps_what_was_typed(
    wrong: dict[str, str], said: str, field: str, at: Callable[[str], Client]
) -> None:
    given = FORM | wrong
    response = at("officer").post("/desk/requests/new/", given)
    shown = response.content.decode()
    assert response.status_code == 400
    assert said in shown
    assert f'id="{field}-error"' in shown or field == "channel"
    for name in ("number", "name", "contact", "id_number"):
        assert f'value="{given[name]}"' in shown


def test_all_faults_of_a_form_are_told_at_once(at: Callable[[str], Client]) -> None:
    response = at("handler").post("/desk/requests/new/", {"body": "qinglan-kjj"})
    listed = response.content.decode().partition("<ul>")[2].partition("</ul>")[0]
    assert [each.partition("：")[0] for each in listed.split("<li>")[1:]] == [
        "申请编号", "申请内容", "依据", "接收渠道", "申请人类别", "提交申请的日子",
    ]  # fmt: skip


def test_nobody_registers_for_another_body(at: Callable[[str], Client]) -> None:
    response = at("elsewhere").post("/desk/requests/new/", FORM)
    assert response.status_code == 403
    assert "您的角色不及于青澜县科学技术局" in response.content.decode()


def test_an_unconfirmed_request_waits_and_is_then_confirmed(at: Callable[[str], Client]) -> None:
    officer = at("officer")
    path = officer.post("/desk/requests/new/", {**FORM, "channel": "internet"}).headers["Location"]
    shown = officer.get(path).content.decode()
    assert "待确认" in shown
    offered = shown.partition('<ul class="acts">')[2].partition("</ul>")[0]
    assert [each.partition("#")[0] for each in offered.split("?act=")[1:]] == ["receipt_confirmed", "withdrawn"]
    event = {"act": "receipt_confirmed", "on": "2024-03-05", "evidence": "电话记录"}
    assert officer.post(path, event).status_code == 302
    assert "与申请人确认收到" in officer.get(path).content.decode()


REPLIED = {"act": "replied", "approver": "程望舒"}


def test_a_reply_closes_a_request(at: Callable[[str], Client], made: Made) -> None:
    event = {**REPLIED, "on": "2024-03-29", "outcome": "partial", "way": "post", "evidence": "告知书第1号"}
    path = f"/desk/requests/{made.open}/"
    assert at("handler").post(path, event).status_code == 302
    shown = at("leader").get(path).content.decode()
    for each in ("已办结</span>", "2024年3月29日（周五）", "邮寄", "告知书第1号", "陆一鸣登记"):
        assert each in shown


@pytest.mark.parametrize(
    ("event", "said", "field"),
    [
        ({**REPLIED, "on": "2024-03-29", "evidence": "告知书"}, "办理结果：没有填写", "outcome"),
        ({**REPLIED, "outcome": "granted", "evidence": "告知书"}, "日子：没有填写", "on"),
        ({**REPLIED, "outcome": "granted", "on": "2024-03-29"}, "依据：没有填写", "evidence"),
        ({**REPLIED, "outcome": "granted", "on": "2024-03-01", "evidence": "告知书"}, "早于前一个事件", "on"),
        ({**REPLIED, "outcome": "granted", "on": "2999-03-01", "evidence": "告知书"}, "还没有到", "on"),
        (
            {"act": "replied", "outcome": "granted", "on": "2024-03-29", "evidence": "告知书"},
            "批准人：没有填写",
            "approver",
        ),
        (
            {"act": "extended", "on": "2024-03-29", "workdays": "20", "evidence": "延期告知书"},
            "批准人：没有填写",
            "approved_by",
        ),
        (
            {"act": "extended", "on": "2024-03-29", "workdays": "21", "approved_by": "程望舒", "evidence": "告知书"},
            "延长21个工作日；应为1至20个工作日",
            "on",
        ),
        (
            {"act": "correction_requested", "on": "2024-03-05", "deadline_on": "2024-03-01", "evidence": "告知书"},
            "期限至：“2024-03-01”早于事件当日",
            "deadline_on",
        ),
        (
            {"act": "fee_notified", "on": "2024-03-05", "amount": "三百", "basis": "pages", "evidence": "通知书"},
            "金额（元）：“三百”不能用",
            "amount",
        ),
        (
            {"act": "correction_requested", "on": "2024-03-20", "deadline_on": "2024-04-01", "evidence": "补正告知书"},
            "条例第30条",
            "",
        ),
        ({"act": "fee_paid", "on": "2024-03-20", "evidence": "票据"}, "没有待缴的费用", "on"),
    ],
)  # fmt: skip
def test_an_event_that_cannot_be_says_why_at_its_field_and_keeps_the_rest(
    event: dict[str, str], said: str, field: str, at: Callable[[str], Client], made: Made
) -> None:
    response = at("officer").post(f"/desk/requests/{made.open}/", event)
    shown = response.content.decode()
    assert response.status_code == 400
    assert said in shown
    if event["act"] != "fee_paid":
        assert not field or f'id="{field}-error"' in shown
        for name in set(event) - {"act", "outcome", "basis"}:
            assert f'value="{event[name]}"' in shown
        for name in set(event) & {"outcome", "basis"}:
            assert f'value="{event[name]}" selected' in shown


def test_a_step_sent_twice_is_taken_once(at: Callable[[str], Client], made: Made) -> None:
    path = f"/desk/requests/{made.open}/"
    event = {"act": "reasons_received", "on": "2024-03-29", "evidence": "说明", "seen": "1"}
    assert 'name="seen" value="1"' in at("officer").get(f"{path}?act=reasons_received").content.decode()
    assert at("officer").post(path, event).status_code == 302
    again = at("handler").post(path, event)
    assert again.status_code == 400
    assert "已经登记了新的一步" in again.content.decode()
    assert again.content.decode().count("收到理由</strong>") == 1


def test_only_who_enters_may_append(at: Callable[[str], Client], made: Made) -> None:
    event = {"act": "withdrawn", "on": "2024-03-29", "evidence": "撤回申请书"}
    for who in ("leader", "head", "adviser", "office", "elsewhere", "system"):
        assert at(who).post(f"/desk/requests/{made.open}/", event).status_code == 403
    assert at("officer").post(f"/desk/requests/{made.open}/", {"act": "burn"}).status_code == 403
    assert at("officer").get("/desk/requests/999999/").status_code == 404
    assert at("officer").post("/desk/requests/999999/", {"do": "unmask", "because": "x"}).status_code == 404


def test_what_is_not_possible_now_is_grey_with_its_reason(at: Callable[[str], Client], made: Made) -> None:
    shown = at("officer").get(f"/desk/requests/{made.closed}/?act=extended").content.decode()
    assert "延长答复期限：现在是“已办结”，这一步在“办理中”时办" in shown
    assert 'name="workdays"' not in shown


def test_a_remedy_is_entered_and_closed(at: Callable[[str], Client], made: Made) -> None:
    adviser = at("adviser")
    given = {
        "body": "qinglan-kjj", "number": "SS-2024-1", "case": "KJJ-2024-0003", "kind": "litigation_direct",
        "accepted_on": "2024-06-03", "instance": "1", "evidence": "应诉通知书",
    }  # fmt: skip
    wrong = adviser.post("/desk/remedies/new/", {**given, "case": "KJJ-1999-1", "evidence": ""})
    assert wrong.status_code == 400
    assert 'value="SS-2024-1"' in wrong.content.decode()
    unknown = adviser.post("/desk/remedies/new/", {**given, "case": "KJJ-1999-1"}).content.decode()
    assert "所涉申请的编号：没有编号为“KJJ-1999-1”的申请" in unknown
    path = adviser.post("/desk/remedies/new/", given).headers["Location"]
    half = adviser.post(path, {"closed_on": "2024-09-02", "evidence": "判决书"})
    assert "结果：没有填写" in half.content.decode()
    assert 'value="2024-09-02"' in half.content.decode()
    early = adviser.post(path, {"closed_on": "2024-01-02", "result": "upheld", "evidence": "判决书"})
    assert "审结日：“2024-01-02”早于受理日2024-06-03" in early.content.decode()
    closing = {"closed_on": "2024-09-02", "result": "upheld", "decision": "驳回诉讼请求", "evidence": "判决书"}
    assert at("leader").post(path, closing).status_code == 403
    assert adviser.post(path, closing).status_code == 302
    shown = at("leader").get(path).content.decode()
    assert "结果维持</span>" in shown
    assert "应诉通知书；判决书" in shown
    of_request = at("officer").get(f"/desk/requests/{made.closed}/").content.decode()
    assert "FY-1" in of_request
    assert "尚未审结" in of_request


def test_a_cell_is_stated_corrected_and_differs_from_its_lines(at: Callable[[str], Client]) -> None:
    path = "/desk/statements/qinglan-kjj/2020/procurement/"
    officer = at("officer")
    for name, amount in (("服务器", "0.63402"), ("印刷", "0.3")):
        line = {"do": "line", "name": name, "amount": amount, "evidence": "采购合同"}
        assert officer.post(path, line).status_code == 302
    year = officer.get("/desk/statements/?body=qinglan-kjj&year=2020").content.decode()
    assert "0.93402</a>" in year
    assert "14格没有登记" in year
    bad = officer.post(path, {"do": "state", "column": "items", "value": "九", "evidence": "采购台账"})
    assert bad.status_code == 400
    assert "数：“九”不是数；应为整数" in bad.content.decode()
    assert 'value="九"' in bad.content.decode()
    assert 'value="采购台账"' in bad.content.decode()
    for value in ("8", "9"):
        given = {"do": "state", "column": "items", "value": value, "evidence": "采购台账"}
        assert officer.post(path, given).status_code == 302
    shown = at("leader").get(path).content.decode()
    assert "登记为9，逐件台账为2" in shown
    assert '<s class="num">8</s>' in shown
    assert 'name="value"' not in shown
    assert "登记为9，逐件台账为2" in officer.get("/desk/statements/?body=qinglan-kjj&year=2020").content.decode()
    for who in ("leader", "adviser", "office", "elsewhere", "auditor"):
        assert at(who).post(path, {"do": "state", "column": "items", "value": "1", "evidence": "x"}).status_code == 403


def test_not_applicable_is_no_zero(at: Callable[[str], Client]) -> None:
    path = "/desk/statements/qinglan-kjj/2024/coercive/"
    given = {"do": "state", "column": "decisions", "value": "不适用", "evidence": "本机关没有行政强制职权"}
    assert at("head").post(path, given).status_code == 302
    assert "不适用</span>" in at("head").get(path).content.decode()


def test_documents_stand_behind_their_row(at: Callable[[str], Client]) -> None:
    path = "/desk/statements/qinglan-kjj/2024/normative/"
    shown = at("leader").get(path).content.decode()
    assert "60</span>" in shown
    assert shown.count('href="/desk/items/') >= 50
    refused = at("officer").post(path, {"do": "line", "name": "通知", "decisions": "1", "evidence": "目录"})
    assert "在主动公开信息里逐件登记" in refused.content.decode()


def test_a_line_is_withdrawn_with_a_reason(at: Callable[[str], Client]) -> None:
    path = "/desk/statements/qinglan-kjj/2024/licences/"
    head = at("head")
    bad = head.post(path, {"do": "line", "name": "许可甲", "decisions": "几件", "evidence": "许可台账"})
    assert "处理决定数量：“几件”不是整数" in bad.content.decode()
    assert 'value="许可甲"' in bad.content.decode()
    head.post(path, {"do": "line", "name": "许可甲", "decisions": "4", "evidence": "许可台账"})
    line = head.get(path).content.decode().partition('name="line" value="')[2].partition('"')[0]
    without = head.post(path, {"do": "withdraw", "line": line, "because": ""})
    assert "撤回理由：没有填写" in without.content.decode()
    foreign = head.post(
        "/desk/statements/qinglan-kjj/2024/penalties/", {"do": "withdraw", "line": line, "because": "错"}
    )
    assert foreign.status_code == 400
    assert head.post(path, {"do": "withdraw", "line": line, "because": "重复登记"}).status_code == 302
    assert "逐项 0 项" in head.get(path).content.decode()


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/desk/statements/?year=2018", 400),
        ("/desk/statements/?body=nowhere", 404),
        ("/desk/statements/qinglan-kjj/2018/rules/", 404),
        ("/desk/statements/qinglan-kjj/2024/visits/", 404),
        ("/desk/statements/qinglan-mzj/2024/rules/", 403),
    ],
)
def test_a_year_that_is_not_there(path: str, status: int, at: Callable[[str], Client]) -> None:
    assert at("officer").get(path).status_code == status


def test_an_item_is_entered(at: Callable[[str], Client]) -> None:
    given = {
        "body": "qinglan-kjj", "source_id": "Y1", "column": "通知公告", "title": "关于申报项目的通知",
        "formed_on": "2024-05-06", "published_on": "2024-05-05", "body_text": "各单位：申报开始。",
    }  # fmt: skip
    bad = at("officer").post("/desk/items/new/", given).content.decode()
    assert "成文日：晚于公布日2024-05-05" in bad
    assert 'value="关于申报项目的通知"' in bad
    assert "各单位：申报开始。</textarea>" in bad
    path = at("officer").post("/desk/items/new/", {**given, "published_on": "2024-05-07"}).headers["Location"]
    assert "各单位：申报开始。" in at("leader").get(path).content.decode()
    found = at("leader").get("/desk/items/?column=通知公告&year=2024").content.decode()
    assert found.count("<tr>") == 2
    assert at("leader").post("/desk/items/new/", given).status_code == 403


def test_work_is_recorded_and_withdrawn(at: Callable[[str], Client]) -> None:
    given = {
        "do": "record", "body": "qinglan-kjj", "kind": "check", "on": "2024-08-01", "title": "栏目自查", "found": "3",
        "rectified": "4", "evidence": "自查报告",
    }  # fmt: skip
    handler = at("handler")
    bad = handler.post("/desk/work-records/", given).content.decode()
    assert "已整改数：4多于发现的3" in bad
    assert 'value="栏目自查"' in bad
    assert (
        handler.post("/desk/work-records/?year=2024", {**given, "rectified": "3"}).headers["Location"]
        == "/desk/work-records/?year=2024"
    )
    shown = handler.get("/desk/work-records/").content.decode()
    assert "发现3个，已改3个" in shown
    assert 'name="because"' not in at("leader").get("/desk/work-records/").content.decode()
    number = shown.partition('name="work" value="')[2].partition('"')[0]
    withdrawal = {"do": "withdraw", "work": number, "because": "登记重复"}
    assert at("elsewhere").post("/desk/work-records/", withdrawal).status_code == 403
    assert handler.post("/desk/work-records/", withdrawal).status_code == 302
    assert "栏目自查" not in handler.get("/desk/work-records/").content.decode()
    assert at("leader").post("/desk/work-records/", given).status_code == 403


def test_a_sheet_runs_no_formula(at: Callable[[str], Client]) -> None:
    assert at("officer").post("/desk/requests/new/", {**FORM, "subject": "=1+1"}).status_code == 302
    body = at("officer").get("/desk/requests/?as=xlsx&search=KJJ-2024-0901").content
    rows = list(load_workbook(BytesIO(body)).active.iter_rows())
    assert (rows[1][2].value, rows[1][2].data_type) == ("=1+1", "s")
