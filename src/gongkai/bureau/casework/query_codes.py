"""查询码 for those who applied at the counter, by post, by fax or by word of mouth, and for those who lost theirs.

The officer hands it over with the receipt, to the applicant alone; it is shown once and stored as a digest, as the
portal's are. A new one ends the one before.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.bureau import clock
from gongkai.bureau.casework.intake import code_mark, query_code
from gongkai.bureau.casework.models import Application
from gongkai.bureau.casework.rights import require_act
from gongkai.bureau.casework.services import locked
from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs.models import Person
from gongkai.bureau.orgs.permissions import Act
from gongkai.statute.primitives import InputFault, InputRefused


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What stands on the receipt. Of `code` a digest is stored."""

    number: str
    code: str
    body_name: str
    subject: str
    filed_on: date


@transaction.atomic
def hand_over(actor: Person, request: int) -> HandedOver:
    """A new query code for the applicant; the one before, and whoever is in by it, is out."""
    found = locked(request)
    require_act(actor, Act.ENTER_REQUESTS, found.body)
    application = Application.objects.select_for_update().filter(request=found).first()
    if application is None:
        raise InputRefused(
            InputFault("查询码", "这件申请没有按申请书登记，网上没有可以查询的内容", "用“接收申请”登记的申请")
        )
    code = query_code(found.number, secrets.token_urlsafe(24))
    again = application.code_mark is not None
    application.code_mark = code_mark(found.number, code)
    application.save(update_fields=["code_mark"])
    facts = {"again": again}
    ledger.append(f"request:{found.pk}", "query_code.given", actor=actor, body=found.body.code, facts=facts)
    filed = application.filed_at or clock.now()
    return HandedOver(found.number, code, found.body.name, found.subject, timezone.localdate(filed))
