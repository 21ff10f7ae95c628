"""Redaction (条例第三十七条 区分处理): what may be disclosed leaves, what may not is gone from the file for good.

Screens and commands call `confined.redact_safely` and `confined.propose_safely`, which bound time and memory.
"""

from gongkai.documents.redaction.flattening import as_pdf
from gongkai.documents.redaction.model import (
    GROUNDS,
    Applied,
    Box,
    Ground,
    LedgerRow,
    Named,
    Redacted,
    Redaction,
    Words,
    ledger_of,
)
from gongkai.documents.redaction.proposing import Proposal, accepted, propose
from gongkai.documents.redaction.redacting import redact
from gongkai.documents.redaction.verifying import verify_clean

__all__ = [
    "GROUNDS",
    "Applied",
    "Box",
    "Ground",
    "LedgerRow",
    "Named",
    "Proposal",
    "Redacted",
    "Redaction",
    "Words",
    "accepted",
    "as_pdf",
    "ledger_of",
    "propose",
    "redact",
    "verify_clean",
]
