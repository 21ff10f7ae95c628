"""An old site's table becomes legacy items: told by row and header, all or nothing unless asked, resumable."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ledger_files import bodies

from gongkai.bureau.ledger import derived
from gongkai.bureau.ledger.models import Entry
from gongkai.bureau.orgs.models import Body
from gongkai.bureau.publishing import exchange, site_import
from gongkai.bureau.publishing.models import Item, OldAddress
from gongkai.bureau.publishing.site_rows import Rows
from gongkai.documents.site_table import open_table
from gongkai.statute.ledgers.site import guessed

pytestmark = [pytest.mark.django_db, pytest.mark.database]
HEAD = "编号,标题,发布日期,栏目,发布机构,内容,附件,原地址\n"


@pytest.fixture(autouse=True)
def _ledger(db: None, settings: Any, tmp_path: Path) -> None:
    settings.FILES = tmp_path / "kept"
    bodies()


def checked(tmp_path: Path, *rows: str, files: Path | None = None) -> site_import.Checked:
    (tmp_path / "t.csv").write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    table = open_table(tmp_path / "t.csv", tmp_path)
    return site_import.check(table, Rows(guessed(table.headers), files), tmp_path)


def told(made: site_import.Checked) -> list[str]:
    return [str(each.as_input()) for each in made.faults]


def done(made: site_import.Checked, files: Path | None = None) -> tuple[int, int, int, int]:
    found = site_import.write(made, files, name="t.csv")
    return found.made, found.known, found.skipped, found.addresses


def test_every_fault_is_told_by_its_row_and_header(tmp_path: Path) -> None:
    made = checked(
        tmp_path,
        "1,甲,2019-03-05,通知,kjj,第一条,,/a/1.html",
        "2,,三月,通知,没有的局,第一条,,/a/2.html",
        "3,丙,2019-03-05,通知,kjj,,,/a/3.html",
        "4,丁,2019-03-05,通知,kjj,第一条,x.pdf,/a/4.html",
        "5,戊,2019-03-05,通知,kjj,第一条,,http://old.cn/a/1.html",
        "1,己,2019-03-05,通知,青澜县科学技术局,第一条,,/a/6.html",
        "7,庚,1899-01-01,通知,kjj,第一条,,javascript:x",
    )
    assert told(made) == [
        "第3行“发布日期”列：“三月”不是日期；应为日期，如 2020-09-25、2020年9月25日、20200925",
        "第3行“发布机构”列：没有叫“没有的局”的机关；应为已导入的机关的代码或者全称",
        "第3行“标题”列：没有填写；应为非空文字",
        "第4行“内容”列：没有正文，也没有附件；应为正文或者附件",
        "第5行“附件”列：列了“x.pdf”，没有说文件在哪里；应为用 --attachments 指明附件的文件夹",
        "第6行“原地址”列：和第2行的相同；应为每条信息自己的地址",
        "第7行“编号”列：“1”在第2行已经出现；应为一条一行",
        "第8行“原地址”列：“javascript:x”不是网页的地址；应为如 /art/2019/3/5/art_1_2.html，或完整的网址",
        "第8行“发布日期”列：“1899-01-01”太早；应为1949-10-01或者以后",
    ]
    assert (made.rows, made.right, Item.objects.count(), Entry.objects.filter(kind="items.imported").count()) == (
        7, 1, 0, 0,
    )  # fmt: skip
    assert done(made) == (1, 0, 6, 1)
    assert [each.title for each in Item.objects.all()] == ["甲"]


def test_what_is_imported_is_clean_legacy_and_without_an_index_number(tmp_path: Path) -> None:
    made = checked(
        tmp_path,
        '1,甲,2019年3月5日,通知,青澜县科学技术局,"<div onclick=""x()""><p>全文</p><script>x</script></div>",,/a/1.html',
    )
    assert told(made) == []
    assert done(made) == (1, 0, 0, 1)
    item = Item.objects.get()
    assert (item.body.code, item.legacy, item.index_number, item.body_html) == ("kjj", True, "", "<p>全文</p>")
    assert [fault for outcome in derived.run_all() for fault in outcome.faults] == []


def test_an_import_that_broke_off_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [f"{each},第{each}号,2019-03-05,通知,kjj,第一条,,/a/{each}.html" for each in range(1200)]
    made = checked(tmp_path, *rows)
    real, calls = exchange._write, []

    def broken(*args: Any) -> int:
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(*args)

    monkeypatch.setattr(exchange, "_write", broken)
    with pytest.raises(KeyboardInterrupt):
        done(made)
    assert (Item.objects.count(), OldAddress.objects.count()) == (1000, 0)
    monkeypatch.setattr(exchange, "_write", real)
    assert done(checked(tmp_path, *rows)) == (200, 1000, 0, 1200)
    assert done(checked(tmp_path, *rows)) == (0, 1200, 0, 0)
    assert [fault for outcome in derived.run_all() for fault in outcome.faults] == []


def test_a_known_row_that_differs_is_told_by_its_row(tmp_path: Path) -> None:
    done(checked(tmp_path, "1,甲,2019-03-05,通知,kjj,第一条,,/a/1.html"))
    made = checked(
        tmp_path, "9,乙,2019-03-05,通知,kjj,第一条,,/a/9.html", "1,甲改,2019-03-05,通知,kjj,第一条,,/a/1.html"
    )
    assert told(made) == ["第3行：“标题”已有的是“甲”，这里是“甲改”；应为相同的记录"]
    assert done(made) == (1, 0, 1, 1)


def test_an_address_that_leads_elsewhere_already_is_told(tmp_path: Path) -> None:
    done(checked(tmp_path, "1,甲,2019-03-05,通知,kjj,第一条,,/a/1.html"))
    made = checked(tmp_path, "2,乙,2019-03-05,通知,mzj,第一条,,/a/1.html")
    assert told(made) == ["第2行“原地址”列：“/a/1.html”已经是《甲》的原地址；应为每条信息自己的地址"]


def test_without_a_number_a_page_is_known_by_its_address(tmp_path: Path) -> None:
    long = "/a/" + "x" * 200
    done(
        checked(
            tmp_path,
            ",甲,2019-03-05,通知,kjj,第一条,,http://o.gov.cn/a/1.html?b=1",
            f",乙,2019-03-05,通知,kjj,二,,{long}",
        )
    )
    assert Item.objects.filter(source_id="/a/1.html?b=1", title="甲").exists()
    assert {len(each) for each in Item.objects.values_list("source_id", flat=True)} == {13, 44}


def test_attachments_are_kept_by_their_digest(tmp_path: Path) -> None:
    files = tmp_path / "from"
    (files / "up").mkdir(parents=True)
    (files / "up" / "a.pdf").write_bytes(b"%PDF")
    made = checked(tmp_path, "1,甲,2019-03-05,通知,kjj,,/up/a.pdf;up/没有.pdf,/a/1.html", files=files)
    assert told(made) == ["第2行“附件”列：附件文件夹里没有“up/没有.pdf”；应为相对于附件文件夹的路径"]
    assert done(checked(tmp_path, "1,甲,2019-03-05,通知,kjj,,/up/a.pdf,/a/1.html", files=files), files) == (1, 0, 0, 2)
    kept = Item.objects.get().attachments
    assert [(each["path"], each["size"]) for each in kept] == [("up/a.pdf", 4)]
    assert exchange.stored(kept[0]["digest"]).read_bytes() == b"%PDF"
    assert dict(OldAddress.objects.values_list("path", "file")) == {"/a/1.html": "", "/up/a.pdf": kept[0]["digest"]}


def test_a_name_that_two_bodies_bear_is_none_of_theirs(tmp_path: Path) -> None:
    Body.objects.update(short_name="县局")
    made = checked(tmp_path, "1,甲,2019-03-05,通知,县局,第一条,,/a/1.html")
    assert told(made) == ["第2行“发布机构”列：没有叫“县局”的机关；应为已导入的机关的代码或者全称"]
