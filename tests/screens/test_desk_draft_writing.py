"""The page on which information is written: without JavaScript, what was typed stays; with it, the same in JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from draft_screens import draft, person, signed_in

from gongkai.bureau.publishing import drafting
from gongkai.bureau.publishing.drafting import Written
from gongkai.bureau.publishing.models import Column, Draft

pytestmark = [pytest.mark.django_db, pytest.mark.database]
__all__ = ["draft"]
JSON = {"HTTP_ACCEPT": "application/json"}


def typed(number: int, **changed: str) -> dict[str, str]:
    """What the form posts for a draft as it is kept, with what was typed since."""
    found = Draft.objects.get(pk=number)
    kept = {**found.elements, "way": found.way, "way_ground": found.way_ground, "column": str(found.place_id),
            "body_html": found.body_html, "text_form": "html", "seen": str(found.version)}  # fmt: skip
    return {**kept, **changed}


def test_a_draft_is_begun_in_a_column(draft: int, inline_code: Callable[[str], list[str]], parse: Any) -> None:
    client = signed_in("chengban")
    page = client.get("/desk/drafts/new/").content.decode()
    parse(page)
    place = Column.objects.get(body__code="qinglan-kjj", code="notices")
    assert f'<option value="{place.pk}">' in page
    refused = client.post("/desk/drafts/new/", {"title": "征求意见的公告"})
    assert (refused.status_code, "征求意见的公告" in refused.content.decode()) == (400, True)
    made = client.post("/desk/drafts/new/", {"title": "征求意见的公告", "column": place.pk})
    begun = Draft.objects.order_by("-id").first()
    assert begun is not None
    assert made.headers["Location"] == f"/desk/drafts/{begun.pk}/write/"
    assert begun.title == "征求意见的公告"
    page = client.get(made.headers["Location"]).content.decode()
    parse(page)
    assert inline_code(page) == []
    assert signed_in("lingdao").get("/desk/drafts/new/").status_code == 403


def test_lines_are_paragraphs_without_javascript(draft: int) -> None:
    client = signed_in("chengban")
    page = client.get(f"/desk/drafts/{draft}/write/").content.decode()
    assert "申报条件见附件。</textarea>" in page
    lines = "第一段 a<b\n\n 第二段 "
    done = client.post(f"/desk/drafts/{draft}/write/", typed(draft, body_html=lines, text_form="plain"))
    assert done.status_code == 302
    assert Draft.objects.get(pk=draft).body_html == "<p>第一段 a&lt;b</p><p>第二段</p>"
    assert "第一段 a&lt;b\n第二段</textarea>" in client.get(f"/desk/drafts/{draft}/write/").content.decode()


def test_what_has_structure_keeps_it_without_javascript(draft: int) -> None:
    table = "<table><thead><tr><th>甲</th><th>乙</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>"
    whole = f"<h2>条件</h2>{table}"
    drafting.write(person("chengban"), draft, Written(Draft.objects.get(pk=draft).elements, whole), seen=1)
    client = signed_in("chengban")
    page = client.get(f"/desk/drafts/{draft}/write/").content.decode()
    shown = page.partition('aria-describedby="body_html-error text-hint">\n')[2].partition("</textarea>")[0]
    from html import unescape

    client.post(f"/desk/drafts/{draft}/write/", typed(draft, body_html=unescape(shown).replace("条件", "申报条件")))
    assert Draft.objects.get(pk=draft).body_html == whole.replace("条件", "申报条件")
