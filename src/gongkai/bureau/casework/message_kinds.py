"""What an applicant may say after filing, each kind with its article and the event that it makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.statute.calendars import Calendar
from gongkai.statute.cases.exchange import Case
from gongkai.statute.cases.steps import CLOSED
from gongkai.statute.clock import offers, state_of

LONGEST_TEXT = 5000
"""Characters of a message or of an answer to it."""
MOST_OF_A_KIND = 20
"""Messages of one kind on one request that make no event: enough for anybody, too few to flood an office."""
SCORES = (1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class MessageKind:
    """`event`: what it makes of the request, "" for nothing. `text`: its label; `needs_text`: it says nothing without.

    `answered`: the office owes an answer, to the others it is enough to have read them. `by_office`: read and answered
    by the office in charge of the county, not by the body that it is about.
    """

    code: str
    word: str
    article: str
    event: str
    text: str
    needs_text: bool
    files: bool = False
    answered: bool = False
    by_office: bool = False


_ALL = (
    MessageKind("correction", "补正", "条例第30条", "correction_received", "补正内容", needs_text=False, files=True),
    MessageKind("reasons", "说明理由", "条例第35条", "reasons_received", "理由", needs_text=True, files=True),
    MessageKind("withdrawal", "撤回申请", "", "withdrawn", "撤回的原因", needs_text=False),
    MessageKind("rating", "评价", "", "", "评价的话", needs_text=False),
    MessageKind("suggestion", "建议主动公开", "条例第44条", "", "建议", needs_text=True, answered=True),
    MessageKind(
        "record_correction", "要求更正信息记录", "条例第41条", "", "哪里不准确，应当是什么", needs_text=True,
        files=True, answered=True,
    ),
    MessageKind(
        "complaint", "投诉、举报", "条例第47条、第51条", "", "投诉、举报的内容", needs_text=True, files=True,
        answered=True, by_office=True,
    ),
)  # fmt: skip
KINDS: Mapping[str, MessageKind] = {each.code: each for each in _ALL}


def refusal(kind: MessageKind, case: Case, calendar: Calendar, *, rated: bool) -> str:
    """Why the applicant cannot say it now, in Chinese; "" where they can."""
    if kind.event:
        offer = next(each for each in offers(case, calendar) if each.step.act == kind.event)
        if offer.refused:
            return offer.refused
    if kind.code == "reasons" and not reasons_awaited(case):
        return "机关没有要求说明理由，或者已经收到您的理由"
    if kind.code in ("rating", "record_correction") and state_of(case, calendar) != CLOSED:
        return "办结以后才能办"
    if kind.code == "rating" and rated:
        return "已经评价过，一件申请评价一次"
    return ""


def reasons_awaited(case: Case) -> bool:
    """Whether reasons were asked for and have not come (条例第35条: the clock does not tell, for it runs on)."""
    asked = [each.kind for each in case.events if each.kind in ("reasons_requested", "reasons_received", "replied")]
    return bool(asked) and asked[-1] == "reasons_requested"
