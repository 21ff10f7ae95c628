"""The report as a row of blocks to be set: headings, paragraphs, grids; with findings, where each is marked.

Every format prints these blocks and nothing else, so that all of them hold the same document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from gongkai.documents.annual_report.render.grids import Grid, GridCell, grid_of
from gongkai.statute.primitives import CellPlace, DocumentPlace, Finding, InputRefused, ProsePlace
from gongkai.statute.report.form import CODES, Form, governing, load
from gongkai.statute.report.model import OVERVIEW_PARTS, Report
from gongkai.statute.wording import SEVERITY_WORDS, advice, place_name, sentence

OPINIONS = "核查意见"
_GRAVITY = {"error": 0, "warning": 1, "note": 2}
# What XML 1.0 cannot hold, and what moves or hides text; lone surrogates are no characters at all.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_CIRCLED = {number: chr(0x2460 + number - 1) for number in range(1, 21)}


@dataclass(frozen=True, slots=True)
class Run:
    """Text with the numbers of the findings that lie on it; those in `ends` end here and are printed after it."""

    text: str
    on: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """level 1: a part of the form; 2: a section of part one."""

    text: str
    level: int
    part: str
    marks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    part: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Tabular:
    """A statutory table; `marks`: the place of a cell's beginning in the grid → the findings that it shows."""

    grid: Grid
    marks: dict[tuple[int, int], tuple[int, ...]] = field(default_factory=dict)


Block = Heading | Paragraph | Tabular


@dataclass(frozen=True, slots=True)
class Opinion:
    """A finding as the list at the end tells it."""

    number: int
    severity: str
    word: str
    place: str
    sentence: str
    advice: str
    cite: str
    difference: str


@dataclass(frozen=True, slots=True)
class Draft:
    """The document before it is set in a format; `opinions` is empty for the plain document.

    title_tail: what follows the body's name in the title; a title too long for a line is broken before it, as
    official documents break where the sense allows (GB/T 9704 7.3.1).
    """

    title: str
    title_tail: str
    title_marks: tuple[int, ...]
    agency: str
    blocks: tuple[Block, ...]
    opinions: tuple[Opinion, ...]

    def gravity(self, numbers: Sequence[int]) -> str:
        """The gravest severity among findings: error, warning or note."""
        return min((self.opinions[number - 1].severity for number in numbers), key=lambda word: _GRAVITY.get(word, 3))


def mark_sign(number: int) -> str:
    """The sign of a finding's number: ① to ⑳, then 〔21〕."""
    return _CIRCLED.get(number, f"〔{number}〕")


def clean(text: str) -> str:
    """Text without control characters, in one line."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\t", " ").replace("\n", " "))


def draft_of(report: Report, findings: Sequence[Finding] = ()) -> Draft:
    """The blocks of a report. A part of the prose that is None has no heading: the document does not have it."""
    form = form_of(report)
    year = f"{report.year}年" if report.year is not None else ""
    agency = clean(report.agency or "")
    opinions = tuple(_opinion(number, found) for number, found in enumerate(findings, 1))
    tail = f"{year}政府信息公开工作年度报告"
    return Draft(
        title=f"{agency}{tail}",
        title_tail=tail,
        title_marks=(*_at_part(findings, None), *_at_part(findings, "title")),
        agency=agency,
        blocks=tuple(_blocks(report, form, findings)),
        opinions=opinions,
    )


def form_of(report: Report) -> Form:
    """The report's form; where it is unknown the one that governs its year, else the one with most of its cells."""
    if report.form in CODES:
        return load(report.form)
    if report.year is not None and not report.tables:
        try:
            return governing(report.year)
        except InputRefused:
            return load(CODES[-1])
    return max((load(code) for code in reversed(CODES)), key=lambda form: _fits(report, form))


def _fits(report: Report, form: Form) -> int:
    return sum(
        column in report.tables.get(table.code, {}).get(row, {})
        for table in form.tables.values()
        for row, column in table.cells()
    )


def _blocks(report: Report, form: Form, findings: Sequence[Finding]) -> Iterator[Block]:
    narrative = report.narrative
    for part, heading in form.headings.items():
        if "." in part:
            continue
        text = {"problems": narrative.problems, "other": narrative.other}.get(part, "")
        if text is None:
            continue
        yield Heading(heading, 1, part, _at_part(findings, part))
        if part == "overview":
            yield from _overview(report, form, findings)
        elif part in form.tables:
            grid = grid_of(form.tables[part], report.tables.get(part, {}))
            yield Tabular(grid, _marks(grid, findings))
        else:
            yield from _prose(part, text, findings)


def _overview(report: Report, form: Form, findings: Sequence[Finding]) -> Iterator[Block]:
    overview = report.narrative.overview
    yield from _prose("overview.lead", overview.get("lead") or "", findings)
    for section in OVERVIEW_PARTS:
        text = overview.get(section)
        if text is None:
            continue
        part = f"overview.{section}"
        yield Heading(form.headings[part], 2, part, _at_part(findings, part))
        yield from _prose(part, text, findings)


def _prose(part: str, text: str, findings: Sequence[Finding]) -> Iterator[Paragraph]:
    """A paragraph for each line of the part's text."""
    places = [
        (number, max(0, found.where.start), min(len(text), found.where.end))
        for number, found in enumerate(findings, 1)
        if isinstance(found.where, ProsePlace) and found.where.part == part
    ]
    start = 0
    for line in text.split("\n"):
        runs = tuple(_runs(line, start, places))
        if runs:
            yield Paragraph(part, runs)
        start += len(line) + 1


def _runs(line: str, start: int, places: Sequence[tuple[int, int, int]]) -> Iterator[Run]:
    """The line cut wherever a finding begins or ends; `start` is the line's place in the text of the part."""
    stop = start + len(line)
    here = [(n, max(start, a), min(stop, b)) for n, a, b in places if a < stop and b > start and a < b]
    cuts = sorted({start, stop} | {a for _, a, _ in here} | {b for _, _, b in here})
    if not clean(line).strip():
        return
    for left, right in pairwise(cuts):
        on = tuple(n for n, a, b in here if a <= left and right <= b)
        text = clean(line[left - start : right - start])
        text = text.lstrip() if left == start else text
        text = text.rstrip() if right == stop else text
        yield Run(text, on, tuple(n for n, _, b in here if b == right and n in on))


def _at_part(findings: Sequence[Finding], part: str | None) -> tuple[int, ...]:
    """Findings on a whole part: the part named, or its table as a whole."""
    return tuple(
        number
        for number, found in enumerate(findings, 1)
        if (isinstance(found.where, DocumentPlace) and found.where.part == part)
        or (part is not None and found.where == CellPlace(part))
    )


def _marks(grid: Grid, findings: Sequence[Finding]) -> dict[tuple[int, int], tuple[int, ...]]:
    """Findings on a figure, on a row (at its label) and on a column (at its heading)."""
    wanted: dict[tuple[str | None, str | None], list[int]] = {}
    for number, found in enumerate(findings, 1):
        if (
            isinstance(found.where, CellPlace)
            and found.where.table == grid.table
            and found.where != CellPlace(grid.table)
        ):
            wanted.setdefault((found.where.row, found.where.column), []).append(number)
    out: dict[tuple[int, int], tuple[int, ...]] = {}
    for down, across, cell in grid.placed():
        numbers = wanted.pop(_address(cell), None) if wanted else None
        if numbers:
            out[down, across] = tuple(numbers)
    return out


def _address(cell: GridCell) -> tuple[str | None, str | None]:
    return (cell.row, cell.column) if cell.row or cell.column else ("", "")


def _opinion(number: int, found: Finding) -> Opinion:
    difference = found.facts.get("difference")
    shown = f"{difference:+}" if isinstance(difference, int | float) and not isinstance(difference, bool) else ""
    return Opinion(
        number=number,
        severity=found.severity,
        word=SEVERITY_WORDS[found.severity],
        place=clean(place_name(found)),
        sentence=clean(sentence(found)),
        advice=clean(advice(found)),
        cite=clean(found.cite),
        difference=shown if shown else clean(str(difference)) if isinstance(difference, str) else "",
    )
