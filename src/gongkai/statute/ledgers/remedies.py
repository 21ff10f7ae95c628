"""`remedies`: reconsideration and litigation against a body's handling of requests (条例第51条)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.statute.ledgers.fields import IN_FORCE, Fields
from gongkai.statute.report.tally import REMEDY_KINDS

RESULTS = ("upheld", "corrected", "other")
INSTANCES = ("1", "2", "retrial")
ROLES = ("respondent", "co_defendant", "reviewing_body")
_FIELDS = (
    "number", "agency", "case", "kind", "accepted_on", "closed_on", "result", "decision", "instance", "role",
    "court_number",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RemedyRecord:
    """`closed_on` and `result` are both there or both absent; `instance` "1", "2" or "retrial", "" untold."""

    number: str
    agency: str
    case: str
    kind: str
    accepted_on: date
    closed_on: date | None
    result: str
    decision: str
    instance: str
    role: str
    court_number: str

    def as_json(self) -> dict[str, object]:
        """The object of the exchange contract; what is optional and untold is left out."""
        given: dict[str, object] = {
            "number": self.number,
            "agency": self.agency,
            "case": self.case or None,
            "kind": self.kind,
            "accepted_on": self.accepted_on.isoformat(),
        }
        if self.closed_on is not None:
            given |= {"closed_on": self.closed_on.isoformat(), "result": self.result}
        for name in ("decision", "role", "court_number"):
            if getattr(self, name):
                given[name] = getattr(self, name)
        if self.instance:
            given["instance"] = int(self.instance) if self.instance.isdigit() else self.instance
        return given


def parse_remedy(given: object, place: str = "") -> RemedyRecord:
    """One exchanged object. Raises InputRefused with every fault; `place` begins each."""
    fields = Fields(given, _FIELDS, place)
    accepted, closed = fields.needed_day("accepted_on", IN_FORCE), fields.day("closed_on", IN_FORCE)
    result = fields.one_of("result", RESULTS, optional=True)
    if (closed is None) != (result == "") and not fields.faults:
        fields.fault("closed_on" if closed is None else "result", "缺少字段", "审结日和结果都填，未审结的都不填")
    if closed is not None and closed < accepted:
        fields.fault("closed_on", f"“{closed}”早于受理日{accepted}", "受理日或者以后")
    instance = fields.given.get("instance")
    word = "" if instance is None else str(instance)
    if word and (isinstance(instance, bool) or word not in INSTANCES):
        fields.fault("instance", f"不认识“{instance}”", "1、2、retrial")
    record = RemedyRecord(
        number=fields.needed("number", 64),
        agency=fields.needed("agency", 64),
        case=fields.text("case", 64),
        kind=fields.one_of("kind", REMEDY_KINDS),
        accepted_on=accepted,
        closed_on=closed,
        result=result,
        decision=fields.text("decision", 500),
        instance=word,
        role=fields.one_of("role", ROLES, optional=True),
        court_number=fields.text("court_number"),
    )
    fields.close()
    return record
