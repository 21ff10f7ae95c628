"""A year's arrangement entered by hand, before a release of the platform brings it (国务院办公厅年度放假安排)."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs import calendar_changes
from gongkai.bureau.orgs.fields import text_fault
from gongkai.bureau.orgs.models import CalendarNotice, Person
from gongkai.bureau.orgs.permissions import Act, require_everywhere
from gongkai.bureau.orgs.working_days import in_force
from gongkai.statute.primitives import InputFault, InputRefused


@transaction.atomic
def complete_year(actor: Person, year: int, instrument: str) -> int:
    """Declare that a year's arrangement is entered whole: days counted into it are no longer provisional."""
    require_everywhere(actor, Act.ENTER_CALENDAR)
    faults = []
    wrong = text_fault("依据文号", instrument, 120, valid="国务院办公厅通知的文号")
    if wrong:
        faults.append(wrong)
    if year in in_force().published_years:
        faults.append(InputFault("年度", f"{year}年的安排已经有了", "还没有公布安排的年度"))
    elif not CalendarNotice.objects.filter(
        body__isnull=True, day__year=year, worked=False, withdrawn_at__isnull=True
    ).exists():
        faults.append(InputFault("年度", f"{year}年还没有录入放假的日子", "先逐日录入放假和调休上班，适用全部机关"))
    if faults:
        raise InputRefused(*faults)
    made = CalendarNotice.objects.create(
        body=None, day=date(year, 1, 1), worked=False, completes_year=True, instrument=instrument.strip(),
        note=f"{year}年的安排已全部录入", entered_by=actor,
    )  # fmt: skip
    facts = {"year": year, "instrument": made.instrument}
    ledger.append("calendar", "calendar.year_completed", actor=actor, facts=facts)
    calendar_changes.tell(f"{made.instrument}（{year}年全年安排）")
    return made.pk
