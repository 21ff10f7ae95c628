"""`gongkai verify`: the journal replayed, what is derived compared, each fault told when it is found."""

from __future__ import annotations

import json
from pathlib import Path

import click

from gongkai.cli import DONE, FOUND_ERRORS, platform
from gongkai.statute.primitives import InputFault, InputRefused


@click.command(
    help="重放日志：逐条核对摘要、前后相接、流的末端和每日签名；\n"
    "再核对由记录推出的状态、留存的文件和只增触发器。不符则退出码 1。\n\n"
    "例：gongkai verify --against 检查点.jsonl"
)
@click.option("--json", "as_json", is_flag=True, help="每处不符一行 JSON，每项核对一行小结")
@click.option(
    "--against",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="另一台机器上留存的签名检查点（gongkai export checkpoints 的输出）",
)
def verify(as_json: bool, against: Path | None) -> int:
    platform.start()
    from gongkai.bureau.ledger import checkpoints, derived, queries

    copies = checkpoints.parse(_copies(against)) if against else ()
    say = _as_json if as_json else _as_text
    result = queries.verify(
        lambda fault: say(
            {"checked": "journal", "stream": fault.stream, "sequence": fault.sequence, "wrong": fault.wrong}
        ),
        copies,
    )
    wrong = len(result.faults)
    counts = {"entries": result.entries, "streams": result.streams, "checkpoints": result.checkpoints}
    if as_json:
        say({"checked": "journal", **counts, "faults": wrong})
    else:
        counted = "日志{streams}条流、{entries}条记录、{checkpoints}个签名检查点".format_map(counts)
        click.echo(f"{counted}：{_verdict(wrong)}")
    for outcome in derived.run_all(lambda name, fault: say({"checked": name, "wrong": fault})):
        found = len(outcome.faults)
        wrong += found
        if as_json:
            say({"checked": outcome.name, "count": outcome.checked, "faults": found})
        else:
            click.echo(f"{outcome.word}{outcome.checked}项：{_verdict(found)}")
    return FOUND_ERRORS if wrong else DONE


def _copies(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise InputRefused(InputFault(str(file), f"第{wrong.start}个字节处不是UTF-8", "UTF-8 编码")) from wrong


def _as_json(told: dict[str, object]) -> None:
    click.echo(json.dumps(told, ensure_ascii=False))


def _as_text(told: dict[str, object]) -> None:
    where = ""
    if "stream" in told:
        where = f"{told['stream']} 第{told['sequence']}条：" if told["sequence"] else f"{told['stream']}："
    click.echo(f"✗ {where}{told['wrong']}")


def _verdict(faults: int) -> str:
    return f"有{faults}处不符" if faults else "全部相符"
