"""Files of a report for the office: the document as it stands, and the package for the superior (条例第49条)."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from gongkai.bureau import clock
from gongkai.bureau.annual.drafting import stored
from gongkai.bureau.annual.models import AnnualReport
from gongkai.bureau.annual.publication import package as zipped
from gongkai.bureau.annual.publication import render_files, scan_suffix
from gongkai.bureau.annual.report_queries import detail
from gongkai.bureau.annual.rounds import Book
from gongkai.bureau.orgs.models import Body, Person
from gongkai.bureau.orgs.permissions import Act, require
from gongkai.documents.annual_report.covering_letter import covering_letter
from gongkai.statute.primitives import InputFault, InputRefused
from gongkai.statute.report import lifecycle

FORMATS = ("docx", "pdf", "xlsx", "json", "csv")


def document(person: Person, report: int, to: str) -> tuple[str, bytes] | None:
    """Name and bytes in that format: the file as published, else made from what stands now."""
    found = detail(person, report)
    if found is None or to not in FORMATS:
        return None
    name = f"{found.row.body_name}{found.row.year}年政府信息公开工作年度报告"
    if to in found.files:
        late = "（已更正）" if found.row.state == lifecycle.SUPERSEDED else ""
        return f"{name}{late}.{to}", kept(found.files[to])
    made = render_files(
        found.row.form, found.row.body_name, found.row.year, found.report.tables, found.report.narrative
    )
    draft = "" if found.row.state == lifecycle.APPROVED else f"（{found.row.state_word}）"
    return f"{name}{draft}.{to}", made[to]


def package(person: Person, report: int) -> tuple[str, bytes] | None:
    """The zip for the superior: covering letter, Word, PDF and the sealed scan where the office has given one."""
    found = AnnualReport.objects.select_related("body__parent").filter(pk=report).first()
    if found is None:
        return None
    require(person, Act.DRAFT_REPORT, found.body)
    if found.state not in (lifecycle.APPROVED, lifecycle.PUBLISHED):
        state = lifecycle.STATES[found.state]
        raise InputRefused(InputFault("报送材料", f"报告现在是“{state}”", "批准以后"))
    title = f"{found.body.name}{found.year}年政府信息公开工作年度报告"
    names: dict[str, bytes] = {}
    for number, to in enumerate(("docx", "pdf"), 2):
        made = document(person, report, to)
        if made is not None:
            names[f"{number}.{title}.{to}"] = made[1]
    if found.scan:
        scan = kept(found.scan)
        word = "签批件扫描件" if found.paper_approver else "盖章扫描件"
        names[f"4.{word}.{scan_suffix(scan)}"] = scan
    enclosed = [name.partition(".")[2].rpartition(".")[0] for name in sorted(names)]
    due = Book().asked(found.body, found.year, found.form).due
    letter = covering_letter(
        agency=found.body.name, addressee=_superior(found.body.parent), year=found.year,
        enclosed=list(dict.fromkeys(enclosed)), day=clock.today(), deadline=due, published_on=_published(found),
    )  # fmt: skip
    return f"{title}（报送材料）.zip", zipped({"1.报送函.docx": letter, **names})


def kept(digest: str) -> bytes:
    """A stored file. Raises InputRefused where the disk has lost it: nothing is made anew in its place."""
    path = stored(digest)
    if not path.is_file():
        raise InputRefused(InputFault("存档文件", f"{digest[:12]}…不在文件库里", "请系统管理员由备份恢复"))
    return path.read_bytes()


_OFFICES = {"county": "办公室", "city": "办公厅（室）", "province": "办公厅"}


def _superior(above: Body | None) -> str:
    """县级以上地方人民政府办公厅（室）是本行政区域的政府信息公开工作主管部门（条例第三条）; a letter may be edited."""
    if above is None:
        return "本级政府信息公开工作主管部门"
    return f"{above.name}{_OFFICES.get(above.level, '')}"


def _published(found: AnnualReport) -> date | None:
    """The day in Asia/Shanghai."""
    return timezone.localdate(found.published_at) if found.published_at else None
