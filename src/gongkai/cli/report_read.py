"""`gongkai report read` and `check`: published reports, one or many; an unreadable one does not stop the others."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click
import orjson

from gongkai.documents.confined import read_safely
from gongkai.documents.limits import LARGEST_FILE, MEGABYTE
from gongkai.statute.inspection.copied import check_copied
from gongkai.statute.primitives import Finding, InputFault, InputRefused
from gongkai.statute.report.checks import check as check_report
from gongkai.statute.report.form import CODES, load
from gongkai.statute.report.json_format import to_json
from gongkai.statute.report.model import Reading, Report
from gongkai.statute.wording import SEVERITY_WORDS, advice, sentence

DONE, FOUND_ERRORS, UNUSABLE = 0, 1, 2
_MOST_COMPARED = 200
"""Files of one call whose prose is compared with each other; beyond, copies are not looked for."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One file: its report with findings, or the faults that stopped its reading."""

    file: str
    report: Report | None
    faults: tuple[str, ...] = ()

    @property
    def has_errors(self) -> bool:
        return self.report is not None and any(found.severity == "error" for found in self.report.findings)


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="每份报告输出一行 JSON。")
def read(files: Sequence[Path], as_json: bool) -> int:
    """读取已公布的年度报告：docx、doc、html、pdf、txt、md、xlsx、json。

    例：gongkai report read 2025年年报.docx --json
    """
    outcomes = []
    for outcome in _each(files, lambda reading: reading.report):
        outcomes.append(outcome)
        _tell_faults(outcome)
        if outcome.report is not None:
            click.echo(_json_line(outcome) if as_json else summary(outcome.file, outcome.report))
    return _status(outcomes)


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--previous", type=click.Path(path_type=Path), help="上一年度的报告，用来核对结转和现行有效件数。")
@click.option("--json", "as_json", is_flag=True, help="每份报告输出一行 JSON，含全部问题。")
def check(files: Sequence[Path], previous: Path | None, as_json: bool) -> int:
    """读取并核查，列出全部问题；几份文件各占一行，末尾汇总，并互相比对雷同。

    例：gongkai report check 2025年年报.docx --previous 2024年年报.docx
    """
    before = _previous(previous)

    def checked(reading: Reading) -> Report:
        return replace(reading.report, findings=check_report(reading.report, reading.source, before))

    outcomes: list[Outcome] = []
    compare = 1 < len(files) <= _MOST_COMPARED
    for outcome in _each(files, checked):
        _tell_faults(outcome)
        outcomes.append(outcome)
        if not compare:
            _tell_checked(outcome, as_json, alone=len(files) == 1)
    if compare:
        outcomes = _with_copies(outcomes)
        for outcome in outcomes:
            _tell_checked(outcome, as_json, alone=False)
    if len(files) > 1 and not as_json:
        click.echo(_totals(outcomes))
    return _status(outcomes)


def _each(files: Sequence[Path], judge: Callable[[Reading], Report]) -> list[Outcome]:
    """Each file read and judged, with progress on a terminal."""
    outcomes = []
    shown = sys.stderr.isatty() and len(files) > 1
    for number, path in enumerate(files, 1):
        if shown:
            click.echo(f"\r\x1b[K正在读取 {number}/{len(files)}：{path.name}", err=True, nl=False)
        try:
            outcomes.append(Outcome(str(path), judge(_reading(path))))
        except InputRefused as refused:
            outcomes.append(Outcome(str(path), None, tuple(map(str, refused.faults))))
    if shown:
        click.echo("\r\x1b[K", err=True, nl=False)
    return outcomes


def _reading(path: Path) -> Reading:
    name = str(path)
    try:
        if path.is_dir():
            raise InputRefused(InputFault(name, "是文件夹", "一份报告文件"))
        if path.stat().st_size > LARGEST_FILE:
            limit = f"不超过 {LARGEST_FILE // MEGABYTE} MB 的文件"
            raise InputRefused(InputFault(name, "文件太大", limit))
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputRefused(InputFault(name, "没有这个文件", "已有文件的路径")) from None
    except (OSError, ValueError) as fault:
        why = getattr(fault, "strerror", None) or str(fault)
        raise InputRefused(InputFault(name, f"文件打不开（{why}）", "可以读取的文件")) from None
    return read_safely(data, name)


def _previous(path: Path | None) -> Report | None:
    return None if path is None else _reading(path).report


def _with_copies(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Each report also compared with the others of this call (内容雷同)."""
    reports = [(outcome.file, outcome.report) for outcome in outcomes if outcome.report is not None]
    out = []
    for outcome in outcomes:
        if outcome.report is None:
            out.append(outcome)
            continue
        others = [(name, report) for name, report in reports if name != outcome.file]
        copied = check_copied(outcome.report, others)
        out.append(replace(outcome, report=replace(outcome.report, findings=(*outcome.report.findings, *copied))))
    return out


def _tell_faults(outcome: Outcome) -> None:
    for fault in outcome.faults:
        click.echo(fault, err=True)


def _tell_checked(outcome: Outcome, as_json: bool, *, alone: bool) -> None:
    if outcome.report is None:
        return
    if as_json:
        click.echo(_json_line(outcome))
    elif alone:
        click.echo(summary(outcome.file, outcome.report))
        click.echo(listing(outcome.report.findings))
    else:
        click.echo(f"{outcome.file}\t{_identity(outcome.report)}\t{_counts(outcome.report.findings)}")


def _json_line(outcome: Outcome) -> str:
    assert outcome.report is not None  # noqa: S101  (the callers')
    return orjson.dumps(to_json(outcome.report, file=outcome.file)).decode()


def _identity(report: Report) -> str:
    agency = report.agency or "机关未识别"
    year = f"{report.year}年度" if report.year else "年度未识别"
    form = f"{report.form}年格式" if report.form else "格式未识别"
    return f"{agency}　{year}　{form}"


def summary(file: str, report: Report) -> str:
    """The report in a screenful: what it is, and every row that has a figure other than 0."""
    lines = [f"{file}：{_identity(report)}"]
    form = load(report.form if report.form in CODES else CODES[-1])
    for code, table in form.tables.items():
        cells = report.tables.get(code, {})
        if not any(value is not None for row in cells.values() for value in row.values()):
            lines.append(f"{table.title}：没有读到表格")
            continue
        lines.append(f"{table.title}：")
        quiet = 0
        for row in table.rows:
            values = cells.get(row.code, {})
            if all(value in (0, "0") for value in values.values()):
                quiet += 1
                continue
            said = "　".join(f"{column.label} {_said(values.get(column.code))}" for column in row.columns)
            lines.append(f"  {row.label}：{said}")
        if quiet:
            lines.append(f"  {'其余 ' if quiet < len(table.rows) else ''}{quiet} 行全为 0")
    return "\n".join(lines)


def _said(value: int | str | None) -> str:
    return "空白" if value is None else "/" if value == "n/a" else str(value)


def listing(findings: Sequence[Finding]) -> str:
    if not findings:
        return "没有发现问题。"
    lines = [f"发现 {len(findings)} 个问题（{_counts(findings)}）："]
    for number, found in enumerate(findings, 1):
        lines.append(f"{number}. 〔{SEVERITY_WORDS[found.severity]}〕{sentence(found)}（{found.code}）")
        lines.append(f"   {advice(found)}")
        if found.cite:
            lines.append(f"   依据：{found.cite}")
    return "\n".join(lines)


def _counts(findings: Sequence[Finding]) -> str:
    counts = Counter(found.severity for found in findings)
    return "，".join(f"{word} {counts[code]}" for code, word in SEVERITY_WORDS.items())


def _totals(outcomes: Sequence[Outcome]) -> str:
    read_well = [outcome.report for outcome in outcomes if outcome.report is not None]
    findings = [found for report in read_well for found in report.findings]
    refused = len(outcomes) - len(read_well)
    tail = f"，读不了 {refused} 份" if refused else ""
    return f"共 {len(outcomes)} 份{tail}；{_counts(findings)}"


def _status(outcomes: Sequence[Outcome]) -> int:
    if any(outcome.report is None for outcome in outcomes):
        return UNUSABLE
    return FOUND_ERRORS if any(outcome.has_errors for outcome in outcomes) else DONE
