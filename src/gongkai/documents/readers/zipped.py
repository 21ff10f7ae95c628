"""Zip containers (docx, xlsx): bounds on what they unpack to, before any library opens them."""

from __future__ import annotations

import zipfile
from io import BytesIO

from gongkai.documents.limits import (
    LARGEST_MARKUP,
    LARGEST_RATIO,
    LARGEST_UNPACKED,
    MEGABYTE,
    MOST_ENTRIES,
    refuse,
)


def open_zip(data: bytes, name: str, kind: str) -> zipfile.ZipFile:
    """The container, if it is whole, without password, and within the limits. Raises InputRefused."""
    valid = f"完整的 {kind} 文件"
    try:
        packed = zipfile.ZipFile(BytesIO(data))
        members = packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, RuntimeError, UnicodeError):
        raise refuse(name, "文件已损坏，不能解开", valid) from None
    if len(members) > MOST_ENTRIES:
        raise refuse(name, f"包内文件超过 {MOST_ENTRIES} 个", valid)
    if any(member.flag_bits & 1 for member in members):
        raise refuse(name, "文件设了密码，不能读取", "去掉密码后的文件")
    if sum(member.file_size for member in members) > LARGEST_UNPACKED:
        raise refuse(name, f"解开后超过 {LARGEST_UNPACKED // MEGABYTE} MB", valid)
    for member in members:
        if member.file_size > MEGABYTE and member.file_size > LARGEST_RATIO * max(member.compress_size, 1):
            raise refuse(name, "压缩比异常，疑为恶意文件", valid)
        if member.file_size > LARGEST_MARKUP and member.filename.endswith((".xml", ".rels")):
            raise refuse(name, f"包内的 {member.filename[:60]} 超过 {LARGEST_MARKUP // MEGABYTE} MB", valid)
    return packed


def member(packed: zipfile.ZipFile, path: str, name: str, kind: str) -> bytes:
    """The bytes of one part. Raises InputRefused where it is absent or damaged."""
    try:
        return packed.read(path)
    except Exception:  # zlib.error, BadZipFile, KeyError, NotImplementedError, …: all of them damage
        raise refuse(name, "文件已损坏，读不出正文", f"完整的 {kind} 文件") from None
