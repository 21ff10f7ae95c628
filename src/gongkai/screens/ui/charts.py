"""Charts as SVG made by the server: plain numbers in, escaped marks out, colours by class, no inline style.

Each series stands in a strip of its own with its figures written on it, so that no colour has to be told from another,
on paper neither. Across it measures in per cent, up and down in em: a chart fills its column, its words keep their size
and large text enlarges the whole. A label without a figure is a gap marked —, never a 0.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

STRIP, BASE, TALL, NAME = 5.25, 4.5, 2.0, 1.0
"""em: from one strip to the next, to its axis, of the highest mark above the axis, to the line of the name."""
ABOVE, FOOT, BELOW = 0.35, 1.25, 1.0
"""em: a figure above its mark, the labels beneath the last axis, the room beneath the last strip."""
BROADEST = 12.0
"""Per cent: the widest that a bar gets; in a narrow place it takes six tenths of its room."""
MOST_LABELS = 10
"""Where there are more, every second (third, …) is written, the last always."""


@dataclass(frozen=True, slots=True)
class Series:
    """One row of figures, none negative, a value for each label; None is a gap."""

    name: str
    values: tuple[int | None, ...]


def bars(identifier: str, title: str, labels: Sequence[str], series: Sequence[Series], *, missing: str) -> SafeString:
    """A strip of bars for each series, all to one scale, since they are compared with each other.

    `identifier` begins the ids of title and description; `missing` is what a screen reader hears of a gap.
    """
    top = max((value for each in series for value in each.values if value is not None), default=0)
    return _chart(identifier, title, labels, series, missing, lambda each, base: _bars(each, base, top))


def lines(identifier: str, title: str, labels: Sequence[str], series: Sequence[Series], *, missing: str) -> SafeString:
    """A strip with a line for each series, each to its own scale from 0: how it moves, not how much it is.

    A line ends before a gap and begins anew after it.
    """
    return _chart(identifier, title, labels, series, missing, _line)


def _chart(
    identifier: str,
    title: str,
    labels: Sequence[str],
    series: Sequence[Series],
    missing: str,
    draw: Callable[[Series, float], list[str]],
) -> SafeString:
    marks: list[str] = []
    for order, each in enumerate(series):
        base = STRIP * order + BASE
        marks.append(
            format_html('<text class="chart-name" x="0" y="{}em">{}</text>', _n(base - BASE + NAME), each.name)
        )
        marks.append(format_html('<line class="chart-axis" x1="0" y1="{}em" x2="100%" y2="{}em"/>', _n(base), _n(base)))
        marks += draw(each, base)
    marks += _labels(labels, STRIP * (len(series) - 1) + BASE + FOOT)
    told = "；".join(f"{each.name}（{_told(labels, each.values, missing)}）" for each in series)
    return format_html(
        '<svg class="chart" width="100%" height="{}em" role="img" aria-labelledby="{}-t {}-d">'
        '<title id="{}-t">{}</title><desc id="{}-d">{}</desc>{}</svg>',
        _n(STRIP * len(series) + BELOW), identifier, identifier, identifier, title, identifier, told,
        mark_safe("".join(marks)),  # noqa: S308  (made of escaped parts)
    )  # fmt: skip


def _bars(each: Series, base: float, top: int) -> list[str]:
    wide = min(BROADEST, 60 / len(each.values)) if each.values else 0.0
    marks: list[str] = []
    for index, value in enumerate(each.values):
        high = _high(value, top)
        if high:
            marks.append(
                format_html(
                    '<rect class="chart-bar" x="{}%" y="{}em" width="{}%" height="{}em"/>',
                    _n(_middle(index, each) - wide / 2), _n(base - high), _n(wide), _n(high),
                )
            )  # fmt: skip
        marks.append(_figure(value, _middle(index, each), base - high))
    return marks


def _line(each: Series, base: float) -> list[str]:
    top = max((value for value in each.values if value is not None), default=0)
    marks: list[str] = []
    for index, value in enumerate(each.values):
        x, y = _middle(index, each), base - _high(value, top)
        before = each.values[index - 1] if index else None
        if value is not None and before is not None:
            marks.append(
                format_html(
                    '<line class="chart-line" x1="{}%" y1="{}em" x2="{}%" y2="{}em"/>',
                    _n(_middle(index - 1, each)), _n(base - _high(before, top)), _n(x), _n(y),
                )
            )  # fmt: skip
        if value is not None:
            marks.append(format_html('<circle class="chart-point" cx="{}%" cy="{}em" r="0.25em"/>', _n(x), _n(y)))
        marks.append(_figure(value, x, y - ABOVE))
    return marks


def _middle(index: int, each: Series) -> float:
    return 100 * (index + 0.5) / len(each.values)


def _high(value: int | None, top: int) -> float:
    return TALL * value / top if value and top > 0 else 0.0


def _figure(value: int | None, x: float, y: float) -> str:
    kind, shown = ("chart-gap", "—") if value is None else ("chart-value", str(value))
    return format_html('<text class="{}" x="{}%" y="{}em">{}</text>', kind, _n(x), _n(y - ABOVE), shown)


def _labels(labels: Sequence[str], y: float) -> list[str]:
    step = -(-len(labels) // MOST_LABELS)
    return [
        format_html(
            '<text class="chart-label" x="{}%" y="{}em">{}</text>', _n(100 * (index + 0.5) / len(labels)), _n(y), label
        )
        for index, label in enumerate(labels)
        if (len(labels) - 1 - index) % step == 0
    ]


def _told(labels: Sequence[str], values: Sequence[int | None], missing: str) -> str:
    """What a screen reader says of one series: 2023：没有数字，2024：89."""
    pairs = zip(labels, values, strict=True)
    return "，".join(f"{label}：{missing if value is None else value}" for label, value in pairs)


def _n(number: float) -> str:
    """At most two decimals, so that equal charts are equal bytes everywhere."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
