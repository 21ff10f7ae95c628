"""Journal kinds in words."""

from __future__ import annotations

from collections.abc import Mapping

KINDS: Mapping[str, str] = {
    "body.imported": "导入机关",
    "body.created": "建立机关",
    "body.corrected": "更正机关",
    "section.created": "建立科室",
    "post.created": "建立岗位",
    "person.appointed": "设立首任三员",
    "person.created": "开立账号",
    "person.enabled": "恢复账号",
    "person.disabled": "停用账号",
    "person.signed_in": "登录",
    "person.signed_out": "退出",
    "person.sign_in_failed": "登录失败",
    "person.locked_out": "账号锁定",
    "person.unlocked": "解锁账号",
    "person.second_factor_added": "启用双因素验证",
    "person.second_factor_removed": "关闭双因素验证",
    "person.second_factor_reset": "重置双因素验证",
    "person.password_changed": "更改口令",
    "role.granted": "授予角色",
    "role.ended": "终止角色",
    "calendar.entered": "录入放假调休通知",
    "calendar.withdrawn": "撤回放假调休通知",
    "report.kept": "留存年报",
    "report.checked": "核查年报",
    "report.unreadable": "年报读不了",
    "finding.waived": "放过问题",
    "finding.waiver_withdrawn": "撤回放过",
}
