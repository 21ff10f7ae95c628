"""Whatever a report holds, what is written in a format is read back from it equal: cells, agency, year, prose."""

from __future__ import annotations

from itertools import cycle
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from gongkai.documents.annual_report import read
from gongkai.documents.annual_report.render import Format, render
from gongkai.statute.report.form import load
from gongkai.statute.report.model import OVERVIEW_PARTS, Narrative, Report

EXAMPLES: dict[Format, int] = {"json": 100, "html": 150, "xlsx": 20, "docx": 8, "pdf": 16}
"""A Word file takes most of a second, a sheet a fifth of one."""
HANZI = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
HOSTILE = st.sampled_from(
    [
        "<b>", "</td>", "&amp;", "&#38;", "<!--", "]]>", "<script>alert(1)</script>", "#panic(\"x\")", "$a_1$", "*星*",
        "_x_", "[@引]", "=1+1", "+8", "-4", "@甲", "|", "\\", "`码`", "“引”", "‘单’", "（一）", "1.", "《条例》",
        "12,345", "100%", "2020年", "0件", "/", "——", "……", "~", "^", "{{甲}}", "{%x%}", "%s", "'", '"', "·", "℃",
        "喆", "堃", "〇", "𠮷", "㐂", "é", "Ａ１", "①", "_x000D_", "[bookmark: x]", "HYPERLINK", "http://a.cn/b?c=d&e=f",
    ]
)  # fmt: skip
SENTENCE = st.builds(
    lambda first, pieces: f"{first}{''.join(pieces)}。",
    st.text(HANZI, min_size=2, max_size=8),
    st.lists(st.one_of(st.text(HANZI, min_size=1, max_size=30), HOSTILE), max_size=8),
)
PROSE = st.one_of(st.none(), st.just(""), st.lists(SENTENCE, min_size=1, max_size=3).map("\n".join), SENTENCE, SENTENCE)
PLACES = ("青澜县", "青澜市青澜区", "青澜自治州", "")
ENDS = ("局", "人民政府", "委员会", "镇人民政府", "街道办事处", "办公室", "管理委员会", "（青澜县档案馆）", "中心")
WORDS = (
    "政府信息公开",
    "信息",
    "政务服务",
    "行政审批",
    "大数据发展",
    "年度",
    "报告",
    "工作",
    "第2税务",
    "·",
    "、",
    "（",
)
AGENCY = st.builds(
    lambda place, words, end: f"{place}{''.join(words)}{end}",
    st.sampled_from(PLACES),
    st.lists(st.one_of(st.text(HANZI, min_size=1, max_size=4), st.sampled_from(WORDS[:8])), min_size=1, max_size=3),
    st.sampled_from(ENDS),
).filter(lambda name: "政府信息公开" not in name)  # the title's own words in a name: where it ends, nobody can tell
KINDS = {
    "count": st.integers(0, 10**7),
    "change": st.integers(-(10**7), 10**7),
    "money": st.decimals(0, 10**8, places=None, allow_nan=False).map(lambda value: f"{value:.6f}")
    | st.decimals(0, 10**8, places=1).map(str)
    | st.sampled_from(["0", "0.0", "25.10", "100000.0", "4068.208", "0.00000001", "999999999999999"]),
}
BLANK = st.sampled_from([None, "n/a"])


@st.composite
def reports(draw: Any) -> Report:
    form, year = draw(st.sampled_from([("2019", 2019), ("2019", 2020), ("2021", 2021), ("2021", 2025)]))
    # a few values of each kind, in turn over all cells: a hundred draws a report would be most of the time
    values = {kind: cycle(draw(st.lists(cells | BLANK, min_size=5, max_size=11))) for kind, cells in KINDS.items()}
    tables = {
        table.code: {row.code: {column.code: next(values[column.kind]) for column in row.columns} for row in table.rows}
        for table in load(form).tables.values()
    }
    lead = draw(SENTENCE | st.none())
    overview = ({"lead": lead} if lead else {}) | {part: draw(PROSE) for part in OVERVIEW_PARTS}
    return Report(form, draw(AGENCY), year, tables, Narrative(overview, draw(PROSE), draw(PROSE)))


@pytest.mark.parametrize("to", EXAMPLES)
def test_it_reads_back_equal(to: Format) -> None:
    @seed(20190515)  # the same examples wherever the tests lie
    @settings(
        max_examples=EXAMPLES[to], deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    )  # fmt: skip
    @given(made=reports())
    def reads_back(made: Report) -> None:
        back = read(render(made, to), f"年报.{to}").report
        assert (back.form, back.agency, back.year) == (made.form, made.agency, made.year)
        assert back.tables == made.tables
        assert back.narrative == made.narrative

    reads_back()
