"""`gongkai import` and `gongkai export`: the documented exchange formats."""

from __future__ import annotations

import json
from pathlib import Path

import click

from gongkai.cli import DONE, platform
from gongkai.statute.primitives import InputFault, InputRefused


@click.group("import", help="按交换格式导入：先整体校验，有一处错就一行也不写。\n\n例：gongkai import orgs 机关.jsonl")
def import_group() -> None: ...


@click.group("export", help="按交换格式导出到标准输出。\n\n例：gongkai export orgs > 机关.jsonl")
def export_group() -> None: ...


@import_group.command("orgs", help="导入机关，一行一个，先列上级。\n\n例：gongkai import orgs 机关.jsonl")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
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
    if as_json:
        click.echo(json.dumps({"file": str(file), "made": done.made, "known": done.known}, ensure_ascii=False))
    else:
        click.echo(f"导入{done.made}个机关，{done.known}个已有且相同")
    return DONE


@export_group.command("orgs", help="导出全部机关，上级在前。\n\n例：gongkai export orgs > 机关.jsonl")
def export_orgs() -> int:
    platform.start()
    from gongkai.bureau.orgs import exchange

    for line in exchange.lines():
        click.echo(line)
    return DONE
