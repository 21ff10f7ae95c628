"""Files that no honest office sends: bombs, endless nesting, impossible sizes, loops. Each small or quickly made."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE w:document [<!ENTITY a "哈哈哈哈哈哈哈哈">'
    + "".join(f'<!ENTITY {"abcdefghij"[n + 1]} "{f"&{sign};" * 10}">' for n, sign in enumerate("abcdefghi"))
    + "]>"
)
"""A thousand million repetitions, of which none may be made."""
CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def packed(members: dict[str, bytes | str], *, stored: bool = False) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return out.getvalue()


def docx(body: str, head: str = "", *, stored: bool = False) -> bytes:
    return packed({"word/document.xml": f"{head}<w:document {W}><w:body>{body}</w:body></w:document>"}, stored=stored)


def xlsx(sheet: str, head: str = "") -> bytes:
    return packed(
        {
            "[Content_Types].xml": CONTENT_TYPES,
            "_rels/.rels": f'<Relationships xmlns="{RELS}"><Relationship Id="r1" Target="xl/workbook.xml" '
            f'Type="{OFFICE}/officeDocument"/></Relationships>',
            "xl/workbook.xml": f'<workbook {S} xmlns:r="{OFFICE}"><sheets>'
            '<sheet name="一" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELS}"><Relationship Id="r1" '
            f'Target="worksheets/sheet1.xml" Type="{OFFICE}/worksheet"/></Relationships>',
            "xl/worksheets/sheet1.xml": f"{head}<worksheet {S}>{sheet}</worksheet>",
        }
    )


def pdf(objects: list[str]) -> bytes:
    """Objects numbered from 1, the first the catalogue."""
    out = "%PDF-1.7\n" + "".join(f"{n} 0 obj\n{each}\nendobj\n" for n, each in enumerate(objects, 1))
    return f"{out}trailer\n<</Root 1 0 R /Size {len(objects) + 1}>>\n%%EOF\n".encode()


CATALOGUE = "<</Type/Catalog/Pages 2 0 R>>"
TEXT = "<</Length 44>>\nstream\nBT /F1 12 Tf 72 700 Td (No report at all) Tj ET\nendstream"
FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
PAGE = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
CELL = "<w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>"
SPANNED = '<w:tc><w:tcPr><w:gridSpan w:val="2147483647"/></w:tcPr><w:p><w:r><w:t>规章</w:t></w:r></w:p></w:tc>'


MERGES = "".join(f'<mergeCell ref="A{n}:C{n}"/>' for n in range(1, 20_000))
ONE_CELL = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
ENTITY_CELL = '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&j;</t></is></c></row></sheetData>'
LAST_CELL = '<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'


def _sheet(rows: str) -> str:
    return f"<sheetData>{rows}</sheetData>"


def _nested(part: str, times: int) -> str:
    """The elements in each other, closed again."""
    return part * times + "".join(f"</{name}>" for name in reversed(re.findall(r"<([\w:]+)", part))) * times


FILES: dict[str, Callable[[], bytes]] = {
    "docx, one part of zeros": lambda: packed({"word/document.xml": bytes(59 << 20)}),
    "docx, members beyond count": lambda: packed({"word/document.xml": "x"} | {f"word/{n}": "" for n in range(6000)}),
    "docx, members together": lambda: packed(
        {"word/document.xml": "x"} | {f"word/{n}": bytes(1 << 20) for n in range(130)}
    ),
    "docx in docx in docx": lambda: packed(
        {"word/document.xml": packed({"word/document.xml": packed({"word/document.xml": bytes(1 << 20)})})}
    ),
    "docx, nested 100000 deep": lambda: docx(_nested("<w:sdt>", 100_000), stored=True),
    "docx, tables in tables": lambda: docx(_nested("<w:tbl><w:tr><w:tc>", 20_000)),
    "docx, tables in tables, 60 deep": lambda: docx(_nested("<w:tbl><w:tr><w:tc>", 60)),
    "docx, text boxes in text boxes": lambda: docx(_nested("<w:p><w:r><w:txbxContent>", 80)),
    "docx, entities": lambda: docx("<w:p><w:r><w:t>&j;</w:t></w:r></w:p>", LAUGHS),
    "docx, external entity": lambda: docx(
        "<w:p><w:r><w:t>&e;</w:t></w:r></w:p>", '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    ),
    "docx, table of 10000 rows": lambda: docx(f"<w:tbl>{f'<w:tr>{CELL * 10}</w:tr>' * 10_000}</w:tbl>"),
    "docx, endless span": lambda: docx(f"<w:tbl>{f'<w:tr>{SPANNED}{CELL}</w:tr>' * 50}</w:tbl>"),
    "docx, no body": lambda: packed({"word/document.xml": f"<w:document {W}/>"}),
    "xlsx, one part of spaces": lambda: xlsx(" " * (59 << 20)),
    "xlsx, nested 100000 deep": lambda: xlsx(_nested("<sheetData>", 100_000)),
    "xlsx, entities": lambda: xlsx(ENTITY_CELL, LAUGHS),
    "xlsx, a million rows claimed": lambda: xlsx('<dimension ref="A1:XFD1048576"/>' + LAST_CELL),
    "xlsx, all cells merged": lambda: xlsx(ONE_CELL + '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
    "xlsx, 20000 merges": lambda: xlsx(ONE_CELL + MERGES),
    "xlsx, 10000 rows": lambda: xlsx(
        _sheet("".join(f'<row r="{n}">{"<c><v>1</v></c>" * 10}</row>' for n in range(1, 10_001)))
    ),
    "xlsx, cell beyond the sheet": lambda: xlsx(_sheet('<row r="99999999999"><c r="ZZZZZ9"><v>1e400</v></c></row>')),
    "html, nested 100000 deep": lambda: b"<div>" * 100_000 + "规章".encode(),
    "html, tables nested": lambda: b"<table><tr><td>" * 3_000 + "规章".encode(),
    "html, entities": lambda: LAUGHS.replace("w:document", "html").encode() + b"<html><body>&j;</body></html>",
    "html, table of 10000 rows": lambda: b"<table>" + (b"<tr>" + b"<td>1</td>" * 10 + b"</tr>") * 10_000 + b"</table>",
    "html, endless spans": lambda: (
        b"<table>" + b"<tr><td colspan=999999999 rowspan=999999999>1<td>2</tr>" * 2_000 + b"</table>"
    ),
    "txt, table of 10000 rows": lambda: "规章\t0\t0\t0\n".encode() * 10_000,
    "md, pipes": lambda: b"|" * 500_000,
    "md, stars": lambda: b"**a" * 300_000,
    "txt, one line": lambda: "第二十条第（一）项 0 ".encode() * 60_000,
    "json, nested 100000 deep": lambda: b"[" * 100_000,
    "json, a long number": lambda: b'{"year": ' + b"9" * 100_000 + b"}",
    "pdf, pages that hold themselves": lambda: pdf([CATALOGUE, "<</Type/Pages/Kids[2 0 R]/Count 1>>"]),
    "pdf, parents in a circle": lambda: pdf(
        [CATALOGUE, "<</Type/Pages/Kids[3 0 R 2 0 R]/Count 2/Parent 3 0 R>>", PAGE, TEXT, FONT]
    ),
    "pdf, two thousand million pages claimed": lambda: pdf(
        [CATALOGUE, "<</Type/Pages/Kids[3 0 R]/Count 2147483647>>", PAGE, TEXT, FONT]
    ),
    "pdf, 5000 pages": lambda: pdf(
        [CATALOGUE, f"<</Type/Pages/Kids[{'3 0 R ' * 5000}]/Count 5000>>", PAGE, TEXT, FONT]
    ),
    "pdf, a page of kilometres": lambda: pdf(
        [CATALOGUE, "<</Type/Pages/Kids[3 0 R]/Count 1>>", PAGE.replace("595 842", "99999999 99999999"), TEXT, FONT]
    ),
    "pdf, nested arrays": lambda: pdf([CATALOGUE, "<</Type/Pages/Kids" + "[" * 50_000 + "]" * 50_000 + "/Count 1>>"]),
    "pdf, no more than a head": lambda: b"%PDF-1.7\n",
}
LARGE: dict[str, Callable[[], bytes]] = {
    "txt, 49 MB": lambda: "青澜县水利局主动公开政府信息，及时答复申请。\n".encode() * ((49 << 20) // 67),
    "txt, 49 MB in one line": lambda: "青澜县水利局主动公开。".encode() * ((49 << 20) // 33),
    "html, 49 MB": lambda: b"<html><body>" + "<p>青澜县水利局主动公开政府信息</p>".encode() * ((49 << 20) // 49),
    "html, three million empty marks": lambda: b"<html><body>" + b"<b></b>" * (3 << 20),
    "json, 49 MB": lambda: b'{"tables": {' + b'"a":{},' * (7 << 20) + b'"b":{}}}',
    "txt, 51 MB": lambda: b"a" * (51 << 20),
}


def made(kind: str) -> tuple[str, bytes]:
    """(name, content) of a file of that kind."""
    make = FILES.get(kind) or LARGE[kind]
    return f"a.{re.split('[ ,]', kind)[0]}", make()
