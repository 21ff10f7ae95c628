"""文书: choosing a kind, writing it, the steps of the office, the documents that were made."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.bureau.casework import letter_delivery, letter_documents, letter_facts, letters, queries, seals
from gongkai.bureau.casework.files import Sent
from gongkai.bureau.casework.queries import consulting
from gongkai.bureau.casework.queries.draft_facts import draft_facts
from gongkai.bureau.casework.queries.letters import LetterDetail, letter, numbers
from gongkai.bureau.orgs.permissions import Act, require
from gongkai.screens.desk import field_faults, forms
from gongkai.screens.desk.frame import page, person_of, staff
from gongkai.screens.desk.ledger_words import outcomes
from gongkai.screens.desk.paging import key, with_key
from gongkai.screens.desk.sheets import SHEET_LIMIT, sheet_answer
from gongkai.screens.ui.uploads import of_upload, takes_files
from gongkai.statute.cases.checkup import Weakness, checkup
from gongkai.statute.cases.letter_flow import FIELDS, STATES, STEPS
from gongkai.statute.letters import ADDRESSEES, Element, LetterKind
from gongkai.statute.primitives import InputFault, InputRefused

REPLIES = "答复"
LAST = ("signed", "sealed", "delivered")
GROUPS = {"applicant": "告知申请人", "third_party": "征求意见", "agency": "征求意见"}
HINTS = {"articles": "条例的条款，逗号分隔，如 36(2)、16(1)。", "fee_standard": "按件、按量二选一，不得重复。"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One element as the form shows it. `input`: textarea, date, number, text, select, checks."""

    code: str
    label: str
    input: str
    value: str
    options: tuple[tuple[str, str], ...]
    required: bool
    error: str
    hint: str = ""
    sometimes: bool = False


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, number: int) -> HttpResponse:
    """The kinds that the state of the case allows; the others with the reason why not."""
    person = person_of(request)
    found = queries.request(person, number)
    if found is None:
        raise Http404
    require(person, Act.WRITE_LETTERS, found.row.body)
    faults = field_faults.NONE
    if request.method == "POST":
        try:
            made = letters.draft(person, number, forms.text(request, "kind"))
        except InputRefused as refused:
            faults = field_faults.faults_of(refused, {})
        else:
            return redirect("desk:letter", made)
    choices = letters.choices(number)
    groups: dict[str, list[letters.Choice]] = {}
    for each in choices:
        group = REPLIES if each.kind.event == "replied" else GROUPS[each.kind.to]
        groups.setdefault(group, []).append(each)
    context = {
        "row": found.row,
        "groups": [(group, [each for each in listed if not each.refused]) for group, listed in groups.items()],
        "refused": [each for each in choices if each.refused],
        "faults": faults,
    }
    return page(request, "desk/letters/new.html", context, here="requests", status=400 if faults else 200)


@takes_files
@staff
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, number: int) -> HttpResponse:
    if request.method != "POST":
        return _page(request, number)
    found = letter(person_of(request), number)
    if found is None:
        raise Http404
    do = request.POST.get("do", "")
    try:
        letters.write(
            person_of(request),
            number,
            elements=_elements(request, found.kind),
            paragraphs=forms.text(request, "paragraphs"),
            word=forms.text(request, "word"),
            enclosures=_ids(request.POST.getlist("enclosures")),
            seen=forms.count(request, "seen", "文书") or 0,
            anew=do == "anew",
        )
    except InputRefused as refused:
        return _page(request, number, refused, "write")
    if do == "submit":  # what was written is kept even where it cannot go out yet
        try:
            letters.take_step(person_of(request), number, "submit")
        except InputRefused as refused:
            return _page(request, number, refused, "submit")
        messages.success(request, "已保存并送审。")
    else:
        messages.success(request, "已按要素重新生成正文。" if do == "anew" else "已保存。")
    return redirect("desk:letter", number)


@takes_files
@staff
@require_POST
def step(request: HttpRequest, number: int, act: str) -> HttpResponse:
    if act not in STEPS:
        raise Http404
    person = person_of(request)
    if letter(person, number) is None:
        raise Http404
    given = {name: forms.text(request, name) for name in STEPS[act].fields}
    file = next((_sent(request, name) for name, kind in STEPS[act].fields.items() if kind == "file"), None)
    try:
        seen = forms.count(request, "seen", "文书")
        letters.take_step(person, number, act, given, file, seen=seen)
    except InputRefused as refused:
        return _page(request, number, refused, act)
    messages.success(request, f"已办理：{STEPS[act].word}。")
    return redirect("desk:letter", number)


@staff
@require_POST
def link(request: HttpRequest, number: int) -> HttpResponse:
    """The private link of a consultation, shown in the answer to this one request and nowhere else."""
    person = person_of(request)
    if letter(person, number) is None:
        raise Http404
    try:
        token = letter_delivery.open_consultation(person, number)
    except InputRefused as refused:
        return _page(request, number, refused)
    return _page(request, number, address=request.build_absolute_uri(reverse("portal:consult", args=[token])))


@staff
@require_safe
def preview(request: HttpRequest, number: int) -> HttpResponse:
    """The draft as it would print, the applicant's name masked."""
    person = person_of(request)
    if letter(person, number) is None:
        raise Http404
    response = _file(letter_documents.preview(person, number))
    response.headers["Content-Disposition"] = "inline"
    return response


@staff
@require_safe
def download(request: HttpRequest, number: int, which: str) -> HttpResponse:
    """The document as made, the Word file, or the sealed scan: each look is journalled, for it names the applicant."""
    person = person_of(request)
    if letter(person, number) is None:
        raise Http404
    found = letter_documents.file_of(person, number, which)
    if found is None:
        raise Http404
    return _file(found)


def _file(found: letter_documents.FileOut) -> HttpResponse:
    response = HttpResponse(found.data, content_type=found.media_type)
    response.headers["Content-Disposition"] = str(content_disposition_header(True, found.name))
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@staff
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """文号登记簿: no gap, no double, void numbers with their reason."""
    person = person_of(request)
    require(person, Act.SEE_LEDGERS)
    year = key(request, "year")
    if request.GET.get("as") == "xlsx":
        rows = [
            (each.number, each.body_name, each.kind_word, each.request_number, each.signed_by, each.signed_on,
             each.state_word, each.void_because)
            for each in numbers(person, year=year, size=SHEET_LIMIT).rows
        ]  # fmt: skip
        heads = ("文号", "机关", "文书", "申请编号", "签发人", "签发日期", "状态", "作废原因")
        return sheet_answer("文号登记簿", heads, rows)
    found = numbers(person, year=year, after=request.GET.get("after", ""))
    context = {
        "rows": found.rows,
        "year": year,
        "next": with_key(request, "after", found.next_after) if found.next_after else "",
        "sheet": with_key(request, "as", "xlsx"),
    }
    return page(request, "desk/letters/register.html", context, here="letter-numbers")


@takes_files
@staff
@require_http_methods(["GET", "HEAD", "POST"])
def templates(request: HttpRequest) -> HttpResponse:
    """The office's own Word templates: one a kind, the default to begin with, what is wrong with one that is sent."""
    person = person_of(request)
    require(person, Act.EDIT_TEMPLATES)
    faults = field_faults.NONE
    if request.method == "POST":
        file = _sent(request, "file")
        try:
            if file is None:
                raise InputRefused(InputFault("模板", "没有选择文件", "Word文件（.docx）"))
            letter_documents.replace_template(person, forms.text(request, "body"), forms.text(request, "kind"), file)
        except InputRefused as refused:
            faults = field_faults.faults_of(refused, {"模板": ("file", "模板")})
        else:
            messages.success(request, "模板已更换，以后签发的文书用它。")
            return redirect("desk:letter-templates")
    context = {"rows": letter_documents.templates(person), "faults": faults, "entered": request.POST}
    return page(request, "desk/letters/templates.html", context, here="letter-templates", status=400 if faults else 200)


@staff
@require_safe
def default_template(request: HttpRequest) -> HttpResponse:
    require(person_of(request), Act.EDIT_TEMPLATES)
    response = HttpResponse(
        letter_documents.default_template(),
        content_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    )
    response.headers["Content-Disposition"] = str(content_disposition_header(True, "文书模板.docx"))
    return response


def _ids(texts: list[str]) -> list[int]:
    return [int(each) for each in texts if each.isascii() and each.isdecimal() and len(each) < 19]


def _sent(request: HttpRequest, field: str) -> Sent | None:
    upload = request.FILES.get(field)
    if upload is None:
        return None
    taken = of_upload(upload)
    if taken.refused:
        raise InputRefused(InputFault(FIELDS.get(field, "文件"), taken.refused, "小一些的文件"))
    return Sent(taken.name, taken.data)


def _elements(request: HttpRequest, kind: LetterKind) -> dict[str, str]:
    return {
        each.code: ",".join(request.POST.getlist(each.code)) if each.value == "list" else forms.text(request, each.code)
        for each in kind.elements
        if each.code in request.POST
    }


def _page(
    request: HttpRequest, number: int, refused: InputRefused | None = None, act: str = "", address: str = ""
) -> HttpResponse:
    person = person_of(request)
    found = letter(person, number)
    if found is None:
        raise Http404
    faults = field_faults.NONE
    if refused is not None:
        places = {each.label: (each.code, each.label) for each in found.kind.elements}
        places |= {"正文": ("paragraphs", "正文"), "发文代字": ("word", "发文代字")}
        faults = field_faults.faults_of(refused, places)
    writing = bool(refused) and act == "write"
    consults = found.row.state == "delivered" and (found.kind.event or "").endswith("_consulted")
    context = {
        "found": found,
        "row": found.row,
        "to": ADDRESSEES[found.kind.to],
        "entries": _entries(found, _elements(request, found.kind) if writing else found.elements, faults.at),
        "paragraphs": forms.text(request, "paragraphs") if writing else found.paragraphs,
        "word": forms.text(request, "word") if writing else found.word,
        "notice": letter_documents.notice(number),
        "chosen": {each.id for each in found.enclosures},
        "offered": [each for each in found.offers if not each.refused and each.step.act != "submit"],
        "not_now": [each for each in found.offers if each.refused],
        "field_words": FIELDS,
        "ways": [(code, word, letter_delivery.RULES[code]) for code, word in letter_delivery.WAY_WORDS.items()],
        "way_words": letter_delivery.WAY_WORDS,
        "seals": seals.available(),
        "address": address,
        "consults": consults,
        "linked": consults and consulting.consultation(person, number) is not None,
        "weaknesses": _weaknesses(request, found),
        "faults": faults,
        "act": act,
        "entered": request.POST,
        "steps_seen": len(found.steps),
        "states": [(STATES[code], code == found.row.state) for code in ("drafting", *found.route, *LAST)],
    }
    return page(request, "desk/letters/letter.html", context, here="requests", status=400 if faults else 200)


def _weaknesses(request: HttpRequest, found: LetterDetail) -> tuple[Weakness, ...]:
    """What such replies were overturned for, while this one is drafted and reviewed."""
    if found.kind.event != "replied" or found.row.state in ("delivered", "void"):
        return ()
    known = draft_facts(person_of(request), found.row.request)
    outcome = letter_delivery.outcome_of(found.kind, found.elements)
    if known is None or not outcome:
        return ()
    given = replace(
        known[1],
        cites_articles=bool(found.elements.get("articles")),
        states_reason=bool(found.elements.get("reasons")) if found.kind.element("reasons") else None,
        tells_remedies=True,
    )
    return checkup(outcome, given)


def _entries(found: LetterDetail, values: dict[str, str], errors: dict[str, str] | object) -> tuple[Entry, ...]:
    at = errors if isinstance(errors, dict) else {}
    hidden = letter_facts.hidden(found.kind)
    return tuple(_entry(each, found.kind, values, at) for each in found.kind.elements if each.code not in hidden)


def _entry(element: Element, kind: LetterKind, values: dict[str, str], errors: dict[str, str]) -> Entry:
    options = tuple(element.choices.items())
    if element.code == "outcome":
        words = outcomes()
        options = tuple((code, words.get(code, code)) for code in kind.outcomes)
    shown = {"day": "date", "money": "text", "count": "text", "choice": "select", "list": "text"}
    return Entry(
        element.code,
        element.label,
        "select" if options else shown.get(element.value, "textarea"),
        values.get(element.code, ""),
        options,
        element.required and not element.when,
        errors.get(element.code, ""),
        HINTS.get(element.code, ""),
        bool(element.when),
    )
