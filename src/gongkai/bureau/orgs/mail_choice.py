"""Whether reminders come to a person by e-mail, and where to: their own choice. Those in the product always come."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs.models import Person
from gongkai.statute.primitives import InputFault, InputRefused


@dataclass(frozen=True, slots=True)
class MailChoice:
    mailed: bool
    email: str


def of(person: Person) -> MailChoice:
    return MailChoice(person.mailed, person.email)


@transaction.atomic
def choose(actor: Person, *, mailed: bool, email: str) -> None:
    """Keep the person's choice. The journal says that it was made, never the address."""
    address = email.strip()
    if address:
        try:
            validate_email(address)
        except ValidationError:
            raise InputRefused(
                InputFault("电子邮箱", f"“{address[:60]}”不是邮箱地址", "如 name@example.gov.cn")
            ) from None
    elif mailed:
        raise InputRefused(InputFault("电子邮箱", "没有填写", "收提醒的邮箱；不收的，关闭邮件提醒"))
    if len(address) > 254:
        raise InputRefused(InputFault("电子邮箱", f"有{len(address)}个字符", "不超过254个字符"))
    found = Person.objects.select_for_update().get(pk=actor.pk)
    if (found.mailed, found.email) == (mailed, address):
        return
    facts = {"mailed": mailed, "address": found.email != address}
    found.mailed, found.email = mailed, address
    found.save(update_fields=["mailed", "email"])
    actor.mailed, actor.email = mailed, address
    ledger.append(f"person:{found.username}", "person.mail_chosen", actor=found, facts=facts)
