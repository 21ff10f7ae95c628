"""The journal of a case within its package, proved without the platform: digests, links, the signed checkpoint.

The same computation as the platform's own (docs/explanation/journal.md), written again on purpose: what proves a
package must not rest on the program that made it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from gongkai.documents.bagit.checking import BagFault

JOURNAL, EVENTS, CHECKPOINT = "data/journal.jsonl", "data/events.jsonl", "data/checkpoint.json"
_EVENT_KINDS = ("request.registered", "request.event")


def check_case(files: Mapping[str, bytes], public_key: str = "") -> tuple[BagFault, ...]:
    """Every fault of journal, events and checkpoint of a package; () where they hold together.

    public_key: the installation's, hexadecimal, as published elsewhere; "" for the one that the package itself names,
    which proves that nothing was changed since but not who signed.
    """
    faults: list[BagFault] = []
    entries = _lines(files, JOURNAL, faults)
    faults += _chain(entries)
    cases = _lines(files, EVENTS, faults)
    if not faults and len(cases) == 1:
        faults += _events(cases[0], entries)
    if CHECKPOINT in files:
        faults += _checkpoint(files[CHECKPOINT], entries, public_key)
    return tuple(faults)


def entry_digest(entry: Mapping[str, Any]) -> str:
    """SHA-256 over the entry's fields and the digest before it, in their order, as compact JSON."""
    whole = [entry[name] for name in ("previous", "stream", "sequence", "at", "actor", "actor_name", "body", "kind")]
    return _sha256(json.dumps([*whole, entry["facts"]], ensure_ascii=False, separators=(",", ":")))


def event_digests(case: Mapping[str, Any]) -> list[str]:
    """The digest of each event of an exchanged case, each following the one before, the first the case's own facts."""
    head = {
        "agency": case["agency"], "number": case["number"], "applicant": case["applicant"]["kind"],
        "channel": case["channel"], "subject": case["subject"],
    }  # fmt: skip
    digests = [_sha256(_canonical(head))]
    for event in case["events"]:
        told = _canonical({name: value for name, value in event.items() if value is not None})
        digests.append(_sha256(f"{digests[-1]}\n{told}"))
    return digests[1:]


def _lines(files: Mapping[str, bytes], path: str, faults: list[BagFault]) -> list[Any]:
    try:
        found = [json.loads(line) for line in files[path].decode().splitlines() if line]
        if all(isinstance(each, dict) for each in found):
            return found
    except KeyError:
        faults.append(BagFault(path, "缺少"))
        return []
    except (ValueError, RecursionError):
        pass
    faults.append(BagFault(path, "不是一行一个 JSON 对象"))
    return []


def _chain(entries: list[Any]) -> Iterator[BagFault]:
    previous = ""
    for number, entry in enumerate(entries, 1):
        try:
            computed, told = entry_digest(entry), entry["digest"]
            linked = (entry["sequence"], entry["previous"], entry["stream"]) == (number, previous, entries[0]["stream"])
        except (KeyError, TypeError):
            yield BagFault(JOURNAL, f"第{number}条缺少字段")
            return
        if not linked:
            yield BagFault(JOURNAL, f"第{number}条与前一条接不上")
        if computed != told:
            yield BagFault(JOURNAL, f"第{number}条的内容与摘要不符，被改过")
        previous = told


def _events(case: Any, entries: list[Any]) -> Iterator[BagFault]:
    """The journal holds the digest of the last event at each entry of one; the events given must lead through all."""
    try:
        digests = event_digests(case)
        heads = [json.loads(each["facts"]).get("head") for each in entries if each["kind"] in _EVENT_KINDS]
    except (KeyError, TypeError, ValueError):
        yield BagFault(EVENTS, "缺少字段")
        return
    heads = [each for each in heads if each]
    if any(each not in digests for each in heads) or (heads and heads[-1] != digests[-1]):
        yield BagFault(EVENTS, "办理经过与日志所记的摘要不符，被改过")


def _checkpoint(data: bytes, entries: list[Any], public_key: str) -> Iterator[BagFault]:
    try:
        signed = json.loads(data)
        text = _canonical({name: signed[name] for name in ("day", "heads", "last_entry")})
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key or signed["public_key"]))
        key.verify(bytes.fromhex(signed["signature"]), text.encode())
        head = json.loads(signed["heads"]).get(entries[0]["stream"]) if entries else None
    except InvalidSignature:
        yield BagFault(CHECKPOINT, "签名不符")
        return
    except (ValueError, KeyError, TypeError, AttributeError):
        yield BagFault(CHECKPOINT, "不是签名检查点")
        return
    if head not in {each.get("digest") for each in entries}:
        yield BagFault(CHECKPOINT, "所签的末条不在日志里")


def _canonical(facts: Mapping[str, Any]) -> str:
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
