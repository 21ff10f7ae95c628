"""Signing in: no public sign-up; every sign-in, failure, lock-out and change of the second factor is journalled."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.signals import password_changed
from allauth.mfa.signals import authenticator_added, authenticator_removed
from axes.signals import user_locked_out
from axes.utils import reset
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest

from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs.models import Person
from gongkai.bureau.orgs.permissions import Act, require


class ClosedAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts are opened by a system administrator alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


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
def _locked_out(sender: object, username: str, **_: Any) -> None:
    if Person.objects.filter(username=username).exists():
        ledger.append(f"person:{username}", "person.locked_out", actor=ledger.SYSTEM, facts={})


@receiver(password_changed)
def _password_changed(sender: object, user: Person, **_: Any) -> None:
    ledger.append(f"person:{user.username}", "person.password_changed", actor=user, facts={})


@receiver(authenticator_added)
def _second_factor_added(sender: object, user: Person, authenticator: Any, **_: Any) -> None:
    facts = {"type": str(authenticator.type)}
    ledger.append(f"person:{user.username}", "person.second_factor_added", actor=user, facts=facts)


@receiver(authenticator_removed)
def _second_factor_removed(sender: object, user: Person, authenticator: Any, **_: Any) -> None:
    facts = {"type": str(authenticator.type)}
    ledger.append(f"person:{user.username}", "person.second_factor_removed", actor=user, facts=facts)


@transaction.atomic
def unlock(actor: Person, username: str) -> None:
    """Lift the lock-out of an account."""
    require(actor, Act.RESET_SIGN_IN)
    reset(username=username)
    ledger.append(f"person:{username}", "person.unlocked", actor=actor, facts={})


@transaction.atomic
def reset_second_factor(actor: Person, username: str) -> None:
    """Take an account's second factors away, so that the person can set them up anew."""
    from allauth.mfa.models import Authenticator

    require(actor, Act.RESET_SIGN_IN)
    Authenticator.objects.filter(user__username=username).delete()
    ledger.append(f"person:{username}", "person.second_factor_reset", actor=actor, facts={})
