"""Cases a second through `import_cases`, from a file of JSONL to the ledger; and against saving one by one.

python benchmarks/import_rate.py [number of cases]

Runs on SQLite in a temporary folder and on PostgreSQL as benchmarks/compile_rate.py does. Every case has an identity,
sealed on the way in; a quarter have consulted a third party, a tenth were extended. The alternative in the same run
saves the same rows through the ORM, a case in a transaction, without checking, sealing or journalling anything.
"""

from __future__ import annotations

import json
import random
import resource
import sys
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

from compile_rate import places, run

ONE_BY_ONE = 1000
"""Cases that the alternative is timed on."""


def write(path: Path, number: int) -> None:
    """Cases of mixed kinds, received from 2019 to 2024, always the same."""
    chance = random.Random(711)
    with path.open("w", encoding="utf-8") as file:
        for index in range(number):
            day = date(2019, 1, 1) + timedelta(days=chance.randrange(2100))
            events: list[dict[str, object]] = [
                {"kind": "submitted", "on": f"{day}"},
                {"kind": "receipt_confirmed", "on": f"{day + timedelta(days=1)}"},
            ]
            if index % 4 == 0:
                asked, answered = day + timedelta(days=3), day + timedelta(days=9)
                events.append({"kind": "third_party_consulted", "on": f"{asked}", "party": "甲公司"})
                events.append({"kind": "third_party_replied", "on": f"{answered}", "party": "甲公司", "consents": True})
            if index % 10 == 1:
                late = day + timedelta(days=12)
                events.append({"kind": "extended", "on": f"{late}", "workdays": 10, "approved_by": "乙"})
            events.append({"kind": "replied", "on": f"{day + timedelta(days=20)}", "outcome": "granted"})
            applicant = {"kind": "natural_person", "name": f"申请人{index}", "id_number": f"33022619{index:010}",
                         "contact": f"138{index:08}"}  # fmt: skip
            case = {"number": f"QL-{index}", "agency": "ql", "applicant": applicant,
                    "subject": f"某一领域第{index}项文件和名单", "channel": "internet", "events": events}  # fmt: skip
            file.write(json.dumps(case, ensure_ascii=False) + "\n")


def importing(number: int) -> None:
    from django.conf import settings
    from django.core.management import call_command

    from gongkai.bureau.casework import exchange
    from gongkai.bureau.orgs import exchange as orgs

    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    orgs.write('{"code": "ql", "name": "青澜县人民政府", "level": "county"}')
    path = settings.HOME / "cases.jsonl"
    write(path, number)
    for name in ("import", "the same file again"):
        start = perf_counter()
        done = exchange.import_cases(path)
        spent = perf_counter() - start
        print(f"{name}: {spent:.1f} s, {number / spent:,.0f} cases/s; {done.made:,} made, {done.known:,} known")
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    one_by_one(path)


def one_by_one(path: Path) -> None:
    """The alternative."""
    from django.db import transaction
    from django.utils import timezone

    from gongkai.bureau.casework.models import Request, RequestEvent
    from gongkai.bureau.orgs.models import Body

    body, now = Body.objects.get(code="ql"), timezone.now()
    with path.open(encoding="utf-8") as lines:
        cases = [json.loads(next(lines)) for _ in range(ONE_BY_ONE)]
    start = perf_counter()
    for case in cases:
        with transaction.atomic():
            day = date.fromisoformat(case["events"][1]["on"])
            made = Request.objects.create(
                body=body, number=f"又-{case['number']}", applicant_kind="natural_person", channel="internet",
                subject=case["subject"], received_on=day, received_year=day.year, closed_on=day, closed_year=day.year,
                outcome="granted", last_event_on=day, length=len(case["events"]), head="",
            )  # fmt: skip
            for position, event in enumerate(case["events"]):
                RequestEvent.objects.create(
                    request=made, position=position, kind=event["kind"], on=event["on"], fields=json.dumps(event),
                    digest="", entered_at=now,
                )  # fmt: skip
    print(f"alternative, saving one by one: {ONE_BY_ONE / (perf_counter() - start):,.0f} cases/s")


def main() -> None:
    if len(sys.argv) > 2 and sys.argv[1] == "importing":
        import django

        django.setup()
        importing(int(sys.argv[2]))
        return
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with places() as found:
        for place in found:
            print(f"-- {'PostgreSQL' if 'DATABASE_URL' in place else 'SQLite'}, {number:,} cases", flush=True)
            run("importing", place, number, script=__file__)


if __name__ == "__main__":
    main()
