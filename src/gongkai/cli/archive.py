"""`gongkai archive check`: an archive package proved on any machine, without a database."""

from __future__ import annotations

import json
from pathlib import Path

import click

from gongkai.documents.bagit import BagFault, check_files, files_of
from gongkai.documents.bagit.checking import MOST_BYTES, MOST_FILES
from gongkai.documents.bagit.journal import JOURNAL, check_case
from gongkai.statute.primitives import InputFault, InputRefused

DONE, FOUND_ERRORS = 0, 1
_KEY_DIGITS = 64


@click.group("archive")
def archive_group() -> None:
    """归档包：核对。

    例：gongkai archive check 案卷.zip
    """


@archive_group.command(
    short_help="核对归档包或答辩材料包",
    help="核对归档包或答辩材料包：每个文件的摘要、日志的散列链、办理经过、签名。\n"
    "不需要数据库；压缩包和解开的目录都可以。不符则退出码 1。\n\n"
    "例：gongkai archive check 案卷.zip --key 机关公开的公钥",
)
@click.argument("package", type=click.Path(exists=True, path_type=Path))
@click.option("--key", default="", help="机关公开的签名公钥（64个十六进制数字）；不写则用包内写明的")
@click.option("--json", "as_json", is_flag=True, help="每处不符一行 JSON，最后一行小结")
def check(package: Path, key: str, as_json: bool) -> int:
    if key and (len(key) != _KEY_DIGITS or not all(each in "0123456789abcdefABCDEF" for each in key)):
        raise InputRefused(InputFault("--key", "不是公钥", f"{_KEY_DIGITS}个十六进制数字"))
    files = _files(package)
    faults = [files] if isinstance(files, BagFault) else [*check_files(files)]
    if not isinstance(files, BagFault) and JOURNAL in files:
        faults += check_case(files, key)
    for each in faults:
        click.echo(json.dumps({"path": each.path, "wrong": each.wrong}, ensure_ascii=False) if as_json else f"✗ {each}")
    count = 0 if isinstance(files, BagFault) else len(files)
    if as_json:
        click.echo(json.dumps({"package": str(package), "files": count, "faults": len(faults)}, ensure_ascii=False))
    else:
        click.echo(f"{package.name}：{count}个文件，{f'有{len(faults)}处不符' if faults else '全部相符'}")
    return FOUND_ERRORS if faults else DONE


def _files(package: Path) -> dict[str, bytes] | BagFault:
    """The files of the package; an unpacked one is read from its folder, links out of it are not followed."""
    try:
        if package.is_file():
            return files_of(package.read_bytes())
        found = sorted(each for each in package.rglob("*") if each.is_file() and not each.is_symlink())
        if len(found) > MOST_FILES or sum(each.stat().st_size for each in found) > MOST_BYTES:
            return BagFault("", "文件太多或太大，没有读取")
        return {each.relative_to(package).as_posix(): each.read_bytes() for each in found}
    except OSError as unreadable:
        fault = InputFault(str(package), f"读不了（{unreadable.strerror}）", "可以读的压缩包或目录")
        raise InputRefused(fault) from unreadable
