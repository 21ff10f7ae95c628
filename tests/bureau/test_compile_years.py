"""Last year beside this one: what was published with other figures is shown; reorganised bodies carry on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ledger_files import (
    bodies,
    carry,
    case,
    compiled,
    figures,
    load,
    persons,
    publish,
    replied,
    requests,
)

from gongkai.bureau.annual.compile import continued
from gongkai.bureau.orgs import exchange as orgs
from gongkai.bureau.orgs.models import Body

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _bodies(db: None, settings: Any, tmp_path: Path) -> None:
    settings.FILES = tmp_path / "files"
    bodies()


def test_published_figures_that_differ_are_shown_not_hidden(tmp_path: Path) -> None:
    load(tmp_path, case("1", "2023-12-20"), case("2", "2023-12-21"))
    publish("kjj", 2023, {"natural_person": 2, "total": 2})
    assert carry(compiled(2024)) == []
    publish("mzj", 2023, {"natural_person": 5, "total": 5})
    assert carry(compiled(2024, body="mzj")) == [("natural_person", "error", 0, 5), ("total", "error", 0, 5)]
    load(tmp_path, case("3", "2023-12-22", kind="business"))
    assert carry(compiled(2024)) == [("business", "error", 1, 0), ("total", "error", 3, 2)]


REORGANISED = (
    '{"code": "new", "name": "青澜县科技民政局", "level": "county_department", "parent": "qinglan",'
    ' "valid_from": "2024-03-01", "predecessors": ["kjj", "mzj"]}\n'
)


def test_the_carry_of_predecessors_is_added(tmp_path: Path) -> None:
    load(
        tmp_path,
        case("1", "2023-12-20"),
        case("2", "2023-12-21", replied("2024-01-10"), agency="mzj"),
        case("3", "2024-05-20", agency="mzj"),
    )
    orgs.write(REORGANISED)
    assert continued(Body.objects.get(code="new"), 2023) == ("new",)
    made = compiled(2024, body="new")
    assert made.bodies == ("new", "kjj", "mzj")
    assert figures(made.report) == {
        "new": persons(1),
        "carried_in": persons(2),
        "granted": persons(1),
        "concluded": persons(1),
        "carried_out": persons(2),
    }
    assert made.previous is None
    publish("kjj", 2023, {"natural_person": 1, "total": 1})
    assert compiled(2024, body="new").previous is None  # one of the two is not at hand
    publish("mzj", 2023, {"natural_person": 3, "total": 3})
    assert carry(compiled(2024, body="new")) == [("natural_person", "error", 2, 4), ("total", "error", 2, 4)]


def test_predecessors_of_predecessors_carry_on(tmp_path: Path) -> None:
    load(tmp_path, case("1", "2022-12-20"), case("2", "2022-12-21", agency="mzj"))
    orgs.write(REORGANISED.replace("2024-03-01", "2023-03-01"))
    orgs.write(
        '{"code": "last", "name": "青澜县综合局", "level": "county_department", "parent": "qinglan",'
        ' "valid_from": "2024-01-01", "predecessors": ["new"]}\n'
    )
    assert requests(2023, body="new") == {"carried_in": persons(2), "carried_out": persons(2)}
    assert requests(2024, body="last") == {"carried_in": persons(2), "carried_out": persons(2)}
    publish("kjj", 2023, {"natural_person": 9, "total": 9})  # gone since 2022: not what 2024 follows
    publish("new", 2023, {"natural_person": 2, "total": 2})
    made = compiled(2024, body="last")
    assert made.previous is not None
    assert carry(made) == []


def test_a_split_predecessor_is_counted_once(tmp_path: Path) -> None:
    load(tmp_path, case("1", "2023-12-20"))
    for code, name in (("b", "青澜县数据局"), ("a", "青澜县科技创新局")):
        orgs.write(
            f'{{"code": "{code}", "name": "{name}", "level": "county_department", "parent": "qinglan",'
            ' "valid_from": "2024-01-01", "predecessors": ["kjj"]}\n'
        )
    assert requests(2024, body="a") == {"carried_in": persons(1), "carried_out": persons(1)}
    assert requests(2024, body="b") == {}
