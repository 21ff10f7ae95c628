"""What the public may see of annual reports: those published, as they were published. Nobody's name is among it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from gongkai.bureau.annual.drafting import stored
from gongkai.bureau.annual.models import AnnualReport
from gongkai.statute.report.drafting import PARTS, from_json, narrative_of
from gongkai.statute.report.model import Cell, Report

Figures = Mapping[str, Cell]
PAGE = 50


@dataclass(frozen=True, slots=True)
class PublicRow:
    """A published report in a body's list; `corrected` where an earlier version was published before it."""

    body: str
    body_name: str
    year: int
    published_at: datetime
    corrected: bool

    @property
    def published_on(self) -> date:
        """The day in Asia/Shanghai."""
        return timezone.localdate(self.published_at)

    @property
    def published_minute(self) -> str:
        """YYYY-MM-DD HH:MM, as 国办发〔2017〕47号 asks of PubDate."""
        return timezone.localtime(self.published_at).strftime("%Y-%m-%d %H:%M")


@dataclass(frozen=True, slots=True)
class Correction:
    """The public note of a version: what was changed and why."""

    version: int
    published_at: datetime
    note: str

    @property
    def published_on(self) -> date:
        """The day in Asia/Shanghai."""
        return timezone.localdate(self.published_at)


@dataclass(frozen=True, slots=True)
class PublicReport:
    """`files`: format → digest of the file as published. `corrections`: of every version after the first."""

    row: PublicRow
    report: Report
    files: Mapping[str, str]
    corrections: tuple[Correction, ...]


@dataclass(frozen=True, slots=True)
class PublicPage:
    """`next_after`: body and year of the last row where there are more, for the next page."""

    rows: tuple[PublicRow, ...]
    next_after: tuple[str, int] | None


@dataclass(frozen=True, slots=True)
class PublicFile:
    """A file as published: whose, on which year, the digest under which it is stored, when."""

    body_name: str
    year: int
    digest: str
    published_at: datetime

    @property
    def name(self) -> str:
        """The name under which it is saved, without its suffix."""
        return f"{self.body_name}{self.year}年政府信息公开工作年度报告"


def reports_of(body: str) -> tuple[PublicRow, ...]:
    """The published reports of a body, the latest year first."""
    return _rows(_published().filter(body__code=body).order_by("-year"))


def latest(size: int = 20) -> tuple[PublicRow, ...]:
    """The reports published last, of all bodies."""
    return _rows(_published().order_by("-published_at", "-id")[:size])


def years() -> tuple[int, ...]:
    """The years on which there is a published report, the latest first."""
    return tuple(_published().order_by("-year").values_list("year", flat=True).distinct())


def published(
    *, year: int | None = None, body: str = "", after: tuple[str, int] | None = None, size: int = PAGE
) -> PublicPage:
    """Published reports by body code, each body's latest year first, after the one named by body and year."""
    found = _published().order_by("body__code", "-year")
    if year is not None:
        found = found.filter(year=year)
    if body:
        found = found.filter(body__code=body)
    if after is not None:
        code, last = after
        found = found.filter(body__code__gte=code).exclude(body__code=code, year__gte=last)
    rows = _rows(found[: size + 1])
    return PublicPage(rows[:size], (rows[size - 1].body, rows[size - 1].year) if len(rows) > size else None)


def file_of(body: str, year: int, to: str) -> PublicFile | None:
    """A file of the version in force. Those of superseded versions are not public: what was wrong in them may be
    what must not be known, and the public note says what changed."""
    found = _published().filter(body__code=body, year=year).values_list("body__name", "files", "published_at").first()
    if found is None or found[2] is None or to not in found[1]:
        return None
    return PublicFile(found[0], year, found[1][to], found[2])


def report_of(body: str, year: int) -> PublicReport | None:
    """The published report of a body on a year, in its last version."""
    found = _published().filter(body__code=body, year=year).first()
    if found is None or found.tables is None:
        return None
    versions = AnnualReport.objects.filter(body=found.body, year=year, published_at__isnull=False, version__gt=1)
    corrections = tuple(
        Correction(version, published_at, note)
        for version, published_at, note in versions.order_by("version").values_list("version", "published_at", "note")
        if published_at is not None
    )
    passages = {part: from_json(found.passages.get(part, {"text": ""})) for part in PARTS}
    report = Report(found.form, _agency(found), found.year, found.tables, narrative_of(passages))
    return PublicReport(_row(found), report, found.files, corrections)


def _agency(found: AnnualReport) -> str:
    """The name that stands on the report: the body may have been renamed since."""
    kept = file_bytes(found.files.get("json", ""))
    return str(json.loads(kept)["agency"]) if kept else found.body.name


def series(body: str) -> tuple[tuple[int, Figures], ...]:
    """The cells of every published year as `table.row.column`, the oldest first, for charts and comparison."""
    found = _published().filter(body__code=body).order_by("year").values_list("year", "tables")
    return tuple(
        (
            year,
            {
                f"{table}.{row}.{column}": cell
                for table, rows in (tables or {}).items()
                for row, cells in rows.items()
                for column, cell in cells.items()
            },
        )
        for year, tables in found
    )


def file_size(digest: str) -> int | None:
    """Bytes of a published file; None where there is none."""
    path = stored(digest) if digest else None
    return path.stat().st_size if path is not None and path.is_file() else None


def file_bytes(digest: str) -> bytes | None:
    """A published file as it was published."""
    path = stored(digest) if digest else None
    return path.read_bytes() if path is not None and path.is_file() else None


def _published() -> QuerySet[AnnualReport]:
    return AnnualReport.objects.filter(published_at__isnull=False, superseded_at__isnull=True).select_related("body")


def _rows(found: QuerySet[AnnualReport]) -> tuple[PublicRow, ...]:
    """Without the tables and the narrative, which are long."""
    wanted = found.values_list("body__code", "body__name", "year", "published_at", "version")
    return tuple(PublicRow(code, name, year, at, version > 1) for code, name, year, at, version in wanted if at)


def _row(each: AnnualReport) -> PublicRow:
    assert each.published_at is not None  # noqa: S101  # the query asks for published ones
    return PublicRow(each.body.code, each.body.name, each.year, each.published_at, each.version > 1)
