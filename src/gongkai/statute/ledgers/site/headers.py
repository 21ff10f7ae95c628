"""The headers that exports of government sites usually bear, by the field of `items` that they are."""

from __future__ import annotations

import re
from collections.abc import Mapping

FIELD_WORDS: Mapping[str, str] = {
    "source_id": "编号", "agency": "公开机关", "column": "栏目", "title": "标题", "document_number": "文号",
    "index_number": "索引号", "published_on": "公布日", "formed_on": "成文日", "effective_on": "施行日",
    "expires_on": "失效日", "topic": "主题", "genre": "体裁", "validity": "效力", "repealed_by": "被哪件废止",
    "registration_number": "规范性文件登记号", "summary": "摘要", "body": "正文（网页或者文字）", "attachments": "附件",
    "address": "原地址",
}  # fmt: skip
"""Field to its word. `body` and `address` are of a site's table alone: a body of either kind, and where it stood."""
DAYS = frozenset({"published_on", "formed_on", "effective_on", "expires_on"})
_HEADERS: Mapping[str, str] = {
    "source_id": "编号 ID 信息编号 信息ID 文章ID 文章编号 稿件编号 内容ID 文档ID 主键 docid source_id articleid 标识",
    "agency": "机关 公开机关 发布机构 发布单位 信息公开机构 公开主体 公开责任主体 部门 单位 机构 agency department",
    "column": "栏目 所属栏目 栏目名称 信息栏目 频道 所属频道 信息类别 column channel category",
    "title": "标题 信息标题 文章标题 文件标题 名称 信息名称 文件名称 题名 title name",
    "document_number": "文号 发文字号 文件编号 文件字号 发文文号 公文字号 document_number wenhao",
    "index_number": "索引号 信息索引号 索引 index_number suoyinhao",
    "published_on": "发布日期 发布时间 公布日期 公布时间 公开日期 公开时间 发文日期 上网日期 信息发布日期 发布于 公布日"
    " published_on pubdate publishdate publish_date publishtime publish_time date",
    "formed_on": "成文日期 成文时间 生成日期 生成时间 形成日期 制发日期 信息生成日期 成文日 formed_on",
    "effective_on": "施行日期 实施日期 生效日期 施行时间 实施时间 生效时间 施行日 effective_on",
    "expires_on": "失效日期 失效时间 有效期至 有效期限 截止日期 失效日 expires_on",
    "topic": "主题 主题分类 主题类别 信息主题 topic",
    "genre": "体裁 体裁分类 文种 公文种类 genre",
    "validity": "效力 有效性 效力状态 文件效力 时效 时效性 是否有效 validity",
    "repealed_by": "被哪件废止 废止依据 废止文件 repealed_by",
    "registration_number": "规范性文件登记号 登记号 统一登记号 统一编号 三统一编号 registration_number",
    "summary": "摘要 内容概述 内容摘要 概述 简介 导读 summary abstract description",
    "body": "正文 内容 信息内容 文章内容 正文内容 详细内容 文章正文 body content text html 内容正文",
    "body_html": "body_html 正文HTML HTML正文",
    "body_text": "body_text 纯文本 正文文字 纯文字",
    "attachments": "附件 附件列表 相关附件 附件地址 附件路径 附件链接 attachments files attachment",
    "address": "原地址 原网址 URL 链接 网址 地址 页面地址 信息链接 信息地址 原链接 原文链接 访问地址 发布地址 link href"
    " address",
}  # fmt: skip
_IGNORED = re.compile(r"[\s*＊:：_\-（）()【】\[\]]+")


def _plain(header: str) -> str:
    """Headers that differ in blanks, stars, brackets and capitals alone are one."""
    return _IGNORED.sub("", header).casefold()


_FIELDS = {_plain(header): field for field, headers in _HEADERS.items() for header in headers.split()}


def field_of(header: str) -> str:
    """The field that a header usually is; "" for one that is not known."""
    return _FIELDS.get(_plain(header), "")
