"""What a person may do with a request: the roles of the table of steps, asked for each step and not once for all.

Steps that the head decides (条例第33条第2款) are registered by a head, or by an officer who names the person that
approved on paper: always somebody else. So is a reply on paper, which no review in the product has seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied

from gongkai.bureau.orgs.models import Body, Person
from gongkai.bureau.orgs.permissions import (
    ROLES_BY_ACT,
    WORDS,
    Act,
    Held,
    acts_as,
    covers,
    held_roles,
    stands_for_alone,
)
from gongkai.bureau.orgs.vocabulary import BUSINESS, ROLES
from gongkai.statute.cases.steps import HEADS, STAFF, STEPS, Step
from gongkai.statute.cases.words import ACTS
from gongkai.statute.primitives import InputFault, InputRefused

APPROVER = "批准人"
LONGEST_NAME = 40
REPLY = "replied"
HANDLING = BUSINESS - {"county_office"}
"""Roles within a body: who holds one of them there can be given its work."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The roles that a person holds for one body, and anywhere at all; looked up once for a page of many acts."""

    here: frozenset[str]
    anywhere: frozenset[str]
    body_name: str
    held: tuple[Held, ...] = ()

    def refusal(self, act: Act) -> str:
        """As `permissions.refusal` for this body, without asking again."""
        return self._refusal(ROLES_BY_ACT[act], f"{WORDS[act]}由{_words(ROLES_BY_ACT[act])}办理", WORDS[act])

    def step_refusal(self, step: Step) -> str:
        """Why the person may not register this step; "" where they may, if need be for another who approved it."""
        if step.roles == HEADS:
            said = f"{ACTS[step.act]}由{_words(HEADS)}批准，由其本人或者{_words(STAFF)}凭批件登记"
            return self._refusal(frozenset((*HEADS, *STAFF)), said, f"登记{ACTS[step.act]}")
        return self._refusal(
            frozenset(step.roles), f"{WORDS[Act.ENTER_REQUESTS]}由{_words(STAFF)}办理", WORDS[Act.ENTER_REQUESTS]
        )

    def needs_approver(self, step: Step) -> bool:
        """Whether the person registers what somebody else has approved on paper."""
        return step.act == REPLY or (step.roles == HEADS and not self.here & set(HEADS))

    def stands_for(self, role: str) -> frozenset[str]:
        """The accounts for whom alone the person holds this role here (代岗); nobody where it is their own."""
        return stands_for_alone(each for each in self.held if each.role == role)

    def _refusal(self, roles: frozenset[str], said: str, act: str) -> str:
        if self.here & roles:
            return ""
        if self.anywhere & roles:
            return f"您的角色不及于{self.body_name}，不能{act}"
        return f"{said}，您没有这个角色"


def standing(person: Person, body: Body) -> Standing:
    held = held_roles(person)
    reaching = tuple(each for each in held if covers(each, body.path))
    return Standing(
        frozenset(each.role for each in reaching), frozenset(each.role for each in held), body.name, reaching
    )  # fmt: skip


def require_act(person: Person, act: Act, body: Body) -> Standing:
    """The person's standing; PermissionDenied with the reason unless they may do this."""
    found = standing(person, body)
    _require_none(found.refusal(act))
    acts_as(person, ROLES_BY_ACT[act], found.held)
    return found


def authorise_step(
    person: Person, body: Body, event: Mapping[str, object], approved_by: str
) -> tuple[Mapping[str, object], str]:
    """The event with who approved it where it names them, and the name of an approver that it has no field for.

    PermissionDenied without the step's role; InputRefused where the approver is not named or is the person themself.
    """
    held = standing(person, body)
    step = STEPS.get(str(event.get("kind")))
    if step is None:
        _require_none(held.refusal(Act.ENTER_REQUESTS))
        acts_as(person, ROLES_BY_ACT[Act.ENTER_REQUESTS], held.held)
        return event, ""
    _require_none(held.step_refusal(step))
    approver = str(event.get("approved_by") or "").strip() or approved_by.strip()
    if step.roles != HEADS:
        if held.needs_approver(step):
            _refuse_approver(person, approver)
        acts_as(person, step.roles, held.held)
        return event, approver if step.act == REPLY else ""
    if held.needs_approver(step):
        _refuse_approver(person, approver)
        acts_as(person, STAFF, held.held)
    else:
        acts_as(person, HEADS, held.held)
    if "approved_by" in step.fields:
        return {**event, "approved_by": approver or person.acting_name}, ""
    return event, approver


def _refuse_approver(person: Person, approver: str) -> None:
    if not approver:
        raise InputRefused(InputFault(APPROVER, "没有填写", f"批准的{_words(HEADS)}的姓名，批件写在依据里"))
    if len(approver) > LONGEST_NAME:
        raise InputRefused(InputFault(APPROVER, f"有{len(approver)}个字", f"不超过{LONGEST_NAME}个字"))
    if approver in (person.name, person.username):
        raise InputRefused(InputFault(APPROVER, "是登记的人自己", "另一个人"))


def _require_none(reason: str) -> None:
    if reason:
        raise PermissionDenied(reason)


def _words(roles: frozenset[str] | tuple[str, ...]) -> str:
    return "、".join(word for role, word in ROLES.items() if role in roles)
