"""Replies that reconsideration or a court corrected (表四 结果纠正), as the requests concerned."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from gongkai.bureau.remedies.models import Remedy


def corrected_requests(bodies: Sequence[str], first: date, last: date) -> tuple[int, ...]:
    """The requests of those bodies with a result 结果纠正 in a span of days, each once whatever the instances.

    A remedy that names no request is in table four and not here; the caller has authorised the bodies.
    """
    found = Remedy.objects.filter(
        body__code__in=bodies, result="corrected", closed_on__gte=first, closed_on__lte=last, request__isnull=False
    )
    return tuple(found.order_by("request_id").values_list("request_id", flat=True).distinct())
