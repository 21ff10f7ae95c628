"""The places of a template: what each is called, where they stand, what is wrong with an office's own template."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from gongkai.documents.limits import refuse
from gongkai.documents.readers.zipped import open_zip
from gongkai.statute.primitives import InputFault, InputRefused

PLACES: Mapping[str, str] = {
    "body_name": "机关名称",
    "title": "标题",
    "number": "文号",
    "addressee": "收件人",
    "body": "正文",
    "items_number": "事项序号",
    "items_asked": "事项申请内容",
    "items_result": "事项处理结果",
    "items_basis": "事项依据",
    "remedies": "救济告知",
    "attachments": "附件",
    "signature": "署名",
    "day": "日期",
    "seal_note": "用印说明",
    "contact": "联系方式",
    "copy_to": "抄送",
}
"""A place may be written by either name: {{title}} or {{标题}}."""
REQUIRED = ("title", "number", "addressee", "body", "remedies", "signature", "day")
SEVERAL = ("body", "remedies", "attachments")
"""Each of several paragraphs: the paragraph that holds such a place is repeated, so it holds no other place."""
ITEMS = ("items_number", "items_asked", "items_result", "items_basis")
"""The row of a table that holds these is repeated for each item."""

PLACE = re.compile(r"[{｛]{2}\s*([^{}｛｝]*?)\s*[}｝]{2}")
_STRAY = re.compile(r"[{｛]{2}|[}｝]{2}|[{｛]%|%[}｝]")
_CODES = {word: code for code, word in PLACES.items()}
_CHANGES = ("w:ins", "w:del", "w:moveFrom", "w:moveTo", "w:commentReference")
_TEMPLATE = "模板"


def code_of(name: str) -> str:
    """The code of a place by its code or its Chinese name; the name itself where there is no such place."""
    return _CODES.get(name, name)


def opened(data: bytes, name: str = _TEMPLATE) -> Any:
    """The Word file as python-docx opens it; refused where it is damaged, packed to burst, or no Word file."""
    valid = "在Word中另存的 .docx 文件"
    try:
        open_zip(data, name, "Word").close()
        return Document(BytesIO(data))
    except InputRefused as refused:
        raise refuse(name, f"打不开：{refused.faults[0].wrong}", valid) from None
    except Exception:  # python-docx raises whatever its parts raise
        raise refuse(name, "打不开，不是完整的Word文件", valid) from None


def check_template(data: bytes) -> tuple[InputFault, ...]:
    """Places that are missing, such as nothing fills, and what may not leave the office in a letter."""
    try:
        document = opened(data)
    except InputRefused as refused:
        return refused.faults
    faults: list[InputFault] = []
    found: set[str] = set()
    for paragraph in paragraphs(document):
        text = text_of(paragraph)
        here = [code_of(name) for name in PLACE.findall(text)]
        found.update(here)
        for name in SEVERAL:
            if name in here and len(here) > 1:
                faults.append(InputFault(_TEMPLATE, f"{PLACES[name]}与其他位置在同一段", f"{{{{{name}}}}}自成一段"))
        if set(ITEMS) & set(here) and row_of(paragraph) is None:
            faults.append(InputFault(_TEMPLATE, "事项的位置不在表格里", "表格的一行，每个事项重复一行"))
        stray = _STRAY.search(PLACE.sub("", text))
        if stray:
            wrong = f"“{text.strip()[:30]}”中的“{stray[0]}”没有成对或者不认识"
            faults.append(InputFault(_TEMPLATE, wrong, "两个左花括号、名称、两个右花括号，例如{{title}}"))
    missing = [
        InputFault(_TEMPLATE, f"缺少{PLACES[name]}的位置", f"{{{{{name}}}}}") for name in REQUIRED if name not in found
    ]
    valid = "、".join(f"{{{{{name}}}}}（{word}）" for name, word in PLACES.items())
    unknown = [InputFault(_TEMPLATE, f"没有“{name[:30]}”这个位置", valid) for name in sorted(found - set(PLACES))]
    return (*missing, *unknown, *dict.fromkeys(faults), *_unfit(document))


def _unfit(document: Any) -> Iterator[InputFault]:
    """Tracked changes and comments would leave with every letter; linked parts would be fetched where it is opened."""
    if any(True for part in _parts(document) for _ in part.iter(*map(qn, _CHANGES))):
        yield InputFault(_TEMPLATE, "留有修订或批注", "接受全部修订、删除批注以后的文件")
    package = document.part.package
    for part in package.iter_parts():
        for link in part.rels.values():
            if link.is_external and not link.reltype.endswith("/hyperlink"):
                yield InputFault(_TEMPLATE, "链接了文件以外的内容", "图片等都嵌入文件")
                return


def _parts(document: Any) -> list[Any]:
    """The text, and the heads and feet of every section and kind."""
    out = [document.element.body]
    for section in document.sections:
        for kind in ("header", "footer", "first_page_header", "first_page_footer", "even_page_header",
                     "even_page_footer"):  # fmt: skip
            story = getattr(section, kind)
            if not story.is_linked_to_previous:
                out.append(story._element)
    return out


def paragraphs(document: Any) -> Iterator[Any]:
    """Every w:p: of the text, its tables, text boxes and content controls, heads and feet."""
    for part in _parts(document):
        yield from list(part.iter(qn("w:p")))


def texts(paragraph: Any) -> list[Any]:
    """The w:t of a paragraph, in links and content controls too, but not in a text box anchored in it."""
    own = qn("w:p")
    return [each for each in paragraph.iter(qn("w:t")) if next(each.iterancestors(own)) is paragraph]


def text_of(paragraph: Any) -> str:
    return "".join(each.text or "" for each in texts(paragraph))


def row_of(paragraph: Any) -> Any | None:
    return next(paragraph.iterancestors(qn("w:tr")), None)
