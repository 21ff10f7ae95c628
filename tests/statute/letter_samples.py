"""One complete letter of every kind, dated 2026-11-23, by a county bureau: what each check starts from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

ON = date(2026, 11, 23)
COMMON = {"number": "青科公复〔2026〕7号", "body_name": "青澜县科学技术局", "addressee": "张某"}
REQUEST = {**COMMON, "received_on": "2026-11-02", "subject": "2025年科技计划项目验收名单"}
CHOICE = [
    "对本答复书不服的，可以自收到本答复书之日起60日内向青澜县人民政府申请行政复议，或者自收到本答复书之日起6个月内"
    "依法向有管辖权的人民法院提起行政诉讼。"
]
FIRST = [
    "对本答复书不服的，应当先申请行政复议，可以自收到本答复书之日起60日内向青澜县人民政府申请；对行政复议决定不服的，"
    "可以自收到行政复议决定书之日起15日内依法向有管辖权的人民法院提起行政诉讼。"
]
REPLY = {**REQUEST, "remedies": CHOICE}
SEARCH = {
    "search_where": "本机关档案室和办公系统",
    "search_terms": ["科技计划", "验收"],
    "search_period": "2025年1月1日至12月31日",
    "search_by": "李某",
    "search_result": "没有相关文件",
    "search_archive": "已查2025年度文书档案，没有",
}
CONSULTATION = {
    **COMMON,
    "addressee": "云溪电子公司",
    "information": ["项目合同"],
    "consequence": "逾期未提出意见的，由本机关决定是否公开",
    "contact": "0500-1234567",
}

COMPLETE: Mapping[str, Mapping[str, object]] = {
    "receipt": {**REQUEST, "request_number": "2026-18", "due_on": "2026-11-30", "contact": "0500-1234567"},
    "correction_notice": {
        **REQUEST, "correction_items": ["写明项目名称"], "deadline_on": "2026-12-07", "contact": "0500-1234567",
        "consequence": "无正当理由逾期不补正的，视为放弃申请",
    },
    "reasons_notice": {
        **REQUEST, "excess": "一个月内申请42件", "deadline_on": "2026-12-07", "contact": "0500-1234567",
        "consequence": "逾期由本机关认定",
    },
    "extension_notice": {
        **REQUEST, "due_on": "2026-11-30", "workdays": 20, "extended_to": "2026-12-28", "approved_by": "王某",
        "extension_reasons": "需要核对的案卷较多",
    },
    "delay_notice": {
        **REQUEST, "excess": "一个月内申请42件", "delay_reasons": "涉及案卷较多", "delayed_to": "2027-02-01",
    },
    "applicant_consultation_notice": {**REQUEST, "consulted": "第三方", "consulted_on": "2026-11-20"},
    "fee_notice": {
        **REQUEST, "fee_basis": "pages", "fee_quantity": 68, "fee_grounds": "条例第42条", "fee_standard": "68页",
        "amount": "380", "payment_way": "非税收入缴款书", "consequence": "逾期视为放弃申请", "contact": "0500-1234567",
    },
    "withdrawal_confirmation": {**REQUEST, "withdrawn_on": "2026-11-20"},
    "third_party_consultation": CONSULTATION,
    "third_party_decision": {
        **COMMON, "disclosed_content": ["项目合同金额"], "reasons": "涉及公共资金使用", "articles": ["15", "32"],
        "remedies": CHOICE,
    },
    "joint_agency_consultation": {**CONSULTATION, "consequence": "逾期未提出意见的，视为同意公开"},
    "other_agency_consultation": {**COMMON, "information": ["项目合同"], "contact": "0500-1234567"},
    "granted": {**REPLY, "information": ["验收名单"], "provided_as": "attached", "articles": ["36(2)"]},
    "already_public": {
        **REPLY, "information": ["验收名单"], "medium": "page", "articles": ["36(1)"],
        "page_url": "https://www.qinglan.gov.cn/kjj/zfxxgk/202601/t1.html", "page_checked_on": "2026-11-23",
        "page_digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    },
    "partial": {
        **REPLY, "information": ["验收名单"], "provided_as": "attached", "withheld": ["专家评审意见"],
        "reasons": "评审意见是过程性信息", "articles": ["37", "16(2)"], "remedies": FIRST,
    },
    "refused": {
        **REPLY, "outcome": "refused.process", "reasons": "属于讨论记录", "articles": ["36(3)", "16(2)"],
        "remedies": FIRST,
    },
    "admin_query": {
        **REPLY, "special_law": "《不动产登记暂行条例》", "apply_where": "不动产登记中心窗口", "articles": ["36(7)"],
    },
    "not_held": {**REPLY, **SEARCH, "articles": ["36(4)"]},
    "not_ours": {
        **REPLY, "reasons": "由财政部门制作", "responsible_agency": "青澜县财政局", "agency_contact": "0500-7654321",
        "articles": ["36(5)"],
    },
    "needs_creation": {**REPLY, "reasons": "需要逐件统计", "articles": ["38"]},
    "still_unclear": {
        **REPLY, "correction_requested_on": "2026-11-05", "corrected_on": "2026-11-10", "reasons": "未写明年度",
        "articles": ["30"],
    },
    "not_processed_petition": {**REPLY, "reasons": "举报他人违规", "articles": ["39(1)"]},
    "not_processed_repeated": {
        **REPLY, "earlier_number": "青科公复〔2026〕3号", "earlier_replied_on": "2026-09-01", "articles": ["36(6)"],
    },
    "not_processed_publication": {**REPLY, "found_where": "县图书馆查阅", "articles": ["39(2)"]},
    "not_processed_excessive": {
        **REPLY, "excess": "一个月内申请42件", "reasons_given": "未说明", "articles": ["35"],
        "reasons": "与所需明显不相当",
    },
    "not_processed_reissue": {
        **REPLY, "already_obtained": "验收名单", "reasons": "此前已经提供", "articles": ["国办公开办函〔2021〕30号"],
    },
    "lapsed_correction": {
        **REPLY, "correction_requested_on": "2026-11-05", "lapsed_on": "2026-11-20", "articles": ["30"],
    },
    "unpaid_fee": {
        **REPLY, "fee_notified_on": "2026-10-20", "amount": "380", "articles": ["国办函〔2020〕109号"],
    },
    "record_correction": {
        **REPLY, "record": "企业名称", "correction_result": "corrected", "reasons": "登记时笔误", "articles": ["41"],
    },
    "transfer_notice": {
        **REQUEST, "record": "企业名称", "correcting_agency": "青澜县市场监督管理局",
        "correcting_contact": "0500-7654321", "articles": ["41"],
    },
    "other": {**REPLY, "reasons": "申请人已经撤回其中一项", "articles": ["45"]},
}  # fmt: skip
