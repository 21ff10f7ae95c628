"""Files with a secret of its own in every place where one can hide, and a search of every byte level that shares no
code with the product."""

from __future__ import annotations

import base64
import html
import json
import re
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pylopdf_fonts_zh_cn
import typst
from docx.oxml import parse_xml
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.workbook.defined_name import DefinedName
from PIL import Image, PngImagePlugin

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
FONTS = Path(pylopdf_fonts_zh_cn.__file__).parent
VISIBLE = ("诸葛明远", "13800138000", "11010519491231002X")
"""Stand where a reader sees them: to be hidden by words or by kind."""


def secret(place: int) -> str:
    """A word that stands in one place only and in no other file of this world."""
    return f"密藏{place:02d}瑾瑜琬琰"


def run(text: str, properties: str = "") -> str:
    return f'<w:r {W}><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def word_file() -> bytes:
    """A .docx: the visible words split over runs, in a table, header, footnote, text box; secrets 1–19 hidden."""
    document = docx.Document()
    core = document.core_properties
    core.author, core.title, core.comments, core.keywords = secret(1), secret(1), secret(1), secret(1)
    paragraph = document.add_paragraph("当事人：")
    for piece in ("诸", "葛明", "远"):
        paragraph.add_run(piece).bold = piece == "诸"
    paragraph.add_run("，电话138").italic = True
    paragraph.add_run("0013")
    paragraph.add_run("8000。")
    add = paragraph._p.append
    add(parse_xml(f'<w:del {W} w:id="1" w:author="{secret(2)}"><w:r><w:delText>{secret(3)}</w:delText></w:r></w:del>'))
    add(parse_xml(f'<w:ins {W} w:id="2" w:author="{secret(2)}">{run("插入的文字。")}</w:ins>'))
    add(parse_xml(f'<w:moveFrom {W} w:id="3">{run(secret(4))}</w:moveFrom>'))
    add(parse_xml(run(secret(5), "<w:vanish/>")))
    add(parse_xml(run(secret(6), '<w:color w:val="FFFFFF"/>')))
    add(parse_xml(f'<w:bookmarkStart {W} w:id="4" w:name="{secret(7)}"/>'))
    for kind in ("begin", f'<w:instrText> HYPERLINK "http://a/{secret(8)}" </w:instrText>', "separate"):
        inner = kind if kind.startswith("<") else f'<w:fldChar w:fldCharType="{kind}"/>'
        add(parse_xml(f"<w:r {W}>{inner}</w:r>"))
    add(parse_xml(run("域的结果")))
    add(parse_xml(f'<w:r {W}><w:fldChar w:fldCharType="end"/></w:r>'))
    add(parse_xml(
        f'<w:sdt {W}><w:sdtPr><w:alias w:val="{secret(9)}"/></w:sdtPr>'
        f"<w:sdtContent>{run('控件里的字')}</w:sdtContent></w:sdt>"
    ))  # fmt: skip
    paragraph.add_run("有批注的字")
    document.add_comment(paragraph.runs[-1], secret(10), author=secret(2), initials="z")
    hidden = document.styles.add_style("隐", 2)
    hidden.element.get_or_add_rPr().append(parse_xml(f"<w:vanish {W}/>"))
    document.add_paragraph("样式").add_run(secret(11), style="隐")
    table = document.add_table(2, 2)
    table.cell(1, 1).text = "身份证 11010519491231002X"
    table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:hidden {W}/>"))
    table.cell(0, 0).text = secret(12)
    document.sections[0].header.paragraphs[0].text = "页眉 诸葛明远"
    document.sections[0].footer.paragraphs[0].text = "联系 138 0013 8000"
    document.add_paragraph()._p.append(parse_xml(_text_box()))
    document.add_picture(BytesIO(photograph("PNG")))
    document.element.body[-2].xpath(".//pic:cNvPr")[0].set("descr", secret(13))
    note = document.add_paragraph("看脚注")
    note._p.append(parse_xml(f'<w:r {W}><w:footnoteReference w:id="2"/></w:r>'))
    out = BytesIO()
    document.save(out)
    return _with_parts(out.getvalue())


def _text_box() -> str:
    inner = f"<w:txbxContent>{'<w:p>' + run('框里的诸葛') + run('明远') + '</w:p>'}</w:txbxContent>"
    return (
        f'<w:r {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml">'
        '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="1800000" cy="600000"/><wp:docPr id="9" name="{secret(14)}" descr="{secret(14)}"/>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
        '<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="1800000" cy="600000"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>'
        f"<wps:txbx>{inner}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
        f'</mc:Choice><mc:Fallback><w:pict><v:shape alt="{secret(14)}">'
        f"<v:textbox>{inner}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def _with_parts(data: bytes) -> bytes:
    """Footnotes, custom XML, custom properties, an embedded file, a thumbnail, document variables, rsids."""
    parts = unzipped(data)
    office = "http://schemas.openxmlformats.org/officeDocument/2006"
    parts["word/footnotes.xml"] = (
        f'<w:footnotes {W}><w:footnote w:id="2">'
        f"<w:p>{run('脚注里的诸葛')}{run('明远。')}</w:p></w:footnote></w:footnotes>"
    ).encode()
    parts["customXml/item1.xml"] = f"<a>{secret(15)}</a>".encode()
    parts["docProps/custom.xml"] = f"<Properties><property name='{secret(16)}'/></Properties>".encode()
    parts["docProps/app.xml"] = f"<Properties><Company>{secret(16)}</Company></Properties>".encode()
    parts["word/embeddings/a.xlsx"] = packed({"xl/a.xml": secret(17).encode()})
    parts["docProps/thumbnail.jpeg"] = photograph("JPEG")
    parts["word/settings.xml"] = parts["word/settings.xml"].replace(
        b"<w:compat>",
        f'<w:docVars><w:docVar w:name="a" w:val="{secret(18)}"/></w:docVars><w:rsids>'
        '<w:rsid w:val="00AB12CD"/></w:rsids>'
        "<w:compat>".encode(),
    )
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"<w:p>", b'<w:p w:rsidR="00AB12CD">', 1)
    parts["word/_rels/document.xml.rels"] = parts["word/_rels/document.xml.rels"].replace(
        b"</Relationships>",
        f'<Relationship Id="rId90" Type="{office}/relationships/footnotes" Target="footnotes.xml"/>'
        f'<Relationship Id="rId91" Type="{office}/relationships/hyperlink" Target="http://a/{secret(19)}" '
        'TargetMode="External"/></Relationships>'.encode(),
    )
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"</Types>",
        b'<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        b'wordprocessingml.footnotes+xml"/></Types>',
    )
    return packed(parts)


def workbook() -> bytes:
    """An .xlsx: the visible words in cells, as a number and in a name of a sheet; secrets 1–12 hidden."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "诸葛明远台账"
    sheet["A1"], sheet["B1"], sheet["C1"] = "姓名", "电话", "备注"
    sheet["A2"], sheet["B2"], sheet["C2"] = "诸葛 明远", 13800138000, "身份证11010519491231002X"
    sheet["A3"], sheet["A4"], sheet["D1"] = secret(1), "看得见", secret(2)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["D"].hidden = True
    sheet["A4"].comment = Comment(secret(3), secret(4))
    sheet["B4"] = f'=IF(1,"公式的值","{secret(5)}")'
    sheet["C4"], sheet["C4"].number_format = 5, f'"{secret(6)}"0'
    sheet["C5"], sheet["C5"].number_format = secret(7), ";;;"
    sheet["C6"], sheet["C6"].font = secret(8), Font(color="FFFFFFFF")
    sheet["C7"] = 1234.5
    sheet.merge_cells("A8:B8")
    sheet["A8"] = "合并的格"
    sheet.oddHeader.center.text = secret(9)
    hidden = book.create_sheet("藏")
    hidden["A1"], hidden.sheet_state = secret(10), "veryHidden"
    book.defined_names["名"] = DefinedName("名", attr_text=f'"{secret(11)}"')
    book.properties.creator = book.properties.title = secret(12)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


PAGES = """
#set page(width: 300pt, height: 220pt, margin: 20pt)
#set text(font: "Noto Serif SC", size: 10pt)
#set document(title: "{1}", author: "{1}", keywords: "{1}")
= 处罚决定
当事人诸葛明远，身份证号 11010519491231002X，电话 138 0013 8000。再写一些字让这一行断开，诸葛明远住在别处。
#place(top + left, dy: 120pt)[{2}]
#place(top + left, dy: 118pt, rect(width: 200pt, height: 16pt, fill: white, stroke: none))
#pagebreak()
第二页 诸葛明远 gÅj
#rotate(90deg, reflow: true)[竖着的诸葛明远]
"""


def pdf_file() -> bytes:
    """A PDF from typst: secret 1 in the properties, 2 under a white box, 3 in a version before an update, 4 in a note,
    5 in an attached file."""
    source = PAGES.replace("{1}", secret(1)).replace("{2}", secret(2))
    made = typst.compile(source.encode(), format="pdf", font_paths=[str(FONTS)])
    assert isinstance(made, bytes)
    return _updated(made)


def _updated(data: bytes) -> bytes:
    """The file with an object that was replaced by an incremental update, a note and an attachment."""
    last = int(re.findall(rb"startxref\s+(\d+)", data)[-1])
    size = int(re.findall(rb"/Size (\d+)", data)[-1])
    root = re.findall(rb"/Root (\d+ \d+ R)", data)[-1]
    old = f"{size} 0 obj\n<</Length 60>>\nstream\n({secret(3)})\nendstream\nendobj\n".encode()
    utf16 = (b"\xfe\xff" + secret(4).encode("utf-16-be")).hex().encode()
    old += (
        f"{size + 1} 0 obj\n<</Type/Annot/Subtype/Text/Rect[10 10 30 30]/Contents<".encode() + utf16 + b">>>\nendobj\n"
    )
    attached = zlib.compress(secret(5).encode())
    old += f"{size + 2} 0 obj\n<</Type/EmbeddedFile/Filter/FlateDecode/Length {len(attached)}>>\nstream\n".encode()
    old += attached + b"\nendstream\nendobj\n"
    first = data + old + _table(data, old, size, 3, root, last)
    new = f"{size} 0 obj\n<</Length 2>>\nstream\n()\nendstream\nendobj\n".encode()
    return first + new + _table(first, new, size, 1, root, len(data) + len(old))


def _table(before: bytes, objects: bytes, size: int, count: int, root: bytes, last: int) -> bytes:
    places = [before.__len__() + match.start() for match in re.finditer(rb"(?m)^\d+ 0 obj", objects)]
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n%d %d\n" % (size, count)
    tail = b"trailer\n<</Size %d/Root %s/Prev %d>>\nstartxref\n%d\n%%%%EOF\n"
    return head + rows + tail % (size + 3, root, last, len(before) + len(objects))


def photograph(kind: str, *, turned: int = 1) -> bytes:
    """A picture with secret 1 in its EXIF, 2 in a comment, 3 behind its end; white with a red and a blue square."""
    picture = Image.new("RGB", (120, 80), "white")
    picture.paste((200, 0, 0), (10, 10, 40, 40))
    picture.paste((0, 0, 200), (80, 40, 110, 70))
    exif = Image.Exif()
    exif[0x9C9C], exif[0x013B], exif[0x0112] = secret(1).encode("utf-16-le"), "zhuge", turned
    out = BytesIO()
    if kind == "PNG":
        words = PngImagePlugin.PngInfo()
        words.add_itxt("Comment", secret(2), zip=True)
        picture.save(out, "PNG", exif=exif, pnginfo=words)
    else:
        picture.save(out, "JPEG", exif=exif, comment=secret(2).encode(), quality=95)
    return out.getvalue() + secret(3).encode()


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as opened:
        return {path: opened.read(path) for path in opened.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for path, content in parts.items():
            made.writestr(path, content)
    return out.getvalue()


def levels(data: bytes, depth: int = 0) -> list[bytes]:
    """The bytes themselves and all that can be unpacked from them, at whatever offset it begins."""
    out = [data]
    if depth > 3:
        return out
    if data[:2] == b"PK":
        for path, content in unzipped(data).items():
            out += [path.encode(), *levels(content, depth + 1)]
            plain = html.unescape(content.decode("utf-8", "replace"))
            out += [plain.encode(), re.sub(r"<[^>]*>", "", plain).encode()]
    for match in re.finditer(rb"stream\r?\n|IDAT|iTXtComment\x00\x01\x00\x00\x00", data):
        try:
            out.append(zlib.decompressobj().decompress(data[match.end() :]))
        except zlib.error:
            continue
    return out


def holds(data: bytes, word: str) -> bool:
    """Whether the word can be read anywhere in the file, in any common encoding."""
    spellings = {word.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be", "gb18030", "utf-32-be")}
    spellings |= {each.hex().encode() for each in spellings} | {each.hex().upper().encode() for each in spellings}
    spellings |= {base64.b64encode(word.encode()).rstrip(b"=")[:-1], json.dumps(word)[1:-1].encode()}
    return any(spelling in level for level in levels(data) for spelling in spellings)
