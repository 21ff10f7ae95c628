"""An issue of a gazette read back: words, pages, contents, tags. Whatever an item holds, the issue comes out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pdfplumber
import pypdfium2
import pytest
from channel_samples import CORRECTED, HOSTILE, MAP, NOTICE, SECRET_NAME, WITHDRAWN
from PIL import Image

from gongkai.documents.channels import ChannelItem, GazetteIssue, gazette_pdf
from gongkai.statute.primitives import InputRefused

LONG = replace(
    NOTICE,
    title="青澜县人民政府办公室关于印发《青澜县行政规范性文件制定和备案管理办法》的通知",
    body_name="青澜县人民政府办公室",
    document_number="青政办发〔2026〕7号",
    index_number="11330800002618146F/2026-00011",
    html="<h3>（一）范围</h3>" + "<p>各乡镇人民政府要自形成之日起20个工作日内公开。</p>" * 40 + "<h2>二、附则</h2>"
    '<ol start="3"><li>公开指南</li><li>公开目录<ul><li>索引</li></ul></li></ol>',
    attachments=(),
)  # fmt: skip
ISSUE = GazetteIssue(
    "青澜县人民政府公报", "青澜县人民政府办公室", 2026, 1, date(2026, 3, 20), (LONG, NOTICE, CORRECTED, WITHDRAWN)
)


def picture(kind: str, mode: str = "RGB") -> bytes:
    buffer = BytesIO()
    Image.new(mode, (60, 40)).save(buffer, kind)
    return buffer.getvalue()


def pages(made: bytes) -> list[str]:
    with pdfplumber.open(BytesIO(made)) as document:
        return ["".join((page.extract_text() or "").split()) for page in document.pages]


def told(**changed: object) -> str:
    """All the words of an issue with one item."""
    return "".join(pages(gazette_pdf(replace(ISSUE, items=(replace(NOTICE, **changed),)))))  # type: ignore[arg-type]


def test_the_cover_says_which_issue_it_is() -> None:
    cover, contents, *_ = pages(gazette_pdf(ISSUE))
    assert cover == "青澜县人民政府公报2026年第1期青澜县人民政府办公室2026年3月20日"
    assert contents.startswith("青澜县人民政府公报2026年第1期目录")


def test_the_contents_lead_to_the_page_that_they_name() -> None:
    made = gazette_pdf(ISSUE)
    contents = pages(made)[1]
    begins = {
        "备案管理办法》的通知（青政办发〔2026〕7号）": "青澜县人民政府办公室关于印发",
        "科技型企业认定的通知（青科〔2026〕12号）": "关于开展2026年科技型企业认定的通知青科",
        "科技型企业认定的通知（更正）（青科〔2026〕12号）": "关于开展2026年科技型企业认定的通知（更正）",
        "撤回的政府信息": "撤回的政府信息",
    }
    said = {}
    for entry in begins:
        rest = contents.split(entry)[1].lstrip(".")
        said[entry] = int(rest[: len(rest) - len(rest.lstrip("0123456789"))])
    document = pypdfium2.PdfDocument(made)
    # the first numbered page is the third of the file: cover and contents have none
    for entry, number in said.items():
        assert begins[entry] in pages(made)[number + 1], entry
    assert said["备案管理办法》的通知（青政办发〔2026〕7号）"] == 1
    assert list(said.values()) == sorted(set(said.values()))
    marks = [(each.level, each.get_title(), each.get_dest().get_index()) for each in document.get_toc()]
    first = [each for each in marks if each[0] == 0]
    assert [place - 1 for _, _, place in first[-4:]] == list(said.values())
    with pdfplumber.open(BytesIO(made)) as opened:
        assert len(opened.pages[1].hyperlinks) + len(opened.pages[1].annots) >= 4


def test_the_file_is_archival_and_accessible() -> None:
    made = gazette_pdf(ISSUE)
    for sign in (b"/StructTreeRoot", b"/MarkInfo", b"/Lang", b"pdfuaid:part", b"pdfaid:part", b"pdfaid:conformance",
                 b"/TOC", b"/H1", b"/TH", b"/Alt"):  # fmt: skip
        assert sign in gazette_pdf(replace(ISSUE, pictures={MAP: picture("PNG")})), sign
    with pdfplumber.open(BytesIO(made)) as document:
        assert {(round(page.width), round(page.height)) for page in document.pages} == {(595, 842)}
        assert document.metadata["Title"] == "青澜县人民政府公报　2026年第1期"


def test_running_heads_and_page_numbers_change_sides() -> None:
    _, _, first, second, *_ = pages(gazette_pdf(ISSUE))
    assert first.startswith("2026年第1期青澜县人民政府公报") and first.endswith("—1—")
    assert second.startswith("青澜县人民政府公报2026年第1期") and second.endswith("—2—")


def test_a_document_stands_whole_with_its_elements() -> None:
    words = told()
    for each in (
        "青科〔2026〕12号", "索引号：11330800002618146F/2026-00001", "发布机构：青澜县科学技术局",
        "成文日期：2026年3月2日", "公开日期：2026年3月10日", "有效性：有效", "各企业：", "一、申报条件", "经费",
        "科目金额（万元）", "12.5", "合计26.5", "（图：申报流程图，见网站）", "1．申报表.docx", NOTICE.address,
    ):  # fmt: skip
        assert each in words, each
    assert "申报流程图.png" not in words  # it stands in the text


def test_lists_keep_their_numbers() -> None:
    words = "".join(pages(gazette_pdf(ISSUE)))
    assert "3.公开指南4.公开目录" in words


def test_merged_cells_are_merged() -> None:
    with pdfplumber.open(BytesIO(gazette_pdf(replace(ISSUE, items=(NOTICE,))))) as document:
        [table] = document.pages[2].extract_tables()
    assert table == [["科目", "金额（万元）"], ["设备", "12.5"], [None, "14"], ["合计26.5", None]]


def test_a_withdrawn_item_is_told_by_number_and_reason() -> None:
    last = pages(gazette_pdf(ISSUE))[-1]
    assert "索引号：11330800002618146F/2026-00002" in last
    assert "撤回原因：含有应当遮盖的个人信息。" in last
    alone = "".join(pages(gazette_pdf(replace(ISSUE, items=(WITHDRAWN,)))))
    assert SECRET_NAME not in alone and "青科罚" not in alone


def test_an_item_without_marks_is_its_text() -> None:
    assert "各企业：一、申报条件在本县登记的企业。科目金额（万元）" in told(html="")


def test_hostile_words_are_printed_and_never_run() -> None:
    signs = "#let x = 1 \\ ] *甲* _乙_ $丙$ @丁 // 戊 `己` ~ #panic()"
    words = told(title=HOSTILE.title, html=f"<p>{signs}</p>{HOSTILE.html}", attachments=HOSTILE.attachments)
    assert "".join(signs.split()) in words
    assert "甲<script>alert(1)</script>Bcc:y@example.com]]>&=1+1" in words


TABLES = {
    "ragged": "<tr><td rowspan=9>甲</td><td>乙</td></tr><tr><td colspan=3 rowspan=2>丙</td></tr><tr><td>丁</td></tr>",
    "head with spans": "<thead><tr><th rowspan=4>甲</th><th><a href='https://x.example/'>乙</a></th></tr></thead>"
    "<tbody><tr><td>丙</td><td>戊</td></tr><tr><td>丁</td></tr></tbody>",
    "only a head": "<thead><tr><th>甲</th><th>乙丙丁</th></tr></thead>",
    "in each other": "<tr><td><table><tr><td>甲</td><td>乙</td></tr></table></td><td><ol><li>丙丁</li></ol></td></tr>",
    "too wide for any page": f"<tr>{'<td>甲乙丙丁</td>' * 60}</tr>",
    "long over pages": f"<tr><td rowspan=60>甲</td><td>乙</td></tr>{'<tr><td>丙丁</td></tr>' * 59}",
    "a cell longer than a page": f"<tr><td>甲乙丙</td><td>{'丁' * 3000}</td></tr>",
}  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_no_table_loses_a_cell(name: str) -> None:
    words = told(html=f"<table>{TABLES[name]}</table>", attachments=())
    assert all(sign in words for sign in "甲乙丙丁")


def test_a_wide_table_lies_across_and_breaks_no_figure() -> None:
    row = f"<tr>{'<td>12345.67</td>' * 16}</tr>"
    made = gazette_pdf(replace(ISSUE, items=(replace(NOTICE, html=f"<p>前</p><table>{row * 3}</table><p>后</p>"),)))
    with pdfplumber.open(BytesIO(made)) as document:
        across = [page for page in document.pages if page.width > page.height]
        assert len(across) == 1
        words = [each["text"] for each in across[0].extract_words()]
    assert words.count("12345.67") == 48


def test_a_heading_may_leave_out_levels() -> None:
    """PDF/UA-1 knows no skipped level; the text may."""
    assert "甲乙丙" in told(html="<h4>甲</h4><h2>乙</h2><h4>丙</h4>", attachments=())


def test_what_has_no_place_to_break_in_comes_out_in_time() -> None:
    assert "题题" in told(title="a" * 200 + "题" * 300, html=f"<p>{'b' * 2000}</p>")


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("PNG", "RGB"), ("PNG", "RGBA"), ("PNG", "I;16"), ("JPEG", "CMYK"), ("GIF", "P"), ("WEBP", "RGB")],
)
def test_a_picture_of_the_text_is_shown(kind: str, mode: str) -> None:
    made = gazette_pdf(replace(ISSUE, items=(NOTICE,), pictures={MAP: picture(kind, mode)}))
    with pdfplumber.open(BytesIO(made)) as document:
        assert sum(len(page.images) for page in document.pages) == 1
    assert "（图：" not in "".join(pages(made))


@pytest.mark.parametrize("data", [b"", b"no picture", picture("PNG")[:60], picture("BMP")])
def test_what_is_no_picture_is_told_by_its_words(data: bytes) -> None:
    made = gazette_pdf(replace(ISSUE, items=(NOTICE,), pictures={MAP: data}))
    assert "（图：申报流程图，见网站）" in "".join(pages(made))


def test_a_character_without_a_font_is_refused_with_the_document_that_it_stands_in() -> None:
    with pytest.raises(InputRefused) as refused:
        gazette_pdf(replace(ISSUE, items=(NOTICE, replace(LONG, html="<p>甲\U0001f9ff乙</p>"))))
    [fault] = refused.value.faults
    assert fault.place == f"《{LONG.title}》"
    assert "U+1F9FF" in fault.wrong


def test_an_issue_of_nothing_is_refused() -> None:
    with pytest.raises(InputRefused, match="没有要发送的信息"):
        gazette_pdf(replace(ISSUE, items=()))


def test_equal_issues_are_equal_bytes() -> None:
    given: tuple[ChannelItem, ...] = (NOTICE, WITHDRAWN)
    assert gazette_pdf(replace(ISSUE, items=given)) == gazette_pdf(replace(ISSUE, items=given))
