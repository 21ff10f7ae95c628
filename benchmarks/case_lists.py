"""Lists and searches over 100,000 requests at the desk, as pages in a browser would ask for them.

python benchmarks/case_lists.py [number of cases]

Runs on SQLite in a temporary folder and on PostgreSQL as benchmarks/compile_rate.py does. Nine of ten cases are
closed, the others run, and a third of those lie in somebody's hands. A page is asked for through the whole desk:
session, authorisation, the query, the clock of each row shown, the template. The alternative in the same run is the
usual list of a framework: count all, skip to the page by its number, fetch its rows; no clock read, nothing shown.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from time import perf_counter

from compile_rate import places, run

TIMES = 5
LISTS = {
    "the first page": "",
    "a page from the middle": "?after={middle}",
    "in hand": "?state=open",
    "overdue": "?state=overdue",
    "in hand, by due day": "?state=open&order=due",
    "closed late": "?state=closed_late",
    "mine": "?whose=mine",
    "my section's": "?whose=section",
    "a year's refusals by post": "?year=2021&outcome=refused.state_secret&channel=registered_mail",
    "received in a span of days": "?from=2022-03-01&until=2022-03-31",
    "a number": "?search=KJJ-77777",
    "words that many hold": "?search=名单",
    "two words that few hold": "?search=第5003项 文件",
    "words that none holds": "?search=没有这样的申请",
}


def write(path: Path, number: int, today: date) -> None:
    """Cases received from 2019 on, always the same; each tenth is still in hand."""
    chance = random.Random(20190515)
    with path.open("w", encoding="utf-8") as file:
        for index in range(number):
            running = index % 10 == 3
            day = (
                today - timedelta(days=chance.randrange(45))
                if running
                else date(2019, 1, 1) + timedelta(days=chance.randrange(2200))
            )
            by_post = index % 7 == 0
            received = {"kind": "signed_for" if by_post else "receipt_confirmed", "on": f"{day}"}
            events: list[dict[str, object]] = [{"kind": "submitted", "on": f"{day}"}, received]
            if not running:
                outcome = ("granted", "partial", "refused.state_secret", "unavailable.not_held")[index % 4]
                done = day + timedelta(days=10 + chance.randrange(25))
                events.append({"kind": "replied", "on": f"{done}", "outcome": outcome})
            applicant = {"kind": "natural_person", "name": f"申请人{index}", "id_number": f"33022619{index:010}",
                         "contact": f"138{index:08}"}  # fmt: skip
            case = {"number": f"KJJ-{index}", "agency": "qinglan-kjj", "applicant": applicant,
                    "subject": f"某一领域第{index}项文件和名单", "events": events,
                    "channel": "registered_mail" if by_post else "internet"}  # fmt: skip
            file.write(json.dumps(case, ensure_ascii=False) + "\n")


def listing(number: int) -> None:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from gongkai.bureau import clock
    from gongkai.bureau.casework import exchange
    from gongkai.bureau.casework.models import Assignment, Request
    from gongkai.bureau.orgs import demo
    from gongkai.bureau.orgs.models import Person

    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    demo.fill(bodies=1, seed=711)
    path = settings.HOME / "cases.jsonl"
    write(path, number, clock.today())
    exchange.import_cases(path)
    officer = Person.objects.get(username="zhuanyuan")
    running = Request.objects.filter(due_on__isnull=False).order_by("id")
    section = running[0].body.sections.first()
    Assignment.objects.bulk_create(
        Assignment(request=each, person=officer, section=section, by=officer, at=clock.now()) for each in running[::3]
    )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # what autovacuum does within a minute
    middle = Request.objects.order_by("-last_event_on", "-id")[number // 2]
    client = Client(SERVER_NAME="localhost")
    client.force_login(officer)
    client.get("/desk/requests/")
    slowest = 0.0
    for name, query in LISTS.items():
        address = "/desk/requests/" + query.format(middle=f"{middle.last_event_on}~{middle.pk}")
        spent = timed(lambda address=address: client.get(address).status_code)
        slowest = max(slowest, spent)
        print(f"  {name}: {spent:.0f} ms")
    spent = timed(lambda: client.post("/desk/requests/applicant/", {"applicant": "申请人77777"}).status_code)
    print(f"  an applicant by the exact name: {spent:.0f} ms")
    print(f"slowest: {max(slowest, spent):.0f} ms")
    skipped = timed(lambda: paged(number // 100))
    print(f"alternative, counted and skipped to the middle: {skipped:.0f} ms")


def timed(asked: Callable[[], object]) -> float:
    """The middle of a few runs, in milliseconds."""
    points = [perf_counter()]
    spent = []
    for _ in range(TIMES):
        status = asked()
        if status not in (None, 200):
            raise RuntimeError(f"answered {status}")
        points.append(perf_counter())
    spent = sorted((later - sooner) * 1000 for sooner, later in pairwise(points))
    return spent[TIMES // 2]


def paged(number: int) -> None:
    """The alternative."""
    from django.core.paginator import Paginator

    from gongkai.bureau.casework.models import Request

    every = Request.objects.select_related("body").order_by("-last_event_on", "-id")
    list(Paginator(every, 50).page(number))


def main() -> None:
    if len(sys.argv) > 2 and sys.argv[1] == "listing":
        import django

        django.setup()
        listing(int(sys.argv[2]))
        return
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with places() as found:
        for place in found:
            print(f"-- {'PostgreSQL' if 'DATABASE_URL' in place else 'SQLite'}, {number:,} cases", flush=True)
            run("listing", place, number, script=__file__)


if __name__ == "__main__":
    main()
