"""文书: from the draft to the delivery that makes the event; who may take which step; what cannot leave."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
from bureau_cast import Cast
from django.core.exceptions import PermissionDenied
from docx import Document

from gongkai.bureau import clock
from gongkai.bureau.casework import consulting, letter_delivery, letter_documents, letters, services, verification
from gongkai.bureau.casework.files import Sent, bytes_of, keep, stored
from gongkai.bureau.casework.models import CaseFile, Delivery, Letter, NumberSeries, Request, WantedItem
from gongkai.bureau.casework.queries.letters import letter, letters_of
from gongkai.bureau.ledger.models import Entry
from gongkai.bureau.orgs.models import Person
from gongkai.statute.primitives import InputRefused

pytestmark = pytest.mark.database

PDF = Sent("回证.pdf", b"%PDF-1.4 scanned")
NAME = "江一诺"


def request(officer: Person, *, channel: str = "in_person", number: str = "KJJ-2026-0001") -> int:
    today = clock.today().isoformat()
    events = [{"kind": "submitted", "on": today}]
    return services.register(
        officer, body="qinglan-kjj", number=number, applicant_kind="natural_person",
        names=(NAME, None, "13800000000"), subject="2025年科技专项资金分配结果", channel=channel, events=events,
        evidence="申请书",
    )  # fmt: skip


def drafted(cast: Cast, kind: str, elements: dict[str, str] | None = None, made: int | None = None) -> int:
    made = made or request(cast.officer)
    found = letters.draft(cast.handler, made, kind)
    written = Letter.objects.get(pk=found)
    letters.write(
        cast.handler, found, elements=elements or {}, paragraphs="", word="青科公复", seen=written.version, anew=True
    )
    return found


REFUSAL = {"outcome": "refused.process", "reasons": "属于讨论过程中的材料，尚未定稿", "articles": "16(2)"}
CORRECTION = {"correction_items": "请写明年度", "contact": "0570-0000103"}


def deadline() -> str:
    return (clock.today() + timedelta(days=20)).isoformat()


def pass_all(cast: Cast, found: int) -> None:
    letters.take_step(cast.handler, found, "submit")
    letters.take_step(cast.head, found, "pass_section")
    letters.take_step(cast.adviser, found, "pass_legal", {"note": "依据充分"})
    letters.take_step(cast.reviewer, found, "pass_secrecy")
    letters.take_step(cast.leader, found, "sign")


def deliver(cast: Cast, found: int) -> None:
    letters.take_step(cast.officer, found, "seal", {}, PDF)
    fields = {"way": "in_person", "on": clock.today().isoformat()}
    letters.take_step(cast.handler, found, "deliver", fields, PDF)


def test_a_refusal_passes_everyone_gets_its_number_and_closes_the_case(cast: Cast) -> None:
    found = drafted(cast, "refused", REFUSAL)
    pass_all(cast, found)
    signed = Letter.objects.get(pk=found)
    assert signed.number == f"青科公复〔{clock.today().year}〕1号"
    assert (signed.state, signed.signed_by) == ("signed", "leader")
    deliver(cast, found)
    case = Request.objects.get()
    assert (case.closed_on, case.outcome, case.phase) == (clock.today(), "refused.process", "closed")
    event = case.events.get(position=1)
    assert (event.kind, event.evidence) == ("replied", f"政府信息公开申请答复书 青科公复〔{clock.today().year}〕1号")
    kinds = Entry.objects.filter(stream=f"request:{case.pk}").order_by("sequence").values_list("kind", flat=True)
    assert list(kinds)[-2:] == ["request.event", "letter.deliver"]


def test_the_document_says_what_the_law_asks(cast: Cast) -> None:
    found = drafted(cast, "refused", REFUSAL)
    pass_all(cast, found)
    word = Letter.objects.get(pk=found).editable
    assert word is not None
    text = "\n".join(each.text for each in Document(BytesIO(bytes_of(word))).paragraphs)
    today = clock.today()
    assert f"青科公复〔{today.year}〕1号" in text
    assert NAME in text
    # 行政复议法第23条: since 2024 a refusal under articles 14–16 goes to reconsideration first; 第24条: the government
    assert "应当先申请行政复议" in text
    assert "60日内向青澜县人民政府申请；" in text
    assert "15日内" in text
    assert "6个月" not in text
    assert "条例》第十六条第二款" in text
    assert f"{today.year}年{today.month}月{today.day}日" in text


def test_no_page_of_the_desk_and_no_journal_entry_names_the_applicant(cast: Cast) -> None:
    found = drafted(cast, "refused", REFUSAL)
    pass_all(cast, found)
    deliver(cast, found)
    shown = letter(cast.officer, found)
    assert NAME not in repr(shown)
    assert not [each for each in Entry.objects.all() if NAME in each.facts]
    stored = Letter.objects.get(pk=found)
    assert NAME not in stored.paragraphs + str(stored.elements)


@pytest.mark.parametrize("missing", ["reasons", "articles", "outcome"])
def test_no_letter_leaves_with_a_missing_element(cast: Cast, missing: str) -> None:
    found = drafted(cast, "refused", {**REFUSAL, missing: ""})
    with pytest.raises(InputRefused):
        letters.take_step(cast.handler, found, "submit")
    assert Letter.objects.get(pk=found).state == "drafting"


def test_not_held_cannot_leave_without_its_search_record(cast: Cast) -> None:
    found = drafted(cast, "not_held", {"articles": "36(4)"})
    with pytest.raises(InputRefused) as refused:
        letters.take_step(cast.handler, found, "submit")
    assert "检索" in str(refused.value)


def test_the_drafter_passes_nothing(cast: Cast) -> None:
    from gongkai.bureau.orgs import services as orgs

    orgs.grant_role(
        Person.objects.get(username="anquan"), username="handler", role="section_head", body="qinglan-kjj",
        since=date(2024, 1, 2), until=None,
    )  # fmt: skip
    found = drafted(cast, "refused", REFUSAL)
    letters.take_step(cast.handler, found, "submit")
    with pytest.raises(PermissionDenied, match="拟稿、送审的人不能审核"):
        letters.take_step(cast.handler, found, "pass_section")


STATES = (
    "drafting",
    "in_section",
    "in_legal",
    "in_secrecy",
    "awaiting_signature",
    "signed",
    "sealed",
    "delivered",
    "void",
)
WHO = ("officer", "handler", "head", "reviewer", "adviser", "leader", "office", "elsewhere", "stranger", "system")
# state: act → who may do it; the handler is the one who drafted
MAY: dict[str, dict[str, set[str]]] = {
    "drafting": {"submit": {"officer", "handler"}, "void": {"officer"}},
    "in_section": {"pass_section": {"head"}, "return_": {"head"}, "void": {"officer"}},
    "in_legal": {"pass_legal": {"adviser"}, "return_": {"adviser"}, "void": {"officer"}},
    "in_secrecy": {"pass_secrecy": {"reviewer"}, "return_": {"reviewer"}, "void": {"officer"}},
    "awaiting_signature": {
        "sign": {"leader"}, "register_signature": {"officer"}, "return_": {"leader"}, "void": {"officer"},
    },
    "signed": {"seal": {"officer"}, "void": {"officer"}},
    "sealed": {"deliver": {"officer", "handler"}, "void": {"officer"}},
    "delivered": {},
    "void": {},
}  # fmt: skip


@pytest.mark.parametrize("state", STATES)
def test_every_step_is_for_its_role_in_its_state(cast: Cast, state: str) -> None:
    found = drafted(cast, "refused", REFUSAL)
    Letter.objects.filter(pk=found).update(state=state)
    people = {name: getattr(cast, name) for name in WHO}
    for name, person in people.items():
        try:
            shown = letter(person, found)
        except PermissionDenied:
            assert name in ("elsewhere", "stranger", "system")
            offered: set[str] = set()
        else:
            assert shown is not None
            offered = {each.step.act for each in shown.offers if not each.refused}
            assert all(each.refused for each in shown.offers if each.step.act not in offered)
        assert offered == {act for act, who in MAY[state].items() if name in who}, name


@pytest.mark.parametrize("name", ["officer", "head", "adviser", "leader", "office", "elsewhere", "stranger"])
def test_a_step_of_another_is_refused_by_the_service(cast: Cast, name: str) -> None:
    found = drafted(cast, "refused", REFUSAL)
    Letter.objects.filter(pk=found).update(state="in_secrecy")
    with pytest.raises(PermissionDenied):
        letters.take_step(getattr(cast, name), found, "pass_secrecy")


def test_a_void_number_is_never_given_again(cast: Cast) -> None:
    first = drafted(cast, "refused", REFUSAL)
    pass_all(cast, first)
    letters.take_step(cast.officer, first, "void", {"void_reason": "页面打印错误"})
    second = drafted(cast, "refused", REFUSAL, made=Letter.objects.get(pk=first).request_id)
    pass_all(cast, second)
    year = clock.today().year
    numbers = list(Letter.objects.order_by("id").values_list("number", "state"))
    assert numbers == [(f"青科公复〔{year}〕1号", "void"), (f"青科公复〔{year}〕2号", "signed")]


def test_a_refused_signature_takes_no_number(cast: Cast) -> None:
    found = drafted(cast, "refused", REFUSAL)
    letters.take_step(cast.handler, found, "submit")
    Letter.objects.filter(pk=found).update(state="awaiting_signature", paragraphs="【请填写：理由】")
    with pytest.raises(InputRefused):
        letters.take_step(cast.leader, found, "sign")
    assert not NumberSeries.objects.filter(series="青科公复").exists()


def test_a_signature_on_paper_is_another_persons_and_has_its_scan(cast: Cast) -> None:
    found = drafted(cast, "refused", REFUSAL)
    letters.take_step(cast.handler, found, "submit")
    Letter.objects.filter(pk=found).update(state="awaiting_signature")
    day = clock.today().isoformat()
    with pytest.raises(InputRefused, match="另一个人"):
        letters.take_step(cast.officer, found, "register_signature", {"signer": "officer", "signed_on": day}, PDF)
    with pytest.raises(InputRefused, match="扫描件"):
        letters.take_step(cast.officer, found, "register_signature", {"signer": "程望舒", "signed_on": day})
    letters.take_step(cast.officer, found, "register_signature", {"signer": "程望舒", "signed_on": day}, PDF)
    assert Letter.objects.get(pk=found).signed_by == "程望舒"


def test_a_correction_notice_stops_the_clock_on_the_day_it_is_delivered(cast: Cast) -> None:
    found = drafted(cast, "correction_notice", {**CORRECTION, "deadline_on": deadline()})
    letters.take_step(cast.handler, found, "submit")
    assert Letter.objects.get(pk=found).state == "awaiting_signature"
    letters.take_step(cast.head, found, "sign")
    deliver(cast, found)
    assert Request.objects.get().phase == "awaiting_correction"
    with pytest.raises(InputRefused):  # once (条例第30条)
        letters.draft(cast.handler, Request.objects.get().pk, "correction_notice")


def test_an_extension_is_approved_by_who_signs_it(cast: Cast) -> None:
    found = drafted(cast, "extension_notice", {"workdays": "10", "extension_reasons": "案卷较多"})
    told = Letter.objects.get(pk=found).elements
    assert told["extended_to"] > told["due_on"]
    letters.take_step(cast.handler, found, "submit")
    letters.take_step(cast.head, found, "sign")
    deliver(cast, found)
    event = Request.objects.get().events.get(position=1)
    assert '"approved_by":"head"' in event.fields
    assert Request.objects.get().due_on == date.fromisoformat(told["extended_to"])


def test_a_receipt_is_the_confirmation_of_an_application_on_the_internet(cast: Cast) -> None:
    made = request(cast.officer, channel="internet")
    found = drafted(cast, "receipt", {"contact": "0570-0000103"}, made)
    letters.take_step(cast.officer, found, "submit")
    letters.take_step(cast.officer, found, "sign")
    letters.take_step(cast.officer, found, "seal", {}, PDF)
    fields = {"way": "electronic", "on": clock.today().isoformat()}
    letters.take_step(cast.officer, found, "deliver", fields)
    case = Request.objects.get()
    assert (case.received_on, case.phase) == (clock.today(), "running")


def test_nothing_is_enclosed_without_its_secrecy_review(cast: Cast) -> None:
    made = request(cast.officer)
    material = keep(Request.objects.get(), "material", Sent("表.pdf", b"%PDF-1.4 x"), by=cast.handler)
    found = drafted(cast, "granted", {"obtain_where": "随文附送", "obtain_on": "即日", "information": "分配结果",
                                      "provided_as": "attached", "articles": "36(2)"}, made=made)  # fmt: skip
    letters.write(
        cast.handler, found, elements={}, paragraphs=Letter.objects.get(pk=found).paragraphs, word="青科公复",
        enclosures=[material.pk], seen=Letter.objects.get(pk=found).version,
    )  # fmt: skip
    with pytest.raises(InputRefused, match="没有经过保密审查"):
        letters.take_step(cast.handler, found, "submit")
    CaseFile.objects.filter(pk=material.pk).update(reviewed_by=cast.reviewer, reviewed_at=clock.now())
    letters.take_step(cast.handler, found, "submit")


def test_a_file_of_another_request_cannot_be_enclosed(cast: Cast) -> None:
    other = request(cast.officer, number="KJJ-2026-0002")
    material = keep(Request.objects.get(pk=other), "material", Sent("表.pdf", b"%PDF-1.4 x"), by=cast.handler)
    found = drafted(cast, "granted", {})
    with pytest.raises(InputRefused, match="不在这件申请里"):
        letters.write(
            cast.handler, found, elements={}, paragraphs="x", word="青科公复", enclosures=[material.pk], seen=1
        )


def test_who_saves_second_is_told(cast: Cast) -> None:
    found = drafted(cast, "refused", REFUSAL)
    with pytest.raises(InputRefused, match="已经有人改过"):
        letters.write(cast.handler, found, elements={}, paragraphs="另一稿", word="青科公复", seen=0)
    letters.take_step(cast.handler, found, "submit", seen=len(letter(cast.handler, found).steps))  # type: ignore[union-attr]
    with pytest.raises(InputRefused, match="已经有人办了一步"):
        letters.take_step(cast.head, found, "pass_section", seen=1)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"way": "post"}, "邮件号码"),
        ({"way": "pigeon"}, "送达方式"),
        ({"way": "electronic", "on": "2020-01-01"}, "早于签发日"),
        ({"way": "electronic", "on": "明天"}, "不是日期"),
        ({"way": "electronic", "on": "2999-01-01"}, "还没有到"),
    ],
)
def test_a_delivery_has_its_proof(cast: Cast, fields: dict[str, str], told: str) -> None:
    found = drafted(cast, "refused", REFUSAL)
    pass_all(cast, found)
    letters.take_step(cast.officer, found, "seal", {}, PDF)
    with pytest.raises(InputRefused, match=told):
        letters.take_step(cast.officer, found, "deliver", {"on": clock.today().isoformat(), **fields})
    assert Request.objects.get().closed_on is None


def test_the_list_of_a_requests_letters_costs_one_look(cast: Cast, django_assert_max_num_queries: object) -> None:
    made = request(cast.officer)
    for each in range(5):
        letters.draft(cast.handler, made, "refused", {"reasons": f"理由{each}"})
    with django_assert_max_num_queries(3):  # type: ignore[operator]
        rows = letters_of(cast.officer, made)
    assert [each.state for each in rows] == ["drafting"] * 5


def test_an_office_may_replace_a_template_but_not_leave_out_what_must_be_said(cast: Cast) -> None:
    whole = letter_documents.default_template()
    letter_documents.replace_template(cast.officer, "qinglan-kjj", "refused", Sent("模板.docx", whole))
    out = BytesIO()
    Document().save(out)
    with pytest.raises(InputRefused):
        letter_documents.replace_template(cast.officer, "qinglan-kjj", "refused", Sent("空.docx", out.getvalue()))
    with pytest.raises(PermissionDenied):
        letter_documents.replace_template(cast.handler, "qinglan-kjj", "refused", Sent("模板.docx", whole))
    found = drafted(cast, "refused", REFUSAL)
    pass_all(cast, found)
    assert Letter.objects.get(pk=found).number


def test_a_third_party_answers_by_the_link_that_is_shown_once(cast: Cast) -> None:
    elements = {
        "addressee": "云帆新材料有限公司",
        "information": "2025年科技专项资金分配结果",
        "contact": "0570-0000103",
    }
    found = drafted(cast, "third_party_consultation", elements)
    with pytest.raises(InputRefused, match="送达以后生成"):
        letter_delivery.open_consultation(cast.officer, found)
    letters.take_step(cast.handler, found, "submit")
    letters.take_step(cast.head, found, "sign")
    letters.take_step(cast.officer, found, "seal", {}, PDF)
    letters.take_step(cast.officer, found, "deliver", {"way": "electronic", "on": clock.today().isoformat()})
    assert Request.objects.get().phase == "paused"
    with pytest.raises(PermissionDenied):
        letter_delivery.open_consultation(cast.leader, found)
    token = letter_delivery.open_consultation(cast.officer, found)
    assert consulting.answer(token, consulting.Answer(False, "含有未公开的技术参数"))
    assert Request.objects.get().phase == "running"
    kinds = list(Request.objects.get().events.order_by("position").values_list("kind", flat=True))
    assert kinds == ["submitted", "third_party_consulted", "third_party_replied"]
    assert not [each for each in Entry.objects.all() if token in each.facts or "技术参数" in each.facts]


def fee_notice(cast: Cast, made: int, **elements: str) -> int:
    told = {"payment_way": "非税收入缴款书", "contact": "0570-0000103", **elements}
    return drafted(cast, "fee_notice", told, made)


def test_a_fee_by_pages_is_the_tariffs(cast: Cast) -> None:
    found = fee_notice(cast, request(cast.officer), fee_basis="pages", fee_quantity="109")
    told = Letter.objects.get(pk=found).elements
    assert (told["amount"], told["fee_quantity"]) == ("880", "109")
    assert "第101页至第109页每页20元" in told["fee_standard"]
    letters.write(cast.handler, found, elements={"amount": "500"}, paragraphs=Letter.objects.get(pk=found).paragraphs,
                  word="青科公费", seen=Letter.objects.get(pk=found).version)  # fmt: skip
    with pytest.raises(InputRefused, match="与标准不符"):
        letters.take_step(cast.handler, found, "submit")


def test_items_of_one_applicant_count_over_the_month(cast: Cast) -> None:
    """按件: the first ten of a month are free, the eleventh costs 100 元 (国办函〔2020〕109号第4条)."""
    for number in range(1, 12):
        last = request(cast.officer, number=f"KJJ-2026-{number:04d}")
    found = fee_notice(cast, last, fee_basis="items")
    told = Letter.objects.get(pk=found).elements
    assert (told["fee_quantity"], told["amount"]) == ("1", "100")
    assert "本月此前已有10件" in told["fee_standard"]


def test_a_fee_of_nothing_is_not_notified(cast: Cast) -> None:
    found = fee_notice(cast, request(cast.officer), fee_basis="items")
    with pytest.raises(InputRefused, match="按标准不收费"):
        letters.take_step(cast.handler, found, "submit")


def test_what_a_third_party_objected_to_waits_until_it_was_told_why(cast: Cast) -> None:
    made = request(cast.officer)
    today = clock.today().isoformat()
    for event in ({"kind": "third_party_consulted", "party": "甲公司"},
                  {"kind": "third_party_replied", "party": "甲公司", "consents": False}):  # fmt: skip
        services.append(cast.officer, made, {**event, "on": today}, evidence="回函")
    found = drafted(cast, "granted", {"information": "分配结果", "provided_as": "elsewhere", "obtain_where": "窗口",
                                      "obtain_on": "工作日", "articles": "36(2)"}, made=made)  # fmt: skip
    letters.take_step(cast.handler, found, "submit")
    Letter.objects.filter(pk=found).update(state="awaiting_signature")
    letters.take_step(cast.leader, found, "sign")
    letters.take_step(cast.officer, found, "seal", {}, PDF)
    with pytest.raises(InputRefused, match="没有把决定公开的内容和理由书面告知第三方"):
        letters.take_step(cast.officer, found, "deliver", {"way": "electronic", "on": today})
    told = drafted(cast, "third_party_decision", {"addressee": "甲公司"}, made)
    delivered = {"way": "post", "tracking": "EX1", "on": clock.today() - timedelta(days=30), "by": cast.officer}
    Delivery.objects.create(letter_id=told, at=clock.now(), **delivered)
    letters.take_step(cast.officer, found, "deliver", {"way": "electronic", "on": today})
    assert Request.objects.get().outcome == "granted"


def test_verify_finds_a_file_that_was_changed_and_a_number_that_is_gone(cast: Cast) -> None:
    found = drafted(cast, "refused", REFUSAL)
    pass_all(cast, found)
    assert [*verification.check_files(), *verification.check_letters()] == [None, None, None]
    document = Letter.objects.get(pk=found).document
    assert document is not None
    stored(document.digest).write_bytes(b"other")
    NumberSeries.objects.filter(series="青科公复").update(last=2)
    told = [each for each in (*verification.check_files(), *verification.check_letters()) if each]
    assert "被改过" in told[0]
    assert "缺号" in told[1]


@pytest.mark.parametrize(
    ("command", "told"),
    [("cat", ""), ("false", "没有盖成"), ("echo nothing", "没有盖成"), ("no-such-seal-system", "没有应答"),
     ("sed s/PDF-1.7/PDF-1.7/;q", "印章系统交回的不是")],
)  # fmt: skip
def test_an_electronic_seal_gives_back_the_letter_or_nothing_happens(
    cast: Cast, settings: object, command: str, told: str
) -> None:
    settings.SEAL_COMMAND = command  # type: ignore[attr-defined]
    found = drafted(cast, "refused", REFUSAL)
    pass_all(cast, found)
    if not told:
        letters.take_step(cast.officer, found, "seal")
        assert Letter.objects.get(pk=found).scan is not None
        return
    with pytest.raises(InputRefused, match=told):
        letters.take_step(cast.officer, found, "seal")
    assert Letter.objects.get(pk=found).state == "signed"


def test_a_reply_on_several_items_says_of_each_what_became_of_it(cast: Cast) -> None:
    made = request(cast.officer)
    for position, (text, outcome, articles) in enumerate(
        [("分配结果", "granted", "36(2)"), ("评委评分表", "refused.process", "16(2)")], 1
    ):
        WantedItem.objects.create(request_id=made, position=position, text=text, outcome=outcome, articles=articles,
                                  reason="" if outcome == "granted" else "讨论过程中的材料")  # fmt: skip
    told = {"provided_as": "attached", "withheld": "评委评分表", "reasons": "讨论过程中的材料", "articles": "37,16(2)"}
    found = drafted(cast, "partial", told, made)
    pass_all(cast, found)
    word = Letter.objects.get(pk=found).editable
    assert word is not None
    [table] = Document(BytesIO(bytes_of(word))).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["序号", "申请内容", "处理结果", "依据"],
        ["1", "分配结果", "予以公开", "《中华人民共和国政府信息公开条例》第三十六条第二项"],
        ["2", "评委评分表", "不予公开", "《中华人民共和国政府信息公开条例》第十六条第二款"],
    ]
