"""One part of a draft's prose: free editing with linked numbers, judged while one writes."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.bureau.annual import drafting, report_queries
from gongkai.bureau.annual.part_queries import PartDetail, part_as
from gongkai.screens.desk import forms
from gongkai.screens.desk.frame import page, person_of, staff
from gongkai.screens.ui.results import shown_finding
from gongkai.statute.primitives import InputRefused
from gongkai.statute.report.drafting import PARTS, Figures, Passage, gaps, labels


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, report: int, part: str) -> HttpResponse:
    """Save, insert a number of the ledgers, bring drifted numbers up to date, prepare anew."""
    person = person_of(request)
    if part not in PARTS or report_queries.row(person, report) is None:
        raise Http404
    faults: tuple[str, ...] = ()
    text: str | None = None
    if request.method == "POST":
        text = drafting.plain(request.POST.get("text", ""))
        try:
            said = _done(request, report, part, text)
        except InputRefused as refused:
            faults = forms.lines(refused)
        else:
            messages.success(request, said)
            if request.POST.get("do") == "save":
                return redirect("desk:annual-report", report)
            return redirect("desk:annual-part", report, part)
    shown = part_as(person, report, part, text)
    if shown is None:
        raise Http404
    kept = shown.kept
    context = {
        "row": shown.row,
        "part": part,
        "word": drafting.part_word(part),
        "editable": shown.editable,
        "text": text if text is not None else shown.passage.text,
        # shown what is kept now, the writer has seen it: what they merge and save again is no conflict any more
        "seen": kept,
        "now": kept if text is not None and drafting.plain(request.POST.get("seen", kept)) != kept else "",
        "choices": _choices(shown.figures, shown.row.form) if shown.editable else [],
        "faults": faults,
        **_preview(shown),
    }
    return page(request, "desk/annual/part.html", context, here="annual", status=400 if faults else 200)


def _done(request: HttpRequest, report: int, part: str, text: str) -> str:
    """Carry out what the pressed button says, the text saved with it; refused, the page keeps what was typed."""
    person, do = person_of(request), request.POST.get("do", "save")
    seen = request.POST.get("seen")
    if do == "prepare":
        drafting.prepare_again(person, report, part, seen=seen)
        return "已由台账重新起草这一部分。"
    if do == "refresh":
        drafting.refresh_numbers(person, report, part, text=text, seen=seen)
        return "数字已更新为台账现在的数。"
    if do == "insert":
        place = request.POST.get("position", "")
        position = int(place) if place.isascii() and place.isdecimal() and len(place) < 7 else len(text)
        position, key = min(position, len(text)), request.POST.get("key", "")
        drafting.insert_number(person, report, part, position, key, text=text, seen=seen)
        return "已插入，数字与台账相连。"
    drafting.write_part(person, report, part, text, seen=seen)
    return "已保存。"


@staff
@require_POST
def preview(request: HttpRequest, report: int, part: str) -> HttpResponse:
    """How the text would read and what the inspection says of it; nothing is written."""
    if part not in PARTS:
        raise Http404
    text = drafting.plain(request.POST.get("text", ""))[: drafting.LONGEST_PART]
    shown = part_as(person_of(request), report, part, text)
    if shown is None:
        raise Http404
    response = render(request, "desk/annual/_preview.html", _preview(shown))
    response.headers["Cache-Control"] = "no-store"
    return response


def _preview(shown: PartDetail) -> dict[str, object]:
    drifted = {each.link.start: each.now for each in shown.drifts}
    return {
        "prose": prose_html(shown.passage, drifted),
        "findings": [shown_finding(number, each) for number, each in enumerate(shown.findings, 1)],
        "drifted": len(drifted),
        "linked": len(shown.passage.links),
        "gap_count": len(gaps(shown.passage.text)),
        "characters": len(shown.passage.text),
    }


def prose_html(passage: Passage, drifted: Mapping[int, object]) -> SafeString:
    """The text in paragraphs: linked numbers underlined, drifted ones red with what the ledger says, gaps washed."""
    marks = [
        (each.start, each.end, _link_html(each.key, str(each.value), drifted.get(each.start, _SAME)))
        for each in passage.links
    ]
    marks += [
        (start, end, _gap_html(passage.text[start:end]))
        for start, end in gaps(passage.text)
        if not any(each.start < end and start < each.end for each in passage.links)
    ]
    pieces: list[str] = []
    read = 0
    for start, end, shown in sorted(marks):
        pieces += [format_html("{}", passage.text[read:start]), shown]
        read = end
    pieces.append(format_html("{}", passage.text[read:]))
    lines = "".join(pieces).split("\n")
    return mark_safe("".join(f"<p>{line}</p>" for line in lines if line.strip()))  # noqa: S308  (escaped pieces)


def _gap_html(text: str) -> SafeString:
    """A gap over several lines is marked in each: the paragraphs are parted at the line's end."""
    lines = [format_html('<span class="gap">{}</span>', line) for line in text.split("\n")]
    return mark_safe("\n".join(lines))  # noqa: S308  (escaped pieces)


_SAME = object()


def _link_html(key: str, shown: str, now: object) -> SafeString:
    name = labels(key)
    if now is _SAME:
        return format_html('<span class="linked" title="{}">{}</span>', f"台账：{name}", shown)
    told = "台账已没有这个数" if now is None else f"台账现在是{now}"
    return format_html(
        '<span class="linked-drifted" title="{}">{}</span><span class="small muted">（{}）</span>',
        f"台账：{name}", shown, told,
    )  # fmt: skip


def _choices(figures: Figures, form: str) -> list[tuple[str, str]]:
    return [(key, f"{labels(key, form)}：{value}") for key, value in figures.values.items()]
