"""Characters and cells inspected a second; and how the time grows with hostile text.

python benchmarks/inspection_rate.py

The alternative in the same run is the same text with the search for typos alone, which any checker has.
"""

from __future__ import annotations

from datetime import date
from time import process_time

from gongkai.statute.inspection.inspecting import inspect
from gongkai.statute.inspection.model import Inspected, Passage
from gongkai.statute.inspection.typos import check_typos

ON = date(2026, 11, 22)
LEAST_CHARACTERS, LEAST_CELLS, MOST_GROWTH = 200_000, 10_000, 6.0
PROSE = "青澜县人民政府办公室关于做好汛期工作的通知，各单位要高度重视，压实责任，落实值班和领导带班制度。" * 8
ROW = (
    ("序号", "{0}"),
    ("姓名", "王建国"),
    ("电话", "13000000011"),
    ("地址", "青澜县东桥镇柳林村"),
    ("金额", "1500.00"),
)
HOSTILE = (
    "1",
    "县",
    "王，",
    "（",
    "《",
    "2026年1月1日至",
    "村1组",
    "，住",
    "〔2026〕",
    "当事人王",
    "13000000011，",
    "&nbsp",
)


def seconds(document: Inspected) -> float:
    before = process_time()
    inspect(document, ON)
    return process_time() - before


def main() -> None:
    prose = Inspected(tuple(Passage(f"第{number}段", PROSE) for number in range(2_000)))
    size = len(PROSE) * 2_000
    whole = seconds(prose)
    before = process_time()
    for passage in prose.passages:
        check_typos(passage.text, passage.place)
    typos = process_time() - before
    cells = Inspected(
        tuple(
            Passage(f"{head}{row}", text.format(row), row=str(row), context=head)
            for row in range(10_000)
            for head, text in ROW
        )
    )
    rate = len(cells.passages) / seconds(cells)
    growth = max(
        seconds(Inspected((Passage("一", seed * (160_000 // len(seed))),)))
        / seconds(Inspected((Passage("一", seed * (40_000 // len(seed))),)))
        for seed in HOSTILE
    )
    print(f"prose, all checks: {size / whole:,.0f} characters/s")
    print(f"prose, typos alone: {size / typos:,.0f} characters/s")
    print(f"cells, a personal datum in each row: {rate:,.0f} cells/s")
    print(f"hostile text, four times as long: at most {growth:.1f} times the time")
    good = size / whole >= LEAST_CHARACTERS and rate >= LEAST_CELLS and growth <= MOST_GROWTH
    print(f"at least {LEAST_CHARACTERS:,} and {LEAST_CELLS:,}, at most {MOST_GROWTH:.0f}: {'yes' if good else 'no'}")


if __name__ == "__main__":
    main()
