from __future__ import annotations

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "gongkai.bureau.casework"
    label = "casework"

    def ready(self) -> None:
        from gongkai.bureau.casework import making_public, verification
        from gongkai.bureau.ledger.triggers import append_only

        assert making_public  # noqa: S101  # importing it registers what a draft of an answer must not say
        assert verification  # noqa: S101  # importing it registers what `gongkai verify` checks
        append_only("casework_requestevent")
