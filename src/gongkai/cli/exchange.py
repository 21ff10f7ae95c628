"""`gongkai import` and `gongkai export`: the documented exchange formats."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import click

from gongkai.cli import DONE, platform
from gongkai.cli.site_import import import_site
from gongkai.statute.primitives import InputFault, InputRefused

_FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
_JSON = click.option("--json", "as_json", is_flag=True, help="输出 JSON")


@click.group("import", help="按交换格式导入：先整体校验，有一处错就一行也不写。\n\n例：gongkai import orgs 机关.jsonl")
def import_group() -> None: ...


@click.group("export", help="按交换格式导出到标准输出。\n\n例：gongkai export orgs > 机关.jsonl")
def export_group() -> None: ...


def _told(file: Path, as_json: bool, words: str, **counts: int) -> int:
    """One line of what was done: JSON, or `words` with the counts in it."""
    if as_json:
        click.echo(json.dumps({"file": str(file), **counts}, ensure_ascii=False))
    else:
        click.echo(words.format(**counts))
    return DONE


def bar() -> Callable[[int, int, str], None] | None:
    """Progress on a terminal only, one line that is written over."""
    if not sys.stderr.isatty():
        return None

    def tell(done: int, total: int, what: str) -> None:
        of = f"/{total}" if total else ""
        click.echo(f"\r\x1b[K{what} {done}{of}", err=True, nl=bool(total) and done >= total)

    return tell


@import_group.command("orgs", help="导入机关，一行一个，先列上级。\n\n例：gongkai import orgs 机关.jsonl")
@_FILE
@_JSON
def import_orgs(file: Path, as_json: bool) -> int:
    platform.start()
    from gongkai.bureau.orgs import exchange

    try:
        text = file.read_text("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise InputRefused(InputFault(str(file), f"第{wrong.start}个字节处不是UTF-8", "UTF-8 编码")) from wrong
    try:
        done = exchange.write(text)
    except InputRefused as refused:
        faults = (InputFault(f"{file} {each.place}", each.wrong, each.valid) for each in refused.faults)
        raise InputRefused(*faults) from refused
    return _told(file, as_json, "导入{made}个机关，{known}个已有且相同", made=done.made, known=done.known)


@import_group.command("cases", help="导入申请和办理事件，一行一件。\n\n例：gongkai import cases 申请.jsonl")
@_FILE
@_JSON
def import_cases(file: Path, as_json: bool) -> int:
    platform.start()
    from gongkai.bureau.casework import exchange

    done = exchange.import_cases(file, progress=bar())
    return _told(
        file, as_json, "导入{made}件申请，{appended}件补了事件，{known}件已有且相同；其中发现{unlawful}处违法情形",
        made=done.made, appended=done.appended, known=done.known, unlawful=done.unlawful,
    )  # fmt: skip


@import_group.command("remedies", help="导入复议和诉讼，一行一件。\n\n例：gongkai import remedies 复议诉讼.jsonl")
@_FILE
@_JSON
def import_remedies(file: Path, as_json: bool) -> int:
    platform.start()
    from gongkai.bureau.remedies import exchange

    made, closed, known = exchange.import_remedies(file)
    words = "导入{made}件复议诉讼，{closed}件补了审结，{known}件已有且相同"
    return _told(file, as_json, words, made=made, closed=closed, known=known)


@import_group.command(
    "statements", help="导入表二的年度数据，一行一格。\n\n例：gongkai import statements 年度数据.jsonl"
)
@_FILE
@_JSON
def import_statements(file: Path, as_json: bool) -> int:
    platform.start()
    from gongkai.bureau.annual import exchange

    made, known = exchange.import_statements(file)
    return _told(file, as_json, "导入{made}格年度数据，{known}格已有且相同", made=made, known=known)


@import_group.command(
    "items", help="导入已公布的信息，一行一条；审查以前不在本门户公布。\n\n例：gongkai import items 信息.jsonl"
)
@_FILE
@_JSON
def import_items(file: Path, as_json: bool) -> int:
    platform.start()
    from gongkai.bureau.publishing import exchange

    made, known = exchange.import_items(file, progress=bar())
    return _told(file, as_json, "导入{made}条信息，{known}条已有且相同", made=made, known=known)


@export_group.command("orgs", help="导出全部机关，上级在前。\n\n例：gongkai export orgs > 机关.jsonl")
def export_orgs() -> int:
    platform.start()
    from gongkai.bureau.orgs import exchange

    return _printed(exchange.lines())


@export_group.command(
    "cases", help="导出全部申请；身份信息为空，除非写明理由。\n\n例：gongkai export cases > 申请.jsonl"
)
@click.option("--with-identities", is_flag=True, help="连同申请人身份，记入日志")
@click.option("--reason", default="", help="导出身份信息的理由，与 --with-identities 同用")
def export_cases(with_identities: bool, reason: str) -> int:
    platform.start()
    from gongkai.bureau.casework import exchange, services

    if with_identities and not reason.strip():
        raise InputRefused(InputFault("--reason", "没有填写", "导出申请人身份的理由"))
    if with_identities:
        services.journal_export(reason)
    return _printed(exchange.lines(with_identities=with_identities))


@export_group.command("remedies", help="导出全部复议和诉讼。\n\n例：gongkai export remedies > 复议诉讼.jsonl")
def export_remedies() -> int:
    platform.start()
    from gongkai.bureau.remedies import exchange

    return _printed(exchange.lines())


@export_group.command("statements", help="导出全部年度数据。\n\n例：gongkai export statements > 年度数据.jsonl")
def export_statements() -> int:
    platform.start()
    from gongkai.bureau.annual import exchange

    return _printed(exchange.lines())


@export_group.command(
    "items",
    help="导出全部已公布的信息，可以连同附件。\n\n例：gongkai export items --attachments 移交 > 移交/信息.jsonl",
)
@click.option(
    "--attachments", "folder", type=click.Path(file_okay=False, path_type=Path), default=None,
    help="把附件放进这个文件夹，路径与导出的记录相符",
)  # fmt: skip
def export_items(folder: Path | None) -> int:
    platform.start()
    from gongkai.bureau.publishing import exchange

    return _printed(exchange.lines(folder))


@export_group.command(
    "checkpoints",
    help="导出签名检查点，抄送到别的机器；用 gongkai verify --against 核对。\n\n"
    "例：gongkai export checkpoints > 检查点.jsonl",
)
def export_checkpoints() -> int:
    platform.start()
    from gongkai.bureau.ledger import checkpoints

    return _printed(checkpoints.lines())


def _printed(lines: Iterable[str]) -> int:
    for line in lines:
        click.echo(line)
    return DONE


import_group.add_command(import_site)
