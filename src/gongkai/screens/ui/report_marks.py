"""Where the findings of a report are marked in it: by cell, by row, by column, by stretch of prose, by part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from gongkai.statute.primitives import CellPlace, DocumentPlace, Finding, ProsePlace, Severity
from gongkai.statute.wording import SEVERITY_WORDS

Ways = Callable[[str, str, str], str]
"""(table, row, column) → the address of the records behind the cell, "" where there is none."""

RANK = {"error": 0, "warning": 1, "note": 2}


@dataclass(frozen=True, slots=True)
class Mark:
    """One numbered finding, in the order of the list; start and end are its characters where it stands in prose."""

    number: int
    severity: Severity
    start: int = 0
    end: int = 0


class Marks:
    """The marks of one report; `prefix` begins every id, so that several reports can stand on one page.

    Each mark is a link with the id `{prefix}-m{number}` to the finding `{prefix}-f{number}`; an id is given once.
    """

    def __init__(self, findings: Sequence[Finding], prefix: str, ways: Ways | None = None) -> None:
        self.prefix, self.ways = prefix, ways
        self._by_place: dict[object, list[Mark]] = defaultdict(list)
        self._prose: dict[str, list[Mark]] = defaultdict(list)
        self._given: set[int] = set()
        for number, found in enumerate(findings, 1):
            mark = Mark(number, found.severity)
            if isinstance(found.where, ProsePlace):
                stretch = Mark(number, found.severity, found.where.start, found.where.end)
                self._prose[found.where.part].append(stretch)
            elif isinstance(found.where, CellPlace):
                self._by_place[found.where.table, found.where.row, found.where.column].append(mark)
            elif isinstance(found.where, DocumentPlace):
                self._by_place[found.where.part or "title"].append(mark)

    def figure(self, table: str, row: str, column: str, printed: str) -> SafeString:
        """The cell's figure, as the way to the records behind it where there is one."""
        address = self.ways(table, row, column) if self.ways else ""
        if not address:
            return format_html("{}", printed)
        return format_html('<a class="figure" href="{}">{}</a>', address, printed or "空白")

    def cell(self, table: str, row: str | None, column: str | None) -> Sequence[Mark]:
        return self._by_place.get((table, row, column), ())

    def part(self, part: str) -> Sequence[Mark]:
        return self._by_place.get(part, ())

    def links(self, marks: Sequence[Mark]) -> SafeString:
        """The marks as numbers that lead to their findings; the severity is said to who does not see it."""
        return mark_safe("".join(self._link(mark) for mark in marks))  # noqa: S308  (made of escaped parts)

    def _link(self, mark: Mark) -> SafeString:
        identifier = ""
        if mark.number not in self._given:
            self._given.add(mark.number)
            identifier = format_html(' id="{}-m{}"', self.prefix, mark.number)
        return format_html(
            '<a class="mark mark-{}" href="#{}-f{}"{}><span class="visually-hidden">{}</span>{}</a>',
            mark.severity,
            self.prefix,
            mark.number,
            identifier,
            SEVERITY_WORDS[mark.severity],
            mark.number,
        )

    def prose(self, part: str, text: str) -> Iterator[SafeString]:
        """The paragraphs of that part, the stretches marked; blank lines are left out."""
        marks = sorted(self._prose.get(part, ()), key=lambda mark: (mark.start, mark.number))
        start = 0
        for line in text.split("\n"):
            if line.strip():
                yield self._line(line, start, marks)
            start += len(line) + 1

    def _line(self, line: str, start: int, marks: Sequence[Mark]) -> SafeString:
        """Marks that overlap are cut so that none stands in another; each keeps its number."""
        pieces: list[str] = []
        done = 0
        for mark in marks:
            first = max(mark.start - start, done)
            last = min(max(mark.end - start, first), len(line))
            if mark.start - start >= len(line) + 1 or mark.end <= start:
                continue
            first = min(first, len(line))
            pieces.append(format_html("{}", line[done:first]))
            if last > first:
                pieces.append(format_html('<mark class="marked-{}">{}</mark>', mark.severity, line[first:last]))
            pieces.append(self._link(mark))
            done = max(done, last)
        pieces.append(format_html("{}", line[done:]))
        return mark_safe("".join(pieces))  # noqa: S308  (made of escaped parts)


def worst(marks: Sequence[Mark]) -> str:
    """The class of a cell that carries these marks."""
    return f"marked-{min(marks, key=lambda mark: RANK[mark.severity]).severity}" if marks else ""
