"""拟稿: a piece of information is begun in a column of the body; or the answer to a request, to be made public."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from gongkai.bureau.casework import making_public
from gongkai.bureau.orgs.permissions import Act, require
from gongkai.bureau.orgs.queries import own_bodies
from gongkai.bureau.publishing import catalogue, drafting
from gongkai.screens.desk import field_faults, forms
from gongkai.screens.desk.draft_form import column_options
from gongkai.screens.desk.frame import page, person_of, staff
from gongkai.screens.desk.paging import key, word
from gongkai.statute.primitives import InputFault, InputRefused

PLACES = {"栏目": ("column", "栏目"), "标题": ("title", "标题"), "申请": ("", "申请")}


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """`?of=`: the request whose answer is made public (条例第44条)."""
    person, of = person_of(request), key(request, "of")
    require(person, Act.ENTER_ITEMS)
    try:
        suggested = making_public.suggested(person, of) if of else {}
    except InputRefused as refused:
        messages.error(request, f"{refused.faults[0]}。")
        return redirect("desk:request", of)
    if suggested is None:
        raise Http404
    faults = field_faults.NONE
    if request.method == "POST":
        try:
            return redirect("desk:draft-write", _begin(request, of))
        except InputRefused as refused:
            faults = field_faults.faults_of(refused, PLACES)
    bodies = own_bodies(person, Act.ENTER_ITEMS)
    chosen = suggested.get("body") or word(request, "body", {each.code for each in bodies})
    chosen = chosen or (bodies[0].code if bodies else "")
    columns = column_options(catalogue.tree(person, chosen) or ()) if chosen else ()
    meant = [number for number, name, holds in columns if holds and name.strip("　") == suggested.get("column")]
    context = {
        "of": of,
        "bodies": () if of else bodies,
        "chosen": chosen,
        "columns": columns,
        "filled": request.POST or {"title": suggested.get("title", ""), "column": meant[0] if meant else ""},
        "faults": faults,
    }
    return page(request, "desk/drafts/new.html", context, here="drafts", status=400 if faults else 200)


def _begin(request: HttpRequest, of: int | None) -> int:
    """The draft's id. InputRefused with every fault."""
    column = forms.count(request, "column", "栏目")
    title = forms.text(request, "title")
    if column is None:
        raise InputRefused(InputFault("栏目", "没有选择", "本机关在用的栏目"))
    if of:
        return making_public.draft(person_of(request), of, column, title)
    return drafting.begin(person_of(request), column, {"title": title})
