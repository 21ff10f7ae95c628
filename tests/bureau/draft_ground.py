"""The ground on which drafts are tested: a body with columns, a notice that lacks nothing, its way through review."""

from __future__ import annotations

from datetime import date

import pytest
from bureau_cast import Cast

from gongkai.bureau import clock
from gongkai.bureau.publishing import columns, draft_steps, drafting
from gongkai.bureau.publishing.drafting import Written
from gongkai.bureau.publishing.models import Column, Draft

BODY = "qinglan-kjj"
TODAY = date(2026, 3, 10)
ELEMENTS = {
    "title": "关于组织申报2026年科技项目的通知", "kind": "information", "source": "made", "genre": "通知",
    "topic": "科技、教育", "formed_on": "2026-03-02", "document_number": "青科〔2026〕5号",
    "summary": "申报的条件和期限",
}  # fmt: skip
TEXT = "<h2>申报条件</h2><p>在本县登记的企业和科研机构可以申报。</p>"


@pytest.fixture
def notices(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Column:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    columns.begin(cast.officer, BODY)
    return Column.objects.get(body__code=BODY, code="notices")


def written(**changed: object) -> Written:
    given: dict[str, object] = {"elements": ELEMENTS, "body_html": TEXT}
    return Written(**{**given, **changed})  # type: ignore[arg-type]


def drafted(cast: Cast, column: Column, **changed: object) -> int:
    made = drafting.begin(cast.handler, column.pk)
    drafting.write(cast.handler, made, written(**changed), seen=0)
    return made


def take(cast: Cast, draft: int, *acts: str) -> None:
    """Each act by the one who does it, with what it asks for."""
    by = {
        "submit": cast.handler, "pass_section": cast.head, "pass_legal": cast.adviser, "conclude": cast.reviewer,
        "sign": cast.leader, "publish": cast.officer, "recall": cast.handler, "correct": cast.handler,
        "withdraw": cast.officer, "return_": cast.reviewer, "refer": cast.reviewer, "register_answer": cast.reviewer,
    }  # fmt: skip
    told = {
        "pass_legal": {"lawfulness": "依据充分，合法", "fair_competition": "passed"},
        "conclude": {"conclusion": "public", "ground": "不涉及国家秘密、工作秘密"},
        "recall": {"because": "附件要换"},
        "correct": {"because": "联系电话有误"},
        "withdraw": {"because": "附件含有个人信息"},
        "return_": {"reasons": "第二段写清楚"},
        "refer": {"authority": "青澜县国家保密局", "question": "名单是否属于工作秘密"},
        "register_answer": {"answer": "不属于", "answered_on": "2026-03-09"},
    }
    for act in acts:
        draft_steps.take_step(by[act], draft, act, told.get(act, {}))


WHOLE = ("submit", "pass_section", "conclude", "sign", "publish")


def published(cast: Cast, column: Column, **changed: object) -> Draft:
    made = drafted(cast, column, **changed)
    take(cast, made, *WHOLE)
    return Draft.objects.get(pk=made)
