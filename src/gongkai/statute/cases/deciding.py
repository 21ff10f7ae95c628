"""From the decisions on the items of a request to the one row of table three, and whether each cites a fitting article.

A request with several items is one request; how its row is found when items end differently is written nowhere in the
regulation (rules marked unverified). Splitting one item (条例第37条) is partial by the form's own words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from gongkai.statute.cases.citing import in_full, place_of
from gongkai.statute.cases.exchange import OUTCOMES
from gongkai.statute.primitives import DocumentPlace, Finding, InputFault, InputRefused
from gongkai.statute.report.cells import outcome_rows
from gongkai.statute.report.form import CODES, load

Rule = Literal["same_row", "given_and_withheld", "handler_chooses"]

FEE_RULES = "国办函〔2020〕109号"
OUTCOME_ARTICLES: Mapping[str, tuple[str, ...]] = {
    "granted": ("36(1)", "36(2)"),
    "partial": ("37", "36(2)", "36(1)"),
    "refused.state_secret": ("14",),
    "refused.law_forbids": ("14",),
    "refused.three_securities": ("14",),
    "refused.third_party": ("15", "32"),
    "refused.internal": ("16(1)",),
    "refused.process": ("16(2)",),
    "refused.enforcement_file": ("16(3)",),
    "refused.admin_query": ("36(7)",),
    "unavailable.not_held": ("36(4)", "36(5)"),
    "unavailable.needs_creation": ("38",),
    "unavailable.still_unclear": ("30",),
    "not_processed.petition": ("39(1)",),
    "not_processed.repeated": ("36(6)",),
    "not_processed.publication": ("39(2)",),
    "not_processed.excessive": ("35",),
    "not_processed.reissue": (),
    "other.lapsed_correction": ("30",),
    "other.unpaid_fee": (FEE_RULES,),
    "other.other": (),
    "other": (),
}
"""The articles of which a decision cites at least one; () where the regulation names none and any citation serves.

16(1) internal affairs, 16(2) process, 16(3) enforcement files; 39(1) petitions, 39(2) publications.
"""

_FRAMING = ("37", "36(1)", "36(2)", "36(3)")
"""Articles that give or frame: beside them a partial disclosure still names the ground for what is withheld."""
_GIVEN = ("granted", "partial")


@dataclass(frozen=True, slots=True)
class ItemDecision:
    """What was decided on one item of a request: a row of table three, the articles cited, the reason given."""

    outcome: str
    articles: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CaseOutcome:
    """The row of the whole request; `outcome` is None where the handler has to choose one of `options`, with a reason.

    `verified` is false where no source says so.
    """

    outcome: str | None
    options: tuple[str, ...]
    rule: Rule
    verified: bool

    @property
    def settled(self) -> bool:
        """Whether the law leaves no choice."""
        return self.outcome is not None


def case_outcome(decisions: Iterable[ItemDecision]) -> CaseOutcome:
    """The row of a request by the decisions on its items. None at all, or an unknown outcome, raises InputRefused.

    Something given and something not is partial; all on one row is that row; nothing given on different rows is for
    the handler to choose and to give a reason for.
    """
    rows = {each.outcome for each in decisions}
    unknown = sorted(rows - OUTCOMES)
    if unknown or not rows:
        wrong = f"不认识“{unknown[0]}”" if unknown else "没有任何一项的处理决定"
        raise InputRefused(InputFault("办理结果", wrong, "表三的办理结果"))
    if len(rows) == 1:
        only = next(iter(rows))
        return CaseOutcome(only, (only,), "same_row", True)
    if rows & set(_GIVEN):
        return CaseOutcome("partial", ("partial",), "given_and_withheld", "partial" in rows)
    return CaseOutcome(None, _in_order(rows), "handler_chooses", False)


def chosen(found: CaseOutcome, outcome: str, reason: str) -> str:
    """The handler's choice among the options. Another row, or no reason for the choice, raises InputRefused."""
    if found.outcome is not None and outcome == found.outcome:
        return outcome
    faults = []
    if outcome not in found.options:
        faults.append(InputFault("办理结果", f"“{outcome}”不在各项的结果之内", "、".join(found.options)))
    if not reason.strip():
        faults.append(InputFault("选定的理由", "没有填写", "为什么按这一种统计"))
    if faults:
        raise InputRefused(*faults)
    return outcome


def _in_order(rows: Iterable[str]) -> tuple[str, ...]:
    order = [row for code in reversed(CODES) for row in outcome_rows(load(code))]
    return tuple(sorted(rows, key=order.index))


def rests_on(cited: str, articles: Iterable[str]) -> bool:
    """Whether an article is among those, as a whole or by one of its items: 14(1) rests on 14, 16 not on 16(1)."""
    return any(cited == each or cited.startswith(f"{each}(") for each in articles)


def check_citation(outcome: str, articles: Sequence[str]) -> tuple[Finding, ...]:
    """Whether the articles cited carry that outcome. A partial disclosure also names the ground of what is withheld.

    `facts`: fault (none, unfitting, withheld), outcome, cited, and the fitting articles as codes.
    """
    if outcome not in OUTCOME_ARTICLES:
        raise InputRefused(InputFault("办理结果", f"不认识“{outcome}”", "表三的办理结果"))
    fitting = OUTCOME_ARTICLES[outcome]
    cited = [each for each in articles if each.strip()]
    if not cited:
        return (_unfitting("none", outcome, cited, fitting),)
    if fitting and not any(rests_on(each, fitting) for each in cited):
        return (_unfitting("unfitting", outcome, cited, fitting),)
    if outcome == "partial" and all(each in _FRAMING for each in cited):
        return (_unfitting("withheld", outcome, cited, ("14", "15", "16", "38")),)
    return ()


def check_decision(decision: ItemDecision) -> tuple[Finding, ...]:
    """What a decision on one item lacks: a fitting article, and a reason unless all is given (条例第36、37条)."""
    found = check_citation(decision.outcome, decision.articles)
    if decision.outcome != "granted" and not decision.reason.strip():
        facts: dict[str, object] = {"element": "reasons", "label": "理由"}
        missing = Finding("letter.missing_element", "error", DocumentPlace("reasons"), facts, in_full(["36(3)"]))
        return (*found, missing)
    return found


def _unfitting(fault: str, outcome: str, cited: Sequence[str], fitting: Sequence[str]) -> Finding:
    facts: dict[str, object] = {
        "fault": fault,
        "outcome": outcome,
        "cited": list(cited),
        "fitting": [place_of(each) for each in fitting],
    }
    return Finding("letter.article_missing", "error", DocumentPlace("articles"), facts, in_full(["36"]))
