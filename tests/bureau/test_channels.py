"""Where what is public goes: queued at publication, recorded when sent, called back where it went."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

import pytest
from bureau_cast import Cast
from case_ground import today
from django.core import mail
from django.core.exceptions import PermissionDenied
from draft_ground import BODY, WHOLE, notices, published, take, written

from gongkai.bureau.ledger import derived
from gongkai.bureau.publishing import channel_queries, channels, drafting
from gongkai.bureau.publishing.models import Channel, Column, Gazette, Sending
from gongkai.statute.primitives import InputRefused

pytestmark = [pytest.mark.django_db, pytest.mark.database]
__all__ = ["notices", "today"]
SITE = "https://www.qinglan.example"


@pytest.fixture
def used(cast: Cast, notices: Column) -> None:
    channels.set_channels(
        cast.officer, BODY, ["bulletin", "wechat", "gazette", "archive"], {"gazette": "青澜县人民政府公报"},
        "dangan@example.gov.cn；jianbao@example.gov.cn",
    )  # fmt: skip


def _waiting(cast: Cast) -> list[tuple[str, str]]:
    return [(each.kind, each.what) for each in channel_queries.sendings(cast.officer, BODY, waiting=True)]


def test_publication_waits_for_each_channel_in_use(cast: Cast, used: None, notices: Column) -> None:
    published(cast, notices)
    assert sorted(_waiting(cast)) == [
        ("archive", "公开"),
        ("bulletin", "公开"),
        ("gazette", "公开"),
        ("wechat", "公开"),
    ]


def test_each_sending_is_recorded(cast: Cast, used: None, notices: Column, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    item = published(cast, notices).item
    assert item is not None
    assert channels.send_bulletin(cast.officer, BODY, site=SITE) == 1
    assert [each.to for each in mail.outbox] == [["dangan@example.gov.cn"], ["jianbao@example.gov.cn"]]
    assert "https://www.qinglan.example/info/qinglan-kjj/2026-00001/" in mail.outbox[0].body
    with pytest.raises(InputRefused, match="没有等候发送"):
        channels.send_bulletin(cast.officer, BODY, site=SITE)
    channels.issue_gazette(cast.officer, BODY, site=SITE)
    issue = Gazette.objects.get()
    assert (issue.year, issue.number, issue.sendings.count()) == (2026, 1, 1)
    made = channels.deliver(cast.officer, BODY, "archive", "青澜县档案馆", site=SITE)
    assert made.name == "移送清单20260310青澜县档案馆.zip"
    assert zipfile.ZipFile(BytesIO(made.data)).namelist() == ["移送清单.xlsx", "移送清单.docx"]
    archive = Sending.objects.get(channel__kind="archive")
    again = channel_queries.list_of(cast.officer, archive.pk)
    assert again is not None
    assert again.data == made.data
    wechat = Sending.objects.get(channel__kind="wechat")
    assert channels.package(cast.officer, wechat.pk, site=SITE).media_type == "application/zip"
    with pytest.raises(InputRefused, match="没有填写"):
        channels.mark_done(cast.officer, wechat.pk, " ", site=SITE)
    channels.mark_done(cast.officer, wechat.pk, "https://mp.weixin.qq.com/s/abc", site=SITE)
    with pytest.raises(InputRefused, match="已经登记过"):
        channels.mark_done(cast.officer, wechat.pk, "又一次", site=SITE)
    assert _waiting(cast) == []
    record = channel_queries.of_item(cast.officer, item.pk)
    assert {each.kind for each in record} == {"bulletin", "gazette", "archive", "wechat"}
    assert all(each.by == "officer" and len(each.digest) == 64 for each in record)
    assert [fault for outcome in derived.run_all() for fault in outcome.faults] == []


def test_a_withdrawal_reaches_every_channel_that_got_it_and_no_other(cast: Cast, used: None, notices: Column) -> None:
    made = published(cast, notices)
    wechat = Sending.objects.get(channel__kind="wechat")
    channels.mark_done(cast.officer, wechat.pk, "已推送", site=SITE)
    Channel.objects.filter(kind="wechat").update(used=False)
    take(cast, made.pk, "withdraw")
    assert _waiting(cast) == [("wechat", "撤回")]
    again = Sending.objects.get(done_at__isnull=True)
    told = channels.package(cast.officer, again.pk, site=SITE).data
    assert "在本县登记的企业".encode() not in told


def test_a_correction_goes_out_instead_of_what_still_waited(cast: Cast, used: None, notices: Column) -> None:
    made = published(cast, notices)
    take(cast, made.pk, "correct")
    drafting.write(cast.handler, made.pk, written(body_html="<p>更正以后</p>"), seen=1)
    take(cast, made.pk, *WHOLE)
    assert sorted(_waiting(cast)) == [
        ("archive", "更正"),
        ("bulletin", "更正"),
        ("gazette", "更正"),
        ("wechat", "更正"),
    ]


def test_only_the_bodys_officer_sends(cast: Cast, used: None, notices: Column) -> None:
    published(cast, notices)
    for person in (cast.handler, cast.elsewhere, cast.office, cast.system):
        with pytest.raises(PermissionDenied):
            channels.issue_gazette(person, BODY, site=SITE)
        with pytest.raises(PermissionDenied):
            channels.set_channels(person, BODY, [], {}, "")


@pytest.mark.parametrize("addresses", ["", "不是地址", "a@b", "x@example.gov.cn\nBcc: y@example.com,z"])
def test_what_is_no_address_is_refused(cast: Cast, notices: Column, addresses: str) -> None:
    with pytest.raises(InputRefused, match="邮件地址"):
        channels.set_channels(cast.officer, BODY, ["bulletin"], {}, addresses)


def test_lists_ask_the_same_however_much_waits(
    cast: Cast, used: None, notices: Column, django_assert_num_queries: Any
) -> None:
    published(cast, notices)
    published(cast, notices)
    with django_assert_num_queries(3):
        assert len(channel_queries.sendings(cast.officer, BODY, waiting=True)) == 8
    with django_assert_num_queries(3):
        assert [each.waiting for each in channel_queries.channels_of(cast.officer, BODY)] == [2, 2, 0, 2, 2, 0, 0]
