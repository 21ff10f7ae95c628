"""Published information as a ledger (条例第19至26条)."""
