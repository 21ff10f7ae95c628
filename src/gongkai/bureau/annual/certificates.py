"""The certificate of what is carried out on 31 December, chained into the opening figures of the next year."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from gongkai.bureau import clock
from gongkai.bureau.annual.compile import continued
from gongkai.bureau.annual.models import Certificate
from gongkai.bureau.casework import queries as casework
from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.ledger.chain import canonical
from gongkai.bureau.orgs.models import Body, Person
from gongkai.bureau.orgs.permissions import Act, require
from gongkai.statute.primitives import InputFault, InputRefused


@dataclass(frozen=True, slots=True)
class CertificateView:
    """`lines`: number, agency, received_on, phase and due_on of each request; `chained`: the year before is vouched
    for too. `differences`: what the ledger says otherwise today."""

    year: int
    lines: tuple[Mapping[str, str | None], ...]
    digest: str
    previous: str
    made_by: str
    made_at: datetime
    differences: tuple[str, ...]


@transaction.atomic
def certify(actor: Person, body: str, year: int) -> str:
    """Certify what is carried out of a year; returns the digest. The same ledger gives the same certificate."""
    require(actor, Act.DRAFT_REPORT, body)
    return write(actor, Body.objects.select_for_update().get(code=body), year)


def write(actor: Person, body: Body, year: int) -> str:
    """In the caller's transaction: the certificate, in place of one that says something else."""
    Body.objects.select_for_update().get(pk=body.pk)  # two at once would each put theirs in place of the same one
    last = date(year, 12, 31)
    if clock.today() <= last:
        raise InputRefused(InputFault("结转证明", f"{year}年还没有结束", f"{last.isoformat()}以后"))
    lines = _lines(continued(body, year), last)
    before = Certificate.objects.filter(body=body, year=year - 1, replaced_at__isnull=True).first()
    previous = before.digest if before else ""
    text = canonical({"body": body.code, "year": year, "carried_out": lines})
    digest = hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()
    known = Certificate.objects.filter(body=body, year=year, replaced_at__isnull=True).first()
    if known is not None and known.digest == digest:
        return digest
    if known is not None:
        known.replaced_at = clock.now()
        known.save(update_fields=["replaced_at"])
    Certificate.objects.create(
        body=body, year=year, lines=text, count=len(lines), previous=previous, digest=digest, made_by=actor,
        made_at=clock.now(),
    )  # fmt: skip
    facts = {"year": year, "count": len(lines), "digest": digest, "previous": previous}
    ledger.append(f"certificate:{body.code}", "carry.certified", actor=actor, body=body.code, facts=facts)
    return digest


def _lines(bodies: Sequence[str], last: date) -> list[dict[str, str | None]]:
    return [
        {
            "number": row.number,
            "agency": row.body,
            "received_on": row.received_on.isoformat() if row.received_on else None,
            "phase": reading.phase,
            "due_on": date.fromordinal(reading.due_on).isoformat() if reading.due_on else None,
        }
        for row, reading in casework.open_on(bodies, last)
    ]


def certificate(person: Person, body: str, year: int) -> CertificateView | None:
    """The certificate in force of a body and year, with what the ledger says otherwise today."""
    require(person, Act.SEE_DRAFTS, body)
    found = (
        Certificate.objects.filter(body__code=body, year=year, replaced_at__isnull=True)
        .select_related("body", "made_by")
        .first()
    )
    if found is None:
        return None
    lines = tuple(json.loads(found.lines)["carried_out"])
    now = _lines(continued(found.body, year), date(year, 12, 31))
    return CertificateView(
        year, lines, found.digest, found.previous, found.made_by.name if found.made_by else "系统", found.made_at,
        tuple(_differences(_by_number(lines), _by_number(now))),
    )  # fmt: skip


Line = Mapping[str, str | None]
Lines = Mapping[tuple[str, str], Line]
_TOLD = {"received_on": "收到日", "phase": "当日状态", "due_on": "届满日"}


def _by_number(lines: Sequence[Line]) -> Lines:
    """By agency and number: two predecessors may both have had a number 1."""
    return {(str(each["agency"]), str(each["number"])): each for each in lines}


def _differences(then: Lines, now: Lines) -> list[str]:
    gone = [f"{key[1]} 当时结转，现在台账上不再结转" for key in sorted(then.keys() - now.keys())]
    come = [f"{key[1]} 当时没有列入，现在台账上是结转" for key in sorted(now.keys() - then.keys())]
    changed = [
        f"{key[1]} 的{word}当时是{phase_word(then[key][name])}，现在台账上是{phase_word(now[key][name])}"
        for key in sorted(then.keys() & now.keys())
        for name, word in _TOLD.items()
        if then[key][name] != now[key][name]
    ]
    return [*gone, *come, *changed]


PHASES = {
    "running": "在期限内", "overdue": "逾期", "paused": "征求意见，不计期限", "awaiting_correction": "等候补正",
    "awaiting_payment": "等候缴费",
}  # fmt: skip


def phase_word(value: str | None) -> str:
    """A phase in words; a day as it is; 未定 where there is none."""
    return PHASES.get(value or "", value or "未定")


def faults() -> Iterator[str | None]:
    """For `gongkai verify`: for each certificate None, or what does not hold, in Chinese."""
    digests: dict[tuple[int, int], set[str]] = {}
    for each in Certificate.objects.select_related("body").order_by("body_id", "year", "id").iterator():
        expected = hashlib.sha256(f"{each.previous}\n{each.lines}".encode()).hexdigest()
        where = f"{each.body.name}{each.year}年结转证明"
        if expected != each.digest:
            yield f"{where}：内容与散列不符"
        elif each.previous and each.previous not in digests.get((each.body_id, each.year - 1), set()):
            yield f"{where}：接不上上一年的证明"
        else:
            yield None
        digests.setdefault((each.body_id, each.year), set()).add(each.digest)
