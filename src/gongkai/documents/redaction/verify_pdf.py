"""What can still be got out of a PDF: its text by another library, all its streams, old versions, strings, extras."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from io import BytesIO

from pdfminer.high_level import extract_text
from pdfminer.layout import LAParams

from gongkai.documents.limits import LARGEST_UNPACKED, refuse
from gongkai.documents.redaction.verify_needles import Needles
from gongkai.documents.redaction.verify_picture import extras
from gongkai.statute.primitives import InputRefused

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f\s]{4,100000})>")
_OCTAL = re.compile(rb"\\([0-3][0-7]{2})")
_NAME_SIGN = re.compile(rb"#([0-9A-Fa-f]{2})")
_NAMES = {
    b"Info": "文件属性",
    b"Metadata": "元数据",
    b"EmbeddedFile": "附件",
    b"EmbeddedFiles": "附件",
    b"Filespec": "附件",
    b"AcroForm": "表单",
    b"XFA": "表单",
    b"Annots": "批注、链接或者表单",
    b"OCProperties": "可以隐藏的图层",
    b"OCG": "可以隐藏的图层",
    b"JavaScript": "脚本",
    b"JS": "脚本",
    b"Outlines": "书签",
    b"PieceInfo": "编辑软件的私有数据",
    b"StructTreeRoot": "标签和替代文字",
    b"ActualText": "替代文字",
    b"Thumb": "缩略图",
    b"Font": "字体，可能有文字层",
    b"ObjStm": "压缩的对象",
    b"SMask": "透明遮罩",
}
_CHECKED_FILTERS = {b"FlateDecode", b"DCTDecode"}
_FILTER = re.compile(rb"/Filter\s*(?:\[([^\]]*)\]|/(\w+))")


def verify_pdf(data: bytes, name: str, needles: Needles) -> tuple[list[str], set[int]]:
    """What is beside the pages, in Chinese; and the numbers of the words that can still be read."""
    if b"/Encrypt" in data:
        raise refuse(name, "文件设了密码，不能核对", "去掉密码后的 PDF 文件")
    outside = _NAME_SIGN.sub(lambda found: bytes([int(found[1], 16)]), _STREAM.sub(b"stream endstream", data))
    wrong = [f"有{word}" for sign, word in _NAMES.items() if re.search(rb"/" + sign + rb"(?![A-Za-z0-9])", outside)]
    if data.count(b"%%EOF") != 1 or data.rstrip()[-5:] != b"%%EOF":
        wrong.append("有以前的版本或者结尾之后的内容")
    for several, one in _FILTER.findall(outside):
        if not set(re.findall(rb"\w+", several or one)) <= _CHECKED_FILTERS:
            wrong.append("有不能核对的压缩方式")
    found = needles.in_bytes(data) | needles.in_bytes(outside, textual=True) | _in_strings(outside, needles)
    for blob in _streams(data, name):
        found |= needles.in_bytes(blob)
        if blob.startswith(b"\xff\xd8"):
            wrong += extras(blob)
        elif _is_text(blob):
            found |= needles.in_bytes(blob, textual=True) | _in_strings(blob, needles) | needles.in_markup(blob)
    text = _text(data, name)
    if text.strip():
        wrong.append("有文字层")
    return list(dict.fromkeys(wrong)), found | needles.in_text(text)


def _streams(data: bytes, name: str) -> Iterator[bytes]:
    """The content of every stream, also of those that no page uses any more; as it stands and inflated."""
    taken = 0
    for match in _STREAM.finditer(data):
        blob = match[1]
        yield blob
        try:
            inflated = zlib.decompressobj().decompress(blob, LARGEST_UNPACKED)
        except zlib.error:
            continue
        taken += len(inflated)
        if taken > 100 * LARGEST_UNPACKED:
            raise refuse(name, "解开后过大，不能核对", "内容正常的 PDF 文件")
        yield inflated


def _in_strings(blob: bytes, needles: Needles) -> set[int]:
    """In strings of hexadecimal digits and in those with octal escapes."""
    plain = _OCTAL.sub(lambda match: bytes([int(match[1], 8)]), blob).replace(b"\\\r\n", b"").replace(b"\\\n", b"")
    found = needles.in_bytes(plain, textual=True)
    for match in _HEX.finditer(blob):
        digits = re.sub(rb"\s", b"", match[1])
        found |= needles.in_bytes(bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode()), textual=True)
    return found


def _is_text(blob: bytes) -> bool:
    head = blob[:2000]
    readable = sum(byte in b"\t\r\n" or 32 <= byte < 127 or byte >= 128 for byte in head)
    return len(set(head)) > 8 and readable > 0.97 * len(head)


def _text(data: bytes, name: str) -> str:
    try:
        return extract_text(BytesIO(data), laparams=LAParams(all_texts=True))
    except InputRefused:
        raise
    except Exception:  # pdfminer raises whatever it meets in a damaged file
        raise refuse(name, "文件打不开，不能核对", "完整的 PDF 文件") from None
