"""Requests and what the office does with them; each file the tables of one part of the handling."""

from gongkai.bureau.casework.models.applications import (
    AnsweredBefore,
    ApplicantMessage,
    Application,
    CaseFile,
    NumberSeries,
    WantedItem,
)
from gongkai.bureau.casework.models.handling import (
    Assignment,
    DueChange,
    Opinion,
    Reminder,
    ReminderMail,
    SearchRecord,
)
from gongkai.bureau.casework.models.letters import Consultation, Delivery, Letter, LetterStep, LetterTemplate
from gongkai.bureau.casework.models.requests import (
    CLOSED_PHASES,
    LONGEST_NUMBER,
    NOT_CLOSED,
    TOLD_KINDS,
    Identity,
    IdentityMark,
    ImportBatch,
    Request,
    RequestEvent,
)

__all__ = [
    "CLOSED_PHASES",
    "LONGEST_NUMBER",
    "NOT_CLOSED",
    "TOLD_KINDS",
    "AnsweredBefore",
    "ApplicantMessage",
    "Application",
    "Assignment",
    "CaseFile",
    "Consultation",
    "Delivery",
    "DueChange",
    "Identity",
    "IdentityMark",
    "ImportBatch",
    "Letter",
    "LetterStep",
    "LetterTemplate",
    "NumberSeries",
    "Opinion",
    "Reminder",
    "ReminderMail",
    "Request",
    "RequestEvent",
    "SearchRecord",
    "WantedItem",
]
