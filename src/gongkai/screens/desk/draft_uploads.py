"""Files that come to a draft from its page: attachments, pictures of the text, a document to take its text."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest

from gongkai.bureau.publishing import drafting
from gongkai.bureau.publishing.uploads import LARGEST_FILE, MOST_FILES, Sent
from gongkai.documents.writing import Imported, from_word
from gongkai.screens.desk.frame import person_of
from gongkai.screens.ui.uploads import of_upload
from gongkai.statute.primitives import InputFault, InputRefused

PLACES = {"attachment": "附件", "picture": "图片", "import": "导入的文件"}
"""What a file comes as → what a fault calls it."""


def files_of(request: HttpRequest, field: str, place: str) -> Sequence[Sent]:
    """The files of a field. InputRefused where there is none or one is too large."""
    taken = [of_upload(each) for each in request.FILES.getlist(field)]
    faults = [
        InputFault(place, f"“{each.name[:60]}”超过{LARGEST_FILE // 1024 // 1024}兆字节", "小一些的文件，或分成几个")
        for each in taken if each.refused
    ]  # fmt: skip
    if not taken:
        faults = [InputFault(place, "没有选择文件", "一个或者几个文件")]
    if len(taken) > MOST_FILES:
        faults = [InputFault(place, f"一次选了{len(taken)}个", f"不超过{MOST_FILES}个")]
    if faults:
        raise InputRefused(*faults)
    return [Sent(each.name, each.data) for each in taken]


def attach_all(request: HttpRequest, number: int) -> int:
    """Attach each of several files; those that can be kept are kept, the faults of the others told together."""
    faults: list[InputFault] = []
    sent = files_of(request, "attachments", PLACES["attachment"])
    for each in sent:
        try:
            drafting.attach(person_of(request), number, each)
        except InputRefused as refused:
            faults += refused.faults
    if faults:
        raise InputRefused(*faults)
    return len(sent)


def bring_in(request: HttpRequest, number: int, sent: Sent) -> tuple[str, Sequence[str]]:
    """(the text of a document, what to know about it); its pictures are kept with the draft, without hidden data."""
    made: Imported = from_word(sent.data, sent.name)
    html = made.html
    notes = [each.sentence() for each in made.notes]
    for each in made.pictures:
        try:
            kept = drafting.picture(person_of(request), number, Sent(each.name, each.data))
        except InputRefused as refused:
            notes += [str(fault) for fault in refused.faults]
        else:  # without its hidden data it is another file
            html = html.replace(f"attachment:{each.digest}", f"attachment:{kept.digest}")
    return html, notes
