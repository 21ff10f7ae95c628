"""Checking a bag without the platform: what RFC 8493 asks of a complete and valid bag, every fault named."""

from __future__ import annotations

import hashlib
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from gongkai.documents.bagit.packing import (
    DECLARATION,
    DECLARATION_FILE,
    INFO,
    MANIFEST,
    PAYLOAD,
    TAG_MANIFEST,
    oxum,
    safe,
)

MOST_FILES = 20_000
MOST_BYTES = 4 * 1024**3
"""Of all files together, before a zip is opened: a package that claims more is not read."""
_LINE = re.compile(r"([0-9a-f]{64}) [ *](\S.*)")


@dataclass(frozen=True, slots=True)
class BagFault:
    """What does not hold, and in which file ("" for the package)."""

    path: str
    wrong: str

    def __str__(self) -> str:
        return f"{self.path}：{self.wrong}" if self.path else self.wrong


def check(data: bytes) -> tuple[BagFault, ...]:
    """Every fault of a zipped bag; () where it is complete and valid."""
    files = files_of(data)
    return (files,) if isinstance(files, BagFault) else check_files(files)


def files_of(data: bytes) -> dict[str, bytes] | BagFault:
    """The files of a zipped bag by their path in it, or why it cannot be read."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            entries = [each for each in packed.infolist() if not each.is_dir()]
            if len(entries) > MOST_FILES or sum(each.file_size for each in entries) > MOST_BYTES:
                return BagFault("", "文件太多或太大，没有展开")
            paths = [each.filename.partition("/") for each in entries]
            if not entries or len({folder for folder, _, _ in paths}) != 1 or not all(rest for _, _, rest in paths):
                return BagFault("", "不是一个目录打成的包")
            if len({rest for _, _, rest in paths}) != len(paths):
                return BagFault("", "有两个同名的文件")
            return {rest: packed.read(each) for each, (_, _, rest) in zip(entries, paths, strict=True)}
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, NotImplementedError, RuntimeError) as broken:
        where = re.search(r"'([^']+)'", str(broken))
        return BagFault(where[1].partition("/")[2] if where else "", "压缩包打不开或者已损坏")


def check_files(files: Mapping[str, bytes]) -> tuple[BagFault, ...]:
    """As `check`, for the files of an unpacked bag by their path in it."""
    faults = [BagFault(path, "路径不能用") for path in files if not safe(path)]
    if files.get(DECLARATION_FILE) != DECLARATION:
        faults.append(BagFault(DECLARATION_FILE, "缺少，或者不是 BagIt 1.0 的声明"))
    payload = {path: data for path, data in files.items() if path.startswith(PAYLOAD)}
    tags = {path: data for path, data in files.items() if path not in payload and path != TAG_MANIFEST}
    faults += _against(MANIFEST, files, payload)
    faults += _against(TAG_MANIFEST, files, tags)
    if INFO not in files:
        faults.append(BagFault(INFO, "缺少"))
    else:
        told = re.search(rb"^Payload-Oxum: (\S+)$", files[INFO], re.MULTILINE)
        if told is None or told[1].decode(errors="replace") != oxum(payload):
            faults.append(BagFault(INFO, "写明的字节数、文件数与包内的不符"))
    return tuple(faults)


def _against(manifest: str, files: Mapping[str, bytes], wanted: Mapping[str, bytes]) -> list[BagFault]:
    """A manifest against the files that it has to list: each once, none besides, every digest right."""
    if manifest not in files:
        return [BagFault(manifest, "缺少")]
    faults: list[BagFault] = []
    listed: dict[str, str] = {}
    for number, line in enumerate(files[manifest].decode(errors="replace").split("\n"), 1):
        if not line:
            continue
        found = _LINE.fullmatch(line)
        if found is None or found[2] in listed:
            faults.append(BagFault(manifest, f"第{number}行不是“摘要 路径”，或者重复"))
        else:
            listed[found[2]] = found[1]
    for path in sorted(listed.keys() | wanted.keys()):
        if path not in wanted:
            faults.append(BagFault(path, "清单里有，包里没有"))
        elif path not in listed:
            faults.append(BagFault(path, "包里有，清单里没有"))
        elif hashlib.sha256(wanted[path]).hexdigest() != listed[path]:
            faults.append(BagFault(path, "内容与清单的摘要不符，被改过"))
    return faults
