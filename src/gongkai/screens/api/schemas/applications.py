"""Applications without an account: what is filed, the receipt, and the request as its applicant follows it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Field, Schema

from gongkai.screens.api.schemas.problem import Day, In
from gongkai.screens.api.schemas.requests import ApplicantKind, ClockOut, Document
from gongkai.statute.cases.application import LONGEST, MOST_JOINT, MOST_WANTED, Filing, Wanted, Who

Name = Annotated[str, Field(max_length=LONGEST["name"])]
IdNumber = Annotated[str, Field(max_length=LONGEST["id_number"])]
MessageKind = Literal[
    "correction", "reasons", "withdrawal", "rating", "suggestion", "record_correction", "complaint"
]  # fmt: skip
"""The kinds of `casework.message_kinds`."""


class WhoIn(In):
    name: Name = ""
    document: Document = "resident"
    id_number: IdNumber = ""

    def who(self, telephone: str = "") -> Who:
        return Who(self.name.strip(), self.document, self.id_number.strip(), telephone.strip())


class AgentIn(WhoIn):
    telephone: str = Field("", max_length=LONGEST["telephone"])


class WantedIn(In):
    """Name, number or a description: one is enough (条例第29条)."""

    name: Name = ""
    number: str = Field("", max_length=LONGEST["number"])
    description: str = Field("", max_length=LONGEST["description"])


class ApplicationIn(In):
    """The three elements of article 29; a purpose is never asked for."""

    kind: ApplicantKind
    applicant: WhoIn
    contact_person: str = Field("", max_length=LONGEST["contact_person"])
    telephone: str = Field("", max_length=LONGEST["telephone"])
    email: str = Field("", max_length=LONGEST["email"])
    post: str = Field("", max_length=LONGEST["post"])
    joint: list[WhoIn] = Field([], max_length=MOST_JOINT)
    agent: AgentIn | None = None
    wanted: list[WantedIn] = Field(min_length=1, max_length=MOST_WANTED)
    form: Literal["paper", "electronic", "inspect"]
    way: Literal["post", "in_person", "agent", "electronic"]
    help: str = Field("", max_length=LONGEST["help"])

    def filing(self) -> Filing:
        agent = self.agent
        return Filing(
            kind=self.kind,
            applicant=self.applicant.who(),
            contact_person=self.contact_person.strip(),
            telephone=self.telephone.strip(),
            email=self.email.strip(),
            post=self.post.strip(),
            joint=tuple(each.who() for each in self.joint),
            agent=agent.who(agent.telephone) if agent else None,
            wanted=tuple(
                Wanted(each.name.strip(), each.number.strip(), each.description.strip()) for each in self.wanted
            ),
            form=self.form,
            way=self.way,
            help=self.help.strip(),
        )


class ArrivalIn(In):
    """How a paper or spoken application came to the office (条例第31条)."""

    channel: Literal["in_person", "registered_mail", "ordinary_mail", "fax", "oral"]
    submitted_on: Day | None = None
    receipt_on: Day | None = None
    evidence: str = Field(max_length=500)
    read_back: bool = False


class ReceiptOut(Schema):
    """Keep number and query code: with both the request is followed. `again`: the same had been sent before."""

    number: str
    code: str
    body: str
    body_name: str
    subject: str
    filed_on: date
    again: bool


class ChallengeOut(Schema):
    """A proof of work by the ALTCHA protocol; solved, it goes back as `altcha`."""

    algorithm: str
    challenge: str
    maxnumber: int
    salt: str
    signature: str


class FollowIn(In):
    number: str = Field(min_length=1, max_length=100)
    code: str = Field(min_length=1, max_length=100)


class SayIn(FollowIn):
    """As a form. `seen`: how many events there were, needed by what makes an event."""

    text: str = Field("", max_length=5000)
    seen: int | None = Field(None, ge=0, le=100_000)
    score: int | None = Field(None, ge=1, le=5)
    confirmed: bool = Field(False, description="撤回须确认，不能恢复")


class SaidOut(Schema):
    """`taken` is false where the same had been sent before."""

    taken: bool


class HappenedOut(Schema):
    word: str
    on: str
    said: str
    cite: str


class DocumentOut(Schema):
    id: int
    title: str
    number: str
    on: date | None
    size: int
    media_type: str
    fetched: bool


class SaidBeforeOut(Schema):
    kind: str
    word: str
    at: datetime
    score: int | None
    handled_at: datetime | None
    answer: str


class ActOut(Schema):
    """What the applicant may do; `refused`: why not now, empty where they can."""

    kind: MessageKind
    word: str
    article: str
    files: bool
    refused: str


class FollowedOut(Schema):
    """One's own request. `seen` goes back with an act."""

    number: str
    body: str
    body_name: str
    telephone: str
    subject: str
    wanted: list[str]
    state: str
    next: str = Field(description="该谁办：机关、您，或者没有")
    lines: list[str]
    due: str
    left: str
    clock: ClockOut
    derivation: list[str]
    happened: list[HappenedOut]
    fee: dict[str, str]
    outcome: str
    documents: list[DocumentOut]
    messages: list[SaidBeforeOut]
    acts: list[ActOut]
    seen: int
