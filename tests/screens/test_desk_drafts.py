"""The review of information at the desk: the queue, one draft with its steps, what was entered stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from draft_screens import WAY, draft, person, signed_in

from gongkai.bureau.publishing import draft_steps, drafting
from gongkai.bureau.publishing.drafting import Written
from gongkai.bureau.publishing.models import Draft, Item

pytestmark = [pytest.mark.django_db, pytest.mark.database]
__all__ = ["draft"]


def test_through_review_by_its_pages(draft: int, inline_code: Callable[[str], list[str]], parse: Any) -> None:
    for username, act, given in WAY:
        client = signed_in(username)
        page = client.get(f"/desk/drafts/{draft}/").content.decode()
        assert f"/desk/drafts/{draft}/steps/{act}/" in page
        assert "关于“揭榜挂帅”项目&lt;申报&gt;的通知" in page
        assert inline_code(page) == []
        parse(page)
        seen = Draft.objects.get(pk=draft).steps.count()
        done = client.post(f"/desk/drafts/{draft}/steps/{act}/", {**given, "seen": seen})
        assert done.status_code == 302
    assert Item.objects.get(draft=draft).legacy is False
    page = signed_in("zhuanyuan").get(f"/desk/drafts/{draft}/").content.decode()
    assert "不涉及国家秘密和工作秘密" in page
    assert "撤回公开" in page
    sheet = signed_in("baomi").get(f"/desk/drafts/{draft}/review-sheet/").content.decode()
    parse(sheet)
    boxes = ("承办人意见", "部门负责人意见（初审）", "保密机构意见（复审）", "分管领导意见（终审）", "非公文类")
    assert [each for each in boxes if each not in sheet] == []


def test_the_queue_and_its_filters(draft: int, parse: Any) -> None:
    client = signed_in("zhuanyuan")
    page = client.get("/desk/drafts/").content.decode()
    parse(page)
    assert f'/desk/drafts/{draft}/"' in page
    assert "还有" in page  # days until it must be public
    assert "没有符合条件的稿子" in client.get("/desk/drafts/?state=published").content.decode()
    assert client.get("/desk/drafts/?state=zzz&after=x&body=%27").status_code == 200


def test_what_was_entered_stays_where_a_step_is_refused(draft: int) -> None:
    draft_steps.take_step(person("chengban"), draft, "submit")
    draft_steps.take_step(person("kezhang"), draft, "pass_section")
    steps = Draft.objects.get(pk=draft).steps.count()
    client = signed_in("baomi")
    refused = client.post(f"/desk/drafts/{draft}/steps/conclude/", {"ground": "还要请示", "seen": steps})
    assert refused.status_code == 400
    page = refused.content.decode()
    assert "保密审查结论：没有填写" in page
    assert "还要请示</textarea>" in page
    stale = client.post(f"/desk/drafts/{draft}/steps/conclude/", {"conclusion": "public", "ground": "可", "seen": 1})
    assert "已经有人办了一步" in stale.content.decode()


def test_the_wrong_person_is_told_and_nothing_happens(draft: int) -> None:
    steps = Draft.objects.get(pk=draft).steps.count()
    assert signed_in("lingdao").post(f"/desk/drafts/{draft}/steps/submit/", {"seen": steps}).status_code == 403
    assert signed_in("lingdao").post(f"/desk/drafts/{draft}/steps/nothing/", {}).status_code == 404
    assert signed_in("lingdao").get("/desk/drafts/99999/").status_code == 404
    assert Draft.objects.get(pk=draft).state == "drafting"


def test_it_stands_among_the_work_of_who_must_do_it(draft: int) -> None:
    draft_steps.take_step(person("chengban"), draft, "submit")
    assert "初审：关于“揭榜挂帅”项目&lt;申报&gt;的通知" in signed_in("kezhang").get("/desk/").content.decode()
    assert "揭榜挂帅" not in signed_in("baomi").get("/desk/").content.decode()


def test_two_versions_are_compared(draft: int) -> None:
    draft_steps.take_step(person("chengban"), draft, "submit")
    draft_steps.take_step(person("kezhang"), draft, "return_", {"reasons": "写明截止日期"})
    found = Draft.objects.get(pk=draft)
    elements = {**found.elements, "keywords": "揭榜挂帅"}
    drafting.write(person("chengban"), draft, Written(elements, "<p>申报条件见附件，截止日期另行通知。</p>"), seen=1)
    draft_steps.take_step(person("chengban"), draft, "submit")
    page = signed_in("kezhang").get(f"/desk/drafts/{draft}/").content.decode()
    assert f"/desk/drafts/{draft}/versions/1/2/" in page
    compared = signed_in("kezhang").get(f"/desk/drafts/{draft}/versions/1/2/").content.decode()
    assert "<ins>" in compared
    assert "截止日期另行通知" in compared.replace("<ins>", "").replace("</ins>", "")
    assert "揭榜挂帅</ins>" in compared
    assert signed_in("kezhang").get(f"/desk/drafts/{draft}/versions/1/9/").status_code == 404


def test_imported_items_are_reviewed_on_one_page(draft: int, parse: Any) -> None:
    body = Draft.objects.get(pk=draft).body
    for at in range(2):
        Item.objects.create(
            body=body, source_id=f"old-{at}", column="通知公告", title=f"旧站第{at}条", published_on="2020-01-02",
            body_text="全文", digest="0" * 64, entered_at="2026-01-02T00:00:00Z",
        )  # fmt: skip
    client = signed_in("baomi")
    page = client.get("/desk/items/review/").content.decode()
    parse(page)
    first = Item.objects.get(source_id="old-0").pk
    given = {f"item-{first}": "public", "ground": ""}
    refused = client.post("/desk/items/review/", given)
    assert refused.status_code == 400
    assert '<option value="public" selected>' in refused.content.decode()
    assert client.post("/desk/items/review/", {**given, "ground": "不涉密"}).status_code == 302
    assert sorted(Item.objects.values_list("source_id", "legacy")) == [("old-0", False), ("old-1", True)]
    assert signed_in("chengban").get("/desk/items/review/").status_code == 403
