"""Kept checks of published reports; yearly statements; the body's own reports from draft to publication."""

from gongkai.bureau.annual.models.checks import FindingWaiver, KeptCheck
from gongkai.bureau.annual.models.reports import (
    AnnualReport,
    Certificate,
    FrozenMember,
    ProfileChoice,
    ReportRound,
    ReportStep,
)
from gongkai.bureau.annual.models.statements import Statement, StatementLine, WorkRecord

__all__ = [
    "AnnualReport",
    "Certificate",
    "FindingWaiver",
    "FrozenMember",
    "KeptCheck",
    "ProfileChoice",
    "ReportRound",
    "ReportStep",
    "Statement",
    "StatementLine",
    "WorkRecord",
]
