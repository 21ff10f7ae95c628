"""How long an account stays locked after failed sign-ins."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from gongkai.bureau import clock


def locked_until(username: str) -> datetime | None:
    """When an account that is locked out opens again by itself; None where it is not locked.

    Failures are counted by name, wherever they came from, and each set of them for as long as a lock lasts.
    """
    from axes.models import AccessAttempt  # its models are loaded after ours

    lasting, limit = timedelta(hours=settings.AXES_COOLOFF_TIME), settings.AXES_FAILURE_LIMIT
    counted = AccessAttempt.objects.filter(username=username, attempt_time__gt=clock.now() - lasting)
    rows: list[tuple[datetime, int]] = list(
        counted.order_by("attempt_time").values_list("attempt_time", "failures_since_start")
    )
    remaining = sum(failures for _, failures in rows)
    if remaining < limit:
        return None
    for at, failures in rows:
        remaining -= failures
        if remaining < limit:
            return at + lasting
    return None
