"""拟稿: the page on which a piece of information is written, saved, cleaned of what must not be public and submitted.

The page works without JavaScript: every button saves what was typed first. With it the same address answers in JSON.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods

from gongkai.bureau import clock
from gongkai.bureau.orgs.permissions import Act, require
from gongkai.bureau.publishing import catalogue, draft_files, draft_queries, draft_steps, drafting
from gongkai.bureau.publishing.draft_queries import DraftDetail
from gongkai.documents.comparison import compare, to_html
from gongkai.screens.desk import draft_form, field_faults, forms
from gongkai.screens.desk.draft_uploads import PLACES, attach_all, bring_in, files_of
from gongkai.screens.desk.field_faults import FormFaults
from gongkai.screens.desk.frame import page, person_of, staff
from gongkai.screens.desk.views.drafts import picture_url
from gongkai.screens.ui.rich_text import with_pictures
from gongkai.screens.ui.uploads import takes_files
from gongkai.statute.primitives import InputRefused

Doing = Callable[[HttpRequest, int, str], str]
"""What a button does beside saving, with the key behind its name; returns what is said of it."""


@takes_files
@staff
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, number: int) -> HttpResponse:
    found = found_for_writing(request, number)
    if request.method == "POST":
        return _do(request, found)
    if not found.may_write:
        messages.warning(request, f"现在是“{found.row.state_word}”，不能修改。")
        return redirect("desk:draft", number)
    return _shown(request, found, draft_form.stored(found))


def _do(request: HttpRequest, found: DraftDetail) -> HttpResponse:
    """Save what was typed, then do what the button says."""
    number = found.row.id
    act, _, key = request.POST.get("do", "save").partition(":")
    if act not in DOING:
        raise Http404
    saved = False
    try:
        _save(request, found, act)
        saved = True
        said = DOING[act](request, number, key)
    except InputRefused as refused:
        return _refused(request, number, refused, saved=saved)
    if act == "submit":
        messages.success(request, said)
        address = reverse("desk:draft", args=[number])
        return JsonResponse({"next": address}) if wants_json(request) else redirect(address)
    if wants_json(request):
        changed = act in ("mask", "both")
        return JsonResponse({"said": said, **state_of(request, found_for_writing(request, number), body=changed)})
    messages.success(request, said)
    return redirect("desk:draft-write", number)


def found_for_writing(request: HttpRequest, number: int) -> DraftDetail:
    """The draft, for one who may write for its body."""
    person = person_of(request)
    found = draft_queries.draft(person, number)
    if found is None:
        raise Http404
    require(person, Act.ENTER_ITEMS, found.row.body)
    return found


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "") == "application/json"


def _save(request: HttpRequest, found: DraftDetail, act: str) -> None:
    """Keep what was typed, before anything else is done with it."""
    person, number = person_of(request), found.row.id
    seen = forms.count(request, "theirs" if act == "both" else "seen", "稿子")
    given = draft_form.written(request)
    if act == "both":
        given = draft_form.both(given, found)
    drafting.write(person, number, given, seen=-1 if seen is None else seen, auto=act == "auto")


def _submit(request: HttpRequest, number: int, key: str) -> str:
    draft_steps.take_step(person_of(request), number, "submit")
    return "已送审。"


def _mask(request: HttpRequest, number: int, key: str) -> str:
    drafting.mask(person_of(request), number, key)
    return "已遮盖。"


def _waive(request: HttpRequest, number: int, key: str) -> str:
    drafting.waive(person_of(request), number, key, forms.text(request, f"because-{key}"))
    return "已放过，理由审查的人看得到。"


def _take_back(request: HttpRequest, number: int, key: str) -> str:
    drafting.take_waiver_back(person_of(request), number, key)
    return "已撤销放过。"


def _clean(request: HttpRequest, number: int, key: str) -> str:
    drafting.clean_file(person_of(request), number, key)
    return "已清除隐藏内容，附件换成了清除后的。"


def _detach(request: HttpRequest, number: int, key: str) -> str:
    drafting.detach(person_of(request), number, key)
    return "已移除附件。"


def _attach(request: HttpRequest, number: int, key: str) -> str:
    return f"已添加{attach_all(request, number)}个附件。"


def _import(request: HttpRequest, number: int, key: str) -> str:
    """The text of a file after what was written already."""
    sent = files_of(request, "imported", PLACES["import"])[0]
    html, notes = bring_in(request, number, sent)
    found = found_for_writing(request, number)
    given = draft_form.as_it_is(found, found.body_html + html)
    drafting.write(person_of(request), number, given, seen=found.version)
    return "已导入。" + "；".join(notes)


DOING: dict[str, Doing] = {
    "save": lambda request, number, key: "已保存。",
    "auto": lambda request, number, key: "",
    "both": lambda request, number, key: "两份都已保存，请在正文里合并。",
    "submit": _submit, "mask": _mask, "waive": _waive, "unwaive": _take_back, "clean": _clean, "detach": _detach,
    "attach": _attach, "import": _import,
}  # fmt: skip


def state_of(request: HttpRequest, found: DraftDetail, *, body: bool = False) -> dict[str, Any]:
    """What the page shows of the draft after an act; `body` where the server changed the text."""
    findings = draft_files.findings(person_of(request), found.row.id)
    context = {"row": found.row, "findings": findings, "files": _files(found, findings)}
    told: dict[str, Any] = {
        "version": found.version,
        "saved": saved_words(found),
        "standing": sum(each.stops for each in findings),
        "findings": render_to_string("desk/drafts/_findings.html", context, request),
        "files": render_to_string("desk/drafts/_files.html", context, request),
        "due": render_to_string("desk/drafts/_due.html", context, request),
    }
    return told | ({"body_html": found.body_html} if body else {})


def saved_words(found: DraftDetail) -> str:
    at = timezone.localtime(found.changed_at)
    same_day = at.date() == clock.today()
    return f"已保存 {at:%H:%M}" if same_day else f"已保存 {at.year}年{at.month}月{at.day}日 {at:%H:%M}"


def _files(found: DraftDetail, findings: Any) -> list[dict[str, Any]]:
    """The attachments, each with what was found in it."""
    return [
        {**each, "short": str(each["digest"])[:8],
         "standing": sum(one.stops for one in findings if one.source == each["digest"]),
         "cleanable": any(one.cleanable for one in findings if one.source == each["digest"])}
        for each in found.attachments
    ]  # fmt: skip


def _refused(request: HttpRequest, number: int, refused: InputRefused, *, saved: bool) -> HttpResponse:
    """What was typed stands as it was; where somebody else saved meanwhile, both texts are shown against each other.

    `saved`: what was typed is kept, and only what was asked beside it is refused.
    """
    found = found_for_writing(request, number)
    typed = draft_form.entered(request)
    clash = not saved and found.may_write and typed["seen"] != str(found.version)
    conflict = _conflict(request, found, typed) if clash else ""
    if saved:
        typed["seen"] = str(found.version)
    faults = field_faults.faults_of(refused, draft_form.PLACES)
    if not wants_json(request):
        return _shown(request, found, typed, faults, conflict)
    if clash:
        return JsonResponse({"conflict": conflict}, status=409)
    told = {"faults": {"lines": faults.lines, "at": faults.at}, "seen": typed["seen"]}
    return JsonResponse(told | (state_of(request, found) if saved else {}), status=400)


def _conflict(request: HttpRequest, found: DraftDetail, typed: dict[str, str]) -> str:
    mine = draft_form.html_of(typed["body_html"], typed["text_form"])
    changes = with_pictures(to_html(compare(found.body_html, mine)), picture_url(found.row.id))
    context = {"row": found.row, "version": found.version, "saved": saved_words(found).removeprefix("已保存 "),
               "changes": mark_safe(changes)}  # fmt: skip  # noqa: S308  # the comparison writes safe HTML
    return render_to_string("desk/drafts/_conflict.html", context, request)


def _shown(
    request: HttpRequest, found: DraftDetail, filled: dict[str, str], faults: FormFaults = field_faults.NONE,
    conflict: str = "",
) -> HttpResponse:  # fmt: skip
    person, row = person_of(request), found.row
    findings = draft_files.findings(person, row.id)
    columns = draft_form.column_options(catalogue.tree(person, row.body) or ())
    context = {
        "found": found,
        "row": row,
        "filled": filled,
        "groups": draft_form.groups(filled, columns, catalogue.owners(row.body).sections, faults.at),
        "saved": saved_words(found),
        "findings": findings,
        "standing": sum(each.stops for each in findings),
        "files": _files(found, findings),
        "faults": faults,
        "conflict": conflict,
        "person": person,
    }
    status = 409 if conflict else 400 if faults else 200
    return page(request, "desk/drafts/write.html", context, here="drafts", status=status)
