"""Damaged, encrypted and malicious files, and orders that make no sense: a refusal in Chinese, never a traceback."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

import pytest
from hostile_files import CATALOGUE, FONT, LAUGHS, PAGE, TEXT, W, docx, packed, pdf, xlsx
from redaction_samples import packed as packed_parts
from redaction_samples import pdf_file, photograph, secret, word_file, workbook

from gongkai.documents.redaction import Box, Ground, Named, Redaction, Words, propose, redact, verify_clean
from gongkai.statute.primitives import InputRefused

CHINESE = re.compile("(?:.*[\u4e00-\u9fff]){4}", re.DOTALL)
PRIVATE = Ground("15", "个人隐私")
WORDS = [Redaction(Words("诸葛明远"), PRIVATE)]
BOX = [Redaction(Box(1, 0.1, 0.1, 0.5, 0.5), PRIVATE)]
PAGES = "<</Type/Pages/Kids[3 0 R]/Count 1>>"
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def _encrypted() -> bytes:
    made = pdf([CATALOGUE, PAGES, PAGE, TEXT, FONT])
    lock = f"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{'41' * 32}>/U<{'42' * 32}>>>/ID[<00><00>]"
    return made.replace(b"trailer\n<<", f"trailer\n<<{lock}".encode())


def _document(body: str, head: str = "") -> bytes:
    return packed(
        {"_rels/.rels": RELS, "word/document.xml": f"{head}<w:document {W}><w:body>{body}</w:body></w:document>"}
    )


HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "empty": ("a.pdf", lambda: b"", "空的"),
    "text": ("a.txt", lambda: "一些文字".encode(), "不能遮盖"),
    "old word": ("a.doc", lambda: b"{\\rtf1 a}", "旧式"),
    "broken pdf": ("a.pdf", lambda: b"%PDF-1.7\nnothing", "损坏"),
    "encrypted pdf": ("a.pdf", _encrypted, "密码"),
    "no pages": ("a.pdf", lambda: pdf([CATALOGUE, "<</Type/Pages/Kids[]/Count 0>>"]), "页|损坏"),
    "broken picture": ("a.png", lambda: photograph("PNG")[:60], "损坏"),
    "broken docx": ("a.docx", lambda: word_file()[:3000], "损坏"),
    "no body": ("a.docx", lambda: docx(""), "缺少正文"),
    "laughs": ("a.docx", lambda: _document("<w:p><w:r><w:t>&j;</w:t></w:r></w:p>", LAUGHS), "文档类型定义"),
    "deep": ("a.docx", lambda: _document("<w:p>" * 3000 + "</w:p>" * 3000), "嵌套"),
    "bomb": ("a.docx", lambda: packed({"_rels/.rels": RELS, "word/document.xml": b" " * 50_000_000}), "压缩比"),
    "laughing sheet": ("a.xlsx", lambda: xlsx("<sheetData><row><c><v>&j;</v></c></row></sheetData>", LAUGHS), "损坏"),
    "far cell": ("a.xlsx", lambda: xlsx('<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'),
                 "过大"),
    "merges": ("a.xlsx", lambda: xlsx('<sheetData/><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'), "合并"),
    "other zip": ("a.zip", lambda: packed({"a": "b"}), "压缩文件"),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_files_are_refused(case: str) -> None:
    name, make, word = HOSTILE[case]
    data = make()
    for act in (lambda: redact(data, name, BOX if name.endswith(".png") else WORDS), lambda: propose(data, name)):
        with pytest.raises(InputRefused) as refused:
            act()
        assert all(CHINESE.match(fault.wrong) for fault in refused.value.faults)
        assert re.search(word, str(refused.value))


@pytest.mark.parametrize(
    ("data", "name", "order"),
    [
        (word_file(), "a.docx", BOX),
        (workbook(), "a.xlsx", BOX),
        (photograph("PNG"), "a.png", WORDS),
        (pdf_file(), "a.pdf", [Redaction(Box(3, 0, 0, 1, 1), PRIVATE)]),
        (pdf_file(), "a.pdf", [Redaction(Box(1, 400, 10, 500, 20, "point"), PRIVATE)]),
        (photograph("PNG"), "a.png", [Redaction(Box(2, 0, 0, 1, 1), PRIVATE)]),
    ],
)
def test_orders_that_do_not_fit_the_file(data: bytes, name: str, order: list[Redaction]) -> None:
    with pytest.raises(InputRefused) as refused:
        redact(data, name, order)
    assert all("第1项" in fault.place and fault.valid for fault in refused.value.faults)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Box(0, 0, 0, 1, 1),
        lambda: Box(1, 0.5, 0, 0.5, 1),
        lambda: Box(1, 0, 0, 2, 1),
        lambda: Box(1, float("nan"), 0, 1, 1),
        lambda: Words(" 张 "),
        lambda: Named("nose"),
        lambda: Ground("15", "长" * 501),
    ],
)
def test_orders_that_make_no_sense(make: Callable[[], object]) -> None:
    with pytest.raises(InputRefused):
        make()


@pytest.mark.parametrize(("make", "name"), [(word_file, "a.docx"), (workbook, "a.xlsx"), (pdf_file, "a.pdf")])
def test_damage_anywhere_ends_well(make: Callable[[], bytes], name: str) -> None:
    """Redacted or refused; and what is redacted is proven clean."""
    whole, chance = make(), Random(37)
    for _ in range(25):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 12)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            made = redact(bytes(damaged), name, WORDS)
        except InputRefused as refused:
            assert all(CHINESE.match(fault.wrong) for fault in refused.faults)
        else:
            assert verify_clean(made.data, made.name, ["诸葛明远"]) == ()


def test_the_proof_refuses_what_it_cannot_open() -> None:
    for data in (b"", b"text", b"PK\x03\x04", b"%PDF-1.4", _encrypted()):
        with pytest.raises(InputRefused):
            verify_clean(data, "a", [])


def test_the_proof_finds_a_member_that_the_directory_does_not_name() -> None:
    clean = redact(word_file(), "a.docx", WORDS).data
    hidden = packed_parts({"a.xml": secret(1).encode()})
    orphan = hidden[: hidden.index(b"PK\x01\x02")]
    found = verify_clean(orphan + clean, "a.docx", [secret(1)])
    assert any("目录以外" in fault.wrong for fault in found)


def test_the_proof_finds_layers_scripts_and_streams_it_cannot_read() -> None:
    extra = "<</OCProperties<<>>/AcroForm<<>>/J#61vaScript(a)>>"
    odd = "<</Length 5/Filter/LZWDecode>>\nstream\nabcde\nendstream"
    wrong = str(verify_clean(pdf([CATALOGUE, PAGES, PAGE, TEXT, FONT, extra, odd]), "a.pdf", []))
    for word in ("图层", "表单", "脚本", "压缩方式", "文字层", "字体"):
        assert word in wrong
