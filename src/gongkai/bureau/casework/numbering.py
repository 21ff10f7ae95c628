"""Numbers without gaps or doubles, given in the transaction that uses them, under their series' lock (条例第45条)."""

from __future__ import annotations

from gongkai.bureau.casework.models import NumberSeries, Request
from gongkai.bureau.orgs.models import Body

REQUESTS = "request"


def next_number(body: Body, series: str, year: int) -> int:
    """The next number of a series, from 1. Rolled back with the caller's transaction, so none is lost."""
    NumberSeries.objects.get_or_create(body=body, series=series, year=year)
    found = NumberSeries.objects.select_for_update().get(body=body, series=series, year=year)
    found.last += 1
    found.save(update_fields=["last"])
    return found.last


def request_number(body: Body, year: int) -> str:
    """如 KJJ-2026-0007. A number entered by hand or imported is passed over."""
    while True:
        number = f"{body.code.rpartition('-')[2].upper()}-{year}-{next_number(body, REQUESTS, year):04d}"
        if not Request.objects.filter(body=body, number=number).exists():
            return number
