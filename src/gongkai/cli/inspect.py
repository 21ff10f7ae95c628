"""`gongkai inspect`: the inspection before publication of any document; an unreadable one does not stop the others."""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

import click
import orjson

from gongkai.documents.inspection.confined import read_safely
from gongkai.documents.limits import LARGEST_FILE, MEGABYTE
from gongkai.statute.inspection.inspecting import Knowledge, inspect
from gongkai.statute.inspection.links import Resolver
from gongkai.statute.inspection.model import ELEMENTS
from gongkai.statute.inspection.repealed import Repeal, repeals
from gongkai.statute.inspection.typos import WordList, word_list
from gongkai.statute.primitives import Finding, InputFault, InputRefused
from gongkai.statute.report.json_format import finding_json
from gongkai.statute.wording import SEVERITY_WORDS, advice, sentence

DONE, FOUND_ERRORS, UNUSABLE = 0, 1, 2
_MOST_SHOWN = 20
"""Findings of one code that are told for people; `--json` tells all."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One file with its findings, or the faults that stopped its reading."""

    file: str
    findings: tuple[Finding, ...] = ()
    faults: tuple[str, ...] = ()


def _day(_: click.Context, __: click.Parameter, text: str | None) -> date:
    if text is None:
        return datetime.now(ZoneInfo("Asia/Shanghai")).date()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise click.BadParameter(f"“{text}”不是日期，应为 2026-09-25 这样的日子")
    return day


def _elements(_: click.Context, __: click.Parameter, text: str) -> tuple[str, ...]:
    codes = tuple(code.strip() for code in text.split(",") if code.strip())
    unknown = [code for code in codes if code not in ELEMENTS]
    if unknown:
        raise click.BadParameter(f"没有“{'、'.join(unknown)}”这样的要素，可以用 {'、'.join(ELEMENTS)}")
    return codes


_FILE = click.Path(path_type=Path)


@click.command("inspect")
@click.argument("files", nargs=-1, required=True, type=_FILE)
@click.option("--on", callback=_day, metavar="日期", help="检查当日，默认今天（北京时间）。")
@click.option("--require", default="", callback=_elements, metavar="要素", help="还必须写明的要素，代码用逗号隔开。")
@click.option("--terms", multiple=True, type=_FILE, help="本机关的用语清单（TOML），可以给几份。")
@click.option("--repealed", type=_FILE, help="本机关补充的废止法律清单（TOML）。")
@click.option("--unpublished", type=_FILE, help="没有公开的文件的文号，一行一个。")
@click.option("--site", type=_FILE, help="网站根目录，用来核对 / 开头的链接。")
@click.option("--json", "as_json", is_flag=True, help="每份文件输出一行 JSON，含全部问题。")
def inspect_verb(
    files: Sequence[Path],
    on: date,
    require: Sequence[str],
    terms: Sequence[Path],
    repealed: Path | None,
    unpublished: Path | None,
    site: Path | None,
    as_json: bool,
) -> int:
    """发布前检查：要素、日期、文号、格式、链接、错别字、用语、废止法律、密级标记、个人信息和隐藏内容。

    Word、Excel、PPT、PDF、网页、文本、图片都可以；不访问网络，不留存任何内容。

    例：gongkai inspect 公示名单.xlsx 通知.docx
    """
    lists = tuple(_terms(path) for path in terms)
    more = _repealed(repealed) if repealed else {}
    withheld = _numbers(unpublished) if unpublished else None
    outcomes = []
    shown = sys.stderr.isatty() and len(files) > 1
    for number, path in enumerate(files, 1):
        if shown:
            click.echo(f"\r\x1b[K正在检查 {number}/{len(files)}：{path.name}", err=True, nl=False)
        known = Knowledge(
            required=require,
            terms=lists,
            repealed=more,
            resolve=_resolver(path, site),
            is_published=None if withheld is None else lambda one, known=withheld: False if one in known else None,  # type: ignore[misc]
        )
        outcomes.append(_inspected(path, on, known))
    if shown:
        click.echo("\r\x1b[K", err=True, nl=False)
    for outcome in outcomes:
        _tell(outcome, on, as_json)
    return _status(outcomes)


def _inspected(path: Path, on: date, known: Knowledge) -> Outcome:
    try:
        return Outcome(str(path), inspect(read_safely(_bytes(path), str(path)), on, known))
    except InputRefused as refused:
        return Outcome(str(path), faults=tuple(map(str, refused.faults)))


def _bytes(path: Path, largest: int = LARGEST_FILE) -> bytes:
    name = str(path)
    try:
        if path.is_dir():
            raise InputRefused(InputFault(name, "是文件夹", "一份文件"))
        if path.stat().st_size > largest:
            raise InputRefused(InputFault(name, "文件太大", f"不超过 {largest // MEGABYTE} MB 的文件"))
        return path.read_bytes()
    except FileNotFoundError:
        raise InputRefused(InputFault(name, "没有这个文件", "已有文件的路径")) from None
    except (OSError, ValueError) as fault:
        why = getattr(fault, "strerror", None) or str(fault)
        raise InputRefused(InputFault(name, f"文件打不开（{why}）", "可以读取的文件")) from None


def _toml(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(_bytes(path, 10 * MEGABYTE).decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise InputRefused(InputFault(str(path), f"不是合法的 TOML（{fault}）", "UTF-8 编码的 TOML 清单")) from None


def _terms(path: Path) -> WordList:
    return word_list(_toml(path), str(path))


def _repealed(path: Path) -> Mapping[str, Repeal]:
    return repeals(_toml(path), str(path))


def _numbers(path: Path) -> frozenset[str]:
    try:
        lines = _bytes(path, 10 * MEGABYTE).decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise InputRefused(InputFault(str(path), "文字编码不能识别", "UTF-8 编码的文本，一行一个文号")) from None
    return frozenset("".join(line.split()) for line in lines if line.strip())


def _resolver(file: Path, site: Path | None) -> Resolver:
    """Links of a page within its folder, and from the root of the site where that is given; others cannot be told."""
    home = file.resolve().parent

    def resolve(target: str) -> bool | None:
        parts = urlsplit(target)
        if parts.scheme or parts.netloc:
            return None
        path = unquote(parts.path)
        if path.startswith("/"):
            if site is None:
                return None
            root, path = site.resolve(), path.lstrip("/")
        else:
            root = home
        try:
            return (root / path).exists()
        except (OSError, ValueError):
            return False

    return resolve


def _tell(outcome: Outcome, on: date, as_json: bool) -> None:
    for fault in outcome.faults:
        click.echo(fault, err=True)
    if outcome.faults:
        return
    if as_json:
        findings = [finding_json(found) | {"advice": advice(found)} for found in outcome.findings]
        click.echo(orjson.dumps({"file": outcome.file, "on": on.isoformat(), "findings": findings}).decode())
        return
    counts = Counter(found.severity for found in outcome.findings)
    summary = "，".join(f"{word} {counts[code]}" for code, word in SEVERITY_WORDS.items())
    click.echo(f"{outcome.file}：{summary if outcome.findings else '没有发现问题。'}")
    told: Counter[str] = Counter()
    for number, found in enumerate(outcome.findings, 1):
        told[found.code] += 1
        if told[found.code] <= _MOST_SHOWN:
            click.echo(f"{number}. 〔{SEVERITY_WORDS[found.severity]}〕{sentence(found)}（{found.code}）")
            click.echo(f"   {advice(found)}")
    for code, count in told.items():
        if count > _MOST_SHOWN:
            click.echo(f"另有 {count - _MOST_SHOWN} 处 {code} 没有列出，用 --json 看全部。")


def _status(outcomes: Sequence[Outcome]) -> int:
    if any(outcome.faults for outcome in outcomes):
        return UNUSABLE
    return FOUND_ERRORS if any(f.severity == "error" for each in outcomes for f in each.findings) else DONE
