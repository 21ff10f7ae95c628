"""`gongkai demo`: what each scale holds, the same for the same seed, and only where nothing is."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from installed import Installation, installation

KINDS = ("orgs", "cases", "remedies", "statements", "items")


def filled(made: Installation, *words: object) -> Installation:
    made.begin()
    status, printed, told = made.run("demo", *words)
    assert (status, printed) == (0, "青澜县已装入，演示账号的口令都是 qinglan-2026\n"), told
    return made


def content(made: Installation) -> dict[str, str]:
    """Everything that can be exported, applicants with their identities."""
    found = {}
    for kind in KINDS:
        extra = ("--with-identities", "--reason", "比较") if kind == "cases" else ()
        status, found[kind], _ = made.run("export", kind, *extra)
        assert status == 0
    return found


@pytest.fixture(scope="module")
def bureau(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installation(tmp_path_factory.mktemp("home")) as made:
        yield filled(made, "--seed", 7, "--items", 120)


@pytest.fixture(scope="module")
def first(bureau: Installation) -> dict[str, str]:
    return content(bureau)


def test_it_fills_every_ledger_and_all_of_it_is_proved(bureau: Installation, first: dict[str, str]) -> None:
    held = {kind: text.splitlines() for kind, text in first.items()}
    assert len(held["orgs"]) == 19
    assert len(held["items"]) == 120
    assert len(held["cases"]) > 100
    assert all(held[kind] for kind in KINDS)
    status, printed, _ = bureau.run("verify")
    assert (status, "有" in printed.replace("条流", "")) == (0, False)


def test_the_same_seed_gives_the_same_content(first: dict[str, str], tmp_path: Path) -> None:
    with installation(tmp_path) as same:
        assert content(filled(same, "--seed", 7, "--items", 120)) == first


def test_a_county_has_its_hundred_bodies_and_ten_thousand_items_and_another_seed_gives_other_content(
    first: dict[str, str], tmp_path: Path
) -> None:
    with installation(tmp_path) as made:
        filled(made, "--scale", "county", "--seed", 8)
        assert made.sql("SELECT count(*) FROM orgs_body") == [(100,)]
        assert made.sql("SELECT count(*) FROM publishing_item") == [(10_000,)]
        status, remedies, _ = made.run("export", "remedies")
    assert status == 0
    assert remedies != first["remedies"]


def test_a_province_is_a_scale_too(tmp_path: Path) -> None:
    said = "安装：已有内容，演示数据只装入空的安装；应为另设一个 GONGKAI_HOME\n"
    with installation(tmp_path) as made:
        made.begin()
        (tmp_path / "orgs.jsonl").write_text('{"code": "a", "name": "甲县人民政府", "level": "county"}', "utf-8")
        assert made.run("import", "orgs", tmp_path / "orgs.jsonl")[0] == 0
        assert made.run("demo", "--scale", "province") == (2, "", said)
        status, _, told = made.run("demo", "--scale", "planet")
        assert status == 2
        assert "planet" in told


def test_what_is_there_already_is_left_alone(bureau: Installation) -> None:
    held = "SELECT (SELECT count(*) FROM ledger_entry), (SELECT count(*) FROM publishing_item), count(*) FROM orgs_body"
    before = bureau.sql(held)
    said = "安装：已有内容，演示数据只装入空的安装；应为另设一个 GONGKAI_HOME\n"
    assert bureau.run("demo") == (2, "", said)
    assert bureau.sql(held) == before


def test_a_number_of_items_below_nothing_is_refused(tmp_path: Path) -> None:
    status, printed, told = Installation(tmp_path).run("demo", "--items", -1)
    assert (status, printed) == (2, "")
    assert "--items" in told
