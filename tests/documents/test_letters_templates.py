"""An office's own template: where places may stand, what is kept, what is refused by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from gongkai.documents.letters import Item, Letter, Section, check_template, default_template, missing_text, to_docx
from gongkai.statute.primitives import InputRefused

LETTER = Letter(
    body="青澜县科学技术局",
    title="政府信息公开申请答复书",
    number="青科公复〔2026〕12号",
    addressee="江一诺",
    paragraphs=("经研究，现答复如下：", Section("一、关于名单", "不予公开。")),
    remedies=("应当先申请行政复议。",),
    signed_on=date(2026, 11, 23),
)
NEEDED = ("{{title}}", "{{number}}", "{{addressee}}", "{{body}}", "{{remedies}}", "{{signature}}", "{{day}}")


def template(change: Callable[[Any], None] = lambda document: None, texts: tuple[str, ...] = NEEDED) -> bytes:
    document = Document()
    for text in texts:
        document.add_paragraph(text)
    change(document)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def lines(data: bytes) -> list[str]:
    return [each.text for each in Document(BytesIO(data)).paragraphs if each.text]


def told(data: bytes) -> list[str]:
    return [str(each) for each in check_template(data)]


def test_the_default_template_is_a_template() -> None:
    assert check_template(default_template()) == ()
    assert default_template() == default_template()
    assert missing_text(to_docx(LETTER, default_template()), LETTER.passages) == ()


def test_places_by_their_chinese_names_and_in_full_width_braces() -> None:
    own = template(texts=("{{标题}}", "｛｛文号｝｝", "{{ 收件人 }}", "{{正文}}", "{{救济告知}}", "{{署名}}{{日期}}"))
    assert told(own) == []
    assert lines(to_docx(LETTER, own)) == [
        "政府信息公开申请答复书", "青科公复〔2026〕12号", "江一诺", "经研究，现答复如下：", "一、关于名单",
        "不予公开。", "应当先申请行政复议。", "青澜县科学技术局2026年11月23日",
    ]  # fmt: skip


def test_every_fault_is_told_at_once_and_nothing_is_written_with_such_a_template() -> None:
    bad = template(texts=("{{title}}", "{{number}", "{{body}}见{{day}}", "{{secret}}", "{% for %}", "{{items_asked}}"))
    assert told(bad) == [
        "模板：缺少文号的位置；应为{{number}}",
        "模板：缺少收件人的位置；应为{{addressee}}",
        "模板：缺少救济告知的位置；应为{{remedies}}",
        "模板：缺少署名的位置；应为{{signature}}",
        "模板：没有“secret”这个位置；应为{{body_name}}（机关名称）、{{title}}（标题）、{{number}}（文号）、"
        "{{addressee}}（收件人）、{{body}}（正文）、{{items_number}}（事项序号）、{{items_asked}}（事项申请内容）、"
        "{{items_result}}（事项处理结果）、{{items_basis}}（事项依据）、{{remedies}}（救济告知）、{{attachments}}（附件）、"
        "{{signature}}（署名）、{{day}}（日期）、{{seal_note}}（用印说明）、{{contact}}（联系方式）、{{copy_to}}（抄送）",
        "模板：“{{number}”中的“{{”没有成对或者不认识；应为两个左花括号、名称、两个右花括号，例如{{title}}",
        "模板：正文与其他位置在同一段；应为{{body}}自成一段",
        "模板：“{% for %}”中的“{%”没有成对或者不认识；应为两个左花括号、名称、两个右花括号，例如{{title}}",
        "模板：事项的位置不在表格里；应为表格的一行，每个事项重复一行",
    ]
    with pytest.raises(InputRefused) as refused:
        to_docx(LETTER, bad)
    assert len(refused.value.faults) == 9


def insertion(document: Any) -> None:
    paragraph = document.add_paragraph()._element
    paragraph.append(parse_xml(f'<w:ins {nsdecls("w")} w:id="1" w:author="某人"><w:r><w:t>改</w:t></w:r></w:ins>'))


def commented(document: Any) -> None:
    document.add_comment([document.paragraphs[0].runs[0]], text="请核", author="某人")


@pytest.mark.parametrize("change", [insertion, commented])
def test_tracked_changes_and_comments_do_not_leave_with_every_letter(change: Callable[[Any], None]) -> None:
    assert told(template(change)) == ["模板：留有修订或批注；应为接受全部修订、删除批注以后的文件"]


def test_a_template_that_would_fetch_something_is_refused_but_may_have_links() -> None:
    def linked(document: Any) -> None:
        document.part.relate_to("https://example.org/a.png", RELATIONSHIP_TYPE.IMAGE, is_external=True)

    def link(document: Any) -> None:
        document.part.relate_to("https://example.org/", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)

    assert told(template(linked)) == ["模板：链接了文件以外的内容；应为图片等都嵌入文件"]
    assert told(template(link)) == []


@pytest.mark.parametrize("data", [b"", b"PK", b"%PDF-1.7", b"\xd0\xcf\x11\xe0" * 200, default_template()[:-300]])
def test_what_is_no_whole_word_file_is_refused(data: bytes) -> None:
    [fault] = check_template(data)
    assert (fault.place, fault.wrong[:3]) == ("模板", "打不开")
    with pytest.raises(InputRefused, match="打不开"):
        to_docx(LETTER, data)


def test_places_in_heads_feet_boxes_links_and_controls_are_filled() -> None:
    def places(document: Any) -> None:
        section = document.sections[0]
        section.different_first_page_header_footer = True
        section.first_page_header.paragraphs[0].text = "{{number}}"
        section.footer.paragraphs[0].text = "{{body_name}}"
        body = document.element.body
        run = "<w:r><w:t>{{ti</w:t></w:r><w:r><w:t>tle}}</w:t></w:r>"
        body.insert(0, parse_xml(f'<w:p {nsdecls("w")}><w:hyperlink w:anchor="a">{run}</w:hyperlink></w:p>'))
        body.insert(1, parse_xml(f"<w:p {nsdecls('w')}><w:sdt><w:sdtContent>{run}</w:sdtContent></w:sdt></w:p>"))
        box = f"<w:r><w:pict><w:txbxContent><w:p>{run}</w:p></w:txbxContent></w:pict></w:r>"
        body.insert(2, parse_xml(f"<w:p {nsdecls('w')}>{box}<w:r><w:t>{{{{addressee}}}}</w:t></w:r></w:p>"))

    made = Document(BytesIO(to_docx(LETTER, template(places))))
    assert made.sections[0].first_page_header.paragraphs[0].text == "青科公复〔2026〕12号"
    assert made.sections[0].footer.paragraphs[0].text == "青澜县科学技术局"
    texts = ["".join(each.text or "" for each in element.iter(qn("w:t"))) for element in list(made.element.body)[:3]]
    assert texts == ["政府信息公开申请答复书", "政府信息公开申请答复书", "政府信息公开申请答复书江一诺"]


def test_the_type_of_a_place_and_all_that_stands_beside_it_are_kept() -> None:
    def typed(document: Any) -> None:
        paragraph = document.add_paragraph("编号")
        for text in ("{{nu", "mber", "}}"):
            paragraph.add_run(text).bold = True
        run = paragraph.add_run("号外")
        run._element.append(OxmlElement("w:drawing"))

    made = Document(BytesIO(to_docx(LETTER, template(typed)))).paragraphs[-1]
    assert made.text == "编号青科公复〔2026〕12号号外"
    assert [(run.text, run.bold) for run in made.runs if run.text] == [
        ("编号", None), ("青科公复〔2026〕12号", True), ("号外", None),
    ]  # fmt: skip
    assert len(list(made._element.iter(qn("w:drawing")))) == 1


def with_table(document: Any) -> None:
    table = document.add_table(2, 3)
    for row, texts in zip(
        table.rows, (("项", "申请", "结果"), ("{{items_number}}", "{{items_asked}}（{{number}}）", "{{items_result}}")),
        strict=True,
    ):  # fmt: skip
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


def test_the_row_of_an_item_is_repeated_and_the_table_goes_where_there_is_none() -> None:
    letter = replace(LETTER, items=(Item("1", "{{title}}", "予以\n公开"), Item("2", "名单", "")))
    made = Document(BytesIO(to_docx(letter, template(with_table))))
    assert [[cell.text for cell in row.cells] for row in made.tables[0].rows] == [
        ["项", "申请", "结果"],
        ["1", "{{title}}（青科公复〔2026〕12号）", "予以\n公开"],
        ["2", "名单（青科公复〔2026〕12号）", ""],
    ]
    assert Document(BytesIO(to_docx(LETTER, template(with_table)))).tables == []


def test_a_table_that_holds_other_places_too_stays() -> None:
    def both(document: Any) -> None:
        with_table(document)
        document.tables[0].add_row().cells[0].text = "{{contact}}"

    made = Document(BytesIO(to_docx(LETTER, template(both))))
    assert [row.cells[0].text for row in made.tables[0].rows] == ["项", ""]


def test_items_never_get_lost_in_a_template_without_a_place_for_them() -> None:
    with pytest.raises(InputRefused, match="缺少事项表的位置"):
        to_docx(replace(LETTER, items=(Item("1", "名单", "不予公开"),)), template())


def test_a_draft_without_a_day_keeps_the_name_beside_it() -> None:
    own = template(texts=(*NEEDED[:5], "{{signature}}　{{day}}"))
    assert lines(to_docx(replace(LETTER, signed_on=None), own))[-1] == "青澜县科学技术局　"


def test_neither_maker_nor_time_of_a_template_is_in_the_letter() -> None:
    def made_by(document: Any) -> None:
        properties = document.core_properties
        properties.author = properties.last_modified_by = properties.comments = properties.keywords = "某甲"
        properties.created = properties.modified = datetime(2026, 3, 4, tzinfo=UTC)

    made = to_docx(LETTER, template(made_by))
    properties = Document(BytesIO(made)).core_properties
    assert (properties.author, properties.last_modified_by) == ("青澜县科学技术局", "")
    assert (properties.comments, properties.keywords) == ("", "")
    assert properties.created.year == 2000
    assert made == to_docx(LETTER, template(made_by))
