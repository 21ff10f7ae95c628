"""申请台账: the requests of the bodies that one's roles reach, with their due days; registering one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.bureau import clock
from gongkai.bureau.casework import assigning, queries, services
from gongkai.bureau.casework.queries.rows import RequestRow
from gongkai.bureau.orgs.permissions import Act, refusal, require
from gongkai.bureau.orgs.queries import own_bodies
from gongkai.screens.desk import field_faults, forms
from gongkai.screens.desk.frame import page, person_of, staff
from gongkai.screens.desk.ledger_words import APPLICANTS, CHANNELS, outcomes
from gongkai.screens.desk.lights import light
from gongkai.screens.desk.paging import day, day_key, key, with_key, word
from gongkai.screens.desk.sheets import SHEET_LIMIT, sheet_answer
from gongkai.screens.desk.views import saved
from gongkai.statute.cases.steps import RECEIPT_EVENT
from gongkai.statute.primitives import InputFault, InputRefused
from gongkai.statute.primitives.check_digits import is_credit_code, is_resident_number

ID_KINDS = {"resident": "居民身份证", "credit": "统一社会信用代码", "other": "其他证件"}
RECEIPTS = {
    "in_person": "提交之日为收到之日（条例第31条第1项）",
    "oral": "提交之日为收到之日（条例第31条第1项）",
    "registered_mail": "签收之日为收到之日（条例第31条第2项）",
    "ordinary_mail": "与申请人确认之日为收到之日（条例第31条第2项）",
    "internet": "与申请人确认之日为收到之日（条例第31条第3项）",
    "fax": "与申请人确认之日为收到之日（条例第31条第3项）",
}
PLACES = {
    "body": ("body", "受理机关"), "编号": ("number", "申请编号"), "number": ("number", "申请编号"),
    "申请内容": ("subject", "申请内容"), "subject": ("subject", "申请内容"), "channel": ("channel", "接收渠道"),
    "applicant.kind": ("applicant_kind", "申请人类别"), "依据": ("evidence", "依据"),
    "submitted_on": ("submitted_on", "提交申请的日子"), "submitted": ("submitted_on", "提交申请的日子"),
    "receipt_on": ("receipt_on", "签收或确认收到的日子"), "signed_for": ("receipt_on", "签收或确认收到的日子"),
    "receipt_confirmed": ("receipt_on", "签收或确认收到的日子"), "name": ("name", "姓名或名称"),
    "id_number": ("id_number", "证件号码"), "contact": ("contact", "联系方式"),
}  # fmt: skip
LONGEST = {"number": 64, "subject": 2000, "name": 200, "id_number": 60, "contact": 500,
           "evidence": forms.LONGEST_EVIDENCE}  # fmt: skip


VIEWS = {
    "open": "办理中",
    "overdue": "逾期",
    "awaiting_receipt": "待确认收到",
    "awaiting_correction": "待申请人补正",
    "awaiting_payment": "待缴费",
    "paused": "征求意见中",
    "closed": "已办结",
    "closed_late": "逾期办结",
}
WHOSE = {"mine": "我经办的", "section": "我科室的"}
NARROW = ("applicant_kind", "channel", "outcome", "from", "until")


@staff
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    require(person, Act.SEE_LEDGERS)
    if request.GET.get("as") == "xlsx":
        return _sheet(request)
    found = _found(request)
    today = clock.today().toordinal()
    context = {
        "rows": [
            (each, APPLICANTS[each.applicant_kind], CHANNELS[each.channel], light(reading, calendar, today))
            for each, reading, calendar in queries.readings(found.rows)
        ],
        "next": with_key(request, "after", found.next_after) if found.next_after else "",
        "sheet": with_key(request, "as", "xlsx"),
        "saved": saved.bar(request, "requests"),
        "bodies": own_bodies(person, Act.SEE_LEDGERS),
        "states": VIEWS.items(),
        "whose": WHOSE.items(),
        "applicants": APPLICANTS.items(),
        "channels": CHANNELS.items(),
        "outcomes": outcomes().items(),
        "query": request.GET,
        "here_query": request.GET.urlencode(),
        "narrow": any(request.GET.get(each) for each in NARROW),
        "by_due": with_key(request, "order", "due"),
        "by_event": with_key(request, "order", "event"),
        "hands": queries.hands(person),
        "may_search": not refusal(person, Act.SEE_IDENTITIES),
        "refusal": refusal(person, Act.ENTER_REQUESTS),
    }
    return page(request, "desk/ledgers/requests.html", context, here="requests")


def _found(request: HttpRequest, size: int = queries.PAGE) -> queries.RequestPage:
    asked = queries.Filter(
        body=word(request, "body"),
        state=word(request, "state", VIEWS),
        year=key(request, "year"),
        search=word(request, "search"),
        whose=word(request, "whose", WHOSE),
        applicant_kind=word(request, "applicant_kind", APPLICANTS),
        channel=word(request, "channel", CHANNELS),
        outcome=word(request, "outcome", outcomes()),
        received_from=day(request, "from"),
        received_until=day(request, "until"),
        order=word(request, "order", queries.ORDERS) or "event",
    )
    return queries.requests(person_of(request), asked, after=day_key(request, "after"), size=size)


@staff
@sensitive_post_parameters("applicant")
@require_POST
def of_applicant(request: HttpRequest) -> HttpResponse:
    """Who asked before, by an exact match; posted, so that no name stands in an address."""
    person = person_of(request)
    faults = field_faults.NONE
    found: tuple[RequestRow, ...] = ()
    try:
        found = queries.of_applicant(person, forms.text(request, "applicant"))
    except InputRefused as refused:
        faults = field_faults.faults_of(refused, {"申请人": ("applicant", "申请人")})
    context = {
        "rows": [(each, APPLICANTS[each.applicant_kind], CHANNELS[each.channel]) for each in found],
        "faults": faults,
    }
    return page(request, "desk/ledgers/of_applicant.html", context, here="requests", status=400 if faults else 200)


@staff
@require_POST
def assign_chosen(request: HttpRequest) -> HttpResponse:
    """Give the chosen requests to a section or a person; what could not be given is told with the reason."""
    entered = request.POST.getlist("chosen")
    chosen = [int(each) for each in entered if each.isascii() and each.isdecimal() and len(each) < 19]
    try:
        done = assigning.assign_many(
            person_of(request),
            chosen,
            section=forms.count(request, "section", "科室"),
            person=forms.text(request, "person"),
            task=forms.text(request, "task"),
            due_on=forms.day(request, "due_on", "内部期限"),
        )
    except InputRefused as refused:
        for each in forms.lines(refused):
            messages.error(request, f"没有办成：{each}")
    else:
        if done.done:
            messages.success(request, f"已交办{done.done}件。")
        for number, why in done.refused:
            messages.error(request, f"{number}没有交办：{why}")
        for each in done.warnings:
            messages.warning(request, each)
    return redirect(f"{reverse('desk:requests')}?{forms.text(request, 'query')[:500]}")


def _sheet(request: HttpRequest) -> HttpResponse:
    """What the list shows; who asked is in no sheet."""
    today = clock.today().toordinal()
    heads = ("机关", "编号", "申请内容", "申请人类别", "渠道", "提交", "收到", "状态", "期限届满", "办结", "办理结果")
    rows = []
    for each, reading, calendar in queries.readings(_found(request, SHEET_LIMIT).rows):
        lit = light(reading, calendar, today)
        rows.append(
            (each.body_name, each.number, each.subject, APPLICANTS[each.applicant_kind], CHANNELS[each.channel],
             each.submitted_on, each.received_on, lit.word, lit.due, each.closed_on, outcomes().get(each.outcome, ""))
        )  # fmt: skip
    return sheet_answer("申请台账", heads, rows)


@staff
@sensitive_post_parameters("name", "id_number", "contact")
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    require(person, Act.ENTER_REQUESTS)
    bodies = own_bodies(person, Act.ENTER_REQUESTS)
    faults = field_faults.NONE
    if request.method == "POST":
        try:
            made = _register(request)
        except InputRefused as refused:
            faults = field_faults.faults_of(refused, PLACES)
        else:
            messages.success(request, "已登记。期限和下一步见下。")
            return redirect("desk:request", made)
    body = forms.text(request, "body") or bodies[0].code
    context = {
        "bodies": [(each.code, each.name) for each in bodies],
        "body": body,
        "number": request.POST.get("number", queries.suggested_number(body, clock.today().year)),
        "applicants": APPLICANTS.items(),
        "id_kinds": ID_KINDS.items(),
        "channels": [(each, CHANNELS[each], told) for each, told in RECEIPTS.items()],
        "faults": faults,
        "entered": request.POST,
        "today": clock.today(),
    }
    return page(request, "desk/ledgers/register.html", context, here="requests", status=400 if faults else 200)


def _register(request: HttpRequest) -> int:
    """Register what was posted; InputRefused with every fault of the form at once."""
    given = {each: forms.text(request, each) for each in (*LONGEST, "body", "channel", "applicant_kind", "id_kind")}
    faults: list[InputFault] = [
        InputFault(each, f"有{len(given[each])}个字", f"不超过{most}个字")
        for each, most in LONGEST.items()
        if len(given[each]) > most
    ]
    for each, valid in (("number", "如 KJJ-2026-0001"), ("subject", "所需信息的名称、文号或特征（条例第29条）"),
                        ("evidence", "申请书、邮件凭证或所在卷宗")):  # fmt: skip
        if not given[each]:
            faults.append(InputFault("依据" if each == "evidence" else each, "没有填写", valid))
    if given["channel"] not in CHANNELS:
        faults.append(InputFault("channel", "没有选择", "所列的一项"))
    if given["applicant_kind"] not in APPLICANTS:
        faults.append(InputFault("applicant.kind", "没有选择", "所列的一项"))
    faults += _identity_faults(given["id_kind"], given["id_number"].upper())
    events = _events(request, given["channel"], faults)
    if faults:
        raise InputRefused(*faults)
    return services.register(
        person_of(request),
        body=given["body"],
        number=given["number"],
        applicant_kind=given["applicant_kind"],
        names=(given["name"] or None, given["id_number"].upper() or None, given["contact"] or None),
        subject=given["subject"],
        channel=given["channel"],
        events=events,
        evidence=given["evidence"],
    )


def _identity_faults(kind: str, number: str) -> list[InputFault]:
    """A number that proves itself is proved; the fault never repeats it."""
    if kind == "resident" and number and not is_resident_number(number):
        return [InputFault("id_number", "与居民身份证的校验位不符", "18位，末位是校验位；其他证件另选")]
    if kind == "credit" and number and not is_credit_code(number):
        return [InputFault("id_number", "与统一社会信用代码的校验位不符", "18位，末位是校验位；其他证件另选")]
    return []


def _events(request: HttpRequest, channel: str, faults: list[InputFault]) -> list[dict[str, object]]:
    """The submission, and the receipt where the channel has one of its own; what is wrong is added to `faults`."""
    days = {}
    for name in ("submitted_on", "receipt_on"):
        try:
            found = forms.day(request, name, name)
        except InputRefused as refused:
            faults += refused.faults
            continue
        if found is not None and found > clock.today():
            faults.append(InputFault(name, f"{found}还没有到", "今天或以前的日子"))
        elif found is not None:
            days[name] = found
        elif name == "submitted_on" and channel not in ("registered_mail", "ordinary_mail"):
            faults.append(InputFault(name, "没有填写", "日期"))
    receipt = RECEIPT_EVENT[channel][0] if channel in RECEIPT_EVENT else ""
    if receipt == "submitted" and "receipt_on" in days:
        faults.append(InputFault("receipt_on", "这一渠道不另行签收、确认", f"不填，{RECEIPTS[channel]}"))
    if channel in ("registered_mail", "ordinary_mail") and not days and not faults:
        faults.append(InputFault("receipt_on", "没有填写", "寄出之日或签收、确认之日，至少一个"))
    events: list[dict[str, object]] = []
    if "submitted_on" in days:
        events.append({"kind": "submitted", "on": days["submitted_on"].isoformat()})
    if "receipt_on" in days and receipt != "submitted":
        events.append({"kind": receipt, "on": days["receipt_on"].isoformat()})
    return events
