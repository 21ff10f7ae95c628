from __future__ import annotations

from django.apps import AppConfig


class AnnualConfig(AppConfig):
    name = "gongkai.bureau.annual"
    label = "annual"
    verbose_name = "年度报告"

    def ready(self) -> None:
        from gongkai.bureau.annual import statement_verification, verification

        assert statement_verification  # noqa: S101  # as below
        assert verification  # noqa: S101  # importing it registers what `gongkai verify` checks
