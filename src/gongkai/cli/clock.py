"""`gongkai clock`: due days with their derivation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import click
import orjson

from gongkai.bureau.orgs.working_days import in_force, state_council
from gongkai.cli import platform
from gongkai.settings import environment
from gongkai.statute.calendars import Calendar
from gongkai.statute.cases import read_lines
from gongkai.statute.clock import ClockReading, read_clock
from gongkai.statute.clock.wording import derivation
from gongkai.statute.primitives import InputFault, InputRefused
from gongkai.statute.wording import sentence


def _calendars() -> Callable[[str], Calendar]:
    """An agency's calendar with its notices in this installation, or the State Council's where nothing is installed."""
    home = Path(environment.read("GONGKAI_HOME")).expanduser()
    if not environment.read("DATABASE_URL") and not (home / "db.sqlite3").is_file():
        return lambda _: state_council()
    platform.start()
    return cache(in_force)


def _day(_: click.Context, __: click.Parameter, text: str | None) -> date:
    if text is None:
        return datetime.now(ZoneInfo("Asia/Shanghai")).date()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise click.BadParameter(f"“{text}”不是日期，应为 2020-09-25 这样的日子")
    return day


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--as-of", callback=_day, metavar="日期", help="截至日，默认今天（北京时间）")
@click.option("--json", "as_json", is_flag=True, help="一件一行 JSON")
def clock(file: Path, as_of: date, as_json: bool) -> int:
    """按交换格式（JSONL，一行一件申请）计算答复期限，并说明怎么算的。

    例：gongkai clock 申请.jsonl --as-of 2022-10-20
    """
    calendars = _calendars()
    faults: list[InputFault] = []
    shown: list[bytes] = []
    errors = False
    try:
        with file.open("rb") as lines:
            for place, case in read_lines(lines, orjson.loads, file.name):
                try:
                    if isinstance(case, InputRefused):
                        raise case
                    calendar = calendars(case.agency)
                    reading = read_clock(case, calendar, as_of, place=place)
                except InputRefused as refused:
                    faults.extend(_placed(fault, place) for fault in refused.faults)
                    continue
                errors = errors or any(finding.severity == "error" for finding in reading.findings)
                if not faults:
                    shown.append(
                        _json(reading) if as_json else _prose(reading, derivation(case, calendar, as_of).lines)
                    )
    except OSError as refused:
        raise InputRefused(InputFault(str(file), "文件打不开", "可读的 JSONL 文件")) from refused
    if faults:
        raise InputRefused(*faults)
    for each in shown:
        click.echo(each)
    return 1 if errors else 0


def _placed(fault: InputFault, place: str) -> InputFault:
    return fault if fault.place.startswith(place.strip()) else InputFault(place + fault.place, fault.wrong, fault.valid)


def _json(reading: ClockReading) -> bytes:
    return orjson.dumps(reading.as_json(sentence))


def _prose(reading: ClockReading, derived: tuple[str, ...]) -> bytes:
    lines = [reading.number, *(f"  {line}" for line in derived)]
    lines += [f"  ! {sentence(finding)}" for finding in reading.findings]
    return "\n".join(lines).encode()
