"""What an import yields: the clean text, its pictures, and what did not come along."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from gongkai.statute.primitives import InputFault, InputRefused

VALID: Final = "docx、doc、wps、html、txt 文件"
NOTES: Final[Mapping[str, str]] = {
    "changes": "有修订{count}处，按接受修订以后的定稿导入",
    "comments": "有批注{count}条，没有导入",
    "hidden": "有看不见的文字（隐藏、白字、极小的字、涂黑的字）{count}处，没有导入",
    "headers": "页眉、页脚没有导入",
    "contents": "目录没有导入，网页按标题另有目录",
    "boxes": "有文本框{count}个，文字放在所在段落之后",
    "formulas": "有公式{count}个，只导入了其中的文字，请核对",
    "objects": "有图表、图示或者嵌入的文件{count}个，没有导入，请另存为图片插入",
    "pictures": "有图片{count}张打不开或者不在文件里，没有导入，请另行插入",
    "notes": "有脚注、尾注{count}条，放在正文之后",
    "old": "旧格式文件经过转换，请核对表格和编号",
}
"""By kind, the sentence for the writer."""


@dataclass(frozen=True, slots=True)
class Note:
    """One thing to know about an import. `kind`: a key of `NOTES`."""

    kind: str
    count: int = 1

    def sentence(self) -> str:
        return NOTES[self.kind].format(count=self.count)


@dataclass(frozen=True, slots=True)
class ImportedPicture:
    """`digest`: SHA-256 of `data`; the text names it as `attachment:` and the digest."""

    digest: str
    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Imported:
    """`html` is clean; each of `pictures` stands in it at least once."""

    html: str
    pictures: tuple[ImportedPicture, ...]
    notes: tuple[Note, ...]


def in_our_words(refused: InputRefused) -> InputRefused:
    """The readers of reports lend their limits; what they call right is said of any text."""
    faults = []
    for each in refused.faults:
        valid = each.valid.replace("一份年度报告的", "内容正常的")
        faults.append(InputFault(each.place, each.wrong, VALID if "xlsx" in valid and "、" in valid else valid))
    return InputRefused(*faults)
