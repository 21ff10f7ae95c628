"""THE table of steps of a piece of information: 拟稿 → 初审 → (合法性审查) → 保密复审 → 终审签发 → 公开 → 撤回.

条例第17条 (审查机制), 保守国家秘密法第35条, 实施条例 (2024) 第42条 (先审查、后公开, 逐项). The three reviews:
初审 by the head of the section that made it, 复审 by the secrecy reviewer, 终审 by the leader (facts 9). No step leads
past 复审; urgency shortens the others, which are then owed. Buttons, services, API and tests come from this table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from gongkai.statute.primitives import InputFault, InputRefused

DRAFTING, IN_SECTION, IN_LEGAL, IN_SECRECY = "drafting", "in_section", "in_legal", "in_secrecy"
REFERRED, AWAITING_SIGNATURE, APPROVED = "referred", "awaiting_signature", "approved"
PUBLISHED, WITHDRAWN, KEPT, DISCARDED = "published", "withdrawn", "kept", "discarded"

STATES: Mapping[str, str] = {
    DRAFTING: "拟稿",
    IN_SECTION: "待初审",
    IN_LEGAL: "待合法性审查",
    IN_SECRECY: "待保密复审",
    REFERRED: "报请确定中",
    AWAITING_SIGNATURE: "待终审签发",
    APPROVED: "待公开",
    PUBLISHED: "已公开",
    WITHDRAWN: "已撤回",
    KEPT: "不主动公开",
    DISCARDED: "已作废",
}
OPENING_STATE = DRAFTING
UNDER_WAY = (IN_SECTION, IN_LEGAL, IN_SECRECY, AWAITING_SIGNATURE)
"""With somebody who passes it or returns it."""
OPEN = (DRAFTING, *UNDER_WAY, REFERRED, APPROVED)
"""Not at an end: what a queue shows."""

WAYS: Mapping[str, str] = {"proactive": "主动公开", "on_request": "依申请公开", "withheld": "不予公开"}
"""公开属性, fixed with its ground when the information is drafted (条例第13条)."""
CONCLUSIONS: Mapping[str, str] = {"public": "可以公开", "withheld": "不予公开"}
FAIR_COMPETITION: Mapping[str, str] = {
    "passed": "通过公平竞争审查",
    "not_concerned": "不涉及市场主体经济活动，不需要公平竞争审查",
}

STAFF = ("disclosure_officer", "handler")
FIELDS: Mapping[str, str] = {
    "note": "意见",
    "reasons": "退回理由",
    "lawfulness": "合法性审查意见",
    "fair_competition": "公平竞争审查",
    "conclusion": "保密审查结论",
    "ground": "结论的依据",
    "authority": "报请的机关",
    "question": "请示的问题",
    "answer": "答复内容",
    "answered_on": "答复日期",
    "signer": "签发人姓名",
    "signed_on": "签发日期",
    "scan": "签发单扫描件",
    "publish_on": "定于哪天公开",
    "because": "理由",
}


@dataclass(frozen=True, slots=True)
class FlowStep:
    """`after` is None where the next state follows from the route or the conclusion. `fields`: name to kind of value.

    `not_the_drafter`: whoever drafted or submitted any version of it may not do this. `owed`: the review that was put
    off by urgency and is made up for here. `public`: whether the information must be public at that moment.
    """

    act: str
    word: str
    before: tuple[str, ...]
    roles: tuple[str, ...]
    after: str | None
    article: str
    fields: Mapping[str, str] = field(default_factory=dict)
    optional: frozenset[str] = frozenset()
    not_the_drafter: bool = False
    owed: str = ""
    public: bool = False


_NOTE = {"note": "text"}
_LEGAL = {"lawfulness": "text", "fair_competition": "fair_competition"}
_SECRECY = "条例第17条，保密法实施条例第42条"
_ALL = (
    FlowStep("submit", "送审", (DRAFTING,), STAFF, None, "条例第17条"),
    FlowStep("pass_section", "初审通过", (IN_SECTION,), ("section_head",), None, _SECRECY,
             _NOTE, frozenset(_NOTE), not_the_drafter=True),
    FlowStep("pass_legal", "合法性审查通过", (IN_LEGAL,), ("legal_adviser",), None, "国办发〔2018〕115号",
             _LEGAL, not_the_drafter=True),
    FlowStep("conclude", "作出保密复审结论", (IN_SECRECY,), ("secrecy_reviewer",), None, _SECRECY,
             {"conclusion": "conclusion", "ground": "text"}, not_the_drafter=True),
    FlowStep("refer", "报请确定", (IN_SECRECY,), ("secrecy_reviewer",), REFERRED, "条例第17条第3款",
             {"authority": "name", "question": "text"}, not_the_drafter=True),
    FlowStep("register_answer", "登记答复", (REFERRED,), ("secrecy_reviewer",), IN_SECRECY, "条例第17条第3款",
             {"answer": "text", "answered_on": "day", "scan": "file"}, frozenset({"scan"}), not_the_drafter=True),
    FlowStep("return_", "退回", (*UNDER_WAY, REFERRED),
             ("section_head", "legal_adviser", "secrecy_reviewer", "leader"), DRAFTING, "条例第17条",
             {"reasons": "text"}, not_the_drafter=True),
    FlowStep("sign", "终审签发", (AWAITING_SIGNATURE,), ("leader",), None, _SECRECY,
             {"publish_on": "future"}, frozenset({"publish_on"}), not_the_drafter=True),
    FlowStep("register_signature", "登记纸质签发", (AWAITING_SIGNATURE,), ("disclosure_officer",), None, _SECRECY,
             {"signer": "name", "signed_on": "day", "scan": "file", "publish_on": "future"},
             frozenset({"publish_on"})),
    FlowStep("publish", "公开", (APPROVED,), ("disclosure_officer",), PUBLISHED, "条例第26条"),
    FlowStep("recall", "撤回修改", (APPROVED,), STAFF, DRAFTING, _SECRECY, {"because": "text"}),
    FlowStep("pass_section_later", "补初审", (APPROVED, PUBLISHED), ("section_head",), None, _SECRECY,
             _NOTE, frozenset(_NOTE), not_the_drafter=True, owed=IN_SECTION),
    FlowStep("pass_legal_later", "补合法性审查", (APPROVED, PUBLISHED), ("legal_adviser",), None, "国办发〔2018〕115号",
             _LEGAL, not_the_drafter=True, owed=IN_LEGAL),
    FlowStep("correct", "更正", (PUBLISHED, WITHDRAWN), STAFF, DRAFTING, "条例第6条", {"because": "text"}),
    FlowStep("withdraw", "撤回公开", (PUBLISHED, DRAFTING, *UNDER_WAY, REFERRED, APPROVED),
             ("disclosure_officer", "secrecy_reviewer", "leader"), WITHDRAWN, "条例第14条、第15条",
             {"because": "text"}, public=True),
    FlowStep("reopen", "转为公开", (KEPT,), ("disclosure_officer", "secrecy_reviewer"), DRAFTING, "条例第18条",
             {"because": "text"}),
    FlowStep("discard", "作废", (DRAFTING,), STAFF, DISCARDED, "条例第17条", {"because": "text"}),
)  # fmt: skip
STEPS: Mapping[str, FlowStep] = {step.act: step for step in _ALL}
ROLE_WORDS: Mapping[str, str] = {
    "disclosure_officer": "公开专员",
    "handler": "承办人",
    "section_head": "科室负责人",
    "legal_adviser": "法律顾问",
    "secrecy_reviewer": "保密审查员",
    "leader": "分管领导",
}
_REVIEWER: Mapping[str, str] = {
    IN_SECTION: "section_head", IN_LEGAL: "legal_adviser", IN_SECRECY: "secrecy_reviewer",
    REFERRED: "secrecy_reviewer", AWAITING_SIGNATURE: "leader",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Matter:
    """What the table asks of one piece of information. `legal`: a rule or normative document."""

    legal: bool = False
    urgent: bool = False
    owed: tuple[str, ...] = ()
    is_public: bool = False


def route_of(matter: Matter) -> tuple[str, ...]:
    """The states between drafting and the end of review. None leads past the secrecy review, whatever the urgency."""
    before = () if matter.urgent else (IN_SECTION, *((IN_LEGAL,) if matter.legal else ()))
    return (*before, IN_SECRECY, AWAITING_SIGNATURE)


def owed_of(matter: Matter) -> tuple[str, ...]:
    """The reviews that urgency puts off: they are made up for afterwards."""
    return (IN_SECTION, *((IN_LEGAL,) if matter.legal else ())) if matter.urgent else ()


def after(act: str, state: str, matter: Matter, *, way: str = "proactive") -> str:
    """The state that an act leads to. `way`: the way of disclosure as it stands after the secrecy review.

    InputRefused where the matter never passes that state.
    """
    step = STEPS[act]
    if act == "withdraw":
        return WITHDRAWN
    if step.after is not None:
        return step.after
    if step.owed:
        return state
    if act in ("sign", "register_signature"):
        return APPROVED if way == "proactive" else KEPT
    route = route_of(matter)
    if state == DRAFTING:
        return route[0]
    if state not in route:
        raise InputRefused(
            InputFault("办理", f"“{STATES[state]}”不在它的流程里", "、".join(STATES[each] for each in route))
        )
    return route[route.index(state) + 1]


def reviewers_of(state: str) -> tuple[str, ...]:
    """The roles with which something under way lies now."""
    return (_REVIEWER[state],) if state in _REVIEWER else ()


def takers(step: FlowStep, state: str) -> tuple[str, ...]:
    """The roles by which a step is taken now: something is returned by whoever would pass it."""
    return reviewers_of(state) if step.act == "return_" else step.roles


def refusal(
    step: FlowStep,
    state: str,
    matter: Matter,
    who: str,
    drafters: Iterable[str],
    roles: Sequence[str],
    *,
    stands_for: Mapping[str, frozenset[str]] = MappingProxyType({}),
) -> str:
    """Why this person cannot take the step now, in Chinese; "" where they can.

    `drafters`: who wrote or submitted any version; `roles`: those that the person holds for the body; `stands_for`: the
    roles held for others alone (代岗): a deputy of a drafter is no second pair of eyes.
    """
    if state not in step.before:
        return f"现在是“{STATES[state]}”，这一步在“{'、'.join(STATES[each] for each in step.before)}”时办"
    if step.owed and step.owed not in matter.owed:
        return "没有要补的这项审查"
    if step.public and not matter.is_public:
        return "还没有公开过，不用撤回"
    if step.act == "discard" and matter.is_public:
        return "已经公开的信息不作废，可以撤回公开"
    needed = takers(step, state)
    if not set(needed) & set(roles):
        return f"“{step.word}”由{'、'.join(ROLE_WORDS[each] for each in needed)}办理，您没有这个角色"
    if step.not_the_drafter:
        wrote = frozenset(drafters)
        if who in wrote:
            return "拟稿、送审的人不能审查、签发同一条信息"
        mine = set(needed) & set(roles)
        if all(role in stands_for and stands_for[role] <= wrote for role in mine):
            return "您代岗的人拟稿或者送审了这条信息，须由第三人审查、签发"
    return ""
