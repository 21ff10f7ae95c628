"""From the last click to what a reader sees, with 100,000 items public: the act, the page, the list, the feed.

python benchmarks/publish_visible.py [number of items]

Runs on SQLite in a temporary folder and on PostgreSQL as benchmarks/compile_rate.py does. The act is the whole
service: authorisation, the review of this version looked for, number, item, journal, channels. Then each page is asked
for through the portal, as the first reader after it would, nothing kept from before. The alternative in the same run is
what a static site does: write the pages of the list anew, every one of them, here without any template.
"""

from __future__ import annotations

import sys
from time import perf_counter

from compile_rate import places, run

TIMES = 5
PAGE = 20
REVIEW = (("chengban", "submit"), ("kezhang", "pass_section"), ("baomi", "conclude"), ("lingdao", "sign"))


def publishing(number: int) -> None:
    from django.core.cache import cache
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from gongkai.bureau import clock
    from gongkai.bureau.orgs import demo
    from gongkai.bureau.orgs.models import Person
    from gongkai.bureau.publishing import columns, draft_steps, drafting
    from gongkai.bureau.publishing.drafting import Written
    from gongkai.bureau.publishing.models import Column, Draft, Item

    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    demo.fill(bodies=1, seed=711)
    people = {each.username: each for each in Person.objects.all()}
    columns.begin(people["zhuanyuan"], demo.BUREAU)
    place = Column.objects.get(body__code=demo.BUREAU, code="notices")
    fill(place, number)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # what autovacuum does within a minute
    told = {"kind": "information", "source": "made", "genre": "通知", "topic": "科技、教育",
            "formed_on": clock.today().isoformat(), "repeals": "青科〔2020〕7号"}  # fmt: skip
    client = Client(SERVER_NAME="localhost")
    spent: dict[str, list[float]] = {"the act": [], "its page": [], "the list of its column": [], "the feed": []}
    for turn in range(TIMES):
        made = drafting.begin(people["chengban"], place.pk)
        title = f"第{turn}次公开的通知"
        drafting.write(people["chengban"], made, Written({"title": title, **told}, "<p>全文。</p>"), seen=0)
        for username, act in REVIEW:
            given = {"conclusion": "public", "ground": "不涉密"} if act == "conclude" else {}
            draft_steps.take_step(people[username], made, act, given)
        cache.clear()
        began = perf_counter()
        draft_steps.take_step(people["zhuanyuan"], made, "publish")
        spent["the act"].append(perf_counter() - began)
        item = Draft.objects.get(pk=made).item
        pages = {
            "its page": f"/info/{item.index_number}/",
            "the list of its column": f"/bodies/{demo.BUREAU}/columns/notices/",
            "the feed": f"/bodies/{demo.BUREAU}/columns/notices/feed.atom",
        }
        for name, address in pages.items():
            began = perf_counter()
            answer = client.get(address)
            spent[name].append(perf_counter() - began)
            if answer.status_code != 200 or title not in answer.content.decode():
                raise RuntimeError(f"{address} does not show it")
    middle = {name: sorted(each)[TIMES // 2] for name, each in spent.items()}
    for name, each in middle.items():
        print(f"  {name}: {each * 1000:.0f} ms")
    print(f"from the click until all of it is seen: {sum(middle.values()) * 1000:.0f} ms")
    began = perf_counter()
    rows = Item.objects.filter(place=place, legacy=False).order_by("-published_on", "-id")
    listed = list(rows.values_list("title", "index_number", "published_on"))
    pages_made = ["".join(f"<li>{row}</li>" for row in listed[at : at + PAGE]) for at in range(0, len(listed), PAGE)]
    print(f"alternative, {len(pages_made):,} pages of the list anew: {(perf_counter() - began) * 1000:.0f} ms")


def fill(place: object, number: int) -> None:
    """Items that are public, in one column, always the same."""
    from datetime import date, timedelta

    from gongkai.bureau import clock
    from gongkai.bureau.publishing.models import Column, Item

    assert isinstance(place, Column)
    now, day = clock.now(), date(2019, 5, 15)
    for start in range(0, number, 2000):
        Item.objects.bulk_create(
            Item(
                body_id=place.body_id, place=place, source_id=f"old-{at}", column=place.name, title=f"旧的第{at}条",
                document_number=f"青科〔2020〕{at}号", published_on=day + timedelta(days=at % 2500), body_text="全文",
                index_number=f"old/2019-{at:06}", digest="0" * 64, legacy=False, entered_at=now,
            )
            for at in range(start, min(start + 2000, number))
        )  # fmt: skip


def main() -> None:
    if len(sys.argv) > 2 and sys.argv[1] == "publishing":
        import django

        django.setup()
        publishing(int(sys.argv[2]))
        return
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with places() as found:
        for place in found:
            print(f"-- {'PostgreSQL' if 'DATABASE_URL' in place else 'SQLite'}, {number:,} items", flush=True)
            run("publishing", place, number, script=__file__)


if __name__ == "__main__":
    main()
