"""`gongkai verify` of annual reports: kept and published files, frozen figures with their records, certificates."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from gongkai.bureau.annual import certificates
from gongkai.bureau.annual.drafting import stored as own_file
from gongkai.bureau.annual.freezing import counted
from gongkai.bureau.annual.models import AnnualReport, KeptCheck
from gongkai.bureau.annual.services import stored as kept_file
from gongkai.bureau.ledger import queries as journal
from gongkai.bureau.ledger.derived import derived
from gongkai.statute.report.json_format import from_json
from gongkai.statute.report.model import Cell


@derived("annual.files", "年报文件")
def check_files() -> Iterator[str | None]:
    """Every stored file against the digest that it is named by."""
    for each in KeptCheck.objects.select_related("body").order_by("id").iterator(chunk_size=500):
        yield _file(kept_file(each.digest), each.digest, f"{each.body.name}留存的“{each.file_name}”")
    own = AnnualReport.objects.exclude(files={}, scan="").select_related("body").defer("passages", "tables")
    for report in own.order_by("id").iterator(chunk_size=500):
        name = f"{report.body.name}{report.year}年年度报告（第{report.version}版）"
        for to, digest in report.files.items():
            yield _file(own_file(digest), digest, f"{name}的{to}文件")
        if report.scan:
            yield _file(own_file(report.scan), report.scan, f"{name}的签批扫描件")


def _file(path: Path, digest: str, name: str) -> str | None:
    if not path.is_file():
        return f"{name}：文件不见了"
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    return None if found == digest else f"{name}：内容与摘要不符，被改过"


@derived("annual.checks", "年报核查记录")
def check_kept_checks() -> Iterator[str | None]:
    """Each kept check against the journal (the file's digest, the counts) and against the findings that it stores."""
    told = _journalled()
    for each in KeptCheck.objects.select_related("body").order_by("id").iterator(chunk_size=100):
        wrong = _kept_wrong(each, told.get(f"annual:{each.pk}", {}))
        yield f"{each.body.name}留存的“{each.file_name}”：{wrong}" if wrong else None


def _journalled() -> Mapping[str, Mapping[str, object]]:
    """By stream: the digest that was kept and the counts of the last check."""
    told: dict[str, dict[str, object]] = {}
    for entry in journal.of_kinds("report.kept", "report.checked"):
        told.setdefault(entry.stream, {}).update(entry.facts)
    return told


def _kept_wrong(kept: KeptCheck, told: Mapping[str, object]) -> str:
    if told.get("digest") != kept.digest:
        return "摘要与日志所记的不符" if told else "日志里没有它的留存"
    if kept.state != KeptCheck.READ:
        return ""
    findings = from_json(kept.report).findings
    counted = tuple(sum(each.severity == severity for each in findings) for severity in ("error", "warning"))
    if counted != (kept.errors, kept.warnings):
        return f"登记{kept.errors}个错误、{kept.warnings}个警告，问题清单里有{counted[0]}个、{counted[1]}个"
    said = (told.get("errors"), told.get("warnings"))
    if counted != said:
        return f"问题清单有{counted[0]}个错误、{counted[1]}个警告，日志所记的是{said[0]}个、{said[1]}个"
    return ""


@derived("annual.frozen", "冻结的数字")
def check_frozen() -> Iterator[str | None]:
    """Every cell of tables three and four of a frozen report against the records frozen with it."""
    for report in AnnualReport.objects.filter(tables__isnull=False).select_related("body").order_by("id").iterator():
        cells_of = counted(report)
        name = f"{report.body.name}{report.year}年年度报告（第{report.version}版）"
        for table in ("requests", "remedies"):
            for row, cells in (report.tables or {})[table].items():
                for column, cell in cells.items():
                    yield _cell(f"{name} {table}.{row}.{column}", cell, cells_of.get((table, row, column), 0))


def _cell(name: str, cell: Cell, counted: int) -> str | None:
    return None if cell == counted else f"{name}：冻结的数是{cell}，背后的记录有{counted}条"


@derived("annual.certificates", "结转证明")
def check_certificates() -> Iterator[str | None]:
    """Each certificate's digest and its link to the year before."""
    yield from certificates.faults()
