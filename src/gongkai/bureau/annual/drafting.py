"""The draft of the body's own report: its prose prepared from the ledgers, numbers linked through free editing."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path

from django.conf import settings
from django.db import transaction

from gongkai.bureau import clock
from gongkai.bureau.annual.compile import compile_report
from gongkai.bureau.annual.models import AnnualReport
from gongkai.bureau.annual.rounds import Book
from gongkai.bureau.annual.year_facts import last_problems, year_figures
from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs.models import Body, Person
from gongkai.bureau.orgs.permissions import Act, require
from gongkai.statute.primitives import InputFault, InputRefused
from gongkai.statute.report import lifecycle
from gongkai.statute.report.drafting import (
    PARTS,
    Passage,
    from_json,
    insert,
    prepare,
    reanchor,
    refresh,
    to_json,
)
from gongkai.statute.report.form import governing

LONGEST_PART = 20_000
"""Characters of one part of the prose."""
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
"""What neither the database nor a Word file can hold; a line's end is not among it."""


@transaction.atomic
def start(actor: Person, body: str, year: int) -> int:
    """Open the first version of a body's report on a year, its narrative prepared from the ledgers; returns its id."""
    require(actor, Act.DRAFT_REPORT, body)
    owner = Body.objects.select_for_update().get(code=body)
    if not 2019 <= year <= clock.today().year:
        raise InputRefused(InputFault("报告年度", f"不能起草{year}年度", f"2019至{clock.today().year}年度"))
    if AnnualReport.objects.filter(body=owner, year=year).exists():
        raise InputRefused(InputFault("报告年度", f"{year}年度的报告已经有了", "打开已有的报告；已公布的办理更正"))
    report = AnnualReport.objects.create(
        body=owner, year=year, form=governing(year).code, state=lifecycle.OPENING_STATE,
        passages={part: to_json(passage) for part, passage in _prepared(owner, year).items()},
        changed_by=actor, changed_at=clock.now(),
    )  # fmt: skip
    journal(report, actor, "report.started", {"year": year, "form": report.form})
    return report.pk


def _prepared(body: Body, year: int) -> dict[str, Passage]:
    compiled = compile_report(body.code, year, clock.today())
    return prepare(
        year_figures(compiled), agency_name=body.name, short_name=body.short_name, level=body.level, year=year,
        form_code=compiled.report.form or "", last_problems=last_problems(compiled.bodies, year),
    )  # fmt: skip


@transaction.atomic
def write_part(actor: Person, report: int, part: str, text: str, *, seen: str | None = None) -> None:
    """Replace a part's text; numbers that still stand keep their links. `seen`: the text that the writer started from.

    Raises InputRefused where somebody else has written since: nothing is overwritten unseen.
    """

    def change(passage: Passage) -> Passage:
        written = plain(text)
        faults = list(text_faults("正文", written, LONGEST_PART))
        if faults:
            raise InputRefused(*faults)
        if written != passage.text:
            _refuse_unseen(passage, seen)
        return reanchor(passage, written)

    _rewrite(actor, report, part, change, "report.written")


def plain(text: str) -> str:
    """The text as it is stored: a line ends in one character, however the browser sent it."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def text_faults(place: str, text: str, longest: int) -> Iterator[InputFault]:
    """What is wrong with a text of somebody's writing."""
    if len(text) > longest:
        yield InputFault(place, f"有{len(text)}个字", f"不超过{longest}个字")
    strange = _CONTROL.search(text)
    if strange:
        where, code = strange.start() + 1, ord(strange[0])
        yield InputFault(place, f"第{where}个字是不能显示的字符（U+{code:04X}）", "删去这个字符的文字")


def _refuse_unseen(passage: Passage, seen: str | None) -> None:
    if seen is not None and plain(seen) != passage.text:
        raise InputRefused(InputFault("正文", "您打开以后，别人改过这一部分", "对照现在的文字，合并后再保存"))


@transaction.atomic
def insert_number(
    actor: Person, report: int, part: str, position: int, key: str, *, text: str | None = None, seen: str | None = None
) -> None:
    """Put a figure of the ledgers into the prose, linked; into `text` where the writer has not saved it yet.

    Refused, neither is written.
    """
    found = _editable(actor, report)
    if text is not None:
        write_part(actor, report, part, text, seen=seen)
    figures = year_figures(compile_report(found.body.code, found.year, clock.today(), form=found.form))
    _rewrite(actor, report, part, lambda passage: insert(passage, position, figures, key), "report.number_inserted")


@transaction.atomic
def refresh_numbers(
    actor: Person,
    report: int,
    part: str,
    keys: Collection[str] | None = None,
    *,
    text: str | None = None,
    seen: str | None = None,
) -> None:
    """Bring drifted numbers of a part, or those of the keys, to what the ledgers say now; of `text` where given."""
    found = _editable(actor, report)
    if text is not None:
        write_part(actor, report, part, text, seen=seen)
    figures = year_figures(compile_report(found.body.code, found.year, clock.today(), form=found.form))
    _rewrite(actor, report, part, lambda passage: refresh(passage, figures, keys), "report.numbers_refreshed")


@transaction.atomic
def prepare_again(actor: Person, report: int, part: str, *, seen: str | None = None) -> None:
    """Replace a part by what the ledgers would prepare today; not where somebody else has written since."""
    found = _editable(actor, report)
    fresh = _prepared(found.body, found.year)

    def change(passage: Passage) -> Passage:
        _refuse_unseen(passage, seen)
        return fresh[part]

    _rewrite(actor, report, part, change, "report.prepared_again")


def _rewrite(actor: Person, report: int, part: str, change: Callable[[Passage], Passage], kind: str) -> None:
    if part not in PARTS:
        raise InputRefused(InputFault("部分", f"没有“{part}”这一部分", "、".join(PARTS)))
    found = _editable(actor, report)
    before = from_json(found.passages.get(part, {"text": ""}))
    after = change(before)
    if after == before:
        return
    found.passages[part] = to_json(after)
    found.changed_by, found.changed_at = actor, clock.now()
    found.save(update_fields=["passages", "changed_by", "changed_at"])
    digest = hashlib.sha256(after.text.encode()).hexdigest()
    journal(found, actor, kind, {"part": part, "digest": digest, "characters": len(after.text)})


def _editable(actor: Person, report: int) -> AnnualReport:
    """The version, locked; refused where it may not be written any more."""
    found = AnnualReport.objects.select_for_update(of=("self",)).select_related("body").get(pk=report)
    require(actor, Act.DRAFT_REPORT, found.body)
    if found.state not in lifecycle.EDITABLE:
        state = lifecycle.STATES[found.state]
        raise InputRefused(InputFault("报告", f"现在是“{state}”，不能修改正文", "退回修改，或者公布后更正"))
    return found


def journal(report: AnnualReport, actor: Person, kind: str, facts: Mapping[str, object]) -> None:
    stream = f"report:{report.body.code}:{report.year}"
    told = {"version": report.version, **facts}
    ledger.append(stream, kind, actor=actor, body=report.body.code, facts=told)


@transaction.atomic
def enter_extra_rows(actor: Person, report: int, entered: Mapping[str, Mapping[str, str]]) -> None:
    """The cells of the rows that a local profile adds; a blank stays blank, "/" is not applicable."""
    found = _editable(actor, report)
    rows = {row.code: row for each in Book().asked(found.body, found.year, found.form).profiles for row in each.rows}
    faults: list[InputFault] = []
    cells: dict[str, dict[str, int | str | None]] = {}
    for code, row in rows.items():
        for column in row.columns:
            text = entered.get(code, {}).get(column.code, "").strip()
            value = _cell(text, column.kind)
            if text and value is None:
                faults.append(InputFault(f"{row.label} {column.label}", f"“{text}”不能用", "整数、金额或者“/”"))
            cells.setdefault(code, {})[column.code] = value
    if faults:
        raise InputRefused(*faults)
    found.extra_rows = cells
    found.changed_by, found.changed_at = actor, clock.now()
    found.save(update_fields=["extra_rows", "changed_by", "changed_at"])
    journal(found, actor, "report.extra_rows", {"rows": cells})


def _cell(text: str, kind: str) -> int | str | None:
    if text in ("/", "—", "-"):
        return "n/a"
    if kind == "money":
        return (
            text
            if len(text) < 20 and text.replace(".", "", 1).isascii() and text.replace(".", "", 1).isdecimal()
            else None
        )
    sign = text[:1] in ("+", "-")
    digits = text[1:] if sign else text
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 10) or (sign and kind != "change"):
        return None
    return int(text)


def part_word(part: str) -> str:
    """The part of the prose in the form's words."""
    words = {
        "lead": "总体情况（开头）", "proactive": "主动公开", "on_request": "依申请公开", "management": "政府信息管理",
        "platform": "政府信息公开平台建设", "supervision": "监督保障", "problems": "存在的主要问题及改进情况",
        "other": "其他需要报告的事项",
    }  # fmt: skip
    return words.get(part, part)


def keep_file(data: bytes) -> str:
    """Store bytes under their digest; returns it."""
    digest = hashlib.sha256(data).hexdigest()
    path = stored(digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        # whole or not at all: half a file under its digest would be taken for the file ever after
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as half:
            half.write(data)
            half.flush()
            os.fsync(half.fileno())
        Path(half.name).chmod(0o640)
        Path(half.name).replace(path)
    return digest


def stored(digest: str) -> Path:
    """Where a file of the body's own reports lies."""
    return Path(settings.FILES) / "annual" / digest[:2] / digest
