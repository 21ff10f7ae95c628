"""Whether every case of a file can be taken: by the statute, beside each other, beside what is known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson

from gongkai.bureau.casework import identity
from gongkai.bureau.casework.events import as_case, chained, header_digest, told
from gongkai.bureau.casework.models import LONGEST_NUMBER, Request, RequestEvent
from gongkai.bureau.casework.queries.replay import Calendars
from gongkai.bureau.orgs.models import Body
from gongkai.statute.cases.exchange import Case, read_lines, to_json
from gongkai.statute.clock import case_state
from gongkai.statute.primitives import InputFault, InputRefused

MOST_FAULTS = 200
MOST_EVENTS = 1000
_MARK = b"\xef\xbb\xbf"
Key = tuple[str, str]
"""agency, number."""


class Bodies:
    """Bodies and calendars by code, each asked for once."""

    def __init__(self) -> None:
        self.ids = dict(Body.objects.values_list("code", "id"))
        self.calendars = Calendars()


@dataclass(frozen=True, slots=True)
class Known:
    """What the database has of a case: its row, and the digests of its events in order."""

    request: Request
    digests: tuple[str, ...]


def _lines(path: Path) -> Iterator[tuple[str, Case | InputRefused]]:
    with path.open("rb") as file:
        # some editors begin a file with a mark that says it is UTF-8
        if file.read(len(_MARK)) != _MARK:
            file.seek(0)
        yield from read_lines(file, orjson.loads, str(path))


def cases_of(path: Path) -> Iterator[Case]:
    """The cases of a file that was checked. Raises InputRefused where it has been changed since."""
    for _, case in _lines(path):
        if isinstance(case, InputRefused):
            raise case
        yield case


def check(path: Path, bodies: Bodies, batch: int, tell: Callable[[int], None]) -> int:
    """The number of cases, once every one of them can be taken; InputRefused with the faults otherwise."""
    faults: list[InputFault] = []
    seen: dict[Key, str] = {}
    pending: list[tuple[str, Case]] = []
    total = 0
    for place, case in _lines(path):
        total += 1
        if isinstance(case, InputRefused):
            faults += case.faults
        else:
            pending.append((place, case))
        if len(pending) >= batch:
            faults += _faults(pending, bodies, seen)
            pending.clear()
            tell(total)
        if len(faults) > MOST_FAULTS:
            break
    else:
        faults += _faults(pending, bodies, seen)
    if faults:
        more = [InputFault(str(path), f"还有更多错误，先列{MOST_FAULTS}处")] if len(faults) > MOST_FAULTS else []
        raise InputRefused(*faults[:MOST_FAULTS], *more)
    return total


def _faults(pending: Sequence[tuple[str, Case]], bodies: Bodies, seen: dict[Key, str]) -> Iterator[InputFault]:
    sound: list[tuple[str, Case]] = []
    for place, case in pending:
        found = list(_own_faults(place, case, bodies, seen))
        yield from found
        if not found:
            sound.append((place, case))
    known = existing([case for _, case in sound], bodies)
    for place, case in sound:
        ours = known.get((case.agency, case.number))
        if ours is not None:
            yield from _differing(place, case, ours)


def _own_faults(place: str, case: Case, bodies: Bodies, seen: dict[Key, str]) -> Iterator[InputFault]:
    """What is wrong with a case by itself and in its file."""
    if case.agency not in bodies.ids:
        yield InputFault(f"{place}agency", f"没有代码为“{case.agency}”的机关", "先导入机关（gongkai import orgs）")
        return
    if len(case.number) > LONGEST_NUMBER:
        yield InputFault(f"{place}number", f"有{len(case.number)}个字", f"不超过{LONGEST_NUMBER}个字")
    for name, text in (("number", case.number), ("subject", case.subject)):
        if "\0" in text:
            yield InputFault(f"{place}{name}", "含有空字符（\\u0000）", "不含控制字符的文字")
    if len(case.events) > MOST_EVENTS:
        yield InputFault(f"{place}events", f"有{len(case.events)}个事件", f"不超过{MOST_EVENTS}个事件")
    key = (case.agency, case.number)
    if key in seen:
        yield InputFault(f"{place}number", f"“{case.number}”在{seen[key]}已经出现", "一件申请一行")
        return
    seen[key] = place.strip()
    try:
        case_state(case, bodies.calendars[case.agency], place=place)
    except InputRefused as refused:
        yield from refused.faults


def _differing(place: str, case: Case, known: Known) -> Iterator[InputFault]:
    """A known case may only have gained events. The fault shows both; who asked is never shown."""
    if not follows(known, chained(header_digest(case), map(told, case.events))):
        stored = as_case(known.request, case.agency, list(known.request.events.order_by("position")))
        ours, given = (orjson.dumps(to_json(each)).decode() for each in (stored, case))
        yield InputFault(place.strip(), f"已有的是{ours}，文件中的是{given}", "相同，或者只在后面增加事件")
    if any(case.identity) and identity.mark(case.identity) != known.request.identity_mark:
        have = "已登记的是另一身份" if known.request.identity_mark else "已登记的没有身份"
        yield InputFault(f"{place}applicant", f"{have}，文件中的不同（不显示）", "与已登记的一致，或者都为 null")


def follows(known: Known, digests: Sequence[str]) -> bool:
    """Whether these are the known events, or those and more after them."""
    return tuple(digests[: len(known.digests)]) == known.digests


def existing(cases: Sequence[Case], bodies: Bodies, *, lock: bool = False) -> dict[Key, Known]:
    """The known ones among them, with the digests of their events: two queries for each body."""
    found: dict[Key, Known] = {}
    by_agency: dict[str, list[str]] = {}
    for case in cases:
        by_agency.setdefault(case.agency, []).append(case.number)
    for agency, numbers in by_agency.items():
        rows = Request.objects.filter(body_id=bodies.ids[agency], number__in=numbers)
        requests = {each.pk: each for each in (rows.select_for_update().order_by("id") if lock else rows)}
        digests: dict[int, list[str]] = {pk: [] for pk in requests}
        if requests:
            events = RequestEvent.objects.filter(request_id__in=list(requests)).order_by("request_id", "position")
            for request_id, digest in events.values_list("request_id", "digest"):
                digests[request_id].append(digest)
        for pk, request in requests.items():
            found[agency, request.number] = Known(request, tuple(digests[pk]))
    return found
