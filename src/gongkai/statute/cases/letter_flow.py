"""THE table of steps of a letter inside the office: 拟稿 → 科室审核 → 合法性审查 → 保密审查 → 签发 → 用印 → 送达.

条例第17条 (审查), 第45条 (登记、审核、办理、答复、归档); 保密法实施条例第42条 (先审查、后公开). Who must see a letter
follows from its kind; that the one who drafted it passes none of these is the house's rule of four eyes. The number is
given at signing; a number of a void letter stays with it. Buttons, services and tests come from this table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

DRAFTING, IN_SECTION, IN_LEGAL, IN_SECRECY = "drafting", "in_section", "in_legal", "in_secrecy"
AWAITING_SIGNATURE, SIGNED, SEALED, DELIVERED, VOID = "awaiting_signature", "signed", "sealed", "delivered", "void"

STATES: Mapping[str, str] = {
    DRAFTING: "拟稿",
    IN_SECTION: "待科室审核",
    IN_LEGAL: "待合法性审查",
    IN_SECRECY: "待保密审查",
    AWAITING_SIGNATURE: "待签发",
    SIGNED: "已签发待用印",
    SEALED: "已用印待送达",
    DELIVERED: "已送达",
    VOID: "已作废",
}
OPENING_STATE = DRAFTING
UNDER_WAY = (IN_SECTION, IN_LEGAL, IN_SECRECY, AWAITING_SIGNATURE)
"""With somebody who passes it or returns it."""
NUMBERED = (SIGNED, SEALED)

STAFF = ("disclosure_officer", "handler")
FIELDS: Mapping[str, str] = {
    "reasons": "退回理由",
    "void_reason": "作废原因",
    "signer": "签发人姓名",
    "signed_on": "签发日期",
    "scan": "扫描件",
    "way": "送达方式",
    "on": "送达日",
    "tracking": "邮件号码",
    "arrived_on": "到达日",
    "proof": "送达凭证",
    "note": "意见",
}


@dataclass(frozen=True, slots=True)
class FlowStep:
    """`after` is None where the next state follows from what the kind of letter needs. `fields`: name to kind of value.

    `optional` fields may be left empty. `not_the_drafter`: the person who drafted or submitted it may not do this.
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


_NOTE = {"note": "text"}
_ALL = (
    FlowStep("submit", "送审", (DRAFTING,), STAFF, None, "条例第45条"),
    FlowStep("pass_section", "科室审核通过", (IN_SECTION,), ("section_head",), None, "条例第45条",
             _NOTE, frozenset(_NOTE), not_the_drafter=True),
    FlowStep("pass_legal", "合法性审查通过", (IN_LEGAL,), ("legal_adviser",), None, "条例第45条",
             _NOTE, frozenset(_NOTE), not_the_drafter=True),
    FlowStep("pass_secrecy", "保密审查通过", (IN_SECRECY,), ("secrecy_reviewer",), None, "条例第17条",
             _NOTE, frozenset(_NOTE), not_the_drafter=True),
    FlowStep("return_", "退回", UNDER_WAY, ("section_head", "legal_adviser", "secrecy_reviewer", "leader"), DRAFTING,
             "条例第45条", {"reasons": "text"}, not_the_drafter=True),
    FlowStep("sign", "签发", (AWAITING_SIGNATURE,), ("leader",), SIGNED, "条例第45条", not_the_drafter=True),
    FlowStep("register_signature", "登记纸质签发", (AWAITING_SIGNATURE,), ("disclosure_officer",), SIGNED, "条例第45条",
             {"signer": "name", "signed_on": "day", "scan": "file"}),
    FlowStep("seal", "登记用印", (SIGNED,), ("disclosure_officer",), SEALED, "条例第45条", {"scan": "file"},
             frozenset({"scan"})),
    FlowStep("deliver", "登记送达", (SEALED,), STAFF, DELIVERED, "国办公开办函〔2016〕235号",
             {"way": "way", "on": "day", "tracking": "name", "arrived_on": "day", "proof": "file"},
             frozenset({"tracking", "arrived_on", "proof"})),
    FlowStep("void", "作废", (DRAFTING, *UNDER_WAY, *NUMBERED), ("disclosure_officer",), VOID, "条例第45条",
             {"void_reason": "text"}),
)  # fmt: skip
STEPS: Mapping[str, FlowStep] = {step.act: step for step in _ALL}
REVIEW_OF: Mapping[str, str] = {
    "pass_section": IN_SECTION,
    "pass_legal": IN_LEGAL,
    "pass_secrecy": IN_SECRECY,
}


def route_of(*, signed_by: str, legal: bool, secrecy: bool) -> tuple[str, ...]:
    """The states between drafting and the number: a receipt is signed at once, a notice by the head, a reply by all."""
    section = (IN_SECTION,) if signed_by == "leader" else ()
    return (*section, *((IN_LEGAL,) if legal else ()), *((IN_SECRECY,) if secrecy else ()), AWAITING_SIGNATURE)


def after(act: str, state: str, route: Sequence[str]) -> str:
    """The state that an act leads to, on the letter's own route."""
    fixed = STEPS[act].after
    if fixed is not None:
        return fixed
    return route[0] if state == DRAFTING else route[route.index(state) + 1]


def refusal(
    step: FlowStep,
    state: str,
    who: str,
    drafters: Iterable[str],
    roles: Sequence[str],
    *,
    signed_by: str = "leader",
    stands_for: Mapping[str, frozenset[str]] = MappingProxyType({}),
) -> str:
    """Why this person cannot take the step now, in Chinese; "" where they can.

    `drafters`: who wrote or submitted the letter; `roles`: those that the person holds for its body; `signed_by`: who
    signs this kind. A letter that decides nothing (a receipt) is signed by the officer who wrote it. `stands_for`: the
    roles that the person holds for others alone (代岗): a deputy of the drafter is no second pair of eyes.
    """
    if state not in step.before:
        return f"现在是“{STATES[state]}”，这一步在“{'、'.join(STATES[each] for each in step.before)}”时办"
    needed = takers(step, state, signed_by) if step.act == "sign" else step.roles
    if not set(needed) & set(roles):
        return f"“{step.word}”由{'、'.join(ROLE_WORDS[each] for each in needed)}办理，您没有这个角色"
    if step.act == "return_" and not set(_reviewers_of(state, signed_by)) & set(roles):
        return f"“{STATES[state]}”时由{'、'.join(ROLE_WORDS[each] for each in _reviewers_of(state, signed_by))}退回"
    own = step.act == "sign" and signed_by == "disclosure_officer"
    if step.not_the_drafter and not own:
        wrote = frozenset(drafters)
        if who in wrote:
            return "拟稿、送审的人不能审核、签发同一件文书"
        mine = set(takers(step, state, signed_by)) & set(roles)
        if all(role in stands_for and stands_for[role] <= wrote for role in mine):
            return "您代岗的人拟稿或者送审了这件文书，须由第三人审核、签发"
    return ""


def takers(step: FlowStep, state: str, signed_by: str) -> tuple[str, ...]:
    """The roles by which a step is taken now: a letter is returned by whoever would pass it."""
    if step.act == "return_":
        return _reviewers_of(state, signed_by)
    return tuple(dict.fromkeys((signed_by, *step.roles))) if step.act == "sign" else step.roles


def _reviewers_of(state: str, signed_by: str) -> tuple[str, ...]:
    if state == AWAITING_SIGNATURE:
        return tuple(dict.fromkeys((signed_by, "leader")))
    return ({IN_SECTION: "section_head", IN_LEGAL: "legal_adviser", IN_SECRECY: "secrecy_reviewer"}[state],)


ROLE_WORDS: Mapping[str, str] = {
    "disclosure_officer": "公开专员",
    "handler": "承办人",
    "section_head": "科室负责人",
    "legal_adviser": "法律顾问",
    "secrecy_reviewer": "保密审查员",
    "leader": "分管领导",
}
