"""After redaction no planted secret can be read at any byte level, what may be disclosed is still there, and each
place keeps its ground."""

from __future__ import annotations

from io import BytesIO

import docx
import openpyxl
import pypdfium2
import pytest
from PIL import Image
from redaction_samples import VISIBLE, holds, pdf_file, photograph, secret, unzipped, word_file, workbook

from gongkai.documents.redaction import (
    Applied,
    Box,
    Ground,
    LedgerRow,
    Named,
    Redaction,
    Words,
    ledger_of,
    redact,
    verify_clean,
)
from gongkai.statute.primitives import InputRefused

PRIVATE = Ground("15", "个人隐私")
ALL = [
    Redaction(Words("诸葛明远"), PRIVATE),
    Redaction(Named("phone"), PRIVATE),
    Redaction(Named("id_card"), Ground("16(3)", "执法案卷")),
]


def _nothing_left(data: bytes) -> None:
    assert [number for number in range(1, 20) if holds(data, secret(number))] == []
    assert [word for word in VISIBLE if holds(data, word)] == []


def test_word_file_loses_every_secret_and_keeps_the_rest() -> None:
    before = word_file()
    assert all(holds(before, secret(number)) for number in range(1, 20))
    made = redact(before, "处罚诸葛明远.docx", ALL)
    _nothing_left(made.data)
    assert made.name == "处罚×××.docx"
    document = docx.Document(BytesIO(made.data))
    text = [paragraph.text for paragraph in document.paragraphs]
    assert text[0] == "当事人：████，电话████。插入的文字。域的结果控件里的字有批注的字"
    assert document.sections[0].header.paragraphs[0].text == "页眉 ████"
    assert document.sections[0].footer.paragraphs[0].text == "联系 ████"
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [["", "身份证 ████"]]
    assert not any(part in path for path in unzipped(made.data) for part in ("docProps", "customXml", "comments"))
    assert verify_clean(made.data, made.name, [*VISIBLE, *map(secret, range(1, 20))]) == ()


def test_each_place_keeps_its_ground_and_the_record_never_says_the_words() -> None:
    made = redact(word_file(), "处罚.docx", ALL, label=True)
    assert set(made.applied) == {
        Applied("第1段", "指定文字", PRIVATE, 0),
        Applied("第1段", "手机号码", PRIVATE, 1),
        Applied("表1第1行第2列", "居民身份证号码", Ground("16(3)", "执法案卷"), 2),
        Applied("文本框", "指定文字", PRIVATE, 0),
        Applied("页眉", "指定文字", PRIVATE, 0),
        Applied("页脚", "手机号码", PRIVATE, 1),
        Applied("脚注", "指定文字", PRIVATE, 0),
    }
    assert LedgerRow("第1段", "手机号码", "15", "个人隐私", 1) in ledger_of(made.applied)
    assert not any(word in repr((made, ALL, ledger_of(made.applied))) for word in VISIBLE)
    assert "████[15]" in docx.Document(BytesIO(made.data)).paragraphs[0].text


def test_workbook_is_built_anew_from_what_is_seen() -> None:
    before = workbook()
    assert all(holds(before, secret(number)) for number in range(1, 13))
    made = redact(before, "台账.xlsx", ALL)
    _nothing_left(made.data)
    book = openpyxl.load_workbook(BytesIO(made.data))
    assert book.sheetnames == ["████台账"]
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert rows[:3] == [["姓名", "电话", "备注"], ["████", "████", "身份证████"], ["看得见", None, 5]]
    assert rows[5:] == [[None, None, 1234.5], ["合并的格", None, None]]
    assert [str(merged) for merged in book.worksheets[0].merged_cells.ranges] == ["A7:B7"]
    assert [notice.wrong[:14] for notice in made.notices] == [
        "有 1 个公式没有存下计算结果"[:14],
        "有隐藏的行、列或者单元格 4"[:14],
    ]
    assert verify_clean(made.data, made.name, [*VISIBLE, *map(secret, range(1, 13))]) == ()


def test_a_hidden_value_is_never_a_formula() -> None:
    book = openpyxl.Workbook()
    book.active["A1"].value, book.active["A1"].data_type = "=诸葛明远", "s"
    out = BytesIO()
    book.save(out)
    made = redact(out.getvalue(), "a.xlsm", ALL)
    cell = openpyxl.load_workbook(BytesIO(made.data)).worksheets[0]["A1"]
    assert (cell.value, cell.data_type, made.name) == ("=████", "s", "a.xlsx")


def test_pdf_has_no_text_no_old_version_and_nothing_under_a_white_box() -> None:
    before = pdf_file()
    assert all(holds(before, secret(number)) for number in (1, 3, 4, 5))
    assert secret(2) in pypdfium2.PdfDocument(before)[0].get_textpage().get_text_range().replace(" ", "")
    made = redact(before, "决定.pdf", ALL)
    _nothing_left(made.data)
    document = pypdfium2.PdfDocument(made.data)
    assert [page.get_size() for page in document] == [(300, 220), (300, 220)]
    assert [page.get_textpage().count_chars() for page in document] == [0, 0]
    assert document.get_metadata_dict(skip_empty=True) == {}
    assert b"/Font" not in made.data
    assert made.data.count(b"%%EOF") == 1
    assert [(row.place, row.kind, row.count) for row in ledger_of(made.applied)] == [
        ("第1页", "指定文字", 2), ("第1页", "居民身份证号码", 1), ("第1页", "手机号码", 1), ("第2页", "指定文字", 2),
    ]  # fmt: skip
    assert verify_clean(made.data, made.name, [*VISIBLE, *map(secret, range(1, 6))]) == ()


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_picture_is_painted_and_has_nothing_beside_its_pixels(kind: str) -> None:
    before = photograph(kind)
    assert all(holds(before, secret(number)) for number in (1, 2, 3))
    red = Redaction(Box(1, 10, 10, 40, 40, "point"), PRIVATE)
    made = redact(before, f"照片.{kind.lower()}", [red])
    _nothing_left(made.data)
    picture = Image.open(BytesIO(made.data)).convert("RGB")
    assert picture.size == (120, 80)
    assert max(max(picture.getpixel((x, y))) for x in range(10, 40) for y in range(10, 40)) <= (
        0 if kind == "PNG" else 12
    )
    assert picture.getpixel((95, 55))[2] > 180
    assert verify_clean(made.data, made.name, [secret(1), secret(2), secret(3)]) == ()


def test_a_box_is_placed_on_a_picture_as_it_is_seen() -> None:
    """Turned by its EXIF (6: a quarter clockwise): the red square is at the top right."""
    made = redact(photograph("PNG", turned=6), "照片.png", [Redaction(Box(1, 0.5, 0, 1, 0.4), PRIVATE)])
    picture = Image.open(BytesIO(made.data))
    assert picture.size == (80, 120)
    colours = {colour for _, colour in picture.getcolors() or []}
    assert (200, 0, 0) not in colours
    assert {(0, 0, 0), (0, 0, 200)} <= colours


@pytest.mark.parametrize(
    ("data", "name"),
    [(word_file(), "a.docx"), (workbook(), "a.xlsx"), (pdf_file(), "a.pdf"), (photograph("JPEG"), "a.jpg")],
)
def test_the_proof_tells_what_the_original_still_holds(data: bytes, name: str) -> None:
    found = verify_clean(data, name, [secret(1), "从来没有过的字"])
    assert any("第1项" in fault.wrong for fault in found)
    assert not any("第2项" in fault.wrong for fault in found)
    assert any("第1项" not in fault.wrong for fault in found)
    assert not any(secret(1) in str(fault) for fault in found)


def test_the_same_input_gives_the_same_bytes() -> None:
    for data, name in ((word_file(), "a.docx"), (workbook(), "a.xlsx"), (pdf_file(), "a.pdf")):
        assert redact(data, name, ALL).data == redact(data, name, ALL).data


def test_a_reason_may_not_say_what_is_hidden() -> None:
    telling = Redaction(Words("诸葛明远"), Ground("15", "诸葛 明远的隐私"))
    with pytest.raises(InputRefused, match="写出了要遮盖的内容"):
        redact(word_file(), "a.docx", [telling])
    with pytest.raises(InputRefused, match="不是区分处理的依据"):
        Ground("99")


def test_what_is_not_found_is_told() -> None:
    made = redact(word_file(), "a.docx", [Redaction(Words("查无此人"), PRIVATE)])
    assert any("第1项" in notice.place and "没有找到" in notice.wrong for notice in made.notices)
