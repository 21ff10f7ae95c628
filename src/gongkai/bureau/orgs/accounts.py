"""Signing in: no public sign-up; every sign-in, failure, lock-out and change of the second factor is journalled."""

from __future__ import annotations

import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.signals import password_changed
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from axes.signals import user_locked_out
from axes.utils import reset
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest

from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs.models import Person
from gongkai.bureau.orgs.permissions import Act, require_over
from gongkai.statute.primitives import InputFault, InputRefused

INITIAL_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without what is taken for something else when it is read out: 0 o, 1 i l."""
INITIAL_LENGTH = 16


class ClosedAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts are opened by a system administrator alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Nothing: axes counts failures, in the database and for all processes.

        allauth's own count would answer before it, leave no record, and outlast an unlocking by the administrator.
        Codes of the second factor stay under allauth's limit.
        """


@receiver(user_logged_in)
def _signed_in(sender: object, user: Person, **_: Any) -> None:
    ledger.append(f"person:{user.username}", "person.signed_in", actor=user, facts={})


@receiver(user_logged_out)
def _signed_out(sender: object, user: Person | None, **_: Any) -> None:
    if user is not None:
        ledger.append(f"person:{user.username}", "person.signed_out", actor=user, facts={})


@receiver(user_login_failed)
def _failed(sender: object, credentials: dict[str, Any], **_: Any) -> None:
    # Only known accounts have a stream: what a stranger types as a name (a password, perhaps) is not kept.
    username = str(credentials.get("username") or "")
    if Person.objects.filter(username=username).exists():
        ledger.append(f"person:{username}", "person.sign_in_failed", actor=ledger.SYSTEM, facts={})


@receiver(user_locked_out)
def _locked_out(sender: object, username: str, request: HttpRequest, **_: Any) -> None:
    if getattr(request, "axes_failures_since_start", None) is None:
        return  # refused because locked already: the refusal is journalled as a failed sign-in
    if Person.objects.filter(username=username).exists():
        ledger.append(f"person:{username}", "person.locked_out", actor=ledger.SYSTEM, facts={})


@receiver(password_changed)
def _password_changed(sender: object, user: Person, **_: Any) -> None:
    Person.objects.filter(pk=user.pk).update(initial_password=False)
    user.initial_password = False
    ledger.append(f"person:{user.username}", "person.password_changed", actor=user, facts={})


@receiver(authenticator_added)
def _second_factor_added(sender: object, user: Person, authenticator: Any, **_: Any) -> None:
    facts = {"type": str(authenticator.type)}
    ledger.append(f"person:{user.username}", "person.second_factor_added", actor=user, facts=facts)


@receiver(authenticator_removed)
def _second_factor_removed(sender: object, user: Person, authenticator: Any, **_: Any) -> None:
    facts = {"type": str(authenticator.type)}
    ledger.append(f"person:{user.username}", "person.second_factor_removed", actor=user, facts=facts)


@receiver(authenticator_reset)
def _recovery_codes_renewed(sender: object, user: Person, authenticator: Any, **_: Any) -> None:
    facts = {"type": str(authenticator.type)}
    ledger.append(f"person:{user.username}", "person.second_factor_renewed", actor=user, facts=facts)


@receiver(authentication_failed)
def _second_factor_failed(sender: object, user: Person, **_: Any) -> None:
    # the password was right: somebody who is stopped here may know it
    ledger.append(f"person:{user.username}", "person.second_factor_failed", actor=ledger.SYSTEM, facts={})


def _require_other(actor: Person, username: str) -> None:
    """Sign-in is restored by another person, for an account that there is, within the reach of the role."""
    require_over(actor, Act.RESET_SIGN_IN, username)
    if actor.username == username:
        raise PermissionDenied("不能解锁或重置自己的账号，请由另一名安全保密管理员办理")
    if not Person.objects.filter(username=username).exists():
        raise InputRefused(InputFault("账号", f"没有账号“{username}”", "已有的账号"))


@transaction.atomic
def unlock(actor: Person, username: str) -> None:
    """Lift the lock-out of an account."""
    _require_other(actor, username)
    reset(username=username)
    ledger.append(f"person:{username}", "person.unlocked", actor=actor, facts={})


@transaction.atomic
def reset_password(actor: Person, username: str) -> str:
    """A new initial password, returned once and kept nowhere: for somebody who has forgotten theirs.

    Whoever is signed in with the old one is signed out, a lock-out is lifted; the person changes it at the first
    sign-in and may do nothing before.
    """
    _require_other(actor, username)
    person = Person.objects.select_for_update().get(username=username)
    password = "".join(secrets.choice(INITIAL_LETTERS) for _ in range(INITIAL_LENGTH))
    person.set_password(password)
    person.initial_password = True
    person.save(update_fields=["password", "initial_password"])
    reset(username=username)
    ledger.append(f"person:{username}", "person.password_reset", actor=actor, facts={})
    return password


@transaction.atomic
def reset_second_factor(actor: Person, username: str) -> None:
    """Take an account's second factors away, so that the person can set them up anew."""
    from allauth.mfa.models import Authenticator

    _require_other(actor, username)
    Authenticator.objects.filter(user__username=username).delete()
    ledger.append(f"person:{username}", "person.second_factor_reset", actor=actor, facts={})
