"""One published report, read and checked for a visitor: values in, values out, nothing kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from gongkai.documents.confined import read_safely
from gongkai.screens.ui.uploads import Sent
from gongkai.statute.primitives import Finding, InputFault, InputRefused
from gongkai.statute.report.bodies import KnownBody
from gongkai.statute.report.checks import check
from gongkai.statute.report.model import Reading, Report, Source

NOT_SUCCESSIVE = "所选的上年报告没有用上：它是{}年度的，本报告是{}年度的"


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome for one file: a report with all its findings, or the faults that stopped its reading."""

    name: str
    report: Report | None = None
    faults: tuple[str, ...] = ()
    remark: str = ""

    def count(self, severity: str) -> int:
        """How many findings of that severity."""
        return sum(found.severity == severity for found in self.findings)

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.report.findings if self.report else ()


def read_sent(file: Sent) -> Reading:
    """The reading of a file sent; raises InputRefused for one that is too large or cannot be read."""
    if file.refused:
        raise InputRefused(InputFault(file.name, file.refused))
    if not file.data:
        raise InputRefused(InputFault(file.name, "文件是空的，没有内容可读"))
    return read_safely(file.data, file.name)


def check_sent(file: Sent, previous: Report | None = None, bodies: Iterable[KnownBody] = ()) -> Checked:
    """Read and check; `previous` is used where it is the report of the year before."""
    try:
        reading = read_sent(file)
    except InputRefused as refused:
        return Checked(file.name, faults=tuple(told(fault, file.name) for fault in refused.faults))
    report = check_report(reading.report, previous, reading.source, bodies)
    return Checked(file.name, report, remark=_remark(report, previous))


def check_report(
    report: Report, previous: Report | None = None, source: Source | None = None, bodies: Iterable[KnownBody] = ()
) -> Report:
    """The report with all its findings."""
    return replace(report, findings=check(report, source, previous, bodies))


def previous_of(files: Sequence[Sent]) -> tuple[Report | None, str]:
    """Last year's report, where one was sent, or why it could not be used."""
    if not files:
        return None, ""
    try:
        return read_sent(files[0]).report, ""
    except InputRefused as refused:
        return None, "；".join(told(fault, files[0].name) for fault in refused.faults)


def _remark(report: Report, previous: Report | None) -> str:
    if previous is None or report.year is None or previous.year is None or previous.year == report.year - 1:
        return ""
    return NOT_SUCCESSIVE.format(previous.year, report.year)


def told(fault: InputFault, name: str) -> str:
    """The fault as a sentence; the file's name is left out, for it stands beside."""
    place = fault.place.removeprefix(name).lstrip("：: ")
    text = f"{place}：{fault.wrong}" if place else fault.wrong
    return f"{text}；应为{fault.valid}" if fault.valid else text
