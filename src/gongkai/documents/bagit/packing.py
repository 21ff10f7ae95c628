"""A bag as a zip: the same contents make the same bytes, so that one digest stands for the whole package."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO

from gongkai.statute.primitives import InputFault, InputRefused

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
DECLARATION_FILE, INFO, MANIFEST, TAG_MANIFEST = (
    "bagit.txt",
    "bag-info.txt",
    "manifest-sha256.txt",
    "tagmanifest-sha256.txt",
)
PAYLOAD = "data/"
_MOMENT = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Bag:
    """`name` is the folder within the zip. `payload`: path beneath data/ to bytes; `tags`: further files at the top.

    `info`: labels and values of bag-info.txt, in order; Payload-Oxum is added.
    """

    name: str
    info: Sequence[tuple[str, str]]
    payload: Mapping[str, bytes]
    tags: Mapping[str, bytes] = field(default_factory=dict)


def pack(bag: Bag) -> bytes:
    """The zip: every file beneath one folder, sorted, without moments or machines in it."""
    faults = [
        InputFault("包内路径", f"“{path}”不能用", "由小写字母、数字、“.-_/”组成")
        for path in bag.payload
        if not safe(path)
    ]
    if faults:
        raise InputRefused(*faults)
    payload = {f"{PAYLOAD}{path}": data for path, data in bag.payload.items()}
    tags = {
        DECLARATION_FILE: DECLARATION,
        INFO: _info(bag, payload),
        MANIFEST: manifest(payload),
        **bag.tags,
    }
    files = {**tags, TAG_MANIFEST: manifest(tags), **payload}
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for path in sorted(files):
            entry = zipfile.ZipInfo(f"{bag.name}/{path}", date_time=_MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # as on Unix, on whatever machine it is made
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, files[path], compresslevel=6)
    return out.getvalue()


def manifest(files: Mapping[str, bytes]) -> bytes:
    """A line for each file as `sha256sum -c` reads them."""
    return "".join(f"{hashlib.sha256(files[path]).hexdigest()}  {path}\n" for path in sorted(files)).encode()


def safe(path: str) -> bool:
    """A relative path that every system can hold, that leads nowhere else and needs no escaping (RFC 8493 2.1.3)."""
    parts = path.split("/")
    return (
        path.isascii()
        and all(each.isalnum() or each in "._-/" for each in path)
        and all(part and part.strip(".") for part in parts)
    )


def oxum(payload: Mapping[str, bytes]) -> str:
    """Octets and number of files of the payload (Payload-Oxum)."""
    return f"{sum(map(len, payload.values()))}.{len(payload)}"


def _info(bag: Bag, payload: Mapping[str, bytes]) -> bytes:
    lines = []
    for label, value in (*bag.info, ("Payload-Oxum", oxum(payload))):
        # one value, one line: a line break in it would begin another label (RFC 8493 2.2.2)
        lines.append(f"{label}: {' '.join(value.split())}")
    return ("\n".join(lines) + "\n").encode()
