"""Which roles may do what by API, for the description and the reference page; the services themselves refuse.

`tests/screens/test_api_roles.py` holds this table to what the services do.
"""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.bureau.orgs.permissions import ROLES_BY_ACT, Act
from gongkai.bureau.orgs.vocabulary import ROLES
from gongkai.statute.publishing import flow

EVERYBODY = frozenset(ROLES)
_BY_ACT: Mapping[Act, tuple[str, ...]] = {
    Act.SEE_LEDGERS: (
        "requests", "request", "file_content", "messages", "letters", "letter", "letter_preview", "letter_file",
        "letter_numbers", "remedies", "remedy", "packages", "deliveries", "library", "checkup", "consultations",
        "statements", "statement_row", "work_records", "items", "item", "statistics", "statistics_cell",
        "statistics_requests", "statistics_answers", "drafts", "draft", "draft_version", "columns", "documents",
    ),
    Act.ENTER_REQUESTS: (
        "register_request", "append_event", "receive_application", "record_search", "divide_items", "decide_item",
        "undo_decision", "upload", "read_message", "message_file", "answer_message", "make_package", "file_away",
        "redaction", "redact", "to_pdf", "page_picture",
    ),
    Act.SEE_IDENTITIES: ("unmask_identity", "search_applicant"),
    Act.ASSIGN_REQUESTS: ("assign", "assign_many", "end_assignment", "hand_over"),
    Act.GIVE_OPINIONS: ("give_opinion",),
    Act.WRITE_LETTERS: ("letter_kinds", "draft_letter", "write_letter", "open_consultation", "revoke_consultation"),
    Act.ENTER_REMEDIES: ("enter_remedy", "close_remedy", "serve_remedy", "answer_remedy", "learn"),
    Act.SEE_REPORTS: ("checks", "check"),
    Act.CHECK_REPORTS: ("keep_reports",),
    Act.WAIVE_FINDINGS: ("waive", "withdraw_waiver"),
    Act.SEE_DRAFTS: ("annual_reports", "annual_report", "annual_cell", "carried", "annual_file", "annual_part"),
    Act.DRAFT_REPORT: (
        "start_report", "extra_rows", "annual_package", "write_part", "insert_number", "refresh_numbers",
        "prepare_part",
    ),
    Act.ENTER_STATEMENTS: ("state_cell", "add_line", "withdraw_line", "record_work", "withdraw_work"),
    Act.ENTER_ITEMS: (
        "enter_item", "begin_draft", "write_draft", "attach_to_draft", "mask_finding", "waive_finding",
    ),
    Act.REVIEW_ITEMS: ("review_item",),
    Act.USE_CLOCK: ("deadline",),
    Act.READ_JOURNAL: ("journal",),
}  # fmt: skip
ROLES_OF: Mapping[str, frozenset[str]] = {
    **{operation: ROLES_BY_ACT[act] for act, listed in _BY_ACT.items() for operation in listed},
    # the table of steps names the roles of each
    "letter_step": ROLES_BY_ACT[Act.GIVE_OPINIONS] | ROLES_BY_ACT[Act.WRITE_LETTERS],
    "annual_step": ROLES_BY_ACT[Act.DRAFT_REPORT] | ROLES_BY_ACT[Act.REVIEW_REPORT] | ROLES_BY_ACT[Act.APPROVE_REPORT],
    "draft_step": frozenset(role for step in flow.STEPS.values() for role in step.roles),
    "review_file": frozenset({"secrecy_reviewer"}),
    "read_consultation": ROLES_BY_ACT[Act.ENTER_REQUESTS] | ROLES_BY_ACT[Act.GIVE_OPINIONS],
    "consultation_file": ROLES_BY_ACT[Act.ENTER_REQUESTS] | ROLES_BY_ACT[Act.GIVE_OPINIONS],
    # it holds who asked, too
    "make_defence": ROLES_BY_ACT[Act.ENTER_REMEDIES] & ROLES_BY_ACT[Act.SEE_IDENTITIES],
    "calendar": EVERYBODY,
    "tasks": EVERYBODY,
}


def in_words(operation: str) -> str:
    """公开专员、承办人; an operation without an entry is for anybody."""
    roles = ROLES_OF.get(operation)
    if roles is None:
        return "任何人"
    return "登录的任何人" if roles == EVERYBODY else "、".join(word for role, word in ROLES.items() if role in roles)
