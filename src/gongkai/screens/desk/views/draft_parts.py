"""What the writing page asks for beside saving: pasted text made clean, files taken in, the text on a phone."""

from __future__ import annotations

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from gongkai.bureau.publishing import drafting
from gongkai.bureau.publishing.drafting import LONGEST_BODY
from gongkai.documents.writing import clean_html
from gongkai.screens.desk import draft_uploads
from gongkai.screens.desk.frame import person_of, staff
from gongkai.screens.desk.views.draft_writing import found_for_writing, state_of
from gongkai.screens.desk.views.drafts import elements_told, picture_url
from gongkai.screens.ui.rich_text import shown_html
from gongkai.screens.ui.uploads import takes_files
from gongkai.statute.primitives import InputFault, InputRefused


@staff
@require_POST
def paste(request: HttpRequest, number: int) -> HttpResponse:
    """Pasted HTML in its clean form: headings, lists, tables and merged cells stay, the junk of Word and WPS goes."""
    found_for_writing(request, number)
    html = request.POST.get("html", "")
    if len(html) > LONGEST_BODY:
        fault = InputFault("粘贴的内容", f"有{len(html)}个字符", f"不超过{LONGEST_BODY}个字符，长的文件请导入")
        return _faulty(InputRefused(fault))
    return JsonResponse({"html": clean_html(html)})


@takes_files
@staff
@require_POST
def upload(request: HttpRequest, number: int) -> HttpResponse:
    """One file, as an attachment, a picture or a document to take the text from; its faults are told at the file."""
    found_for_writing(request, number)
    kind = request.POST.get("as", "attachment")
    place = draft_uploads.PLACES.get(kind, "文件")
    try:
        if kind not in draft_uploads.PLACES:
            words = "、".join(draft_uploads.PLACES.values())
            raise InputRefused(InputFault(place, f"没有“{kind[:20]}”这种用法", words))
        sent = draft_uploads.files_of(request, "file", place)[0]
        if kind == "import":
            html, notes = draft_uploads.bring_in(request, number, sent)
            return JsonResponse({"html": html, "notes": notes})
        if kind == "picture":
            kept = drafting.picture(person_of(request), number, sent)
            return JsonResponse({"digest": kept.digest, "name": kept.name})
        drafting.attach(person_of(request), number, sent)
    except InputRefused as refused:
        return _faulty(refused)
    return JsonResponse(state_of(request, found_for_writing(request, number)))


@xframe_options_sameorigin
@csp_replace({"frame-ancestors": ["'self'"]})
@staff
@require_safe
def preview(request: HttpRequest, number: int) -> HttpResponse:
    """The draft as a visitor will read it; the writing page shows it as wide as a phone."""
    found = found_for_writing(request, number)
    text = shown_html(found.body_html, picture_url(number))
    context = {"found": found, "row": found.row, "elements": elements_told(found),
               "text": mark_safe(text)}  # fmt: skip  # noqa: S308  # cleaned by shown_html
    response = render(request, "desk/drafts/preview.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


def _faulty(refused: InputRefused) -> JsonResponse:
    return JsonResponse({"faults": {"lines": [str(each) for each in refused.faults], "at": {}}}, status=400)
