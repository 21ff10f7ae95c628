"""The figures of a body's year that the narrative may name: the compiled tables and what the ledgers tell beside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from gongkai.bureau.annual.compile import Compiled
from gongkai.bureau.annual.models import WorkRecord
from gongkai.bureau.annual.table_two import money
from gongkai.bureau.casework import queries as casework
from gongkai.bureau.publishing import queries as publishing
from gongkai.statute.report.drafting import Figures, Value, figures_of


def year_figures(compiled: Compiled) -> Figures:
    """Every figure with its key. What no ledger gives has none."""
    year = compiled.report.year or 0
    bodies, as_of = compiled.bodies, compiled.as_of
    handled = casework.handling(bodies, year, as_of)
    columns = publishing.columns(bodies, year, as_of)
    facts: dict[str, Value | None] = {
        "replies.total": handled.replies,
        "replies.late": handled.late,
        "replies.on_time": handled.replies - handled.late,
        "replies.extended": handled.extended,
        "corrections.requested": handled.corrections,
        "fees.notified": handled.fee_notices,
        "fees.amount": money(sum((Decimal(each) for each in handled.fees), Decimal(0))),
        "remedies.total": _remedies(compiled),
        "items.total": sum(count for _, count in columns) if columns else None,
        "items.normative": publishing.documents(bodies, year, as_of).get(("normative", "disclosed")) or None,
        **{f"items.column.{column}": count for column, count in columns},
        **{f"requests.channel.{channel}": count for channel, count in handled.channels},
        **_work(bodies, year, as_of),
    }
    lists = {
        "items.column": [f"items.column.{column}" for column, _ in columns],
        "requests.channel": [f"requests.channel.{channel}" for channel, _ in handled.channels],
    }
    return figures_of(compiled.report.tables, facts, lists)


def _remedies(compiled: Compiled) -> int:
    rows = compiled.report.tables["remedies"].values()
    return sum(cell for row in rows if isinstance(cell := row["total"], int))


def _work(bodies: Sequence[str], year: int, as_of: date) -> dict[str, Value | None]:
    """Training and checks as recorded; nothing recorded gives no figure, for it may only not have been entered."""
    found = WorkRecord.objects.filter(body__code__in=bodies, withdrawn_at__isnull=True)
    records = list(found.filter(on__gte=date(year, 1, 1), on__lte=min(as_of, date(year, 12, 31))))
    by_kind: dict[str, list[WorkRecord]] = {}
    for each in records:
        by_kind.setdefault(each.kind, []).append(each)
    training, checks = by_kind.get(WorkRecord.TRAINING, []), by_kind.get(WorkRecord.CHECK, [])
    facts: dict[str, Value | None] = {
        f"supervision.{kind}": "；".join(each.result for each in by_kind.get(kind, []) if each.result) or None
        for kind in (WorkRecord.ASSESSMENT, WorkRecord.APPRAISAL, WorkRecord.ACCOUNTABILITY)
    }
    if training:
        facts |= {"training.sessions": len(training), "training.people": _sum(each.people for each in training)}
    if checks:
        facts |= {
            "checks.rounds": len(checks),
            "checks.found": _sum(each.found for each in checks),
            "checks.rectified": _sum(each.rectified for each in checks),
        }
    return facts


def _sum(counts: Iterable[int | None]) -> int | None:
    told = list(counts)
    known = [each for each in told if each is not None]
    return sum(known) if len(known) == len(told) else None


def last_problems(bodies: Sequence[str], year: int) -> tuple[tuple[str, str], ...]:
    """Last year's problems as recorded, each with what was done about it, or ""."""
    found = WorkRecord.objects.filter(
        body__code__in=bodies, kind=WorkRecord.PROBLEM, on__year=year - 1, withdrawn_at__isnull=True
    )
    return tuple((each.title, each.result) for each in found.order_by("on", "id"))
