"""A batch of checked cases into the ledger, in one transaction, with one entry of the journal that vouches for it.

Rows are handed to the database as they are: building a model object for each took four fifths of an import's time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db import IntegrityError, connection, transaction
from django.db.models import Model

from gongkai.bureau import clock
from gongkai.bureau.casework import identity
from gongkai.bureau.casework.events import chained, clocked, header_digest, projected, told
from gongkai.bureau.casework.exchange.checking import Bodies, existing, follows
from gongkai.bureau.casework.models import Identity, IdentityMark, ImportBatch, Request, RequestEvent
from gongkai.bureau.ledger import services as ledger
from gongkai.statute.cases.exchange import Case
from gongkai.statute.clock import case_state
from gongkai.statute.primitives import InputFault, InputRefused


@dataclass(frozen=True, slots=True)
class Imported:
    """made: new requests; appended: known ones with new events; known: equal ones; unlawful: findings of the clock."""

    made: int = 0
    appended: int = 0
    known: int = 0
    unlawful: int = 0


class _Chain(NamedTuple):
    """A case with new events: those from position `since` on."""

    case: Case
    since: int
    texts: list[str]
    digests: list[str]


@transaction.atomic
def write(batch: Sequence[Case], bodies: Bodies, file_digest: str, actor: ledger.Actor) -> Imported:
    """Write what is new of the batch."""
    known = existing(batch, bodies, lock=True)
    fresh: list[dict[str, Any]] = []
    chains: list[_Chain] = []
    unlawful = appended = 0
    today = clock.today()
    for case in batch:
        texts = [told(event) for event in case.events]
        digests = chained(header_digest(case), texts)
        ours = known.get((case.agency, case.number))
        if ours is not None and not follows(ours, digests):
            fault = InputFault(f"编号 {case.number}", "校验以后有人登记了新的事件，已写入的不受影响", "再导入一次")
            raise InputRefused(fault)
        since = len(ours.digests) if ours else 0
        if since == len(digests):
            continue
        state = case_state(case, bodies.calendars[case.agency])
        unlawful += sum(each.severity == "error" for each in state.findings)
        columns = {
            **projected(state),
            **clocked(case, state, bodies.calendars[case.agency], today),
            "last_event_on": date.fromordinal(case.events[-1].on),
            "length": len(digests),
            "head": digests[-1],
        }
        if ours is None:
            fresh.append(
                {
                    "body": bodies.ids[case.agency], "number": case.number, "applicant_kind": case.applicant_kind,
                    "channel": case.channel, "subject": case.subject, "identity_mark": identity.mark(case.identity),
                    **columns,
                }
            )  # fmt: skip
        else:
            Request.objects.filter(pk=ours.request.pk).update(**columns)
            appended += 1
        chains.append(_Chain(case, since, texts, digests))
    if chains:
        _store(fresh, chains, bodies, file_digest, actor)
    return Imported(len(fresh), appended, len(batch) - len(chains), unlawful)


def _store(
    fresh: list[dict[str, Any]], chains: list[_Chain], bodies: Bodies, file_digest: str, actor: ledger.Actor
) -> None:
    try:
        _insert(Request, list(fresh[0]) if fresh else [], [list(each.values()) for each in fresh])
    except IntegrityError as doubled:
        raise InputRefused(
            InputFault("导入", "同时有人登记了同一编号的申请，已写入的不受影响", "再导入一次")
        ) from doubled
    ids = _ids([each.case for each in chains], bodies)
    added = [digest for each in chains for digest in each.digests[each.since :]]
    now = clock.now()
    batch = ImportBatch.objects.create(
        file_digest=file_digest, digest=hashlib.sha256("".join(added).encode()).hexdigest(),
        requests=len(chains), events=len(added), at=now,
    )  # fmt: skip
    _insert(
        RequestEvent,
        ["request", "position", "kind", "on", "fields", "evidence", "digest", "batch", "entered_at"],
        [
            [
                ids[case.agency, case.number], position, case.events[position].kind,
                date.fromordinal(case.events[position].on), texts[position], "", digests[position], batch.pk, now,
            ]
            for case, since, texts, digests in chains
            for position in range(since, len(digests))
        ],
    )  # fmt: skip
    sealed = [
        [ids[case.agency, case.number], identity.seal(case.identity)]
        for case, since, _, _ in chains
        if since == 0 and any(case.identity)
    ]
    _insert(Identity, ["request", "sealed"], sealed)
    marks = [
        [ids[case.agency, case.number], kind, mark]
        for case, since, _, _ in chains
        if since == 0
        for kind, mark in identity.marks(case.identity)
    ]
    _insert(IdentityMark, ["request", "kind", "mark"], marks)
    facts = {"batch": batch.pk, "digest": batch.digest, "requests": len(chains), "events": len(added)}
    ledger.append(f"import:{file_digest[:32]}", "cases.imported", actor=actor, facts={**facts, "file": file_digest})


def _ids(cases: Sequence[Case], bodies: Bodies) -> dict[tuple[str, str], int]:
    """The id of each case, by agency and number: one query for each body."""
    by_agency: dict[str, list[str]] = {}
    for case in cases:
        by_agency.setdefault(case.agency, []).append(case.number)
    found: dict[tuple[str, str], int] = {}
    for agency, numbers in by_agency.items():
        rows = Request.objects.filter(body_id=bodies.ids[agency], number__in=numbers)
        found |= {(agency, number): pk for number, pk in rows.values_list("number", "id")}
    return found


def _insert(model: type[Model], names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Rows of one table, values in the order of `names`; PostgreSQL takes them by COPY."""
    if not rows:
        return
    quote = connection.ops.quote_name
    fields = [model._meta.get_field(name) for name in names]
    table = quote(model._meta.db_table)
    columns = ", ".join(quote(str(field.column)) for field in fields)  # type: ignore[union-attr]  # no relation back
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(names))
        fitting = {
            "DateField": connection.ops.adapt_datefield_value,
            "DateTimeField": connection.ops.adapt_datetimefield_value,
        }
        adapters = [fitting.get(field.get_internal_type()) for field in fields]
        cursor.executemany(
            f"INSERT INTO {table} ({columns}) VALUES ({marks})",  # noqa: S608  (names of models alone)
            [[fit(value) if fit else value for fit, value in zip(adapters, row, strict=True)] for row in rows],
        )
