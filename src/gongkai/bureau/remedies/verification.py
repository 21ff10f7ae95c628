"""`gongkai verify` of reconsiderations and lawsuits: each as the journal tells that it was entered and closed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gongkai.bureau.ledger import queries as journal
from gongkai.bureau.ledger.derived import derived
from gongkai.bureau.remedies.models import NOT_CLOSED, Remedy
from gongkai.bureau.remedies.services import record_of

_WORDS = {
    "case": "所涉申请", "kind": "种类", "accepted_on": "受理日", "closed_on": "审结日", "result": "结果",
    "decision": "决定书、判决书", "instance": "审级", "role": "地位", "court_number": "案号",
}  # fmt: skip


@derived("remedies", "复议诉讼")
def check_remedies() -> Iterator[str | None]:
    told: dict[tuple[str, str], dict[str, object]] = {}
    closed: dict[int, Mapping[str, object]] = {}
    for entry in journal.of_kinds("remedy.entered", "remedies.imported", "remedy.closed"):
        if entry.kind == "remedy.closed":
            closed[int(entry.stream.removeprefix("remedy:"))] = entry.facts
            continue
        for record in entry.facts["records"] if entry.kind == "remedies.imported" else [entry.facts]:
            told[record["agency"], record["number"]] = dict(record)
    for each in Remedy.objects.select_related("body", "request").order_by("id").iterator(chunk_size=1000):
        known = told.pop((each.body.code, each.number), None)
        wrong = "日志里没有它的登记" if known is None else _wrong(each, {**known, **closed.get(each.pk, {})})
        yield f"{each.body.name}的{each.number}：{wrong}" if wrong else None
    for body, number in sorted(told):
        yield f"{body}的{number}：日志里有，登记里不见了"


def _wrong(found: Remedy, told: Mapping[str, object]) -> str:
    stored = record_of(found).as_json()
    differing = [word for name, word in _WORDS.items() if (stored.get(name) or None) != (told.get(name) or None)]
    years = (found.accepted_on.year, found.closed_on.year if found.closed_on else NOT_CLOSED)
    if (found.accepted_year, found.closed_year) != years:
        differing.append("计入的年度")
    return f"{'、'.join(differing)}与日志所记的不符" if differing else ""
