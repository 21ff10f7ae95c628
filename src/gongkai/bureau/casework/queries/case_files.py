"""The files of a case: what each is, whether it was reviewed; a name that tells who asked only for who may know."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from gongkai.bureau.casework.files import OF, name_of
from gongkai.bureau.casework.models import CaseFile, Letter, Request
from gongkai.bureau.casework.queries.messages import of_complaints
from gongkai.bureau.casework.rights import Standing, require_act
from gongkai.bureau.orgs.models import Person
from gongkai.bureau.orgs.permissions import Act
from gongkai.statute.letters import kind_of

TELLING = frozenset({"application", "identity", "attachment", "evidence", "proof", "letter", "scan", "archive"})
"""Files that tell who asked: their names and contents are for those who may see the identity."""
MOST_SHOWN = 200
"""Of anything on one page; a case with more is looked through by its archive."""


@dataclass(frozen=True, slots=True)
class CaseFileRow:
    """`name` is empty where the name would tell who asked and the reader may not know; `own`: the reader sent it.

    `letter`: of which letter it is the sealed scan.
    """

    id: int
    of: str
    of_word: str
    name: str
    media_type: str
    size: int
    at: datetime
    by: str
    own: bool
    open: bool
    made_from: int | None
    reviewed_by: str
    reviewed_at: datetime | None
    facts: dict[str, object]
    letter: str = ""


@dataclass(frozen=True, slots=True)
class FileDetail:
    """One file with the request that it belongs to."""

    row: CaseFileRow
    request: int
    number: str
    body_name: str
    standing: Standing


def files_of(person: Person, found: Request, held: Standing) -> tuple[CaseFileRow, ...]:
    """The files of a request; letters' own documents are shown with their letters.

    What came with a complaint is not among them: the body that it is about does not see it (条例第47条).
    """
    stored = CaseFile.objects.filter(request=found).exclude(of="letter").select_related("by", "reviewed_by")
    rows = list(stored.order_by("id")[:MOST_SHOWN])
    withheld = of_complaints(found.pk) if any("message" in each.facts for each in rows) else frozenset()
    knows = not held.refusal(Act.SEE_IDENTITIES)
    sealed = {
        scan: f"{kind_of(kind).title} {number}".strip()
        for scan, kind, number in Letter.objects.filter(request=found, scan__isnull=False).values_list(
            "scan", "kind", "number"
        )
    }
    return tuple(
        replace(_file_row(each, person, knows), letter=sealed.get(each.pk, ""))
        for each in rows
        if each.facts.get("message") not in withheld
    )


def file_of(person: Person, file: int) -> FileDetail | None:
    """One file; None where there is none, or it came with a complaint; refused where its request is out of reach."""
    given = CaseFile.objects.select_related("request__body", "by", "reviewed_by").filter(pk=file).first()
    if given is None or given.facts.get("message") in of_complaints(given.request_id):
        return None
    found = given.request
    held = require_act(person, Act.SEE_LEDGERS, found.body)
    row = _file_row(given, person, not held.refusal(Act.SEE_IDENTITIES))
    return FileDetail(row, found.pk, found.number, found.body.name, held)


def _file_row(each: CaseFile, person: Person, knows: bool) -> CaseFileRow:
    shown = knows or each.of not in TELLING
    return CaseFileRow(
        each.pk, each.of, OF.get(each.of, "文件"), name_of(each) if shown else "", each.media_type, each.size, each.at,
        each.by.name if each.by else "申请人", each.by_id == person.pk, shown, each.made_from_id,
        each.reviewed_by.name if each.reviewed_by else "", each.reviewed_at, dict(each.facts),
    )  # fmt: skip
