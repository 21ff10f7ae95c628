"""`gongkai clock` beside an installation: each agency's cases on its own calendar."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from gongkai.bureau.orgs.models import Body, CalendarNotice
from gongkai.cli import run

CASE = {"number": "1", "applicant": {"kind": "business"}, "subject": "…", "channel": "in_person",
        "events": [{"kind": "submitted", "on": "2024-03-01"}]}  # fmt: skip


@pytest.fixture
def cases(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A county with a notice of its own and a bureau with another; cases of the bureau, the county, and a stranger."""
    (tmp_path / "db.sqlite3").touch()
    monkeypatch.setenv("GONGKAI_HOME", str(tmp_path))
    county = Body.objects.create(code="ql", name="青澜县人民政府", level="county_government", path="ql/")
    bureau = Body.objects.create(
        code="kjj", name="青澜县科学技术局", level="county_department", path="ql/kjj/", parent=county
    )
    notices = [(None, 18, "青政发〔2024〕1号"), (county, 19, "青政发〔2024〕2号"), (bureau, 20, "青科发〔2024〕3号")]
    for body, day, instrument in notices:
        CalendarNotice.objects.create(body=body, day=date(2024, 3, day), worked=False, instrument=instrument)
    file = tmp_path / "cases.jsonl"
    lines = [json.dumps({**CASE, "number": agency, "agency": agency}) for agency in ("kjj", "ql", "stranger")]
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def test_each_case_is_counted_on_the_calendar_of_its_agency(cases: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """2024-03-29 without notices; 4月4日至6日 is 清明, 7日 is worked."""
    assert run(["clock", str(cases), "--as-of", "2024-03-04", "--json"]) == 0
    shown = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(each["number"], each["due_on"]) for each in shown] == [
        ("kjj", "2024-04-03"), ("ql", "2024-04-02"), ("stranger", "2024-04-01"),
    ]  # fmt: skip


def test_the_notices_are_named_with_their_instruments(cases: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["clock", str(cases), "--as-of", "2024-03-04"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if "通知" in line or not line.startswith(" ")] == [
        "kjj",
        "  2024年3月18日（周一）按通知放假，不计（青政发〔2024〕1号）。",
        "  2024年3月19日（周二）按通知放假，不计（青政发〔2024〕2号）。",
        "  2024年3月20日（周三）按通知放假，不计（青科发〔2024〕3号）。",
        "ql",
        "  2024年3月18日（周一）按通知放假，不计（青政发〔2024〕1号）。",
        "  2024年3月19日（周二）按通知放假，不计（青政发〔2024〕2号）。",
        "stranger",
        "  2024年3月18日（周一）按通知放假，不计（青政发〔2024〕1号）。",
    ]
