"""本年统计: tables three and four so far, the work and the time behind them; each figure opens its requests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from gongkai.bureau import clock
from gongkai.bureau.annual import year_so_far as stats
from gongkai.bureau.casework.queries.statistics import Load
from gongkai.bureau.casework.queries.statistics import name_of as load_name
from gongkai.bureau.orgs.permissions import Act
from gongkai.bureau.orgs.queries import own_bodies
from gongkai.screens.desk import field_faults
from gongkai.screens.desk.frame import page, person_of, staff
from gongkai.screens.desk.ledger_words import APPLICANTS, outcomes
from gongkai.screens.desk.paging import with_key, word
from gongkai.screens.desk.statistics_words import BANDS, FIGURES, Way, charts, days_in_words, told
from gongkai.screens.desk.views.statistics_sheet import sheet
from gongkai.screens.ui.report_marks import Marks
from gongkai.screens.ui.report_tables import table_html
from gongkai.statute.primitives import CellPlace, InputFault, InputRefused
from gongkai.statute.wording.places import name_of

PLACES = {"机关": ("body", "机关"), "年度": ("year", "年度"), "截至": ("as_of", "截至")}
TABLES = ("requests", "remedies")


@staff
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    faults = field_faults.NONE
    try:
        asked = _asked(request)
    except InputRefused as refused:
        faults = field_faults.faults_of(refused, PLACES)
        asked = stats.scope(person_of(request))
    found = stats.year_so_far(asked)
    if request.GET.get("as") == "xlsx" and not faults:
        return sheet(asked, found)
    shown = [each for each in FIGURES if told(asked, each)]
    way = partial(_cases_way, asked)
    marks = Marks((), "s", partial(_cell_way, asked))
    context = {
        "asked": asked,
        "found": found,
        "tables": [
            (asked.form.tables[each].title, table_html(asked.form.tables[each], found.tables[each], marks))
            for each in TABLES
        ],
        "new": found.tables["requests"]["new"]["total"],
        "concluded": found.tables["requests"]["concluded"]["total"],
        "ways": {name: _cell_way(asked, "requests", name, "total") for name in ("new", "concluded")},
        "query": _query(asked),
        "bands": [
            (word, count, way("replied", band=band))
            for band, (word, count) in enumerate(zip(BANDS, found.times.bands, strict=True))
        ],
        "corrected_way": way("corrected"),
        "median": days_in_words(found.times.median),
        "charts": charts(found, asked, way),
        "heads": [FIGURES[each] for each in shown],
        "summary": [
            (FIGURES[each], getattr(found.totals, each), way(each))
            for each in shown
            if each not in ("closed", "joining")
        ],
        "groups": [
            (by, name, [(load, _counts(load, by, shown, way)) for load in loads])
            for by, name, loads in (("section", "科室", found.sections), ("person", "人员", found.people))
            if loads
        ],
        "bodies": own_bodies(person_of(request), Act.SEE_LEDGERS),
        "earliest": stats.EARLIEST,
        "today": clock.today(),
        "faults": faults,
        "entered": request.GET if faults else {"body": asked.body, "year": asked.year, "as_of": asked.last.isoformat()},
    }
    return page(request, "desk/statistics/overview.html", context, here="statistics", status=400 if faults else 200)


def _asked(request: HttpRequest) -> stats.Scope:
    """The scope as the address bar holds it; InputRefused at the field for what is none."""
    faults: list[InputFault] = []
    entered = {name: request.GET.get(name, "").strip() for name in ("body", "year", "as_of")}
    year = as_of = None
    if entered["year"]:
        if entered["year"].isascii() and entered["year"].isdecimal() and len(entered["year"]) == 4:
            year = int(entered["year"])
        else:
            faults.append(InputFault("年度", f"“{entered['year'][:20]}”不是年度", f"如 {clock.today().year}"))
    if entered["as_of"]:
        try:
            as_of = clock.today().fromisoformat(entered["as_of"])
        except ValueError:
            faults.append(InputFault("截至", f"“{entered['as_of'][:20]}”不是日期", f"如 {clock.today()}"))
    if faults:
        raise InputRefused(*faults)
    return stats.scope(person_of(request), entered["body"], year, as_of)


def _query(asked: stats.Scope) -> str:
    return urlencode({"body": asked.body, "year": str(asked.year), "as_of": asked.last.isoformat()})


def _cell_way(asked: stats.Scope, table: str, row: str, column: str) -> str:
    return f"{reverse('desk:statistics-cell', args=[table, row, column])}?{_query(asked)}"


def _cases_way(asked: stats.Scope, what: str, **narrowed: object) -> str:
    given = urlencode({name: str(value) for name, value in narrowed.items()})
    return f"{reverse('desk:statistics-cases', args=[what])}?{_query(asked)}{'&' if given else ''}{given}"


def _counts(load: Load, by: str, shown: Sequence[str], way: Way) -> list[tuple[str, int, str]]:
    return [(each, getattr(load, each), way(each, by=by, key=load.key)) for each in shown]


def _or_404(asked: Callable[[], stats.Scope]) -> stats.Scope:
    """The pages behind a figure come from links: what they cannot read is not there."""
    try:
        return asked()
    except InputRefused:
        raise Http404 from None


@staff
@require_safe
def cell(request: HttpRequest, table: str, row: str, column: str) -> HttpResponse:
    """The requests or the remedies that a cell counts."""
    asked = _or_404(partial(_asked, request))
    after = request.GET.get("after", "")
    try:
        value, records, following = stats.cell(asked, table, row, column, after=after)
    except KeyError:
        raise Http404 from None
    context = {
        "asked": asked,
        "name": name_of(CellPlace(table, row, column), asked.form.instrument),
        "value": value,
        "records": records,
        "query": _query(asked),
        "next": with_key(request, "after", following) if following else "",
    }
    return page(request, "desk/statistics/cell.html", context, here="statistics")


@staff
@require_safe
def cases(request: HttpRequest, what: str) -> HttpResponse:
    """The requests behind a figure that is no cell of the form."""
    asked = _or_404(partial(_asked, request))
    by, key = word(request, "by", {"person", "section"}), request.GET.get("key", "")[:80]
    band, month = _number(request, "band", len(BANDS) - 1), _number(request, "month", 12)
    try:
        found = stats.cases(asked, what, by=by, key=key, band=band, month=month, after=request.GET.get("after", ""))
    except KeyError:
        raise Http404 from None
    names = {**FIGURES, "received": "收到", "corrected": "结果纠正所涉及的申请", "replied": f"答复用时{BANDS[band]}"}
    context = {
        "asked": asked,
        "name": names[what],
        "whose": load_name(by, key) if by and found.rows else f"{month}月" if month else "",
        "rows": [
            (each, days, APPLICANTS[each.applicant_kind], outcomes().get(each.outcome, "")) for days, each in found.rows
        ],
        "with_days": what == "replied",
        "several": len(asked.bodies) > 1,
        "query": _query(asked),
        "next": with_key(request, "after", found.next_after) if found.next_after else "",
    }
    return page(request, "desk/statistics/cases.html", context, here="statistics")


def _number(request: HttpRequest, name: str, most: int) -> int:
    """A small number in the address; 0 where there is none. What is beyond `most` leads nowhere."""
    entered = request.GET.get(name, "0")
    if not (entered.isascii() and entered.isdecimal() and len(entered) < 3 and int(entered) <= most):
        raise Http404
    return int(entered)


@staff
@require_safe
def answers(request: HttpRequest) -> HttpResponse:
    """What answered people before they filed; nobody knows who they were."""
    asked = _or_404(partial(_asked, request))
    context = {"asked": asked, "rows": stats.answers(asked), "query": _query(asked)}
    return page(request, "desk/statistics/answers.html", context, here="statistics")
