"""Two at the same moment: one act happens, the other is told or was the same; what they wrote lies nowhere open."""

from __future__ import annotations

from pathlib import Path

import pytest
from at_once import told_at_once
from bureau_cast import Cast
from django.apps import apps
from django.conf import settings
from following_ground import CODE, NAME, PARTY, filed, on_day

from gongkai.bureau import clock
from gongkai.bureau.casework import consulting, following, identity, services
from gongkai.bureau.casework.consulting import Answer
from gongkai.bureau.casework.files import Sent
from gongkai.bureau.casework.following import Said
from gongkai.bureau.casework.models import ApplicantMessage, Consultation, Letter, Request
from gongkai.bureau.orgs.models import Person

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]

TOKEN = "form-0123456789abcdef"
WORDS, GROUNDS = "标记甲七二一：迟迟不答复", "标记乙八三二：含有报价"
FILE = b"marked-file-943 contents"


def _as_text(stored: object) -> str:
    return bytes(stored).decode("utf-8", "replace") if isinstance(stored, bytes | memoryview) else str(stored)


def _linked(cast: Cast, request: int) -> str:
    services.append(cast.officer, request, on_day("third_party_consulted", party=PARTY), evidence="征求意见书")
    letter = Letter.objects.create(
        request_id=request, kind="third_party_consultation", state="delivered", by=cast.officer, at=clock.now(),
        addressee=identity.seal_text(PARTY), paragraphs="下列信息可能涉及你单位。",
    )  # fmt: skip
    return consulting.open_link(request, letter.pk, "third_party", PARTY, None)


def test_a_double_click_is_one_withdrawal(cast: Cast) -> None:
    mine = filed(cast.officer)
    said = Said("", TOKEN, 1, confirmed=True)
    assert told_at_once(*[lambda: following.say(mine.given, "withdrawal", said)] * 3) == ["False", "False", "True"]
    assert ApplicantMessage.objects.count() == 1
    assert Request.objects.get(pk=mine.id).length == 2


def test_the_office_and_the_applicant_at_once_are_one_and_the_other_is_told(cast: Cast) -> None:
    mine = filed(cast.officer)
    officer = Person.objects.get(pk=cast.officer.pk)
    reply = on_day("replied", outcome="granted")
    told = told_at_once(
        lambda: following.say(mine.given, "withdrawal", Said("", TOKEN, 1, confirmed=True)),
        lambda: services.append(officer, mine.id, reply, evidence="答复书", seen=1, approved_by="程望舒"),
    )
    assert Request.objects.get(pk=mine.id).length == 2
    assert len([each for each in told if each in ("True", "None")]) == 1
    assert len([each for each in told if "有了变化" in each or "已经登记了新的一步" in each]) == 1


def test_two_answers_to_one_link_are_one(cast: Cast) -> None:
    mine = filed(cast.officer)
    token = _linked(cast, mine.id)
    told = told_at_once(
        lambda: consulting.answer(token, Answer(True, "")),
        lambda: consulting.answer(token, Answer(False, GROUNDS)),
    )
    assert told == ["False", "True"]
    assert Consultation.objects.get().answered_at is not None
    assert Request.objects.get(pk=mine.id).length == 3


def test_what_was_written_lies_nowhere_in_the_open(cast: Cast) -> None:
    mine = filed(cast.officer)
    following.say(mine.given, "complaint", Said(f"{NAME}：{WORDS}", TOKEN, files=(Sent("标记丙.txt", FILE),)))
    token = _linked(cast, mine.id)
    consulting.answer(token, Answer(False, GROUNDS, (Sent("标记丁.txt", FILE),)))
    planted = ("标记甲七二一", "标记乙八三二", "标记丙", "标记丁", NAME, CODE, token)
    for model in apps.get_models():
        for row in model._default_manager.values_list():
            stored = " ".join(map(_as_text, row))
            for each in planted:
                assert each not in stored, (model.__name__, each)
    kept = [each.read_bytes() for each in Path(settings.FILES).rglob("*") if each.is_file()]
    assert len(kept) == 2
    assert all(b"marked-file-943" not in each for each in kept)
