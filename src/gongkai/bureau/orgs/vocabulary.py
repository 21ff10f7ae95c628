"""Levels of bodies and roles of staff, with their official words."""

from __future__ import annotations

from collections.abc import Mapping

LEVELS: Mapping[str, str] = {
    "province": "省级政府",
    "city": "市级政府",
    "county": "县级政府",
    "township": "乡镇政府",
    "province_department": "省级政府部门",
    "city_department": "市级政府部门",
    "county_department": "县级政府部门",
    "subdistrict": "街道办事处",
    "development_zone": "开发区管理机构",
    "authorised_body": "法律法规授权的组织",
    "vertical_department": "垂直管理部门",
    "other": "其他机关",
}
"""The vocabulary of the exchange format `orgs`."""

GOVERNMENTS = frozenset({"province", "city", "county", "township"})

ROLES: Mapping[str, str] = {
    "disclosure_officer": "公开专员",
    "handler": "承办人",
    "section_head": "科室负责人",
    "secrecy_reviewer": "保密审查员",
    "legal_adviser": "法律顾问",
    "leader": "分管领导",
    "county_office": "政府信息公开工作主管部门",
    "system_admin": "系统管理员",
    "security_admin": "安全保密管理员",
    "auditor": "安全审计员",
}

ADMINISTRATORS = frozenset({"system_admin", "security_admin", "auditor"})
"""三员分立: nobody holds two of them, nor one of them beside a business role."""
BUSINESS = frozenset(ROLES) - ADMINISTRATORS
