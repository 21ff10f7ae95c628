"""Ledgers as files, made shortly, for two bureaus; and what they compile to."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from gongkai.bureau import clock
from gongkai.bureau.annual.compile import Compiled, compile_report
from gongkai.bureau.annual.models import AnnualReport
from gongkai.bureau.casework import exchange
from gongkai.bureau.orgs import exchange as orgs
from gongkai.bureau.orgs.models import Body
from gongkai.statute.report.form import load as form_of
from gongkai.statute.report.model import Report

BODIES = """\
{"code": "qinglan", "name": "青澜县人民政府", "level": "county"}
{"code": "kjj", "name": "青澜县科学技术局", "level": "county_department", "parent": "qinglan"}
{"code": "mzj", "name": "青澜县民政局", "level": "county_department", "parent": "qinglan"}
"""


def bodies() -> None:
    orgs.write(BODIES)


def case(
    number: str,
    received: str | None,
    *more: tuple[str, str, dict[str, object]] | tuple[str, str],
    agency: str = "kjj",
    kind: str = "natural_person",
    submitted: str | None = None,
    names: tuple[str | None, str | None, str | None] = (None, None, None),
) -> dict[str, Any]:
    """A case by internet: submitted, received (unless None), then what is given as (kind, day, fields)."""
    events: list[dict[str, object]] = [{"kind": "submitted", "on": submitted or received or "2024-01-02"}]
    if received:
        events.append({"kind": "receipt_confirmed", "on": received})
    events += [{"kind": each[0], "on": each[1], **(each[2] if len(each) > 2 else {})} for each in more]
    name, id_number, contact = names
    applicant = {"kind": kind, "name": name, "id_number": id_number, "contact": contact}
    return {"number": number, "agency": agency, "applicant": applicant, "subject": f"{number}的文件",
            "channel": "internet", "events": events}  # fmt: skip


def replied(on: str, outcome: str = "granted") -> tuple[str, str, dict[str, object]]:
    return ("replied", on, {"outcome": outcome})


def reclassified(on: str, outcome: str) -> tuple[str, str, dict[str, object]]:
    return ("reclassified", on, {"outcome": outcome, "because": "登记有误"})


def reopened(on: str, due_on: str) -> tuple[str, str, dict[str, object]]:
    return ("reopened", on, {"because": "reconsideration", "due_on": due_on})


def save(path: Path, *records: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in records), encoding="utf-8")
    return path


def load(folder: Path, *cases: dict[str, Any]) -> exchange.Imported:
    return exchange.import_cases(save(folder / "cases.jsonl", *cases))


# --- what they compile to


def compiled(year: int, as_of: str | None = None, body: str = "kjj", form: str | None = None) -> Compiled:
    return compile_report(body, year, date.fromisoformat(as_of or f"{year + 1}-01-20"), form=form)


def figures(report: Report, table: str = "requests") -> dict[str, dict[str, object]]:
    """The cells that are not 0; every cell of the form is there."""
    cells = report.tables[table]
    form = form_of(report.form or "")
    assert {(row, column) for row in cells for column in cells[row]} == set(form.tables[table].cells())
    kept = {row: {column: value for column, value in found.items() if value not in (0, "0")}
            for row, found in cells.items()}  # fmt: skip
    return {row: found for row, found in kept.items() if found}


def requests(year: int, as_of: str | None = None, body: str = "kjj") -> dict[str, dict[str, object]]:
    return figures(compiled(year, as_of, body).report)


def codes(made: Compiled) -> list[str]:
    return [each.code for each in made.report.findings]


def persons(number: int) -> dict[str, int]:
    return {"natural_person": number, "total": number}


def publish(body: str, year: int, carried_out: dict[str, int]) -> None:
    """A report as published, all 0 but for what it carried out."""
    tables: dict[str, Any] = {
        table.code: {row.code: {column.code: 0 for column in row.columns} for row in table.rows}
        for table in form_of("2021").tables.values()
    }
    tables["requests"]["carried_out"] |= carried_out
    AnnualReport.objects.create(
        body=Body.objects.get(code=body), year=year, form="2021", state="published", tables=tables,
        changed_at=clock.now(), published_at=clock.now(),
    )  # fmt: skip


def carry(made: Compiled) -> list[tuple[object, ...]]:
    return [
        (getattr(each.where, "column", None), each.severity, each.facts["left"], each.facts["right"])
        for each in made.report.findings
        if each.code == "years.carry"
    ]
