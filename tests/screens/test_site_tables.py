"""An old site's table at the desk: sent, mapped, checked, imported in the background; its sender's alone."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.test import Client

sys.path.insert(0, str(Path(__file__).parent.parent / "bureau"))

from bureau_cast import Cast, cast

from gongkai.bureau.jobs.services import run_job
from gongkai.bureau.ledger.models import Entry
from gongkai.bureau.orgs.models import Person
from gongkai.bureau.publishing import lists
from gongkai.bureau.publishing.models import Item, SentTable

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
__all__ = ["cast"]
TABLE = """\
标题,发布日期,所属栏目,正文,网址,点击
甲,2019-03-05,通知,<p>全文</p>,/a.html,3
乙,三月五日,通知,第一条,/b.html,4
"""
IMPORT = "/desk/items/import/"


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def sent(client: Client, text: str = TABLE, body: str = "qinglan-kjj") -> Any:
    file = io.BytesIO(text.encode())
    file.name = "旧网站.csv"
    return client.post(IMPORT, {"body": body, "table": file})


def run(made: SentTable) -> None:
    made.refresh_from_db()
    run_job.func(made.job)


def test_from_the_upload_to_the_import(
    cast: Cast, parse: Callable[[str], object], inline_code: Callable[[str], list[str]]
) -> None:
    officer = browser(cast.officer)
    assert IMPORT in officer.get("/desk/items/").content.decode()
    assert "第一行是列名" in officer.get(IMPORT).content.decode()
    page = sent(officer).headers["Location"]
    made = SentTable.objects.get()
    assert page == f"/desk/items/import/{made.pk}/"
    shown = officer.get(page).content.decode()
    parse(shown)
    assert inline_code(shown) == []
    assert '<option value="title" selected>标题</option>' in shown
    assert "第3行" in shown
    assert "“三月五日”不是日期" in shown
    chosen = {"map-0": "title", "map-1": "published_on", "map-2": "column", "map-3": "body", "map-4": "address"}
    assert officer.post(page, {"act": "import"}).status_code == 400  # before the check
    assert officer.post(page, {"act": "check", **chosen}).status_code == 302
    assert "等它办完" in officer.post(page, {"act": "check", **chosen}).content.decode()
    run(made)
    told = officer.get(page).content.decode()
    assert "共2行，1行可以导入，1行有错" in told
    assert "<td>发布日期</td>" in told
    assert "1行有错" in officer.post(page, {"act": "import"}).content.decode()
    assert Item.objects.count() == 0
    assert officer.post(page, {"act": "import", "skip_bad": "yes"}).status_code == 302
    assert "检查" in officer.get("/desk/tasks/").content.decode()
    folder = Path(configured.FILES) / "site-tables" / made.folder
    assert folder.is_dir()
    run(made)
    run_job.func(made.job)  # an attempt that comes late does nothing
    assert "导入了1条，0条已有且相同，跳过1行" in officer.get(page).content.decode()
    assert not folder.exists()
    item = Item.objects.get()
    assert (item.title, item.legacy, item.body.code, item.imported_by, item.index_number) == (
        "甲", True, "qinglan-kjj", cast.officer, "",
    )  # fmt: skip
    kinds = list(Entry.objects.filter(kind__startswith="site.").order_by("pk").values_list("kind", flat=True))
    assert kinds == ["site.table_sent", "site.imported"]
    assert lists.imported_unreviewed(cast.reviewer)[1] == 1
    assert officer.post(page, {"act": "check", **chosen}).status_code == 400


def test_a_wrong_map_is_told_and_nothing_is_queued(cast: Cast) -> None:
    officer = browser(cast.officer)
    page = sent(officer).headers["Location"]
    twice = officer.post(page, {"act": "check", "map-0": "title", "map-1": "title"})
    assert (twice.status_code, "一个字段只由一列给出" in twice.content.decode()) == (400, True)
    strange = officer.post(page, {"act": "check", "map-0": "agency"})
    assert (strange.status_code, SentTable.objects.get().job) == (400, None)
    assert "没有一列是" in officer.post(page, {"act": "check", "map-0": "title"}).content.decode()
    assert officer.post(page, {"act": "publish"}).status_code == 400


def test_it_is_its_senders_alone_and_for_their_own_body(cast: Cast) -> None:
    officer = browser(cast.officer)
    page = sent(officer).headers["Location"]
    for other in (cast.handler, cast.elsewhere, cast.leader):
        assert browser(other).get(page).status_code == 404
        assert browser(other).post(page, {"act": "discard"}).status_code == 404
    assert sent(officer, body="qinglan-mzj").status_code == 403
    assert [browser(each).get(IMPORT).status_code for each in (cast.reviewer, cast.auditor, cast.system)] == [403] * 3


@pytest.mark.parametrize(
    ("text", "told"),
    [("", "没有"), ("标题,标题\n甲,乙\n", "出现两次"), ('标题,正文\n"甲,乙\n', "引号不成对")],
)
def test_a_table_that_cannot_be_read_leaves_nothing(cast: Cast, text: str, told: str) -> None:
    answer = sent(browser(cast.officer), text)
    left = list((Path(configured.FILES) / "site-tables").glob("*"))
    assert (answer.status_code, told in answer.content.decode(), SentTable.objects.count(), left) == (400, True, 0, [])


def test_a_table_given_up_is_removed(cast: Cast) -> None:
    officer = browser(cast.officer)
    page = sent(officer).headers["Location"]
    assert officer.post(page, {"act": "discard"}).status_code == 302
    assert list((Path(configured.FILES) / "site-tables").glob("*")) == []
    assert "已经删除" in officer.get(page).content.decode()


def test_a_table_damaged_further_down_is_shown_and_told_by_the_check(cast: Cast) -> None:
    officer = browser(cast.officer)
    page = sent(officer, TABLE + '丙,"2019\n').headers["Location"]
    assert "引号不成对" in officer.get(page).content.decode()
    chosen = {"map-0": "title", "map-1": "published_on", "map-2": "column", "map-3": "body", "map-4": "address"}
    officer.post(page, {"act": "check", **chosen})
    run(SentTable.objects.get())
    assert "失败" in officer.get(page).content.decode()
