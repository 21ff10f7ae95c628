"""Which format a file is in, by its content first and its name second, and the reader for it."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import PurePath
from typing import Literal

from gongkai.documents.blocks import Document
from gongkai.documents.limits import LARGEST_FILE, MEGABYTE, refuse
from gongkai.statute.report.model import Report

Format = Literal["docx", "doc", "html", "pdf", "txt", "md", "xlsx", "json"]

READERS: dict[Format, str] = {
    "docx": "docx_reader:read_docx",
    "doc": "doc_reader:read_doc",
    "html": "html_reader:read_html",
    "pdf": "pdf_reader:read_pdf",
    "txt": "txt_reader:read_txt",
    "md": "txt_reader:read_markdown",
    "xlsx": "xlsx_reader:read_xlsx",
    "json": "json_reader:read_json",
}
HEAVY: frozenset[Format] = frozenset({"docx", "doc", "pdf", "xlsx"})
"""Formats whose libraries may be led into long work; the command line and the web read them in a confined process."""

VALID = "docx、doc、wps、html、pdf、txt、md、xlsx 或 json 文件"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NAMES: dict[str, Format] = {".md": "md", ".markdown": "md", ".htm": "html", ".html": "html", ".json": "json"}
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM")


def detect(data: bytes, name: str) -> Format:
    """The format. Raises InputRefused for an empty, too large, encrypted or unknown file."""
    if not data.strip(b"\0 \r\n\t"):
        raise refuse(name, "文件是空的，没有内容可读", VALID)
    if len(data) > LARGEST_FILE:
        raise refuse(name, f"文件有 {len(data) / MEGABYTE:.1f} MB，超过 {LARGEST_FILE // MEGABYTE} MB", VALID)
    suffix = PurePath(name).suffix.lower()
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK"):
        return _zip_format(data, name)
    if data.startswith(_OLE):
        return _ole_format(data, name, suffix)
    if data.startswith(_PICTURES):
        raise refuse(name, "是图片，不能读出数据", VALID)
    if data.startswith((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")):
        raise refuse(name, "是压缩文件，请解压后逐个核查", VALID)
    if data.startswith(b"{\\rtf"):
        return "doc"
    return _text_format(data, suffix)


def _zip_format(data: bytes, name: str) -> Format:
    if b"word/document.xml" in data or b"word/" in data[:4096]:
        return "docx"
    if b"xl/workbook" in data or b"xl/" in data[:4096]:
        return "xlsx"
    if b"opendocument.text" in data[:200]:
        return "doc"
    if b"OFD.xml" in data:
        raise refuse(name, "是 OFD 文件，尚不能读取，请转成 PDF", VALID)
    suffix = PurePath(name).suffix.lower()
    if suffix in (".docx", ".xlsx"):
        raise refuse(name, "文件已损坏，缺少正文", f"完整的 {suffix[1:]} 文件")
    raise refuse(name, "是压缩文件，请解压后逐个核查", VALID)


def _ole_format(data: bytes, name: str, suffix: str) -> Format:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise refuse(name, "文件设了密码，不能读取", "去掉密码后的文件")
    if "Workbook".encode("utf-16-le") in data and "WordDocument".encode("utf-16-le") not in data:
        raise refuse(name, "是旧式表格文件（xls），不能读取", "另存为 xlsx 的文件")
    if "WordDocument".encode("utf-16-le") in data or suffix in (".doc", ".wps"):
        return "doc"
    raise refuse(name, "不是能识别的格式", VALID)


def _text_format(data: bytes, suffix: str) -> Format:
    if suffix in _NAMES:
        return _NAMES[suffix]
    head = data[:4096].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<?xml", b"<head", b"<body", b"<table", b"<div", b"<p", b"<h1")):
        return "html"
    if b"<html" in head or b"<body" in head or b"<table" in data[:200_000].lower():
        return "html"
    if head.startswith(b"{") and b'"tables"' in data:
        return "json"
    return "txt"


def open_document(data: bytes, name: str) -> Document | Report:
    """The blocks of a document; of a JSON report the report itself."""
    module, _, function = READERS[detect(data, name)].partition(":")
    # each reader is loaded when needed: a text report does not wait for the libraries of PDF
    reader: Callable[[bytes, str], Document | Report] = getattr(
        importlib.import_module(f"gongkai.documents.readers.{module}"), function
    )
    return reader(data, name)
