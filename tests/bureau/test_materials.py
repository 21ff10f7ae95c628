"""What is provided: kept sealed, reviewed by another person, redacted for good, handed out to its roles."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from bureau_cast import SINCE, Cast
from case_ground import days_ago, enter
from django.core.exceptions import PermissionDenied
from PIL import Image

from gongkai.bureau.casework import files, materials, redacting, services
from gongkai.bureau.casework.models import CaseFile, Opinion, Request
from gongkai.bureau.jobs import services as jobs
from gongkai.bureau.jobs.models import Job
from gongkai.bureau.ledger.models import Entry
from gongkai.bureau.orgs import services as orgs
from gongkai.documents.redaction import Box, Ground, Named, Redaction, Words
from gongkai.statute.primitives import InputRefused

pytestmark = pytest.mark.database
PRIVATE = Ground("15", "个人隐私")
SECRET = "诸葛明远"
PHONE = "13911112222"


def word_file(*lines: str) -> bytes:
    document = docx.Document()
    for line in lines or (f"验收组长：{SECRET}，电话{PHONE}。", "验收意见：同意通过验收。"):
        document.add_paragraph(line)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (400, 300), (250, 250, 250)).save(out, "PNG")
    return out.getvalue()


def upload(cast: Cast, request: int, data: bytes = b"", name: str = "诸葛明远验收意见.docx") -> int:
    return materials.upload(cast.handler, request, files.Sent(name, data or word_file()))


def chosen(*more: Redaction, proposals: tuple[int, ...] = (), label: bool = False) -> redacting.Chosen:
    return redacting.Chosen(proposals, PRIVATE, more, label)


def test_a_material_is_kept_sealed(cast: Cast) -> None:
    kept = CaseFile.objects.get(pk=upload(cast, enter(cast)))
    assert (kept.of, kept.by, kept.reviewed_at) == ("material", cast.handler, None)
    assert SECRET.encode() not in files.stored(kept.digest).read_bytes()
    assert SECRET.encode() not in bytes(kept.sealed_name)
    assert files.bytes_of(kept).startswith(b"PK")


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (files.Sent("a.exe", b"MZ"), "不是可以接收的格式"),
        (files.Sent("a.pdf", b""), "是空的"),
        (files.Sent("a.pdf", b"PK"), "不是pdf文件"),
        (files.Sent("a.txt", b"x" * (20 * 1024 * 1024 + 1)), "超过20兆字节"),
    ],
)
def test_what_cannot_be_kept(sent: files.Sent, said: str, cast: Cast) -> None:
    with pytest.raises(InputRefused, match=said):
        materials.upload(cast.handler, enter(cast), sent)


def test_only_staff_upload_and_only_while_it_is_open(cast: Cast) -> None:
    request = enter(cast)
    for who in ("head", "reviewer", "adviser", "leader", "office", "elsewhere", "stranger"):
        with pytest.raises(PermissionDenied):
            materials.upload(getattr(cast, who), request, files.Sent("a.txt", b"x"))
    services.append(cast.officer, request, {"kind": "withdrawn", "on": days_ago(1)}, evidence="撤回")
    with pytest.raises(InputRefused, match="已经办结"):
        upload(cast, request)


def test_the_review_is_another_persons(cast: Cast) -> None:
    file = upload(cast, enter(cast))
    for who in ("officer", "handler", "head", "adviser", "leader", "office", "elsewhere", "stranger"):
        with pytest.raises(PermissionDenied):
            materials.review(getattr(cast, who), file, conclusion="agree", text="")
    orgs.grant_role(
        cast.security, username="handler", role="secrecy_reviewer", body="qinglan-kjj", since=SINCE, until=None
    )
    with pytest.raises(PermissionDenied, match="上传、遮盖这个文件的人不能审查它"):
        materials.review(cast.handler, file, conclusion="agree", text="")
    materials.review(cast.reviewer, file, conclusion="agree", text="")
    kept = CaseFile.objects.get(pk=file)
    assert kept.reviewed_by == cast.reviewer
    assert kept.reviewed_at is not None
    assert Opinion.objects.get().kind == "secrecy"
    with pytest.raises(InputRefused, match="已经审查同意"):
        materials.review(cast.reviewer, file, conclusion="agree", text="")


def test_a_refused_file_stays_unreviewed(cast: Cast) -> None:
    file = upload(cast, enter(cast))
    with pytest.raises(InputRefused, match="意见：没有填写"):
        materials.review(cast.reviewer, file, conclusion="disagree", text=" ")
    materials.review(cast.reviewer, file, conclusion="disagree", text="含工作秘密")
    kept = CaseFile.objects.get(pk=file)
    assert (kept.reviewed_at, kept.facts["refused"]) == (None, True)


def test_a_redacted_file_holds_nothing_and_is_reviewed_anew(cast: Cast) -> None:
    file = upload(cast, enter(cast))
    materials.review(cast.reviewer, file, conclusion="agree", text="")
    [phone] = [each for each in redacting.source(cast.handler, file, look=True).proposals if each.kind == "phone"]
    done = redacting.hide(cast.handler, file, chosen(Redaction(Words(SECRET), PRIVATE), proposals=(phone.number,)))
    made = CaseFile.objects.get(pk=done.file)
    text = "\n".join(each.text for each in docx.Document(BytesIO(files.bytes_of(made))).paragraphs)
    assert "同意通过验收" in text
    assert SECRET not in text
    assert PHONE not in text
    assert (made.of, made.made_from_id, made.reviewed_at) == ("redacted", file, None)
    assert files.name_of(made) == f"材料{file}（遮盖后）.docx"
    assert {each["article"] for each in made.facts["hidden"]} == {"15"}
    assert SECRET not in str(made.facts)
    [told] = Entry.objects.filter(kind="request.redacted").values_list("facts", flat=True)
    assert SECRET not in told
    assert PHONE not in told


def test_a_picture_is_covered_by_boxes(cast: Cast) -> None:
    file = upload(cast, enter(cast), picture(), "扫描.png")
    found = redacting.source(cast.handler, file, look=False)
    assert (found.pages, found.proposals) == (1, ())
    box = Box(1, 0.25, 0.5, 0.75, 1)
    done = redacting.hide(cast.handler, file, chosen(Redaction(box, PRIVATE)))
    made = Image.open(BytesIO(files.bytes_of(CaseFile.objects.get(pk=done.file))))
    assert made.convert("RGB").getpixel((200, 225)) == (0, 0, 0)
    assert made.convert("RGB").getpixel((50, 50)) == (250, 250, 250)
    shown = Image.open(BytesIO(redacting.page(cast.handler, file, 1, (box,))))
    assert shown.getpixel((200, 225)) not in ((0, 0, 0), (250, 250, 250))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ((), "选了0项"),
        ((Redaction(Words("不在文件里的话"), PRIVATE),), "没有找到要遮盖的内容"),
    ],
)
def test_a_redaction_that_hides_nothing_makes_no_file(more: tuple[Redaction, ...], said: str, cast: Cast) -> None:
    file = upload(cast, enter(cast))
    with pytest.raises(InputRefused, match=said):
        redacting.hide(cast.handler, file, chosen(*more))
    assert CaseFile.objects.count() == 1


def test_a_reason_may_not_tell_what_is_hidden(cast: Cast) -> None:
    file = upload(cast, enter(cast))
    with pytest.raises(InputRefused, match="写出了要遮盖的内容"):
        redacting.hide(cast.handler, file, chosen(Redaction(Words(SECRET), Ground("15", f"{SECRET}的隐私"))))


def test_a_long_file_is_done_in_the_background_with_its_words_sealed(cast: Cast, monkeypatch: Any) -> None:
    monkeypatch.setattr(redacting, "LARGEST_AT_ONCE", 10)
    file = upload(cast, enter(cast))
    done = redacting.hide(
        cast.handler, file, chosen(Redaction(Words(SECRET), PRIVATE), Redaction(Named("phone"), PRIVATE))
    )
    assert done.file is None
    job = Job.objects.get(pk=done.job)
    assert SECRET not in f"{job.title}{job.arguments}"
    jobs.run_job.func(job.pk)
    job.refresh_from_db()
    assert (job.state, job.message) == ("done", "已遮盖2处，待保密审查")
    made = CaseFile.objects.get(of="redacted")
    assert (made.by, made.made_from_id) == (cast.handler, file)


def test_only_who_handles_it_redacts(cast: Cast) -> None:
    file = upload(cast, enter(cast))
    for who in ("head", "reviewer", "adviser", "leader", "office", "elsewhere", "stranger"):
        person = getattr(cast, who)
        with pytest.raises(PermissionDenied):
            redacting.source(person, file, look=False)
        with pytest.raises(PermissionDenied):
            redacting.page(person, file, 1)
        with pytest.raises(PermissionDenied):
            redacting.hide(person, file, chosen(Redaction(Words(SECRET), PRIVATE)))


def test_files_are_handed_out_by_role_and_looks_at_identities_are_journalled(cast: Cast) -> None:
    request = enter(cast)
    found = Request.objects.get(pk=request)
    card = files.keep(found, "identity", files.Sent("身份证.png", picture()), by=None).pk
    material = upload(cast, request)
    assert materials.hand_out(cast.leader, material).data.startswith(b"PK")
    assert materials.hand_out(cast.officer, card).name == "身份证.png"
    assert Entry.objects.filter(kind="request.file_read").count() == 1
    for who in ("head", "reviewer", "adviser", "leader", "office"):
        with pytest.raises(PermissionDenied):
            materials.hand_out(getattr(cast, who), card)
    for who in ("elsewhere", "stranger", "system"):
        with pytest.raises(PermissionDenied):
            materials.hand_out(getattr(cast, who), material)


def test_a_file_that_was_changed_is_not_handed_out(cast: Cast) -> None:
    file = upload(cast, enter(cast))
    path: Path = files.stored(CaseFile.objects.get(pk=file).digest)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(InputRefused, match="打不开"):
        materials.hand_out(cast.officer, file)
