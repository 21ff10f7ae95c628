"""One part of a draft for its editor: its text, or another one, judged as it would read."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.bureau import clock
from gongkai.bureau.annual.compile import compile_report
from gongkai.bureau.annual.drafting import plain
from gongkai.bureau.annual.models import AnnualReport
from gongkai.bureau.annual.report_queries import ReportRow, holds, judged, place_of, row_of
from gongkai.bureau.annual.rounds import Book
from gongkai.bureau.annual.year_facts import year_figures
from gongkai.bureau.orgs.models import Person
from gongkai.bureau.orgs.permissions import Act, require
from gongkai.statute.primitives import Finding
from gongkai.statute.report import lifecycle
from gongkai.statute.report.drafting import PARTS, Drift, Figures, Passage, drift, from_json, reanchor


@dataclass(frozen=True, slots=True)
class PartDetail:
    """`drifts` and `findings` are those of this part as it would read with the text asked about; `kept` is stored.

    `figures`: what may be inserted.
    """

    row: ReportRow
    kept: str
    editable: bool
    figures: Figures
    passage: Passage
    drifts: tuple[Drift, ...]
    findings: tuple[Finding, ...]


def part_as(person: Person, report: int, part: str, text: str | None = None) -> PartDetail | None:
    """A part as it stands, or as it would be with another text; nothing is written. None where there is no report.

    A draft is judged against today's ledgers, a frozen report by its own figures.
    """
    found = AnnualReport.objects.select_related("body", "changed_by").filter(pk=report).first()
    if found is None:
        return None
    require(person, Act.SEE_DRAFTS, found.body)
    passages = {each: from_json(found.passages.get(each, {"text": ""})) for each in PARTS}
    kept = passages[part].text
    if text is not None:
        passages[part] = reanchor(passages[part], plain(text))
    compiled = compile_report(found.body.code, found.year, clock.today(), form=found.form)
    frozen = found.tables is not None and found.state in lifecycle.FIGURES_FIXED
    figures = year_figures(compiled)
    drifts = () if frozen else drift(passages[part], figures)
    book = Book()
    asked = book.asked(found.body, found.year, found.form)
    whole = judged(found, compiled, passages, frozen, {part: drifts}, asked.profiles)
    place = place_of(part)
    mine = tuple(each for each in whole.findings if getattr(each.where, "part", None) == place)
    editable = found.state in lifecycle.EDITABLE and holds(person, found, lifecycle.OFFICERS)
    return PartDetail(row_of(found, book), kept, editable, figures, passages[part], drifts, mine)
