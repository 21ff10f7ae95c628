"""/api/v1: what portal and desk do, for programs. An operation only parses, asks a service or query, and shows."""

from __future__ import annotations

from gongkai.screens.api import (
    after,
    annual,
    annual_parts,
    applications,
    casework,
    checks,
    consulting,
    drafts,
    house,
    items,
    letters,
    materials,
    reading,
    receiving,
    redacting,
    remedies,
    reports,
    requests,
    statements,
    statistics,
)
from gongkai.screens.api.problems import install
from gongkai.screens.api.strict import StrictAPI

api = StrictAPI(
    title="政府信息公开工作平台",
    version="1",
    description="查阅、读取、核查年度报告；申请政府信息公开、查询办理情况；工作人员办理申请、文书、复议诉讼，拟稿、审查、公开信息，编制年度报告，查看台账和统计。",
    docs_url=None,
    openapi_url="openapi.json",
    urls_namespace="api-v1",
)
install(api)
for each in (
    reading, reports, applications,  # for anybody
    requests, receiving, casework, materials, redacting, letters, consulting, after, remedies,
    checks, annual, annual_parts, statements, items, drafts, statistics, house,
):  # fmt: skip
    api.add_router("", each.router)
