"""The page of a case at the desk: who sees and does what, what it costs, nothing typed lost, never who asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from gongkai.bureau import clock
from gongkai.bureau.casework import (
    assigning,
    deciding,
    files,
    intake,
    letters,
    materials,
    opinions,
    searching,
    services,
)
from gongkai.bureau.casework.models import Assignment, CaseFile, Opinion, Request, SearchRecord, WantedItem
from gongkai.bureau.ledger.models import Entry
from gongkai.bureau.orgs import demo
from gongkai.bureau.orgs.models import Person
from gongkai.statute.cases.application import Filing, Wanted, Who

PEOPLE = {
    "officer": "zhuanyuan", "handler": "chengban", "head": "kezhang", "reviewer": "baomi", "adviser": "falv",
    "leader": "lingdao", "office": "zhuguan", "elsewhere": "mzj-zhuanyuan", "system": "xitong",
}  # fmt: skip
OWN = {"officer", "handler", "head", "reviewer", "adviser", "leader"}
NAME, ID_NUMBER = "欧阳慕云", "11010519491231002X"
SUBJECT = "2025年度县级科技项目资金分配结果及各项目验收意见"
SECRET = "诸葛明远"


@dataclass(frozen=True)
class Made:
    """Ids: a request under way, a bare one, its files."""

    case: int
    bare: int
    material: int
    picture: int
    card: int


def _day(ago: int) -> str:
    return (clock.today() - timedelta(days=ago)).isoformat()


def _word(text: str) -> bytes:
    document = docx.Document()
    document.add_paragraph(text)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (400, 300), (250, 250, 250)).save(out, "PNG")
    return out.getvalue()


def _person(who: str) -> Person:
    return Person.objects.get(username=PEOPLE[who])


def _enter(number: str, names: tuple[str | None, str | None, str | None] = (None, None, None)) -> int:
    return services.register(
        _person("officer"), body="qinglan-kjj", number=number, applicant_kind="natural_person", names=names,
        subject=SUBJECT, channel="in_person", events=[{"kind": "submitted", "on": _day(3)}], evidence="申请书",
    )  # fmt: skip


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """The county with a request on which everybody has done something; rolled back after the module."""
    from django.conf import settings

    kept = settings.HOME, settings.FILES, settings.PASSWORD_HASHERS
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
    settings.HOME, settings.FILES, settings.PASSWORD_HASHERS = kept


def _fill() -> Made:
    handler, officer = _person("handler"), _person("officer")
    case = _enter("KJJ-2026-0001", (NAME, ID_NUMBER, None))
    bare = _enter("KJJ-2026-0002")
    assigning.assign(officer, case, person="chengban", task="查找验收意见")
    opinions.give(_person("adviser"), case, kind="legal", conclusion="agree", text="")
    searching.record(
        handler, case, places="档案室", terms="验收", period="2025年", searchers="陆一鸣", archive_asked=True,
        result="查到12份", on=clock.today(),
    )  # fmt: skip
    deciding.decide(handler, case, position=1, outcome="granted", articles=["36(2)"], reason="", facts={})
    material = materials.upload(handler, case, files.Sent("意见.docx", _word(f"组长{SECRET}，电话13911112222。")))
    picture = materials.upload(handler, case, files.Sent("扫描.png", _picture()))
    card = files.keep(Request.objects.get(pk=case), "identity", files.Sent(f"{NAME}.png", _picture()), by=None)
    return Made(case, bare, material, picture, card.pk)


@pytest.fixture
def at(made: Made, db: None) -> Callable[[str], Client]:
    """A browser signed in as one of the cast."""

    def signed_in(who: str) -> Client:
        client = Client()
        client.force_login(_person(who), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


def text(response: Any) -> str:
    return str(response.content.decode())


PAGES: dict[str, set[str]] = {
    "/desk/requests/{case}/": OWN | {"office"},
    "/desk/requests/{case}/?act=extended": OWN | {"office"},
    "/desk/requests/{case}/items/1/": OWN | {"office"},
    "/desk/requests/hand-over/": {"officer", "head", "elsewhere"},
    "/desk/files/{material}/": OWN | {"office"},
    "/desk/files/{material}/review/": OWN | {"office"},
    "/desk/files/{material}/redact/": {"officer", "handler"},
    "/desk/files/{picture}/pages/1/": {"officer", "handler"},
    "/desk/files/{card}/": {"officer", "handler"},
}


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
        assert "您" in text(response)


@pytest.mark.parametrize("path", [each for each in PAGES if each[-2] != "}" or "requests" in each])
def test_every_page_is_sound_html_without_inline_code(
    path: str, at: Callable[[str], Client], made: Made, inline_code: Callable[[str], list[str]],
    parse: Callable[[str], object],
) -> None:  # fmt: skip
    response = at("officer").get(path.format(**vars(made)))
    if response.headers["Content-Type"].startswith("text/html"):
        assert inline_code(text(response)) == []
        parse(text(response))


POSTS: dict[str, tuple[str, dict[str, str], set[str]]] = {
    "assign": ("/desk/requests/{case}/assign/", {"person": "falv", "joins": "1"}, {"officer", "head"}),
    "opinion": ("/desk/requests/{case}/opinions/", {"kind": "legal", "conclusion": "agree"}, {"adviser"}),
    "search": (
        "/desk/requests/{case}/searches/",
        {"places": "系统", "terms": "验收", "period": "2025年", "searchers": "甲", "result": "无", "on": _day(0)},
        {"officer", "handler"},
    ),
    "items": ("/desk/requests/{bare}/items/", {"texts": "甲\n乙"}, {"officer", "handler"}),
    "decide": (
        "/desk/requests/{bare}/items/1/", {"outcome": "granted", "articles": "36（2）"}, {"officer", "handler"},
    ),
    "undo": ("/desk/requests/{case}/items/1/undo/", {}, {"officer", "handler"}),
    "review": ("/desk/files/{material}/review/", {"conclusion": "agree"}, {"reviewer"}),
    "redact": (
        "/desk/files/{material}/redact/",
        {"do": "redact", "words": SECRET, "ground": "15", "own-ground": "15"},
        {"officer", "handler"},
    ),
    "extend": (
        "/desk/requests/{case}/",
        {"act": "extended", "on": _day(0), "workdays": "10", "approved_by": "程望", "evidence": "签报第7号"},
        {"officer", "handler", "head", "leader"},
    ),
    "withdraw": (
        "/desk/requests/{case}/", {"act": "withdrawn", "on": _day(0), "evidence": "撤回"}, {"officer", "handler"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("who", sorted(PEOPLE))
@pytest.mark.parametrize("name", POSTS)
def test_each_act_is_for_its_roles_and_their_bodies(
    name: str, who: str, at: Callable[[str], Client], made: Made
) -> None:
    path, given, who_may = POSTS[name]
    response = at(who).post(path.format(**vars(made)), given)
    assert response.status_code == (302 if who in who_may else 403), text(response)[:2000]


@pytest.mark.parametrize(
    "path",
    ["requests/999999/", "requests/999999/items/1/", "files/999999/", "files/999999/review/", "files/999999/redact/"],
)
def test_what_is_not_there_is_not_found(path: str, at: Callable[[str], Client]) -> None:
    assert at("officer").get(f"/desk/{path}").status_code == 404


@pytest.mark.parametrize("path", ["assign", "opinions", "searches", "items"])
def test_nothing_is_done_on_a_request_that_is_not_there(path: str, at: Callable[[str], Client]) -> None:
    given = {"section": "1", "kind": "section", "conclusion": "agree", "texts": "甲", "on": "2026-01-01"}
    assert at("handler").post(f"/desk/requests/999999/{path}/", given).status_code in (403, 404)


REFUSED: dict[str, tuple[str, str, dict[str, str], str, tuple[str, ...]]] = {
    "assign": (
        "officer", "assign", {"task": "找文件", "due_on": "2020-01-01"}, "没有选择", ("找文件", 'value="2020-01-01"'),
    ),
    "opinion": (
        "adviser", "opinions", {"kind": "legal", "conclusion": "disagree"}, "意见：没有填写",
        ('value="disagree" selected',),
    ),
    "search": (
        "handler", "searches", {"places": "公文系统", "on": "不是日子"}, "检索日", ("公文系统", 'value="不是日子"'),
    ),
    "items": ("handler", "items", {"texts": " "}, "申请事项", ()),
}  # fmt: skip


@pytest.mark.parametrize("form", REFUSED)
def test_what_is_refused_stands_in_its_form_with_what_was_typed(
    form: str, at: Callable[[str], Client], made: Made
) -> None:
    who, path, given, said, stays = REFUSED[form]
    response = at(who).post(f"/desk/requests/{made.bare}/{path}/", given)
    assert response.status_code == 400
    shown = text(response)
    assert said in shown
    assert "没有办成，请改正" in shown
    for each in stays:
        assert each in shown


def test_the_page_costs_as_much_for_a_long_case_as_for_a_short_one(at: Callable[[str], Client], made: Made) -> None:
    def cost(number: int) -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(f"/desk/requests/{number}/").status_code == 200
        return len(asked)

    client = at("officer")
    client.get("/desk/")
    short = cost(made.bare)
    officer, handler = _person("officer"), _person("handler")
    for each in range(12):
        services.append(officer, made.bare, {"kind": "reasons_received", "on": _day(1)}, evidence=f"说明{each}")
        materials.upload(handler, made.bare, files.Sent(f"材料{each}.png", _picture()))
        opinions.give(handler, made.bare, kind="section", conclusion="agree", text="可以公开")
        assigning.end(officer, assigning.assign(officer, made.bare, person="kezhang").id, because="办完")
    choices = [each for each in letters.choices(made.bare) if not each.refused]
    for kind in choices[:4]:
        letters.draft(handler, made.bare, kind.kind.code)
    assert cost(made.bare) <= short + 1
    assert short <= 25


def test_who_asked_is_nowhere_on_it(at: Callable[[str], Client], made: Made) -> None:
    shown = text(at("leader").get(f"/desk/requests/{made.case}/"))
    assert NAME not in shown
    assert ID_NUMBER not in shown
    assert "身份证明" in shown
    assert NAME in text(at("officer").get(f"/desk/requests/{made.case}/"))  # the name of the file that they handle


def test_an_identity_file_is_handed_out_and_written_down(at: Callable[[str], Client], made: Made) -> None:
    response = at("officer").get(f"/desk/files/{made.card}/")
    assert response.content == _picture()
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Disposition"].startswith("attachment")
    [entry] = Entry.objects.filter(kind="request.file_read")
    assert NAME not in entry.facts
    assert NAME not in str(response.headers["Cache-Control"])


def test_an_officer_names_who_approved_a_reopening(at: Callable[[str], Client], made: Made) -> None:
    client = at("officer")
    path = f"/desk/requests/{made.case}/"
    client.post(path, {"act": "withdrawn", "on": _day(1), "evidence": "撤回"})
    form = text(client.get(f"{path}?act=reopened"))
    assert 'name="approver"' in form
    assert 'name="approver"' not in text(at("leader").get(f"{path}?act=reopened"))
    given = {"act": "reopened", "on": _day(0), "because": "own_motion", "due_on": _day(-20), "evidence": "签报第9号"}
    refused = client.post(path, given)
    assert refused.status_code == 400
    assert "批准人：没有填写" in text(refused)
    assert 'id="approver-error"' in text(refused)
    assert client.post(path, {**given, "approver": "程望舒"}).status_code == 302
    assert "程望舒批准，见签报第9号" in text(client.get(path))


def test_a_closed_case_says_how_it_ended_and_a_reopened_one_is_worked_on_again(
    at: Callable[[str], Client], made: Made
) -> None:
    client, path = at("officer"), f"/desk/requests/{made.bare}/"
    worked_on = ("上传拟提供的材料", "交办给科室、人员", "作出决定")
    assert [each for each in worked_on if each not in text(client.get(path))] == []
    client.post(path, {"act": "withdrawn", "on": _day(0), "evidence": "撤回"})
    closed = text(client.get(path))
    assert "</strong>　申请人撤回</p>" in closed.partition('class="due"')[2].partition("</section>")[0]
    assert [each for each in (*worked_on, "还没有决定", "期限已停") if each in closed] == []
    given = {"act": "reopened", "on": _day(0), "because": "own_motion", "due_on": _day(-20), "evidence": "签报第9号"}
    client.post(path, {**given, "approver": "程望舒"})
    assert [each for each in worked_on if each not in text(client.get(path))] == []


def test_a_leader_sees_only_what_a_leader_registers(at: Callable[[str], Client], made: Made) -> None:
    shown = text(at("leader").get(f"/desk/requests/{made.case}/"))
    offered = shown.partition('<ul class="acts">')[2].partition("</ul>")[0]
    assert [each.partition("#")[0] for each in offered.split("?act=")[1:]] == ["extended", "delayed"]
    assert "登记申请和办理情况由公开专员、承办人办理，您没有这个角色" in shown


def test_two_people_at_once_one_is_told_and_nothing_is_lost(at: Callable[[str], Client], made: Made) -> None:
    page = text(at("officer").get(f"/desk/requests/{made.bare}/items/1/"))
    assert 'name="seen" value=""' in page
    first = {"outcome": "granted", "articles": "36(2)", "seen": ""}
    assert at("officer").post(f"/desk/requests/{made.bare}/items/1/", first).status_code == 302
    second = {**first, "outcome": "partial", "articles": "37，15", "reason": "含个人隐私"}
    refused = at("handler").post(f"/desk/requests/{made.bare}/items/1/", second)
    assert refused.status_code == 400
    assert "已经有人决定" in text(refused)
    assert "含个人隐私" in text(refused)
    assert WantedItem.objects.get(request=made.bare).outcome == "granted"


def test_a_material_comes_in_is_reviewed_and_redacted(at: Callable[[str], Client], made: Made) -> None:
    handler = at("handler")
    sent = SimpleUploadedFile("名单.docx", _word(f"{SECRET}，电话13911112222"))
    assert handler.post(f"/desk/requests/{made.bare}/files/", {"file": sent}).status_code == 302
    file = CaseFile.objects.get(request=made.bare).pk
    assert f'href="/desk/files/{file}/redact/"' in text(handler.get(f"/desk/requests/{made.bare}/"))
    assert f'href="/desk/files/{file}/review/"' not in text(handler.get(f"/desk/requests/{made.bare}/"))
    assert f'href="/desk/files/{file}/review/"' in text(at("reviewer").get(f"/desk/requests/{made.bare}/"))
    form = text(handler.get(f"/desk/files/{file}/redact/"))
    assert "139******22" in form
    assert "13911112222" not in form
    given = {"do": "redact", "proposals": ["1"], "ground": "15", "words": SECRET, "own-ground": "15"}
    assert handler.post(f"/desk/files/{file}/redact/", given).status_code == 302
    hidden = CaseFile.objects.get(request=made.bare, of="redacted")
    assert SECRET.encode() not in files.bytes_of(hidden)
    shown = text(handler.get(f"/desk/requests/{made.bare}/"))
    assert "遮盖记录（1）" in shown
    assert "指定文字2处" in shown
    assert "第十五条" in shown
    assert at("reviewer").post(f"/desk/files/{hidden.pk}/review/", {"conclusion": "agree"}).status_code == 302
    assert "已保密审查" in text(handler.get(f"/desk/requests/{made.bare}/"))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "选了0项"),
        ({"words": "长"}, "遮盖的文字第1行：太短或者太长"),
        ({"x0-1": "50", "y0-1": "10", "x1-1": "20", "y1-1": "30"}, "第1个方框：位置不对"),
        ({"page-1": "1", "x0-1": "左", "y0-1": "10", "x1-1": "20", "y1-1": "30"}, "第1个方框：位置不对"),
        ({"ground": "99"}, "不是区分处理的依据"),
    ],
)
def test_a_redaction_that_cannot_be_keeps_what_was_entered(
    given: dict[str, str], said: str, at: Callable[[str], Client], made: Made
) -> None:
    whole = {"do": "redact", "ground": "15", "own-ground": "15", "own-ground-reason": "个人隐私", **given}
    response = at("handler").post(f"/desk/files/{made.picture}/redact/", whole)
    assert response.status_code == 400
    assert said in text(response)
    assert "个人隐私" in text(response)
    for name, value in given.items():
        if "-1" in name:
            assert f'name="{name}" inputmode' in text(response)
            assert f'value="{value}"' in text(response)


def test_boxes_are_shown_on_the_page_before_they_are_burnt_in(at: Callable[[str], Client], made: Made) -> None:
    given = {"show": "", "rows": "4", "page-1": "1", "x0-1": "25", "y0-1": "50", "x1-1": "75", "y1-1": "100"}
    shown = text(at("handler").post(f"/desk/files/{made.picture}/redact/", given))
    address = f"/desk/files/{made.picture}/pages/1/?box=25.00%2C50.00%2C75.00%2C100.00"
    assert f'src="{address}"' in shown
    picture = Image.open(BytesIO(at("handler").get(address).content))
    assert picture.getpixel((10, 10)) == (250, 250, 250)
    assert picture.getpixel((picture.width // 2, picture.height * 3 // 4)) != (250, 250, 250)
    assert at("handler").get(f"/desk/files/{made.picture}/pages/2/").status_code == 404
    assert CaseFile.objects.filter(of="redacted").count() == 0


def test_a_file_that_cannot_be_redacted_goes_back_with_the_reason(at: Callable[[str], Client], made: Made) -> None:
    file = materials.upload(_person("handler"), made.bare, files.Sent("说明.txt", "文字".encode()))
    response = at("handler").get(f"/desk/files/{file}/redact/", follow=True)
    assert response.redirect_chain[-1][0] == f"/desk/requests/{made.bare}/"
    assert "不能遮盖" in text(response)


def test_what_was_given_is_on_the_page(at: Callable[[str], Client], made: Made) -> None:
    shown = text(at("head").get(f"/desk/requests/{made.case}/"))
    for each in ("主办", "陆一鸣", "查找验收意见", "合法性审查意见", "查到12份", "予以公开", "第三十六条第二项",
                 "意见.docx", "按现有决定，这件申请计为“予以公开”"):  # fmt: skip
        assert each in shown
    assert Assignment.objects.count() == Opinion.objects.count() == SearchRecord.objects.count() == 1


def test_all_in_hand_is_handed_over(at: Callable[[str], Client], made: Made) -> None:
    client = at("officer")
    assert "陆一鸣（在办1件）" in text(client.get("/desk/requests/hand-over/"))
    refused = client.post("/desk/requests/hand-over/", {"leaving": "chengban", "taking": "chengban", "because": "调离"})
    assert refused.status_code == 400
    assert 'value="调离"' in text(refused)
    given = {"leaving": "chengban", "taking": "kezhang", "because": "调离"}
    assert client.post("/desk/requests/hand-over/", given).status_code == 302
    assert Assignment.objects.get(ended_at__isnull=True).person == _person("head")


def test_the_reply_begins_with_the_row_that_the_decisions_lead_to(at: Callable[[str], Client], made: Made) -> None:
    shown = text(at("officer").get(f"/desk/requests/{made.case}/?act=replied"))
    assert '<option value="granted" selected>' in shown
    assert 'name="kind" value="granted"' in shown
    assert 'name="kind" value="refused"' not in shown
    assert 'name="kind" value="correction_notice"' in shown
    assert "selected>" not in text(at("officer").get(f"/desk/requests/{made.bare}/?act=replied"))


def test_all_of_an_application_is_shown_once_for_a_reason(at: Callable[[str], Client], made: Made) -> None:
    filing = Filing(
        kind="natural_person", applicant=Who(NAME, "resident", ID_NUMBER), telephone="13911112222", email="a@b.example",
        post="青澜县滨河路1号", wanted=(Wanted(name=SUBJECT),), form="paper", way="post", help="大字版",
    )  # fmt: skip
    arrival = intake.Arrival("in_person", clock.today(), None, "申请表")
    request = intake.receive(_person("officer"), "qinglan-kjj", filing, arrival)
    path = f"/desk/requests/{request}/"
    before = text(at("officer").get(path))
    assert "纸质" in before
    assert "邮寄" in before
    told = (NAME, ID_NUMBER, "13911112222", "a@b.example", "青澜县滨河路1号", "大字版")
    assert not any(each in before for each in told)
    assert at("leader").post(path, {"do": "unmask", "because": "看看"}).status_code == 403
    shown = text(at("officer").post(path, {"do": "unmask", "because": "邮寄答复书"}))
    assert all(each in shown for each in told)
    assert Entry.objects.filter(kind="identity.unmasked", stream=f"request:{request}").count() == 1
