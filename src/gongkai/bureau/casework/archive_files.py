"""What lies in the archive package of a case: each record as a file, each file where a reader looks for it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime

from gongkai.bureau.casework.files import OF
from gongkai.bureau.casework.queries.archive import CaseRecord, HeldFile, HeldLetter
from gongkai.bureau.casework.unnamed import Mask
from gongkai.statute.cases.letter_flow import STATES, STEPS
from gongkai.statute.letters import load

RECORDS: Mapping[str, str] = {
    "application": "申请表",
    "decisions": "逐项决定",
    "searches": "检索记录",
    "opinions": "意见",
    "assignments": "交办",
    "consultations": "征求意见",
    "messages": "申请人提交的内容",
    "due_changes": "届满日的变动",
    "steps": "办理经过的依据和登记人",
}
_ROLES: Mapping[str, str] = {"document": "正本", "editable": "可编辑的文稿", "scan": "盖章扫描件"}


@dataclass(frozen=True, slots=True)
class Item:
    """One file of the package. `withheld`: it may show who asked and is left out; size and digest stand."""

    path: str
    what: str
    size: int
    digest: str
    withheld: bool = False
    name: str = ""


def placed(record: CaseRecord) -> dict[int, tuple[str, str]]:
    """File id → path and what it is: a letter's files and proofs beside the letter, the others by their kind."""
    suffixes = {each.id: each.suffix for each in record.files}
    places: dict[int, tuple[str, str]] = {}
    for folder, letter in numbered(record.letters):
        title = title_of(letter)
        for role, word in _ROLES.items():
            held = getattr(letter, role)
            if held in suffixes:
                places.setdefault(held, (f"{folder}/{role}{suffixes[held]}", f"{title}，{word}"))
        for number, sent in enumerate(letter.deliveries, 1):
            if sent.proof in suffixes:
                places.setdefault(sent.proof, (f"{folder}/proof-{number}{suffixes[sent.proof]}", f"{title}，送达凭证"))
    counted: dict[str, int] = {}
    for file in record.files:
        if file.id not in places:
            counted[file.of] = counted.get(file.of, 0) + 1
            places[file.id] = (f"files/{file.of}-{counted[file.of]:02}{file.suffix}", OF.get(file.of, "文件"))
    return places


def numbered(letters: Iterable[HeldLetter]) -> list[tuple[str, HeldLetter]]:
    return [(f"letters/{number:02}-{each.kind.replace('_', '-')}", each) for number, each in enumerate(letters, 1)]


def title_of(letter: HeldLetter) -> str:
    kind = load().get(letter.kind)
    return f"{kind.title if kind else letter.kind}{f'（{letter.number}）' if letter.number else ''}"


def letter_files(record: CaseRecord, places: Mapping[int, tuple[str, str]], mask: Mask) -> dict[str, tuple[str, bytes]]:
    """Of each letter its record and its text: path → (what, bytes)."""
    made: dict[str, tuple[str, bytes]] = {}
    for folder, letter in numbered(record.letters):
        told = asdict(letter) | {
            "title": title_of(letter),
            "state": STATES.get(letter.state, letter.state),
            "steps": [{**asdict(each), "act": STEPS[each.act].word if each.act in STEPS else each.act}
                      for each in letter.steps],
            "deliveries": [{**asdict(each), "proof": _path(each.proof, places)} for each in letter.deliveries],
            **{role: _path(getattr(letter, role), places) for role in _ROLES},
            "enclosures": [_path(each, places) for each in letter.enclosures],
        }  # fmt: skip
        told.pop("id")
        title = title_of(letter)
        made[f"{folder}/letter.json"] = (f"{title}，流转、签发、送达记录", mask(as_json(told)).encode())
        made[f"{folder}/letter.txt"] = (f"{title}，文字", mask(f"{letter.paragraphs.strip()}\n").encode())
    return made


def record_files(record: CaseRecord, opened: Mapping[int, object], mask: Mask) -> dict[str, tuple[str, bytes]]:
    """The tables of the handling, one file each: path → (what, bytes). `opened`: what was sealed, by index."""
    made: dict[str, tuple[str, bytes]] = {}
    for of, word in RECORDS.items():
        rows = [
            {**each.fields, **({"sealed": opened[index]} if index in opened else {})}
            for index, each in enumerate(record.records)
            if each.of == of
        ]
        if rows:
            made[f"records/{of}.json"] = (word, mask(as_json(rows)).encode())
    return made


def lines(objects: Iterable[Mapping[str, object]]) -> bytes:
    """One JSON object a line."""
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in objects).encode()


def as_json(told: object) -> str:
    return json.dumps(told, ensure_ascii=False, indent=1, default=_iso) + "\n"


def held_items(files: Iterable[HeldFile], places: Mapping[int, tuple[str, str]], names: Mapping[int, str],
               *, with_identity: bool) -> list[Item]:  # fmt: skip
    return [
        Item(*places[each.id], each.size, each.content_digest, each.tells_who and not with_identity,
             names.get(each.id, ""))
        for each in files
    ]  # fmt: skip


def _path(held: int | None, places: Mapping[int, tuple[str, str]]) -> str:
    return "" if held is None or held not in places else places[held][0]


def _iso(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a package")
