"""The columns of a body: begun from the law, then its own; an address never breaks; nothing goes astray."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from bureau_cast import Cast
from case_ground import today
from django.core.exceptions import PermissionDenied

from gongkai.bureau.ledger.models import Entry
from gongkai.bureau.orgs.models import Section
from gongkai.bureau.publishing import catalogue, columns, exchange, lists, reviewing, services
from gongkai.bureau.publishing.columns import Settings
from gongkai.bureau.publishing.models import Column, Item
from gongkai.statute.primitives import InputRefused

pytestmark = [pytest.mark.django_db, pytest.mark.database]

BODY = "qinglan-kjj"


def _item(cast: Cast, source: str, column: str, on: str = "2026-03-02") -> int:
    given: dict[str, object] = {
        "source_id": source, "agency": BODY, "column": column, "title": f"标题{source}", "published_on": on,
        "body_text": "全文",
    }  # fmt: skip
    return services.enter(cast.officer, given)


def _column(code: str) -> Column:
    return Column.objects.get(body__code=BODY, code=code)


def test_a_county_department_begins_with_what_the_law_names(cast: Cast) -> None:
    before = _item(cast, "a", "通知公告")
    made = columns.begin(cast.officer, BODY)
    assert made == 26
    assert columns.begin(cast.officer, BODY) == 0
    rows = catalogue.tree(cast.reviewer, BODY)
    assert rows is not None
    assert [each.name for each in rows if each.depth == 0] == [
        "政府信息公开指南", "政府信息公开制度", "法定主动公开内容", "政府信息公开年报", "依申请公开",
    ]  # fmt: skip
    assert Item.objects.get(pk=before).place == _column("notices")
    after = _item(cast, "b", "财政预算、决算")
    assert Item.objects.get(pk=after).place == _column("budget")
    assert catalogue.nowhere(cast.officer, BODY) == ()
    entry = Entry.objects.get(kind="columns.begun")
    assert (entry.body, json.loads(entry.facts)) == (BODY, {"columns": 26})


def test_a_body_takes_the_fields_that_its_duties_touch(cast: Cast) -> None:
    columns.begin(cast.officer, BODY)
    assert columns.take_fields(cast.officer, BODY, ["field-housing", "field-social-assistance"]) == 3
    assert columns.take_fields(cast.officer, BODY, ["field-social-assistance", "field-elderly-care"]) == 1
    rows = catalogue.tree(cast.reviewer, BODY)
    assert rows is not None
    assert [(each.name, each.depth) for each in rows if each.code.startswith("field")] == [
        ("基层政务公开标准目录", 1), ("保障性住房", 2), ("社会救助", 2), ("养老服务", 2),
    ]  # fmt: skip
    left = catalogue.fields_left(rows)
    assert len(left) == 23
    assert ("field-housing", "保障性住房") not in left
    for wrong in ([], ["field-moon"]):
        with pytest.raises(InputRefused, match="领域"):
            columns.take_fields(cast.officer, BODY, wrong)
    with pytest.raises(PermissionDenied):
        columns.take_fields(cast.handler, BODY, ["field-taxation"])


def test_what_is_imported_finds_its_column_and_what_has_none_is_listed(cast: Cast, tmp_path: Path) -> None:
    columns.begin(cast.officer, BODY)
    record: dict[str, Any] = {
        "agency": BODY,
        "title": "甲",
        "published_on": "2025-01-02",
        "body_text": "乙",
        "attachments": [],
    }
    lines = [{**record, "source_id": f"{n}", "column": name} for n, name in enumerate(("通知公告", "老栏目", "老栏目"))]
    (tmp_path / "items").write_text("\n".join(json.dumps(each) for each in lines), encoding="utf-8")
    exchange.import_items(tmp_path / "items")
    assert Item.objects.get(source_id="0").place == _column("notices")
    assert catalogue.nowhere(cast.officer, BODY) == (("老栏目", 2),)
    columns.add(cast.officer, BODY, "lao", Settings("老栏目", _column("content").pk))
    assert catalogue.nowhere(cast.officer, BODY) == ()
    assert _column("lao").items.count() == 2


def test_renamed_moved_and_closed_the_address_stays(cast: Cast) -> None:
    columns.begin(cast.officer, BODY)
    item = _item(cast, "a", "通知公告")
    notices, others = _column("notices"), _column("others")
    columns.change(cast.officer, notices.pk, Settings("公示公告", None, days=30))
    assert (_column("notices").name, _column("notices").parent, _column("notices").days) == ("公示公告", None, 30)
    facts = json.loads(Entry.objects.get(kind="column.changed").facts)
    assert facts["name"] == ["通知公告", "公示公告"]
    assert Item.objects.get(pk=item).place == notices
    columns.close(cast.officer, notices.pk, into=others.pk, because="合并")
    assert Item.objects.get(pk=item).place == others
    found = catalogue.public_column(BODY, "notices")
    assert found is not None
    assert (found.closed, found.merged_into) == (True, "others")
    columns.close(cast.officer, others.pk, into=_column("plans").pk, because="再合并")
    again = catalogue.public_column(BODY, "notices")
    assert again is not None
    assert again.merged_into == "plans"
    with pytest.raises(InputRefused, match="已经停用"):
        columns.change(cast.officer, notices.pk, Settings("又开", None))
    with pytest.raises(InputRefused, match="下面还有栏目"):
        columns.close(cast.officer, _column("content").pk, into=_column("guide").pk, because="x")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name": " "}, "名称：没有填写；应为栏目名称"),
        ({"days": 0}, "更新天数：是0；应为1至3660天"),
        ({"days": 9, "event": "变动"}, "更新要求：天数和事由都填了；应为按天数的填天数，因事更新的填事由"),
        ({"parent": 999_999}, "上级栏目：不是本机关在用的栏目；应为本机关在用的栏目"),
        ({"person": "elsewhere"}, "责任人：“elsewhere”现在不在本机关任职；应为本机关在职人员的账号"),
        ({"section": 999_999}, "责任科室：不是本机关的科室；应为本机关的科室"),
    ],
)
def test_what_is_wrong_is_said(given: dict[str, Any], said: str, cast: Cast) -> None:
    columns.begin(cast.officer, BODY)
    settings = replace(Settings("预决算", None), **given)
    with pytest.raises(InputRefused) as refused:
        columns.change(cast.officer, _column("budget").pk, settings)
    assert [str(each) for each in refused.value.faults] == [said]
    with pytest.raises(InputRefused) as refused:
        columns.add(cast.officer, BODY, "Neu!", settings)
    assert [each.place for each in refused.value.faults][-1] == "地址"


def test_a_column_stands_beneath_itself_never(cast: Cast) -> None:
    columns.begin(cast.officer, BODY)
    content = _column("content")
    for parent in (content.pk, _column("budget").pk):
        with pytest.raises(InputRefused, match="是它自己或者它的下级"):
            columns.change(cast.officer, content.pk, Settings("法定主动公开内容", parent))


def test_behind_its_rule_unowned_and_public_are_told(cast: Cast, django_assert_max_num_queries: Any) -> None:
    columns.begin(cast.officer, BODY)
    item = _item(cast, "a", "通知公告", on="2025-01-01")
    section = Section.objects.create(body=_column("budget").body, code="gx", name="高新科")
    columns.change(cast.officer, _column("budget").pk, Settings("预决算", None, section=section.pk, person="officer"))
    with django_assert_max_num_queries(8):
        rows = {each.code: each for each in catalogue.tree(cast.officer, BODY) or ()}
    # 180 days from 1 January 2025 end on 30 June 2025
    assert rows["notices"].behind == today().toordinal() - 739432
    assert (rows["notices"].items, rows["notices"].public, rows["notices"].owned) == (1, 0, False)
    assert (rows["budget"].section, rows["budget"].owned, rows["budget"].behind) == ("高新科", True, 0)
    assert [each.person for each in catalogue.public_tree(BODY) if each.person] == []
    reviewing.conclude(cast.reviewer, item, conclusion="public", ground="不涉密")
    shown = catalogue.public_items([_column("notices").pk])
    assert [each.title for each in shown.rows] == ["标题a"]


def test_only_the_bodys_officer_sets_columns(cast: Cast) -> None:
    for who in (cast.handler, cast.head, cast.reviewer, cast.leader, cast.office, cast.elsewhere, cast.system):
        with pytest.raises(PermissionDenied):
            columns.begin(who, BODY)
    columns.begin(cast.officer, BODY)
    for who in (cast.handler, cast.elsewhere, cast.office):
        with pytest.raises(PermissionDenied):
            columns.change(who, _column("budget").pk, Settings("x", None))
        with pytest.raises(PermissionDenied):
            columns.close(who, _column("budget").pk, into=_column("plans").pk, because="x")
    with pytest.raises(PermissionDenied):
        catalogue.tree(cast.elsewhere, BODY)


def test_what_was_imported_is_reviewed_page_by_page_each_with_its_own_conclusion(cast: Cast, tmp_path: Path) -> None:
    for at in range(3):
        record = {"agency": BODY, "source_id": f"old-{at}", "column": "通知公告", "title": f"旧{at}",
                  "published_on": "2020-01-02", "body_text": "全文"}  # fmt: skip
        with (tmp_path / "items.jsonl").open("a") as lines:
            lines.write(json.dumps(record, ensure_ascii=False) + "\n")
    exchange.import_items(tmp_path / "items.jsonl")
    rows, waiting = lists.imported_unreviewed(cast.reviewer)
    assert ([each.title for each in rows], waiting) == (["旧0", "旧1", "旧2"], 3)
    assert lists.imported_unreviewed(cast.officer) == ((), 0)
    chosen = {rows[0].id: "public", rows[1].id: "withheld"}
    with pytest.raises(PermissionDenied):
        reviewing.conclude_many(cast.officer, chosen, ground="看过")
    with pytest.raises(InputRefused, match="没有填写"):
        reviewing.conclude_many(cast.reviewer, chosen, ground=" ")
    assert reviewing.conclude_many(cast.reviewer, chosen, ground="不涉及国家秘密、工作秘密") == 2
    assert list(Item.objects.order_by("id").values_list("legacy", flat=True)) == [False, True, True]
    with pytest.raises(InputRefused, match="已经有结论"):
        reviewing.conclude_many(cast.reviewer, chosen, ground="再来")
    assert lists.imported_unreviewed(cast.reviewer)[1] == 1
