"""What every page is held to, and reports to send."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import html5lib
import pytest

from gongkai.screens.portal import guesses
from gongkai.screens.ui import rates
from gongkai.statute.report import blank_tables
from gongkai.statute.report.form import load

sys.path.insert(0, str(Path(__file__).parent))

A_WINDOW_BEGINS = 1_790_000_400.0
"""Seconds; what is counted by windows is counted in one, however long a test takes."""


@pytest.fixture(autouse=True)
def _one_window(monkeypatch: pytest.MonkeyPatch) -> None:
    for each in (rates, guesses):
        monkeypatch.setattr(each, "time", SimpleNamespace(time=lambda: A_WINDOW_BEGINS + 1))


class _Inline(HTMLParser):
    """Collects whatever a strict content security policy would refuse, and whatever leaves the site."""

    def __init__(self) -> None:
        super().__init__()
        self.offences: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in given):
            self.offences.append(f"<{tag}> inline")
        for name, value in attrs:
            if name == "style" or name.startswith("on"):
                self.offences.append(f"{tag} {name}=")
            if name in ("href", "src", "action", "formaction") and (value or "").strip().lower().startswith(
                "javascript:"
            ):
                self.offences.append(f"{tag} {name}=javascript:")
            if name in ("src", "action") and "//" in (value or ""):
                self.offences.append(f"{tag} {name}={value}")


@pytest.fixture
def inline_code() -> Callable[[str], list[str]]:
    """A function from a page to what in it breaks the policy: inline script or style, foreign sources."""

    def offences(page: str) -> list[str]:
        parser = _Inline()
        parser.feed(page)
        return parser.offences

    return offences


@pytest.fixture
def parse() -> Callable[[str], object]:
    """A function that parses a page as HTML5 and fails on the first parse error."""
    return lambda page: html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)


@pytest.fixture
def report_json() -> Callable[..., bytes]:
    """A function that makes a 2021 report of zeros as JSON, with the cells given as `table.row.column`."""

    def make(agency: str = "青澜县水利局", year: int = 2024, **cells: object) -> bytes:
        tables = blank_tables(load("2021"))
        for rows in tables.values():
            for row in rows.values():
                for column in row:
                    row[column] = "0" if column == "amount" else 0
        for place, value in cells.items():
            table, row_code, column = place.split("__")
            tables[table][row_code.replace("_in_", ".")][column] = value  # type: ignore[assignment]
        prose = "认真执行条例，主动公开政府信息。"
        parts = ("proactive", "on_request", "management", "platform", "supervision")
        report = {
            "form": "2021",
            "agency": agency,
            "year": year,
            "tables": tables,
            "narrative": {
                "overview": dict.fromkeys(parts, prose),
                "problems": "公开的内容还不够细，下一步逐项细化。",
                "other": "本年度没有收取信息处理费。",
            },
            "findings": [],
        }
        return json.dumps(report, ensure_ascii=False).encode()

    return make
