"""A frozen report: its cells with every record behind them, what changed since, and the certificates of carry-over."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from bureau_cast import Cast
from django.core.exceptions import PermissionDenied
from ledger_files import case, load, replied
from report_ground import KJJ, YEAR, brought_to, drafted, step, written

from gongkai.bureau.annual import (
    behind,
    certificates,
    drafting,
    freezing,
    part_queries,
    report_queries,
    statements,
    steps,
)
from gongkai.bureau.annual.compile import compile_report
from gongkai.bureau.annual.models import AnnualReport, FrozenMember
from gongkai.bureau.annual.verification import check_certificates, check_frozen
from gongkai.bureau.casework import services as casework
from gongkai.bureau.casework.models import Request
from gongkai.statute.primitives import InputRefused
from gongkai.statute.report.form import load as form_of

pytestmark = pytest.mark.django_db

NOT_NOUGHT = {
    "proactive": {
        "normative": {"made": 2, "in_force": 3}, "licences": {"decisions": 12}, "penalties": {"decisions": 7},
    },
    "requests": {
        "new": {"natural_person": 4, "business": 1, "other_org": 1, "total": 6},
        "carried_in": {"natural_person": 1, "total": 1},
        "granted": {"natural_person": 2, "total": 2},
        "partial": {"business": 1, "total": 1},
        "unavailable.not_held": {"other_org": 1, "total": 1},
        "not_processed.petition": {"natural_person": 1, "total": 1},
        "other.other": {"natural_person": 1, "total": 1},
        "concluded": {"natural_person": 4, "business": 1, "other_org": 1, "total": 6},
        "carried_out": {"natural_person": 1, "total": 1},
    },
    "remedies": {
        "reconsideration": {"upheld": 1, "pending": 1, "total": 2},
        "litigation_direct": {"pending": 1, "total": 1},
    },
}  # fmt: skip


@pytest.fixture
def report(cast: Cast, tmp_path: Path) -> int:
    return drafted(cast, tmp_path)


def shown(tables: Any) -> dict[str, dict[str, dict[str, object]]]:
    """The cells that are not 0."""
    kept = {
        table: {row: {column: cell for column, cell in cells.items() if cell not in (0, "0")}
                for row, cells in rows.items()}
        for table, rows in tables.items()
    }  # fmt: skip
    return {table: {row: cells for row, cells in rows.items() if cells} for table, rows in kept.items()}


def all_behind(cast: Cast, report: int, *cell: str, size: int = 2) -> tuple[behind.Behind, list[behind.Record]]:
    """The records of a cell over all its pages."""
    first = behind.behind(cast.leader, report, *cell, size=size)
    assert first is not None
    records, following = list(first.records), first.next_after
    while following:
        page = behind.behind(cast.leader, report, *cell, after=following, size=size)
        assert page is not None
        records, following = [*records, *page.records], page.next_after
    return first, records


def every_cell_counts_up(cast: Cast, report: int) -> dict[tuple[str, str, str], list[str]]:
    """Each cell of the form has as many records behind it as it shows, each once; the numbers of each cell."""
    found = AnnualReport.objects.get(pk=report)
    told = {}
    for table in form_of(found.form).tables.values():
        for row, column in table.cells():
            first, records = all_behind(cast, report, table.code, row, column)
            assert len({(each.ledger, each.id) for each in records}) == len(records)
            if table.code != "proactive":
                assert first.value == len(records), (table.code, row, column)
            elif records and first.value not in (None, "n/a"):
                assert float(first.value) == sum(float(each.adds) for each in records), (row, column)
            else:
                assert first.value in (0, "0", None) or first.origin == "carried", (row, column)
            if records:
                told[table.code, row, column] = sorted(each.number for each in records)
    return told


REQUESTS = {
    ("new", "total"): ["K-2", "K-3", "K-4", "K-5", "K-6", "K-7"],
    ("carried_in", "total"): ["K-1"],
    ("granted", "total"): ["K-1", "K-2"],
    ("partial", "business"): ["K-3"],
    ("not_processed.petition", "natural_person"): ["K-4"],
    ("unavailable.not_held", "other_org"): ["K-5"],
    ("other.other", "total"): ["K-7"],
    ("concluded", "total"): ["K-1", "K-2", "K-3", "K-4", "K-5", "K-7"],
    ("carried_out", "natural_person"): ["K-6"],
}


@pytest.mark.parametrize("state", ["drafting", "frozen"])
def test_every_cell_opens_as_many_records_as_it_shows(cast: Cast, report: int, state: str) -> None:
    brought_to(cast, report, state)
    told = every_cell_counts_up(cast, report)
    assert {cell: told["requests", *cell] for cell in REQUESTS} == REQUESTS
    assert told["remedies", "reconsideration", "total"] == ["R-1", "R-2"]
    assert told["remedies", "reconsideration", "upheld"] == ["R-1"]
    assert told["remedies", "litigation_direct", "pending"] == ["R-3"]
    assert told["proactive", "normative", "made"] == ["青科发〔2024〕1号", "青科发〔2024〕2号"]
    assert len(told["proactive", "penalties", "decisions"]) == 2


def test_the_frozen_cells_are_those_of_the_ledgers(cast: Cast, report: int) -> None:
    brought_to(cast, report, "frozen")
    found = AnnualReport.objects.get(pk=report)
    assert found.tables is not None
    assert shown(found.tables) == NOT_NOUGHT
    assert found.tables["proactive"]["fees"]["amount"] == "0"
    for table in form_of("2021").tables.values():
        assert {(row, column) for row in found.tables[table.code] for column in found.tables[table.code][row]} == set(
            table.cells()
        )


@pytest.mark.parametrize(
    ("row", "column", "origin"),
    [("normative", "made", "documents"), ("licences", "decisions", "stated"), ("penalties", "decisions", "lines"),
     ("coercive", "decisions", "unstated"), ("fees", "amount", "unstated")],
)  # fmt: skip
@pytest.mark.parametrize("state", ["drafting", "frozen"])
def test_a_cell_of_table_two_says_where_it_comes_from(
    cast: Cast, report: int, state: str, row: str, column: str, origin: str
) -> None:
    brought_to(cast, report, state)
    first, _ = all_behind(cast, report, "proactive", row, column)
    assert first.origin == origin


def test_records_frozen_with_table_two_say_what_they_are(cast: Cast, report: int) -> None:
    brought_to(cast, report, "frozen")
    _, stated = all_behind(cast, report, "proactive", "licences", "decisions")
    assert [(each.ledger, each.adds, each.evidence) for each in stated] == [("statement", "12", "许可台账（2024年）")]
    _, lines = all_behind(cast, report, "proactive", "penalties", "decisions")
    assert [(each.ledger, each.what, each.adds) for each in lines] == [
        ("line", "未按规定汇交科技报告", "3"), ("line", "骗取科技资金", "4"),
    ]  # fmt: skip


def _reclassify(cast: Cast, number: str) -> None:
    casework.append(
        cast.officer, Request.objects.get(number=number).pk,
        {"kind": "reclassified", "on": "2025-02-10", "outcome": "partial", "because": "登记有误"}, evidence="更正单",
    )  # fmt: skip


def test_a_reclassified_request_changes_a_draft_at_once(cast: Cast, report: int) -> None:
    _reclassify(cast, "K-2")
    _, partial = all_behind(cast, report, "requests", "partial", "natural_person")
    _, granted = all_behind(cast, report, "requests", "granted", "total")
    assert ([each.number for each in partial], [each.number for each in granted]) == (["K-2"], ["K-1"])
    detail = report_queries.detail(cast.officer, report)
    assert detail is not None
    assert {each.link.key: (each.link.value, each.now) for each in detail.drifts["on_request"]} == {
        "outcomes.granted": (2, 1), "outcomes.partial": (1, 2),
    }  # fmt: skip


@pytest.mark.parametrize("state", ["frozen", "approved", "published"])
def test_a_frozen_report_stands_and_tells_what_changed_since(cast: Cast, report: int, state: str) -> None:
    brought_to(cast, report, state)
    detail = report_queries.detail(cast.officer, report)
    assert detail is not None
    assert (detail.frozen, detail.changes, detail.drifts) == (True, (), {})
    _reclassify(cast, "K-2")
    statements.state(cast.officer, KJJ, YEAR, "licences", "decisions", 14, "许可台账（核对后）")
    detail = report_queries.detail(cast.officer, report)
    assert detail is not None
    assert shown(detail.report.tables) == NOT_NOUGHT
    assert sorted((*each.where, each.then, each.now) for each in detail.changes) == [
        ("proactive", "licences", "decisions", 12, 14),
        ("requests", "granted", "natural_person", 2, 1), ("requests", "granted", "total", 2, 1),
        ("requests", "partial", "natural_person", 0, 1), ("requests", "partial", "total", 1, 2),
    ]  # fmt: skip
    assert detail.drifts == {}
    part = part_queries.part_as(cast.officer, report, "on_request")
    assert part is not None
    assert (part.drifts, part.findings) == ((), ())
    _, granted = all_behind(cast, report, "requests", "granted", "total")
    assert [each.number for each in granted] == ["K-1", "K-2"]
    assert [each.adds for each in all_behind(cast, report, "proactive", "licences", "decisions")[1]] == ["12"]


def test_frozen_again_it_has_the_figures_of_that_day(cast: Cast, report: int) -> None:
    brought_to(cast, report, "frozen")
    _reclassify(cast, "K-2")
    step(cast, "head", report, "return_")
    step(cast, "officer", report, "submit")
    step(cast, "adviser", report, "pass_review")
    found = AnnualReport.objects.get(pk=report)
    assert found.tables is not None
    assert (found.tables["requests"]["granted"]["total"], found.tables["requests"]["partial"]["total"]) == (1, 2)
    assert FrozenMember.objects.filter(report=report, ledger="request").count() == 7
    every_cell_counts_up(cast, report)


def test_cells_and_records_that_do_not_agree_are_not_frozen(
    cast: Cast, report: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A request registered between the count and the copy, as another connection may."""
    step(cast, "officer", report, "submit")

    def entered_meanwhile(*given: Any, **more: Any) -> Any:
        made = compile_report(*given, **more)
        load(tmp_path, case("K-9", "2024-10-10", replied("2024-10-20"), agency=KJJ))
        return made

    monkeypatch.setattr(steps, "compile_report", entered_meanwhile)
    with pytest.raises(InputRefused, match="冻结数字：台账刚才有新的登记，数字和记录没有对上；应为再办理一次审核通过"):
        steps.take_step(cast.head, report, "pass_review")
    assert AnnualReport.objects.get(pk=report).state == "in_review"


def test_freezing_costs_the_same_however_many_requests(
    cast: Cast, report: int, tmp_path: Path, django_assert_max_num_queries: Any
) -> None:
    found = AnnualReport.objects.select_related("body").get(pk=report)
    compiled = compile_report(KJJ, YEAR, date(2026, 1, 20))
    with django_assert_max_num_queries(40) as few:
        freezing.freeze(found, compiled)
    load(tmp_path, *(case(f"M-{number}", "2024-03-04", replied("2024-03-20"), agency=KJJ) for number in range(300)))
    compiled = compile_report(KJJ, YEAR, date(2026, 1, 20))
    with django_assert_max_num_queries(40) as many:
        freezing.freeze(found, compiled)
    assert len(many) == len(few)
    assert sum("INSERT INTO annual_frozenmember" in each["sql"] for each in many.captured_queries) == 1
    assert FrozenMember.objects.filter(report=report, ledger="request").count() == 307


def test_the_form_of_2019_has_one_row_for_other_outcomes(cast: Cast, tmp_path: Path) -> None:
    load(
        tmp_path,
        case("L-1", "2020-03-04", replied("2020-03-20", "other.unpaid_fee"), agency=KJJ),
        case("L-2", "2020-03-05", replied("2020-03-20", "other"), agency=KJJ, kind="research"),
        case("L-3", "2020-03-06", replied("2020-03-20", "granted"), agency=KJJ),
    )
    for row, column, value in (("licences", "prior_items", 30), ("licences", "change", -4)):
        statements.state(cast.officer, KJJ, 2019, row, column, value, "清单")
    statements.state(cast.officer, KJJ, 2020, "licences", "change", 1, "清单")
    statements.add_line(cast.officer, KJJ, 2020, "procurement", name="服务器", amount="0.93402", evidence="合同")
    report = drafting.start(cast.officer, KJJ, 2020)
    written(cast, report)
    for state in ("drafting", "frozen"):
        brought_to(cast, report, state)
        told = every_cell_counts_up(cast, report)
        assert told["requests", "other", "total"] == ["L-1", "L-2"]
        assert told["requests", "concluded", "total"] == ["L-1", "L-2", "L-3"]
        first, records = all_behind(cast, report, "proactive", "licences", "prior_items")
        assert (first.value, first.origin, records) == (26, "carried", [])
        first, _ = all_behind(cast, report, "proactive", "procurement", "amount")
        assert (first.value, first.origin) == ("0.93402", "lines")
    tables = AnnualReport.objects.get(pk=report).tables
    assert tables is not None
    assert tables["requests"]["other"] == {
        "natural_person": 1, "business": 0, "research": 1, "public_welfare": 0, "legal_service": 0, "other_org": 0,
        "total": 2,
    }  # fmt: skip


@pytest.mark.parametrize(
    "cell",
    [("nothing", "new", "total"), ("requests", "nothing", "total"), ("requests", "new", "nothing"),
     ("requests", "other", "total"), ("proactive", "normative", "total")],
)  # fmt: skip
def test_a_cell_that_the_form_does_not_have(cast: Cast, report: int, cell: tuple[str, str, str]) -> None:
    assert behind.behind(cast.officer, report, *cell) is None
    assert behind.behind(cast.officer, 999_999, "requests", "new", "total") is None


@pytest.mark.parametrize("after", ["x", "²", "-1", "1e5", "9" * 40, "'; --"])
@pytest.mark.parametrize("state", ["drafting", "frozen"])
def test_an_unreadable_key_is_the_first_page(cast: Cast, report: int, state: str, after: str) -> None:
    brought_to(cast, report, state)
    page = behind.behind(cast.officer, report, "requests", "new", "total", after=after)
    assert page is not None
    assert len(page.records) == 6


def test_who_opens_a_cell(cast: Cast, report: int) -> None:
    for who in ("officer", "handler", "head", "reviewer", "adviser", "leader", "office"):
        assert behind.behind(getattr(cast, who), report, "requests", "new", "total") is not None
    for who in ("elsewhere", "system", "security", "auditor", "stranger"):
        with pytest.raises(PermissionDenied):
            behind.behind(getattr(cast, who), report, "requests", "new", "total")
        with pytest.raises(PermissionDenied):
            certificates.certificate(getattr(cast, who), KJJ, YEAR)


def test_requests_never_confirmed_stand_beside_the_report(cast: Cast, report: int) -> None:
    for state in ("drafting", "published"):
        brought_to(cast, report, state)
        detail = report_queries.detail(cast.leader, report)
        assert detail is not None
        assert [each.number for each in detail.unconfirmed] == ["K-8"]


def test_verify_recounts_what_was_frozen(cast: Cast, report: int) -> None:
    brought_to(cast, report, "published")
    assert set(check_frozen()) == {None}
    assert set(check_certificates()) == {None}
    FrozenMember.objects.filter(report=report, number="K-2").delete()
    told = {each for each in check_frozen() if each}
    assert "青澜县科学技术局2024年年度报告（第1版） requests.granted.total：冻结的数是2，背后的记录有1条" in told
    assert len(told) == 6  # new, granted and concluded, each in its own column and in 总计


def test_the_pages_of_a_report_cost_the_same_however_full(
    cast: Cast, report: int, tmp_path: Path, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(60) as before:
        report_queries.detail(cast.leader, report)
        behind.behind(cast.leader, report, "requests", "new", "total")
    load(
        tmp_path,
        *(case(f"M-{number}", "2024-03-04", replied("2024-03-20"), agency=KJJ) for number in range(120)),
        *(case(f"N-{number}", None, agency=KJJ, submitted="2024-03-04") for number in range(40)),
    )
    with django_assert_max_num_queries(60) as after:
        report_queries.detail(cast.leader, report)
        behind.behind(cast.leader, report, "requests", "new", "total")
    assert len(after) == len(before)
