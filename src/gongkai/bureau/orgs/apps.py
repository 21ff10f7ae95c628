from __future__ import annotations

from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "gongkai.bureau.orgs"
    label = "orgs"
    verbose_name = "机构与人员"

    def ready(self) -> None:
        from gongkai.bureau.orgs import accounts, verification

        assert accounts  # noqa: S101  # importing it connects the sign-in signals
        assert verification  # noqa: S101  # importing it registers what `gongkai verify` checks
