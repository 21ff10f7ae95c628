"""The annual report computed from the ledgers, as of any day; nothing of it is entered by hand (条例第49、50条)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import F

from gongkai.bureau.annual import table_two as two
from gongkai.bureau.annual.models import AnnualReport, KeptCheck
from gongkai.bureau.casework import queries as casework
from gongkai.bureau.orgs.models import Body
from gongkai.bureau.orgs.queries import known_bodies
from gongkai.bureau.remedies import queries as remedies
from gongkai.statute.primitives import InputFault, InputRefused
from gongkai.statute.report.checks import check
from gongkai.statute.report.form import Form, governing, load
from gongkai.statute.report.json_format import from_json
from gongkai.statute.report.model import Cell, Narrative, Report, Tables
from gongkai.statute.report.tally import remedies_table, requests_table


@dataclass(frozen=True, slots=True)
class Compiled:
    """The tables with all findings of the figures; `bodies` are the body and those that it continues.

    `origins` tells for each cell of table two which ledger gave it; `previous` is last year's as published.
    """

    report: Report
    body: str
    bodies: tuple[str, ...]
    as_of: date
    origins: Mapping[two.Key, str]
    previous: Report | None

    @property
    def form(self) -> Form:
        return load(self.report.form or "")


def compile_report(body: str, year: int, as_of: date, *, form: str | None = None) -> Compiled:
    """Compute the report of a body on a year. Raises InputRefused for an unknown body, year or form."""
    found = Body.objects.filter(code=body).first()
    if found is None:
        raise InputRefused(InputFault("机关", f"没有代码为“{body}”的机关", "已有机关的代码"))
    layout = load(form) if form else governing(year)
    bodies = continued(found, year)
    proactive = two.table_two(layout, bodies, year, as_of)
    tables: Tables = {"proactive": proactive.cells, **counted_tables(layout, bodies, year, as_of)}
    previous = last_year(found, bodies, year)
    bare = Report(layout.code, found.name, year, tables, Narrative())
    judged = [each for each in check(bare, None, previous, known_bodies()) if not each.code.startswith("form.")]
    report = replace(bare, findings=(*judged, *proactive.findings))
    return Compiled(report, body, bodies, as_of, proactive.origins, previous)


def counted_tables(layout: Form, bodies: Sequence[str], year: int, as_of: date) -> Tables:
    """Tables three and four, counted from the ledgers of those bodies together, as known on a day."""
    return {
        "requests": requests_table(layout, year, casework.facts(bodies, year, as_of)),
        "remedies": remedies_table(year, remedies.facts(bodies, year, as_of)),
    }


def continued(body: Body, year: int) -> tuple[str, ...]:
    """The body, and from the year of its reorganisation the predecessors whose requests it goes on with.

    A predecessor that was split is continued by the first of its successors, so that nothing is counted twice.
    """
    return continued_by([body.code], year)


def continued_by(bodies: Sequence[str], year: int) -> tuple[str, ...]:
    """As `continued`, for several bodies together; each code once."""
    codes = list(bodies)
    before = _predecessors(year)
    for code in codes:
        codes += [each for each in before.get(code, ()) if each not in codes]
    return tuple(codes)


def _predecessors(year: int) -> dict[str, list[str]]:
    """Body → those that it goes on with in a year; they may have had predecessors themselves."""
    links = Body.predecessors.through.objects.order_by("to_body__code", "from_body__code")
    heir: dict[str, str] = {}
    found: dict[str, list[str]] = {}
    for after, before, since in links.values_list("from_body__code", "to_body__code", "from_body__valid_from"):
        if heir.setdefault(before, after) == after and (since is None or year >= since.year):
            found.setdefault(after, []).append(before)
    return found


def last_year(body: Body, bodies: Sequence[str], year: int) -> Report | None:
    """Last year's report as published: the body's own, or those of its predecessors added up."""
    own = published(body.code, year - 1)
    if own is not None or len(bodies) == 1:
        return own
    # whoever was already gone on with last year stands in the report of the body that did so
    earlier = {code for codes in _predecessors(year - 1).values() for code in codes}
    before = [code for code in bodies[1:] if code not in earlier]
    found = [each for code in before if (each := published(code, year - 1)) is not None]
    if not before or len(found) < len(before) or len({each.form for each in found}) > 1:
        return None  # one of them is not at hand: nothing is guessed
    return replace(found[0], agency=body.name, tables=_together([each.tables for each in found]))


def published(body: str, year: int) -> Report | None:
    """The report of a body on a year: published or frozen here, or kept from elsewhere and read."""
    # one frozen here and not yet published says more of the year than a paper kept from elsewhere
    frozen = AnnualReport.objects.filter(body__code=body, year=year, tables__isnull=False, superseded_at__isnull=True)
    own = frozen.select_related("body").order_by(F("published_at").asc(nulls_last=True), "version").first()
    if own is not None and own.tables is not None:
        return Report(own.form, own.body.name, year, own.tables)
    kept = KeptCheck.objects.filter(body__code=body, year=year, state=KeptCheck.READ).order_by("-id").first()
    if kept is None or kept.report is None or kept.report["agency"] not in _names(body):
        return None
    return from_json(kept.report)


def _names(body: str) -> tuple[str, str]:
    found = Body.objects.get(code=body)
    return found.name, found.short_name or found.name


def _together(tables: Sequence[Tables]) -> Tables:
    """The cells of several reports of one form added up; a blank in one leaves the sum blank, n/a adds nothing."""
    first, *others = tables
    return {
        table: {
            row: {
                column: _sum([cell, *(each[table][row][column] for each in others)]) for column, cell in cells.items()
            }
            for row, cells in rows.items()
        }
        for table, rows in first.items()
    }


def _sum(cells: Sequence[Cell]) -> Cell:
    told = [cell for cell in cells if cell != "n/a"]
    if not told:
        return "n/a"
    counts = [cell for cell in told if isinstance(cell, int)]
    return sum(counts) if len(counts) == len(told) else None
