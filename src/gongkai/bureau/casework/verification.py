"""`gongkai verify` of requests: each one's chain of events, the columns that follow from them, the import batches."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import islice

from gongkai.bureau.casework.events import as_case, chained, header_digest, projected
from gongkai.bureau.casework.files import stored
from gongkai.bureau.casework.models import CaseFile, ImportBatch, Letter, NumberSeries, Request, RequestEvent
from gongkai.bureau.ledger.derived import derived
from gongkai.bureau.orgs.models import Body
from gongkai.bureau.orgs.working_days import in_force
from gongkai.statute.calendars import Calendar
from gongkai.statute.clock import case_state
from gongkai.statute.primitives import InputRefused

_CHUNK = 1000
_WORDS = {
    "submitted_on": "提交日", "received_on": "收到日", "received_year": "收到年度", "closed_on": "办结日",
    "closed_year": "办结年度", "outcome": "办理结果", "reclassified_on": "更正归类日",
}  # fmt: skip


@derived("casework.requests", "申请")
def check_requests() -> Iterator[str | None]:
    """Every request replayed from its events."""
    calendars: dict[str, Calendar] = {}
    found = Request.objects.select_related("body").order_by("id").iterator(chunk_size=_CHUNK)
    while chunk := list(islice(found, _CHUNK)):
        events: dict[int, list[RequestEvent]] = {each.pk: [] for each in chunk}
        for event in RequestEvent.objects.filter(request_id__in=list(events)).order_by("request_id", "position"):
            events[event.request_id].append(event)
        for each in chunk:
            code = each.body.code
            if code not in calendars:
                calendars[code] = in_force(code)
            wrong = _wrong(each, events[each.pk], calendars[code])
            yield f"{each.body.name}申请{each.number}：{wrong}" if wrong else None


def _wrong(request: Request, events: list[RequestEvent], calendar: Calendar) -> str:
    if [each.position for each in events] != list(range(request.length)):
        return f"登记有{request.length}个事件，实有{len(events)}个"
    case = as_case(request, request.body.code, events)
    digests = chained(header_digest(case), [each.fields for each in events])
    if digests != [each.digest for each in events]:
        at = next(index for index, each in enumerate(events) if digests[index] != each.digest)
        return f"第{at + 1}个事件的内容与摘要不符，被改过"
    if digests[-1] != request.head:
        return "末个事件的摘要与登记不符"
    try:
        state = projected(case_state(case, calendar))
    except InputRefused as refused:
        return f"事件前后不合（{refused.faults[0].wrong}）"
    # whether a reply was late follows the calendar, which a later notice may change: it is told, not held
    differing = [_WORDS[name] for name, value in state.items() if name in _WORDS and getattr(request, name) != value]
    return f"{'、'.join(differing)}与事件推算的不符" if differing else ""


@derived("casework.files", "申请的文件")
def check_files() -> Iterator[str | None]:
    """Every sealed file lies where it was put, as it was put."""
    found = CaseFile.objects.select_related("request__body").order_by("id")
    for each in found.iterator(chunk_size=_CHUNK):
        path = stored(each.digest)
        where = f"{each.request.body.name}申请{each.request.number}的文件{each.pk}"
        if not path.exists():
            yield f"{where}：不在原处"
        else:
            same = hashlib.sha256(path.read_bytes()).hexdigest() == each.digest
            yield None if same else f"{where}：内容与摘要不符，被改过"


@derived("casework.letters", "文书编号")
def check_letters() -> Iterator[str | None]:
    """Numbers of each word and year run from 1 without gap or double, void ones included, up to the series' last."""
    series = {(each.body_id, each.series, each.year): each.last for each in NumberSeries.objects.all()}
    given: dict[tuple[int, str, int], list[int]] = {}
    numbered = Letter.objects.filter(sequence__isnull=False).order_by("sequence")
    for body, word, year, sequence in numbered.values_list("request__body", "word", "year", "sequence"):
        given.setdefault((body, word, year or 0), []).append(sequence or 0)
    names = dict(Body.objects.filter(pk__in={body for body, _, _ in given}).values_list("pk", "name"))
    for key, numbers in sorted(given.items()):
        body, word, year = key
        whole = numbers == list(range(1, series.get(key, 0) + 1))
        yield None if whole else f"{names[body]}{word}〔{year}〕：编号有缺号或者重号"


@derived("casework.batches", "导入批次")
def check_batches() -> Iterator[str | None]:
    """The digest that each import left in the journal, over the events that it wrote."""
    for batch in ImportBatch.objects.order_by("id").iterator():
        whole, count = hashlib.sha256(), 0
        events = RequestEvent.objects.filter(batch_id=batch.pk).order_by("id").values_list("digest", flat=True)
        for digest in events.iterator(chunk_size=5000):
            whole.update(digest.encode())
            count += 1
        agrees = (whole.hexdigest(), count) == (batch.digest, batch.events)
        yield None if agrees else f"第{batch.pk}批导入：事件与导入时的摘要不符（导入{batch.events}个，实有{count}个）"
