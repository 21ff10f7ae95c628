"""日志: searchable by stream, kind, person and day; replayed and proved on demand."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from gongkai.bureau.ledger import queries
from gongkai.bureau.orgs.permissions import Act, require
from gongkai.bureau.orgs.queries import journal_reach
from gongkai.screens.desk.frame import page, person_of, staff
from gongkai.screens.desk.journal_words import entry_words, kind_word
from gongkai.screens.desk.paging import key, with_key

SHOWN_FAULTS = 20


@staff
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    require(person, Act.READ_JOURNAL)
    chosen = {each: request.GET.get(each, "").strip()[:120] for each in ("stream", "kind", "actor", "first", "last")}
    found = queries.entries(
        before=key(request, "before"),
        stream=chosen["stream"],
        kind=chosen["kind"],
        actor=chosen["actor"],
        bodies=journal_reach(person),
        first_day=_day(chosen["first"]),
        last_day=_day(chosen["last"]),
    )
    context = {
        "found": found,
        "rows": [entry_words(each) for each in found.rows],
        "kinds": [(each, kind_word(each)) for each in queries.kinds()],
        "chosen": chosen,
        "checkpoints": queries.checkpoints(7),
        "next": with_key(request, "before", found.next_before) if found.next_before else "",
    }
    return page(request, "desk/journal.html", context, here="journal")


def _day(entered: str) -> date | None:
    try:
        return date.fromisoformat(entered)
    except ValueError:
        return None


@staff
@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    require(person_of(request), Act.VERIFY_JOURNAL)
    result = queries.verify()
    counted = f"{result.streams}个事项、{result.entries}条记录、{result.checkpoints}个签名检查点"
    if result.faults:
        messages.error(request, f"核对了{counted}，有{len(result.faults)}处不符。")
        for each in result.faults[:SHOWN_FAULTS]:
            messages.error(request, f"{each.stream} 第{each.sequence}条：{each.wrong}")
    else:
        messages.success(request, f"核对了{counted}，全部相符。")
    return redirect("desk:journal")
