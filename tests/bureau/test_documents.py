"""Rules and normative documents: in force, ended, near their end, not interpreted; by year as table two counts them."""

from __future__ import annotations

from datetime import date

import pytest
from bureau_cast import Cast
from draft_ground import BODY, ELEMENTS, TODAY, notices, published, take, written
from pytest_django import DjangoAssertNumQueries

from gongkai.bureau import clock
from gongkai.bureau.annual.duties import duties_of
from gongkai.bureau.publishing import catalogue, documents, drafting, queries
from gongkai.bureau.publishing.models import Column, Draft, Item

pytestmark = [pytest.mark.django_db, pytest.mark.database]
__all__ = ["notices"]
MEASURE = {
    **ELEMENTS, "title": "科技专项资金管理办法", "kind": "document", "genre": "规范性文件",
    "document_number": "青科规〔2026〕1号", "effective_on": "2026-03-10",
}  # fmt: skip
WHOLE = ("submit", "pass_section", "pass_legal", "conclude", "sign", "publish")


def _document(cast: Cast, column: Column, **elements: str) -> Item:
    made = drafting.begin(cast.handler, column.pk)
    drafting.write(cast.handler, made, written(elements={**MEASURE, **elements}), seen=0)
    take(cast, made, *WHOLE)
    item = Draft.objects.get(pk=made).item
    assert item is not None
    return item


def _numbers(cast: Cast, standing: str) -> list[str]:
    return [each.document_number for each in documents.documents(cast.officer, standing=standing).rows]


def test_each_standing_shows_its_own(cast: Cast, notices: Column) -> None:
    _document(cast, notices)
    _document(cast, notices, document_number="青科规〔2026〕2号", repeals="青科规〔2026〕1号")
    _document(cast, notices, document_number="青科规〔2026〕3号", expires_on="2026-06-08")
    _document(cast, notices, document_number="青科规〔2026〕4号", expires_on="2026-06-09", no_reading="程序性文件")
    assert _numbers(cast, "in_force") == ["青科规〔2026〕4号", "青科规〔2026〕3号", "青科规〔2026〕2号"]
    assert _numbers(cast, "ended") == ["青科规〔2026〕1号"]
    assert _numbers(cast, "ending") == ["青科规〔2026〕3号"]  # 90 days before its last day, and not 91
    assert _numbers(cast, "unread") == ["青科规〔2026〕3号", "青科规〔2026〕2号"]
    assert len(_numbers(cast, "all")) == 4
    shown = documents.public_documents(BODY)
    assert [(each.document_number, each.standing) for each in shown.rows] == [
        ("青科规〔2026〕4号", "现行有效"), ("青科规〔2026〕3号", "现行有效"), ("青科规〔2026〕2号", "现行有效"),
    ]  # fmt: skip


def test_the_years_are_those_of_table_two(cast: Cast, notices: Column) -> None:
    _document(cast, notices, formed_on="2025-12-30")
    _document(cast, notices, document_number="青科规〔2026〕2号", repeals="青科规〔2026〕1号")
    this, last = documents.by_year(BODY, 2)
    assert (this.year, last.year) == (2026, 2025)
    assert this.counts[1][2] == {"made": 1, "disclosed": 2, "public_total": 2, "repealed": 1, "in_force": 1}
    assert last.counts[1][2] == {"made": 1, "disclosed": 0, "public_total": 0, "repealed": 0, "in_force": 1}
    behind = queries.behind([BODY], 2026, documents.as_of(2026), row="normative", column="repealed")
    assert [each.document_number for each in behind.rows] == ["青科规〔2026〕1号"]


def test_an_interpretation_is_a_duty_until_it_is_public(
    cast: Cast, notices: Column, monkeypatch: pytest.MonkeyPatch
) -> None:
    _document(cast, notices)
    told = {each.what: each for each in duties_of(cast.officer)}
    assert told["解读规章、规范性文件"].due == date(2026, 3, 13)
    assert told["解读规章、规范性文件"].light == "soon"
    monkeypatch.setattr(clock, "today", lambda: date(2026, 3, 17))
    late = {each.what: each for each in duties_of(cast.officer)}["解读规章、规范性文件"]
    assert (late.light, late.when) == ("error", "已过4天")
    reading = {
        **ELEMENTS, "title": "办法解读", "kind": "interpretation", "genre": "解读", "form": "text",
        "interprets": "青科规〔2026〕1号", "document_number": "",
    }  # fmt: skip
    published(cast, notices, elements=reading)
    assert "解读规章、规范性文件" not in {each.what for each in duties_of(cast.officer)}
    row = documents.documents(cast.officer).rows[0]
    assert (row.reading.state, row.reading.late) == ("done", 2)
    assert [each.title for each in row.readings] == ["办法解读"]


def test_columns_behind_their_rule_are_one_duty(cast: Cast, notices: Column, monkeypatch: pytest.MonkeyPatch) -> None:
    Column.objects.filter(body__code=BODY).update(days=None)
    Column.objects.filter(pk=notices.pk).update(days=14)
    assert catalogue.behind(cast.officer) == ()
    published(cast, notices)
    monkeypatch.setattr(clock, "today", lambda: date(2026, 3, 24))
    assert catalogue.behind(cast.officer) == ()
    monkeypatch.setattr(clock, "today", lambda: date(2026, 3, 25))
    assert [(code, count, since) for code, _, count, since in catalogue.behind(cast.officer)] == [
        (BODY, 1, date(2026, 3, 24))
    ]
    assert catalogue.behind(cast.handler) == ()


def test_lists_ask_the_same_however_many_there_are(
    cast: Cast, notices: Column, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    first = _document(cast, notices)
    Item.objects.bulk_create(
        Item(
            body=first.body, source_id=f"s{at}", title=f"办法{at}", column="通知公告", published_on=TODAY,
            counted_as="normative", digest="0" * 64, entered_at=first.entered_at, legacy=at % 2 == 0,
        )
        for at in range(120)
    )  # fmt: skip
    with django_assert_max_num_queries(8):
        page = documents.documents(cast.officer)
    assert len(page.rows) == 50
    second = documents.documents(cast.officer, after=page.next_after)
    third = documents.documents(cast.officer, after=second.next_after)
    assert len({each.id for one in (page, second, third) for each in one.rows}) == 121
    with django_assert_max_num_queries(4):
        assert len(documents.public_documents(BODY).rows) == 50
    with django_assert_max_num_queries(4):
        documents.owed(cast.officer)
    with django_assert_max_num_queries(1):
        documents.by_year(BODY)
