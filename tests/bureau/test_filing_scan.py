"""The package for the superior holds the sealed scan, however the report was approved (条例第49条)."""

from __future__ import annotations

import io
import zipfile

import pytest
from bureau_cast import Cast

from gongkai.bureau.annual import drafting, filing, steps
from gongkai.bureau.annual.models import AnnualReport, Statement
from gongkai.bureau.orgs.models import Body
from gongkai.statute.primitives import InputRefused

SCAN = b"%PDF-1.4\n% a sealed page\n%%EOF\n"


@pytest.fixture
def approved(cast: Cast) -> int:
    Statement.objects.create(
        body=Body.objects.get(code="qinglan-kjj"), year=2025, row="licences", column="decisions", value=3,
        evidence="台账", entered_at="2026-01-02T00:00:00Z",
    )  # fmt: skip
    report = drafting.start(cast.officer, "qinglan-kjj", 2025)
    for part in AnnualReport.objects.get(pk=report).passages:
        drafting.write_part(cast.officer, report, part, "按规定办理。")
    steps.take_step(cast.officer, report, "submit", {"confirm_zero": "1"})
    steps.take_step(cast.head, report, "pass_review")
    steps.take_step(cast.leader, report, "approve")
    return report


def names(cast: Cast, report: int) -> list[str]:
    made = filing.package(cast.officer, report)
    assert made is not None
    return sorted(zipfile.ZipFile(io.BytesIO(made[1])).namelist())


def test_an_electronic_approval_is_filed_with_the_sealed_scan(cast: Cast, approved: int) -> None:
    title = "青澜县科学技术局2025年政府信息公开工作年度报告"
    assert names(cast, approved) == ["1.报送函.docx", f"2.{title}.docx", f"3.{title}.pdf"]
    steps.take_step(cast.officer, approved, "file_package", {}, SCAN)
    assert names(cast, approved) == ["1.报送函.docx", f"2.{title}.docx", f"3.{title}.pdf", "4.盖章扫描件.pdf"]
    steps.take_step(cast.officer, approved, "file_package")
    assert "4.盖章扫描件.pdf" in names(cast, approved)


def test_what_is_no_scan_is_refused(cast: Cast, approved: int) -> None:
    with pytest.raises(InputRefused, match="不是扫描件的格式"):
        steps.take_step(cast.officer, approved, "file_package", {}, b"MZ not a scan")
