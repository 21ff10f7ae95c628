"""怎么算的, line by line, as it is printed for the file: the groups of days add up to the days of the period."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.bureau.orgs.working_days import state_council
from gongkai.statute.calendars import Calendar, Notice
from gongkai.statute.cases import parse
from gongkai.statute.clock.account import account
from gongkai.statute.clock.walk import Walk
from gongkai.statute.clock.wording import derivation

SUBMITTED = {"kind": "submitted", "on": "2024-03-01"}


def told(
    events: list[dict[str, Any]], as_of: str, *, channel: str = "in_person", notices: tuple[Notice, ...] = ()
) -> list[str]:
    case = {"number": "1", "agency": "ql", "applicant": {"kind": "natural_person"}, "subject": "…", "channel": channel}
    calendar = state_council().overlaid(notices) if notices else state_council()
    return list(derivation(parse({**case, "events": events}), calendar, date.fromisoformat(as_of)).lines)


def test_holidays_by_name_and_days_worked_in_exchange() -> None:
    """33 days = 20 + 6 + 7; 10月8日、9日 are among the twenty."""
    assert told([{"kind": "submitted", "on": "2022-09-30"}], "2022-10-20") == [
        "2022年9月30日（周五）：收到申请，当日不计，自次日起 20 个工作日（条例第31条第1项）。",
        "数法：自2022年10月1日（周六）至2022年11月2日（周三）共 33 天，计入的工作日 20 个，最后一天就是第 20 个。",
        "不计周末 6 天。",
        "不计国庆节放假 7 天：2022年10月1日至7日。",
        "国庆节调休上班 2 天，算工作日：2022年10月8日至9日。",
        "届满日：2022年11月2日（周三）。届满当日答复，不算逾期。",
        "所处阶段：办理中。",
    ]


def test_two_holidays_each_with_its_own_days() -> None:
    """60 days = 40 + 12 + 3 + 5; 4月7日、28日 and 5月11日 are among the forty."""
    events: list[dict[str, Any]] = [
        {"kind": "submitted", "on": "2024-03-15"},
        {"kind": "extended", "on": "2024-04-01", "workdays": 20, "approved_by": "程望舒"},
    ]
    assert told(events, "2024-04-02") == [
        "2024年3月15日（周五）：收到申请，当日不计，自次日起 20 个工作日（条例第31条第1项）。",
        "2024年4月1日（周一）：经程望舒同意，延长 20 个工作日（条例第33条）。",
        "数法：自2024年3月16日（周六）至2024年5月14日（周二）共 60 天，计入的工作日 40 个，最后一天就是第 40 个。",
        "不计周末 12 天。",
        "不计清明放假 3 天：2024年4月4日至6日。",
        "不计劳动节放假 5 天：2024年5月1日至5日。",
        "清明调休上班 1 天，算工作日：2024年4月7日。",
        "劳动节调休上班 2 天，算工作日：2024年4月28日、5月11日。",
        "届满日：2024年5月14日（周二）。届满当日答复，不算逾期。",
        "所处阶段：办理中。",
    ]


def test_consultations_with_from_and_until_and_what_overlaps_once() -> None:
    """40 days = 20 + 10 + 3 (清明) + 7 (the pauses together)."""
    consulted = {"kind": "third_party_consulted", "on": "2024-03-11", "party": "甲公司"}
    events: list[dict[str, Any]] = [
        SUBMITTED,
        consulted,
        {**consulted, "on": "2024-03-13", "party": "乙公司"},
        {"kind": "third_party_replied", "on": "2024-03-18", "party": "甲公司", "consents": True},
        {"kind": "third_party_replied", "on": "2024-03-20", "party": "乙公司", "consents": False},
    ]
    assert told(events, "2024-03-21")[1:] == [
        "2024年3月11日（周一）：征求第三方意见（“甲公司”），所需时间不计入期限（条例第32条）。",
        "2024年3月13日（周三）：征求第三方意见（“乙公司”），所需时间不计入期限（条例第32条）。",
        "2024年3月18日（周一）：第三方答复意见（“甲公司”），征求意见结束，不计入的工作日 5 个（条例第32条）。",
        "2024年3月20日（周三）：第三方答复意见（“乙公司”），征求意见结束，不计入的工作日 5 个（条例第32条）。",
        "数法：自2024年3月2日（周六）至2024年4月10日（周三）共 40 天，计入的工作日 20 个，最后一天就是第 20 个。",
        "不计周末 10 天。",
        "不计清明放假 3 天：2024年4月4日至6日。",
        "清明调休上班 1 天，算工作日：2024年4月7日。",
        "不计征求“甲公司”意见占用的工作日 5 个：自2024年3月12日（周二）至2024年3月18日（周一）。",
        "不计征求“乙公司”意见占用的工作日 5 个：自2024年3月14日（周四）至2024年3月20日（周三）。",
        "几次征求重叠的日子只扣一次，共扣工作日 7 个。",
        "届满日：2024年4月10日（周三）。届满当日答复，不算逾期。",
        "所处阶段：办理中。",
    ]


def test_a_silent_third_party_to_its_fifteenth_day_however_late_it_is_recorded() -> None:
    events: list[dict[str, Any]] = [
        SUBMITTED,
        {"kind": "third_party_consulted", "on": "2024-03-11", "party": "甲公司"},
        {"kind": "third_party_lapsed", "on": "2024-04-15", "party": "甲公司"},
    ]
    lines = told(events, "2024-04-15")
    assert lines[2] == (
        "2024年4月1日（周一）：第三方逾期未答复（“甲公司”），所需时间算到这一天，征求意见结束，"
        "不计入的工作日 15 个（条例第32条）。"
    )
    assert "不计征求“甲公司”意见占用的工作日 15 个：自2024年3月12日（周二）至2024年4月1日（周一）。" in lines


def test_a_consultation_without_an_answer_runs_to_the_day_asked_for_or_to_the_closing() -> None:
    consulted = {"kind": "other_agency_consulted", "on": "2024-03-11", "agency": "县档案馆"}
    line = "不计征求“县档案馆”意见占用的工作日 4 个：自2024年3月12日（周二）至2024年3月15日（周五）"
    assert f"{line}（尚无结果，暂算到截至日）。" in told([SUBMITTED, consulted], "2024-03-15")
    replied = {"kind": "replied", "on": "2024-03-15", "outcome": "granted"}
    assert f"{line}（办结时尚无结果，算到办结之日）。" in told([SUBMITTED, consulted, replied], "2024-12-31")


def test_a_correction_with_from_and_until() -> None:
    events: list[dict[str, Any]] = [
        SUBMITTED,
        {"kind": "correction_requested", "on": "2024-03-05", "deadline_on": "2024-03-29"},
    ]
    stopped = "2024年3月5日（周二）：告知补正，限2024年3月29日（周五）以前，自此期限停止（条例第30条）。"
    assert told(events, "2024-03-06")[1:] == [stopped, "所处阶段：待申请人补正。"]
    answered = told([*events, {"kind": "correction_received", "on": "2024-03-20"}], "2024-03-21")
    assert answered[1:4] == [
        stopped,
        "2024年3月20日（周三）：收到补正，2024年3月5日（周二）起的停止到此为止，自次日起重新计算 20 个工作日，"
        "此前的日子、扣除和延期都不再算（条例第30条）。",
        "数法：自2024年3月21日（周四）至2024年4月18日（周四）共 29 天，计入的工作日 20 个，最后一天就是第 20 个。",
    ]


def test_a_fee_notice_with_its_amount() -> None:
    events: list[dict[str, Any]] = [
        SUBMITTED,
        {"kind": "fee_notified", "on": "2024-03-11", "amount": "380.00", "basis": "pages"},
        {"kind": "fee_paid", "on": "2024-03-20"},
    ]
    assert told(events, "2024-03-21")[1:3] == [
        "2024年3月11日（周一）：通知缴纳信息处理费 380.00 元，自此期限停止（国办函〔2020〕109号第6条）。",
        "2024年3月20日（周三）：缴清信息处理费，2024年3月11日（周一）起的停止到此为止，自次日起重新计算 20 个工作日，"
        "此前的日子、扣除和延期都不再算（国办函〔2020〕109号第7条）。",
    ]


def test_local_notices_with_their_instrument_and_only_where_they_move_a_day() -> None:
    notices = (
        Notice(date(2024, 3, 20), False, "青政办发〔2024〕9号"),
        Notice(date(2024, 3, 23), True, "青政办发〔2024〕9号"),
        Notice(date(2024, 3, 16), False, "青政办发〔2024〕8号"),  # a Saturday: nothing moves
    )
    assert told([SUBMITTED], "2024-03-04", notices=notices)[1:] == [
        "数法：自2024年3月2日（周六）至2024年3月29日（周五）共 28 天，计入的工作日 20 个，最后一天就是第 20 个。",
        "不计周末 7 天。",
        "2024年3月20日（周三）按通知放假，不计（青政办发〔2024〕9号）。",
        "2024年3月23日（周六）按通知上班，算工作日（青政办发〔2024〕9号）。",
        "届满日：2024年3月29日（周五）。届满当日答复，不算逾期。",
        "所处阶段：办理中。",
    ]


def test_a_notice_that_takes_back_a_day_worked_in_exchange() -> None:
    notices = (Notice(date(2022, 10, 8), False, "青政办发〔2022〕9号"),)
    lines = told([{"kind": "submitted", "on": "2022-09-30"}], "2022-10-10", notices=notices)
    assert lines[3:6] == [
        "不计国庆节放假 7 天：2022年10月1日至7日。",
        "国庆节调休上班 1 天，算工作日：2022年10月9日。",
        "2022年10月8日（周六）按通知放假，不计（青政办发〔2022〕9号）。",
    ]


def test_the_years_that_are_not_published_are_named() -> None:
    assert told([{"kind": "submitted", "on": "2026-12-15"}], "2026-12-16")[-2] == (
        "届满日暂定：2027年的放假安排尚未公布，按周一至周五估算，不早于2027年1月12日（周二）。"
    )


def test_a_holiday_over_new_year_is_one_holiday() -> None:
    """元旦 2023: 2022年12月31日至2023年1月2日."""
    assert "不计元旦放假 3 天：2022年12月31日至2023年1月2日。" in told(
        [{"kind": "submitted", "on": "2022-12-15"}], "2022-12-16"
    )


def test_before_the_revision_order_492_is_cited_and_what_it_did_not_rule_is_told() -> None:
    events: list[dict[str, Any]] = [
        {"kind": "submitted", "on": "2019-05-14"},
        {"kind": "correction_requested", "on": "2019-05-16", "deadline_on": "2019-05-30"},
        {"kind": "correction_received", "on": "2019-05-20"},
    ]
    lines = told(events, "2019-05-21")
    assert lines[0] == "2019年5月14日（周二）：收到申请，当日不计，自次日起 15 个工作日（国务院令第492号第24条）。"
    assert lines[1].endswith("（国务院令第492号第21条第4项）。")
    assert lines[2].endswith("（收到之日尚无规定，参照国务院令第711号第30条）。")


def test_an_own_day_is_not_counted() -> None:
    events = [SUBMITTED, {"kind": "delayed", "on": "2024-03-11", "due_on": "2024-06-28"}]
    assert told(events, "2024-03-21")[1:] == [
        "2024年3月11日（周一）：确定延迟答复，以2024年6月28日（周五）为届满日（条例第35条）。",
        "届满日：2024年6月28日（周五）。届满当日答复，不算逾期。",
        "所处阶段：办理中。",
    ]
    replied = {"kind": "replied", "on": "2024-03-20", "outcome": "granted"}
    reopened = {"kind": "reopened", "on": "2024-06-03", "because": "litigation", "due_on": "2024-06-28"}
    assert told([SUBMITTED, replied, reopened], "2024-06-04")[1:4] == [
        "2024年3月20日（周三）：答复，办结（条例第36条）。",
        "2024年6月3日（周一）：因行政诉讼重新办理，以2024年6月28日（周五）为届满日。",
        "届满日：2024年6月28日（周五）。届满当日答复，不算逾期。",
    ]


def test_a_calendar_without_names_still_tells_the_days() -> None:
    bare = Calendar(frozenset({date(2024, 3, 8)}), frozenset({date(2024, 3, 9)}), frozenset({2024}))
    case = parse(
        {"number": "1", "agency": "ql", "applicant": {"kind": "natural_person"}, "subject": "…",
         "channel": "in_person", "events": [SUBMITTED]}
    )  # fmt: skip
    lines = derivation(case, bare, date(2024, 3, 4)).lines
    assert lines[2:5] == ("不计周末 7 天。", "不计放假 1 天：2024年3月8日。", "调休上班 1 天，算工作日：2024年3月9日。")


@settings(max_examples=200, deadline=None)
@given(
    received=st.dates(date(2018, 1, 1), date(2026, 11, 1)),
    spans=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 25)), max_size=4),
    moved=st.lists(st.tuples(st.integers(1, 80), st.booleans()), max_size=6, unique_by=lambda each: each[0]),
)
def test_the_groups_add_up_to_the_period(
    received: date, spans: list[tuple[int, int]], moved: list[tuple[int, bool]]
) -> None:
    """Counted, weekends, holidays, days free by notice and working days of pauses are all the days there are."""
    events: list[dict[str, Any]] = []
    for index, (start, length) in enumerate(spans):
        since = received + timedelta(days=start)
        party = {"party": f"第{index}方"}
        events.append({"kind": "third_party_consulted", "on": f"{since}", **party})
        events.append(
            {"kind": "third_party_replied", "on": f"{since + timedelta(days=length)}", **party, "consents": True}
        )
    events.sort(key=lambda event: (event["on"], event["kind"]))
    case = parse(
        {"number": "1", "agency": "ql", "applicant": {"kind": "natural_person"}, "subject": "…",
         "channel": "in_person", "events": [{"kind": "submitted", "on": f"{received}"}, *events]}
    )  # fmt: skip
    notices = [Notice(received + timedelta(days=after), worked, "青政办发〔2024〕9号") for after, worked in moved]
    as_of = (received + timedelta(days=70)).toordinal()
    found = account(Walk(case, state_council().overlaid(notices), None, "").through(as_of), as_of)
    assert found is not None
    holidays = sum(len(run.days) for run in found.holidays)
    free_by_notice = sum(not notice.worked for notice in found.notices)
    groups = (found.number, found.weekends, holidays, free_by_notice, found.paused)
    assert sum(groups) == found.due.on - received.toordinal(), groups
