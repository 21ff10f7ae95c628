"""A report compiled from a ledger of a million requests, its cells opened; and against replaying case by case.

python benchmarks/compile_rate.py [number of requests]

Runs on SQLite in a temporary folder, and on PostgreSQL where GONGKAI_TEST_POSTGRES (or the local default) answers, in
a database of its own that is dropped again. The ledger is three years of one body, written by one SQL statement.
The alternative in the same run replays the events of each case in Python and tallies one fact a case; it reads
nothing from a database and is given its cases parsed.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from time import perf_counter

YEAR = 2025
REPLAYED = 50_000
"""Cases that the alternative is timed on."""

KINDS = """CASE WHEN i % 20000 = 7 THEN 'legal_service' WHEN i % 10 < 6 THEN 'natural_person'
  WHEN i % 10 < 8 THEN 'business' WHEN i % 10 < 9 THEN 'research' ELSE 'other_org' END"""
OUTCOMES = """CASE WHEN i % 20000 = 11 THEN 'refused.three_securities' WHEN i % 100 < 45 THEN 'granted'
  WHEN i % 100 < 60 THEN 'partial' WHEN i % 100 < 85 THEN 'unavailable.not_held' ELSE 'not_processed.petition' END"""
LEDGER = """
INSERT INTO casework_request (body_id, number, applicant_kind, channel, subject, identity_mark, submitted_on,
  received_on, received_year, closed_on, closed_year, outcome, reclassified_on, late, last_event_on, length, head)
SELECT {body}, 'QL-' || i, {kinds}, 'internet', '某一领域的文件和名单，第' || i || '项', '', came, came,
  {year_of_came}, CASE WHEN i % 9 = 0 THEN NULL ELSE done END, CASE WHEN i % 9 = 0 THEN 9999 ELSE {year_of_done} END,
  CASE WHEN i % 9 = 0 THEN '' ELSE {outcomes} END, NULL, {false}, done, 3, ''
FROM (SELECT i, {came} AS came, {done} AS done FROM ({series}) AS numbers) AS days
"""
DIALECTS = {
    "sqlite": {
        "series": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {number}) SELECT i FROM n",
        "came": "date('2023-01-01', '+' || ((i * 7919) % 1096) || ' days')",
        "done": "date('2023-01-01', '+' || ((i * 7919) % 1096 + 3 + i % 30) || ' days')",
        "year_of_came": "CAST(substr(came, 1, 4) AS INTEGER)",
        "year_of_done": "CAST(substr(done, 1, 4) AS INTEGER)",
        "false": "0",
    },
    "postgresql": {
        "series": "SELECT generate_series(1, {number})::bigint AS i",
        "came": "(date '2023-01-01' + ((i * 7919) % 1096)::int)",
        "done": "(date '2023-01-01' + ((i * 7919) % 1096 + 3 + i % 30)::int)",
        "year_of_came": "extract(year FROM came)::int",
        "year_of_done": "extract(year FROM done)::int",
        "false": "false",
    },
}
CELLS = (
    ("new", "total"), ("new", "natural_person"), ("new", "legal_service"), ("carried_in", "total"),
    ("carried_in", "legal_service"), ("granted", "total"), ("granted", "business"), ("granted", "legal_service"),
    ("refused.three_securities", "total"), ("concluded", "total"), ("concluded", "legal_service"),
    ("carried_out", "total"), ("carried_out", "research"), ("carried_out", "legal_service"),
)  # fmt: skip


def ledger(number: int) -> None:
    """An installation with one body and its requests."""
    from django.core.management import call_command
    from django.db import connection

    from gongkai.bureau.orgs import exchange
    from gongkai.bureau.orgs.models import Body

    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    exchange.write('{"code": "ql", "name": "青澜县人民政府", "level": "county"}')
    words = {name: text.format(number=number) for name, text in DIALECTS[connection.vendor].items()}
    sql = LEDGER.format(body=Body.objects.get(code="ql").pk, kinds=KINDS, outcomes=OUTCOMES, **words)
    with connection.cursor() as cursor:
        cursor.execute(sql)
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE casework_request")  # what autovacuum does within a minute


def compiling() -> None:
    """The year's report, the first time and again, and the most memory that this process ever had."""
    from gongkai.bureau.annual.compile import compile_report

    times = []
    for _ in range(3):
        start = perf_counter()
        made = compile_report("ql", YEAR, date(YEAR + 1, 1, 20))
        times.append(perf_counter() - start)
    new, concluded = (made.report.tables["requests"][row]["total"] for row in ("new", "concluded"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"compile {YEAR}: {times[0]:.2f} s, again {min(times[1:]):.2f} s; peak {peak:.0f} MB", end="; ")
    print(f"new {new:,}, concluded {concluded:,}")
    start = perf_counter()
    compile_report("ql", YEAR, date(YEAR, 6, 30))
    print(f"compile as of 30 June: {perf_counter() - start:.2f} s")


def opening() -> None:
    """The first page of each cell, and a page from its middle."""
    from gongkai.bureau.annual.compile import compile_report
    from gongkai.bureau.casework import queries

    for as_of in (date(YEAR + 1, 1, 20), date(YEAR, 6, 30)):
        tables = compile_report("ql", YEAR, as_of).report.tables["requests"]
        slowest = 0.0
        for row, column in CELLS:
            spent = []
            for after in ("", f"{YEAR}-05-15~500000"):
                start = perf_counter()
                queries.behind(["ql"], YEAR, as_of, row=row, column=column, after=after)
                spent.append((perf_counter() - start) * 1000)
            slowest = max(slowest, *spent)
            print(
                f"  {row} {column}: {tables[row][column]:,} records, first {spent[0]:.0f} ms, middle {spent[1]:.0f} ms"
            )
        print(f"opening a cell as of {as_of}: slowest {slowest:.0f} ms")


def replaying(number: int) -> None:
    """The alternative."""
    from gongkai.bureau.orgs.working_days import state_council
    from gongkai.statute.cases.exchange import Case, parse
    from gongkai.statute.clock.facts import report_facts
    from gongkai.statute.report.form import load
    from gongkai.statute.report.tally import requests_table

    def case(index: int) -> Case:
        first = date.fromordinal(date(2023, 1, 1).toordinal() + (index * 7919) % 1096)
        last = date.fromordinal(first.toordinal() + 3 + index % 30)
        events = [{"kind": "submitted", "on": f"{first}"}, {"kind": "receipt_confirmed", "on": f"{first}"},
                  {"kind": "replied", "on": f"{last}", "outcome": "granted"}]  # fmt: skip
        return parse({"number": f"QL-{index}", "agency": "ql", "applicant": {"kind": "natural_person"},
                      "subject": "名单", "channel": "internet", "events": events})  # fmt: skip

    cases = [case(index) for index in range(REPLAYED)]
    calendar = state_council()
    start = perf_counter()
    found = (report_facts(each, calendar, date(YEAR + 1, 1, 20)) for each in cases)
    requests_table(load("2021"), YEAR, (each for each in found if each is not None))
    rate = REPLAYED / (perf_counter() - start)
    print(f"alternative, replaying case by case: {rate:,.0f} cases/s, so {number / rate:.1f} s for {number:,}")


PARTS = {"ledger": ledger, "compiling": compiling, "opening": opening, "replaying": replaying}


@contextmanager
def places() -> Iterator[list[dict[str, str]]]:
    """What to set for each database at hand."""
    from urllib.parse import urlsplit, urlunsplit

    import psycopg

    with tempfile.TemporaryDirectory() as folder:
        found = [{"GONGKAI_HOME": folder}]
        url = os.environ.get("GONGKAI_TEST_POSTGRES", "postgres://postgres@127.0.0.1:5432/postgres")
        name = f"gongkai_benchmark_{os.getpid()}"
        try:
            server = psycopg.connect(url, connect_timeout=3, autocommit=True)
        except psycopg.OperationalError:
            yield found
            return
        with server:
            server.execute(f"CREATE DATABASE {name}")
            try:
                found.append({"GONGKAI_HOME": folder, "DATABASE_URL": urlunsplit(urlsplit(url)._replace(path=name))})
                yield found
            finally:
                server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def run(part: str, place: dict[str, str], *arguments: object, script: str = __file__) -> None:
    """A part in a process of its own, so that its memory is its own."""
    clean = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    words = [sys.executable, script, part, *map(str, arguments)]
    subprocess.run(words, env={**clean, **place, "DJANGO_SETTINGS_MODULE": "gongkai.settings"}, check=True)


def main() -> None:
    if len(sys.argv) > 1 and sys.argv[1] in PARTS:
        import django

        django.setup()
        PARTS[sys.argv[1]](*map(int, sys.argv[2:]))
        return
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    run("replaying", {}, number)
    for size in (number // 10, number):
        with places() as found:
            for place in found:
                print(f"-- {'PostgreSQL' if 'DATABASE_URL' in place else 'SQLite'}, {size:,} requests", flush=True)
                run("ledger", place, size)
                run("compiling", place)
                if size == number:
                    run("opening", place)


if __name__ == "__main__":
    main()
