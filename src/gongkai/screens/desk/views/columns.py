"""栏目: the tree of a body's columns with their rules and owners; one column, changed or closed."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongkai.bureau.orgs.permissions import Act, refusal, require
from gongkai.bureau.orgs.queries import own_bodies
from gongkai.bureau.publishing import catalogue, columns
from gongkai.screens.desk import field_faults, forms
from gongkai.screens.desk.frame import page, person_of, staff
from gongkai.screens.desk.paging import word
from gongkai.statute.catalogue import KINDS
from gongkai.statute.primitives import InputRefused

PLACES = {
    "名称": ("name", "名称"), "地址": ("code", "地址"), "上级栏目": ("parent", "上级栏目"),
    "更新要求": ("days", "更新要求"), "更新天数": ("days", "更新天数"), "更新事由": ("event", "更新事由"),
    "责任科室": ("section", "责任科室"), "责任人": ("person", "责任人"), "顺序": ("position", "顺序"),
    "领域": ("fields", "领域"), "并入的栏目": ("into", "并入的栏目"), "理由": ("because", "理由"),
    "栏目": ("into", "栏目"),
}  # fmt: skip
MOST_FIELDS = 100


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    require(person, Act.SEE_LEDGERS)
    bodies = own_bodies(person, Act.SEE_LEDGERS)
    chosen = word(request, "body") or (bodies[0].code if bodies else "")
    faults = field_faults.NONE
    if request.method == "POST":
        try:
            fields = request.POST.getlist("field")[:MOST_FIELDS]
            by_field = request.POST.get("do") == "fields"
            made = columns.take_fields(person, chosen, fields) if by_field else columns.begin(person, chosen)
        except InputRefused as refused:
            faults = field_faults.faults_of(refused, PLACES)
        else:
            messages.success(request, f"已建{made}个栏目。" if made else "这些栏目都在，没有增加。")
            return redirect(f"{reverse('desk:columns')}?body={chosen}")
    rows = catalogue.tree(person, chosen)
    if rows is None:
        raise Http404
    context = {
        "rows": [(each, KINDS[each.kind]) for each in rows],
        "bodies": bodies,
        "chosen": chosen,
        "nowhere": catalogue.nowhere(person, chosen),
        "fields": catalogue.fields_left(rows),
        "faults": faults,
        "refusal": refusal(person, Act.EDIT_COLUMNS, chosen),
        "unowned": sum(not each.owned for each in rows),
        "behind": sum(each.behind > 0 for each in rows),
    }
    return page(request, "desk/columns/list.html", context, here="columns", status=400 if faults else 200)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    person, body = person_of(request), word(request, "body")
    rows = catalogue.tree(person, body)
    if rows is None:
        raise Http404
    require(person, Act.EDIT_COLUMNS, body)
    faults = field_faults.NONE
    if request.method == "POST":
        try:
            columns.add(person, body, forms.text(request, "code"), _settings(request))
        except InputRefused as refused:
            faults = field_faults.faults_of(refused, PLACES)
        else:
            messages.success(request, "已增设栏目。")
            return redirect(f"{reverse('desk:columns')}?body={body}")
    context = {
        "body": body,
        "parents": [(str(each.id), "　" * each.depth + each.name) for each in rows],
        "owners": catalogue.owners(body),
        "filled": request.POST or {"name": request.GET.get("name", "")[:200]},
        "faults": faults,
    }
    return page(request, "desk/columns/new.html", context, here="columns", status=400 if faults else 200)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, number: int) -> HttpResponse:
    person = person_of(request)
    found = catalogue.column(person, number)
    if found is None:
        raise Http404
    faults = field_faults.NONE
    if request.method == "POST":
        try:
            said = _act(request, number)
        except ObjectDoesNotExist:
            raise Http404 from None
        except InputRefused as refused:
            faults = field_faults.faults_of(refused, PLACES)
        else:
            messages.success(request, said)
            return redirect(f"{reverse('desk:columns')}?body={found.body}")
    rows = catalogue.tree(person, found.body) or ()
    stored = {
        "name": found.row.name, "parent": str(found.parent or ""), "position": found.position,
        "days": found.row.days, "event": found.row.event, "section": found.section_id, "person": found.username,
    }  # fmt: skip
    context = {
        "found": found,
        "row": found.row,
        "kind": KINDS[found.row.kind],
        "body": found.body,
        "parents": [(str(each.id), "　" * each.depth + each.name) for each in rows if each.id != found.row.id],
        "targets": [(str(each.id), each.name) for each in rows if each.id != found.row.id],
        "owners": catalogue.owners(found.body),
        "filled": request.POST if faults and request.POST.get("do") != "close" else stored,
        "closing": request.POST if request.POST.get("do") == "close" else {},
        "faults": faults,
        "refusal": refusal(person, Act.EDIT_COLUMNS, found.body),
    }
    return page(request, "desk/columns/column.html", context, here="columns", status=400 if faults else 200)


def _act(request: HttpRequest, number: int) -> str:
    person = person_of(request)
    if request.POST.get("do") == "close":
        into = forms.count(request, "into", "并入的栏目")
        columns.close(person, number, into=into, because=forms.text(request, "because"))
        return "已停用，原来的地址转到并入的栏目。"
    columns.change(person, number, _settings(request))
    return "已保存。"


def _settings(request: HttpRequest) -> columns.Settings:
    return columns.Settings(
        name=forms.text(request, "name"),
        parent=forms.count(request, "parent", "上级栏目"),
        position=min(forms.count(request, "position", "顺序") or 0, 9999),
        days=forms.count(request, "days", "更新天数"),
        event=forms.text(request, "event"),
        section=forms.count(request, "section", "责任科室"),
        person=forms.text(request, "person"),
    )
