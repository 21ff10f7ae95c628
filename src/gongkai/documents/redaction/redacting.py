"""The one way in: the redaction of a file of any kind, and the proof before it leaves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from gongkai.documents.redaction.docx_package import redact_docx
from gongkai.documents.redaction.kinds import kind_of
from gongkai.documents.redaction.matching import hidden, spans
from gongkai.documents.redaction.model import Applied, Named, Redacted, Redaction, Words
from gongkai.documents.redaction.pdf_pages import redact_pdf
from gongkai.documents.redaction.pictures import redact_picture
from gongkai.documents.redaction.proposing import propose
from gongkai.documents.redaction.verifying import verify_clean
from gongkai.documents.redaction.xlsx_sheets import redact_xlsx
from gongkai.statute.primitives import InputFault, InputRefused

_Redactor = Callable[[bytes, str, Sequence[Redaction], bool], tuple[bytes, list[Applied], list[InputFault]]]
_REDACTORS: Final[dict[str, _Redactor]] = {
    "pdf": redact_pdf,
    "picture": redact_picture,
    "docx": redact_docx,
    "xlsx": redact_xlsx,
}
_SHORT = 4


def redact(data: bytes, name: str, redactions: Sequence[Redaction], *, label: bool = False) -> Redacted:
    """The file with every redaction burnt in and nothing hidden left in it. Raises InputRefused.

    `label` prints the article on each box. A redaction that finds nothing is told among the notices. What a kind finds
    once, such as a name behind “姓名：”, is hidden wherever else it stands.
    """
    kind = kind_of(data, name)
    _refuse_telling(redactions)
    whole, owners = _with_found_words(data, name, redactions)
    made, applied, notices = _REDACTORS[kind](data, name, whole, label)
    applied = [
        replace(each, redaction=owners[each.redaction], kind=redactions[owners[each.redaction]].kind)
        for each in applied
    ]
    done = {each.redaction for each in applied}
    notices += [
        InputFault(f"第{number + 1}项", f"没有找到要遮盖的内容（{each.kind}）", "文件里有的内容")
        for number, each in enumerate(redactions)
        if number not in done
    ]
    leaving = hidden(name, whole, "×××")
    if kind in ("docx", "xlsx"):
        # what was a template or had macros is a plain file now
        leaving = f"{leaving.rpartition('.')[0] or leaving}.{kind}"
    _refuse_unproven(made, leaving, whole)
    return Redacted(made, leaving, tuple(applied), tuple(notices))


def _with_found_words(data: bytes, name: str, redactions: Sequence[Redaction]) -> tuple[list[Redaction], list[int]]:
    """The redactions and, behind them, the words that their kinds find; and for each the redaction it is due to."""
    whole, owners = list(redactions), list(range(len(redactions)))
    by_kind: dict[str, int] = {}
    for number, each in enumerate(redactions):
        if isinstance(each.what, Named):
            by_kind.setdefault(each.what.kind, number)
    if by_kind:
        known = {each.what for each in redactions}
        for found in propose(data, name):
            words = Words(found.text)
            if found.kind in by_kind and words not in known:
                known.add(words)
                owners.append(by_kind[found.kind])
                whole.append(Redaction(words, redactions[owners[-1]].ground))
    return whole, owners


def _refuse_unproven(made: bytes, name: str, redactions: Sequence[Redaction]) -> None:
    """Nothing leaves that a fresh look does not find clean; short numbers are in every file and prove nothing."""
    words = [each.what.text if isinstance(each.what, Words) else "" for each in redactions]
    faults = verify_clean(made, name, ["" if word.isascii() and len(word) < _SHORT else word for word in words])
    if faults:
        advice = "先转成 PDF 再遮盖"
        raise InputRefused(*(InputFault(fault.place, fault.wrong, advice) for fault in faults))


def _refuse_telling(redactions: Sequence[Redaction]) -> None:
    """A reason goes on the record and to the applicant: it may not say what is hidden."""
    faults = [
        InputFault(f"第{number}项的理由", "写出了要遮盖的内容", "不透露内容的理由，如“个人隐私”")
        for number, each in enumerate(redactions, 1)
        if spans(each.ground.reason, [one for one in redactions if isinstance(one.what, Words)])
    ]
    if faults:
        raise InputRefused(*faults)
