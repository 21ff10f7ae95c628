"""Import of an old site's table: checked row by row, brought to the exchange format, written and resumed as that is.

What is imported is legacy: nobody sees it before its secrecy review (条例第17条).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import orjson

from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs.models import Person
from gongkai.bureau.publishing import exchange, old_addresses
from gongkai.bureau.publishing.site_rows import RowFault, Rows, Taken
from gongkai.documents.site_table import SiteTable
from gongkai.statute.primitives import InputFault

BATCH = 500
MOST_FAULTS = 10_000
"""Kept with their rows; beyond them they are counted only by the rows that they spoil."""
_PLACE = re.compile(r"第(\d+)行 ?(\w*)$")
_BOTH = re.compile(r"已有的是(\{.*\})，文件中的是(\{.*\})", re.DOTALL)
Progress = Callable[[int, int, str], None]


@dataclass(slots=True)
class Checked:
    """What a table would be imported as. `items`, `addresses`: files that have each row at the line of its number."""

    items: Path
    addresses: Path
    rows: int = 0
    bad: set[int] = field(default_factory=set)
    faults: list[RowFault] = field(default_factory=list)

    @property
    def right(self) -> int:
        return self.rows - len(self.bad)

    def add(self, *faults: RowFault) -> None:
        self.bad |= {each.row for each in faults}
        self.faults += faults[: MOST_FAULTS - len(self.faults)]


@dataclass(frozen=True, slots=True)
class Imported:
    """`addresses`: old addresses that lead to what was imported and did not before."""

    made: int
    known: int
    skipped: int
    addresses: int


def preview(table: SiteTable, rows: Rows, most: int) -> list[tuple[int, Taken]]:
    """The first rows as they would be imported, with their numbers."""
    return [(row.number, rows.take(row)) for row in islice(table.rows(), most)]


def check(table: SiteTable, rows: Rows, work: Path, tell: Progress | None = None) -> Checked:
    """Every row, its faults by number and header; `work` is a folder for what would be written."""
    made = Checked(work / "items.jsonl", work / "addresses.jsonl")
    _convert(table, rows, made, tell or _silent)
    _, faults = exchange.faults_of(
        made.items, rows.files or work, MOST_FAULTS, progress=_half(tell or _silent, made.rows)
    )
    made.add(*(_by_row(each, rows, made.items) for each in faults))
    made.faults.sort(key=lambda each: each.row)
    return made


def write(
    made: Checked,
    files: Path | None,
    *,
    name: str,
    actor: ledger.Actor = ledger.SYSTEM,
    by: Person | None = None,
    tell: Progress | None = None,
) -> Imported:
    """Import the rows that are right. Broken off and done again it goes on: what is known is left as it is."""
    _leave_out(made)
    new, known = exchange.write_checked(
        made.items, files or made.items.parent, made.right, actor=actor, tell=tell or _silent, by=by
    )
    addresses = sum(old_addresses.keep(some) for some in _addresses(made))
    done = Imported(new, known, len(made.bad), addresses)
    facts = {"file": name[:200], "made": new, "known": known, "skipped": done.skipped, "addresses": addresses}
    ledger.append("import:items", "site.imported", actor=actor, facts=facts)
    return done


def _silent(done: int, total: int, what: str) -> None: ...


def _half(tell: Progress, rows: int) -> Progress:
    return lambda done, _, what: tell(done, rows, what)


def _convert(table: SiteTable, rows: Rows, made: Checked, tell: Progress) -> None:
    first: dict[str, int] = {}
    line = 1
    with made.items.open("wb") as items, made.addresses.open("wb") as addresses:
        for several in _batches(table, rows):
            _claim([each for each in several if each[1].record], first, made)
            for number, taken in several:
                made.add(*taken.faults)
                if taken.record is None or number in made.bad:
                    continue
                items.write(b"\n" * (number - line) + orjson.dumps(taken.record.as_json()) + b"\n")
                kept = [number, taken.record.agency, taken.record.source_id, taken.paths]
                addresses.write(orjson.dumps(kept) + b"\n")
                line = number + 1
            made.rows += len(several)
            tell(made.rows, 0, "读取")


def _batches(table: SiteTable, rows: Rows) -> Iterator[list[tuple[int, Taken]]]:
    taken = ((row.number, rows.take(row)) for row in table.rows())
    while several := list(islice(taken, BATCH)):
        yield several


def _claim(several: list[tuple[int, Taken]], first: dict[str, int], made: Checked) -> None:
    """A page of the old site is one item: not two of this table, nor one of it and one that is here already."""
    own: dict[str, old_addresses.Key] = {}
    rows: dict[str, int] = {}
    for number, taken in several:
        for path in (path for path, name in taken.paths.items() if not name and taken.record):
            if path in first:
                made.add(RowFault(number, "原地址", f"和第{first[path]}行的相同", "每条信息自己的地址"))
                continue
            assert taken.record is not None  # noqa: S101  # asked for above
            first[path] = rows[path] = number
            own[path] = (taken.record.agency, taken.record.source_id)
    for path, title in old_addresses.taken(own).items():
        wrong = f"“{path[:60]}”已经是《{title[:40]}》的原地址"
        made.add(RowFault(rows[path], "原地址", wrong, "每条信息自己的地址"))


def _by_row(fault: InputFault, rows: Rows, items: Path) -> RowFault:
    """A fault of the line in the exchange format as one of the row that it came from."""
    found = _PLACE.search(fault.place)
    number, name = (int(found[1]), found[2]) if found else (0, "")
    wrong = _differing(fault.wrong.replace(f"{items} ", ""), rows)
    return RowFault(number, rows.map.header_of(name) if name else "", wrong, fault.valid)


def _differing(wrong: str, rows: Rows) -> str:
    """Of two whole records only the fields in which they differ."""
    found = _BOTH.fullmatch(wrong)
    try:
        ours, theirs = (orjson.loads(each) for each in found.groups()) if found else ({}, {})
    except orjson.JSONDecodeError:
        return wrong
    told = [
        f"“{rows.map.header_of(name)}”已有的是“{_short(ours, name)}”，这里是“{_short(theirs, name)}”"
        for name in {**ours, **theirs} if ours.get(name) != theirs.get(name)
    ]  # fmt: skip
    return "；".join(told) or ("这个编号的信息已经有了，内容不同" if found else wrong)


def _short(record: dict[str, object], name: str) -> str:
    return str(record.get(name, ""))[:60]


def _leave_out(made: Checked) -> None:
    """Rows that were found wrong after they were written are taken out; each other keeps its line."""
    if not made.bad:
        return
    right = made.items.with_suffix(".right")
    with made.items.open("rb") as lines, right.open("wb") as out:
        for number, line in enumerate(lines, 1):
            out.write(b"\n" if number in made.bad else line)
    right.replace(made.items)


def _addresses(made: Checked) -> Iterator[list[tuple[old_addresses.Key, dict[str, str]]]]:
    with made.addresses.open("rb") as lines:
        rows = (orjson.loads(line) for line in lines)
        right = (((agency, source), paths) for number, agency, source, paths in rows if number not in made.bad)
        while several := list(islice(right, BATCH)):
            yield several
