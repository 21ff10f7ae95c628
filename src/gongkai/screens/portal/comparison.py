"""The published reports of a body beside each other: charts with their tables, and every row that ever had a figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.screens.ui.charts import Series, bars, lines
from gongkai.statute.report.form import CODES, Row, load
from gongkai.statute.report.model import Cell

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Figures = Mapping[str, Cell]
"""The cells of a year as `table.row.column`."""
NOTHING = "—"
MINUS = "\u2212"


@dataclass(frozen=True, slots=True)
class Year:
    """A year of the comparison; one without a published report stands as a gap."""

    year: int
    published: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: its name, a text for each year, and the difference to the year before, "" where none."""

    name: str
    values: tuple[str, ...]
    change: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart and the table that says the same."""

    title: str
    svg: SafeString
    rows: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one table of the form."""

    title: str
    rows: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """`changed`: the two years between which the change is told, None where the year before has no report."""

    years: tuple[Year, ...]
    charts: tuple[Chart, ...]
    groups: tuple[Group, ...]
    changed: tuple[int, int] | None


CHARTS: tuple[
    tuple[str, StrOrPromise, Literal["bars", "lines"], tuple[tuple[StrOrPromise, tuple[str, ...]], ...]], ...
] = (
    ("received", _("收到和办结的申请"), "bars", (
        (_("本年新收"), ("requests.new.total",)),
        (_("办结"), ("requests.concluded.total",)),
        (_("结转下年度"), ("requests.carried_out.total",)),
    )),
    ("outcomes", _("办理结果"), "bars", (
        (_("予以公开"), ("requests.granted.total",)),
        (_("部分公开"), ("requests.partial.total",)),
        (_("不予公开"), ("requests.refused.*.total",)),
        (_("无法提供"), ("requests.unavailable.*.total",)),
        (_("不予处理"), ("requests.not_processed.*.total",)),
        (_("其他处理"), ("requests.other.total", "requests.other.*.total")),
    )),
    ("remedies", _("行政复议和行政诉讼"), "bars", (
        (_("行政复议"), ("remedies.reconsideration.total",)),
        (_("行政诉讼"), ("remedies.litigation_direct.total", "remedies.litigation_after.total")),
    )),
    ("decisions", _("行政许可和行政处罚的处理决定"), "lines", (
        (_("行政许可"), ("proactive.licences.decisions",)),
        (_("行政处罚"), ("proactive.penalties.decisions",)),
    )),
)  # fmt: skip
"""Each chart: id, title, how it is drawn, its series as sums of cells; a star stands for every row of a group."""


def compare(series: Sequence[tuple[int, Figures]]) -> Comparison | None:
    """The years from the first report to the last, those without a report as gaps; None where there is no report.

    In the language that is active.
    """
    if not series:
        return None
    published = dict(series)
    years = tuple(Year(year, year in published) for year in range(min(published), max(published) + 1))
    columns = [published.get(each.year) for each in years]
    changed = (years[-2].year, years[-1].year) if len(years) > 1 and years[-2].published else None
    charts = tuple(_chart(*each, years, columns) for each in CHARTS)
    return Comparison(years, charts, tuple(_groups(columns)), changed)


def _chart(
    identifier: str,
    title: StrOrPromise,
    drawn: Literal["bars", "lines"],
    rows: Sequence[tuple[StrOrPromise, tuple[str, ...]]],
    years: Sequence[Year],
    columns: Sequence[Figures | None],
) -> Chart:
    series = [Series(str(name), tuple(_sum(cells, keys) for cells in columns)) for name, keys in rows]
    draw = bars if drawn == "bars" else lines
    labels = [str(each.year) for each in years]
    svg = draw(f"chart-{identifier}", str(title), labels, series, missing=gettext("没有数字"))
    table = tuple(
        Line(each.name, tuple(_shown(value) for value in each.values), _change(each.values)) for each in series
    )
    return Chart(str(title), svg, table)


def _sum(cells: Figures | None, keys: Sequence[str]) -> int | None:
    """The sum of those cells named that the form of the year has; None where there is none or one of them is blank."""
    numbers: list[int] = []
    for key in keys:
        head, star, tail = key.partition("*")
        for name, value in (cells or {}).items():
            if name == key or (star and name.startswith(head) and name.endswith(tail)):
                if value is None or (isinstance(value, str) and value != "n/a"):
                    return None
                numbers.append(0 if isinstance(value, str) else value)
    return sum(numbers) if numbers else None


def _groups(columns: Sequence[Figures | None]) -> Iterator[Group]:
    """By table: every cell of table two and every total of tables three and four that was not 0 in all years.

    In the words and the order of the latest form; what only earlier forms had follows.
    """
    forms = [load(code) for code in reversed(CODES)]
    for table in forms[0].tables.values():
        rows: dict[str, Line] = {}
        for form in forms:
            for row in form.tables[table.code].rows:
                for column in row.columns:
                    key = f"{table.code}.{row.code}.{column.code}"
                    if key in rows or (table.code != "proactive" and column.code != "total"):
                        continue
                    values = [(cells or {}).get(key) for cells in columns]
                    if any(value not in (None, 0, "0", "n/a") for value in values):
                        label = column.label if table.code == "proactive" else ""
                        rows[key] = Line(_name(row, label), tuple(_shown(value) for value in values), _change(values))
        if rows:
            yield Group(table.title, tuple(rows.values()))


def _name(row: Row, column: str) -> str:
    """Without the block that all outcomes share: （三）不予公开：1.属于国家秘密; 行政许可：本年处理决定数量."""
    path = row.path[1:] if len(row.path) > 1 and row.path[0].startswith("三、") else row.path
    return "：".join((*path, *((column,) if column else ())))


def _shown(value: Cell) -> str:
    return NOTHING if value is None else "/" if value == "n/a" else str(value)


def _change(values: Sequence[Cell]) -> str:
    """What the last year has more than the year before: +3, −2, 0; "" where one of the two has no number."""
    if len(values) < 2:
        return ""
    before, now = values[-2:]
    if before is None or now is None or "n/a" in (before, now):
        return ""
    difference = Decimal(now) - Decimal(before)
    amount = f"{abs(difference):f}"
    sign = "+" if difference > 0 else MINUS if difference < 0 else ""
    return sign + (amount.rstrip("0").rstrip(".") if "." in amount else amount)
