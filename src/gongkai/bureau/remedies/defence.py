"""答辩材料: one act makes all that the reconsidering body or the court is given (行政复议法第48条, 行政诉讼法第67条).

Letters name the applicant, who is the other side; internal opinions stay inside unless they are chosen.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import date

from django.db import transaction

from gongkai.bureau import clock
from gongkai.bureau.casework import archive
from gongkai.bureau.casework.archive_files import numbered, placed, title_of
from gongkai.bureau.casework.events import as_case
from gongkai.bureau.casework.queries import archive as files
from gongkai.bureau.casework.queries.archive import CaseRecord, HeldLetter
from gongkai.bureau.casework.services import locked
from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs.models import Body, Person
from gongkai.bureau.orgs.permissions import Act, require
from gongkai.bureau.orgs.working_days import in_force
from gongkai.bureau.remedies import defence_papers as papers
from gongkai.bureau.remedies.deadline_queries import Noted, noted
from gongkai.bureau.remedies.defence_papers import Exhibit, Sides
from gongkai.bureau.remedies.models import Remedy
from gongkai.documents.bagit import Bag, pack
from gongkai.documents.defence import pages_of, write
from gongkai.statute.cases.exchange import Case
from gongkai.statute.clock import read_clock
from gongkai.statute.clock.wording import day_in_words, derivation
from gongkai.statute.ledgers.remedy_deadlines import Deadline, defence, filings
from gongkai.statute.letters import load
from gongkai.statute.letters.authorities import authority
from gongkai.statute.primitives import InputFault, InputRefused

LONGEST_REASON = 500
_PROOF = {"applicant": "告知了申请人", "third_party": "征求了第三方意见", "agency": "征求了有关机关意见"}
_README = """\
行政复议、行政诉讼答辩材料

data/ 之下：answer.docx 是答复书（答辩状）草稿，〔〕处由承办人填写；
list.docx 是证据目录，序号与 evidence/ 中的文件一致；
laws.docx 是法律依据目录；deadlines.docx 是期限的推导。
核对文件有没有改动：在本目录执行 sha256sum -c manifest-sha256.txt。
"""


@transaction.atomic
def make(actor: Person, remedy: int, *, because: str, with_opinions: bool = False) -> tuple[str, bytes]:
    """The whole package: file name and bytes. It names the applicant: only who may see identities makes it, for a
    reason, and the making is journalled with the request."""
    found = Remedy.objects.select_for_update(of=("self",)).select_related("body__parent").get(pk=remedy)
    require(actor, Act.ENTER_REMEDIES, found.body)
    require(actor, Act.SEE_IDENTITIES, found.body)
    _refuse(found, because)
    request = locked(found.request_id or 0)
    case = as_case(request, request.body.code, list(request.events.order_by("position")), archive.names_of(request))
    record = files.record(request)
    payload = _payload(found, case, record, with_opinions=with_opinions)
    folder = re.sub("[^A-Za-z0-9-]+", "-", f"{found.body.code}-{found.number}").strip("-")[:70] + "-defence"
    info = (
        ("Source-Organization", found.body.name),
        ("External-Identifier", found.number),
        ("Bagging-Date", clock.today().isoformat()),
    )
    data = pack(Bag(folder, info, payload, {"README.txt": _README.encode()}))
    facts = {
        "because": because.strip(), "number": found.number, "digest": hashlib.sha256(data).hexdigest(),
        "files": len(payload), "opinions": with_opinions,
    }  # fmt: skip
    ledger.append(files.stream_of(request.pk), "defence.made", actor=actor, body=found.body.code, facts=facts)
    return f"{folder}.zip", data


def _refuse(found: Remedy, because: str) -> None:
    faults = []
    if found.request_id is None:
        faults.append(InputFault("所涉申请", "这件复议诉讼没有关联申请", "登记时填写了所涉申请的案件"))
    if not because.strip():
        faults.append(InputFault("理由", "没有填写", "如：提交行政复议答复"))
    if len(because.strip()) > LONGEST_REASON:
        faults.append(InputFault("理由", f"有{len(because.strip())}个字", f"不超过{LONGEST_REASON}个字"))
    if faults:
        raise InputRefused(*faults)


def _payload(found: Remedy, case: Case, record: CaseRecord, *, with_opinions: bool) -> dict[str, bytes]:
    sides = _sides(found, case)
    terms = _terms(found, case, record)
    timely, derived = _timely(found, case)
    evidence = list(_evidence(record))
    made: dict[str, bytes] = {}
    exhibits: list[Exhibit] = []

    def enter(name: str, what: str, proves: str, data: bytes) -> None:
        path = f"evidence/{len(exhibits) + 1:02}-{name}"
        made[path] = data
        exhibits.append(Exhibit(path, what, proves, pages_of(data)))

    contents = files.bytes_of([held for held, _, _, _ in evidence])
    for held, name, what, proves in evidence:
        enter(name, what, proves, contents[held])
    searched = papers.searches(sides, record)
    if searched is not None:
        enter("search-record.docx", "检索记录", "尽到了检索义务", write(searched))
    asked = papers.consultations(sides, _consulted(record))
    if asked is not None:
        enter("consultations.docx", "征求意见情况", "征求了第三方、有关机关的意见", write(asked))
    if with_opinions:
        enter("opinions.docx", "内部意见", "处理经过了审核", write(papers.opinions(sides, record)))
    return {
        **made,
        "answer.docx": write(papers.answer_draft(sides, case, record, timely, exhibits)),
        "list.docx": write(papers.evidence_list(sides, exhibits)),
        "laws.docx": write(papers.laws(sides, record, terms)),
        "deadlines.docx": write(papers.timeliness(sides, derived, terms)),
    }


def _evidence(record: CaseRecord) -> Iterator[tuple[int, str, str, str]]:
    """Files in the order in which a reader wants them: id, name, what, what it proves."""
    places = placed(record)
    for each in record.files:
        if each.of in ("application", "identity", "attachment"):
            yield each.id, f"{each.of}{each.suffix}", places[each.id][1], "申请人提出了申请"
    suffixes = {each.id: each.suffix for each in record.files}
    for _, letter in numbered(record.letters):
        if letter.state == "delivered":
            yield from _of_letter(letter, suffixes)


def _of_letter(letter: HeldLetter, suffixes: dict[int, str]) -> Iterator[tuple[int, str, str, str]]:
    """The sealed scan, or the letter as made; the proofs of delivery; what was enclosed."""
    kind = load().get(letter.kind)
    title, name = title_of(letter), letter.kind.replace("_", "-")
    paper = letter.scan or letter.document
    if paper in suffixes and paper is not None:
        yield paper, f"{name}{suffixes[paper]}", title, _PROOF[kind.to] if kind else "办理经过"
    for sent in letter.deliveries:
        if sent.proof in suffixes and sent.proof is not None:
            yield (
                sent.proof,
                f"{name}-proof{suffixes[sent.proof]}",
                f"{title}的送达凭证",
                f"于{papers.in_words(sent.on)}送达",
            )
    for held in letter.enclosures:
        if held in suffixes:
            yield held, f"{name}-enclosure{suffixes[held]}", f"{title}的附件", "提供了所申请的信息"


def _consulted(record: CaseRecord) -> list[tuple[str, str, str, str]]:
    """Those asked by a private link, with what they answered."""
    rows = []
    for each in record.records:
        if each.of != "consultations":
            continue
        told = archive.opened_of(each.sealed, {}) if each.sealed else {}
        grounds = str(told.get("grounds", "")) if isinstance(told, dict) else str(told)
        consents = each.fields["consents"]
        answer = "没有答复" if consents is None else "同意公开" if consents else "不同意公开"
        rows.append((str(each.fields["party"]), str(each.fields["answered_at"] or "")[:10], answer, grounds))
    return rows


def _sides(found: Remedy, case: Case) -> Sides:
    reconsideration = found.kind == "reconsideration"
    body: Body = found.body
    before = found.court_number.partition("（")[0] if not reconsideration else ""
    if reconsideration:
        try:
            parent = body.parent.name if body.parent else ""
            before = authority(body.level, on=found.accepted_on, body_name=body.name, parent_name=parent).name
        except InputRefused:
            before = "〔行政复议机关〕"
    return Sides(
        body.name, body.address, case.identity[0] or "", before if reconsideration else "〔人民法院〕",
        found.court_number or found.number, reconsideration,
    )  # fmt: skip


def _terms(found: Remedy, case: Case, record: CaseRecord) -> list[Deadline]:
    """The deadlines of the procedure: the other side's, from the reply's arrival, and the body's own."""
    calendar = in_force(case.agency)
    told = noted([found.pk]).get(found.pk, Noted())
    made: list[Deadline] = []
    replied = [event for event in case.events if event.kind == "replied" and event.on <= found.accepted_on.toordinal()]
    if replied:
        arrived = replied[-1].day("delivered_on") or replied[-1].on
        made += filings(date.fromordinal(arrived), calendar)
    own = defence(found.kind, told.served_on or found.accepted_on, calendar, simple=told.simple)
    return [*made, *([own] if own else [])]


def _timely(found: Remedy, case: Case) -> tuple[list[str], tuple[str, ...]]:
    """Whether the reply that is complained of was in time, in sentences; and how its due day came about."""
    replied = [
        event.on for event in case.events if event.kind == "replied" and event.on <= found.accepted_on.toordinal()
    ]
    calendar, day = in_force(case.agency), date.fromordinal(replied[-1]) if replied else found.accepted_on
    reading = read_clock(case, calendar, day)
    told = [f"答复期限的届满日是{day_in_words(reading.due_on)}，推导见附件。"] if reading.due_on else []
    if replied:
        in_time = reading.due_on is not None and replied[-1] <= reading.due_on
        told.append(f"本机关于{papers.in_words(replied[-1])}作出答复{'，没有超过期限' if in_time else ''}。")
    return told, derivation(case, calendar, day).lines
