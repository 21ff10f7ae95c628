"""`gongkai report render`: any report that can be read, as the statutory document."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from gongkai.documents.annual_report.render import FORMATS, Format
from gongkai.documents.annual_report.render import render as made
from gongkai.documents.confined import read_safely
from gongkai.documents.limits import LARGEST_FILE, MEGABYTE
from gongkai.statute.primitives import Finding, InputFault, InputRefused
from gongkai.statute.report.checks import check

_BINARY = ("docx", "pdf", "xlsx")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--to", type=click.Choice(FORMATS), help="格式；不写时看输出文件的扩展名。")
@click.option("-o", "--output", required=True, help="输出的文件；“-”为标准输出。")
@click.option("--marked", is_flag=True, help="在文中标出核查发现的问题，文末附核查意见。")
@click.option("--previous", type=click.Path(path_type=Path), help="上一年度的报告，与 --marked 同用。")
def render(file: Path, to: Format | None, output: str, marked: bool, previous: Path | None) -> int:
    """按法定格式输出 Word、网页、PDF 或表格；FILE 为任何能读取的报告，JSON 也可以。

    例：gongkai report render 2025年年报.json --to pdf -o 2025年年报.pdf
    """
    target = to or _format_of(output)
    if output == "-" and target in _BINARY and sys.stdout.isatty():
        raise InputRefused(InputFault("-o", f"{target} 不能显示在终端上", "文件名，或者用管道接走"))
    reading = read_safely(_bytes(file), str(file))
    findings: tuple[Finding, ...] = ()
    if marked:
        before = read_safely(_bytes(previous), str(previous)).report if previous else None
        findings = check(reading.report, reading.source, before)
    _write(made(reading.report, target, findings=findings), output)
    return 0


def _format_of(output: str) -> Format:
    suffix = Path(output).suffix.lower().removeprefix(".")
    for each in FORMATS:
        if suffix in (each, "htm" if each == "html" else each):
            return each
    raise InputRefused(InputFault(output, "看不出输出格式", "写明 --to，或者用扩展名 " + "、".join(FORMATS)))


def _bytes(path: Path) -> bytes:
    """The file's content; raises InputRefused where it cannot be had."""
    name = str(path)
    try:
        if path.is_dir():
            raise InputRefused(InputFault(name, "是文件夹", "一份报告文件"))
        if path.stat().st_size > LARGEST_FILE:
            raise InputRefused(InputFault(name, "文件太大", f"不超过 {LARGEST_FILE // MEGABYTE} MB 的文件"))
        return path.read_bytes()
    except FileNotFoundError:
        raise InputRefused(InputFault(name, "没有这个文件", "已有文件的路径")) from None
    except (OSError, ValueError) as fault:
        why = getattr(fault, "strerror", None) or str(fault)
        raise InputRefused(InputFault(name, f"文件打不开（{why}）", "可以读取的文件")) from None


def _write(content: bytes, output: str) -> None:
    if output == "-":
        sys.stdout.buffer.write(content)
        return
    try:
        Path(output).write_bytes(content)
    except (OSError, ValueError) as fault:
        why = getattr(fault, "strerror", None) or str(fault)
        raise InputRefused(InputFault(output, f"写不进去（{why}）", "可以写入的位置")) from None
