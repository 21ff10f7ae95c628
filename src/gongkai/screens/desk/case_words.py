"""What stands beside a case in the words of the page: items and their row, opinions, files, what is alike."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.bureau.casework import deciding, opinions
from gongkai.bureau.casework.queries.case import AssignmentRow, CaseBoard, WantedRow
from gongkai.bureau.casework.queries.case_files import CaseFileRow
from gongkai.bureau.casework.rights import Standing
from gongkai.bureau.orgs.permissions import Act
from gongkai.documents.redaction import GROUNDS
from gongkai.screens.desk.ledger_words import outcomes
from gongkai.statute.cases.application import LABELS
from gongkai.statute.cases.citing import place_of
from gongkai.statute.cases.deciding import ItemDecision, case_outcome
from gongkai.statute.letters import load

MEDIA = {"page": "网页", "publication": "政府公报、报刊", "place": "政府信息查阅场所"}
REDACTABLE = ("application/pdf", "image/", "application/vnd.openxmlformats")
TO_PROVIDE = ("material", "redacted")
_ON_THE_FORM = ("name", "id_number", "contact_person", "telephone", "email", "post", "help")
_KILO = 1024
_AROUND = re.compile(r"^（[一二三四五六七八九十]+）|（[^（）]*）$")
_NUMBER = re.compile(r"(?<=\D)[0-9]\.")


@dataclass(frozen=True, slots=True)
class Item:
    """A wanted item with its decision; `facts` are (label, value)."""

    row: WantedRow
    outcome: str
    articles: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Filed:
    """A file with what this person may do with it; `hidden` are the rows of its redactions."""

    row: CaseFileRow
    size: str
    reviews: bool
    redacts: bool
    refused: bool
    hidden: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hand:
    """An assignment that is under way: to whom, and whether the inner day has passed."""

    row: AssignmentRow
    who: str
    late: bool
    ends: bool


def short(outcome: str) -> str:
    """An outcome without its numbers and its note: 部分公开 for （二）部分公开（区分处理的，…）."""
    return _NUMBER.sub("：", _AROUND.sub("", outcomes().get(outcome, outcome)))


def items(board: CaseBoard) -> tuple[Item, ...]:
    return tuple(item(each) for each in board.wanted)


def item(row: WantedRow) -> Item:
    told = ((deciding.FACTS[name], fact_in_words(name, value)) for name, value in row.facts.items()
            if name in deciding.FACTS)  # fmt: skip
    articles = "、".join(place_of(code) for code in row.articles)
    return Item(row, short(row.outcome), articles, tuple(told))


def fact_in_words(name: str, value: object) -> str:
    return MEDIA.get(str(value), str(value)) if name == "medium" else str(value)


def row_of_the_case(rows: Sequence[WantedRow]) -> str:
    """How the report will count the request by the decisions so far, as a sentence; "" where none is decided."""
    decided = [ItemDecision(each.outcome, each.articles, each.reason) for each in rows if each.outcome]
    if not decided:
        return ""
    left = len(rows) - len(decided)
    waiting = f"还有{left}项没有决定。" if left else ""
    found = case_outcome(decided)
    if found.outcome is None:
        options = "”“".join(short(each) for each in found.options)
        return f"{waiting}各项结果不同，年度报告只计一种，由承办人在“{options}”中选定并说明理由。"
    rule = "有给的有不给的，只计部分公开。" if found.rule == "given_and_withheld" else ""
    return f"{waiting}按现有决定，这件申请计为“{short(found.outcome)}”。{rule}"


def settled_row(rows: Sequence[WantedRow]) -> str:
    """The row that all the decisions lead to, "" where one is missing or the handler has to choose."""
    if not rows or not all(each.outcome for each in rows):
        return ""
    return case_outcome([ItemDecision(each.outcome, each.articles, each.reason) for each in rows]).outcome or ""


def fitting_letters(rows: Sequence[WantedRow], acts: Collection[str]) -> tuple[tuple[str, str], ...]:
    """(kind, name) of the letters whose act is possible now; of the replies those that tell what was decided."""
    row = settled_row(rows)
    return tuple(
        (code, kind.name)
        for code, kind in load().items()
        if kind.event in acts and (kind.event != "replied" or row in kind.outcomes)
    )


def files(board: CaseBoard) -> tuple[Filed, ...]:
    held = board.standing
    reviewer = "secrecy_reviewer" in held.here
    enters = not held.refusal(Act.ENTER_REQUESTS)
    return tuple(_filed(each, reviewer, enters) for each in board.files)


def _filed(row: CaseFileRow, reviewer: bool, enters: bool) -> Filed:
    provided = row.of in TO_PROVIDE
    return Filed(
        row,
        size_of(row.size),
        reviews=reviewer and provided and not row.own and row.reviewed_at is None,
        redacts=enters and row.of == "material" and row.media_type.startswith(REDACTABLE),
        refused=provided and row.reviewed_at is None and bool(row.facts.get("refused")),
        hidden=tuple(hidden_rows(row.facts)),
    )


def hidden_rows(facts: Mapping[str, object]) -> list[str]:
    """The record of what was hidden in a file, a sentence each: where, what kind, on what ground; never the words."""
    rows = facts.get("hidden")
    told = []
    for each in rows if isinstance(rows, list) else []:
        ground = GROUNDS.get(str(each.get("article")), "")
        reason = f"，{each['reason']}" if each.get("reason") else ""
        told.append(f"{each.get('place')}：{each.get('kind')}{each.get('count')}处，{place_of(str(each.get('article')))}"
                    f"（{ground}）{reason}")  # fmt: skip
    return told


def size_of(size: int) -> str:
    return f"{size / _KILO / _KILO:.1f} MB" if size >= _KILO * _KILO else f"{max(1, round(size / _KILO))} KB"


def hands(board: CaseBoard, username: str, today: date) -> tuple[Hand, ...]:
    """Assignments under way, the main one first."""
    assigns = not board.standing.refusal(Act.ASSIGN_REQUESTS)
    under_way = sorted((each for each in board.assignments if each.ended_at is None), key=lambda each: each.joins)
    return tuple(
        Hand(
            each,
            "　".join(part for part in (each.section, each.person) if part),
            each.due_on is not None and each.due_on < today,
            assigns or each.username == username,
        )
        for each in under_way
    )


def opinion_kinds(held: Standing) -> tuple[tuple[str, str], ...]:
    """The kinds of opinion that this person can give."""
    return tuple((kind, word) for kind, word in opinions.KINDS.items() if held.here & set(opinions.ROLES_BY_KIND[kind]))


def who_asked(names: tuple[str | None, str | None, str | None]) -> tuple[tuple[str, str], ...]:
    """(label, value) of what is known of an applicant whose request was entered by hand or imported."""
    labels = ("姓名或名称", "证件号码", "联系方式")
    return tuple((label, value or "没有登记") for label, value in zip(labels, names, strict=True))


def who_applied(told: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """(label, value) of all that stands on an application form about who applies, without what was left empty."""
    rows = [(LABELS[name], str(told[name])) for name in _ON_THE_FORM if told.get(name)]
    joint = told.get("joint")
    for each in joint if isinstance(joint, list) else []:
        rows.append(("共同申请人", _somebody(each)))
    agent = told.get("agent")
    if isinstance(agent, Mapping):
        rows.append(("代理人", _somebody(agent)))
    return tuple(rows)


def _somebody(who: Mapping[str, object]) -> str:
    return "　".join(str(who[name]) for name in ("name", "id_number", "telephone") if who.get(name))
