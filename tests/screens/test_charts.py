"""Charts: what is drawn where, and that nothing unescaped or styled inline is in them."""

from __future__ import annotations

import re
from collections.abc import Callable

import html5lib
import pytest

from gongkai.screens.ui.charts import Series, bars, lines

BAR = r'<rect class="chart-bar" x="([\d.]+)%" y="([\d.]+)em" width="([\d.]+)%" height="([\d.]+)em"/>'
VALUE = r'<text class="(chart-value|chart-gap)" x="([\d.]+)%" y="([\d.]+)em">([^<]*)</text>'
LINE = r'<line class="chart-line" x1="([\d.]+)%" y1="([\d.]+)em" x2="([\d.]+)%" y2="([\d.]+)em"/>'
POINT = r'<circle class="chart-point" cx="([\d.]+)%" cy="([\d.]+)em"'


def test_bars_stand_on_the_axis_of_their_strip_and_reach_their_values() -> None:
    """The first axis is 4.5 em down, the second 5.25 em lower; the largest of all is 2 em high."""
    svg = bars("c", "题", ["2024", "2025"], [Series("新收", (50, 100)), Series("办结", (25, 75))], missing="没有")
    assert re.findall(BAR, svg) == [
        ("19", "3.5", "12", "1"),
        ("69", "2.5", "12", "2"),
        ("19", "9.25", "12", "0.5"),
        ("69", "8.25", "12", "1.5"),
    ]
    assert re.findall(r'class="chart-axis" x1="0" y1="([\d.]+)em"', svg) == ["4.5", "9.75"]
    assert re.findall(r'class="chart-name" x="0" y="([\d.]+)em">([^<]*)<', svg) == [("1", "新收"), ("6.25", "办结")]
    assert re.findall(r'class="chart-label" x="([\d.]+)%" y="([\d.]+)em">([^<]*)<', svg) == [
        ("25", "11", "2024"),
        ("75", "11", "2025"),
    ]
    assert 'height="11.5em"' in svg


def test_a_figure_stands_above_its_bar() -> None:
    svg = bars("c", "题", ["2024", "2025"], [Series("新收", (50, 100))], missing="没有")
    assert re.findall(VALUE, svg) == [("chart-value", "25", "3.15", "50"), ("chart-value", "75", "2.15", "100")]


def test_bars_of_many_years_are_slim() -> None:
    svg = bars("c", "题", [str(year) for year in range(2019, 2029)], [Series("甲", (1,) * 10)], missing="没有")
    assert {width for _x, _y, width, _high in re.findall(BAR, svg)} == {"6"}


@pytest.mark.parametrize("draw", [bars, lines])
def test_a_year_without_a_figure_is_a_gap_and_not_a_nought(draw: Callable[..., str]) -> None:
    svg = draw("c", "题", ["2024", "2025"], [Series("甲", (None, 0))], missing="没有数字")
    assert [(kind, shown) for kind, _x, _y, shown in re.findall(VALUE, svg)] == [
        ("chart-gap", "—"),
        ("chart-value", "0"),
    ]
    assert re.findall(BAR, svg) == []
    assert "甲（2024：没有数字，2025：0）" in svg


def test_a_line_ends_before_a_gap_and_begins_anew_after_it() -> None:
    labels = ["2021", "2022", "2023", "2024", "2025"]
    svg = lines("c", "题", labels, [Series("甲", (4, 2, None, 1, 4))], missing="没有")
    assert re.findall(LINE, svg) == [("10", "2.5", "30", "3.5"), ("70", "4", "90", "2.5")]
    assert re.findall(POINT, svg) == [("10", "2.5"), ("30", "3.5"), ("70", "4"), ("90", "2.5")]


def test_each_line_has_its_own_scale() -> None:
    svg = lines("c", "题", ["2025"], [Series("许可", (30_000,)), Series("处罚", (12,))], missing="没有")
    assert re.findall(POINT, svg) == [("50", "2.5"), ("50", "7.75")]


def test_of_many_labels_every_second_is_written_and_the_last_always() -> None:
    svg = bars("c", "题", [str(year) for year in range(2019, 2030)], [Series("甲", (1,) * 11)], missing="没有")
    assert re.findall(r'<text class="chart-label"[^>]*>([^<]*)</text>', svg) == [
        "2019", "2021", "2023", "2025", "2027", "2029",
    ]  # fmt: skip


@pytest.mark.parametrize("draw", [bars, lines])
@pytest.mark.parametrize("series", [[], [Series("甲", ())], [Series("甲", (0,))], [Series("甲", (None,))]])
def test_nothing_to_draw_is_no_fault(draw: Callable[..., str], series: list[Series]) -> None:
    labels = ["2025"] * (len(series[0].values) if series else 1)
    html5lib.HTMLParser(strict=True).parseFragment(draw("c", "题", labels, series, missing="没有"))


@pytest.mark.parametrize("draw", [bars, lines])
def test_words_are_escaped_and_nothing_is_styled_inline(draw: Callable[..., str]) -> None:
    svg = draw("c", "<b>题</b>", ["<i>"], [Series('"x"', (1,))], missing="<u>")
    assert "<b>" not in svg
    assert "<i>" not in svg
    assert "style=" not in svg
    assert "<u>" not in draw("c", "题", ["2025"], [Series("甲", (None,))], missing="<u>")


@pytest.mark.parametrize("draw", [bars, lines])
def test_it_says_in_words_what_it_shows(draw: Callable[..., str]) -> None:
    svg = draw("c", "题", ["2024"], [Series("新收", (3,)), Series("办结", (2,))], missing="没有")
    assert 'role="img" aria-labelledby="c-t c-d"' in svg
    assert '<title id="c-t">题</title><desc id="c-d">新收（2024：3）；办结（2024：2）</desc>' in svg
