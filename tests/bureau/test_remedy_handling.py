"""A reconsideration at the body: its deadlines, the package of the defence, the lesson kept with the request."""

from __future__ import annotations

import io
import json
from datetime import date

import pytest
from bureau_cast import Cast
from django.core.exceptions import PermissionDenied
from docx import Document

from gongkai.bureau import clock
from gongkai.bureau.casework import archive, files, identity
from gongkai.bureau.casework import queries as casework_queries
from gongkai.bureau.casework import services as casework
from gongkai.bureau.casework.files import Sent
from gongkai.bureau.casework.models import (
    Consultation,
    Delivery,
    Letter,
    Opinion,
    Request,
    SearchRecord,
    WantedItem,
)
from gongkai.bureau.casework.queries.aftermath import handled_anew, lessons
from gongkai.bureau.ledger.models import Entry
from gongkai.bureau.remedies import defence, handling, queries, records, services
from gongkai.bureau.remedies.deadline_queries import open_to_applicant, standings
from gongkai.documents.bagit import check, files_of
from gongkai.statute.primitives import InputRefused

NAME = "欧阳慕云"


@pytest.fixture
def request_id(cast: Cast) -> int:
    """A request answered "not held", with its sealed reply, proof and search."""
    pk = casework.register(
        cast.officer, body="qinglan-kjj", number="KJJ-2024-0001", applicant_kind="natural_person",
        names=(NAME, None, None), subject="科技特派员经费明细", channel="in_person",
        events=[{"kind": "submitted", "on": "2024-03-04"},
                {"kind": "replied", "on": "2024-03-20", "outcome": "unavailable.not_held", "way": "post"}],
        evidence="申请书",
    )  # fmt: skip
    found, now = Request.objects.get(pk=pk), clock.now()
    files.keep(found, "application", Sent("申请书.pdf", b"%PDF-1.4"), by=cast.officer)
    scan = files.keep(found, "scan", Sent("答复书.pdf", b"%PDF-1.4"), by=cast.officer)
    proof = files.keep(found, "proof", Sent("回执.png", b"\x89PNG"), by=cast.officer)
    letter = Letter.objects.create(
        request=found, kind="not_held", state="delivered", paragraphs="经检索没有。",
        addressee=identity.seal_text(NAME),
        number="青科公复〔2024〕1号", signed_on=date(2024, 3, 20), scan=scan, by=cast.handler, at=now,
    )  # fmt: skip
    Delivery.objects.create(letter=letter, way="post", on=date(2024, 3, 20), proof=proof, by=cast.officer, at=now)
    SearchRecord.objects.create(
        request=found, places="档案室", terms="科技特派员", period="2020年以来", searchers="陆一鸣", archive_asked=True,
        result="没有", on=date(2024, 3, 18), by=cast.handler, at=now,
    )  # fmt: skip
    Opinion.objects.create(request=found, kind="legal", conclusion="agree", text="内部的话", by=cast.adviser, at=now)
    WantedItem.objects.create(
        request=found,
        position=1,
        text="经费明细",
        outcome="unavailable.not_held",
        articles="36(4)",
        reason="经检索没有",
    )
    return pk


@pytest.fixture
def remedy(cast: Cast, request_id: int) -> int:
    return services.enter(
        cast.adviser,
        {"number": "FY-1", "agency": "qinglan-kjj", "case": "KJJ-2024-0001", "kind": "reconsideration",
         "accepted_on": "2024-05-06", "court_number": "青复受〔2024〕8号"},
        evidence="受理通知书",
    )  # fmt: skip


def stands(cast: Cast, remedy: int) -> list[tuple[str, str, bool, str]]:
    row = queries.remedy(cast.officer, remedy)
    assert row is not None
    return [
        (each.deadline.code, each.deadline.on.isoformat(), each.assumed, each.standing)
        for each in standings([row])[remedy]
    ]


def test_the_defence_runs_from_the_day_the_paper_arrived(cast: Cast, remedy: int) -> None:
    assert stands(cast, remedy) == [
        ("defence", "2024-05-16", True, "overdue"),
        ("closing", "2024-07-05", False, "overdue"),
    ]
    handling.serve(cast.adviser, remedy, on=date(2024, 5, 9), simple=True, evidence="复议答复通知书")
    handling.answer(cast.officer, remedy, on=date(2024, 5, 14), evidence="签收单")
    assert stands(cast, remedy) == [
        ("simple_defence", "2024-05-14", False, "met"),
        ("simple_closing", "2024-06-05", False, "overdue"),
    ]


@pytest.mark.parametrize("on", [date(2024, 5, 5), date(2999, 1, 1)])
def test_a_day_that_cannot_be_is_refused(cast: Cast, remedy: int, on: date) -> None:
    with pytest.raises(InputRefused):
        handling.serve(cast.adviser, remedy, on=on, simple=False, evidence="通知书")
    with pytest.raises(InputRefused):
        handling.answer(cast.adviser, remedy, on=on, evidence="通知书")


def test_only_who_enters_remedies_of_the_body_handles_them(cast: Cast, remedy: int) -> None:
    for person in (cast.handler, cast.leader, cast.office, cast.elsewhere, cast.auditor):
        with pytest.raises(PermissionDenied):
            handling.serve(person, remedy, on=date(2024, 5, 9), simple=False, evidence="通知书")
        with pytest.raises(PermissionDenied):
            handling.learn(person, remedy, text="x")


def test_a_lesson_is_kept_with_the_request_once_there_is_a_result(cast: Cast, remedy: int, request_id: int) -> None:
    with pytest.raises(InputRefused, match="还没有审结"):
        handling.learn(cast.adviser, remedy, text="应当查询档案馆")
    services.close(
        cast.adviser,
        remedy,
        closed_on="2024-06-28",
        result="corrected",
        decision="撤销，责令重新答复",
        evidence="决定书",
    )
    handling.learn(cast.adviser, remedy, text="应当查询档案馆")
    [kept] = lessons([request_id])[request_id]
    assert (kept.result, kept.text, kept.by) == ("corrected", "应当查询档案馆", "adviser")
    told = Entry.objects.get(kind="lesson.kept")
    assert "档案馆" not in told.facts and json.loads(told.facts)["number"] == "FY-1"


def test_the_handling_anew_is_found(cast: Cast, remedy: int, request_id: int) -> None:
    assert handled_anew(request_id, date(2024, 6, 28)) is None
    casework.append(
        cast.leader, request_id, {"kind": "reopened", "on": "2024-07-01", "because": "reconsideration",
                                   "due_on": "2024-07-26"}, evidence="复议决定书",
    )  # fmt: skip
    found = handled_anew(request_id, date(2024, 6, 28))
    assert found is not None
    assert (found.on, found.due_on, found.closed) == (date(2024, 7, 1), date(2024, 7, 26), False)


def words(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([each.text for each in document.paragraphs] + cells)


def test_one_act_makes_the_whole_defence(cast: Cast, remedy: int, request_id: int) -> None:
    name, data = defence.make(cast.officer, remedy, because="提交行政复议答复")
    assert name == "qinglan-kjj-FY-1-defence.zip"
    assert check(data) == ()
    found = files_of(data)
    assert isinstance(found, dict)
    assert sorted(each for each in found if each.startswith("data/")) == [
        "data/answer.docx", "data/deadlines.docx", "data/evidence/01-application.pdf", "data/evidence/02-not-held.pdf",
        "data/evidence/03-not-held-proof.png", "data/evidence/04-search-record.docx", "data/laws.docx",
        "data/list.docx",
    ]  # fmt: skip
    draft = words(found["data/answer.docx"])
    for told in (
        "行政复议答复书", f"申请人：{NAME}", "青复受〔2024〕8号", "2024年3月4日，提交申请。",
        "《中华人民共和国政府信息公开条例》第三十六条第四项", "理由：经检索没有",
        "答复期限的届满日是2024年4月1日（周一）",
        "本机关于2024年3月20日作出答复，没有超过期限。", "此致", "〔由承办人填写〕",
    ):  # fmt: skip
        assert told in draft, told
    assert "evidence/03-not-held-proof.png" in words(found["data/list.docx"])
    assert "2024年5月16日" in words(found["data/deadlines.docx"])
    assert "内部的话" not in "".join(words(each) for path, each in found.items() if path.endswith(".docx"))
    entry = Entry.objects.filter(stream=f"request:{request_id}").order_by("-sequence")[0]
    assert entry.kind == "defence.made" and NAME not in entry.facts


def test_opinions_leave_the_house_only_if_chosen(cast: Cast, remedy: int) -> None:
    found = files_of(defence.make(cast.officer, remedy, because="应诉", with_opinions=True)[1])
    assert isinstance(found, dict)
    assert "内部的话" in words(found["data/evidence/05-opinions.docx"])


def test_a_lawsuit_is_answered_to_the_court(cast: Cast, request_id: int) -> None:
    sued = services.enter(
        cast.adviser,
        {"number": "SS-1", "agency": "qinglan-kjj", "case": "KJJ-2024-0001", "kind": "litigation_direct",
         "accepted_on": "2024-05-06", "court_number": "（2024）浙0226行初8号"},
        evidence="应诉通知书",
    )  # fmt: skip
    found = files_of(defence.make(cast.officer, sued, because="应诉")[1])
    assert isinstance(found, dict)
    draft = words(found["data/answer.docx"])
    assert "行政诉讼答辩状" in draft and "〔人民法院〕" in draft and f"原告：{NAME}" in draft
    assert "驳回原告的诉讼请求" in draft


def test_the_package_names_the_applicant_and_is_for_those_who_may_know(cast: Cast, remedy: int) -> None:
    for person in (cast.adviser, cast.handler, cast.leader, cast.office, cast.elsewhere):
        with pytest.raises(PermissionDenied):
            defence.make(person, remedy, because="应诉")
    with pytest.raises(InputRefused):
        defence.make(cast.officer, remedy, because=" ")
    alone = services.enter(
        cast.adviser,
        {"number": "FY-2", "agency": "qinglan-kjj", "kind": "reconsideration", "accepted_on": "2024-05-06"},
        evidence="受理通知书",
    )
    with pytest.raises(InputRefused, match="没有关联申请"):
        defence.make(cast.officer, alone, because="应诉")


def test_until_when_the_applicant_may_complain(cast: Cast, request_id: int) -> None:
    found = casework_queries.request(cast.officer, request_id)
    assert found is not None
    told = [(each.deadline.code, each.deadline.on.isoformat()) for each in open_to_applicant(request_id, found.case)]
    # "not held" leaves the choice: sixty days end on a Sunday and move to Monday, six months on a Friday
    assert told == [("filing", "2024-05-20"), ("direct_filing", "2024-09-20")]
    WantedItem.objects.filter(request_id=request_id).update(outcome="refused.third_party", articles="15")
    told = [(each.deadline.code, each.deadline.on.isoformat()) for each in open_to_applicant(request_id, found.case)]
    assert told == [("filing", "2024-05-20")]


def test_the_package_of_the_case_holds_its_reconsiderations(cast: Cast, remedy: int, request_id: int) -> None:
    handling.serve(cast.adviser, remedy, on=date(2024, 5, 9), simple=False, evidence="复议答复通知书")
    found = files_of(archive.make(cast.officer, request_id, because="归档", also=records.archived(request_id))[1])
    assert isinstance(found, dict)
    [told] = json.loads(found["data/records/remedies.json"])
    assert (told["number"], told["deadlines"][0]["on"]) == ("FY-1", "2024-05-19")
    assert [each["kind"] for each in told["registered"]] == ["remedy.entered", "remedy.served"]
    assert "行政复议、行政诉讼" in found["data/index.txt"].decode()


def test_what_the_third_party_answered_is_evidence(cast: Cast, remedy: int, request_id: int) -> None:
    asked = Letter.objects.create(
        request_id=request_id, kind="third_party_consultation", state="delivered", paragraphs="",
        addressee=identity.seal_text("某公司"), by=cast.handler, at=clock.now(),
    )  # fmt: skip
    Consultation.objects.create(
        request_id=request_id, letter=asked, family="third_party", party="某公司", mark="m", consents=False,
        answered_at=clock.now(), sealed_answer=identity.seal_text('{"grounds": "属于商业秘密", "files": []}'),
    )  # fmt: skip
    found = files_of(defence.make(cast.officer, remedy, because="应诉")[1])
    assert isinstance(found, dict)
    told = words(found["data/evidence/05-consultations.docx"])
    assert "某公司" in told and "不同意公开" in told and "属于商业秘密" in told
