"""The file of a case as a package: what is in it, who asked only for a reason, every change found offline."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date

import pytest
from bureau_cast import Cast
from django.core.exceptions import PermissionDenied

from gongkai.bureau import clock
from gongkai.bureau.casework import archive, files, identity, services
from gongkai.bureau.casework.files import Sent
from gongkai.bureau.casework.models import Delivery, Letter, Opinion, Request, SearchRecord, WantedItem
from gongkai.bureau.ledger import services as ledger
from gongkai.bureau.ledger.models import Entry
from gongkai.documents.bagit import check, check_files, files_of, pack
from gongkai.documents.bagit.journal import check_case
from gongkai.documents.bagit.packing import Bag
from gongkai.statute.primitives import InputRefused

NAME, ID_NUMBER, CONTACT = "欧阳慕云", "11010519491231002X", "慕云收 13911112222"
PDF = b"%PDF-1.4 " + "申请人欧阳慕云".encode()


def request(cast: Cast, *, closed: bool = True, number: str = "KJJ-2024-0001") -> int:
    events: list[dict[str, object]] = [{"kind": "submitted", "on": "2024-03-04"}]
    if closed:
        events.append({"kind": "replied", "on": "2024-03-20", "outcome": "unavailable.not_held", "way": "post"})
    return services.register(
        cast.officer, body="qinglan-kjj", number=number, applicant_kind="natural_person",
        names=(NAME, ID_NUMBER, CONTACT), subject="科技特派员经费明细", channel="in_person", events=events,
        evidence="申请书（收文第901号）",
    )  # fmt: skip


@pytest.fixture
def full(cast: Cast) -> int:
    """A closed request with a file of each sort, a letter delivered, a search, an opinion and a decision."""
    pk = request(cast)
    found = Request.objects.get(pk=pk)
    now = clock.now()
    for of, name in (("application", "欧阳慕云申请书.pdf"), ("identity", "欧阳慕云身份证.pdf")):
        files.keep(found, of, Sent(name, PDF), by=cast.officer)
    files.keep(found, "snapshot", Sent("网页.pdf", b"%PDF-1.4 page"), by=cast.officer)
    scan = files.keep(found, "scan", Sent("答复书.pdf", PDF), by=cast.officer)
    proof = files.keep(found, "proof", Sent("回执.pdf", PDF), by=cast.officer)
    letter = Letter.objects.create(
        request=found, kind="not_held", state="delivered", paragraphs=f"{NAME}：经检索，本机关没有这项信息。",
        addressee=identity.seal_text(NAME), number="青科公复〔2024〕1号", signed_on=date(2024, 3, 20), scan=scan,
        by=cast.handler, at=now,
    )  # fmt: skip
    Delivery.objects.create(
        letter=letter, way="post", tracking="XA123", on=date(2024, 3, 20), proof=proof, by=cast.officer, at=now
    )
    SearchRecord.objects.create(
        request=found, places="档案室、公文系统", terms="科技特派员", period="2020—2023年", searchers="陆一鸣",
        archive_asked=True, result="没有", on=date(2024, 3, 18), by=cast.handler, at=now,
    )  # fmt: skip
    Opinion.objects.create(request=found, kind="legal", conclusion="agree", text="同意。", by=cast.adviser, at=now)
    WantedItem.objects.create(
        request=found, position=1, text="经费明细", outcome="unavailable.not_held", articles="36(4)"
    )
    return pk


def contents(data: bytes) -> dict[str, bytes]:
    found = files_of(data)
    assert isinstance(found, dict)
    return found


def test_everything_of_the_case_lies_in_the_package(cast: Cast, full: int) -> None:
    ledger.sign_checkpoint()
    name, data = archive.make(cast.officer, full, because="移交档案室", with_identity=True)
    assert name == "qinglan-kjj-KJJ-2024-0001.zip"
    found = contents(data)
    assert sorted(found) == [
        "README.txt", "bag-info.txt", "bagit.txt", "data/checkpoint.json", "data/deadlines.json",
        "data/deadlines.txt", "data/events.jsonl", "data/files/application-01.pdf", "data/files/identity-01.pdf",
        "data/files/snapshot-01.pdf", "data/identity.json", "data/index.html", "data/index.txt", "data/journal.jsonl",
        "data/letters/01-not-held/letter.json", "data/letters/01-not-held/letter.txt",
        "data/letters/01-not-held/proof-1.pdf", "data/letters/01-not-held/scan.pdf", "data/records/decisions.json",
        "data/records/opinions.json", "data/records/searches.json", "data/records/steps.json",
        "manifest-sha256.txt", "tagmanifest-sha256.txt",
    ]  # fmt: skip
    assert json.loads(found["data/identity.json"]) == {"name": NAME, "id_number": ID_NUMBER, "contact": CONTACT}
    assert "届满日：2024年4月1日（周一）" in found["data/deadlines.txt"].decode()
    assert "XA123" in found["data/letters/01-not-held/letter.json"].decode()
    assert "青科公复〔2024〕1号" in found["data/index.html"].decode()
    assert (check(data), check_case(found)) == ((), ())


def test_without_a_reason_for_it_nobody_learns_who_asked(cast: Cast, full: int) -> None:
    _, data = archive.make(cast.officer, full, because="检查")
    found = contents(data)
    for path, each in found.items():
        for told in (NAME, ID_NUMBER, CONTACT):
            assert told.encode() not in each, path
    assert "未放入（显示身份或者未经遮盖）" in found["data/index.txt"].decode()
    assert found["data/files/snapshot-01.pdf"] == b"%PDF-1.4 page"


def test_the_making_is_journalled_with_reason_and_digest(cast: Cast, full: int) -> None:
    archive.make(cast.officer, full, because="移交档案室", with_identity=True)
    entry = Entry.objects.filter(stream=f"request:{full}").order_by("-sequence")[0]
    told = json.loads(entry.facts)
    assert (entry.kind, entry.actor) == ("archive.made", "officer")
    assert (told["because"], told["identity"], len(told["digest"])) == ("移交档案室", True, 64)


def test_a_bit_flipped_in_any_file_of_the_package_is_found(cast: Cast, full: int) -> None:
    found = contents(archive.make(cast.officer, full, because="移交", with_identity=True)[1])
    for path, data in found.items():
        for at in {0, len(data) // 2, len(data) - 1}:
            changed = bytearray(data)
            changed[at] ^= 4
            assert check_files({**found, path: bytes(changed)}) != (), path


def test_a_journal_or_a_case_rewritten_with_its_manifest_is_found(cast: Cast, full: int) -> None:
    ledger.sign_checkpoint()
    found = contents(archive.make(cast.officer, full, because="移交", with_identity=True)[1])

    def again(path: str, before: str, after: str) -> dict[str, bytes]:
        """The package with one file changed and every manifest made anew."""
        payload = {name.removeprefix("data/"): data for name, data in found.items() if name.startswith("data/")}
        assert before in payload[path].decode()
        payload[path] = payload[path].decode().replace(before, after, 1).encode()
        made = contents(pack(Bag("x", (), payload)))
        assert check_files(made) == ()
        return made

    for path, before, after, at in (
        ("journal.jsonl", '"officer"', '"handler"', "data/journal.jsonl"),
        ("events.jsonl", "2024-03-20", "2024-03-19", "data/events.jsonl"),
        ("events.jsonl", "特派员", "专派员", "data/events.jsonl"),
        ("checkpoint.json", '"last_entry": ', '"last_entry": 1', "data/checkpoint.json"),
    ):
        assert at in [each.path for each in check_case(again(path, before, after))], path


def test_the_signature_is_held_against_a_key_known_from_elsewhere(cast: Cast, full: int) -> None:
    ledger.sign_checkpoint()
    found = contents(archive.make(cast.officer, full, because="移交")[1])
    own = json.loads(found["data/checkpoint.json"])["public_key"]
    assert check_case(found, own) == ()
    assert [each.wrong for each in check_case(found, "00" * 32)] == ["签名不符"]


def test_an_open_case_a_missing_reason_and_other_people_are_refused(cast: Cast, full: int) -> None:
    pending = request(cast, closed=False, number="KJJ-2024-0002")
    with pytest.raises(InputRefused, match="还没有办结"):
        archive.make(cast.officer, pending, because="归档")
    with pytest.raises(InputRefused, match="没有填写"):
        archive.make(cast.officer, full, because="  ")
    for person in (cast.leader, cast.adviser, cast.head, cast.reviewer, cast.office, cast.elsewhere, cast.auditor):
        with pytest.raises(PermissionDenied):
            archive.make(person, full, because="归档")


def test_the_filing_is_an_event(cast: Cast, full: int) -> None:
    archive.file_away(cast.officer, full, on=date(2024, 4, 8), evidence="移交清单第3号")
    assert list(Request.objects.get(pk=full).events.values_list("kind", flat=True))[-1] == "archived"
    assert "archived" in contents(archive.make(cast.officer, full, because="移交")[1])["data/events.jsonl"].decode()


def test_equal_cases_make_equal_bytes(cast: Cast, full: int) -> None:
    found = Request.objects.select_related("body").get(pk=full)
    case = archive.as_case(found, "qinglan-kjj", list(found.events.order_by("position")))
    record = archive.queries.record(found)
    one, two = (archive._package(found, case, record, {}, with_identity=False)[1] for _ in range(2))
    assert one == two
    with zipfile.ZipFile(io.BytesIO(one)) as packed:
        assert {each.date_time for each in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
