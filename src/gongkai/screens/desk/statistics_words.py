"""The figures of 本年统计 in words, and their charts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from gongkai.bureau.annual.year_so_far import Scope, YearSoFar
from gongkai.bureau.casework.queries import handling_time
from gongkai.screens.ui.charts import Series, bars

FIGURES: Mapping[str, str] = {
    "on_hand": "在办", "overdue": "其中逾期", "standing": "其中等申请人", "closed": "办结", "late": "其中逾期办结",
    "joining": "协办在办",
}  # fmt: skip
"""The figures of the work in the order of their columns."""
MOST_BARS = 12


def _band(low: int, high: int | None) -> str:
    return f"{low}个工作日以上" if high is None else f"{low}至{high}个工作日"


BANDS = tuple(_band(*each) for each in handling_time.BANDS)


Way = Callable[..., str]
"""what, and of by, key, band and month those that it has → the address of the requests behind a figure."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart; the table that says the same: heads, and rows of a label with (figure, address of its requests)."""

    title: str
    svg: SafeString
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[tuple[int, str], ...]], ...]


def days_in_words(days: float | None) -> str:
    """7 or 6.5 working days; a dash where nothing was answered."""
    return "—" if days is None else f"{days:g}"


def told(asked: Scope, figure: str) -> bool:
    """What is on hand is told of today alone; what was closed, of any day."""
    return asked.now or figure in ("closed", "late")


def charts(found: YearSoFar, asked: Scope, way: Way) -> tuple[Chart, ...]:
    """Received and closed by month; replies by handling time; what each section has on hand and closed."""
    months = [
        (
            f"{each.number}月",
            tuple((getattr(each, what), way(what, month=each.number)) for what in ("received", "closed")),
        )
        for each in found.months
    ]
    bands = [
        (word.replace("个工作日", ""), ((count, way("replied", band=band)),))
        for band, (word, count) in enumerate(zip(BANDS, found.times.bands, strict=True))
    ]
    shown = [each for each in ("on_hand", "closed") if told(asked, each)]
    busy = [each for each in found.sections if each.on_hand or each.closed][:MOST_BARS]
    sections = [
        (each.name, tuple((getattr(each, what), way(what, by="section", key=each.key)) for what in shown))
        for each in busy
    ]
    made = [
        _chart("months", "各月收到和办结", ("收到", "办结"), months),
        _chart("bands", "答复用时（工作日）", ("答复",), bands),
    ]
    if sections:
        made.append(_chart("sections", "各科室的申请", tuple(FIGURES[each] for each in shown), sections))
    return tuple(made)


def _chart(
    identifier: str, title: str, heads: tuple[str, ...], rows: Sequence[tuple[str, tuple[tuple[int, str], ...]]]
) -> Chart:
    strips = [Series(head, tuple(figures[index][0] for _, figures in rows)) for index, head in enumerate(heads)]
    return Chart(
        title, bars(identifier, title, [label for label, _ in rows], strips, missing="没有数字"), heads, tuple(rows)
    )
