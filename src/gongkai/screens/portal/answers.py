"""A checked file as the result page shows it, and the report that the page carries for its downloads."""

from __future__ import annotations

import json
from dataclasses import dataclass

from gongkai.screens.ui.checking import Checked
from gongkai.screens.ui.report_fragment import report_fragment
from gongkai.screens.ui.results import ShownResult, shown
from gongkai.statute.primitives import InputFault, InputRefused
from gongkai.statute.report.json_format import from_json, to_json
from gongkai.statute.report.model import Report

LARGEST_REPORT = 2 * 1024 * 1024
"""Bytes of JSON; a statutory report has some 20,000. A larger one is checked, but neither laid out nor carried."""


@dataclass(frozen=True, slots=True)
class Answer:
    """prefix: of every id that this file has on the page; json and fragment are "" where the report is too long."""

    prefix: str
    shown: ShownResult
    json: str = ""
    fragment: str = ""

    def finding_id(self, number: int) -> str:
        """The id of a finding in the list; the marks in the report link to it."""
        return f"{self.prefix}-f{number}"

    def mark_id(self, number: int) -> str:
        """The id of the finding's mark in the report, "" where the report as shown has no place for it."""
        made = f"{self.prefix}-m{number}"
        return made if f'id="{made}"' in self.fragment else ""


def answer_for(checked: Checked, prefix: str) -> Answer:
    """All that the result template prints of one file."""
    words = shown(checked)
    if checked.report is None:
        return Answer(prefix, words)
    carried = json.dumps(to_json(checked.report), ensure_ascii=False, separators=(",", ":"))
    if len(carried.encode()) > LARGEST_REPORT - 4096:
        return Answer(prefix, words)
    return Answer(prefix, words, carried, report_fragment(checked.report, checked.findings, prefix))


def report_from(text: str) -> Report:
    """The report that a page sent back; raises InputRefused for anything that is not one."""
    try:
        return from_json(json.loads(text))
    except (ValueError, RecursionError):
        raise InputRefused(InputFault("报告", "不是完整的JSON", "核查结果页上的报告")) from None
