"""Recall and precision of the inspection on its labelled corpus, as the tables of docs/reference/inspection-quality.md.

python benchmarks/inspection_quality.py [-v]

With -v also each label that was missed (-) and each finding beside the labels (+). How the corpus was made is told in
tests/inspection_corpus/corpus.py and on the page.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "inspection_corpus"))

from corpus import FIRST, ON, SETS, Count, measure
from files import FILES, places_found

from gongkai.documents.inspection.reading import read
from gongkai.statute.inspection.inspecting import inspect

PERSONAL = ("text.personal_data", "text.personal_suspect")


def _row(*cells: object) -> str:
    return "| " + " | ".join(map(str, cells)) + " |\n"


def _measures(count: Count) -> tuple[object, ...]:
    return count.labelled, count.found, count.extra, f"{count.recall:.1%}", f"{count.precision:.1%}"


def _head(*names: str) -> str:
    return _row(*names) + _row(*["---"] * len(names))


def by_code() -> str:
    """Every code over the whole corpus, personal data first."""
    counts, _ = measure()
    ordered = sorted(counts.items(), key=lambda each: (each[0] not in PERSONAL, each[0]))
    head = _head("核查项", "应发现", "发现", "误报", "召回率", "精确率")
    return head + "".join(_row(f"`{code}`", *_measures(count)) for code, count in ordered)


def by_set() -> str:
    """The sets of the corpus: what their first run gave, and what they give now."""
    text = _head(
        "组",
        "内容",
        "首次：应发现",
        "首次：发现",
        "首次：误报",
        "首次：召回率",
        "现在：发现",
        "现在：误报",
        "现在：召回率",
    )
    for name, first in FIRST.items():
        counts, _ = measure((name,))
        now: Mapping[str, Count] = {code: counts.get(code, Count()) for code in PERSONAL} | {"others": Count()}
        for code, count in counts.items():
            if code not in PERSONAL:
                others = now["others"]
                others.labelled += count.labelled
                others.found += count.found
                others.extra += count.extra
        for code, (labelled, found, extra) in first.items():
            word = f"`{code}`" if code in PERSONAL else "其余各项"
            is_now = now[code]
            first_recall = f"{found / labelled:.1%}" if labelled else "—"
            now_recall = f"{is_now.recall:.1%}" if is_now.labelled else "—"
            text += _row(SETS[name], word, labelled, found, extra, first_recall, is_now.found, is_now.extra, now_recall)
    return text


def by_file() -> str:
    """The places of each kind of file in which a mobile was hidden."""
    text = _head("文件", "藏匿处", "找到", "各处")
    for name, (make, labels) in FILES.items():
        found = places_found(inspect(read(make(), name), ON)) & labels.keys()
        text += _row(name.rpartition(".")[2], len(labels), len(found), "、".join(labels.values()))
    return text


def page() -> str:
    """The three tables as they stand on the page of the reference."""
    return f"{by_code()}\n{by_set()}\n{by_file()}"


def main() -> None:
    print(page())
    if "-v" in sys.argv:
        print("\n".join(measure()[1]))


if __name__ == "__main__":
    main()
