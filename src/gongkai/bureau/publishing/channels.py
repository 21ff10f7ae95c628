"""发布渠道: what is public goes further, each sending is recorded; what is withdrawn reaches where it went.

The site and its feeds show what is public by themselves. The other channels wait for a person: a bulletin is mailed, a
package for WeChat or Weibo is taken away, an issue of the gazette is made, a list goes to archive and library
(条例第23条、第25条). Publication queues a sending for each channel in use, a withdrawal one for each that got it.
`site` is the address of the portal without a stroke at its end.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction

from gongkai.bureau import clock
from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.orgs.models import Body, Person
from gongkai.bureau.orgs.permissions import Act, require
from gongkai.bureau.publishing.channel_items import pictures_of, told
from gongkai.bureau.publishing.models import Channel, Gazette, Item, Sending
from gongkai.bureau.publishing.uploads import store
from gongkai.documents import channels as documents
from gongkai.statute.primitives import InputFault, InputRefused

KINDS: Mapping[str, str] = {
    "bulletin": "电子邮件简报",
    "wechat": "微信公众号",
    "weibo": "微博",
    "gazette": "政府公报",
    "archive": "国家档案馆",
    "library": "公共图书馆",
    "hall": "政务服务场所",
}
PLACES = frozenset({"archive", "library", "hall"})
"""Where the public looks things up: what is public is handed over to them in time (条例第25条)."""
WHAT: Mapping[str, str] = {"published": "公开", "corrected": "更正", "withdrawn": "撤回"}
MOST_ADDRESSES = 200
MOST_AT_ONCE = 200
_ADDRESS = re.compile(r"[^@\s,;<>\"]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


def queue(item: Item, what: str) -> None:
    """One sending for each channel of the body, in the caller's transaction. What still waited is overtaken."""
    sent = Sending.objects.filter(item=item, done_at__isnull=False)
    Sending.objects.filter(item=item, done_at__isnull=True).delete()
    reached = Channel.objects.filter(body=item.body_id, used=True)
    if what == "withdrawn":  # what never went out need not be called back; a channel since given up must know
        reached = Channel.objects.filter(pk__in=sent.values("channel"))
    now = clock.now()
    Sending.objects.bulk_create(
        Sending(channel=each, item=item, what=what, revision=item.revision, at=now) for each in reached
    )


@transaction.atomic
def set_channels(actor: Person, body: str, used: Iterable[str], names: Mapping[str, str], addresses: str) -> None:
    """Which channels a body uses, under which names, and to whom the bulletin goes."""
    require(actor, Act.EDIT_COLUMNS, body)
    owner = Body.objects.select_for_update().get(code=body)
    wanted = set(used)
    given = [each for each in re.split(r"[\s,;，；]+", addresses) if each]
    faults = [InputFault("渠道", f"没有“{each}”", "、".join(KINDS.values())) for each in wanted - set(KINDS)]
    wrong = [each for each in given if not _ADDRESS.fullmatch(each)]
    faults += [InputFault("邮件地址", f"“{each[:60]}”不是邮件地址", "如 dangan@example.gov.cn") for each in wrong[:10]]
    if len(given) > MOST_ADDRESSES:
        faults.append(InputFault("邮件地址", f"有{len(given)}个", f"不超过{MOST_ADDRESSES}个"))
    if "bulletin" in wanted and not given:
        faults.append(InputFault("邮件地址", "没有填写", "收简报的邮件地址"))
    long = [each for each in KINDS if len(names.get(each, "")) > 120]
    faults += [InputFault(KINDS[each], "名称太长", "120字以内") for each in long]
    if faults:
        raise InputRefused(*faults)
    for kind, word in KINDS.items():
        Channel.objects.update_or_create(
            body=owner, kind=kind,
            defaults={
                "used": kind in wanted, "name": names.get(kind, "").strip() or word,
                "addresses": list(dict.fromkeys(given)) if kind == "bulletin" else [],
            },
        )  # fmt: skip
    facts = {"used": sorted(wanted), "addresses": len(given)}
    ledger.append(f"channels:{body}", "channels.set", actor=actor, body=body, facts=facts)


@dataclass(frozen=True, slots=True)
class Made:
    """A file made for a channel."""

    name: str
    media_type: str
    data: bytes


def package(actor: Person, sending: int, *, site: str) -> Made:
    """What a person takes to WeChat (a package) or Weibo (a text)."""
    found = _of(actor, sending)
    item = told(found.item, site, found.what)
    if found.channel.kind == "wechat":
        return Made(f"微信{item.index_number.replace('/', '-')}.zip", "application/zip", documents.wechat_package(item))
    if found.channel.kind == "weibo":
        text = documents.weibo_text(item)
        return Made(f"微博{item.index_number.replace('/', '-')}.txt", "text/plain; charset=utf-8", text.encode())
    raise InputRefused(InputFault("渠道", "不用文字包", "微信公众号、微博"))


@transaction.atomic
def mark_done(actor: Person, sending: int, note: str, *, site: str) -> None:
    """A person has sent it: posted it, taken it down. `note` says where, for what the platform cannot see itself."""
    found = _of(actor, sending, lock=True)
    if found.done_at is not None:
        raise InputRefused(InputFault("发送", "已经登记过", "等候发送的"))
    if found.channel.kind not in ("wechat", "weibo"):
        raise InputRefused(InputFault("渠道", "不逐条登记", "微信公众号、微博"))
    note = note.strip()
    if not note or len(note) > 300:
        raise InputRefused(InputFault("说明", "没有填写" if not note else "太长", "发在哪里，如推送的网址，300字以内"))
    _done(actor, [found], hashlib.sha256(package(actor, sending, site=site).data).hexdigest(), note)


def send_bulletin(actor: Person, body: str, *, site: str) -> int:
    """One mail with all that waits, to each address; returns how many items it tells of.

    The record is written first: a mail goes out once at most, as reminders do.
    """
    with transaction.atomic():
        channel, waiting = _waiting(actor, body, "bulletin")
        items = [told(each.item, site, each.what) for each in waiting]
        subject, text, html = documents.bulletin_mail(items, name=f"{channel.body.name}政府信息公开", on=clock.today())
        digest = hashlib.sha256(text.encode()).hexdigest()
        _done(actor, waiting, digest, f"发给{len(channel.addresses)}个地址")
    connection = get_connection()
    for address in channel.addresses:
        mail = EmailMultiAlternatives(subject, text, to=[address], connection=connection)
        mail.attach_alternative(html, "text/html")
        mail.send()
    return len(items)


@transaction.atomic
def issue_gazette(actor: Person, body: str, *, site: str) -> int:
    """The next issue of the year with all that waits for it; returns its id. The PDF is kept by its digest."""
    channel, waiting = _waiting(actor, body, "gazette")
    today = clock.today()
    last = Gazette.objects.filter(body=channel.body, year=today.year).order_by("-number").first()
    number = (last.number if last else 0) + 1
    made = documents.gazette_pdf(
        documents.GazetteIssue(
            name=channel.name, body_name=channel.body.name, year=today.year, number=number, issued_on=today,
            items=tuple(told(each.item, site, each.what) for each in waiting),
            pictures=pictures_of(each.item for each in waiting if each.what != "withdrawn"),
        )
    )  # fmt: skip
    digest = store(made)
    issue = Gazette.objects.create(
        body=channel.body, year=today.year, number=number, issued_on=today, digest=digest, by=actor, at=clock.now()
    )
    Sending.objects.filter(pk__in=[each.pk for each in waiting]).update(gazette=issue)
    _done(actor, waiting, digest, f"{today.year}年第{number}期")
    facts = {"year": today.year, "number": number, "items": len(waiting), "digest": digest}
    ledger.append(f"channels:{body}", "gazette.issued", actor=actor, body=body, facts=facts)
    return issue.pk


@transaction.atomic
def deliver(actor: Person, body: str, kind: str, receiver: str, *, site: str) -> Made:
    """The list of all that waits for an archive, a library or a service hall, handed over today: sheet and paper.

    It is kept with the record of the sending.
    """
    if kind not in PLACES:
        raise InputRefused(InputFault("渠道", "不用移送清单", "、".join(KINDS[each] for each in sorted(PLACES))))
    channel, waiting = _waiting(actor, body, kind)
    receiver = receiver.strip() or channel.name
    if len(receiver) > 120:
        raise InputRefused(InputFault("接收单位", "太长", "120字以内"))
    today = clock.today()
    items = [told(each.item, site, each.what) for each in waiting]
    data = documents.delivery_package(kind, items, receiver=receiver, on=today, body_name=channel.body.name)
    _done(actor, waiting, store(data), f"移送{receiver}")
    return delivered(today, receiver, data)


def delivered(on: date, receiver: str, data: bytes) -> Made:
    return Made(f"移送清单{on:%Y%m%d}{receiver[:40]}.zip", "application/zip", data)


def _waiting(actor: Person, body: str, kind: str) -> tuple[Channel, list[Sending]]:
    require(actor, Act.EDIT_COLUMNS, body)
    channel = Channel.objects.select_for_update(of=("self",)).select_related("body").filter(
        body__code=body, kind=kind
    ).first()  # fmt: skip
    found = channel.sendings.filter(done_at__isnull=True) if channel else Sending.objects.none()
    waiting = list(found.select_related("item__body", "channel__body").order_by("id")[:MOST_AT_ONCE])
    if channel is None or not waiting:
        raise InputRefused(InputFault(KINDS.get(kind, "渠道"), "没有等候发送的信息", "公开、更正或者撤回的信息"))
    return channel, waiting


def _of(actor: Person, sending: int, *, lock: bool = False) -> Sending:
    found = Sending.objects.select_related("item__body", "channel__body")
    if lock:
        found = found.select_for_update(of=("self",))
    one = found.get(pk=sending)
    require(actor, Act.EDIT_COLUMNS, one.channel.body)
    return one


def _done(actor: Person, sendings: Sequence[Sending], digest: str, note: str) -> None:
    now = clock.now()
    ids = [each.pk for each in sendings]
    Sending.objects.filter(pk__in=ids).update(done_at=now, by=actor, digest=digest, note=note)
    body = sendings[0].channel.body.code
    facts = {"channel": sendings[0].channel.kind, "items": [each.item_id for each in sendings], "digest": digest}
    ledger.append(f"channels:{body}", "sending.done", actor=actor, body=body, facts={**facts, "note": note})
