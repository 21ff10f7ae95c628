"""The notice of remedies: by the articles cited and the day, on the day before and the day of each change."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.statute.letters import RemediesNotice, overdue_notice, remedies_notice
from gongkai.statute.letters.remedies import faults_of
from gongkai.statute.primitives import InputRefused

LAST_OF_THE_FORMER_LAW, FIRST_OF_THE_NEW_LAW = date(2023, 12, 31), date(2024, 1, 1)
BEFORE_THE_RULES, WITH_THE_RULES = date(2026, 6, 30), date(2026, 7, 1)


def notice(kind: str, *articles: str, on: date = FIRST_OF_THE_NEW_LAW) -> RemediesNotice:
    found = remedies_notice(
        articles, on=on, body_level="county_department", body_name="青澜县科学技术局", parent_name="青澜县人民政府",
        kind=kind,
    )  # fmt: skip
    assert found is not None
    return found


@pytest.mark.parametrize("article", ["14", "15", "16(1)", "16(2)", "16(3)"])
def test_a_refusal_goes_to_reconsideration_first_since_2024(article: str) -> None:
    assert not notice("refused", "36(3)", article, on=LAST_OF_THE_FORMER_LAW).reconsideration_first
    found = notice("refused", "36(3)", article, on=FIRST_OF_THE_NEW_LAW)
    assert (found.reconsideration_first, found.court_term, found.verified) == (True, "15日", True)
    assert found.reconsideration_days == 60
    assert found.reconsideration_body == "青澜县人民政府"


def test_the_words_of_a_refusal() -> None:
    assert notice("refused", "36(3)", "16(2)", on=BEFORE_THE_RULES).paragraphs == (
        "对本答复书不服的，根据《中华人民共和国行政复议法》第二十三条的规定，应当先申请行政复议，可以自收到本答复书之日起"
        "60日内向青澜县人民政府申请；对行政复议决定不服的，可以自收到行政复议决定书之日起15日内依法向有管辖权的"
        "人民法院提起行政诉讼。",
    )


def test_a_partial_refusal_on_those_articles_likewise_but_not_read_in_the_source() -> None:
    assert not notice("partial", "37", "16(1)", on=LAST_OF_THE_FORMER_LAW).reconsideration_first
    for on in (FIRST_OF_THE_NEW_LAW, BEFORE_THE_RULES, WITH_THE_RULES):
        found = notice("partial", "36(2)", "37", "16(1)", on=on)
        assert (found.reconsideration_first, found.both, found.verified) == (True, False, False)
    assert "行政复议法实施条例第三十一条" not in notice("partial", "37", "15", on=BEFORE_THE_RULES).articles
    assert "行政复议法实施条例第三十一条" in notice("partial", "37", "15", on=WITH_THE_RULES).articles


@pytest.mark.parametrize(
    ("kind", "articles"),
    [
        ("granted", ["36(2)"]),
        ("already_public", ["36(1)"]),
        ("partial", ["37", "38"]),
        ("admin_query", ["36(7)"]),
        ("not_held", ["36(4)"]),
        ("not_ours", ["36(5)"]),
        ("needs_creation", ["38"]),
        ("still_unclear", ["30"]),
        ("not_processed_petition", ["39(1)"]),
        ("not_processed_repeated", ["36(6)"]),
        ("not_processed_publication", ["39(2)"]),
        ("not_processed_excessive", ["35"]),
        ("not_processed_reissue", ["2"]),
        ("lapsed_correction", ["30"]),
        ("unpaid_fee", ["国办函〔2020〕109号"]),
        ("record_correction", ["41"]),
        ("third_party_decision", ["15", "32"]),
    ],
)
@pytest.mark.parametrize("on", [LAST_OF_THE_FORMER_LAW, FIRST_OF_THE_NEW_LAW, BEFORE_THE_RULES, WITH_THE_RULES])
def test_every_other_reply_leaves_the_choice(kind: str, articles: list[str], on: date) -> None:
    found = notice(kind, *articles, on=on)
    assert (found.reconsideration_first, found.court_term) == (False, "6个月")
    assert "60日内" in found.paragraphs[0] and "或者自收到" in found.paragraphs[0]


def test_the_words_of_a_choice() -> None:
    assert notice("not_held", "36(4)").paragraphs == (
        "对本答复书不服的，可以自收到本答复书之日起60日内向青澜县人民政府申请行政复议，或者自收到本答复书之日起6个月内"
        "依法向有管辖权的人民法院提起行政诉讼。",
    )


def test_the_articles_decide_and_not_the_block_of_table_three() -> None:
    assert not notice("admin_query", "36(7)").reconsideration_first  # stands under 不予公开 in table three
    assert notice("other", "16(1)").reconsideration_first
    assert not notice("admin_query", "36(7)").verified  # inferred


def test_a_reply_on_several_grounds_tells_both_ways() -> None:
    found = notice("partial", "37", "15", "36(4)")
    assert (found.reconsideration_first, found.both, len(found.paragraphs)) == (True, True, 2)
    assert found.paragraphs[0].startswith("对本答复书中不予公开的决定不服的")
    assert found.paragraphs[1].startswith("对本答复书的其他内容不服的")


@pytest.mark.parametrize(
    "kind",
    [
        "receipt", "correction_notice", "reasons_notice", "extension_notice", "delay_notice", "fee_notice",
        "third_party_consultation", "joint_agency_consultation", "other_agency_consultation",
        "applicant_consultation_notice", "withdrawal_confirmation", "transfer_notice",
    ],
)  # fmt: skip
def test_what_decides_nothing_carries_no_remedies(kind: str) -> None:
    assert remedies_notice(["30"], on=WITH_THE_RULES, body_level="county", body_name="", kind=kind) is None


def test_no_reply_in_time() -> None:
    def told(on: date) -> RemediesNotice:
        return overdue_notice(on=on, body_level="county", body_name="青澜县人民政府", parent_name="云溪市人民政府")

    assert (told(BEFORE_THE_RULES).reconsideration_first, told(BEFORE_THE_RULES).court_term) == (False, "6个月")
    assert (told(WITH_THE_RULES).reconsideration_first, told(WITH_THE_RULES).court_term) == (True, "15日")
    assert told(WITH_THE_RULES).paragraphs[0].startswith("对本机关逾期不予答复不服的")
    assert "自答复期限届满之日起60日内" in told(WITH_THE_RULES).paragraphs[0]
    assert not told(WITH_THE_RULES).verified
    assert not told(FIRST_OF_THE_NEW_LAW).reconsideration_first


@pytest.mark.parametrize(
    ("level", "on", "body"),
    [
        ("county_department", LAST_OF_THE_FORMER_LAW, "青澜县人民政府或者云溪市科学技术局"),
        ("county_department", FIRST_OF_THE_NEW_LAW, "青澜县人民政府"),
        ("city_department", FIRST_OF_THE_NEW_LAW, "青澜县人民政府"),
        ("vertical_department", LAST_OF_THE_FORMER_LAW, "云溪市科学技术局"),
        ("vertical_department", FIRST_OF_THE_NEW_LAW, "云溪市科学技术局"),
        ("township", FIRST_OF_THE_NEW_LAW, "青澜县人民政府"),
        ("subdistrict", FIRST_OF_THE_NEW_LAW, "青澜县人民政府"),
        ("county", FIRST_OF_THE_NEW_LAW, "青澜县人民政府"),
        ("province", FIRST_OF_THE_NEW_LAW, "本机关甲"),
    ],
)
def test_who_reconsiders(level: str, on: date, body: str) -> None:
    found = remedies_notice(
        ["36(4)"], on=on, body_level=level, body_name="本机关甲", parent_name="青澜县人民政府",
        superior_name="云溪市科学技术局", kind="not_held",
    )  # fmt: skip
    assert found is not None
    assert found.reconsideration_body == body


@pytest.mark.parametrize(
    ("level", "verified"), [("county_department", True), ("township", False), ("subdistrict", False), ("county", False)]
)
def test_only_what_was_read_in_the_source_counts_as_verified(level: str, verified: bool) -> None:
    found = remedies_notice(
        ["14"], on=WITH_THE_RULES, body_level=level, body_name="甲", parent_name="乙", kind="refused"
    )
    assert found is not None
    assert found.verified is verified


def test_a_name_that_the_law_points_to_is_asked_for() -> None:
    with pytest.raises(InputRefused, match="本级或者上一级人民政府的名称"):
        remedies_notice(["14"], on=WITH_THE_RULES, body_level="township", body_name="甲", kind="refused")
    with pytest.raises(InputRefused, match="上一级主管部门的名称"):
        remedies_notice(["14"], on=WITH_THE_RULES, body_level="vertical_department", body_name="甲", kind="refused")
    with pytest.raises(InputRefused, match="没有“village”这一层级"):
        overdue_notice(on=WITH_THE_RULES, body_level="village", body_name="甲")
    with pytest.raises(InputRefused, match="没有“letter”这一种"):
        remedies_notice(["14"], on=WITH_THE_RULES, body_level="county", body_name="甲", kind="letter")


REFUSAL = notice("refused", "36(3)", "16(2)")
CHOICE = notice("not_held", "36(4)")
MIXED = notice("partial", "37", "15", "36(4)")


@pytest.mark.parametrize("made", [REFUSAL, CHOICE, MIXED])
def test_the_words_of_the_house_pass_their_own_check(made: RemediesNotice) -> None:
    assert faults_of("".join(made.paragraphs), made) == ()


@pytest.mark.parametrize(
    ("text", "expected", "faults"),
    [
        ("特此答复。", REFUSAL, ("absent",)),
        (
            "如不服，可在60日内向青澜县人民政府申请行政复议，或者在六个月内向人民法院起诉。",
            REFUSAL,
            ("days", "not_first"),
        ),
        (
            "如不服，可在六十日内先向青澜县人民政府申请行政复议；对复议决定仍不服的，十五日内向人民法院起诉。",
            REFUSAL,
            (),
        ),
        (
            "如不服，可在60日内向云溪市科学技术局（上一级主管部门）申请行政复议，或者6个月内向人民法院起诉。",
            CHOICE,
            ("body", "former_body"),
        ),
        ("如不服，应当先申请行政复议，60日内向青澜县人民政府提出，15日内起诉。", CHOICE, ("no_choice",)),
        ("如不服，可向青澜县人民政府申请行政复议，或者6个月内起诉。", CHOICE, ("days",)),
        ("应当先申请行政复议，60日内向青澜县人民政府提出；对复议决定不服的15日内起诉。", MIXED, ("no_choice",)),
    ],
)
def test_an_offices_own_words_are_checked(text: str, expected: RemediesNotice, faults: tuple[str, ...]) -> None:
    assert faults_of(text, expected) == faults
