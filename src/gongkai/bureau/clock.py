"""The one place where the platform reads the day and the moment; the statute never does."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    return timezone.now()


def today() -> date:
    """The day in Asia/Shanghai."""
    return timezone.localdate()
