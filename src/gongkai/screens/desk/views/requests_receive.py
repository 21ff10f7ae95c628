"""接收申请: what came over the counter, by post, by fax or by word of mouth, entered with its paper and its number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from gongkai.bureau import clock
from gongkai.bureau.casework import intake
from gongkai.bureau.casework.queries import request as request_of
from gongkai.bureau.orgs.permissions import Act, require
from gongkai.bureau.orgs.queries import own_bodies
from gongkai.screens.desk import forms
from gongkai.screens.desk.frame import page, person_of, staff
from gongkai.screens.desk.ledger_words import APPLICANTS, CHANNELS
from gongkai.screens.desk.views.ledgers_requests import RECEIPTS
from gongkai.screens.ui.application_form import Entered, at_fields, enclosed, entered, new_token, word_of
from gongkai.screens.ui.uploads import takes_files
from gongkai.statute.cases import application
from gongkai.statute.cases.application import FieldFault
from gongkai.statute.primitives import InputFault, InputRefused

TOKEN = "desk.receive"  # noqa: S105  # what the form's signed word is for
FILES = {"paper": "application", "proof": "identity", "power": "identity", "evidences": "evidence",
         "files": "attachment"}  # fmt: skip
"""Field → what its files are."""
FILE_WORDS = (
    ("paper", "申请书扫描件", "口头申请的，是代填后由申请人签名的申请表。"),
    ("proof", "身份证明", ""),
    ("power", "授权委托书", "有代理人的。"),
    ("evidences", "收件凭证", "信封、邮件详情单、传真页头。"),
    ("files", "其他附件", ""),
)
ROWS = 2
"""Rows of wanted items that the button adds; it adds one of a joint applicant."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field with what was typed and what is wrong with it; `most` characters, 0 for a choice of documents."""

    name: str
    label: str
    value: str
    error: str
    most: int
    rows: int


@dataclass(frozen=True, slots=True)
class Row:
    legend: str
    fields: tuple[Field, ...]


@staff
@takes_files
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: HttpRequest) -> HttpResponse:
    """The form; posted, the request with its number, or everything that is wrong."""
    person = person_of(request)
    require(person, Act.ENTER_REQUESTS)
    given = entered(request)
    faults: Sequence[FieldFault] = ()
    token = request.POST.get("token", "")
    if request.method == "POST" and "more" not in request.POST:
        try:
            faults, made = _received(request, given, word_of(token, TOKEN))
        except InputRefused as refused:
            faults, made = [FieldFault("", each) for each in refused.faults], None
        if made is not None:
            _say(request, made, given)
            return redirect("desk:request", made)
    bodies = own_bodies(person, Act.ENTER_REQUESTS)
    at = at_fields(faults)
    more = "more" in request.POST
    joint = [_person(given, at, f"joint-{row}-", f"第{row}位共同申请人") for row in range(1, given.joint + more + 1)]
    context = {
        "token": token if word_of(token, TOKEN) else new_token(TOKEN),
        "bodies": [(each.code, each.name) for each in bodies],
        "channels": [(each, CHANNELS[each], told) for each, told in RECEIPTS.items() if each != "internet"],
        "applicants": APPLICANTS.items(),
        "documents": application.DOCUMENTS.items(),
        "forms": application.FORMS.items(),
        "ways": application.WAYS.items(),
        "wanted": _wanted(given, at, max(given.wanted + (ROWS if more else 0), 1)),
        "applicant": _person(given, at, "", "申请人"),
        "joint": joint,
        "agent": _person(given, at, "agent-", "代理人", telephone=True),
        "more": more,
        "file_fields": FILE_WORDS,
        "entered": request.POST,
        "lines": [str(each.fault) for each in faults],
        "at": at,
        "today": clock.today(),
    }
    return page(request, "desk/ledgers/receive.html", context, here="requests", status=400 if faults else 200)


def _received(request: HttpRequest, given: Entered, word: str) -> tuple[Sequence[FieldFault], int | None]:
    """The faults of the form, all of them; the request's id where there are none."""
    sent, faults = enclosed(request, FILES)
    days: dict[str, date | None] = {}
    for name, label in (("submitted_on", "提交申请的日子"), ("receipt_on", "签收或确认收到的日子")):
        try:
            days[name] = forms.day(request, name, label)
        except InputRefused as refused:
            days[name] = None
            faults += [FieldFault(name, each) for each in refused.faults]
    arrival = intake.Arrival(
        forms.text(request, "channel"), days["submitted_on"], days["receipt_on"], forms.text(request, "evidence"),
        read_back=forms.text(request, "read_back") == "yes",
    )  # fmt: skip
    told = {each.field for each in faults}
    faults += [each for each in intake.arrival_faults(arrival) if each.field not in told]
    faults += application.check_taken_in(given.filing)
    if not word:
        faults.append(FieldFault("", InputFault("表单", "打开的时间太长", "再核对一遍，重新登记")))
    if faults:
        return faults, None
    body = forms.text(request, "body")
    return (), intake.receive(person_of(request), body, given.filing, arrival, sent, token=word)


def _say(request: HttpRequest, made: int, given: Entered) -> None:
    found = request_of(person_of(request), made)
    number = found.row.number if found else ""
    lacking = "、".join(application.missing(given.filing))
    told = f"缺少：{lacking}。可以告知申请人补正（条例第30条）。" if lacking else ""
    messages.success(request, f"已登记，编号{number}。{told}")


def _wanted(given: Entered, at: dict[str, str], count: int) -> list[Row]:
    return [
        Row(f"第{row}项", (
            _field(given, at, f"wanted-{row}-name", "名称", 200),
            _field(given, at, f"wanted-{row}-number", "文号", 120),
            _field(given, at, f"wanted-{row}-description", "特征描述", 2000, rows=2),
        ))
        for row in range(1, count + 1)
    ]  # fmt: skip


def _person(given: Entered, at: dict[str, str], prefix: str, legend: str, *, telephone: bool = False) -> Row:
    more = (_field(given, at, f"{prefix}telephone", "电话", 40),) if telephone else ()
    return Row(legend, (
        _field(given, at, f"{prefix}name", "姓名或名称", 200),
        _field(given, at, f"{prefix}document", "证件", 0),
        _field(given, at, f"{prefix}id_number", "证件号码", 60),
        *more,
    ))  # fmt: skip


def _field(given: Entered, at: dict[str, str], name: str, label: str, most: int, *, rows: int = 0) -> Field:
    return Field(name, label, given.values.get(name, ""), at.get(name, ""), most, rows)
