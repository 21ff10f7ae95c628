"""The body's own reports at the desk: from draft to publication, every figure with its records."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Field, Schema

from gongkai.bureau.annual.drafting import LONGEST_PART
from gongkai.screens.api.schemas.problem import Code, In
from gongkai.screens.api.schemas.reading import Cell, FindingOut, ReportOut
from gongkai.statute.report.drafting import PARTS
from gongkai.statute.report.lifecycle import STEPS

Year = Annotated[int, Field(ge=2000, le=2999)]
ReportAct = Annotated[str, Field(max_length=40, json_schema_extra={"enum": list(STEPS)})]
Key = Annotated[str, Field(max_length=60)]
Part = Annotated[str, Field(max_length=40, json_schema_extra={"enum": list(PARTS)})]


class AnnualRowOut(Schema):
    """`due`: the day of publication; `days_left` is null once published."""

    id: int
    body: str
    body_name: str
    year: int
    version: int
    form: str
    state: str
    state_word: str
    changed_by: str
    changed_at: datetime
    due: date
    ground: str
    days_left: int | None


class AnnualPageOut(Schema):
    reports: list[AnnualRowOut]
    next: str | None


class StartIn(In):
    body: Code
    year: Year


class AnnualOfferOut(Schema):
    """A step; `refused`: why this person cannot take it now, empty where they can."""

    act: str
    word: str
    article: str
    fields: dict[str, str]
    refused: str


class TakenOut(Schema):
    act_word: str
    by: str
    at: datetime
    reasons: str


class ChangeOut(Schema):
    """A cell that the ledgers give otherwise now than when the report was frozen."""

    table: str
    row: str
    column: str
    then: Cell
    now: Cell


class PartListedOut(Schema):
    """`drifted`: so many numbers are no longer what the ledgers say."""

    part: str
    word: str
    drifted: int


class AnnualOut(AnnualRowOut):
    """`report`: figures, frozen or of today, with prose and findings.

    `unconfirmed`: numbers of the requests that were never received and stand in no figure.
    """

    frozen: bool
    as_of: date
    note: str
    editable: bool
    report: ReportOut
    parts: list[PartListedOut]
    extra_rows: dict[str, dict[str, Cell]]
    offers: list[AnnualOfferOut]
    history: list[TakenOut]
    unconfirmed: list[str]
    changes: list[ChangeOut]


class RecordOut(Schema):
    """A record behind a cell. `adds`: what it adds to it."""

    ledger: Literal["request", "remedy", "statement", "line", "item"]
    id: int
    number: str
    what: str
    on: date | None
    adds: str
    evidence: str


class CellOut(Schema):
    """`origin`: what gives a cell of table two."""

    table: str
    row: str
    column: str
    value: Cell
    records: list[RecordOut]
    next: str | None
    frozen: bool
    as_of: date
    origin: str


class ReportStepIn(In):
    """The fields of a step (docs/reference/report-steps.md) as a form."""

    reasons: str = Field("", max_length=2000)
    note: str = Field("", max_length=2000)
    approver: str = Field("", max_length=80)
    approved_on: str = Field("", max_length=10)
    confirm_zero: Literal["", "1"] = Field("", description="1：没有登记的格按0计")


class PartOut(Schema):
    """One part of the prose. `text` goes back as `seen`; `figures`: numbers of the ledgers that may be inserted."""

    part: str
    word: str
    text: str
    editable: bool
    drifted: int
    findings: list[FindingOut]
    figures: dict[str, int | str | None]


class PartIn(In):
    """`seen`: the text that the writer started from."""

    text: str = Field(max_length=LONGEST_PART)
    seen: str | None = Field(None, max_length=LONGEST_PART)


class InsertIn(In):
    """A figure by its key, at a position of the text counted in characters."""

    key: str = Field(max_length=120)
    position: int = Field(ge=0, le=LONGEST_PART)
    seen: str | None = Field(None, max_length=LONGEST_PART)


class SeenIn(In):
    seen: str | None = Field(None, max_length=LONGEST_PART)


class ExtraIn(In):
    """Cells of the rows that a local profile adds, as typed; empty stays empty, "/" is not applicable."""

    rows: dict[Key, dict[Key, Annotated[str, Field(max_length=20)]]] = Field(max_length=100)


class CarriedOut(Schema):
    """`lines`: number, agency, received_on, phase, due_on of each request carried out on 31 December."""

    year: int
    lines: list[dict[str, str | None]]
    digest: str
    previous: str
    made_by: str
    made_at: datetime
    differences: list[str]


class CarriedPairOut(Schema):
    """The certificate of the report's year and of the year before; null where none was made."""

    carried_in: Cell
    certificate: CarriedOut | None
    previous: CarriedOut | None
