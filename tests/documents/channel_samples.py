"""Items on their way through the channels: a plain one, one with all that an item may have, one withdrawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from gongkai.documents.channels import ChannelFile, ChannelItem

SITE = "https://www.qinglan.example"
MAP = "a" * 64
NOTICE = ChannelItem(
    index_number="11330800002618146F/2026-00001",
    title="青澜县科学技术局关于开展2026年科技型企业认定的通知",
    body_name="青澜县科学技术局",
    document_number="青科〔2026〕12号",
    topic="科技、教育",
    genre="通知",
    formed_on=date(2026, 3, 2),
    published_on=date(2026, 3, 10),
    summary="在本县登记的企业可以自3月15日起申报科技型企业认定。",
    text="各企业：\n一、申报条件\n在本县登记的企业。\n科目\t金额（万元）\n合计\t26.5",
    html=(
        "<p>各企业：</p><h2>一、申报条件</h2><p>在本县登记的<strong>企业</strong>，见"
        '<a href="/info/11330800002618146F/2025-00007/">办法</a>。</p>'
        "<table><caption>经费</caption><thead><tr><th>科目</th><th>金额（万元）</th></tr></thead>"
        '<tbody><tr><td rowspan="2">设备</td><td class="right">12.5</td></tr><tr><td class="right">14</td></tr>'
        '<tr><td colspan="2">合计26.5</td></tr></tbody></table>'
        f'<p><img src="attachment:{MAP}" alt="申报流程图"></p>'
    ),
    address=f"{SITE}/info/11330800002618146F/2026-00001/",
    attachments=(
        ChannelFile("申报流程图.png", 20480, MAP, f"{SITE}/info/11330800002618146F/2026-00001/files/{MAP}/1.png"),
        ChannelFile(
            "申报表.docx", 11264, "b" * 64, f"{SITE}/info/11330800002618146F/2026-00001/files/{'b' * 64}/2.docx"
        ),
    ),
    keywords="科技型企业",
    validity="有效",
)
SECRET_NAME = "江一诺"
WITHDRAWN = replace(
    NOTICE,
    index_number="11330800002618146F/2026-00002",
    title=f"关于对{SECRET_NAME}行政处罚的决定",
    document_number="青科罚〔2026〕3号",
    summary=f"{SECRET_NAME}的住址",
    text=f"{SECRET_NAME}的住址",
    html=f"<p>{SECRET_NAME}的住址</p>",
    address=f"{SITE}/info/11330800002618146F/2026-00002/",
    attachments=(ChannelFile(f"{SECRET_NAME}.pdf", 1, "c" * 64, f"{SITE}/c"),),
    withdrawn_on=date(2026, 3, 12),
    withdrawn_reason="含有应当遮盖的个人信息。",
)
CORRECTED = replace(
    NOTICE,
    index_number="11330800002618146F/2026-00003",
    address=f"{SITE}/info/11330800002618146F/2026-00003/",
    corrected=True,
)
HOSTILE = replace(
    NOTICE,
    index_number="x/2026-00009",
    title="甲<script>alert(1)</script>\r\nBcc: y@example.com ]]> & \x00\x08 =1+1",
    summary="<img src=x onerror=alert(1)>摘要\x0b",
    text="正文<b>\n]]>",
    html='<p onclick="x()">正文<script>alert(1)</script><img src="https://evil.example/1.gif" alt="远"></p>'
    '<p style="background:url(https://evil.example/2)">]]&gt; <a href="javascript:alert(1)">点</a></p>',
    attachments=(ChannelFile('=cmd|"\n.docx', 5, "d" * 64, f"{SITE}/d?a=1&b=2"),),
)
