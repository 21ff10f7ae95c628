"""发布渠道: which a body uses, what waits for each, what was sent; the form of its index numbers."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.bureau.orgs.permissions import Act, refusal, require
from gongkai.bureau.orgs.queries import own_bodies
from gongkai.bureau.publishing import channel_queries, channels, numbering
from gongkai.screens.desk import field_faults, forms
from gongkai.screens.desk.frame import page, person_of, staff
from gongkai.screens.desk.paging import key, with_key, word
from gongkai.statute.catalogue.index_numbers import DEFAULT
from gongkai.statute.primitives import InputRefused

PLACES = {
    "邮件地址": ("addresses", "邮件地址"), "说明": ("note", "说明"), "接收单位": ("receiver", "接收单位"),
    "索引号规则": ("pattern", "索引号规则"), "机关代码": ("org", "机关代码"),
}  # fmt: skip


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    """Posted: the channels in use."""
    person = person_of(request)
    require(person, Act.SEE_LEDGERS)
    if request.method != "POST":
        return _page(request)
    body = _body(request)
    names = {kind: forms.text(request, f"name-{kind}") for kind in channels.KINDS}
    try:
        channels.set_channels(person, body, request.POST.getlist("used"), names, forms.text(request, "addresses"))
    except InputRefused as refused:
        return _page(request, refused, "set")
    messages.success(request, "已保存渠道。以后公开、更正、撤回的信息按这里发送。")
    return _back(body)


@staff
@require_POST
def send(request: HttpRequest, kind: str) -> HttpResponse:
    """All that waits for a channel: a mail, an issue, a list."""
    person, body = person_of(request), _body(request)
    if kind not in channels.KINDS:
        raise Http404
    try:
        if kind == "bulletin":
            sent = channels.send_bulletin(person, body, site=site_of(request))
            messages.success(request, f"已发出一期简报，{sent}条。")
        elif kind == "gazette":
            channels.issue_gazette(person, body, site=site_of(request))
            messages.success(request, "已编出一期公报，列在下面。")
        elif kind in channels.PLACES:
            receiver = forms.text(request, "receiver")
            return _download(channels.deliver(person, body, kind, receiver, site=site_of(request)))
        else:
            raise Http404
    except InputRefused as refused:
        return _page(request, refused, kind)
    return _back(body)


@staff
@require_safe
def package(request: HttpRequest, sending: int) -> HttpResponse:
    person = person_of(request)
    if channel_queries.sending(person, sending) is None:
        raise Http404
    made = channel_queries.list_of(person, sending) or channels.package(person, sending, site=site_of(request))
    return _download(made)


@staff
@require_POST
def done(request: HttpRequest, sending: int) -> HttpResponse:
    """Somebody has posted it or taken it down."""
    person = person_of(request)
    body = channel_queries.sending(person, sending)
    if body is None:
        raise Http404
    try:
        channels.mark_done(person, sending, forms.text(request, "note"), site=site_of(request))
    except InputRefused as refused:
        return _page(request, refused, f"sending-{sending}", body)
    messages.success(request, "已登记发送。")
    return _back(body)


@staff
@require_safe
def gazette(request: HttpRequest, issue: int) -> HttpResponse:
    found = channel_queries.gazette_file(person_of(request), issue)
    if found is None:
        raise Http404
    return _download(found)


@staff
@require_POST
def scheme(request: HttpRequest) -> HttpResponse:
    """The form of the index numbers that are given from now on."""
    person, body = person_of(request), _body(request)
    pattern, org = forms.text(request, "pattern"), forms.text(request, "org")
    try:
        numbering.set_scheme(person, body, pattern=pattern, org=org)
    except InputRefused as refused:
        return _page(request, refused, "scheme")
    messages.success(request, "已保存索引号规则，以后给的索引号按它；已经给的不变。")
    return _back(body)


def site_of(request: HttpRequest) -> str:
    """The address under which the portal stands."""
    return request.build_absolute_uri(reverse("portal:home")).rstrip("/")


def _body(request: HttpRequest) -> str:
    bodies = own_bodies(person_of(request), Act.SEE_LEDGERS)
    chosen = word(request, "body")
    if chosen and chosen not in {each.code for each in bodies}:
        raise Http404
    if not bodies:
        raise Http404
    return chosen or bodies[0].code


def _back(body: str) -> HttpResponse:
    return redirect(f"{reverse('desk:channels')}?body={body}")


def _download(made: channels.Made) -> HttpResponse:
    response = HttpResponse(made.data, content_type=made.media_type)
    response.headers["Content-Disposition"] = str(content_disposition_header(True, made.name))
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _page(request: HttpRequest, refused: InputRefused | None = None, act: str = "", body: str = "") -> HttpResponse:
    person = person_of(request)
    chosen = body or _body(request)
    faults = field_faults.faults_of(refused, PLACES) if refused else field_faults.NONE
    rows = channel_queries.channels_of(person, chosen)
    waiting = channel_queries.sendings(person, chosen, waiting=True)
    sent = channel_queries.sendings(person, chosen, waiting=False, before=key(request, "before") or 0)
    entered = request.POST if act == "set" else None
    addresses = next((each.addresses for each in rows if each.kind == "bulletin"), ())
    pattern, org = numbering.scheme_of(chosen)
    own = request.POST if act == "scheme" else {"pattern": pattern, "org": org}
    context = {
        "bodies": own_bodies(person, Act.SEE_LEDGERS),
        "chosen": chosen,
        "rows": [
            (
                each,
                each.kind in entered.getlist("used") if entered else each.used,
                entered.get(f"name-{each.kind}", each.name) if entered else each.name,
            )
            for each in rows
        ],
        "addresses": entered.get("addresses", "") if entered else "\n".join(addresses),
        "together": [each for each in rows if each.waiting and each.kind not in ("wechat", "weibo")],
        "places": channels.PLACES,
        "one_by_one": [each for each in waiting[:MOST] if each.kind in ("wechat", "weibo")],
        "sent": sent[:MOST],
        "next": with_key(request, "before", sent[MOST - 1].id) if len(sent) > MOST else "",
        "gazettes": channel_queries.gazettes(person, chosen),
        "refusal": refusal(person, Act.EDIT_COLUMNS, chosen),
        "scheme": own,
        "default": DEFAULT,
        "act": act,
        "entered": request.POST,
        "faults": faults,
    }
    return page(request, "desk/channels.html", context, here="channels", status=400 if faults else 200)


MOST = channel_queries.PAGE
