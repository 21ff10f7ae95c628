"""HTML as Word puts it on the clipboard, and markup that attacks a page which shows it."""

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=Generator
content="Microsoft Word 15">
<style><!-- p.MsoNormal {mso-style-unhide:no;} --></style>
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings><o:AllowPNG/></o:OfficeDocumentSettings></xml><![endif]-->
<xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml></head><body lang=ZH-CN>
<!--StartFragment-->
<h1 align=center style='text-align:center'><span style='font-family:方正小标宋简体;mso-ascii-font-family:Calibri'>关于
印发办法的通知<span lang=EN-US><o:p></o:p></span></span></h1>
<p class=MsoNormal style='text-indent:32.0pt;mso-char-indent-count:2.0'><span lang=EN-US style='font-size:16.0pt'>
<span style='mso-spacerun:yes'>&nbsp;&nbsp;&nbsp; </span></span><b style='mso-bidi-font-weight:normal'><span
style='font-size:16.0pt;font-family:仿宋_GB2312'>第一条</span></b><span style='font-size:16.0pt'>　为规范政府信
息公开，<span lang=EN-US>2026</span>年起施行。<span class=MsoCommentReference><a class=msocomanchor
href="#_msocom_1">[张1]</a>
</span></span></p>
<p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span lang=EN-US
style='font-family:Wingdings'><span style='mso-list:Ignore'>l<span style='font:7.0pt "Times New Roman"'>&nbsp;
</span></span></span><![endif]><span>甲项</span></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span
style='mso-list:Ignore'>l<span>&nbsp; </span></span>乙项</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span
style='mso-list:Ignore'>（一）<span>&nbsp; </span></span>编号照写</p>
<p class=MsoListParagraph style='mso-list:l2 level1 lfo3'><span
style='mso-list:Ignore'>1.<span>&nbsp; </span></span>编号照写</p>
<p class=MsoNormal style='mso-outline-level:2'><span
style='mso-list:Ignore'>一、<span>&nbsp;</span></span>按大纲级别</p>
<table class=MsoTableGrid border=1 style='mso-yfti-tbllook:1184'><tr style='mso-yfti-irow:0'>
<td width=100 rowspan=2 style='border:solid windowtext 1.0pt'><p class=MsoNormal><span>合并<o:p></o:p></span></p></td>
<td colspan=2><p class=MsoNormal align=center style='text-align:center'>两列</p></td></tr>
<tr><td>三</td><td><![if !vml]><img src="file:///C:/Users/clip_image001.png"
v:shapes="_x0000_i1025"><![endif]></td></tr></table>
<p class=MsoNormal align=right style='text-align:right'>青澜县人民政府</p>
<div style='mso-element:comment-list'><![if !supportAnnotations]><hr><![endif]><p
class=MsoCommentText>批注内容</p></div>
<!--EndFragment--></body></html>"""

VECTORS = [
    "<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src=x onerror=alert(1)//",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    '<a href="javascript:alert(1)">x</a>',
    '<a href=" jav\tascript:alert(1)">x</a>',
    '<a href="&#106;avascript&colon;alert(1)">x</a>',
    '<a href="java\x00script:alert(1)">x</a>',
    '<a href="\x01javascript:alert(1)">x</a>',
    '<a href="vbscript:x">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<img src="data:image/svg+xml;base64,AAAA">',
    '<img src="/x\\..\\" onload=alert(1)>',
    '<iframe src="javascript:alert(1)"></iframe>',
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    '<p style="width:expression(alert(1))">x</p>',
    "<style>@import 'http://evil'</style>",
    '<div style="background:url(javascript:alert(1))">x</div>',
    "<body onload=alert(1)>",
    "<form action=//evil><input>",
    '<object data="data:text/html,x"></object>',
    "<embed src=//evil>",
    "<base href=//evil>",
    '<meta http-equiv=refresh content="0;url=//evil">',
    "<link rel=stylesheet href=//evil>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<textarea></textarea><img src=x onerror=alert(1)>",
    "<title></title><script>alert(1)</script>",
    "<template><img src=x onerror=alert(1)></template>",
    '<p class="right" onclick=alert(1)>x</p>',
    "<a href='/a' onmouseover='alert(1)'>x</a>",
    "<details open ontoggle=alert(1)>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?xml-stylesheet href=javascript:alert(1)?>",
    '<td background="javascript:alert(1)">x',
    '"><script>alert(1)</script>',
    "<<script>alert(1)//<</script>",
    '<img alt="`><script>alert(1)</script>" src="/a">',
    '<img src="/a" alt="&quot; onerror=&quot;alert(1)">',
    '<a href="https://x/&quot; onclick=&quot;alert(1)">x</a>',
    "<a href='https://[' >x</a>",
    '<a href="http:/\\evil">x</a>',
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<plaintext><script>alert(1)",
    "<select><style></select><script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<p/onclick=alert(1)>x",
    "<img/src='/a'/onerror=alert(1)>",
    "<a\nhref\n=\n'javascript:x'>x",
]
