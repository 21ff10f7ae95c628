"""What an office asks of the reports of its bodies: an earlier day for a round, a local profile (条例第46、49条)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from gongkai.bureau import clock
from gongkai.bureau.annual.models import ProfileChoice, ReportRound
from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs.models import Body, Person
from gongkai.bureau.orgs.permissions import Act, reach, require
from gongkai.statute.primitives import InputFault, InputRefused
from gongkai.statute.report.duties import DUTIES, duty
from gongkai.statute.report.profiles import Profile, profile, profiles


@transaction.atomic
def call_round(actor: Person, body: str, year: int, due_on: date, instrument: str) -> int:
    """Set the day by which a body and those beneath it file their reports on a year; never later than the statute's."""
    require(actor, Act.ORGANISE_REPORTS, body)
    owner = Body.objects.select_for_update().get(code=body)
    faults = []
    latest = duty("county_department").due_on(year)
    if not date(year + 1, 1, 1) <= due_on <= latest:
        faults.append(InputFault("报送日", f"{due_on}不在规定的期间", f"{year + 1}-01-01至{latest}（条例第49条）"))
    if not instrument.strip():
        faults.append(InputFault("依据文号", "没有填写", "通知的文号或名称"))
    if ReportRound.objects.filter(body=owner, year=year, withdrawn_at__isnull=True).exists():
        faults.append(InputFault("报告年度", f"{year}年度已经部署过", "先撤回原来的"))
    if faults:
        raise InputRefused(*faults)
    made = ReportRound.objects.create(
        body=owner, year=year, due_on=due_on, instrument=instrument.strip(), called_by=actor, called_at=clock.now()
    )
    facts = {"year": year, "due_on": due_on.isoformat(), "instrument": made.instrument}
    ledger.append(f"rounds:{body}", "round.called", actor=actor, body=body, facts=facts)
    return made.pk


@transaction.atomic
def withdraw_round(actor: Person, round_id: int) -> None:
    found = ReportRound.objects.select_for_update(of=("self",)).select_related("body").get(pk=round_id)
    require(actor, Act.ORGANISE_REPORTS, found.body)
    if found.withdrawn_at:
        return
    found.withdrawn_at = clock.now()
    found.save(update_fields=["withdrawn_at"])
    facts = {"year": found.year, "due_on": found.due_on.isoformat()}
    ledger.append(f"rounds:{found.body.code}", "round.withdrawn", actor=actor, body=found.body.code, facts=facts)


@transaction.atomic
def choose_profile(actor: Person, body: str, code: str, since_year: int) -> int:
    """Switch a local profile on for a body and those beneath it, from a report year on."""
    require(actor, Act.ORGANISE_REPORTS, body)
    owner = Body.objects.select_for_update().get(code=body)
    chosen = profile(code)
    if not 2019 <= since_year <= clock.today().year + 1:
        raise InputRefused(InputFault("自哪个年度", f"“{since_year}”不能用", f"2019至{clock.today().year + 1}"))
    if ProfileChoice.objects.filter(body=owner, profile=code, withdrawn_at__isnull=True).exists():
        raise InputRefused(InputFault("本地填报要求", f"“{chosen.name}”已经启用", "另一项"))
    made = ProfileChoice.objects.create(
        body=owner, profile=code, since_year=since_year, chosen_by=actor, chosen_at=clock.now()
    )
    facts = {"profile": code, "since_year": since_year}
    ledger.append(f"rounds:{body}", "profile.chosen", actor=actor, body=body, facts=facts)
    return made.pk


@transaction.atomic
def drop_profile(actor: Person, choice: int) -> None:
    found = ProfileChoice.objects.select_for_update(of=("self",)).select_related("body").get(pk=choice)
    require(actor, Act.ORGANISE_REPORTS, found.body)
    if found.withdrawn_at:
        return
    found.withdrawn_at = clock.now()
    found.save(update_fields=["withdrawn_at"])
    facts = {"profile": found.profile}
    ledger.append(f"rounds:{found.body.code}", "profile.dropped", actor=actor, body=found.body.code, facts=facts)


# --- what is in force -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of one report: its day, the ground of it, and the profiles in force."""

    due: date
    ground: str
    profiles: tuple[Profile, ...]


class Book:
    """All rounds and profiles in force, read once, for a page of many reports."""

    def __init__(self) -> None:
        rounds = ReportRound.objects.filter(withdrawn_at__isnull=True)
        self._rounds = list(rounds.values_list("body__path", "year", "due_on", "instrument"))
        choices = ProfileChoice.objects.filter(withdrawn_at__isnull=True)
        self._choices = list(choices.values_list("body__path", "profile", "since_year"))

    def asked(self, body: Body, year: int, form: str) -> Asked:
        """The earliest of the days that the statute, a round of a superior or a profile sets."""
        owed = DUTIES.get(body.level, DUTIES["other"])
        days = [(owed.due_on(year), owed.article if owed.statutory else owed.note)]
        days += [
            (due_on, instrument)
            for path, of_year, due_on, instrument in self._rounds
            if of_year == year and body.path.startswith(path)
        ]
        in_force = tuple(self._in_force(body, year, form))
        days += [(day, each.name) for each in in_force if (day := each.deadline(owed.kind, year)) is not None]
        due, ground = min(days, key=lambda each: each[0])
        return Asked(due, ground, in_force)

    def _in_force(self, body: Body, year: int, form: str) -> Iterable[Profile]:
        known = profiles()
        for path, code, since_year in self._choices:
            if body.path.startswith(path) and year >= since_year and code in known and known[code].governs(form, year):
                yield known[code]


@dataclass(frozen=True, slots=True)
class RoundRow:
    id: int
    body_name: str
    year: int
    due_on: date
    instrument: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """`id` None where the profile is off."""

    id: int | None
    code: str
    name: str
    source: str
    verified: bool
    body_name: str
    since_year: int | None


def rounds(person: Person) -> tuple[RoundRow, ...]:
    """The rounds in force of the bodies that the person organises."""
    bodies = Body.objects.filter(reach(person, Act.ORGANISE_REPORTS)).values("pk")
    found = ReportRound.objects.filter(body__in=bodies, withdrawn_at__isnull=True).select_related("body", "called_by")
    return tuple(
        RoundRow(each.pk, each.body.name, each.year, each.due_on, each.instrument, each.called_by.name, each.called_at)
        for each in found.order_by("-year", "body__code")
    )


def choices(person: Person) -> Sequence[ChoiceRow]:
    """Every profile of the house, with where it is in force."""
    bodies = Body.objects.filter(reach(person, Act.ORGANISE_REPORTS)).values("pk")
    found = ProfileChoice.objects.filter(body__in=bodies, withdrawn_at__isnull=True).select_related("body")
    chosen = {each.profile: each for each in found}
    return tuple(
        ChoiceRow(
            chosen[code].pk if code in chosen else None, code, each.name, each.source, each.verified,
            chosen[code].body.name if code in chosen else "", chosen[code].since_year if code in chosen else None,
        )
        for code, each in profiles().items()
    )  # fmt: skip
