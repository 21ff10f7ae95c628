"""What the check asks of a report, as the public reads it: each rule, the codes of its findings, its source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FORM_2021 = "国办公开办函〔2021〕30号"
FORM_2019 = "国办公开办函〔2019〕60号"


@dataclass(frozen=True, slots=True)
class Rule:
    """`formula` is the relation in the words of the form, "" where the rule is none."""

    title: str | Promise
    formula: str | Promise
    why: str | Promise
    severity: str
    codes: tuple[str, ...]
    cite: str


@dataclass(frozen=True, slots=True)
class Group:
    anchor: str
    title: str | Promise
    rules: Sequence[Rule]


RELATIONS: Sequence[Group] = (
    Group(
        "proactive",
        _("表二：主动公开"),
        (
            Rule(
                _("现行有效件数接得上去年"),
                _("现行有效 ＝ 去年的现行有效 ＋ 本年制发 － 本年废止"),
                _("同时选了上一年的报告才核对。清理、失效的口径各地不同，所以只作提醒。"),
                "warning",
                ("years.in_force",),
                f"{FORM_2021}表二",
            ),
            Rule(
                _("增减不大于原有"),
                "",
                _("2019年格式：本年增减的数量比上一年项目数量还大，多半是把总数填到了增减栏。"),
                "warning",
                ("proactive.items_decisions",),
                f"{FORM_2019}表二",
            ),
            Rule(
                _("没有规章制定权的机关不报规章"),
                "",
                _("规章只能由国务院部门、省级政府和设区的市、自治州的政府制定。"),
                "warning",
                ("proactive.rules_authority",),
                "立法法第九十一条、第九十三条",
            ),
        ),
    ),
    Group(
        "requests",
        _("表三：收到和处理申请"),
        (
            Rule(
                _("收进来的等于办出去的"),
                _("本年新收 ＋ 上年结转 ＝ 本年度办理结果总计 ＋ 结转下年度"),
                _("每一列（自然人、各类组织、总计）都要成立。一件申请，要么今年办完，要么转到下一年，不会少也不会多。"),
                "error",
                ("requests.balance",),
                f"{FORM_2021}、{FORM_2019}表三",
            ),
            Rule(
                _("办理结果合计等于各项之和"),
                _("总计 ＝ 予以公开 ＋ 部分公开 ＋ 不予公开各项 ＋ 无法提供各项 ＋ 不予处理各项 ＋ 其他处理"),
                _("每一列都要成立。部分公开的只计入“部分公开”，不再计入其他情形。"),
                "error",
                ("requests.outcome_sum",),
                f"{FORM_2021}、{FORM_2019}表三",
            ),
            Rule(
                _("每一行的总计等于六类申请人之和"),
                _("总计 ＝ 自然人 ＋ 商业企业 ＋ 科研机构 ＋ 社会公益组织 ＋ 法律服务机构 ＋ 其他"),
                _("每一行都要成立。"),
                "error",
                ("requests.row_total",),
                f"{FORM_2021}、{FORM_2019}表三",
            ),
            Rule(
                _("上年结转接得上去年"),
                _("今年的“上年结转” ＝ 去年的“结转下年度继续办理”"),
                _("同时选了上一年的报告才核对；每一列都要成立。"),
                "error",
                ("years.carry",),
                f"{FORM_2021}表三",
            ),
        ),
    ),
    Group(
        "remedies",
        _("表四：行政复议和行政诉讼"),
        (
            Rule(
                _("每一组的总计等于四种结果之和"),
                _("总计 ＝ 结果维持 ＋ 结果纠正 ＋ 其他结果 ＋ 尚未审结"),
                _("行政复议、未经复议直接起诉、复议后起诉三组分别成立。"),
                "error",
                ("remedies.group_total",),
                f"{FORM_2021}、{FORM_2019}表四",
            ),
        ),
    ),
    Group(
        "prose",
        _("正文"),
        (
            Rule(
                _("正文的数字与表格一致"),
                "",
                _(
                    "正文写的新收、办结、结转、予以公开、复议、诉讼等数字，与表格对应的格核对；用语本身有两种理解的（如“受理”），两种都不符才算矛盾。"
                ),
                "error",
                ("prose.count", "prose.remedies"),
                FORM_2021,
            ),
            Rule(
                _("文字"),
                "",
                _("常见错别字和断句，与其他报告雷同的段落。"),
                "warning",
                ("text.typo", "text.copied"),
                "政府信息公开条例第四十九条、第五十条",
            ),
            Rule(
                _("不含个人信息"),
                "",
                _("身份证号、手机号等个人信息不应出现在公布的报告里。"),
                "error",
                ("text.personal_data",),
                "政府信息公开条例第十五条",
            ),
        ),
    ),
    Group(
        "form",
        _("格式"),
        (
            Rule(
                _("用对格式，内容齐全"),
                "",
                _(
                    "2019、2020年度用2019年格式，2021年度起用2021年格式；六个部分、三张表齐全；第六部分要写明收取信息处理费的情况。"
                ),
                "error",
                ("form.wrong_year", "form.mixed", "form.missing_part"),
                f"{FORM_2021}；政府信息公开条例第五十条",
            ),
            Rule(
                _("统计期间是一整年"),
                "",
                _("1月1日至12月31日。"),
                "error",
                ("form.period",),
                FORM_2021,
            ),
            Rule(
                _("标题写全称，写明年度"),
                "",
                _("标题缺“年”字，或者用了机关简称。"),
                "warning",
                ("form.title",),
                FORM_2021,
            ),
            Rule(
                _("格子里只填数"),
                "",
                _("空白、文字、计量单位、书签残留分别指出；空白不当作0，斜线和短横表示不适用。"),
                "warning",
                ("cell.blank", "cell.text", "cell.unit", "cell.artefact"),
                FORM_2021,
            ),
        ),
    ),
)
"""Grouped as the report is laid out."""
