"""THE table of steps of the body's own annual report: from its draft to publication, correction and filing.

条例第四十九条、第五十条; 国办公开办函〔2021〕30号: the leader in charge is 第一责任人, the office 法定责任主体. The law
names no inner steps: review by someone else and approval are the house's rule of four eyes. Buttons, services, the
reference page and tests come from this table.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from gongkai.statute.primitives import InputFault

DRAFTING, IN_REVIEW, FROZEN = "drafting", "in_review", "frozen"
APPROVED, PUBLISHED, SUPERSEDED = "approved", "published", "superseded"

STATES: Mapping[str, str] = {
    DRAFTING: "起草",
    IN_REVIEW: "审核中",
    FROZEN: "已冻结待批准",
    APPROVED: "已批准",
    PUBLISHED: "已公布",
    SUPERSEDED: "已更正",
}
"""The states of one version; `superseded` is a version whose correction is published."""

OPENING_STATE = DRAFTING
EDITABLE = frozenset({DRAFTING})
"""States in which the prose may be written."""

FIGURES_FIXED = frozenset({FROZEN, APPROVED, PUBLISHED, SUPERSEDED})
"""States in which the cells stand as frozen, with the records behind them."""

OFFICERS = ("disclosure_officer",)
REVIEWERS = ("section_head", "legal_adviser")
LEADERS = ("leader",)

FIELDS: Mapping[str, str] = {
    "reasons": "退回理由",
    "note": "更正说明（公开：改了什么、为什么）",
    "scan": "签批件扫描件",
    "approver": "批准人姓名",
    "approved_on": "批准日期",
}

EFFECTS: Mapping[str, str] = {
    "freeze": "冻结各格数字，留存每格背后的记录",
    "unfreeze": "已冻结的解除冻结",
    "supersede": "上一版转为“已更正”",
    "new_version": "另开新的一版起草，本版仍公布，到新版公布时为止",
    "package": "生成报送材料，状态不变",
}


@dataclass(frozen=True, slots=True)
class Step:
    """`after` is the state that the act leads to, None where this version's state stays.

    `not_by`: acts of the same round whose doers may not do this one (四眼: 提交人不得审核、批准). `fields`: name to
    kind of value, all required. `effects`: what it does beside (words in `EFFECTS`).
    """

    act: str
    word: str
    before: tuple[str, ...]
    roles: tuple[str, ...]
    after: str | None
    article: str
    not_by: tuple[str, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    effects: tuple[str, ...] = ()


_ORDER = "《中华人民共和国政府信息公开条例》"
_FORM = "国办公开办函〔2021〕30号"

_ALL = (
    Step("submit", "提交审核", (DRAFTING,), OFFICERS, IN_REVIEW, f"{_ORDER}第五十条"),
    Step(
        "return_",
        "退回修改",
        (IN_REVIEW, FROZEN),
        (*REVIEWERS, *LEADERS),
        DRAFTING,
        f"{_FORM}（内容准确、全面）",
        fields={"reasons": "text"},
        effects=("unfreeze",),
    ),
    Step(
        "pass_review",
        "审核通过",
        (IN_REVIEW,),
        REVIEWERS,
        FROZEN,
        f"{_FORM}（内容准确、全面）",
        not_by=("submit",),
        effects=("freeze",),
    ),
    Step(
        "approve",
        "批准",
        (FROZEN,),
        LEADERS,
        APPROVED,
        f"{_FORM}（分管领导为第一责任人）",
        not_by=("submit", "pass_review"),
    ),
    Step(
        "register_paper_approval",
        "登记纸质签批",
        (FROZEN,),
        OFFICERS,
        APPROVED,
        f"{_FORM}（分管领导为第一责任人）",
        fields={"approver": "name", "approved_on": "day", "scan": "file"},
    ),
    Step("publish", "公布", (APPROVED,), OFFICERS, PUBLISHED, f"{_ORDER}第四十九条", effects=("supersede",)),
    Step(
        "correct",
        "更正",
        (PUBLISHED,),
        OFFICERS,
        None,
        f"{_ORDER}第四十九条；{_FORM}（更正的规定未核对原文）",
        fields={"note": "text"},
        effects=("new_version",),
    ),
    Step(
        "file_package",
        "生成报送材料",
        (APPROVED, PUBLISHED),
        OFFICERS,
        None,
        f"{_ORDER}第四十九条",
        effects=("package",),
    ),
)
STEPS: Mapping[str, Step] = {step.act: step for step in _ALL}
ACTS: Mapping[str, str] = {step.act: step.word for step in _ALL}


def steps_from(state: str) -> tuple[Step, ...]:
    """The steps that a version in that state can take, in the order of the table; none for a superseded one."""
    return tuple(step for step in _ALL if state in step.before)


def excluded(step: Step, history: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Who may not do the step, with the act that shuts them out. `history`: (act, person), the oldest first.

    A return begins a new round: what was reviewed before was another text.
    """
    found: dict[str, str] = {}
    for act, person in history:
        if act == "return_":
            found = {}
        elif act in step.not_by:
            found[person] = act
    return found


def taken_part(history: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Who submitted or reviewed in the present round: none of them is the approver, on paper either.

    One who only returned the report has not taken part: a leader may return it and approve it later.
    """
    return frozenset(excluded(STEPS["approve"], history))


def refusal(
    step: Step, state: str, person: str, history: Iterable[tuple[str, str]], stands_for: Collection[str] = ()
) -> str:
    """Why the step cannot be taken now by that person, in Chinese; "" where it can. Roles are asked elsewhere.

    `stands_for`: those for whom alone the person holds the role of the step (代岗).
    """
    if state not in step.before:
        when = "、".join(f"“{STATES[each]}”" for each in step.before)
        return f"报告现在是“{STATES.get(state, state)}”，{when}时才能{step.word}"
    shut_out = excluded(step, history)
    earlier = shut_out.get(person)
    if earlier:
        return f"您办理了这份报告的{ACTS[earlier]}，{step.word}须由另一人办理"
    if stands_for and set(stands_for) <= set(shut_out):
        return f"您代岗的人参与了这份报告的办理，{step.word}须由第三人办理"
    return ""


def field_faults(
    step: Step, given: Mapping[str, object], doer: str, others: Iterable[str] = ()
) -> tuple[InputFault, ...]:
    """What is wrong with the fields of a step: one missing or blank, or an approver who is not another person.

    `doer` and `others` are names: of who registers the paper, and of those who have `taken_part`.
    """
    faults = [
        InputFault(FIELDS[name], "没有填写", "必填")
        for name in step.fields
        if given.get(name) is None or not str(given[name]).strip()
    ]
    approver = _bare(str(given.get("approver") or ""))
    if "approver" in step.fields and approver and approver in {_bare(doer), *map(_bare, others)}:
        faults.append(InputFault(FIELDS["approver"], f"“{approver}”参与了提交、审核或者登记", "另一人"))
    return tuple(faults)


def _bare(name: str) -> str:
    """张　三 is 张三: a space within a name makes nobody another person."""
    return "".join(name.split())
