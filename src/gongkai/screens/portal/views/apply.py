"""依申请公开, the application: what is wanted, who asks, how to hand it over, a last look, the receipt.

Every step is a form that carries what the steps before were told, so it works without JavaScript, without a session
and without a cookie. Nothing is stored before the last step; nothing that was typed is lost by a fault.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.bureau.casework import intake
from gongkai.bureau.casework.files import LARGEST_FILE
from gongkai.bureau.casework.queries import intake as published
from gongkai.bureau.ledger.moments import last_at
from gongkai.bureau.orgs import queries
from gongkai.bureau.publishing import public_items
from gongkai.screens.portal.errors import error_page
from gongkai.screens.portal.page import attachment, page
from gongkai.screens.portal.views.bodies import DIRECTORY, LONGEST_SEARCH
from gongkai.screens.portal.views.check import too_often
from gongkai.screens.ui import display
from gongkai.screens.ui.application_form import Entered, at_fields, enclosed, entered, new_token, word_of
from gongkai.screens.ui.codes import grouped
from gongkai.screens.ui.proof_of_work import challenge, is_solved
from gongkai.screens.ui.rates import TooOftenError, spend
from gongkai.screens.ui.uploads import hold_in_memory, too_much
from gongkai.statute.cases import application
from gongkai.statute.cases.application import FieldFault
from gongkai.statute.inspection.personal_data import check_personal_data
from gongkai.statute.primitives import InputFault, InputRefused

STEPS = ("wanted", "applicant", "delivery", "check")
STEP_WORDS = {
    "wanted": _("要什么信息"),
    "applicant": _("谁来申请"),
    "delivery": _("怎样提供"),
    "check": _("核对并提交"),
}
KINDS = {
    "natural_person": _("公民（自然人）"),
    "business": _("商业企业"),
    "research": _("科研机构"),
    "public_welfare": _("社会公益组织"),
    "legal_service": _("法律服务机构"),
    "other_org": _("其他组织"),
}
DOCUMENTS = {"resident": _("居民身份证"), "credit": _("统一社会信用代码"), "other": _("其他证件")}
FORMS = {"paper": _("纸质"), "electronic": _("电子"), "inspect": _("查阅、抄录")}
WAYS = {
    "post": _("邮寄"),
    "in_person": _("当面领取"),
    "agent": _("代理人领取"),
    "electronic": _("在网上领取或发到电子邮箱"),
}
FILES = {"proof": "identity", "power": "identity", "files": "attachment"}
"""The files of the last step: field → what they are."""
TOKEN = "portal.apply"  # noqa: S105  # what the form's signed word is for
MOST_PROVED, MOST_UNPROVED = 20, 3
"""Applications of one address in ten minutes, with the proof of work and without it (no JavaScript)."""
LARGEST_SENDING = 3 * LARGEST_FILE + 1024 * 1024
"""Bytes of all files together."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One state of the form. `rows`: how many of each to show; `answers`: published items that fit what is wanted."""

    step: str
    given: Entered
    token: str
    whole: bool
    seen: bool
    wanted: int
    joint: int
    faults: Sequence[FieldFault] = ()
    answers: Sequence[published.Answer] = ()


@require_safe
def choose(request: HttpRequest) -> HttpResponseBase:
    """Which body to ask: found by its name, or by going through the list."""
    search = request.GET.get("q", "").strip()[:LONGEST_SEARCH].replace("\0", "")
    after = request.GET.get("after", "")[:100].replace("\0", "")
    found = queries.bodies(after=after or None, search=search)
    context = {"bodies": found.rows, "search": search, "after": after, "next_after": found.next_after or ""}
    return page(request, "portal/apply/choose.html", context, column="apply", modified=last_at(DIRECTORY))


# Exempt from the cross-site token: the form acts for nobody who is signed in, and carries a signed word of its own;
# so no cookie is set on who applies.
@csrf_exempt
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest, code: str) -> HttpResponseBase:
    """The form of a body, one step at a time, or whole for who prefers that (`whole`)."""
    name = queries.body_name(code)
    if name is None:
        raise Http404
    if request.method != "POST":
        whole = request.GET.get("whole") == "1"
        empty = Entered({}, 0, 0)
        return _page(request, code, name, Shown("wanted", empty, new_token(TOKEN), whole, False, 1, 0))
    if too_much(request, LARGEST_SENDING):
        return error_page(request, 413, _("所有文件合计不超过60 MB。请回到上一页，选小一些的文件。"))
    hold_in_memory(request)
    try:
        spend(request)
        return _posted(request, code, name)
    except TooOftenError as refused:
        return too_often(request, refused)


def _posted(request: HttpRequest, code: str, name: str) -> HttpResponseBase:
    given = entered(request)
    step = request.POST.get("step", "")
    token = request.POST.get("token", "")
    fresh = bool(word_of(token, TOKEN))
    shown = Shown(
        step if step in STEPS else "wanted",
        given,
        token if fresh else new_token(TOKEN),
        request.POST.get("whole") == "1",
        request.POST.get("seen") == "1",
        max(given.wanted, 1),
        given.joint,
    )
    if display.redrawn(request):
        return display.keep(request, _redrawn(request, code, name, shown))
    act, _colon, of = request.POST.get("go", "next").partition(":")
    if act == "more":
        wanted, joint = shown.wanted + (of == "wanted"), shown.joint + (of == "joint")
        return _page(request, code, name, replace(shown, wanted=wanted, joint=joint))
    if act == "to" and of in STEPS:
        return _page(request, code, name, replace(shown, step=of))
    if act == "answered" and of.isascii() and of.isdecimal() and len(of) < 19:
        return _answered(request, code, name, int(of), shown)
    if act == "send" and not fresh:
        old = FieldFault("", InputFault("表单", "打开的时间太长，请再核对一遍，按“提交申请”"))
        return _page(request, code, name, replace(shown, step="check", faults=[old]), status=400)
    if act == "send":
        return _sent(request, code, name, shown)
    return _next(request, code, name, shown)


def _redrawn(request: HttpRequest, code: str, name: str, shown: Shown) -> HttpResponseBase:
    """The same page in another size, contrast or language; a receipt is shown again, its code is nowhere else."""
    if sent := intake.receipt_of(word_of(shown.token, TOKEN)):
        return _receipt(request, replace(sent, again=False), shown.token)
    return _page(request, code, name, shown)


def _next(request: HttpRequest, code: str, name: str, shown: Shown) -> HttpResponseBase:
    """The step after this one, unless something is wrong with it or published items may answer it."""
    faults = _faults(shown)
    if faults:
        return _page(request, code, name, replace(shown, faults=faults), status=400)
    if shown.step == "wanted" and not shown.seen:
        answers = published.answers_for(code, shown.given.filing.subject)
        if answers:
            return _page(request, code, name, replace(shown, answers=answers, seen=True))
    following = "check" if shown.whole else STEPS[min(STEPS.index(shown.step) + 1, 3)]
    return _page(request, code, name, replace(shown, step=following))


def _faults(shown: Shown) -> Sequence[FieldFault]:
    filing = shown.given.filing
    found = {
        "wanted": application.check_wanted,
        "applicant": application.check_applicant,
        "delivery": application.check_delivery,
    }
    checks = found.values() if shown.whole else [found[shown.step]] if shown.step in found else []
    faults = [each for check in checks for each in check(filing)]
    return list({(each.field, each.fault): each for each in faults}.values())


def _sent(request: HttpRequest, code: str, name: str, shown: Shown) -> HttpResponseBase:
    """File it: the receipt; or the last look again, with all that is wrong."""
    word = word_of(shown.token, TOKEN)
    if known := intake.receipt_of(word):
        return _receipt(request, known, shown.token)
    sent, faults = enclosed(request, FILES)
    filing = shown.given.filing
    proof = any(each.of == "identity" and not each.power for each in sent)
    faults += application.check(filing, proof=proof, power=any(each.power for each in sent))
    if faults:
        return _refused(request, code, name, shown, faults)
    try:
        _spend_sending(request, word)
    except TooOftenError as refused:
        minutes = -(-refused.seconds // 60)
        late = InputFault("提交", f"同一网络地址短时间内提交的申请太多，请约{minutes}分钟以后再按一次“提交申请”")
        return _page(request, code, name, replace(shown, step="check", faults=[FieldFault("", late)]), status=429)
    try:
        receipt = intake.apply(code, filing, sent, token=word)
    except InputRefused as refused:
        return _refused(request, code, name, shown, [FieldFault("", each) for each in refused.faults])
    return _receipt(request, receipt, shown.token)


def _spend_sending(request: HttpRequest, word: str) -> None:
    proved = is_solved(request.POST.get("altcha", ""), word)
    spend(request, budget="apply-proved" if proved else "apply", most=MOST_PROVED if proved else MOST_UNPROVED)


def _refused(
    request: HttpRequest, code: str, name: str, shown: Shown, faults: Sequence[FieldFault]
) -> HttpResponseBase:
    """What is wrong with the files is told at the last step; anything else on the whole form."""
    if all(each.field in ("", *FILES) for each in faults):
        return _page(request, code, name, replace(shown, step="check", faults=faults), status=400)
    changed = replace(shown, step="wanted", whole=True, faults=faults)
    return _page(request, code, name, changed, status=400)


def _page(request: HttpRequest, code: str, name: str, shown: Shown, *, status: int = 200) -> HttpResponseBase:
    """The form as it stands: the fields of its step to fill in, those of the others carried along."""
    values, at = shown.given.values, at_fields(shown.faults)
    parts = STEPS[:3] if shown.whole and shown.step != "check" else (shown.step,)
    context: dict[str, Any] = {
        "code": code,
        "name": name,
        "shown": shown,
        "parts": parts,
        "step_words": STEP_WORDS,
        "v": values,
        "at": at,
        "faults": [(each.field, str(each.fault)) for each in shown.faults],
        "carried": [(field, text) for field, text in values.items() if not _parts(field).intersection(parts)],
        "kinds": KINDS,
        "documents": DOCUMENTS,
        "forms": FORMS,
        "ways": WAYS,
        "filing": shown.given.filing,
        "body": queries.body(code) if "wanted" in parts else None,
        "private": check_personal_data(shown.given.filing.subject, "") if shown.step == "check" else (),
        "challenge": challenge(word_of(shown.token, TOKEN)) if shown.step == "check" else "",
    }
    return page(request, "portal/apply/form.html", context, column="apply", status=status, private=True)


def _parts(field: str) -> frozenset[str]:
    """The steps that a field is filled in at; the postal address may be at two."""
    if field.startswith("wanted"):
        return frozenset({"wanted"})
    if field == "post":
        return frozenset({"applicant", "delivery"})
    return frozenset({"delivery" if field in ("form", "way", "help") else "applicant"})


def _answered(request: HttpRequest, code: str, name: str, item: int, shown: Shown) -> HttpResponseBase:
    """“这条信息答复了我”: counted once, with thanks; the application can still be made."""
    found = published.answer(code, item)
    if found is None:
        raise Http404
    spend(request, budget="answered", most=MOST_PROVED)
    intake.answered_before(code, found.title)
    context = {"code": code, "name": name, "found": found, "shown": shown, "carried": shown.given.values.items()}
    return page(request, "portal/apply/answered.html", context, column="apply", private=True)


@csrf_exempt
@sensitive_post_parameters()
@require_POST
def answers(request: HttpRequest, code: str) -> HttpResponseBase:
    """The published items that fit what is being typed: a part of the page."""
    if queries.body_name(code) is None:
        raise Http404
    try:
        spend(request)
    except TooOftenError as refused:
        return too_often(request, refused)
    found = published.answers_for(code, entered(request).filing.subject)
    return page(request, "portal/apply/answers.html", {"answers": found, "code": code}, private=True)


@require_safe
def answer(request: HttpRequest, code: str, item: int) -> HttpResponseBase:
    """One published item, to read before deciding whether to apply."""
    if number := public_items.address_of(code, item):
        return redirect("portal:info", number, permanent=True)
    name, found = queries.body_name(code), published.answer(code, item)
    if name is None or found is None:
        raise Http404
    return page(request, "portal/apply/answer.html", {"code": code, "name": name, "found": found}, column="bodies")


@csrf_exempt
@require_POST
def receipt_text(request: HttpRequest) -> HttpResponseBase:
    """The receipt as a text file, for who shows the form's signed word: neither number nor code is in an address."""
    found = intake.receipt_of(word_of(request.POST.get("token", ""), TOKEN))
    if found is None:
        raise Http404
    lines = (
        "政府信息公开申请回执",
        "",
        f"受理机关：{found.body_name}",
        f"申请编号：{found.number}",
        f"查询码：{grouped(found.code)}",
        f"提交日期：{found.filed_on.isoformat()}",
        f"申请内容：{found.subject}",
        "",
        "工作机构与您确认收到之日为收到申请之日，答复期限自次日起算（条例第31条第3项）。",
        "凭申请编号和查询码查询办理情况、补正、撤回、领取文书。查询码请妥善保管，不要告诉他人。",
    )
    response = attachment(("\ufeff" + "\r\n".join(lines) + "\r\n").encode(), "text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = str(content_disposition_header(True, f"申请回执{found.number}.txt"))
    return response


def _receipt(request: HttpRequest, found: intake.Receipt, token: str) -> HttpResponseBase:
    context: Mapping[str, Any] = {"receipt": found, "code": grouped(found.code), "token": token}
    return page(request, "portal/apply/receipt.html", context, column="apply", private=True)
