"""复议诉讼: reconsiderations and lawsuits with their results (条例第51条)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.bureau.orgs.permissions import Act, refusal, require
from gongkai.bureau.orgs.queries import own_bodies
from gongkai.bureau.remedies import queries, services
from gongkai.bureau.remedies.deadline_queries import standings
from gongkai.screens.desk import field_faults, forms
from gongkai.screens.desk.frame import page, person_of, staff
from gongkai.screens.desk.ledger_words import INSTANCES, REMEDY_KINDS, REMEDY_RESULTS, ROLES
from gongkai.screens.desk.paging import day_key, with_key, word
from gongkai.screens.desk.remedy_lights import own_light
from gongkai.screens.desk.sheets import SHEET_LIMIT, sheet_answer
from gongkai.screens.desk.views import saved
from gongkai.statute.primitives import InputFault, InputRefused

LABELS = {
    "body": "被申请、被诉机关", "number": "编号", "case": "所涉申请的编号", "kind": "种类", "accepted_on": "受理日",
    "closed_on": "审结日", "result": "结果", "decision": "决定、判决的内容", "instance": "审级", "role": "机关的地位",
    "court_number": "案号、文号", "evidence": "依据",
}  # fmt: skip
PLACES = {
    **{name: (name, label) for name, label in LABELS.items()},
    "agency": ("body", LABELS["body"]),
    **{
        label: (name, LABELS[name])
        for label, name in (
            ("依据", "evidence"), ("编号", "number"), ("所涉申请", "case"), ("审结日", "closed_on"),
            ("结果", "result"), ("日期", "accepted_on"),
        )
    },
}  # fmt: skip
LONGEST = {"evidence": forms.LONGEST_EVIDENCE, "decision": 500, "court_number": 120, "number": 64, "case": 64}


@staff
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    require(person, Act.SEE_LEDGERS)
    if request.GET.get("as") == "xlsx":
        return _sheet(request)
    found = _found(request)
    stands = standings(found.rows)
    context = {
        "rows": [
            (each, REMEDY_KINDS[each.kind], REMEDY_RESULTS.get(each.result, ""), own_light(stands[each.id]))
            for each in found.rows
        ],
        "next": with_key(request, "after", found.next_after) if found.next_after else "",
        "sheet": with_key(request, "as", "xlsx"),
        "saved": saved.bar(request, "remedies"),
        "bodies": own_bodies(person, Act.SEE_LEDGERS),
        "kinds": REMEDY_KINDS.items(),
        "query": request.GET,
        "refusal": refusal(person, Act.ENTER_REMEDIES),
    }
    return page(request, "desk/ledgers/remedies.html", context, here="remedies")


def _found(request: HttpRequest, size: int = queries.PAGE) -> queries.RemedyPage:
    return queries.remedies(
        person_of(request),
        body=word(request, "body"),
        kind=word(request, "kind", REMEDY_KINDS),
        pending=request.GET.get("pending") == "1",
        after=day_key(request, "after"),
        size=size,
    )


def _sheet(request: HttpRequest) -> HttpResponse:
    heads = ("机关", "编号", "种类", "所涉申请", "受理日", "审结日", "结果", "内容", "案号", "依据")
    rows = [
        (each.body_name, each.number, REMEDY_KINDS[each.kind], each.request_number, each.accepted_on, each.closed_on,
         REMEDY_RESULTS.get(each.result, "尚未审结"), each.decision, each.court_number, each.evidence)
        for each in _found(request, SHEET_LIMIT).rows
    ]  # fmt: skip
    return sheet_answer("复议诉讼", heads, rows)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    require(person, Act.ENTER_REMEDIES)
    faults = field_faults.NONE
    if request.method == "POST":
        try:
            made = _enter(request)
        except InputRefused as refused:
            faults = field_faults.faults_of(refused, PLACES)
        else:
            messages.success(request, "已登记。")
            return redirect("desk:remedy", made)
    context = {
        "bodies": [(each.code, each.name) for each in own_bodies(person, Act.ENTER_REMEDIES)],
        "labels": LABELS,
        "kinds": REMEDY_KINDS.items(),
        "results": REMEDY_RESULTS.items(),
        "instances": INSTANCES.items(),
        "roles": ROLES.items(),
        "faults": faults,
        "entered": request.POST if request.method == "POST" else request.GET,
    }
    return page(request, "desk/ledgers/remedy_new.html", context, here="remedies", status=400 if faults else 200)


def _enter(request: HttpRequest) -> int:
    """Enter what was posted; InputRefused with every fault."""
    given = {name: forms.text(request, name) for name in LABELS}
    faults = too_long(given)
    faults += [
        InputFault(name, "没有填写", valid)
        for name, valid in (("number", "如 FY-2026-001"), ("kind", "所列的一种"), ("accepted_on", "日期"),
                            ("evidence", "受理通知书、应诉通知书的名称、文号"))
        if not given[name]
    ]  # fmt: skip
    if faults:
        raise InputRefused(*faults)
    record: dict[str, object] = {"agency": given.pop("body"), **{name: text for name, text in given.items() if text}}
    record.pop("evidence")
    return services.enter(person_of(request), record, evidence=given["evidence"])


def too_long(given: dict[str, str]) -> list[InputFault]:
    """What is longer than its column."""
    return [
        InputFault(name, f"有{len(given[name])}个字", f"不超过{most}个字")
        for name, most in LONGEST.items()
        if len(given.get(name, "")) > most
    ]
