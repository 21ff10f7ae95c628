from __future__ import annotations

from django.apps import AppConfig


class RemediesConfig(AppConfig):
    name = "gongkai.bureau.remedies"
    label = "remedies"

    def ready(self) -> None:
        from gongkai.bureau.remedies import verification

        assert verification  # noqa: S101  # importing it registers what `gongkai verify` checks
