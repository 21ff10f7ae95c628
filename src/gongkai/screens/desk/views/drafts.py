"""信息公开审查: what is under way with its age and due day; one draft, its review, its versions, its steps."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST, require_safe

from gongkai.bureau.orgs.permissions import Act, refusal, require
from gongkai.bureau.orgs.queries import own_bodies
from gongkai.bureau.publishing import channel_queries, draft_files, draft_queries, draft_steps
from gongkai.bureau.publishing.draft_queries import DraftDetail, Version
from gongkai.bureau.publishing.uploads import Sent
from gongkai.documents.comparison import compare as compare_texts
from gongkai.documents.comparison import to_html
from gongkai.screens.desk import field_faults, forms
from gongkai.screens.desk.frame import page, person_of, staff
from gongkai.screens.desk.paging import key, with_key, word
from gongkai.screens.ui.rich_text import shown_html, with_pictures
from gongkai.screens.ui.uploads import of_upload, takes_files
from gongkai.statute.primitives import InputFault, InputRefused
from gongkai.statute.publishing import flow
from gongkai.statute.publishing.elements import CHOICES, ELEMENTS, day
from gongkai.statute.publishing.flow import FIELDS, STEPS

ORDER = (flow.DRAFTING, *flow.UNDER_WAY[:3], flow.REFERRED, flow.AWAITING_SIGNATURE, flow.APPROVED, flow.PUBLISHED,
         flow.WITHDRAWN, flow.KEPT, flow.DISCARDED)  # fmt: skip
BOXES = (
    ("承办人意见", ("submit",)),
    ("部门负责人意见（初审）", ("pass_section", "pass_section_later")),
    ("合法性审查意见", ("pass_legal", "pass_legal_later")),
    ("保密机构意见（复审）", ("refer", "register_answer", "conclude")),
    ("分管领导意见（终审）", ("sign", "register_signature")),
)
"""The boxes of the form, and the steps whose words stand in each."""


@staff
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Everything under way; by state, those at an end too."""
    person = person_of(request)
    require(person, Act.SEE_LEDGERS)
    state = word(request, "state")
    mine = request.GET.get("mine") == "1"
    after = key(request, "after")
    found = draft_queries.drafts(
        person, body=word(request, "body"), state=state, search=word(request, "search"), mine=mine,
        after=str(after) if after else "",
    )  # fmt: skip
    context = {
        "rows": found.rows,
        "next": with_key(request, "after", found.next_after) if found.next_after else "",
        "states": [(code, flow.STATES[code], found.counts.get(code, 0), code == state) for code in ORDER],
        "open": sum(found.counts.get(code, 0) for code in flow.OPEN),
        "state": state,
        "mine": mine,
        "bodies": own_bodies(person, Act.SEE_LEDGERS),
        "query": request.GET,
        "refusal": refusal(person, Act.ENTER_ITEMS),
    }
    return page(request, "desk/drafts/list.html", context, here="drafts")


@staff
@require_safe
def detail(request: HttpRequest, number: int) -> HttpResponse:
    return _page(request, number)


@takes_files
@staff
@require_POST
def step(request: HttpRequest, number: int, act: str) -> HttpResponse:
    """Take one step; what was entered stays where it is refused."""
    if act not in STEPS:
        raise Http404
    person = person_of(request)
    if draft_queries.draft(person, number) is None:
        raise Http404
    given = {name: forms.text(request, name) for name in STEPS[act].fields}
    try:
        seen = forms.count(request, "seen", "办理")
        draft_steps.take_step(person, number, act, given, _sent(request), seen=seen)
    except InputRefused as refused:
        return _page(request, number, refused, act)
    messages.success(request, f"已办理：{STEPS[act].word}。")
    return redirect("desk:draft", number)


@staff
@require_safe
def file(request: HttpRequest, number: int, digest: str) -> HttpResponse:
    """A file of a draft: pictures are shown, the rest is downloaded."""
    found = draft_files.file_of(person_of(request), number, digest)
    if found is None:
        raise Http404
    response = HttpResponse(found.data, content_type=found.media_type)
    picture = found.media_type.startswith("image/")
    response.headers["Content-Disposition"] = str(content_disposition_header(not picture, found.name))
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@staff
@require_safe
def sheet(request: HttpRequest, number: int) -> HttpResponse:
    """保密审查表: the form that goes into the file, with every opinion in its box (facts 9)."""
    person = person_of(request)
    found = draft_queries.draft(person, number)
    if found is None:
        raise Http404
    steps = [each for each in found.steps if each.revision == found.revisions[0].number] if found.revisions else []
    used = [each.name for each in channel_queries.channels_of(person, found.row.body) if each.used]
    context = {
        "found": found,
        "row": found.row,
        "number": found.elements.get("document_number", ""),
        "ways": ["政府信息公开专栏", *used],
        "boxes": [(word, [each for each in steps if each.act in acts]) for word, acts in BOXES],
    }
    return page(request, "desk/drafts/sheet.html", context, here="drafts")


@staff
@require_safe
def compare(request: HttpRequest, number: int, before: int, after: int) -> HttpResponse:
    """What one version changed against another: elements beside each other, the text word by word."""
    person = person_of(request)
    found = draft_queries.draft(person, number)
    old, new = (draft_queries.version(person, number, each) for each in (before, after))
    if found is None or old is None or new is None:
        raise Http404
    context = {
        "row": found.row,
        "before": before,
        "after": after,
        "fields": _fields_changed(old, new),
        "same": old.body_html == new.body_html,
        "text": mark_safe(with_pictures(to_html(compare_texts(old.body_html, new.body_html)), picture_url(number))),  # noqa: S308
    }
    return page(request, "desk/drafts/compare.html", context, here="drafts")


def _fields_changed(old: Version, new: Version) -> list[tuple[str, str, str]]:
    """(label, before, after) of whatever differs beside the text."""
    told = [
        (element.label, _said(code, old.elements), _said(code, new.elements)) for code, element in ELEMENTS.items()
    ]  # fmt: skip
    told += [("栏目", old.column, new.column), ("附件", old.attachments, new.attachments)]
    told += [("公开属性", flow.WAYS[old.way], flow.WAYS[new.way]), ("属性的理由", old.way_ground, new.way_ground)]
    return [each for each in told if each[1] != each[2]]


def _said(code: str, elements: Mapping[str, str]) -> str:
    told = elements.get(code, "")
    on = day(told) if ELEMENTS[code].value == "day" else None
    return f"{on.year}年{on.month}月{on.day}日" if on else CHOICES.get(code, {}).get(told, told)


def _sent(request: HttpRequest) -> Sent | None:
    upload = request.FILES.get("scan")
    if upload is None:
        return None
    taken = of_upload(upload)
    if taken.refused:
        raise InputRefused(InputFault(FIELDS["scan"], taken.refused, "小一些的文件"))
    return Sent(taken.name, taken.data)


def _page(request: HttpRequest, number: int, refused: InputRefused | None = None, act: str = "") -> HttpResponse:
    person = person_of(request)
    found = draft_queries.draft(person, number)
    if found is None:
        raise Http404
    places = {label: (name, label) for name, label in FIELDS.items()}
    faults = field_faults.faults_of(refused, places) if refused else field_faults.NONE
    findings = draft_files.findings(person, number)
    context = {
        "found": found,
        "row": found.row,
        "elements": elements_told(found),
        "text": mark_safe(shown_html(found.body_html, picture_url(number))),  # noqa: S308  # cleaned by shown_html
        "offered": [_Form(each.step, act, request) for each in found.offers if not each.refused],
        "not_now": [each for each in found.offers if each.refused],
        "findings": findings,
        "standing": sum(each.stops for each in findings),
        "owed": [flow.STATES[each].removeprefix("待") for each in found.owed],
        "states": [(flow.STATES[each], each == found.row.state) for each in states_of(found)],
        "changed": _changed(found),
        "steps_seen": found.step_count,
        "faults": faults,
    }
    return page(request, "desk/drafts/draft.html", context, here="drafts", status=400 if faults else 200)


class _Form:
    """A step with its fields as a form shows them: name, label, kind, options, whether needed, what was entered."""

    def __init__(self, taken: flow.FlowStep, act: str, request: HttpRequest) -> None:
        self.step = taken
        self.open = act == taken.act
        entered = request.POST if self.open else {}
        choices = {"conclusion": flow.CONCLUSIONS, "fair_competition": flow.FAIR_COMPETITION}
        self.fields = [
            (name, FIELDS[name], kind, tuple(choices.get(kind, {}).items()), name not in taken.optional,
             entered.get(name, ""))
            for name, kind in taken.fields.items()
        ]  # fmt: skip
        self.quiet = taken.act in ("return_", "recall", "correct", "withdraw", "discard", "refer", "reopen")


def picture_url(number: int) -> draft_files.PictureUrl:
    """From the digest of a picture in a draft's text to its address at the desk."""
    return lambda digest: reverse("desk:draft-file", args=[number, digest])


def elements_told(found: DraftDetail) -> list[tuple[str, str]]:
    """The elements that are filled, in their words."""
    return [
        (element.label, _said(code, found.elements))
        for code, element in ELEMENTS.items()
        if found.elements.get(code) and code != "title"
    ]  # fmt: skip


def states_of(found: DraftDetail) -> tuple[str, ...]:
    """The way that this one goes, with the state it is in where that lies beside the way."""
    end = flow.PUBLISHED if found.row.way == "proactive" else flow.KEPT
    between = (flow.APPROVED,) if found.row.way == "proactive" else ()
    way = (flow.DRAFTING, *found.route, *between, end)
    return way if found.row.state in way else (*way, found.row.state)


def _changed(found: DraftDetail) -> tuple[int, int] | None:
    """The versions to compare: what this person saw last, or the one before, and the latest."""
    if len(found.revisions) < 2:
        return None
    last = found.revisions[0].number
    before = found.seen_revision if 0 < found.seen_revision < last else last - 1
    return (before, last)
