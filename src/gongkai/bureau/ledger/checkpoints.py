"""Signed checkpoints: their signature, the installation's own key, and the copies that are kept elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from django.conf import settings

from gongkai.bureau.ledger import chain
from gongkai.bureau.ledger.models import Checkpoint
from gongkai.settings import keys
from gongkai.statute.primitives import InputFault, InputRefused


@dataclass(frozen=True, slots=True)
class Signed:
    """One checkpoint as stored or as copied away: `heads` is canonical JSON, keys and signature hexadecimal."""

    day: str
    last_entry: int
    heads: str
    public_key: str
    signature: str

    def text(self) -> bytes:
        """What is signed."""
        return chain.canonical({"day": self.day, "heads": self.heads, "last_entry": self.last_entry}).encode()


def stored() -> Iterator[Signed]:
    """Oldest first."""
    for each in Checkpoint.objects.order_by("day").iterator(chunk_size=20):
        yield Signed(each.day.isoformat(), each.last_entry, each.heads, each.public_key, each.signature)


def lines() -> Iterator[str]:
    """Every checkpoint as a line of JSON, to be kept on another machine."""
    return (json.dumps(asdict(each), ensure_ascii=False) for each in stored())


def parse(text: str) -> tuple[Signed, ...]:
    """The copies in a file that `lines` made, or InputRefused with every line that is none."""
    found, faults = [], []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
            heads = json.loads(item["heads"])
            if not isinstance(heads, dict) or not all(isinstance(item[name], str) for name in _TEXTS):
                raise TypeError
            found.append(Signed(**{name: item[name] for name in Signed.__slots__}))
        except (ValueError, KeyError, TypeError):
            faults.append(InputFault(f"第{number}行", "不是签名检查点", "gongkai export checkpoints 输出的一行"))
    if faults:
        raise InputRefused(*faults)
    return tuple(found)


_TEXTS = ("day", "heads", "public_key", "signature")


@cache
def _public_half(path: Path, changed: int) -> str:
    key = load_pem_private_key(path.read_bytes(), password=None)
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def own_key() -> str:
    """The public half of the installation's signing key, in hexadecimal; empty where the key is gone or unreadable."""
    path = settings.HOME / "keys" / keys.SIGNING
    try:
        return _public_half(path, path.stat().st_mtime_ns)
    except (OSError, ValueError):
        return ""


def wrong_signature(each: Signed, own: str) -> str:
    """What is wrong with a checkpoint's key or signature; empty where they hold."""
    if not own:
        return "本安装的签名密钥不见了或读不了，无法核对"
    if each.public_key != own:
        return "不是本安装的密钥签的"
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(own)).verify(bytes.fromhex(each.signature), each.text())
    except (InvalidSignature, ValueError):
        return "签名不符"
    return ""


def heads(each: Signed) -> Mapping[str, str]:
    """The last digest of every stream at the moment of signing."""
    found: Mapping[str, str] = json.loads(each.heads)
    return found
