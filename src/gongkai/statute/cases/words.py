"""The table of steps in the statute's words: acts, states, effects on the clock, fields, channels."""

from __future__ import annotations

from collections.abc import Mapping

ACTS: Mapping[str, str] = {
    "submitted": "提交申请",
    "signed_for": "签收邮件",
    "receipt_confirmed": "与申请人确认收到",
    "correction_requested": "告知补正",
    "correction_received": "收到补正",
    "correction_lapsed": "逾期不补正，不再处理",
    "third_party_consulted": "征求第三方意见",
    "third_party_replied": "第三方答复意见",
    "third_party_lapsed": "第三方逾期未答复",
    "joint_agency_consulted": "征求共同制作机关意见",
    "joint_agency_replied": "共同制作机关答复意见",
    "joint_agency_lapsed": "共同制作机关逾期，视为同意",
    "other_agency_consulted": "征求其他机关意见",
    "other_agency_replied": "其他机关答复意见",
    "extended": "延长答复期限",
    "reasons_requested": "要求说明理由",
    "reasons_received": "收到理由",
    "delayed": "确定延迟答复的日子",
    "fee_notified": "通知缴纳信息处理费",
    "fee_paid": "缴清信息处理费",
    "fee_lapsed": "逾期不缴费，不再处理",
    "replied": "答复",
    "withdrawn": "申请人撤回",
    "reclassified": "更正办理结果的归类",
    "reopened": "重新办理",
    "archived": "归档",
}

STATES: Mapping[str, str] = {"awaiting_receipt": "待确认收到", "open": "办理中", "closed": "已办结"}

EFFECTS: Mapping[str, str] = {
    "receipt": "起算",
    "stop": "停止",
    "restart": "重新计算",
    "pause": "开始扣除",
    "resume": "结束扣除",
    "extend": "延长",
    "delay": "改为另定之日",
    "close": "办结",
    "reopen": "另定届满日",
}

FIELDS: Mapping[str, str] = {
    "deadline_on": "期限至",
    "received_on": "通知到达日",
    "due_on": "另定的届满日",
    "delivered_on": "送达日",
    "party": "第三方",
    "agency": "机关",
    "approved_by": "批准人",
    "responsible_agency": "负责机关",
    "workdays": "工作日数",
    "amount": "金额（元）",
    "basis": "计费方式",
    "consents": "是否同意",
    "outcome": "办理结果",
    "way": "送达方式",
    "because": "原因",
}

CHANNELS: Mapping[str, str] = {
    "in_person": "当面提交",
    "registered_mail": "挂号、快递邮寄",
    "ordinary_mail": "平信",
    "internet": "互联网",
    "fax": "传真",
    "oral": "口头",
}
