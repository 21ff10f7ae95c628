"""Whatever the ledger and the day: each cell of tables three and four has as many records behind it as it shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger_files import bodies, case, load, reclassified, reopened, replied, save

from gongkai.bureau.annual.compile import compile_report
from gongkai.bureau.casework import queries as casework
from gongkai.bureau.orgs import exchange as orgs
from gongkai.bureau.orgs.working_days import state_council
from gongkai.bureau.remedies import exchange as remedies_exchange
from gongkai.bureau.remedies import queries as remedies
from gongkai.statute.cases.exchange import parse
from gongkai.statute.clock.facts import report_facts
from gongkai.statute.report.form import load as form_of
from gongkai.statute.report.tally import requests_table

pytestmark = pytest.mark.django_db
FIRST = date(2022, 11, 1)
AGENCIES = ("kjj", "mzj")
KINDS = ("natural_person", "business", "other_org")
OUTCOMES = ("granted", "partial", "not_processed.petition", "other.other", "other.unpaid_fee", "other")
SLOW = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
days = st.integers(0, 900).map(lambda number: FIRST + timedelta(days=number))
after = st.integers(0, 200)


@st.composite
def cases(draw: st.DrawFn) -> dict[str, Any]:
    submitted = draw(days)
    more: list[Any] = []
    options: dict[str, Any] = {"submitted": f"{submitted}", "agency": draw(st.sampled_from(AGENCIES)),
                               "kind": draw(st.sampled_from(KINDS))}  # fmt: skip
    fate = draw(st.sampled_from(["never", "withdrawn before", "open", "withdrawn", *["replied"] * 5]))
    received = None if fate in ("never", "withdrawn before") else submitted + timedelta(days=draw(st.integers(0, 9)))
    day = (received or submitted) + timedelta(days=draw(after))
    if fate.startswith("withdrawn"):
        more.append(("withdrawn", f"{day}"))
    elif fate == "replied":
        more.append(replied(f"{day}", draw(st.sampled_from(OUTCOMES))))
        for _ in range(draw(st.integers(0, 2))):
            day += timedelta(days=draw(after))
            more.append(reclassified(f"{day}", draw(st.sampled_from(OUTCOMES))))
        if draw(st.booleans()):
            day += timedelta(days=draw(after))
            more += [reopened(f"{day}", f"{day + timedelta(days=30)}"),
                     replied(f"{day + timedelta(days=20)}", draw(st.sampled_from(OUTCOMES)))]  # fmt: skip
            more.append(reclassified(f"{day + timedelta(days=40)}", draw(st.sampled_from(OUTCOMES))))
    return case("", f"{received}" if received else None, *more, **options)


@st.composite
def remedy_records(draw: st.DrawFn) -> dict[str, Any]:
    accepted = draw(days)
    closed = draw(st.none() | after.map(lambda number: f"{accepted + timedelta(days=number)}"))
    ended = {"closed_on": closed, "result": draw(st.sampled_from(("upheld", "corrected", "other")))} if closed else {}
    role = draw(st.sampled_from(("respondent", "respondent", "co_defendant")))
    kind = draw(st.sampled_from(("reconsideration", "litigation_direct", "litigation_after")))
    return {"agency": draw(st.sampled_from(AGENCIES)), "case": None, "kind": kind, "accepted_on": f"{accepted}",
            "role": role, **ended}  # fmt: skip


@contextmanager
def ledger() -> Iterator[None]:
    """A ledger that is gone again afterwards, with one body that continues both bureaus."""
    with transaction.atomic():
        bodies()
        orgs.write(
            '{"code": "new", "name": "青澜县科技民政局", "level": "county_department",'
            ' "predecessors": ["kjj", "mzj"]}\n'
        )
        yield
        transaction.set_rollback(True)


def paged(ask: Callable[[str], Any]) -> list[tuple[date, int]]:
    """All records over all pages of a cell by id, remedies with their day."""
    found: list[tuple[date, int]] = []
    key = ""
    while True:
        page = ask(key)
        found += [(getattr(each, "accepted_on", FIRST), each.id) for each in page.rows]
        key = page.next_after
        if not key:
            return found
        assert len(page.rows) == 3


@SLOW
@given(
    records=st.lists(cases(), max_size=25),
    year=st.sampled_from([2023, 2024]),
    as_of=days,
    form=st.sampled_from(["2019", "2021"]),
)
def test_every_cell_of_table_three(
    tmp_path: Path, records: list[dict[str, Any]], year: int, as_of: date, form: str
) -> None:
    numbered = [{**each, "number": f"甲-{index}"} for index, each in enumerate(records)]
    with ledger():
        load(tmp_path, *numbered)
        made = compile_report("new", year, as_of, form=form)
        cells = made.report.tables["requests"]
        told = (report_facts(parse(each), state_council(), as_of) for each in numbered)
        assert cells == requests_table(form_of(form), year, [each for each in told if each is not None])
        for row, columns in cells.items():
            for column, value in columns.items():
                if column not in (*KINDS, "total"):
                    continue

                def ask(key: str, row: str = row, column: str = column) -> casework.RequestPage:
                    return casework.behind(made.bodies, year, as_of, row=row, column=column, after=key, size=3)

                found = [pk for _, pk in paged(ask)]
                assert len(found) == value, (row, column)
                assert len(set(found)) == len(found), (row, column)


@SLOW
@given(records=st.lists(remedy_records(), max_size=20), year=st.sampled_from([2023, 2024]), as_of=days)
def test_every_cell_of_table_four(tmp_path: Path, records: list[dict[str, Any]], year: int, as_of: date) -> None:
    numbered = [{**each, "number": f"R-{index}"} for index, each in enumerate(records)]
    with ledger():
        remedies_exchange.import_remedies(save(tmp_path / "r.jsonl", *numbered))
        made = compile_report("new", year, as_of)
        for row, columns in made.report.tables["remedies"].items():
            for column, value in columns.items():

                def ask(key: str, row: str = row, column: str = column) -> remedies.RemedyPage:
                    return remedies.behind(made.bodies, year, as_of, row=row, column=column, after=key, size=3)

                found = paged(ask)
                assert len(found) == value, (row, column)
                assert found == sorted(set(found), reverse=True), (row, column)
        members = remedies.members(made.bodies, year, as_of)
        totals = sum(int(str(columns["total"])) for columns in made.report.tables["remedies"].values())
        assert len({pk for pk, *_ in members}) == len(members) == totals


def test_a_page_is_by_day_and_id_and_an_unreadable_key_is_the_first(tmp_path: Path, db: None) -> None:
    bodies()
    load(tmp_path, case("1", "2024-03-02"), case("2", "2024-03-01"), case("3", "2024-03-01", kind="business"))

    def numbers(after: str, **more: Any) -> tuple[list[str], str]:
        page = casework.behind(["kjj"], 2024, date(2025, 1, 1), row="new", column="total", after=after, **more)
        return [each.number for each in page.rows], page.next_after

    first, key = numbers("", size=2)
    assert first == ["2", "3"]
    assert numbers(key, size=2) == (["1"], "")
    for wrong in ("x", "~", "2024-13-01~1", "2024-03-01~x", "2024-03-01~" + "9" * 40, "', 1); --~1"):
        assert numbers(wrong)[0] == ["2", "3", "1"]


@pytest.mark.parametrize("row", ["new", "carried_in", "granted", "other", "concluded", "carried_out"])
def test_a_page_takes_three_queries_however_many_records(
    tmp_path: Path, db: None, row: str, django_assert_num_queries: Any
) -> None:
    bodies()
    for agency in AGENCIES:
        load(
            tmp_path,
            *(case(f"{index}", "2023-12-20", replied("2024-03-20"), agency=agency) for index in range(30)),
            *(case(f"{index}", "2024-03-02", replied("2024-03-20", "other"), agency=agency) for index in range(30, 60)),
            *(case(f"{index}", "2024-12-20", agency=agency) for index in range(60, 90)),
        )
    # an outcome asks besides for what was reclassified later
    with django_assert_num_queries(4 if row in ("granted", "other") else 3):
        page = casework.behind(["kjj", "mzj"], 2024, date(2025, 1, 1), row=row, column="total")
    assert len(page.rows) == 50


def test_the_open_ones_are_asked_for_with_one_calendar(
    tmp_path: Path, db: None, django_assert_num_queries: Any
) -> None:
    bodies()
    load(tmp_path, *(case(f"{index}", "2024-12-02") for index in range(20)))
    with django_assert_num_queries(5):
        found = casework.open_on(["kjj"], date(2024, 12, 31))
    assert [row.number for row, _ in found] == [f"{index}" for index in range(20)]
    assert {reading.phase for _, reading in found} == {"overdue"}
