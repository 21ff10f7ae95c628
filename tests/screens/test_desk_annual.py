"""The annual report at the desk: who sees and does what, the cost of a page, nothing typed lost, files read back."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from gongkai.bureau.annual import drafting, report_queries, statements, steps
from gongkai.bureau.annual.models import AnnualReport, Certificate, FrozenMember, ReportStep
from gongkai.bureau.casework import services as casework
from gongkai.bureau.casework.models import Request
from gongkai.bureau.ledger.models import Entry
from gongkai.bureau.orgs import demo
from gongkai.bureau.orgs.models import Person
from gongkai.documents.annual_report import read
from gongkai.screens.desk.views.annual_part import prose_html
from gongkai.statute.report.drafting import Link, Passage

# the services beneath are tested on both databases: tests/bureau/test_report_*
pytestmark = pytest.mark.alike

PEOPLE = {
    "officer": "zhuanyuan", "handler": "chengban", "head": "kezhang", "reviewer": "baomi", "adviser": "falv",
    "leader": "lingdao", "office": "zhuguan", "elsewhere": "mzj-zhuanyuan", "system": "xitong", "security": "anquan",
    "auditor": "shenji",
}  # fmt: skip
OWN = {"officer", "handler", "head", "reviewer", "adviser", "leader"}
READERS = OWN | {"office"}
BUSINESS = READERS | {"elsewhere"}
KJJ = "qinglan-kjj"
EVIL = "<script>alert('甲')</script>&amp;"
PDF = b"%PDF-1.7 signed and sealed"
PAGES: dict[str, set[str]] = {
    "/desk/annual/": BUSINESS,
    "/desk/annual/?body=qinglan-kjj": BUSINESS,
    "/desk/annual/{draft}/": READERS,
    "/desk/annual/{frozen}/": READERS,
    "/desk/annual/{published}/": READERS,
    "/desk/annual/{draft}/cells/requests/new/total/": READERS,
    "/desk/annual/{frozen}/cells/requests/refused.state_secret/natural_person/": READERS,
    "/desk/annual/{published}/cells/proactive/licences/decisions/": READERS,
    "/desk/annual/{draft}/cells/proactive/coercive/decisions/": READERS,
    "/desk/annual/{draft}/parts/on_request/": READERS,
    "/desk/annual/{published}/parts/lead/": READERS,
    "/desk/annual/{draft}/carried/": READERS,
    "/desk/annual/{frozen}/carried/": READERS,
    "/desk/rounds/": {"office"},
}
FILES: dict[str, set[str]] = {
    **{f"/desk/annual/{{{state}}}/download/{to}/": READERS
       for state in ("draft", "published") for to in ("docx", "pdf", "xlsx", "json", "csv")},
    "/desk/annual/{published}/package/": {"officer"},
}  # fmt: skip
NOT_THERE = (
    "/desk/annual/999999/", "/desk/annual/99999999999999999999999999/", "/desk/annual/999999/carried/",
    "/desk/annual/999999/package/", "/desk/annual/999999/download/pdf/", "/desk/annual/999999/parts/lead/",
    "/desk/annual/999999/cells/requests/new/total/", "/desk/annual/{draft}/cells/nothing/new/total/",
    "/desk/annual/{draft}/cells/requests/nothing/total/", "/desk/annual/{draft}/cells/requests/new/nothing/",
    "/desk/annual/{draft}/cells/requests/other/total/", "/desk/annual/{draft}/parts/appendix/",
    "/desk/annual/{draft}/download/exe/", "/desk/annual/{draft}/download/html/",
)  # fmt: skip


@dataclass(frozen=True)
class Made:
    draft: int
    frozen: int
    published: int


def person(who: str) -> Person:
    return Person.objects.get(username=PEOPLE[who])


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """Three reports in three states; made once for the module and rolled back after it."""
    from django.conf import settings

    kept = settings.HOME, settings.FILES, settings.PASSWORD_HASHERS
    settings.HOME = tmp_path_factory.mktemp("home")
    settings.FILES = settings.HOME / "files"
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
    settings.HOME, settings.FILES, settings.PASSWORD_HASHERS = kept


def _fill() -> Made:
    for year, count in ((2022, 2), (2023, 3), (2024, 60)):
        for number in range(1, count + 1):
            events: list[dict[str, object]] = [{"kind": "submitted", "on": f"{year}-03-04"}]
            if number > 1:
                events.append({"kind": "replied", "on": f"{year}-03-20", "outcome": "granted", "way": "post"})
            casework.register(
                person("officer"), body=KJJ, number=f"KJJ-{year}-{number:04}", applicant_kind="natural_person",
                names=(None, None, None), subject=f"{EVIL}第{number}项", channel="in_person", events=events,
                evidence="申请书",
            )  # fmt: skip
        statements.state(person("officer"), KJJ, year, "licences", "decisions", 12, f"许可台账{EVIL}")
    reports = [drafting.start(person("officer"), KJJ, year) for year in (2022, 2023, 2024)]
    for report in reports[:2]:
        for part, passage in AnnualReport.objects.get(pk=report).passages.items():
            text = re.sub(r"【请填写：[^】]*】", f"按规定办理{EVIL}", passage["text"])
            drafting.write_part(person("officer"), report, part, text)
        steps.take_step(person("officer"), report, "submit", {"confirm_zero": "1"})
        steps.take_step(person("head"), report, "pass_review")
    paper = {"approver": "陈明远", "approved_on": "2025-01-20"}
    steps.take_step(person("officer"), reports[0], "register_paper_approval", paper, PDF)
    steps.take_step(person("officer"), reports[0], "publish")
    return Made(reports[2], reports[1], reports[0])


@pytest.fixture
def at(made: Made, db: None) -> Callable[[str], Client]:
    """A browser signed in as one of the cast."""

    def signed_in(who: str) -> Client:
        client = Client()
        client.force_login(person(who), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


# --- who sees what ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", sorted(PEOPLE))
def test_each_page_is_for_its_roles_and_their_bodies(who: str, at: Callable[[str], Client], made: Made) -> None:
    client = at(who)
    found = {path: client.get(path.format(**vars(made))).status_code for path in (*PAGES, *FILES)}
    assert found == {path: 200 if who in may else 403 for path, may in {**PAGES, **FILES}.items()}


def test_nobody_is_here_without_signing_in(made: Made, db: None) -> None:
    for path in (*PAGES, *FILES):
        response = Client().get(path.format(**vars(made)))
        assert (response.status_code, response.headers["Location"].partition("?")[0]) == (302, "/accounts/login/")


def test_what_is_not_there(at: Callable[[str], Client], made: Made) -> None:
    client = at("officer")
    assert {path: client.get(path.format(**vars(made))).status_code for path in NOT_THERE} == dict.fromkeys(
        NOT_THERE, 404
    )
    for path in ("/desk/annual/999999/parts/lead/", "/desk/annual/999999/parts/lead/preview/",
                 "/desk/annual/999999/steps/submit/", "/desk/annual/999999/extra/"):  # fmt: skip
        assert client.post(path, {"text": "甲"}).status_code == 404


def test_looking_changes_nothing(at: Callable[[str], Client], made: Made) -> None:
    def all_there_is() -> list[Any]:
        tables = (AnnualReport, Certificate, ReportStep, FrozenMember, Request)
        return [list(model.objects.order_by("pk").values()) for model in tables] + [Entry.objects.count()]

    clients = [at(who) for who in ("officer", "leader", "office")]
    before = all_there_is()
    for client in clients:
        for path in (*PAGES, *FILES, *NOT_THERE):
            client.get(path.format(**vars(made)))
    for path in (*PAGES, *FILES):
        clients[0].head(path.format(**vars(made)))
    for path in ("steps/submit/", "extra/", "parts/lead/preview/"):
        assert clients[0].get(f"/desk/annual/{made.draft}/{path}").status_code == 405
    assert all_there_is() == before


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_sound_html_uncached_and_without_inline_code(
    path: str,
    at: Callable[[str], Client],
    made: Made,
    inline_code: Callable[[str], list[str]],
    parse: Callable[[str], object],
) -> None:
    response = at("office" if "rounds" in path else "officer").get(path.format(**vars(made)))
    shown = response.content.decode()
    assert response.headers["Cache-Control"] == "no-store"
    assert inline_code(shown) == []
    assert "<script>alert" not in shown
    parse(shown)


@pytest.mark.parametrize(
    ("who", "state", "offered"),
    [
        ("officer", "draft", {"submit"}), ("head", "draft", set()), ("leader", "draft", set()),
        ("officer", "frozen", {"register_paper_approval"}), ("head", "frozen", {"return_"}),
        ("leader", "frozen", {"return_", "approve"}), ("office", "frozen", set()),
        ("officer", "published", {"correct", "file_package"}), ("leader", "published", set()),
    ],
)  # fmt: skip
def test_a_page_offers_the_steps_of_its_reader(
    who: str, state: str, offered: set[str], at: Callable[[str], Client], made: Made
) -> None:
    report = getattr(made, state)
    shown = at(who).get(f"/desk/annual/{report}/").content.decode()
    assert set(re.findall(rf'action="/desk/annual/{report}/steps/(\w+)/"', shown)) == offered
    assert ("起草一份年度报告" in at(who).get("/desk/annual/").content.decode()) is (who == "officer")


# --- what a page costs ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "most"),
    [("/desk/annual/", 14), ("/desk/annual/{draft}/", 45), ("/desk/annual/{frozen}/", 50),
     ("/desk/annual/{draft}/cells/requests/granted/total/", 30),
     ("/desk/annual/{frozen}/cells/requests/granted/total/", 14), ("/desk/annual/{draft}/parts/on_request/", 45),
     ("/desk/annual/{draft}/carried/", 38)],
)  # fmt: skip
def test_a_page_asks_the_database_as_often_for_many_records_as_for_few(
    path: str, most: int, at: Callable[[str], Client], made: Made, django_assert_max_num_queries: Any
) -> None:
    client, address = at("officer"), path.format(**vars(made))
    client.get(address)
    with django_assert_max_num_queries(most) as before:
        client.get(address)
    for number in range(100, 120):
        for year in (2023, 2024):
            casework.register(
                person("officer"), body=KJJ, number=f"KJJ-{year}-{number:04}", applicant_kind="business",
                names=(None, None, None), subject="资金", channel="in_person", evidence="申请书",
                events=[{"kind": "submitted", "on": f"{year}-05-06"},
                        {"kind": "replied", "on": f"{year}-05-20", "outcome": "granted", "way": "post"}],
            )  # fmt: skip
    for year in range(2019, 2022):
        drafting.start(person("officer"), KJJ, year)
    with django_assert_max_num_queries(most) as after:
        client.get(address)
    assert len(after) - len(before) <= 1


def test_a_cell_turns_its_pages(at: Callable[[str], Client], made: Made) -> None:
    client = at("leader")
    address = f"/desk/annual/{made.draft}/cells/requests/new/total/"
    first = client.get(address).content.decode()
    assert first.count("KJJ-2024-") == 50
    following = first.partition('<a class="button" href="?')[2].partition('"')[0].replace("&amp;", "&")
    second = client.get(f"{address}?{following}").content.decode()
    assert second.count("KJJ-2024-") == 10
    for wrong in ("x", "²", "9" * 50, "2024-01-01~x"):
        assert client.get(f"{address}?after={wrong}").status_code == 200
        assert client.get(f"/desk/annual/{made.frozen}/cells/requests/new/total/?after={wrong}").status_code == 200


def test_a_figure_leads_to_its_records_and_they_to_the_request(at: Callable[[str], Client], made: Made) -> None:
    shown = at("leader").get(f"/desk/annual/{made.draft}/").content.decode()
    assert f'href="/desk/annual/{made.draft}/cells/requests/carried_out/natural_person/"' in shown
    cell = at("leader").get(f"/desk/annual/{made.draft}/cells/requests/carried_out/natural_person/").content.decode()
    request = Request.objects.get(number="KJJ-2024-0001").pk
    assert f'href="/desk/requests/{request}/"' in cell
    assert "报告里是" in cell


# --- bad input keeps what was typed -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "said", "status"),
    [
        ({"body": KJJ, "year": "2024"}, "2024年度的报告已经有了", 400),
        ({"body": KJJ, "year": "2018"}, "不能起草2018年度", 400),
        ({"body": KJJ, "year": ""}, "不能起草0年度", 400),
        ({"body": KJJ, "year": "²"}, "不能起草0年度", 400),
        ({"body": KJJ, "year": "9" * 5000}, "不能起草0年度", 400),
        ({"body": "qinglan-mzj", "year": "2023"}, "您的角色不及于", 403),
        ({"body": "nowhere", "year": "2023"}, "您的角色不及于这个机关", 403),
        ({}, "您的角色不及于这个机关", 403),
    ],
)
def test_a_report_that_cannot_be_opened(
    given: dict[str, str], said: str, status: int, at: Callable[[str], Client]
) -> None:
    response = at("officer").post("/desk/annual/", given)
    assert response.status_code == status
    assert said in response.content.decode()


def test_an_officer_opens_a_draft(at: Callable[[str], Client]) -> None:
    response = at("officer").post("/desk/annual/", {"body": KJJ, "year": "2021"})
    made = AnnualReport.objects.get(year=2021)
    assert response.headers["Location"] == f"/desk/annual/{made.pk}/"
    assert at("head").post("/desk/annual/", {"body": KJJ, "year": "2020"}).status_code == 403


@pytest.mark.parametrize(
    ("who", "state", "act", "given", "said", "kept"),
    [
        ("leader", "frozen", "return_", {"reasons": "理" * 2001}, "退回理由：有2001个字", "理" * 2001),
        ("leader", "frozen", "return_", {"reasons": " "}, "退回理由：没有填写", 'name="reasons"'),
        ("officer", "published", "correct", {"note": "因" * 2001}, "更正说明", "因" * 2001),
        ("officer", "frozen", "register_paper_approval", {"approver": "陈明远", "approved_on": "2025-01-20"},
         "签批件扫描件：没有填写", 'value="陈明远"'),
        ("officer", "frozen", "register_paper_approval", {"approver": "王建国", "approved_on": "2999-01-20"},
         "批准日期：还没有到", 'value="2999-01-20"'),
        ("officer", "draft", "submit", {}, "还有【请填写】没有填完", "2024年年度报告"),
        ("officer", "draft", "publish", {}, "公布：报告现在是“起草”", "2024年年度报告"),
        ("officer", "draft", "burn", {}, "没有“burn”这一步", "2024年年度报告"),
    ],
)  # fmt: skip
def test_a_step_refused_keeps_what_was_typed(
    who: str, state: str, act: str, given: dict[str, str], said: str, kept: str, at: Callable[[str], Client], made: Made
) -> None:
    report = getattr(made, state)
    before = AnnualReport.objects.get(pk=report).state
    response = at(who).post(f"/desk/annual/{report}/steps/{act}/", given)
    shown = response.content.decode()
    assert response.status_code == 400
    assert said in shown
    assert kept in shown
    assert AnnualReport.objects.get(pk=report).state == before


@pytest.mark.parametrize(
    ("who", "act", "said"),
    [
        ("handler", "return_", "您在青澜县科学技术局没有办理“退回修改”的角色。"),
        ("office", "approve", "批准年度报告由分管领导办理，您没有这个角色。"),
        ("officer", "approve", "批准年度报告由分管领导办理，您没有这个角色。"),
    ],
)
def test_a_step_of_another_role_is_refused_on_its_page(
    who: str, act: str, said: str, at: Callable[[str], Client], made: Made
) -> None:
    response = at(who).post(f"/desk/annual/{made.frozen}/steps/{act}/", {"reasons": "退"})
    assert (response.status_code, said in response.content.decode()) == (403, True)
    assert at("elsewhere").post(f"/desk/annual/{made.frozen}/steps/{act}/", {"reasons": "退"}).status_code == 403


def test_a_scan_is_sent_with_the_form(at: Callable[[str], Client], made: Made) -> None:
    given = {"approver": "陈明远", "approved_on": "2025-01-20"}
    address = f"/desk/annual/{made.frozen}/steps/register_paper_approval/"
    wrong = at("officer").post(address, {**given, "scan": SimpleUploadedFile("签批.docx", b"PK word")})
    assert "签批件扫描件：不是扫描件的格式；应为PDF、JPG或PNG文件" in wrong.content.decode()
    done = at("officer").post(address, {**given, "scan": SimpleUploadedFile("签批.jpg", b"\xff\xd8\xff picture")})
    assert done.status_code == 302
    archive = zipfile.ZipFile(io.BytesIO(at("officer").get(f"/desk/annual/{made.frozen}/package/").content))
    assert "4.签批件扫描件.jpg" in archive.namelist()


def test_rows_of_a_local_profile_keep_what_was_typed(at: Callable[[str], Client], made: Made) -> None:
    from gongkai.bureau.annual import rounds

    report = drafting.start(person("officer"), KJJ, 2020)
    assert "本地要求的各行" not in at("officer").get(f"/desk/annual/{report}/").content.decode()
    rounds.choose_profile(person("office"), "qinglan", "hubei", 2019)
    address = f"/desk/annual/{report}/extra/"
    cells = {"other_documents.made": "12", "other_documents.disclosed": "十二", "other_documents.public_total": "/"}
    response = at("officer").post(address, cells)
    shown = response.content.decode()
    assert response.status_code == 400
    assert "其他主动公开文件 本年新公开数量：“十二”不能用；应为整数、金额或者“/”" in shown
    for value in cells.values():
        assert f'value="{value}"' in shown
    assert AnnualReport.objects.get(pk=report).extra_rows == {}
    response = at("officer").post(address, {**cells, "other_documents.disclosed": ""})
    assert response.status_code == 302
    assert AnnualReport.objects.get(pk=report).extra_rows == {
        "other_documents": {"made": 12, "disclosed": None, "public_total": "n/a"}
    }
    assert 'value="/"' in at("officer").get(f"/desk/annual/{report}/").content.decode()


# --- the editor -------------------------------------------------------------------------------------------------------


def stored(report: int, part: str) -> str:
    return str(AnnualReport.objects.get(pk=report).passages[part]["text"])


def test_the_buttons_of_the_editor(at: Callable[[str], Client], made: Made) -> None:
    client, address = at("officer"), f"/desk/annual/{made.draft}/parts/problems/"
    seen = stored(made.draft, "problems")
    response = client.post(address, {"text": "收到件。\r\n", "seen": seen, "do": "insert", "position": "2",
                                     "key": "requests.new.total"})  # fmt: skip
    assert response.headers["Location"] == address
    assert stored(made.draft, "problems") == "收到60件。\n"
    response = client.post(address, {"text": "收到60件。好。", "seen": "收到60件。\r\n", "do": "save"})
    assert response.headers["Location"] == f"/desk/annual/{made.draft}/"
    casework.register(
        person("officer"), body=KJJ, number="KJJ-2024-0999", applicant_kind="business", names=(None, None, None),
        subject="资金", channel="in_person", evidence="申请书", events=[{"kind": "submitted", "on": "2024-05-06"}],
    )  # fmt: skip
    shown = client.get(address).content.decode()
    assert "台账现在是61" in shown
    assert "1个已变" in shown
    client.post(address, {"text": "收到60件。好。", "seen": "收到60件。好。", "do": "refresh"})
    assert stored(made.draft, "problems") == "收到61件。好。"
    client.post(address, {"text": "", "seen": "收到61件。好。", "do": "prepare"})
    assert stored(made.draft, "problems") == seen
    end = {"text": "共件", "seen": seen, "do": "insert", "key": "requests.new.total"}
    client.post(address, {**end, "position": "²"})
    assert stored(made.draft, "problems") == "共件61"  # without a readable place, at the end


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"text": "字" * 20_001, "do": "save"}, "正文：有20001个字；应为不超过20000个字"),
        ({"text": "收到12件", "do": "insert", "position": "3", "key": "requests.new.total"}, "紧挨着另一个数字"),
        ({"text": "收到件", "do": "insert", "position": "2", "key": ""}, "台账没有给出这个数"),
        ({"text": "一\x00二", "do": "save"}, "第2个字是不能显示的字符（U+0000）"),
    ],
)
def test_a_text_refused_is_still_on_the_page_and_not_saved(
    given: dict[str, str], said: str, at: Callable[[str], Client], made: Made
) -> None:
    before = stored(made.draft, "problems")
    address = f"/desk/annual/{made.draft}/parts/problems/"
    response = at("officer").post(address, {**given, "seen": before})
    shown = response.content.decode()
    assert response.status_code == 400
    assert said in shown
    assert f">{given['text']}</textarea>" in shown
    assert "现在保存着的文字" not in shown
    assert stored(made.draft, "problems") == before
    # what was refused can be put right and saved: it is no conflict
    typed = re.search(r'name="seen" value="([^"]*)"', shown)
    assert typed
    again = at("officer").post(address, {"text": "改好了。", "seen": typed[1], "do": "save"})
    assert (again.status_code, stored(made.draft, "problems")) == (302, "改好了。")


def test_two_writers_are_shown_to_each_other_and_can_merge(at: Callable[[str], Client], made: Made) -> None:
    client, address = at("officer"), f"/desk/annual/{made.draft}/parts/problems/"
    seen = stored(made.draft, "problems")
    client.post(address, {"text": "甲写的。", "seen": seen, "do": "save"})
    for do in ("save", "stay", "refresh", "insert", "prepare"):
        response = client.post(address, {"text": "乙写的。", "seen": seen, "do": do, "key": "requests.new.total"})
        shown = response.content.decode()
        assert response.status_code == 400
        assert "您打开以后，别人改过这一部分" in shown
        assert "现在保存着的文字" in shown
        assert "甲写的。</p>" in shown
        assert ">乙写的。</textarea>" in shown
        assert stored(made.draft, "problems") == "甲写的。"
    typed = re.search(r'name="seen" value="([^"]*)"', shown)
    assert typed
    client.post(address, {"text": "甲写的。乙写的。", "seen": typed[1], "do": "save"})
    assert stored(made.draft, "problems") == "甲写的。乙写的。"


@pytest.mark.parametrize("who", ["handler", "head", "leader", "office"])
def test_readers_read_and_do_not_write(who: str, at: Callable[[str], Client], made: Made) -> None:
    address = f"/desk/annual/{made.draft}/parts/problems/"
    before = stored(made.draft, "problems")
    shown = at(who).get(address).content.decode()
    assert "readonly" in shown
    assert 'value="save"' not in shown
    assert at(who).post(address, {"text": "改了", "do": "save"}).status_code == 403
    assert at(who).post(f"/desk/annual/{made.draft}/extra/", {"a.b": "1"}).status_code == 403
    assert stored(made.draft, "problems") == before


def test_a_report_that_is_out_is_not_written(at: Callable[[str], Client], made: Made) -> None:
    response = at("officer").post(f"/desk/annual/{made.frozen}/parts/lead/", {"text": "改了", "do": "save"})
    assert response.status_code == 400
    assert "报告：现在是“已冻结待批准”，不能修改正文" in response.content.decode()


@pytest.mark.parametrize("who", sorted(PEOPLE))
def test_the_preview_is_for_its_readers(who: str, at: Callable[[str], Client], made: Made) -> None:
    address = f"/desk/annual/{made.draft}/parts/on_request/preview/"
    response = at(who).post(address, {"text": "要建立建全机制。"})
    assert response.status_code == (200 if who in READERS else 403)
    assert ("建立健全" in response.content.decode()) is (who in READERS)
    assert stored(made.draft, "on_request").startswith("青澜县科技局全年新收")


def test_the_preview_escapes_what_is_typed(at: Callable[[str], Client], made: Made) -> None:
    text = stored(made.draft, "on_request") + f"\n{EVIL}<img src=x onerror=alert(1)>【请填写：{EVIL}\n下一行】"
    response = at("officer").post(f"/desk/annual/{made.draft}/parts/on_request/preview/", {"text": text})
    shown = response.content.decode()
    assert "<script" not in shown
    assert "<img" not in shown
    assert "&lt;script&gt;alert(&#x27;甲&#x27;)&lt;/script&gt;&amp;amp;" in shown
    assert response.headers["Cache-Control"] == "no-store"
    assert shown.count('<span class="gap">') == 2
    assert shown.count('class="linked"') > 5


def test_prose_marks_links_drift_and_gaps_paragraph_by_paragraph() -> None:
    passage = Passage(
        "收到6件<b>。\n【请填写：一\n二】共2条", (Link("requests.new.total", 2, 3, 6), Link("items.total", 19, 20, 2))
    )
    assert passage.text[19] == "2"
    assert prose_html(passage, {19: 3}) == (
        '<p>收到<span class="linked" title="台账：表三 本年新收政府信息公开申请数量 总计">6</span>件&lt;b&gt;。</p>'
        '<p><span class="gap">【请填写：一</span></p>'
        '<p><span class="gap">二】</span>共<span class="linked-drifted" title="台账：主动公开 全年发布条数">2</span>'
        '<span class="small muted">（台账现在是3）</span>条</p>'
    )


# --- files ------------------------------------------------------------------------------------------------------------

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
}
TITLE = "青澜县科学技术局{}年政府信息公开工作年度报告"


def name_of(response: Any) -> str:
    return unquote(response.headers["Content-Disposition"].partition("filename*=utf-8''")[2])


@pytest.mark.parametrize("to", TYPES)
@pytest.mark.parametrize(
    ("state", "title"),
    [("draft", TITLE.format(2024) + "（起草）"), ("frozen", TITLE.format(2023) + "（已冻结待批准）"),
     ("published", TITLE.format(2022))],
)  # fmt: skip
def test_a_download_is_named_typed_and_reads_back_as_the_report(
    state: str, title: str, to: str, at: Callable[[str], Client], made: Made
) -> None:
    report = getattr(made, state)
    response = at("leader").get(f"/desk/annual/{report}/download/{to}/")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == TYPES[to]
    assert name_of(response) == f"{title}.{to}"
    detail = report_queries.detail(person("leader"), report)
    assert detail is not None
    tables = detail.report.tables
    if to == "csv":
        text = response.content.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text)))
        assert rows[0] == ["表", "行代码", "列代码", "行", "列", "值"]
        cells = {(table, row, column): value for table, row, column, _, _, value in rows[1:]}
        assert cells == {
            (table, row, column): str(cell)
            for table, found in tables.items() for row, columns in found.items() for column, cell in columns.items()
        }  # fmt: skip
        assert cells["requests", "carried_out", "total"] == {"draft": "3", "frozen": "2", "published": "1"}[state]
        return
    told = read(response.content, f"报告.{to}").report
    assert (told.agency, told.year, told.form) == ("青澜县科学技术局", detail.row.year, "2021")
    assert told.tables == tables
    if to == "json":
        assert json.loads(response.content)["tables"]["proactive"]["licences"] == {"decisions": 12}
    if to != "xlsx":
        assert "".join(str(told.narrative.overview["management"]).split()) == "".join(
            str(detail.report.narrative.overview["management"]).split()
        )


def test_a_published_file_is_the_one_that_was_published(at: Callable[[str], Client], made: Made) -> None:
    digest = AnnualReport.objects.get(pk=made.published).files["pdf"]
    kept = drafting.stored(digest).read_bytes()
    assert at("head").get(f"/desk/annual/{made.published}/download/pdf/").content == kept
    path = drafting.stored(digest)
    path.rename(path.with_suffix(".away"))
    response = at("head").get(f"/desk/annual/{made.published}/download/pdf/")
    path.with_suffix(".away").rename(path)
    assert response.status_code == 400
    assert "不在文件库里" in response.content.decode()


def test_the_package_holds_letter_word_pdf_and_scan(at: Callable[[str], Client], made: Made) -> None:
    response = at("officer").get(f"/desk/annual/{made.published}/package/")
    assert response.headers["Content-Type"] == "application/zip"
    assert name_of(response) == TITLE.format(2022) + "（报送材料）.zip"
    archive = zipfile.ZipFile(io.BytesIO(response.content))
    title = TITLE.format(2022)
    assert sorted(archive.namelist()) == ["1.报送函.docx", f"2.{title}.docx", f"3.{title}.pdf", "4.签批件扫描件.pdf"]
    files = AnnualReport.objects.get(pk=made.published).files
    assert archive.read(f"2.{title}.docx") == drafting.stored(files["docx"]).read_bytes()
    assert archive.read(f"3.{title}.pdf") == drafting.stored(files["pdf"]).read_bytes()
    assert archive.read("4.签批件扫描件.pdf") == PDF
    letter = _paragraphs(archive.read("1.报送函.docx"))
    assert letter[:2] == ["青澜县科学技术局关于报送2022年\n政府信息公开工作年度报告的函", "青澜县人民政府办公室："]
    assert "附件：1." + title in letter
    assert "2.签批件扫描件" in letter


def _paragraphs(data: bytes) -> list[str]:
    from docx import Document

    return [each.text for each in Document(io.BytesIO(data)).paragraphs if each.text.strip()]


def test_nothing_is_filed_before_it_is_approved(at: Callable[[str], Client], made: Made) -> None:
    response = at("officer").get(f"/desk/annual/{made.draft}/package/")
    assert response.status_code == 400
    assert "报送材料：报告现在是“起草”；应为批准以后" in response.content.decode()


def test_the_button_of_filing_leads_to_the_package(at: Callable[[str], Client], made: Made) -> None:
    response = at("officer").post(f"/desk/annual/{made.published}/steps/file_package/")
    assert response.headers["Location"] == f"/desk/annual/{made.published}/package/"


# --- the portal -------------------------------------------------------------------------------------------------------


def test_the_public_sees_the_published_report_alone(at: Callable[[str], Client], made: Made) -> None:
    visitor = Client()
    assert visitor.get(f"/bodies/{KJJ}/reports/2022/").status_code == 200
    for year in (2023, 2024):
        assert visitor.get(f"/bodies/{KJJ}/reports/{year}/").status_code == 404
        assert visitor.get(f"/bodies/{KJJ}/reports/{year}.pdf").status_code == 404
    assert visitor.get(f"/bodies/{KJJ}/reports/2022.pdf").status_code == 200
    listed = visitor.get(f"/bodies/{KJJ}/reports/").content.decode()
    assert "2022年" in listed
    assert "2023年" not in listed
    assert "<script>alert" not in visitor.get(f"/bodies/{KJJ}/reports/2022/").content.decode()
