"""The annual report compiled from ledgers: literal figures for ledgers written out by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ledger_files import (
    bodies,
    case,
    codes,
    compiled,
    figures,
    load,
    persons,
    reclassified,
    reopened,
    replied,
    requests,
    save,
)

from gongkai.bureau.annual import exchange as statements
from gongkai.bureau.casework import queries as casework
from gongkai.bureau.publishing import exchange as items
from gongkai.bureau.publishing import queries as publishing
from gongkai.statute.primitives import InputRefused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _bodies(db: None, settings: Any, tmp_path: Path) -> None:
    settings.FILES = tmp_path / "files"
    bodies()


def test_the_facts_of_a_published_report_compile_to_its_tables(tmp_path: Path) -> None:
    """38 other services with +58 as entered, 38 decisions; 9 purchases; 132 items; no requests; 2020."""
    told: list[tuple[str, str, int | str]] = [
        ("other_services", "prior_items", 38),
        ("other_services", "change", 58),
        ("other_services", "decisions", 38),
        ("procurement", "items", 9),
        ("procurement", "amount", "0.93402"),
    ]
    statements.import_statements(
        save(tmp_path / "s.jsonl", *(
            {"agency": "kjj", "year": 2020, "row": row, "column": column, "value": value, "evidence": "统计表"}
            for row, column, value in told
        ))
    )  # fmt: skip
    items.import_items(
        save(tmp_path / "i.jsonl", *(
            {"source_id": f"{index}", "agency": "kjj", "column": "工作动态" if index < 100 else "通知公告",
             "title": f"第{index}条", "published_on": f"2020-{index % 12 + 1:02}-15", "body_text": "正文"}
            for index in range(132)
        ))
    )  # fmt: skip
    made = compiled(2020)
    assert (made.report.form, made.report.agency, made.report.year) == ("2019", "青澜县科学技术局", 2020)
    assert figures(made.report, "proactive") == {
        "other_services": {"prior_items": 38, "change": 58, "decisions": 38},
        "procurement": {"items": 9, "amount": "0.93402"},
    }
    assert figures(made.report, "requests") == {}
    assert figures(made.report, "remedies") == {}
    assert codes(made) == ["proactive.items_decisions", "cell.unstated"]
    assert publishing.columns(["kjj"], 2020, date(2021, 1, 20)) == (("工作动态", 100), ("通知公告", 32))


def test_both_forms_lay_out_the_same_ledger(tmp_path: Path) -> None:
    load(
        tmp_path,
        case("1", "2021-03-01", ("withdrawn", "2021-03-05")),
        case("2", "2021-03-01", ("correction_requested", "2021-03-03", {"deadline_on": "2021-03-20"}),
             ("correction_lapsed", "2021-03-25"), kind="business"),
        case("3", "2021-03-01", replied("2021-03-20", "unavailable.not_held"), kind="research"),
    )  # fmt: skip
    common = {
        "new": {"natural_person": 1, "business": 1, "research": 1, "total": 3},
        "unavailable.not_held": {"research": 1, "total": 1},
        "concluded": {"natural_person": 1, "business": 1, "research": 1, "total": 3},
    }
    assert figures(compiled(2021).report) == {
        **common,
        "other.lapsed_correction": {"business": 1, "total": 1},
        "other.other": {"natural_person": 1, "total": 1},
    }
    assert figures(compiled(2021, form="2019").report) == {
        **common,
        "other": {"natural_person": 1, "business": 1, "total": 2},
    }


def test_a_ledger_that_nobody_has_begun_leaves_table_two_blank() -> None:
    made = compiled(2024)
    assert made.report.tables["proactive"]["fees"]["amount"] is None
    assert set(codes(made)) == {"cell.blank"}


def test_what_cannot_be_compiled_is_refused() -> None:
    with pytest.raises(InputRefused, match="nobody"):
        compiled(2024, body="nobody")


# --- table three --------------------------------------------------------------------------------------------------


def test_three_years_carry_over_by_construction(tmp_path: Path) -> None:
    load(
        tmp_path,
        case("1", "2022-12-20", replied("2023-01-10")),
        case("2", "2022-12-20", replied("2024-02-10", "partial"), kind="business"),
        case("3", "2023-06-01", replied("2023-06-20")),
        case("4", "2023-12-30", replied("2024-01-20", "refused.internal")),
        case("5", "2023-12-30"),
        case("6", "2024-03-01", replied("2024-03-20")),
    )
    assert requests(2022) == {
        "new": {"natural_person": 1, "business": 1, "total": 2},
        "carried_out": {"natural_person": 1, "business": 1, "total": 2},
    }
    assert requests(2023) == {
        "new": persons(3),
        "carried_in": {"natural_person": 1, "business": 1, "total": 2},
        "granted": persons(2),
        "concluded": persons(2),
        "carried_out": {"natural_person": 2, "business": 1, "total": 3},
    }
    assert requests(2024) == {
        "new": persons(1),
        "carried_in": {"natural_person": 2, "business": 1, "total": 3},
        "granted": persons(1),
        "partial": {"business": 1, "total": 1},
        "refused.internal": persons(1),
        "concluded": {"natural_person": 2, "business": 1, "total": 3},
        "carried_out": persons(1),
    }
    assert requests(2025) == {"carried_in": persons(1), "carried_out": persons(1)}


def test_a_reclassification_changes_the_cell_at_once_and_not_before_its_day(tmp_path: Path) -> None:
    load(tmp_path, case("1", "2024-03-01", replied("2024-03-20")))
    assert requests(2024)["granted"] == persons(1)
    load(tmp_path, case("1", "2024-03-01", replied("2024-03-20"), reclassified("2024-05-06", "partial")))
    whole = {"new": persons(1), "concluded": persons(1)}
    assert requests(2024) == {**whole, "partial": persons(1)}
    assert requests(2024, "2024-05-06") == {**whole, "partial": persons(1)}
    assert requests(2024, "2024-05-05") == {**whole, "granted": persons(1)}


def test_one_reclassified_after_the_year_stays_in_its_year(tmp_path: Path) -> None:
    changes = (reclassified("2025-01-10", "partial"), reclassified("2025-03-01", "not_processed.petition"))
    load(tmp_path, case("1", "2024-12-01", replied("2024-12-20"), *changes))
    whole = {"new": persons(1), "concluded": persons(1)}
    assert requests(2024, "2025-01-09") == {**whole, "granted": persons(1)}
    assert requests(2024, "2025-01-20") == {**whole, "partial": persons(1)}
    assert requests(2024, "2025-03-01") == {**whole, "not_processed.petition": persons(1)}
    assert requests(2025, "2025-03-01") == {}


def test_a_reopening_and_a_second_conclusion_change_nothing(tmp_path: Path) -> None:
    first = (replied("2024-03-20", "refused.process"),)
    load(tmp_path, case("1", "2024-03-01", *first))
    again = (reopened("2025-02-01", "2025-03-01"), replied("2025-02-20", "granted"),
             reclassified("2025-02-25", "partial"))  # fmt: skip
    load(tmp_path, case("1", "2024-03-01", *first, *again))
    assert requests(2024) == {"new": persons(1), "refused.process": persons(1), "concluded": persons(1)}
    assert requests(2024, "2025-12-31") == requests(2024)
    assert requests(2025) == {}


def test_mid_year_knows_only_what_has_happened(tmp_path: Path) -> None:
    load(
        tmp_path,
        case("1", "2023-12-20", replied("2024-01-10")),
        case("2", "2023-12-20", replied("2024-08-10")),
        case("3", "2024-03-01", replied("2024-03-20")),
        case("4", "2024-06-20", replied("2024-07-05")),
        case("5", "2024-07-01", replied("2024-07-05")),
    )
    assert requests(2024, "2024-06-30") == {
        "new": persons(2),
        "carried_in": persons(2),
        "granted": persons(2),
        "concluded": persons(2),
        "carried_out": persons(2),
    }
    assert requests(2024, "2024-07-05")["carried_out"] == persons(1)


def test_as_of_a_day_before_the_year_what_is_open_is_what_would_be_carried(tmp_path: Path) -> None:
    load(tmp_path, case("1", "2023-10-20", replied("2023-11-15")), case("2", "2023-12-20"))
    assert requests(2024, "2023-11-01") == {"carried_in": persons(1), "carried_out": persons(1)}


def test_one_never_received_is_in_no_figure_and_stands_beside_it(tmp_path: Path) -> None:
    load(
        tmp_path,
        case("1", None, submitted="2024-05-06"),
        case("2", None, ("withdrawn", "2024-05-08"), submitted="2024-05-06"),
        case("3", "2024-05-20", submitted="2024-05-06"),
        case("4", "2024-05-07", submitted="2024-05-06"),
    )
    assert requests(2024, "2024-05-10") == {"new": persons(1), "carried_out": persons(1)}

    def beside(day: str, **more: Any) -> list[str]:
        return [each.number for each in casework.unconfirmed(["kjj"], date.fromisoformat(day), **more)]

    assert beside("2024-05-07") == ["1", "2", "3"]
    assert beside("2024-05-10") == ["1", "3"]
    assert beside("2024-12-31") == ["1"]
    assert beside("2024-12-31", since=date(2024, 5, 7)) == []
    assert beside("2024-05-05") == []


def test_none_of_those_never_confirmed_is_hidden_however_many(tmp_path: Path) -> None:
    load(tmp_path, *(case(f"{index}", None, submitted="2024-05-06") for index in range(1001)))
    assert len(casework.unconfirmed(["kjj"], date(2024, 12, 31))) == 1001
