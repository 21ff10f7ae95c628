"""Reports read and checked, forms, bodies; docs/reference/report-json.md is the contract of reports."""

from __future__ import annotations

from typing import Literal

from ninja import Field, Schema

Cell = int | str | None


class FindingOut(Schema):
    """One thing found; codes are permanent."""

    code: str = Field(description="检查结果代码，如 requests.balance")
    severity: Literal["error", "warning", "note"]
    where: dict[str, str | int | None] = Field(description="表格位置 table、row、column，或文字位置 part、start、end")
    facts: dict[str, object] = Field(description="依据的事实；difference 为左减右")
    cite: str = Field(description="依据的文件和条款")
    message: str = Field(description="一句话说明")


class NarrativeOut(Schema):
    overview: dict[str, str | None]
    problems: str | None
    other: str | None


class ReportOut(Schema):
    """An annual report; every cell of the form is present, a blank one is null, 不适用 is "n/a"."""

    file: str
    form: Literal["2019", "2021"] | None
    agency: str | None
    year: int | None
    tables: dict[str, dict[str, dict[str, Cell]]]
    narrative: NarrativeOut
    findings: list[FindingOut]


class ColumnOut(Schema):
    code: str
    label: str
    kind: Literal["count", "change", "money"]
    group: str


class RowOut(Schema):
    code: str
    label: str
    path: list[str]
    part: str
    columns: list[ColumnOut]


class TableOut(Schema):
    code: str
    title: str
    rows: list[RowOut]


class FormOut(Schema):
    """A report form: the years it governs, its tables, rows, columns and words."""

    code: str
    instrument: str
    first_year: int
    last_year: int | None
    headings: dict[str, str]
    tables: list[TableOut]


class BodyOut(Schema):
    """A public body, as in the exchange format `orgs`."""

    code: str
    name: str
    short_name: str
    level: str
    parent: str | None


class BodiesOut(Schema):
    """A page of bodies in the order of their codes; `next` is the `after` of the next page, null on the last."""

    bodies: list[BodyOut]
    next: str | None
