from __future__ import annotations

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "gongkai.bureau.ledger"
    label = "ledger"
    verbose_name = "日志"

    def ready(self) -> None:
        from gongkai.bureau.ledger import triggers

        triggers.append_only("ledger_entry", "ledger_checkpoint")
