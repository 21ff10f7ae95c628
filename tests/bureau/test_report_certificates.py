"""The certificate of what is carried out on 31 December: chained over the years, compared with the ledger of today."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from bureau_cast import SINCE, Cast
from django.core.exceptions import PermissionDenied
from ledger_files import case, load
from report_ground import KJJ, YEAR, brought_to, drafted, ledgers

from gongkai.bureau import clock
from gongkai.bureau.annual import (
    behind,
    certificates,
    drafting,
    report_queries,
)
from gongkai.bureau.annual.models import Certificate
from gongkai.bureau.casework.models import Request
from gongkai.bureau.ledger import queries as journal
from gongkai.bureau.orgs import exchange as orgs
from gongkai.bureau.orgs import services as people
from gongkai.bureau.orgs.models import Body
from gongkai.statute.primitives import InputRefused

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(cast: Cast, tmp_path: Path) -> int:
    return drafted(cast, tmp_path)


def digest_of(previous: str, body: str, year: int, *lines: dict[str, str | None]) -> str:
    """By hand: the line of the year before, then the canonical text."""
    text = json.dumps({"body": body, "carried_out": list(lines), "year": year}, ensure_ascii=False, sort_keys=True,
                      separators=(",", ":"))  # fmt: skip
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


K1 = {"number": "K-1", "agency": KJJ, "received_on": "2023-12-20", "phase": "running", "due_on": "2024-01-18"}
K6 = {"number": "K-6", "agency": KJJ, "received_on": "2024-12-25", "phase": "running", "due_on": "2025-01-23"}


def test_certificates_are_chained_over_the_years(cast: Cast, tmp_path: Path) -> None:
    ledgers(cast, tmp_path)
    first = certificates.certify(cast.officer, KJJ, 2023)
    second = certificates.certify(cast.officer, KJJ, 2024)
    assert first == digest_of("", KJJ, 2023, K1)
    assert second == digest_of(first, KJJ, 2024, K6)
    found = certificates.certificate(cast.leader, KJJ, 2024)
    assert found is not None
    assert ([dict(each) for each in found.lines], found.previous, found.differences) == ([K6], first, ())
    assert list(certificates.faults()) == [None, None]
    assert [(each.facts["year"], each.facts["count"]) for each in journal.entries(kind="carry.certified").rows] == [
        (2024, 1), (2023, 1),
    ]  # fmt: skip


def test_the_same_ledger_gives_the_same_certificate(cast: Cast, tmp_path: Path) -> None:
    ledgers(cast, tmp_path)
    assert certificates.certify(cast.officer, KJJ, YEAR) == certificates.certify(cast.officer, KJJ, YEAR)
    assert Certificate.objects.count() == 1
    assert len(journal.entries(kind="carry.certified").rows) == 1


def test_the_carried_out_of_a_year_is_the_carried_in_of_the_next(cast: Cast, report: int) -> None:
    brought_to(cast, report, "frozen")
    found = certificates.certificate(cast.officer, KJJ, 2024)
    assert found is not None
    following = drafting.start(cast.officer, KJJ, 2025)
    assert report_queries.carried_in(cast.officer, following) == len(found.lines) == 1


def test_a_certificate_tells_what_the_ledger_says_otherwise_later(cast: Cast, report: int, tmp_path: Path) -> None:
    brought_to(cast, report, "frozen")
    Request.objects.filter(number="K-6").update(received_on="2025-01-02", received_year=2025)  # as a tamperer would
    load(
        tmp_path,
        case("K-10", "2024-12-30", agency=KJJ),
    )
    found = certificates.certificate(cast.officer, KJJ, YEAR)
    assert found is not None
    assert found.differences == (
        "K-6 当时结转，现在台账上不再结转", "K-10 当时没有列入，现在台账上是结转",
    )  # fmt: skip
    assert [dict(each) for each in found.lines] == [K6]
    again = certificates.certify(cast.officer, KJJ, YEAR)
    assert Certificate.objects.filter(replaced_at__isnull=True).get().digest == again != found.digest
    renewed = certificates.certificate(cast.officer, KJJ, YEAR)
    assert renewed is not None
    assert renewed.differences == ()
    assert Certificate.objects.count() == 2


def test_a_due_day_that_moved_since_is_told(cast: Cast, report: int) -> None:
    brought_to(cast, report, "frozen")
    kept = Certificate.objects.get()
    text = kept.lines.replace("2025-01-23", "2025-01-20").replace("running", "paused")
    Certificate.objects.filter(pk=kept.pk).update(lines=text)
    found = certificates.certificate(cast.officer, KJJ, YEAR)
    assert found is not None
    assert found.differences == (
        "K-6 的当日状态当时是征求意见，不计期限，现在台账上是在期限内",
        "K-6 的届满日当时是2025-01-20，现在台账上是2025-01-23",
    )
    assert list(certificates.faults()) == ["青澜县科学技术局2024年结转证明：内容与散列不符"]


def test_a_year_that_is_not_over_carries_nothing_out(cast: Cast) -> None:
    year = clock.today().year
    with pytest.raises(InputRefused, match=f"结转证明：{year}年还没有结束；应为{year}-12-31以后"):
        certificates.certify(cast.officer, KJJ, year)
    for who in ("head", "leader", "office", "elsewhere", "auditor", "stranger"):
        with pytest.raises(PermissionDenied):
            certificates.certify(getattr(cast, who), KJJ, 2023)
    assert certificates.certificate(cast.officer, KJJ, 2023) is None


def test_a_reorganised_body_carries_on_from_its_predecessors(cast: Cast, tmp_path: Path) -> None:
    load(
        tmp_path,
        case("1", "2023-12-20", agency=KJJ),
        case("1", "2023-12-21", agency="qinglan-mzj", kind="business"),
    )
    orgs.write(
        '{"code": "new", "name": "青澜县科技民政局", "level": "county_department", "parent": "qinglan",'
        ' "predecessors": ["qinglan-kjj", "qinglan-mzj"], "valid_from": "2023-06-01"}\n'
    )
    people.grant_role(
        cast.security, username="elsewhere", role="disclosure_officer", body="new", since=SINCE, until=None
    )
    certificates.certify(cast.elsewhere, "new", 2023)
    found = certificates.certificate(cast.elsewhere, "new", 2023)
    assert found is not None
    assert [(each["agency"], each["number"]) for each in found.lines] == [("qinglan-kjj", "1"), ("qinglan-mzj", "1")]
    assert found.differences == ()
    report = drafting.start(cast.elsewhere, "new", 2024)
    assert report_queries.carried_in(cast.elsewhere, report) == 2
    page = behind.behind(cast.elsewhere, report, "requests", "carried_in", "total")
    assert page is not None
    assert [each.number for each in page.records] == ["1", "1"]
    assert Body.objects.get(code="new").predecessors.count() == 2
