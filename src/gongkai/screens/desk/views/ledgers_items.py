"""主动公开信息: what is published, by column and year; a plain entry, as the ledger of legacy information."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.bureau.casework import making_public
from gongkai.bureau.orgs.permissions import Act, refusal, require
from gongkai.bureau.orgs.queries import own_bodies
from gongkai.bureau.publishing import channel_queries, lists, queries, reviewing, services
from gongkai.screens.desk import field_faults, forms
from gongkai.screens.desk.frame import page, person_of, staff
from gongkai.screens.desk.paging import day_key, key, with_key, word
from gongkai.screens.desk.sheets import SHEET_LIMIT, sheet_answer
from gongkai.screens.desk.views import saved
from gongkai.statute.primitives import InputFault, InputRefused

LABELS = {
    "body": "公开机关", "source_id": "编号", "column": "栏目", "title": "标题", "document_number": "文号",
    "genre": "体裁", "topic": "主题", "formed_on": "成文日", "published_on": "公布日", "effective_on": "施行日",
    "expires_on": "失效日", "registration_number": "规范性文件登记号", "repealed_by": "被哪件废止",
    "validity": "效力", "summary": "摘要", "body_text": "正文", "index_number": "索引号",
}  # fmt: skip
PLACES = {
    **{name: (name, label) for name, label in LABELS.items()},
    "agency": ("body", LABELS["body"]),
    **{LABELS[name]: (name, LABELS[name]) for name in ("published_on", "formed_on", "source_id")},
}
COUNTED = {"rules": "规章", "normative": "规范性文件", "": ""}
REVIEW = {"结论": ("conclusion", "结论"), "审查意见": ("ground", "审查意见")}
GENRES = ("规范性文件", "规章", "通知", "公告", "公示", "意见", "方案", "解读", "其他")
VALIDITIES = ("有效", "已修改", "废止", "失效")


@staff
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    require(person, Act.SEE_LEDGERS)
    if request.GET.get("as") == "xlsx":
        return _sheet(request)
    found = _found(request)
    context = {
        "rows": [(each, COUNTED[each.counted_as]) for each in found.rows],
        "next": with_key(request, "after", found.next_after) if found.next_after else "",
        "sheet": with_key(request, "as", "xlsx"),
        "saved": saved.bar(request, "items"),
        "bodies": own_bodies(person, Act.SEE_LEDGERS),
        "columns": lists.column_names(person),
        "query": request.GET,
        "refusal": refusal(person, Act.ENTER_ITEMS),
        "reviews": not refusal(person, Act.REVIEW_ITEMS),
    }
    return page(request, "desk/ledgers/items.html", context, here="items")


def _found(request: HttpRequest, size: int = queries.PAGE) -> queries.ItemPage:
    year = key(request, "year")
    return queries.items(
        person_of(request),
        body=word(request, "body"),
        year=year if year and 1949 <= year <= 9999 else None,
        column=request.GET.get("column", "").strip()[:200],
        search=word(request, "search"),
        after=day_key(request, "after"),
        size=size,
    )


def _sheet(request: HttpRequest) -> HttpResponse:
    heads = ("机关", "编号", "栏目", "标题", "文号", "体裁", "计入", "成文日", "公布日", "废止日", "失效日")
    rows = [
        (each.body_name, each.source_id, each.column, each.title, each.document_number, each.genre,
         COUNTED[each.counted_as], each.formed_on, each.published_on, each.repealed_on, each.expires_on)
        for each in _found(request, SHEET_LIMIT).rows
    ]  # fmt: skip
    return sheet_answer("主动公开信息", heads, rows)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    require(person, Act.ENTER_ITEMS)
    faults = field_faults.NONE
    of = key(request, "of")
    try:
        suggested = making_public.suggested(person, of) if of else {}
    except InputRefused as refused:
        messages.error(request, f"{refused.faults[0]}。")
        return redirect("desk:request", of)
    if suggested is None:
        raise Http404
    if request.method == "POST":
        try:
            made = _enter(request, of)
        except InputRefused as refused:
            faults = field_faults.faults_of(refused, PLACES)
        else:
            messages.success(request, "已登记，待保密审查。" if of else "已登记。")
            return redirect("desk:item", made)
    context = {
        "of": of,
        "bodies": [(each.code, each.name) for each in own_bodies(person, Act.ENTER_ITEMS)],
        "labels": LABELS,
        "genres": [(each, each) for each in GENRES],
        "validities": [(each, each) for each in VALIDITIES],
        "columns": lists.column_names(person),
        "faults": faults,
        "entered": request.POST or suggested,
    }
    return page(request, "desk/ledgers/item_new.html", context, here="items", status=400 if faults else 200)


def _enter(request: HttpRequest, of: int | None) -> int:
    """Enter what was posted, as the answer `of` a request if there is one; InputRefused with every fault."""
    given = {name: forms.text(request, name) for name in LABELS}
    needed = (("source_id", "如 KJJ-2026-017"), ("column", "栏目名称"), ("title", "标题"), ("published_on", "日期"),
              ("body_text", "正文，或正文所在的网址"))  # fmt: skip
    faults = [InputFault(name, "没有填写", valid) for name, valid in needed if not given[name]]
    if faults:
        raise InputRefused(*faults)
    record: dict[str, object] = {"agency": given.pop("body"), **{name: text for name, text in given.items() if text}}
    if of:
        return making_public.enter(person_of(request), of, record)
    return services.enter(person_of(request), record)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest) -> HttpResponse:
    """What was imported, page by page, each with its own conclusion."""
    person = person_of(request)
    require(person, Act.REVIEW_ITEMS)
    faults = field_faults.NONE
    chosen = {
        int(name.removeprefix("item-")): str(value) for name, value in request.POST.items()
        if name.startswith("item-") and value and name[5:].isascii() and name[5:].isdecimal() and len(name) < 23
    }  # fmt: skip
    if request.method == "POST":
        try:
            done = reviewing.conclude_many(person, chosen, ground=forms.text(request, "ground"))
        except InputRefused as refused:
            faults = field_faults.faults_of(refused, REVIEW)
        else:
            messages.success(request, f"已对{done}条作出结论。")
            return redirect("desk:items-review")
    rows, waiting = lists.imported_unreviewed(person)
    context = {
        "rows": [(each, chosen.get(each.id, "")) for each in rows],
        "waiting": waiting,
        "conclusions": reviewing.CONCLUSIONS.items(),
        "entered": request.POST,
        "faults": faults,
    }
    return page(request, "desk/ledgers/items_review.html", context, here="items", status=400 if faults else 200)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, number: int) -> HttpResponse:
    """One item; posted, the conclusion of its secrecy review."""
    person = person_of(request)
    found = lists.item(person, number)
    if found is None:
        raise Http404
    faults = field_faults.NONE
    if request.method == "POST":
        try:
            reviewing.conclude(
                person, number, conclusion=forms.text(request, "conclusion"), ground=forms.text(request, "ground")
            )
        except InputRefused as refused:
            faults = field_faults.faults_of(refused, REVIEW)
        else:
            messages.success(request, "已记下保密审查的结论。")
            return redirect("desk:item", number)
    context = {
        "found": found,
        "row": found.row,
        "labels": LABELS,
        "counted": COUNTED[found.row.counted_as],
        "reviews": [(each, reviewing.CONCLUSIONS[each.conclusion]) for each in found.reviews],
        "conclusions": reviewing.CONCLUSIONS.items(),
        "refusal": refusal(person, Act.REVIEW_ITEMS, found.row.body),
        "sent": channel_queries.of_item(person, number),
        "own": found.by_whom == person.username,
        "faults": faults,
        "entered": request.POST,
    }
    return page(request, "desk/ledgers/item.html", context, here="items", status=400 if faults else 200)
