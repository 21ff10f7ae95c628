"""Rows a second of an old site's table (CSV), from the file to the ledger; against one INSERT a row.

python benchmarks/site_import_rate.py [number of rows]

Runs on SQLite in a temporary folder and on PostgreSQL as benchmarks/compile_rate.py does. Each row has a page of HTML
that is cleaned, an old address that is normalised and looked for, and every row is checked before one is written.
The alternative in the same run saves the same rows through the ORM, a row and its address in a transaction, without
cleaning, checking or journalling anything.
"""

from __future__ import annotations

import csv
import random
import resource
import sys
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

from compile_rate import places, run

ONE_BY_ONE = 2000
"""Rows that the alternative is timed on."""
HEADERS = ("信息ID", "标题", "发文字号", "发布时间", "所属栏目", "主题分类", "正文", "URL", "点击量")


def write(path: Path, number: int) -> None:
    """Notices of 2008 to 2024 as an old system exports them, always the same."""
    chance = random.Random(711)
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(HEADERS)
        for index in range(number):
            day = date(2008, 5, 1) + timedelta(days=chance.randrange(6000))
            parts = "".join(
                f'<p style="text-indent:2em"><span lang="EN-US">{part}</span>各科室、各单位：请认真贯彻'
                f"落实第{index}号要求，按时报送有关情况，确保各项工作落到实处。</p>"
                for part in range(chance.randrange(2, 9))
            )  # fmt: skip
            body = f'<div class="TRS_Editor"><style>.a{{}}</style>{parts}<a href="../other_{index}.html">相关</a></div>'
            out.writerow((index, f"关于第{index}项工作的通知", f"青科〔{day.year}〕{index}号", f"{day} 09:30:00",
                          "通知公告", "科技、教育", body, f"http://www.old.gov.cn/art/{day.year}/art_{index}.html",
                          chance.randrange(9999)))  # fmt: skip


def importing(number: int) -> None:
    from django.conf import settings
    from django.core.management import call_command

    from gongkai.bureau.orgs import exchange as orgs
    from gongkai.bureau.publishing import site_import
    from gongkai.bureau.publishing.site_rows import Rows
    from gongkai.documents.site_table import open_table
    from gongkai.statute.ledgers.site import guessed

    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    orgs.write('{"code": "ql", "name": "青澜县人民政府", "level": "county"}')
    path, work = settings.HOME / "site.csv", settings.HOME / "work"
    work.mkdir(exist_ok=True)
    write(path, number)
    for name in ("import", "the same file again"):
        start = perf_counter()
        table = open_table(path, work)
        made = site_import.check(table, Rows(guessed(table.headers).fix("agency", "ql")), work)
        checked = perf_counter()
        done = site_import.write(made, None, name=path.name)
        spent = perf_counter() - start
        told = f"{done.made:,} made, {done.known:,} known, {done.addresses:,} old addresses, {len(made.bad)} wrong"
        print(f"{name}: {spent:.1f} s ({checked - start:.1f} s of it checking), {number / spent:,.0f} rows/s; {told}")
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    one_by_one(path)


def one_by_one(path: Path) -> None:
    """The alternative."""
    from django.db import transaction
    from django.utils import timezone

    from gongkai.bureau.orgs.models import Body
    from gongkai.bureau.publishing.models import Item, OldAddress

    body, now = Body.objects.get(code="ql"), timezone.now()
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row, _ in zip(csv.DictReader(file), range(ONE_BY_ONE), strict=False)]
    start = perf_counter()
    for row in rows:
        with transaction.atomic():
            item = Item.objects.create(
                body=body, source_id=f"又-{row['信息ID']}", column=row["所属栏目"], title=row["标题"],
                document_number=row["发文字号"], topic=row["主题分类"], published_on=row["发布时间"][:10],
                body_html=row["正文"], digest="", entered_at=now,
            )  # fmt: skip
            OldAddress.objects.create(path=f"/又{row['URL']}", item=item)
    print(f"alternative, one INSERT a row: {ONE_BY_ONE / (perf_counter() - start):,.0f} rows/s")


def main() -> None:
    if len(sys.argv) > 2 and sys.argv[1] == "importing":
        import django

        django.setup()
        importing(int(sys.argv[2]))
        return
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with places() as found:
        for place in found:
            print(f"-- {'PostgreSQL' if 'DATABASE_URL' in place else 'SQLite'}, {number:,} rows", flush=True)
            run("importing", place, number, script=__file__)


if __name__ == "__main__":
    main()
