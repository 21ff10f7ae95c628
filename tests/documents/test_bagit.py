"""A bag: the layout of RFC 8493, equal bytes for equal contents, every change in every file found."""

from __future__ import annotations

import hashlib
import io
import subprocess
import zipfile
from pathlib import Path

import pytest

from gongkai.documents.bagit import Bag, check, pack
from gongkai.statute.primitives import InputRefused

HELLO = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03"
"""SHA-256 of "hello\\n"."""
BAG = Bag(
    "KJJ-1",
    (("Source-Organization", "青澜县科学技术局"), ("External-Identifier", "KJJ\n-1")),
    {"a.txt": b"hello\n", "files/b.txt": "乙".encode()},
    {"README.txt": b"read"},
)


def contents(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def repacked(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return out.getvalue()


def test_what_lies_where() -> None:
    found = contents(pack(BAG))
    assert list(found) == [
        "KJJ-1/README.txt", "KJJ-1/bag-info.txt", "KJJ-1/bagit.txt", "KJJ-1/data/a.txt", "KJJ-1/data/files/b.txt",
        "KJJ-1/manifest-sha256.txt", "KJJ-1/tagmanifest-sha256.txt",
    ]  # fmt: skip
    assert found["KJJ-1/bagit.txt"] == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    assert found["KJJ-1/bag-info.txt"].decode() == (
        "Source-Organization: 青澜县科学技术局\nExternal-Identifier: KJJ -1\nPayload-Oxum: 9.2\n"
    )
    assert found["KJJ-1/manifest-sha256.txt"].decode().splitlines()[0] == f"{HELLO}  data/a.txt"
    assert check(pack(BAG)) == ()


def test_equal_contents_make_equal_bytes() -> None:
    turned = Bag(BAG.name, BAG.info, dict(reversed(list(BAG.payload.items()))), BAG.tags)
    assert hashlib.sha256(pack(BAG)).digest() == hashlib.sha256(pack(turned)).digest()


def test_a_bit_flipped_in_any_file_is_found() -> None:
    found = contents(pack(BAG))
    for name in found:
        for at in range(len(found[name])):
            changed = bytearray(found[name])
            changed[at] ^= 1
            assert check(repacked({**found, name: bytes(changed)})) != (), (name, at)


def test_a_file_taken_away_or_added_is_found() -> None:
    found = contents(pack(BAG))
    for name in found:
        assert check(repacked({each: data for each, data in found.items() if each != name})) != (), name
    for path in ("data/c.txt", "more.txt"):
        faults = check(repacked({**found, f"KJJ-1/{path}": b""}))
        assert (path, "包里有，清单里没有") in [(each.path, each.wrong) for each in faults]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no zip at all", repacked({}), repacked({"flat.txt": b""})])
def test_what_is_no_bag_is_said_to_be_none(data: bytes) -> None:
    assert [each.path for each in check(data)] == [""]


def test_a_damaged_zip_is_a_fault_and_no_failure() -> None:
    whole = bytearray(pack(BAG))
    for at in range(0, len(whole), 7):
        changed = bytearray(whole)
        changed[at] ^= 0xFF
        check(bytes(changed))


@pytest.mark.parametrize("path", ["../a", "a/../b", "/a", "甲", "a b", "a//b", "a%0Ab", ""])
def test_a_path_that_leads_elsewhere_is_refused(path: str) -> None:
    with pytest.raises(InputRefused):
        pack(Bag("x", (), {path: b""}))


def test_sha256sum_agrees(tmp_path: Path) -> None:
    for name, data in contents(pack(BAG)).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        subprocess.run(["sha256sum", "-c", "--quiet", "--strict", manifest], cwd=tmp_path / "KJJ-1", check=True)
