"""Published annual reports."""

from __future__ import annotations

from datetime import date

from ninja import Field, Schema

from gongkai.screens.api.schemas.reading import ReportOut


class PublishedOut(Schema):
    """One published report: whose, on which year, when published, whether an earlier version was corrected."""

    body: str
    body_name: str
    year: int
    published_on: date
    corrected: bool


class PublishedPageOut(Schema):
    """A page by body and year; `next` is the `after` of the next page, null on the last."""

    reports: list[PublishedOut]
    next: str | None


class PublishedListOut(Schema):
    """All published reports of one body, the latest year first."""

    body: str
    body_name: str
    reports: list[PublishedOut]


class PublishedReportOut(ReportOut):
    """A report as it was published; docs/reference/report-json.md is the contract."""

    file: str = Field("", description="公布的文件没有这一项")
