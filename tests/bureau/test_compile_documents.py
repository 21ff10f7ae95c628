"""Tables four and two from remedies, documents and statements."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ledger_files import (
    bodies,
    codes,
    compiled,
    figures,
    publish,
    save,
)

from gongkai.bureau.annual import exchange as statements
from gongkai.bureau.annual.models import AnnualReport
from gongkai.bureau.publishing import exchange as items
from gongkai.bureau.remedies import exchange as remedies

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _bodies(db: None, settings: Any, tmp_path: Path) -> None:
    settings.FILES = tmp_path / "files"
    bodies()


def remedy(
    number: str, accepted: str, closed: str | None = None, result: str = "upheld", **more: object
) -> dict[str, Any]:
    ended = {"closed_on": closed, "result": result} if closed else {}
    return {"number": number, "agency": "kjj", "case": None, "kind": "reconsideration", "accepted_on": accepted,
            **ended, **more}  # fmt: skip


def test_a_remedy_pending_at_the_years_end_is_closed_in_the_next(tmp_path: Path) -> None:
    remedies.import_remedies(
        save(
            tmp_path / "r.jsonl",
            remedy("1", "2023-11-01", "2024-01-05", "corrected"),
            remedy("2", "2023-05-01", "2023-06-30"),
            remedy("3", "2023-05-01", kind="litigation_direct"),
            remedy("4", "2024-02-01", "2024-03-01", "other", kind="litigation_after"),
        )
    )
    assert figures(compiled(2023).report, "remedies") == {
        "reconsideration": {"upheld": 1, "pending": 1, "total": 2},
        "litigation_direct": {"pending": 1, "total": 1},
    }
    assert figures(compiled(2024).report, "remedies") == {
        "reconsideration": {"corrected": 1, "total": 1},
        "litigation_direct": {"pending": 1, "total": 1},
        "litigation_after": {"other": 1, "total": 1},
    }
    assert figures(compiled(2024, "2024-01-04").report, "remedies") == {
        "reconsideration": {"pending": 1, "total": 1},
        "litigation_direct": {"pending": 1, "total": 1},
    }


def test_second_instances_and_joint_defendants_do_not_count_again(tmp_path: Path) -> None:
    kinds = [{"instance": 1, "role": "respondent"}, {"instance": 2}, {"instance": "retrial"}, {"role": "co_defendant"},
             {"role": "reviewing_body"}]  # fmt: skip
    remedies.import_remedies(
        save(tmp_path / "r.jsonl", *(remedy(f"{index}", "2024-05-01", **each) for index, each in enumerate(kinds)))
    )
    assert figures(compiled(2024).report, "remedies") == {"reconsideration": {"pending": 1, "total": 1}}


# --- table two ----------------------------------------------------------------------------------------------------


def document(number: str, formed: str, **more: object) -> dict[str, Any]:
    return {"source_id": number, "agency": "kjj", "column": "文件", "title": f"第{number}号办法",
            "genre": "行政规范性文件", "published_on": formed, "formed_on": formed, "body_text": "正文",
            **more}  # fmt: skip


def normative(year: int, as_of: str | None = None) -> dict[str, object]:
    cells = compiled(year, as_of).report.tables["proactive"]["normative"]
    return dict(cells)


def test_normative_documents_are_counted_by_the_ledger_of_items(tmp_path: Path) -> None:
    items.import_items(
        save(
            tmp_path / "i.jsonl",
            document("1", "2020-05-01"),
            document("2", "2021-05-01", expires_on="2023-04-30"),
            document("3", "2022-05-01", repealed_by="第5号办法"),
            document("4", "2022-06-01", expires_on="2023-01-31", repealed_by="第5号办法"),
            document("5", "2024-02-01", effective_on="2024-03-01"),
            document("6", "2019-02-01", validity="废止"),
            {**document("7", "2024-02-01"), "genre": "通知"},
            {**document("8", "2024-05-01"), "genre": "通知", "registration_number": "QL-2024-1"},
        )
    )
    assert normative(2022) == {"made": 2, "repealed": 0, "in_force": 4}
    assert normative(2023) == {"made": 0, "repealed": 2, "in_force": 2}  # 2 and 4 expired
    assert normative(2024) == {"made": 2, "repealed": 1, "in_force": 3}  # 3 repealed; 4 ended only once
    assert normative(2024, "2024-02-29") == {"made": 1, "repealed": 0, "in_force": 3}
    assert compiled(2020).report.tables["proactive"]["normative"] == {"made": 1, "disclosed": 1, "public_total": 2}


def test_years_in_force_is_consistent_and_a_published_difference_is_shown(tmp_path: Path) -> None:
    items.import_items(save(tmp_path / "i.jsonl", document("1", "2022-05-01"), document("2", "2024-05-01")))
    publish("kjj", 2023, {})
    published = AnnualReport.objects.get()
    published.tables["proactive"]["normative"]["in_force"] = 1
    published.save()
    assert "years.in_force" not in codes(compiled(2024))
    published.tables["proactive"]["normative"]["in_force"] = 4
    published.save()
    [found] = [each for each in compiled(2024).report.findings if each.code == "years.in_force"]
    assert (found.facts["left"], found.facts["right"]) == (2, 5)


def test_a_statement_that_says_other_than_the_documents_is_shown(tmp_path: Path) -> None:
    items.import_items(save(tmp_path / "i.jsonl", document("1", "2024-05-01")))
    told = [("made", 1), ("repealed", 0), ("in_force", 7)]
    statements.import_statements(
        save(tmp_path / "s.jsonl", *(
            {"agency": "kjj", "year": 2024, "row": "normative", "column": column, "value": value, "evidence": ""}
            for column, value in told
        ))
    )  # fmt: skip
    made = compiled(2024)
    assert made.report.tables["proactive"]["normative"] == {"made": 1, "repealed": 0, "in_force": 7}
    assert made.origins["normative", "in_force"] == "stated"
    [found] = [each for each in made.report.findings if each.code == "ledger.difference"]
    assert (getattr(found.where, "column", ""), found.severity) == ("in_force", "warning")
    assert dict(found.facts) == {"left": 7, "right": 1, "left_from": "stated", "right_from": "documents"}


def test_last_years_items_and_change_are_this_years_prior_items(tmp_path: Path) -> None:
    told = [(2019, "prior_items", 30), (2019, "change", 8), (2020, "change", -4)]
    statements.import_statements(
        save(tmp_path / "s.jsonl", *(
            {"agency": "kjj", "year": year, "row": "licences", "column": column, "value": value, "evidence": ""}
            for year, column, value in told
        ))
    )  # fmt: skip
    made = compiled(2020)
    assert made.report.tables["proactive"]["licences"] == {"prior_items": 38, "change": -4, "decisions": 0}
    assert made.origins["licences", "prior_items"] == "carried"
