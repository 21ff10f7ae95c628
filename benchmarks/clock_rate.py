"""Cases a second through the clock, from bytes of JSONL to a reading; and against counting day by day.

python benchmarks/clock_rate.py [number of cases]

The alternative in the same run counts each due day with `chinese_calendar.is_workday`, a day at a time, and parses
with the standard library; it does nothing else (no pauses, no findings, no checks).
"""

from __future__ import annotations

import json
import random
import sys
from datetime import date, timedelta
from time import perf_counter

import chinese_calendar
import orjson

from gongkai.bureau.orgs.working_days import state_council
from gongkai.statute.cases import read_lines
from gongkai.statute.clock import read_clock


def make(number: int) -> bytes:
    """Cases of mixed kinds, received from 2019 to 2024, always the same."""
    chance = random.Random(711)
    lines = []
    for index in range(number):
        day = date(2019, 1, 1) + timedelta(days=chance.randrange(2100))
        events: list[dict[str, object]] = [
            {"kind": "submitted", "on": f"{day}"},
            {"kind": "receipt_confirmed", "on": f"{day + timedelta(days=1)}"},
        ]
        if index % 4 == 0:
            events.append({"kind": "third_party_consulted", "on": f"{day + timedelta(days=3)}", "party": "甲"})
            events.append(
                {"kind": "third_party_replied", "on": f"{day + timedelta(days=9)}", "party": "甲", "consents": True}
            )
        if index % 10 == 1:
            late = day + timedelta(days=12)
            events.append({"kind": "extended", "on": f"{late}", "workdays": 10, "approved_by": "乙"})
        events.append({"kind": "replied", "on": f"{day + timedelta(days=20)}", "outcome": "granted"})
        case = {"number": f"QL-{index}", "agency": "ql", "applicant": {"kind": "natural_person", "name": None},
                "subject": "名单", "channel": "internet", "events": events}  # fmt: skip
        lines.append(json.dumps(case, ensure_ascii=False))
    return "\n".join(lines).encode()


def by_clock(data: bytes) -> int:
    """The product: parse, check, count."""
    calendar, as_of, due = state_council(), date(2025, 12, 31).toordinal(), 0
    for place, case in read_lines(iter(data.split(b"\n")), orjson.loads):
        if isinstance(case, Exception):
            raise case
        due += read_clock(case, calendar, as_of, place=place).due_on is not None
    return due


def day_by_day(data: bytes) -> int:
    """The naive way."""
    counted = 0
    for line in data.split(b"\n"):
        day, left = date.fromisoformat(json.loads(line)["events"][1]["on"]), 20
        while left:
            day += timedelta(days=1)
            left -= chinese_calendar.is_workday(day)
        counted += 1
    return counted


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    data = make(number)
    rates = []
    for name, count in (("gongkai clock", by_clock), ("day by day, chinese_calendar", day_by_day)):
        start = perf_counter()
        count(data)
        rates.append(number / (perf_counter() - start))
        print(f"{name}: {rates[-1]:,.0f} cases/s")
    print(f"ratio: {rates[0] / rates[1]:.1f}")


if __name__ == "__main__":
    main()
