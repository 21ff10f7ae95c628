"""The desk's rooms by API: what they answer, page by page, at a cost that does not grow; what two writers get."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

sys.path.insert(0, str(Path(__file__).parent.parent / "bureau"))

from bureau_cast import Cast, cast
from case_ground import days_ago, enter
from report_ground import YEAR, drafted

from gongkai.bureau import clock
from gongkai.bureau.annual import statements
from gongkai.bureau.casework import consulting, letters, materials
from gongkai.bureau.casework.files import Sent
from gongkai.bureau.casework.models import Delivery, Letter
from gongkai.bureau.publishing import services as publishing

__all__ = ["cast"]
pytestmark = [pytest.mark.django_db, pytest.mark.database]
API = "/api/v1"
REPLIED = {"kind": "replied", "outcome": "granted"}


def sent(client: Client, method: str, path: str, body: object = None) -> Any:
    return client.generic(method, f"{API}{path}", json.dumps(body), content_type="application/json")


def signed_in(person: object) -> Client:
    client = Client()
    client.force_login(person)  # type: ignore[arg-type]
    return client


def delivered(cast: Cast, case: int, count: int) -> None:
    letter = Letter.objects.get(pk=letters.draft(cast.handler, case, "granted"))
    for _ in range(count):
        Delivery.objects.create(letter=letter, way="in_person", on=clock.today(), by=cast.handler, at=clock.now())


def test_a_list_costs_the_same_for_one_row_and_for_many(cast: Cast) -> None:
    client = signed_in(cast.officer)
    case = enter(cast, "KJJ-100")

    def item(number: int) -> None:
        publishing.enter(
            cast.officer,
            {"source_id": f"D-{number}", "agency": "qinglan-kjj", "column": "政策文件", "title": f"第{number}号办法",
             "published_on": "2024-06-03", "body_text": "正文"},
        )  # fmt: skip

    def work(number: int) -> None:
        statements.record_work(
            cast.officer,
            "qinglan-kjj",
            "training",
            on=clock.today(),
            title=f"培训{number}",
            people=20,
            evidence="签到表",
        )

    def consulted(number: int) -> None:
        letter = letters.draft(cast.handler, case, "granted")
        consulting.open_link(case, letter, "third_party", f"{number}公司", None)

    rooms = {
        "/items": ("items", item),
        "/work-records": ("records", work),
        "/deliveries": ("deliveries", lambda number: delivered(cast, case, 1)),
        f"/requests/{case}/consultations": ("consultations", consulted),
        "/requests": ("requests", lambda number: enter(cast, f"KJJ-{number}")),
        "/statistics": ("people", lambda number: enter(cast, f"KJJ-2{number}")),
    }
    for path, (_, make) in rooms.items():
        make(1)
        client.get(f"{API}{path}")
        with CaptureQueriesContext(
            connection,
        ) as one:
            assert client.get(f"{API}{path}").status_code == 200
        for number in range(2, 6):
            make(number)
        with CaptureQueriesContext(connection) as five:
            client.get(f"{API}{path}")
        assert len(five) == len(one), path
    assert len(client.get(f"{API}/items").json()["items"]) == 5


def test_a_ledger_is_read_page_by_page(cast: Cast) -> None:
    delivered(cast, enter(cast), 51)
    client = signed_in(cast.officer)
    first = client.get(f"{API}/deliveries").json()
    last = client.get(f"{API}/deliveries?after={first['next']}").json()
    assert (len(first["deliveries"]), len(last["deliveries"]), last["next"]) == (50, 1, None)
    assert {"letter", "number", "way", "on", "proof"} <= set(first["deliveries"][0])
    lacking = client.get(f"{API}/deliveries?lacking=true&way=post").json()
    assert lacking["deliveries"] == []


def test_the_package_of_a_closed_request_and_its_filing(cast: Cast) -> None:
    today = days_ago(0)
    case = enter(
        cast, ago=9, names=("江一诺", None, None),
        more=[{**REPLIED, "on": today, "delivered_on": today, "way": "post"}],
    )  # fmt: skip
    client = signed_in(cast.officer)
    assert sent(client, "POST", f"/requests/{case}/archive", {"because": ""}).status_code == 422
    made = sent(client, "POST", f"/requests/{case}/archive", {"because": "移交档案室"})
    assert made.headers["Content-Type"] == "application/zip"
    names = zipfile.ZipFile(io.BytesIO(made.content)).namelist()
    assert any(each.endswith("bagit.txt") for each in names)
    whole = zipfile.ZipFile(io.BytesIO(made.content))
    assert not any("江一诺".encode() in whole.read(each) for each in names)
    [package] = client.get(f"{API}/requests/{case}/archive").json()["packages"]
    assert (package["because"], package["identity"]) == ("移交档案室", False)
    filed = sent(client, "POST", f"/requests/{case}/filed", {"on": today, "evidence": "移交清单第3号"}).json()
    assert filed["events"][-1]["kind"] == "archived"
    told = client.get(f"{API}/statistics").json()
    assert (told["totals"]["closed"], told["times"]["replies"]) == (1, 1)
    [row] = client.get(f"{API}/statistics/requests/closed").json()["rows"]
    assert row["request"]["id"] == case


def test_what_is_hidden_is_another_file_that_waits_for_its_review(cast: Cast) -> None:
    case = enter(cast)
    document, written = docx.Document(), io.BytesIO()
    document.add_paragraph("联系人江一诺，电话13800138000，分配结果如下。")
    document.save(written)
    file = materials.upload(cast.handler, case, Sent("结果.docx", written.getvalue()))
    client = signed_in(cast.handler)
    found = client.get(f"{API}/files/{file}/redaction").json()
    assert "13800138000" not in json.dumps(found)
    [phone] = [each["number"] for each in found["proposals"] if each["kind"] == "phone"]
    wrong = {"ground": {"article": "15"}, "words": ["江一诺", "江"]}
    refused = sent(client, "POST", f"/files/{file}/redaction", wrong)
    assert [each["place"] for each in refused.json()["faults"]] == ["words.1"]
    right = {"ground": {"article": "15", "reason": "个人隐私"}, "proposals": [phone], "words": ["江一诺"]}
    made = sent(client, "POST", f"/files/{file}/redaction", right).json()
    whole = zipfile.ZipFile(io.BytesIO(client.post(f"{API}/files/{made['file']}/content").content))
    left = "".join(whole.read(each).decode(errors="replace") for each in whole.namelist())
    assert "分配结果如下" in left
    assert "13800138000" not in left
    assert "江一诺" not in left


def test_a_report_from_its_cells_to_its_next_step(cast: Cast, tmp_path: Path) -> None:
    report = drafted(cast, tmp_path)
    officer, head = signed_in(cast.officer), signed_in(cast.head)
    [row] = officer.get(f"{API}/annual-reports").json()["reports"]
    assert (row["id"], row["year"], row["state"]) == (report, YEAR, "drafting")
    whole = officer.get(f"{API}/annual-reports/{report}").json()
    assert whole["report"]["tables"]["requests"]["new"]["total"] == 6
    cell = officer.get(f"{API}/annual-reports/{report}/cells/requests/new/total").json()
    assert (cell["value"], len(cell["records"]), cell["next"]) == (6, 6, None)
    assert officer.get(f"{API}/annual-reports/{report}/cells/requests/new/nobody").status_code == 404
    path = f"/annual-reports/{report}/parts/lead"
    part = officer.get(f"{API}{path}").json()
    written = sent(officer, "PUT", path, {"text": part["text"] + "补一句。", "seen": part["text"]})
    assert written.json()["text"].endswith("补一句。")
    late = sent(officer, "PUT", path, {"text": "另一个人的文字", "seen": part["text"]})
    assert (late.status_code, late.json()["title"]) == (409, "已经有人办过")
    assert officer.get(f"{API}/annual-reports/{report}/files/pdf").content.startswith(b"%PDF")
    submitted = officer.post(f"{API}/annual-reports/{report}/steps/submit", {"confirm_zero": "1"})
    assert submitted.json() == {"id": report}
    returned = head.post(f"{API}/annual-reports/{report}/steps/return_", {"reasons": ""})
    assert [each["place"] for each in returned.json()["faults"]] == ["退回理由"]
    assert officer.post(f"{API}/annual-reports/{report}/steps/approve", {}).status_code == 403


def test_a_deadline_is_computed_and_nothing_is_kept(cast: Cast) -> None:
    given = {
        "body": "qinglan-kjj", "channel": "in_person", "as_of": "2025-03-10",
        "events": [{"kind": "submitted", "on": "2025-03-03"}],
    }  # fmt: skip
    client = signed_in(cast.officer)
    found = sent(client, "POST", "/clock", given).json()
    # the twentieth working day after Monday 3 March 2025 (条例第33条); no holiday lies between
    assert found["clock"]["due_on"] == "2025-03-31"
    assert client.get(f"{API}/requests").json()["requests"] == []
    days = client.get(f"{API}/calendar/2025").json()
    assert days["published"]
    assert {"2025-01-26", "2025-02-08"} <= set(days["workdays"])  # weekends worked for the Spring Festival
    assert "2025-10-01" not in days["workdays"]
