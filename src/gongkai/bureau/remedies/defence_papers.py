"""The papers of a defence with the facts of the case filled in; what only a person can say is left to be written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.bureau.casework.queries.archive import CaseRecord
from gongkai.documents.defence import Block, Heading, Paper, Right, Table, Text
from gongkai.statute.cases.citing import in_full
from gongkai.statute.cases.exchange import Case
from gongkai.statute.cases.words import ACTS
from gongkai.statute.ledgers.remedy_deadlines import Deadline
from gongkai.statute.primitives import InputRefused
from gongkai.statute.report.form import CODES, load

BLANK = "〔由承办人填写〕"


@dataclass(frozen=True, slots=True)
class Sides:
    """Who stands against whom: names as the papers print them."""

    body: str
    address: str
    applicant: str
    before: str
    number: str
    reconsideration: bool

    @property
    def other(self) -> str:
        return "申请人" if self.reconsideration else "原告"

    @property
    def own(self) -> str:
        return "被申请人" if self.reconsideration else "被告"

    @property
    def title(self) -> str:
        return "行政复议答复书" if self.reconsideration else "行政诉讼答辩状"


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One piece of evidence: its file in the package, what it is, what it proves, its pages where they are known."""

    path: str
    what: str
    proves: str
    pages: int | None


def answer_draft(
    sides: Sides, case: Case, record: CaseRecord, timely: Sequence[str], exhibits: Sequence[Exhibit]
) -> Paper:
    """复议答复书 or 答辩状, to be finished by the handler."""
    about = "申请行政复议" if sides.reconsideration else "提起行政诉讼"
    number = f"（{sides.number}）" if sides.number else ""
    blocks: list[Block] = [
        Text(
            f"答复人（{sides.own}）：{sides.body}" if sides.reconsideration else f"答辩人（{sides.own}）：{sides.body}"
        ),
        Text(f"地址：{sides.address or BLANK}"),
        Text(f"法定代表人：{BLANK}"),
        Text(f"{sides.other}：{sides.applicant or BLANK}"),
        Text(
            f"{sides.other}不服本机关对其政府信息公开申请（编号：{case.number}）的处理，{about}{number}。现答复如下："
        ),
        Heading("一、申请和办理的经过"),
        Text(f"{sides.other}申请公开：{case.subject}。"),
        *(Text(each) for each in _happened(case)),
        Heading("二、处理的内容和依据"),
        *_decided(record),
        Heading("三、办理的期限"),
        *(Text(each) for each in timely or [BLANK]),
        Heading("四、事实清楚、证据充分"),
        Text(f"上述事实有证据目录所列证据{len(exhibits)}份证明。{_searched(record)}"),
        Text(BLANK),
        Heading(f"五、对{sides.other}主张的答复"),
        Text(BLANK),
        Text(f"综上，{BLANK}，请求{'维持本机关的处理' if sides.reconsideration else '驳回原告的诉讼请求'}。"),
        Text("此致"),
        Text(sides.before, 0),
        Right(sides.body),
        Right("    年  月  日"),
    ]
    return Paper(sides.title, sides.body, blocks)


def evidence_list(sides: Sides, exhibits: Sequence[Exhibit]) -> Paper:
    """证据目录: numbered as the files are."""
    rows = [
        (str(number), each.what, each.proves, str(each.pages) if each.pages else "—", each.path)
        for number, each in enumerate(exhibits, 1)
    ]
    table = Table(("序号", "证据名称", "证明内容", "页数", "文件"), rows, (1, 4, 5, 1, 4))
    return Paper("证据目录", sides.body, [Text(f"提交人：{sides.body}"), table, Text("页数为“—”的，请打印后填写。")])


def laws(sides: Sides, record: CaseRecord, deadlines: Sequence[Deadline]) -> Paper:
    """依据目录: every article that the handling and its deadlines rest on."""
    cited = list(dict.fromkeys(code for each in _items(record) for code in _codes(str(each["articles"]))))
    rows: list[tuple[str, str, str]] = [("1", "办理期限", _cited(["33"]))]
    if cited:
        rows.append(("2", "处理决定", _cited(cited)))
    rows += [(str(len(rows) + 1 + at), each.what, each.article) for at, each in enumerate(deadlines)]
    return Paper(
        "法律依据目录", sides.body, [Table(("序号", "用于", "条文"), rows, (1, 4, 8)), Text("条文原文由承办人附后。")]
    )


def timeliness(sides: Sides, derived: Sequence[str], deadlines: Sequence[Deadline]) -> Paper:
    """期限推导: of the handling as the clock tells it, and of the steps of the procedure."""
    blocks: list[Block] = [Heading("一、答复期限")]
    blocks += [Text(line) for line in derived]
    blocks.append(Heading("二、行政复议、行政诉讼的期限"))
    for each in deadlines:
        blocks += [Text(f"{each.who}：{each.what}。"), *(Text(line) for line in each.lines)]
    return Paper("期限的推导", sides.body, blocks)


def searches(sides: Sides, record: CaseRecord) -> Paper | None:
    """检索记录; None where nothing was searched."""
    found = [each.fields for each in record.records if each.of == "searches"]
    if not found:
        return None
    blocks: list[Block] = []
    for number, each in enumerate(found, 1):
        rows = [
            ("检索日期", str(each["on"])), ("检索范围", str(each["places"])), ("检索词", str(each["terms"])),
            ("时间范围", str(each["period"])), ("检索人", str(each["searchers"])),
            ("是否查询档案馆（室）", "是" if each["archive_asked"] else "否"), ("检索结果", str(each["result"])),
        ]  # fmt: skip
        blocks += [Heading(f"检索记录{number}"), Table(("项目", "内容"), rows, (1, 3))]
    return Paper("检索记录", sides.body, blocks)


def consultations(sides: Sides, told: Sequence[tuple[str, str, str, str]]) -> Paper | None:
    """征求意见情况: whom, when they answered, whether they agree, why; None where nobody was asked."""
    if not told:
        return None
    table = Table(("被征求意见方", "答复日期", "意见", "理由"), told, (3, 2, 2, 5))
    return Paper("征求意见情况", sides.body, [table])


def opinions(sides: Sides, record: CaseRecord) -> Paper:
    rows = [
        (str(each.fields["at"])[:10], str(each.fields["by"]), str(each.fields["text"]))
        for each in record.records
        if each.of == "opinions" and each.fields["kind"] != "lesson"
    ]
    return Paper("内部意见", sides.body, [Table(("日期", "提出人", "意见"), rows, (2, 2, 8))])


def in_words(day: int | date) -> str:
    shown = day if isinstance(day, date) else date.fromordinal(day)
    return f"{shown.year}年{shown.month}月{shown.day}日"


def outcome_in_words(code: str) -> str:
    """The row of table three, in the words of the latest form that has it."""
    for form in reversed(CODES):
        for row in load(form).tables["requests"].rows:
            if row.code == code:
                return "".join(row.path[1:])
    return code


def _happened(case: Case) -> Iterator[str]:
    for event in case.events:
        who = event.text("party") or event.text("agency")
        about = f"（{who}）" if who else ""
        ended = f"，办理结果为“{outcome_in_words(event.text('outcome'))}”" if event.text("outcome") else ""
        yield f"{in_words(event.on)}，{ACTS[event.kind]}{about}{ended}。"


def _decided(record: CaseRecord) -> Iterator[Text]:
    items = _items(record)
    for each in items:
        reason = str(each["reason"]).strip()
        cited = _cited(_codes(str(each["articles"])))
        ground = f"，依据是{cited}" if cited else ""
        about = f"第{each['position']}项“{each['text']}”" if len(items) > 1 else f"“{each['text']}”"
        yield Text(
            f"{about}：{outcome_in_words(str(each['outcome'])) or BLANK}{ground}。{f'理由：{reason}' if reason else ''}"
        )
    if not items:
        replied = [each for each in record.letters if each.number and each.state == "delivered"]
        told = f"见{'、'.join(each.number for each in replied)}。" if replied else ""
        yield Text(f"{told}{BLANK}")


def _items(record: CaseRecord) -> list[dict[str, object]]:
    return [dict(each.fields) for each in record.records if each.of == "decisions"]


def _codes(articles: str) -> list[str]:
    return [each.strip() for each in articles.split(",") if each.strip()]


def _cited(codes: Sequence[str]) -> str:
    try:
        return in_full(codes) if codes else ""
    except InputRefused:
        return "、".join(codes)


def _searched(record: CaseRecord) -> str:
    found = [each.fields for each in record.records if each.of == "searches"]
    return f"本机关作了{len(found)}次检索，检索的范围、用词、时间和结果见检索记录。" if found else ""
