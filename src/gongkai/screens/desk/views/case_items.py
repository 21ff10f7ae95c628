"""Deciding one wanted item: outcome, articles, reason, what proves it; beside it what was asked and answered before."""

from __future__ import annotations

import re

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.bureau import clock
from gongkai.bureau.casework import deciding
from gongkai.bureau.casework.queries.case import CaseBoard, WantedRow, board
from gongkai.bureau.orgs.permissions import Act
from gongkai.screens.desk import case_words, field_faults, forms
from gongkai.screens.desk.case_uploads import sent_or_none
from gongkai.screens.desk.frame import page, person_of, staff
from gongkai.screens.desk.ledger_words import outcome_groups, outcomes
from gongkai.screens.ui.uploads import takes_files
from gongkai.statute.cases.citing import place_of
from gongkai.statute.cases.deciding import OUTCOME_ARTICLES
from gongkai.statute.primitives import InputRefused

_BETWEEN = re.compile(r"[,，、;；\s]+")
GROUPS = (
    ("已经主动公开的", "条例第36条第1项：确切到页，今日核对，留存快照。",
     ("medium", "page_url", "page_checked_on", "found_where")),
    ("不属于本机关的", "条例第36条第5项：引用“36(5)”；能够确定负责机关的，告知名称和联系方式。",
     ("responsible_agency", "agency_contact")),
    ("法律、行政法规另有规定的", "禁止公开的（条例第14条），或者查询有特别规定的（第36条第7项）。",
     ("forbidding_law", "special_law", "apply_where")),
    ("重复、已获取、其他渠道的", "重复申请（第36条第6项）须有此前答复的文号。",
     ("earlier_number", "earlier_replied_on", "already_obtained", "channel", "existing_information")),
)  # fmt: skip
PLACES = {
    "办理结果": ("outcome", "办理结果"), "引用条款": ("articles", "引用条款"), "理由": ("reason", "理由"),
    "网页快照": ("snapshot", "网页快照"), **{word: (name, word) for name, word in deciding.FACTS.items()},
}  # fmt: skip


@takes_files
@staff
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, number: int, position: int) -> HttpResponse:
    if request.method != "POST":
        return _page(request, number, position)
    try:
        deciding.decide(
            person_of(request), number, position=position, outcome=forms.text(request, "outcome"),
            articles=_BETWEEN.split(_codes(forms.text(request, "articles"))), reason=forms.text(request, "reason"),
            facts={name: forms.text(request, name) for name in deciding.FACTS},
            snapshot=sent_or_none(request, "snapshot", "网页快照"), seen=forms.text(request, "seen"),
        )  # fmt: skip
    except ObjectDoesNotExist:
        raise Http404 from None
    except InputRefused as refused:
        return _page(request, number, position, field_faults.faults_of(refused, PLACES))
    messages.success(request, f"已决定第{position}项：{outcomes()[forms.text(request, 'outcome')]}。")
    return redirect("desk:request", number)


@staff
@require_POST
def undo(request: HttpRequest, number: int, position: int) -> HttpResponse:
    try:
        deciding.undo(person_of(request), number, position=position)
    except ObjectDoesNotExist:
        raise Http404 from None
    except InputRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"第{position}项回到没有决定。")
    return redirect("desk:request", number)


def _codes(text: str) -> str:
    """Articles typed with full-width brackets are the same articles."""
    return text.replace("（", "(").replace("）", ")")


def _page(
    request: HttpRequest, number: int, position: int, faults: field_faults.FormFaults = field_faults.NONE
) -> HttpResponse:
    found = board(person_of(request), number)
    if found is None:
        raise Http404
    row = _row(found, position)
    if row is None:
        raise Http404
    given = request.POST.dict() if request.method == "POST" else _given(row)
    groups = [(title, hint, [_field(name, given, faults) for name in names]) for title, hint, names in GROUPS]
    context = {
        "row": found.detail.row,
        "item": case_words.item(row),
        "refusal": found.standing.refusal(Act.ENTER_REQUESTS),
        "outcomes": outcome_groups(),
        "fitting": [
            (outcomes()[code], "、".join(f"{each}（{place_of(each)}）" for each in articles))
            for code, articles in OUTCOME_ARTICLES.items()
            if articles and code in outcomes() and code != "other"
        ],
        "groups": [(title, hint, fields, any(each["value"] or each["error"] for each in fields[:4]))
                   for title, hint, fields in groups],
        "given": given,
        "faults": faults,
        "searches": found.searches,
        "related": found.related,
        "today": clock.today(),
    }  # fmt: skip
    return page(request, "desk/case/decide.html", context, here="requests", status=400 if faults else 200)


def _row(found: CaseBoard, position: int) -> WantedRow | None:
    if not found.wanted and position == 1:
        return WantedRow(1, found.detail.row.subject, "", (), "", {}, "", "")
    return next((each for each in found.wanted if each.position == position), None)


def _given(row: WantedRow) -> dict[str, str]:
    told = {name: str(value) for name, value in row.facts.items()}
    return {**told, "outcome": row.outcome, "articles": "，".join(row.articles), "reason": row.reason}


def _field(name: str, given: dict[str, str], faults: field_faults.FormFaults) -> dict[str, object]:
    kind = "select" if name == "medium" else "date" if name in deciding.DAYS else "text"
    return {
        "name": name, "label": deciding.FACTS[name], "kind": kind, "value": given.get(name, ""),
        "error": faults.at.get(name, ""), "options": tuple(case_words.MEDIA.items()) if name == "medium" else (),
    }  # fmt: skip
