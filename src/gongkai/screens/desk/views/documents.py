"""规章、规范性文件: what is in force, what ends soon, what is not interpreted; the yearly counts of table two."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gongkai.bureau.orgs.permissions import Act, require
from gongkai.bureau.orgs.queries import own_bodies
from gongkai.bureau.publishing import documents, queries
from gongkai.screens.desk.frame import page, person_of, staff
from gongkai.screens.desk.paging import day_key, with_key, word
from gongkai.screens.desk.sheets import sheet_answer

HEADS = ("机关", "计入", "标题", "发文字号", "登记号", "成文日期", "公开日期", "施行日期", "有效期截止", "效力", "解读",
         "不解读的理由")  # fmt: skip
COUNTS = {"made": "制发", "disclosed": "公开", "repealed": "废止", "in_force": "现行有效"}
"""The columns of table two that are shown by year."""


@staff
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The documents of a standing, with what each still wants; the years of the body that is chosen."""
    person = person_of(request)
    require(person, Act.SEE_LEDGERS)
    bodies = own_bodies(person, Act.SEE_LEDGERS)
    chosen = word(request, "body", {each.code for each in bodies}) or (bodies[0].code if len(bodies) == 1 else "")
    standing = word(request, "standing", set(documents.STANDINGS)) or "in_force"
    row = word(request, "row", set(documents.ROWS))
    found = documents.documents(
        person, body=chosen, standing=standing, row=row, search=word(request, "search"), after=day_key(request, "after")
    )
    if request.GET.get("as") == "xlsx":
        return _sheet(found.rows)
    context = {
        "rows": found.rows,
        "next": with_key(request, "after", found.next_after) if found.next_after else "",
        "sheet": with_key(request, "as", "xlsx"),
        "standings": documents.STANDINGS.items(),
        "standing": standing,
        "kinds": tuple(documents.ROWS.items()),
        "row": row,
        "bodies": bodies,
        "chosen": chosen,
        "years": _years(chosen) if chosen else (),
        "counts": tuple(COUNTS.items()),
        "query": request.GET,
    }
    return page(request, "desk/documents/list.html", context, here="documents")


@staff
@require_safe
def behind(request: HttpRequest, body: str, year: int, row: str, count: str) -> HttpResponse:
    """The documents that a figure of a year counts."""
    person = person_of(request)
    require(person, Act.SEE_LEDGERS)
    name = next((each.name for each in own_bodies(person, Act.SEE_LEDGERS) if each.code == body), "")
    if not name or row not in documents.ROWS or count not in COUNTS or not 1949 <= year <= 2999:
        raise Http404
    found = queries.behind([body], year, documents.as_of(year), row=row, column=count, after=day_key(request, "after"))
    context = {
        "found": found,
        "year": year,
        "kind": documents.ROWS[row],
        "count": COUNTS[count],
        "body": body,
        "name": name,
        "next": with_key(request, "after", found.next_after) if found.next_after else "",
    }
    return page(request, "desk/documents/behind.html", context, here="documents")


def _years(body: str) -> list[tuple[int, list[tuple[str, str, list[tuple[str, int]]]]]]:
    """(year, [(row, its word, [(column, count)])]), the latest first."""
    return [
        (each.year, [(row, kind, [(name, counts[name]) for name in COUNTS]) for row, kind, counts in each.counts])
        for each in documents.by_year(body)
    ]


def _sheet(rows: tuple[documents.DocumentRow, ...]) -> HttpResponse:
    told = [
        (each.body_name, each.row, each.title, each.document_number, each.registration_number, each.formed_on,
         each.published_on, each.effective_on, each.expires_on, each.standing, each.reading.word, each.because)
        for each in rows
    ]  # fmt: skip
    return sheet_answer("规章、规范性文件", HEADS, told)
