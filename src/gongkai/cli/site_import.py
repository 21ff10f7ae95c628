"""`gongkai import site`: an old site's table, its headers mapped, its faults told by row and header."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from gongkai.cli import DONE, UNUSABLE, platform
from gongkai.documents.site_table import SiteTable, open_table
from gongkai.statute.ledgers.site import FIELD_WORDS, SiteMap, from_toml, guessed
from gongkai.statute.primitives import InputFault, InputRefused

if TYPE_CHECKING:
    from gongkai.bureau.publishing.site_import import Checked
    from gongkai.bureau.publishing.site_rows import RowFault, Rows

SHOWN = 50
"""Faults that are printed; the rest goes to the file of --errors."""
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(
    "site",
    help="导入旧网站的表格（.xlsx、.csv、.jsonl）：列名对到字段，有一行错就一行也不写，除非 --skip-bad；"
    "审查以前不公开。\n\n例：gongkai import site 旧网站.xlsx --agency kjj --attachments 附件 --dry-run",
)
@click.argument("file", type=_FILE)
@click.option("--map", "map_file", type=_FILE, help="对照文件（TOML）：哪一列是哪个字段、固定值、日期的写法")
@click.option("--agency", default="", help="全部信息属于这个机关（代码）")
@click.option("--attachments", type=click.Path(exists=True, file_okay=False, path_type=Path), help="附件所在的文件夹")
@click.option("--dry-run", is_flag=True, help="只检查，什么也不写")
@click.option("--preview", type=click.IntRange(1, 100), help="只显示对照和前几行导入以后的样子")
@click.option("--skip-bad", is_flag=True, help="有错的行跳过，其余照样导入")
@click.option("--errors", type=click.Path(dir_okay=False, writable=True, path_type=Path), help="错误写进这个 CSV 文件")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
def import_site(
    file: Path, map_file: Path | None, agency: str, attachments: Path | None, dry_run: bool, preview: int | None,
    skip_bad: bool, errors: Path | None, as_json: bool,
) -> int:  # fmt: skip
    platform.start()
    from gongkai.bureau.publishing.site_rows import Rows
    from gongkai.cli.exchange import bar

    with TemporaryDirectory(prefix="gongkai-site-") as folder:
        work = Path(folder)
        table = open_table(file, work)
        rows = Rows(_map(table, map_file, agency), attachments)
        for note in table.notes:
            click.echo(f"{file}：{note}", err=True)
        if preview:
            return _preview(table, rows, preview, as_json)
        if missing := rows.map.missing():
            raise InputRefused(*(InputFault(f"{file} {each.place}", each.wrong, each.valid) for each in missing))
        return _import(file, table, rows, work, dry_run, skip_bad, errors, as_json, bar())


def _map(table: SiteTable, map_file: Path | None, agency: str) -> SiteMap:
    made = guessed(table.headers)
    if map_file is not None:
        try:
            text = map_file.read_text("utf-8-sig")
        except UnicodeDecodeError as wrong:
            raise InputRefused(InputFault(str(map_file), f"第{wrong.start}个字节处不是UTF-8", "UTF-8 编码")) from wrong
        made = from_toml(text, table.headers, str(map_file))
    return made.fix("agency", agency) if agency else made


def _preview(table: SiteTable, rows: Rows, most: int, as_json: bool) -> int:
    from gongkai.bureau.publishing import site_import

    first = site_import.preview(table, rows, most)
    if as_json:
        for number, taken in first:
            faults = [str(each.as_input()) for each in taken.faults]
            told = {"row": number, "record": taken.record.as_json() if taken.record else None, "faults": faults}
            click.echo(json.dumps(told, ensure_ascii=False))
        return DONE
    for header, name in rows.map.fields.items():
        click.echo(f"{header} → {FIELD_WORDS.get(name, name) or '不导入'}")
    for name, value in rows.map.fixed.items():
        click.echo(f"（每一行） → {FIELD_WORDS.get(name, name)}：{value}")
    for fault in rows.map.missing():
        click.echo(str(fault))
    for number, taken in first:
        click.echo(f"\n第{number}行")
        for name, shown in (taken.record.as_json() if taken.record else {}).items():
            click.echo(f"  {FIELD_WORDS.get(name, '正文')}：{' '.join(str(shown).split())[:80]}")
        for each in taken.faults:
            click.echo(f"  {each.as_input()}")
    return DONE


def _import(
    file: Path, table: SiteTable, rows: Rows, work: Path, dry_run: bool, skip_bad: bool, errors: Path | None,
    as_json: bool, tell: Callable[[int, int, str], None] | None,
) -> int:  # fmt: skip
    from gongkai.bureau.publishing import site_import

    made = site_import.check(table, rows, work, tell)
    _tell_faults(file, made, errors)
    counts = {"rows": made.rows, "right": made.right, "bad": len(made.bad)}
    if dry_run or (made.bad and not skip_bad):
        ending = (
            "没有写入（--dry-run）" if dry_run else "什么也没有写入；改正以后再导入，或者用 --skip-bad 跳过有错的行"
        )
        _say(file, as_json, f"检查了{made.rows}行，{made.right}行可以导入，{len(made.bad)}行有错；{ending}", counts)
        return UNUSABLE if made.bad else DONE
    done = site_import.write(made, rows.files, name=file.name, tell=tell)
    counts |= {"made": done.made, "known": done.known, "addresses": done.addresses}
    skipped = f"，跳过{done.skipped}行有错的" if done.skipped else ""
    words = f"导入{done.made}条信息，{done.known}条已有且相同{skipped}；登记{done.addresses}个原地址。审查以前都不公开"
    _say(file, as_json, words, counts)
    return DONE


def _say(file: Path, as_json: bool, words: str, counts: dict[str, int]) -> None:
    click.echo(json.dumps({"file": str(file), **counts}, ensure_ascii=False) if as_json else words)


def _tell_faults(file: Path, made: Checked, errors: Path | None) -> None:
    for each in made.faults[:SHOWN]:
        click.echo(f"{file} {each.as_input()}", err=True)
    if len(made.faults) > SHOWN:
        click.echo(f"{file}：还有{len(made.faults) - SHOWN}处错误，用 --errors 写进文件", err=True)
    if errors is not None:
        write_errors(errors, made.faults)


def write_errors(path: Path, faults: list[RowFault]) -> None:
    """The faults as a CSV that a spreadsheet opens."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow(("行", "列", "错在哪里", "应为"))
        out.writerows((each.row, *map(_plain, (each.header, each.wrong, each.valid))) for each in faults)


def _plain(text: str) -> str:
    """A cell that begins as a formula does is text."""
    return f"'{text}" if text[:1] in "=+-@" and text else text
