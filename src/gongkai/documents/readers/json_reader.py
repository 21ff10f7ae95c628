"""A report in the exchange format, docs/reference/report-json.md."""

from __future__ import annotations

import orjson

from gongkai.documents.limits import refuse
from gongkai.statute.primitives import InputFault, InputRefused
from gongkai.statute.report.json_format import from_json
from gongkai.statute.report.model import Report


def read_json(data: bytes, name: str) -> Report:
    """The report; raises InputRefused with every fault, each led by the file's name."""
    try:
        value = orjson.loads(data.removeprefix(b"\xef\xbb\xbf"))
    except (orjson.JSONDecodeError, RecursionError) as fault:
        line = getattr(fault, "lineno", 1)
        raise refuse(f"{name} 第 {line} 行", "不是合法的 JSON", "一个报告对象") from None
    try:
        return from_json(value)
    except InputRefused as refused:
        raise InputRefused(
            *(InputFault(f"{name} {fault.place}", fault.wrong, fault.valid) for fault in refused.faults)
        ) from None
