"""Passages shared with other reports."""

from __future__ import annotations

from report_samples import report

from gongkai.statute.inspection.copied import check_copied, fingerprints
from gongkai.statute.primitives import ProsePlace

OWN = (
    "今年本县遭遇两次台风，我局围绕防汛救灾及时发布预警、安置点和物资信息，"
    "群众查询热线全天值守，受灾企业复产政策当日上网。"
)
SET = (
    "对照上级要求和群众期待，工作中还存在主动公开不够及时、政策解读形式不够丰富、业务人员专业能力有待加强等问题。"
    "下一步将加强学习培训，完善审核流程，丰富解读形式，进一步提升公开质量。"
)


def test_a_copied_part_is_found_with_its_share_and_place() -> None:
    mine = report(problems=SET)
    (found,) = check_copied(mine, {"青澜县水利局2024年报告": report(problems=OWN + SET)})
    assert (found.code, found.severity) == ("text.copied", "warning")
    assert isinstance(found.where, ProsePlace)
    assert found.where.part == "problems"
    assert found.facts["other"] == "青澜县水利局2024年报告"
    assert int(str(found.facts["percent"])) >= 90


def test_figures_and_punctuation_do_not_hide_a_copy() -> None:
    changed = SET.replace("，", "；").replace("问题", "问题 ")
    assert len(check_copied(report(problems=SET), [("甲", report(problems=changed))])) == 1


def test_own_words_and_short_set_phrases_are_nobody_s() -> None:
    assert check_copied(report(problems=OWN), {"甲": report(problems=SET)}) == []
    assert (
        check_copied(
            report(problems="本年度无其他需要报告的事项。"), {"甲": report(problems="本年度无其他需要报告的事项。")}
        )
        == []
    )


def test_a_shared_run_of_twenty_characters_always_shares_a_fingerprint() -> None:
    shared = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往"
    assert len(shared) == 20
    left = {value for _, value in fingerprints("秋收冬藏闰余成岁律吕调阳" + shared + "云腾致雨")}
    right = {value for _, value in fingerprints("露结为霜" + shared + "金生丽水玉出昆冈剑号巨阙")}
    assert left & right
