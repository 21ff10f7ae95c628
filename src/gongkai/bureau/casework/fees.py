"""信息处理费 of a request: by an applicant's items over a month, or by pages, never both (国办函〔2020〕109号)."""

from __future__ import annotations

from datetime import date
from typing import cast

from gongkai.bureau import clock
from gongkai.bureau.casework.models import IdentityMark, Request, WantedItem
from gongkai.statute.fees import Basis, FeeAccount, account

MOST_QUANTITY = 100_000


def assess(found: Request, basis: str, quantity: int) -> FeeAccount | None:
    """What the tariff asks for that many items or pages; None where basis or quantity is none. Nobody is told who."""
    if basis not in ("items", "pages") or not 0 < quantity <= MOST_QUANTITY:
        return None
    day = found.received_on or clock.today()
    before = items_before(found) if basis == "items" else 0
    return account(cast(Basis, basis), quantity, day, before=before)


def items_before(found: Request) -> int:
    """Items that the same applicant asked for in the same calendar month, in requests received before this one.

    The same applicant by identity number, else by name and contact together; where neither is known, none.
    """
    day = found.received_on
    marks = dict(IdentityMark.objects.filter(request=found).values_list("kind", "mark"))
    if day is None or not marks:
        return 0
    same = Request.objects.filter(
        body=found.body, received_on__gte=date(day.year, day.month, 1), received_on__lte=day, pk__lt=found.pk
    )
    for kind in ("id_number",) if "id_number" in marks else ("name", "contact"):
        if kind not in marks:
            return 0
        same = same.filter(pk__in=IdentityMark.objects.filter(kind=kind, mark=marks[kind]).values("request"))
    ids = list(same.values_list("pk", flat=True))
    several = WantedItem.objects.filter(request__in=ids)
    counted = several.values_list("request", flat=True).distinct().count()
    return several.count() + len(ids) - counted


def items_of(found: Request) -> int:
    """Items of this request: what it is charged by; one where it was not split (第4条: 一事一申请)."""
    return max(1, WantedItem.objects.filter(request=found).count())
