"""The desk: who sees which page, what each page costs, and that nothing of it breaks the browser's policy."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client

from gongkai.bureau.annual import demo as annual_demo
from gongkai.bureau.orgs import demo

PEOPLE = {
    "officer": "zhuanyuan", "handler": "chengban", "head": "kezhang", "reviewer": "baomi", "adviser": "falv",
    "leader": "lingdao", "office": "zhuguan", "elsewhere": "mzj-zhuanyuan", "system": "xitong", "security": "anquan",
    "auditor": "shenji",
}  # fmt: skip
BUREAU = {"officer", "handler", "head", "reviewer", "adviser", "leader"}
BUSINESS = BUREAU | {"office", "elsewhere"}
ADMINISTRATORS = {"system", "security", "auditor"}
EVERYONE = BUSINESS | ADMINISTRATORS

PAGES: dict[str, set[str]] = {
    "/desk/": EVERYONE,
    "/desk/keys/": EVERYONE,
    "/desk/own/": EVERYONE,
    "/desk/parameters/": EVERYONE,
    "/desk/tasks/": EVERYONE,
    "/desk/tasks/rows/": EVERYONE,
    "/desk/calendar/": EVERYONE,
    "/desk/calendar/2027/": EVERYONE,
    "/desk/reports/": BUSINESS,
    "/desk/reports/export/": BUSINESS,
    "/desk/reports/{check}/": BUREAU | {"office"},
    "/desk/reports/{check}/download/json/": BUREAU | {"office"},
    "/desk/clock/": BUSINESS,
    "/desk/bodies/": EVERYONE,
    "/desk/bodies/qinglan-kjj/": BUREAU | {"office"} | ADMINISTRATORS,
    "/desk/bodies/qinglan-mzj/": {"elsewhere", "office"} | ADMINISTRATORS,
    "/desk/people/": {"system", "security"},
    "/desk/people/zhuanyuan/": {"system", "security"},
    "/desk/journal/": {"auditor"},
}


@pytest.fixture(scope="module")
def county(
    django_db_setup: None, django_db_blocker: object, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, int]]:
    """The demo county with its checked reports, made once for the module and rolled back after it."""
    from django.conf import settings
    from django.db import transaction

    from gongkai.bureau.annual.models import KeptCheck

    files, hashers = settings.FILES, settings.PASSWORD_HASHERS
    settings.FILES = tmp_path_factory.mktemp("files")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        atomic = transaction.atomic()
        atomic.__enter__()
        try:
            demo.fill(bodies=19, seed=1)
            annual_demo.fill()
            yield {"check": KeptCheck.objects.get(year=2025, body__code="qinglan-kjj").pk}
        finally:
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)
    settings.FILES, settings.PASSWORD_HASHERS = files, hashers


@pytest.fixture
def at(county: dict[str, int], db: None) -> Callable[[str], Client]:
    """A browser signed in as one of the cast."""

    def signed_in(who: str) -> Client:
        from gongkai.bureau.orgs.models import Person

        client = Client()
        client.force_login(
            Person.objects.get(username=PEOPLE[who]), backend="django.contrib.auth.backends.ModelBackend"
        )
        return client

    return signed_in


@pytest.mark.alike
@pytest.mark.parametrize("who", sorted(EVERYONE))
@pytest.mark.parametrize("path", PAGES)
def test_each_page_is_for_its_roles_and_their_bodies(
    path: str, who: str, at: Callable[[str], Client], county: dict[str, int]
) -> None:
    response = at(who).get(path.format(**county))
    if who in PAGES[path]:
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "no-store"
    else:
        assert response.status_code == 403
        assert "您" in response.content.decode()


@pytest.mark.parametrize("path", PAGES)
def test_a_stranger_is_sent_to_sign_in(path: str, db: None) -> None:
    response = Client().get(path.format(check=1))
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/accounts/login/?next=/desk/")


@pytest.mark.parametrize("path", sorted(path for path in PAGES if "export" not in path and "download" not in path))
def test_every_page_is_sound_html_without_inline_code(
    path: str,
    at: Callable[[str], Client],
    county: dict[str, int],
    inline_code: Callable[[str], list[str]],
    parse: Callable[[str], object],
) -> None:
    who = sorted(PAGES[path] & {"officer", "system", "auditor", "elsewhere"})[0]
    response = at(who).get(path.format(**county))
    shown = response.content.decode()
    assert inline_code(shown) == []
    if "rows" not in path:
        parse(shown)
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy


@pytest.mark.parametrize(
    ("path", "who", "most"),
    [
        ("/desk/", "officer", 50),
        ("/desk/tasks/", "officer", 22),
        ("/desk/reports/", "officer", 22),
        ("/desk/bodies/", "system", 20),
        ("/desk/bodies/qinglan-kjj/", "security", 26),
        ("/desk/people/", "system", 20),
        ("/desk/journal/", "auditor", 20),
    ],
)
def test_a_page_asks_the_database_a_bounded_number_of_times(
    path: str, who: str, most: int, at: Callable[[str], Client], django_assert_max_num_queries: object
) -> None:
    client = at(who)
    with django_assert_max_num_queries(most):  # type: ignore[operator]
        client.get(path)


def test_a_finding_is_overruled_with_a_reason_and_restored(at: Callable[[str], Client], county: dict[str, int]) -> None:
    from gongkai.bureau.annual import queries
    from gongkai.bureau.orgs.models import Person

    officer = Person.objects.get(username="zhuanyuan")
    path = f"/desk/reports/{county['check']}/"
    found = queries.check(officer, county["check"])
    assert found is not None
    assert [each.finding.code for each in found.findings] == [
        "prose.count", "text.typo", "requests.balance", "requests.balance", "years.carry", "years.carry",
    ]  # fmt: skip
    typo = found.findings[1].mark
    empty = at("officer").post(f"{path}waive/", {"mark": typo, "because": " ", "until": "2030-01-31"})
    assert empty.status_code == 400
    assert "理由：没有填写" in empty.content.decode()
    assert "2030-01-31" in empty.content.decode()
    assert at("officer").post(f"{path}waive/", {"mark": typo, "because": "原文如此引用"}).status_code == 302
    assert "原文如此引用" in at("officer").get(path).content.decode()
    for who in ("leader", "elsewhere", "system"):
        assert at(who).post(f"{path}waive/", {"mark": typo, "because": "x"}).status_code == 403
    again = queries.check(officer, county["check"])
    assert again is not None
    waiver = again.findings[1].waiver
    assert waiver is not None
    assert at("officer").post(f"{path}waivers/{waiver.id}/withdraw/").status_code == 302
    restored = queries.check(officer, county["check"])
    assert restored is not None
    assert restored.findings[1].waiver is None


def test_uploads_are_kept_once_and_checked_in_the_background(
    at: Callable[[str], Client], county: dict[str, int]
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from gongkai.bureau.annual.models import KeptCheck
    from gongkai.bureau.jobs.services import run_job

    def sent() -> SimpleUploadedFile:
        return SimpleUploadedFile("说明.txt", "这不是年度报告。".encode())

    for _ in range(2):
        assert at("officer").post("/desk/reports/", {"body": "qinglan-kjj", "files": sent()}).status_code == 302
    kept = KeptCheck.objects.get(file_name="说明.txt")
    assert kept.state == "waiting"
    run_job.func(kept.job)
    kept.refresh_from_db()
    assert kept.state in {"read", "unreadable"}
    other = at("officer").post("/desk/reports/", {"body": "qinglan-mzj", "files": sent()})
    assert other.status_code == 403
    assert "不及于青澜县民政局" in other.content.decode()


@pytest.mark.parametrize(
    ("path", "token", "status"),
    [
        ("/desk/reports/", True, 302),
        ("/desk/reports/", False, 403),
        ("/desk/annual/0/steps/submit/", False, 403),
        ("/desk/annual/0/steps/submit/", True, 404),
    ],
)
def test_a_form_with_files_is_taken_with_its_token_alone(
    path: str, token: bool, status: int, at: Callable[[str], Client]
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = at("officer")
    client.handler.enforce_csrf_checks = True
    form = {"body": "qinglan-kjj", "files": SimpleUploadedFile("情况.txt", "不是年度报告。".encode())}
    if token:
        client.get("/desk/keys/")
        form["csrfmiddlewaretoken"] = client.cookies["csrftoken"].value  # type: ignore[assignment]
    assert client.post(path, form).status_code == status


def test_a_local_notice_moves_a_due_day(at: Callable[[str], Client], county: dict[str, int]) -> None:
    case = {
        "number": "KJJ-2026-0001", "agency": "qinglan-kjj", "applicant": {"kind": "natural_person"}, "subject": "名单",
        "channel": "in_person", "events": [{"kind": "submitted", "on": "2026-05-06"}],
    }  # fmt: skip
    form = {"cases": json.dumps(case, ensure_ascii=False), "as_of": "2026-05-07", "body": "qinglan-kjj"}
    assert "2026年6月2日（周二）" in at("officer").post("/desk/clock/", form).content.decode()
    notice = {"first": "2026-05-18", "kind": "off", "instrument": "青政办发〔2026〕9号", "body": "qinglan"}
    assert at("system").post("/desk/calendar/2026/", notice).status_code == 302
    assert "2026年6月3日（周三）" in at("officer").post("/desk/clock/", form).content.decode()


def test_a_case_is_entered_event_by_event(at: Callable[[str], Client]) -> None:
    form = {
        "channel": "internet", "as_of": "2022-10-20", "body": "qinglan-kjj", "rows": "4", "act-0": "submitted",
        "on-0": "2022-09-28", "act-1": "receipt_confirmed", "on-1": "2022-09-30", "act-2": "extended",
        "on-2": "2022-10-18", "who-2": "程望舒", "count-2": "5",
    }  # fmt: skip
    shown = at("officer").post("/desk/clock/", form).content.decode()
    assert "2022年11月9日（周三）" in shown
    assert "延长 5 个工作日（条例第33条）" in shown
    more = at("officer").post("/desk/clock/", {**form, "more": "1"}).content.decode()
    assert more.count('name="act-') == 8
    assert "程望舒" in more


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"cases": "{", "as_of": "2026-05-07"}, "JSON"),
        ({"cases": "", "as_of": "2026-05-07"}, "一行也没有填写"),
        ({"channel": "in_person", "as_of": "2026-05-07", "act-0": "submitted", "on-0": "五月六日"}, "五月六日"),
        (
            {"channel": "fax", "as_of": "2026-05-07", "act-0": "replied", "on-0": "2026-05-06", "outcome-0": "granted"},
            "收到",
        ),
        ({"cases": "{}", "as_of": "昨天"}, "截至日：“昨天”不是日期"),
    ],
)
def test_a_clock_that_cannot_be_computed_says_why_and_keeps_what_was_entered(
    form: dict[str, str], said: str, at: Callable[[str], Client]
) -> None:
    response = at("officer").post("/desk/clock/", form)
    assert response.status_code == 400
    assert said in response.content.decode()


def test_the_journal_is_proved_on_demand(at: Callable[[str], Client]) -> None:
    response = at("auditor").post("/desk/journal/verify/", follow=True)
    assert "全部相符" in response.content.decode()
    assert at("officer").post("/desk/journal/verify/").status_code == 403


def test_the_exported_sheet_holds_what_the_list_shows(at: Callable[[str], Client], tmp_path: Path) -> None:
    from io import BytesIO

    from openpyxl import load_workbook

    body = at("officer").get("/desk/reports/export/?state=errors").content
    rows = list(load_workbook(BytesIO(body)).active.iter_rows(values_only=True))
    assert rows[0][:3] == ("留存机关", "报告机关", "年度")
    assert [(row[0], row[2], row[6]) for row in rows[1:]] == [("青澜县科学技术局", 2025, 5)]
