"""送达台账: every delivery of the bodies in reach, to look through and to take away as a sheet (条例第45条)."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gongkai.bureau.casework.letter_delivery import WAY_WORDS
from gongkai.bureau.casework.queries.deliveries import PAGE, DeliveryPage, deliveries
from gongkai.bureau.orgs.permissions import Act, require
from gongkai.bureau.orgs.queries import own_bodies
from gongkai.screens.desk.frame import page, person_of, staff
from gongkai.screens.desk.paging import key, with_key, word
from gongkai.screens.desk.sheets import SHEET_LIMIT, sheet_answer
from gongkai.screens.desk.views import saved


@staff
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    require(person, Act.SEE_LEDGERS)
    if request.GET.get("as") == "xlsx":
        return _sheet(request)
    found = _found(request)
    context = {
        "rows": [(each, WAY_WORDS.get(each.way, each.way)) for each in found.rows],
        "next": with_key(request, "after", found.next_after) if found.next_after else "",
        "sheet": with_key(request, "as", "xlsx"),
        "saved": saved.bar(request, "deliveries"),
        "bodies": own_bodies(person, Act.SEE_LEDGERS),
        "ways": WAY_WORDS.items(),
        "query": request.GET,
    }
    return page(request, "desk/deliveries.html", context, here="deliveries")


def _found(request: HttpRequest, size: int = PAGE) -> DeliveryPage:
    return deliveries(
        person_of(request),
        body=word(request, "body"),
        way=word(request, "way", WAY_WORDS),
        search=word(request, "search"),
        lacking=request.GET.get("lacking") == "1",
        since=_day(request, "since"),
        until=_day(request, "until"),
        after=key(request, "after"),
        size=size,
    )


def _day(request: HttpRequest, name: str) -> date | None:
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return None


def _sheet(request: HttpRequest) -> HttpResponse:
    heads = ("机关", "申请编号", "文书", "文号", "送达方式", "邮件号码", "送达日", "到达日", "凭证", "备注", "登记人")
    rows = [
        (each.body_name, each.request_number, each.title, each.number, WAY_WORDS.get(each.way, each.way),
         each.tracking, each.on, each.arrived_on, "有" if each.proof else "没有", each.note, each.by)
        for each in _found(request, SHEET_LIMIT).rows
    ]  # fmt: skip
    return sheet_answer("送达台账", heads, rows)
