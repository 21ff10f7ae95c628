"""Archive packages, the ledger of deliveries, earlier replies, remedies at the desk: for whom and at what cost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from openpyxl import load_workbook

from gongkai.bureau import clock
from gongkai.bureau.casework import identity
from gongkai.bureau.casework import services as casework
from gongkai.bureau.casework.models import Delivery, Letter, Request, WantedItem
from gongkai.bureau.ledger.models import Entry
from gongkai.bureau.orgs import demo
from gongkai.bureau.orgs.models import Person
from gongkai.bureau.remedies import services as remedies
from gongkai.documents.bagit import check

PEOPLE = {
    "officer": "zhuanyuan", "handler": "chengban", "head": "kezhang", "reviewer": "baomi", "adviser": "falv",
    "leader": "lingdao", "office": "zhuguan", "elsewhere": "mzj-zhuanyuan", "system": "xitong", "security": "anquan",
    "auditor": "shenji",
}  # fmt: skip
OWN = {"officer", "handler", "head", "reviewer", "adviser", "leader"}
BUSINESS = OWN | {"office", "elsewhere"}
PAGES: dict[str, set[str]] = {
    "/desk/requests/{closed}/archive/": OWN | {"office"},
    "/desk/requests/{open}/archive/": OWN | {"office"},
    "/desk/deliveries/": BUSINESS,
    "/desk/deliveries/?as=xlsx": BUSINESS,
    "/desk/library/": BUSINESS,
    "/desk/library/?q=资金的分配结果&outcome=refused.third_party": BUSINESS,
    "/desk/library/?request={closed}": OWN | {"office"},
    "/desk/remedies/{remedy}/": OWN | {"office"},
}
NAME = "欧阳慕云"


@dataclass(frozen=True)
class Made:
    open: int
    closed: int
    remedy: int


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """A county with sixty answered requests, each reply delivered; made once and rolled back after the module."""
    from django.conf import settings

    home, hashers, kept = settings.HOME, settings.PASSWORD_HASHERS, settings.FILES
    settings.HOME = settings.FILES = tmp_path_factory.mktemp("home")
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
    settings.HOME, settings.PASSWORD_HASHERS, settings.FILES = home, hashers, kept


def _fill() -> Made:
    officer, adviser = Person.objects.get(username="zhuanyuan"), Person.objects.get(username="falv")
    ids = []
    for number in range(60):
        events: list[dict[str, object]] = [{"kind": "submitted", "on": "2026-03-04"}]
        if number:
            events.append({"kind": "replied", "on": "2026-03-20", "outcome": "refused.third_party", "way": "post"})
        ids.append(
            casework.register(
                officer, body="qinglan-kjj", number=f"KJJ-2026-{number:04}", applicant_kind="natural_person",
                names=(NAME, None, None), subject=f"第{number}项资金的分配结果", channel="in_person", events=events,
                evidence="申请书",
            )
        )  # fmt: skip
        if number:
            _deliver(officer, Request.objects.get(pk=ids[-1]), number)
    WantedItem.objects.create(
        request_id=ids[1],
        position=1,
        text="分配结果",
        outcome="refused.third_party",
        articles="15",
        reason="损害第三方",
    )
    for number in range(55):
        remedy = remedies.enter(
            adviser,
            {"number": f"FY-{number}", "agency": "qinglan-kjj", "case": "KJJ-2026-0001", "kind": "reconsideration",
             "accepted_on": "2026-05-06"},
            evidence="答复通知书",
        )  # fmt: skip
    return Made(ids[0], ids[1], remedy)


def _deliver(officer: Person, request: Request, number: int) -> None:
    letter = Letter.objects.create(
        request=request, kind="refused", state="delivered", paragraphs="不予公开。", addressee=identity.seal_text(NAME),
        number=f"青科公复〔2026〕{number}号", event=1, by=officer, at=clock.now(),
    )  # fmt: skip
    Delivery.objects.create(
        letter=letter, way="post", tracking=f"XA{number:04}CN", on=date(2026, 3, 20), by=officer, at=clock.now()
    )


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
        assert (response.status_code, response.headers["Cache-Control"]) == (200, "no-store")
        assert NAME not in response.content.decode(errors="replace")
    else:
        assert response.status_code == 403


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


@pytest.mark.parametrize("path", ["deliveries/", "deliveries/?as=xlsx", "remedies/", "library/?q=资金的分配结果"])
@pytest.mark.parametrize("who", ["officer", "office"])
def test_a_list_asks_the_database_as_often_for_fifty_rows_as_for_one(
    path: str, who: str, at: Callable[[str], Client], django_assert_max_num_queries: Any
) -> None:
    client = at(who)
    with django_assert_max_num_queries(18):
        response = client.get(f"/desk/{path}")
    assert response.status_code == 200


def test_deliveries_are_filtered_and_turned_over(at: Callable[[str], Client]) -> None:
    client = at("officer")
    first = client.get("/desk/deliveries/").content.decode()
    assert first.count("CN</td>") == 50
    following = first.partition('<a class="button" href="?')[2].partition('"')[0].replace("&amp;", "&")
    assert client.get(f"/desk/deliveries/?{following}").content.decode().count("CN</td>") == 9
    assert client.get("/desk/deliveries/?search=XA0007CN").content.decode().count("CN</td>") == 1
    assert "没有符合条件的送达" in client.get("/desk/deliveries/?way=electronic").content.decode()
    sheet = load_workbook(BytesIO(client.get("/desk/deliveries/?as=xlsx").content)).active
    rows = list(sheet.values)
    assert rows[0][:5] == ("机关", "申请编号", "文书", "文号", "送达方式")
    assert len(rows) == 60 and NAME not in str(rows)


@pytest.mark.parametrize("query", ["after=x~1", "after=2024-01-01~y", "since=abc", "way=lost", "body=nowhere"])
def test_a_broken_address_is_no_error(query: str, at: Callable[[str], Client]) -> None:
    assert at("officer").get(f"/desk/deliveries/?{query}").status_code == 200


@pytest.mark.parametrize("query", ["request=abc", "outcome=nothing", "q=" + "科" * 2000])
def test_a_broken_search_is_no_error(query: str, at: Callable[[str], Client]) -> None:
    assert at("officer").get(f"/desk/library/?{query}").status_code == 200
    assert at("officer").get("/desk/library/?request=99999999").status_code == 404


def test_earlier_replies_stand_with_their_grounds_and_the_draft_is_checked(
    at: Callable[[str], Client], made: Made
) -> None:
    shown = at("elsewhere").get("/desk/library/?q=资金的分配结果&outcome=refused.third_party").content.decode()
    assert shown.count('<article class="answer">') == 20
    assert f'href="/desk/requests/{made.closed}/"' not in shown
    assert "没有书面征求第三方意见？" in shown
    own = at("handler").get(f"/desk/library/?request={made.closed}").content.decode()
    assert "会被纠正</span> <strong>以第三方合法权益为由不予公开，没有书面征求第三方意见</strong>" in own


def test_a_package_is_made_for_a_reason_and_downloaded(at: Callable[[str], Client], made: Made) -> None:
    path = f"/desk/requests/{made.closed}/archive/"
    refused = at("officer").post(path, {"do": "make", "because": " ", "identity": "1"})
    assert refused.status_code == 400
    assert "制作的理由：没有填写" in refused.content.decode() and " checked" in refused.content.decode()
    answer = at("officer").post(path, {"do": "make", "because": "法院调取"})
    assert answer.headers["Content-Type"] == "application/zip"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="qinglan-kjj-KJJ-2026-0001.zip"'
    assert check(answer.content) == ()
    assert NAME.encode() not in answer.content
    assert "法院调取" in at("officer").get(path).content.decode()
    for who in ("leader", "adviser", "office", "elsewhere"):
        assert at(who).post(path, {"do": "make", "because": "看看"}).status_code == 403


def test_an_open_request_has_no_package(at: Callable[[str], Client], made: Made) -> None:
    path = f"/desk/requests/{made.open}/archive/"
    assert "办结以后归档" in at("officer").get(path).content.decode()
    assert at("officer").post(path, {"do": "make", "because": "归档"}).status_code == 400


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"on": "", "evidence": "清单"}, "归档日：没有填写"),
        ({"on": "2999-01-01", "evidence": "清单"}, "归档日：2999-01-01还没有到"),
        ({"on": "2026-04-01", "evidence": ""}, "依据：没有填写"),
        ({"on": "2026-04-01", "evidence": "长" * 501}, "依据：有501个字"),
    ],
)
def test_a_filing_that_cannot_be_keeps_what_was_typed(
    given: dict[str, str], said: str, at: Callable[[str], Client], made: Made
) -> None:
    response = at("officer").post(f"/desk/requests/{made.closed}/archive/", {"do": "file", **given})
    shown = response.content.decode()
    assert response.status_code == 400
    assert said in shown and f'value="{given["evidence"]}"' in shown


def test_the_filing_is_entered(at: Callable[[str], Client], made: Made) -> None:
    path = f"/desk/requests/{made.closed}/archive/"
    given = {"do": "file", "on": "2026-04-01", "evidence": "移交清单第3号"}
    assert at("officer").post(path, given).status_code == 302
    assert "已归档</span>" in at("officer").get(path).content.decode()


def test_a_reconsideration_from_its_paper_to_its_lesson(at: Callable[[str], Client], made: Made) -> None:
    path, officer = f"/desk/remedies/{made.remedy}/", at("officer")
    assert "2026年5月16日（周六）" in officer.get(path).content.decode()
    served = {"do": "serve", "served_on": "2026-05-08", "simple": "1", "served_evidence": "复议答复通知书"}
    assert officer.post(path, {**served, "served_on": "2026-05-01"}).status_code == 400
    assert officer.post(path, served).status_code == 302
    shown = officer.get(path).content.decode()
    assert "2026年5月13日（周三）" in shown and "未核对原文" in shown
    made_papers = officer.post(path, {"do": "defend", "because": "提交复议答复"})
    assert made_papers.headers["Content-Type"] == "application/zip"
    assert check(made_papers.content) == ()
    answered = {"do": "answer", "answered_on": "2026-05-12", "answered_evidence": "收件回执"}
    assert officer.post(path, answered).status_code == 302
    assert "按期</span>" in officer.get(path).content.decode()
    closed = {"do": "close", "closed_on": "2026-06-01", "result": "upheld", "decision": "撤销，责令重新答复",
              "evidence": "青复决〔2026〕8号"}  # fmt: skip
    assert officer.post(path, closed).status_code == 302
    shown = officer.get(path).content.decode()
    assert "请核对结果的归类" in shown and "按表四的归类是“结果纠正”" in shown
    assert officer.post(path, {"do": "learn", "lesson": ""}).status_code == 400
    assert officer.post(path, {"do": "learn", "lesson": "应当先征求第三方意见"}).status_code == 302
    assert "应当先征求第三方意见" in officer.get(path).content.decode()
    told = Entry.objects.filter(stream=f"remedy:{made.remedy}").order_by("sequence").values_list("kind", flat=True)
    assert list(told) == ["remedy.entered", "remedy.served", "remedy.answered", "remedy.closed"]
    for who in ("handler", "leader", "office", "elsewhere"):
        assert at(who).post(path, served).status_code == 403


def test_who_may_not_know_the_applicant_is_told_why(at: Callable[[str], Client], made: Made) -> None:
    path = f"/desk/remedies/{made.remedy}/"
    assert "查看申请人身份由公开专员" in at("adviser").get(path).content.decode()
    assert at("adviser").post(path, {"do": "defend", "because": "应诉"}).status_code == 403
    assert at("officer").post(path, {"do": "vanish"}).status_code == 403
