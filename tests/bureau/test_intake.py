"""Applications taken in: whole or not at all, numbered without gap, one form one request, identities in no clear."""

from __future__ import annotations

import json
import logging
import subprocess
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from bureau_cast import BODIES, Cast
from django.conf import settings as django_settings
from django.core.exceptions import PermissionDenied
from django.db import connection

from gongkai.bureau import clock
from gongkai.bureau.casework import files, identity, intake, queries
from gongkai.bureau.casework.files import Sent
from gongkai.bureau.casework.intake import Arrival, Enclosed
from gongkai.bureau.casework.models import (
    AnsweredBefore,
    Application,
    CaseFile,
    Identity,
    IdentityMark,
    NumberSeries,
    Request,
    RequestEvent,
    WantedItem,
)
from gongkai.bureau.casework.queries.intake import answer, answers_for
from gongkai.bureau.ledger.models import Entry
from gongkai.bureau.orgs import exchange
from gongkai.bureau.orgs.models import Body
from gongkai.bureau.publishing.models import Item
from gongkai.statute.cases.application import Filing, Wanted, Who
from gongkai.statute.primitives import InputRefused

pytestmark = [pytest.mark.django_db, pytest.mark.database]

KJJ = "qinglan-kjj"
PDF = b"%PDF-1.7 secret of the applicant"
FILING = Filing(
    kind="natural_person",
    applicant=Who("林晓岚", "resident", "11010519491231002X"),
    telephone="13800138000",
    email="xiaolan@example.cn",
    post="青澜县东街99号",
    wanted=(Wanted("补助资金安排方案", "青科〔2025〕12号"), Wanted(description="2025年度研发费用补助的名单")),
    form="electronic",
    way="electronic",
)


def _applied(token: str = "one", filing: Filing = FILING, *enclosed: Enclosed) -> intake.Receipt:
    return intake.apply(KJJ, filing, enclosed, token=token)


def test_an_application_is_a_request_with_its_items_and_a_code(cast: Cast) -> None:
    told = _applied()
    found = Request.objects.get(pk=told.request)
    today = clock.today()
    assert told.number == found.number == f"KJJ-{today.year}-0001"
    assert (found.channel, found.subject) == (
        "internet", "补助资金安排方案（青科〔2025〕12号）；2025年度研发费用补助的名单",
    )  # fmt: skip
    assert (found.submitted_on, found.received_on, found.due_on, found.phase) == (today, None, None, "awaiting_receipt")
    assert list(found.wanted.values_list("position", "text")) == [
        (1, "补助资金安排方案（青科〔2025〕12号）"), (2, "2025年度研发费用补助的名单"),
    ]  # fmt: skip
    [event] = found.events.all()
    assert (event.kind, event.on, event.evidence, event.entered_by) == ("submitted", today, "门户申请", None)
    entry = Entry.objects.get(stream=f"request:{found.pk}")
    assert (entry.actor, entry.actor_name, entry.kind) == ("applicant", "申请人", "request.registered")
    kept = Application.objects.get(request=found)
    assert (kept.form, kept.way, kept.by_agent, kept.joint) == ("electronic", "electronic", False, 1)
    assert identity.unseal(bytes(Identity.objects.get(request=found).sealed)) == (
        "林晓岚", "11010519491231002X", "13800138000",
    )  # fmt: skip


def test_of_the_query_code_only_a_keyed_mark_is_stored(cast: Cast) -> None:
    told = _applied()
    assert len(told.code) == 12
    assert set(told.code) <= set("23456789ABCDEFGHJKMNPQRSTUVWXYZ")
    mark = Application.objects.get().code_mark
    assert mark == identity.keyed("query-code", told.number, told.code)
    spoken = f" {told.code[:4].lower()}-{told.code[4:8]} {told.code[8:]}"
    assert intake.code_mark(told.number.lower(), spoken) == mark
    assert told.code not in str(Application.objects.values())


def test_the_same_form_again_is_the_same_receipt_even_without_its_files(cast: Cast) -> None:
    copy = Enclosed("identity", Sent("身份证.pdf", PDF))
    first = _applied("twice", replace(FILING, applicant=Who("林晓岚", "other", "")), copy)
    again = _applied("twice", Filing())
    assert (again.number, again.code, first.again, again.again) == (first.number, first.code, False, True)
    assert Request.objects.count() == 1
    assert CaseFile.objects.count() == 1
    assert _applied("another").code != first.code


def test_nothing_is_stored_of_an_application_that_is_refused(cast: Cast) -> None:
    wrong = Enclosed("attachment", Sent("a.exe", b"MZ"))
    with pytest.raises(InputRefused) as refused:
        _applied("one", replace(FILING, telephone="", email="", post="", form=""), wrong)
    assert [each.place for each in refused.value.faults] == ["联系方式", "获取形式", "申请附件"]
    assert Request.objects.count() == Application.objects.count() == NumberSeries.objects.count() == 0


def test_a_disk_that_fails_leaves_no_half_application(cast: Cast, settings: object, tmp_path: Path) -> None:
    (tmp_path / "full").write_bytes(b"")
    settings.FILES = tmp_path / "full"  # type: ignore[attr-defined]  # a file where the folder should be
    with pytest.raises(OSError):
        _applied("one", FILING, Enclosed("attachment", Sent("a.pdf", PDF)))
    assert Request.objects.count() == Application.objects.count() == NumberSeries.objects.count() == 0
    settings.FILES = tmp_path  # type: ignore[attr-defined]
    assert _applied("one", FILING, Enclosed("attachment", Sent("a.pdf", PDF))).number.endswith("-0001")


def test_everybody_who_applies_together_is_found_by_an_exact_match(cast: Cast) -> None:
    filing = replace(FILING, joint=(Who("周明", "other", "E12345678"),), agent=Who("吴律师", "other", "A1"))
    power = Enclosed("identity", Sent("委托书.pdf", PDF), power=True)
    told = _applied("one", filing, power)
    marks = set(IdentityMark.objects.filter(request=told.request).values_list("kind", "mark"))
    for names in (("周明", "E12345678", None), ("林晓岚", None, "xiaolan@example.cn"), (None, None, "青澜县东街99号")):
        assert set(identity.marks(names)) <= marks
    assert identity.unseal(bytes(Identity.objects.get().sealed))[0] == "林晓岚、周明"
    kept = Application.objects.get()
    assert (kept.by_agent, kept.joint) == (True, 2)
    assert CaseFile.objects.get().facts == {"power_of_attorney": True}


def test_what_is_sealed_is_opened_for_a_reason_and_journalled(cast: Cast) -> None:
    told = _applied("one", replace(FILING, help="大字版"))
    with pytest.raises(InputRefused):
        intake.unsealed(cast.officer, told.request, because=" ")
    with pytest.raises(PermissionDenied):
        intake.unsealed(cast.elsewhere, told.request, because="看看")
    opened = intake.unsealed(cast.officer, told.request, because="电话确认收到")
    assert opened == {
        "name": "林晓岚", "document": "resident", "id_number": "11010519491231002X", "contact_person": "",
        "telephone": "13800138000", "email": "xiaolan@example.cn", "post": "青澜县东街99号", "joint": [],
        "agent": None, "help": "大字版",
    }  # fmt: skip
    entry = Entry.objects.filter(stream=f"request:{told.request}").latest("id")
    assert (entry.kind, json.loads(entry.facts)) == ("identity.unmasked", {"because": "电话确认收到"})


@pytest.mark.parametrize(
    ("arrival", "kinds", "received", "phase"),
    [
        (Arrival("in_person", date(2026, 3, 2), None, "申请书1页"), ["submitted"], date(2026, 3, 2), "late"),
        (Arrival("oral", date(2026, 3, 2), None, "代填表", read_back=True), ["submitted"], date(2026, 3, 2), "late"),
        (Arrival("registered_mail", date(2026, 3, 2), date(2026, 3, 4), "EMS 1"), ["submitted", "signed_for"],
         date(2026, 3, 4), "late"),
        (Arrival("ordinary_mail", None, date(2026, 3, 5), "信封"), ["receipt_confirmed"], date(2026, 3, 5), "late"),
        (Arrival("fax", date(2026, 3, 2), None, "传真件"), ["submitted"], None, "awaiting_receipt"),
    ],
)  # fmt: skip
def test_each_channel_has_its_day_of_receipt(
    cast: Cast, arrival: Arrival, kinds: list[str], received: date | None, phase: str
) -> None:
    """条例第31条."""
    pk = intake.receive(cast.officer, KJJ, FILING, arrival)
    found = Request.objects.get(pk=pk)
    assert [each.kind for each in found.events.order_by("position")] == kinds
    assert (found.channel, found.received_on) == (arrival.channel, received)
    assert (found.phase == "awaiting_receipt") == (phase == "awaiting_receipt")
    assert {each.evidence for each in found.events.all()} == {arrival.evidence}
    assert {each.entered_by for each in found.events.all()} == {cast.officer}
    assert Application.objects.get().code_mark is None


@pytest.mark.parametrize(
    ("arrival", "place"),
    [
        (Arrival("internet", date(2026, 3, 2), None, "x"), "接收渠道"),
        (Arrival("pigeon", date(2026, 3, 2), None, "x"), "接收渠道"),
        (Arrival("in_person", None, None, "x"), "提交申请的日子"),
        (Arrival("in_person", date(2026, 3, 2), date(2026, 3, 3), "x"), "签收或确认收到的日子"),
        (Arrival("registered_mail", None, None, "x"), "签收或确认收到的日子"),
        (Arrival("fax", date(2026, 3, 2), date(2026, 3, 1), "x"), "签收或确认收到的日子"),
        (Arrival("fax", date(2999, 3, 2), None, "x"), "提交申请的日子"),
        (Arrival("fax", date(2026, 3, 2), None, " "), "依据"),
        (Arrival("oral", date(2026, 3, 2), None, "代填表"), "口头申请"),
    ],
)
def test_a_slip_of_the_office_is_told(cast: Cast, arrival: Arrival, place: str) -> None:
    with pytest.raises(InputRefused) as refused:
        intake.receive(cast.officer, KJJ, FILING, arrival)
    assert place in [each.place for each in refused.value.faults]
    assert Request.objects.count() == 0


def test_an_incomplete_paper_is_taken_in_once_with_its_scan(cast: Cast) -> None:
    bare = Filing(kind="business", wanted=(Wanted(description="名单"),))
    arrival = Arrival("in_person", date(2026, 3, 2), None, "申请书1页")
    scan = Enclosed("application", Sent("申请书.pdf", PDF))
    first = intake.receive(cast.officer, KJJ, bare, arrival, [scan], token="t")
    assert intake.receive(cast.officer, KJJ, bare, arrival, [scan], token="t") == first
    kept = CaseFile.objects.get()
    assert (kept.of, kept.by, files.bytes_of(kept), files.name_of(kept)) == (
        "application", cast.officer, PDF, "申请书.pdf",
    )  # fmt: skip


@pytest.mark.parametrize("who", ["elsewhere", "stranger", "adviser", "system"])
def test_who_may_not_register_may_not_take_in(cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        intake.receive(getattr(cast, who), KJJ, FILING, Arrival("in_person", date(2026, 3, 2), None, "x"))


def _item(source: str, title: str, legacy: bool = False, number: str = "", on: date = date(2025, 6, 1)) -> Item:
    return Item.objects.create(
        body=Body.objects.get(code=KJJ), source_id=source, column="通知公告", title=title, document_number=number,
        published_on=on, body_text="全文", digest=source, legacy=legacy, entered_at=clock.now(),
    )  # fmt: skip


def test_published_items_that_fit_are_offered_and_legacy_ones_never(cast: Cast) -> None:
    best = _item("1", "青澜县2025年度企业研发费用补助名单公示")
    _item("2", "青澜县科技馆开放时间")
    legacy = _item("3", "青澜县2024年度企业研发费用补助名单公示", legacy=True)
    numbered = _item("4", "关于印发若干措施的通知", number="青科〔2025〕12号")
    assert [each.id for each in answers_for(KJJ, "我要申请2025年度研发费用补助的名单")] == [best.pk]
    assert [each.id for each in answers_for(KJJ, "青科[2025]12号")] == [numbered.pk]
    assert answers_for("qinglan-mzj", "我要申请2025年度研发费用补助的名单") == ()
    assert answers_for(KJJ, "政府信息公开") == ()
    assert answers_for(KJJ, "") == ()
    found = answer(KJJ, best.pk)
    assert found is not None
    assert found.text == "全文"
    assert answer(KJJ, legacy.pk) is None


def test_found_before_filing_is_counted_without_anybody(cast: Cast) -> None:
    intake.answered_before(KJJ, "补助名单公示")
    assert AnsweredBefore.objects.values("body__code", "on", "found").get() == {
        "body__code": KJJ, "on": clock.today(), "found": "补助名单公示",
    }  # fmt: skip
    assert queries.intake.answered_before((KJJ,), clock.today(), clock.today()) == 1


class TestAtOnce:
    """In threads, each with a connection of its own."""

    pytestmark = pytest.mark.django_db(transaction=True)

    def _at_once(self, tokens: list[str]) -> list[intake.Receipt | str]:
        ready, told = threading.Barrier(len(tokens)), []

        def run(token: str) -> None:
            try:
                ready.wait(20)
                told.append(_applied(token))
            except BaseException as broken:
                told.append(repr(broken))
            finally:
                connection.close()

        threads = [threading.Thread(target=run, args=(each,)) for each in tokens]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        return told

    @pytest.fixture(autouse=True)
    def _bodies(self, settings: object, tmp_path: Path) -> None:
        settings.FILES = tmp_path  # type: ignore[attr-defined]
        exchange.write(BODIES)

    def test_eight_at_once_have_eight_numbers_in_a_row(self) -> None:
        told = self._at_once([f"t{at}" for at in range(8)])
        assert [each for each in told if isinstance(each, str)] == []
        year = clock.today().year
        assert sorted(each.number for each in told if not isinstance(each, str)) == [
            f"KJJ-{year}-000{at}" for at in range(1, 9)
        ]
        assert WantedItem.objects.count() == 16

    def test_a_double_click_is_one_request(self) -> None:
        told = self._at_once(["click"] * 4)
        assert {(each.number, each.code) for each in told if not isinstance(each, str)} == {
            (f"KJJ-{clock.today().year}-0001", told[0].code if not isinstance(told[0], str) else "")
        }
        assert Request.objects.count() == 1


def _read(path: Path) -> bytes:
    """By another process: closing a file of an open SQLite database would take away this process's locks on it."""
    return subprocess.run(["/bin/cat", path], capture_output=True, check=True).stdout


class TestPrivacy:
    """Marked identities are planted, and looked for wherever they must not be."""

    pytestmark = pytest.mark.django_db(transaction=True)
    PLANTED = (
        "祁隐名甲", "110105194912310038", "13912349876", "yinming-jia@example.cn", "隐名巷8号", "祁隐名乙", "E87654321",
        "祁隐名丙", "13712345555", "祁隐名的身份证", "祁隐名文件内容",
    )  # fmt: skip

    def test_they_are_in_no_table_no_file_and_no_log(
        self, settings: object, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        settings.FILES = tmp_path / "files"  # type: ignore[attr-defined]
        exchange.write(BODIES)
        filing = replace(
            FILING,
            applicant=Who("祁隐名甲", "other", "110105194912310038"),
            telephone="13912349876",
            email="yinming-jia@example.cn",
            post="青澜县隐名巷8号",
            joint=(Who("祁隐名乙", "other", "E87654321"),),
            agent=Who("祁隐名丙", "other", "A1", "13712345555"),
            help="祁隐名甲需要大字版",
        )
        sent = Sent("祁隐名的身份证.txt", "祁隐名文件内容".encode())
        with caplog.at_level(logging.DEBUG):
            told = _applied("privacy", filing, Enclosed("identity", sent), Enclosed("identity", sent, power=True))
            with pytest.raises(InputRefused) as refused:
                _applied("refused", replace(filing, applicant=Who("祁隐名甲", "resident", "110105194912310038")))
        spoken = [str(each) for each in refused.value.faults] + [str(told.subject), told.number]
        rows = [
            *Entry.objects.values_list("facts", "actor_name"),
            *RequestEvent.objects.values_list("fields", "evidence"),
            *Request.objects.values_list(),
            *WantedItem.objects.values_list(),
            *Application.objects.values_list("code_mark", "token", "form", "way"),
            *CaseFile.objects.values_list("media_type", "facts", "digest", "content_digest"),
        ]
        text = "\n".join([*spoken, *map(str, rows), caplog.text])
        assert [each for each in self.PLANTED if each in text] == []
        names = [str(each) for each in tmp_path.rglob("*")]
        assert [each for each in self.PLANTED if any(each in name for name in names)] == []
        sealed = [each for each in (tmp_path / "files").rglob("*") if each.is_file()]
        assert len(sealed) == 2
        stored = b"".join([*map(_read, self._files(tmp_path)), *self._tables()])
        assert told.number.encode() in stored
        assert [each for each in self.PLANTED if each.encode() in stored] == []

    def _tables(self) -> list[bytes]:
        """Every row of a server's tables; of SQLite the file itself is read."""
        if connection.vendor == "sqlite":
            return []
        rows = []
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f'SELECT t::text FROM "{table}" t')  # a name from the catalogue
                rows += [row[0].encode() for row in cursor.fetchall()]
        planted = [each.encode().hex().encode() for each in self.PLANTED]
        assert [each for each in planted if any(each in row for row in rows)] == []
        return rows

    def _files(self, tmp_path: Path) -> list[Path]:
        """Every file of the installation and of this test: the database with its journal among them."""
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        folders = (tmp_path / "files", Path(django_settings.HOME))
        found = [each for folder in folders for each in folder.rglob("*") if each.is_file()]
        if connection.vendor == "sqlite":
            found.append(Path(str(connection.settings_dict["NAME"])))
        return [each for each in found if each.suffix in ("", ".sqlite3", ".key", ".log") or "sqlite" in each.name]
