from __future__ import annotations

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "gongkai.bureau.publishing"
    label = "publishing"

    def ready(self) -> None:
        from gongkai.bureau.ledger.triggers import append_only
        from gongkai.bureau.publishing import draft_verification, verification

        assert verification and draft_verification  # noqa: S101  # importing it registers what `gongkai verify` checks
        append_only("publishing_revision", "publishing_draftstep")
