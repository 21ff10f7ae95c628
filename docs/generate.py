"""Writes the generated pages of docs/reference; `tests/house/test_reference_pages.py` holds them to the code.

.venv/bin/python docs/generate.py [DIR]
"""

from __future__ import annotations

import json
import os
import sys
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import api_examples
import click

NOTE = "<!-- 由 docs/generate.py 生成，请勿手改 -->\n\n"


def _row(*cells: object) -> str:
    return "| " + " | ".join(str(each).replace("|", "\\|").replace("\n", " ") for each in cells) + " |\n"


def _table(header: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    names = list(header)
    return _row(*names) + _row(*["---"] * len(names)) + "".join(_row(*each) for each in rows)


def command_line() -> str:
    """Every verb's own help, as the command prints it."""
    from gongkai.cli import cli

    def pages(command: click.Command, path: str, above: click.Context | None) -> Iterable[str]:
        context = click.Context(command, info_name=path.split()[-1], parent=above, max_content_width=100)
        yield f"## `{path}`\n\n```\n{command.get_help(context)}\n```\n\n"
        if isinstance(command, click.Group):
            for name in command.list_commands(context):
                below = command.get_command(context, name)
                if below is not None:
                    yield from pages(below, f"{path} {name}", context)

    status = "退出码：0 完成且没有错误级问题；1 有错误级问题或验证未通过；2 命令或输入无法使用。\n\n"
    return "# 命令行\n\n" + status + "".join(pages(cli, "gongkai", None))


def settings() -> str:
    from gongkai.settings.environment import rows

    return "# 设置（环境变量）\n\n" + _table(["变量", "默认值", "含义", "正式环境"], rows())


def findings() -> str:
    from gongkai.statute.report.catalogue import finding_codes

    words = {"error": "错误", "warning": "警告", "note": "提示"}
    return (
        "# 核查项\n\n代码永久不变；严重程度：错误＝自相矛盾或不合格式，警告＝多半有误、由人判断，提示＝供参考。\n\n"
        + _table(
            ["代码", "含义", "严重程度", "依据"],
            ((f"`{each.code}`", each.meaning, words[each.severity], each.cite) for each in finding_codes()),
        )
    )


def forms() -> str:
    from gongkai.statute.report.form import load

    text = "# 年度报告格式\n\n"
    for code in ("2019", "2021"):
        form = load(code)
        until = f"{form.last_year}年" if form.last_year else "今"
        text += f"## `{code}`：{form.instrument}（{form.first_year}年至{until}）\n\n"
        for table in form.tables.values():
            text += f"### `{table.code}` {table.title}\n\n"
            text += _table(
                ["行", "名称", "列"],
                (
                    (f"`{row.code}`", row.label, "、".join(f"`{each.code}` {each.label}" for each in row.columns))
                    for row in table.rows
                ),
            )
            text += "\n"
    return text


def parameters() -> str:
    from gongkai.statute.parameters import all_parameters

    return (
        "# 法定期限和数值\n\n每个数都有施行日和出处，按事情发生那天有效的算。标“未核”的没有对过原文，可由机关更改。\n\n"
        + _table(
            ["名称", "代码", "自", "数值", "单位", "依据", "原文"],
            (
                (
                    each.label,
                    f"`{each.name}`",
                    each.since,
                    each.value,
                    each.unit,
                    f"{each.instrument}{each.article}",
                    "已核" if each.verified else "未核",
                )
                for each in all_parameters()
            ),
        )
    )


def steps() -> str:
    """THE table of steps: acts, roles, states, fields, effect on the clock, article."""
    from gongkai.bureau.orgs.vocabulary import ROLES
    from gongkai.statute.cases import STEPS
    from gongkai.statute.cases.words import ACTS, EFFECTS, FIELDS, STATES

    roles = {"applicant": "申请人", **ROLES}

    def fields(step: object) -> str:
        return "、".join(
            f"`{name}` {FIELDS[name]}{'（可不填）' if name in step.optional else ''}"  # type: ignore[attr-defined]
            for name in step.fields  # type: ignore[attr-defined]
        )

    return "# 办理步骤\n\n一张表，界面、接口、测试和文档都由它而来。\n\n" + _table(
        ["事件", "代码", "在什么状态", "由谁", "之后", "字段", "对期限", "条文"],
        (
            (
                ACTS[act],
                f"`{act}`",
                "、".join(STATES[each] for each in step.before),
                "、".join(roles[each] for each in step.roles),
                STATES[step.after],
                fields(step),
                EFFECTS.get(step.effect or "", "无"),
                step.article,
            )
            for act, step in STEPS.items()
        ),
    )


def report_steps() -> str:
    """The table of steps of the annual report: acts, roles, states, four eyes, fields, effects, source."""
    from gongkai.bureau.orgs.vocabulary import ROLES
    from gongkai.statute.report.lifecycle import ACTS, EFFECTS, FIELDS, STATES, STEPS

    head = "# 年度报告的办理步骤\n\n一张表，界面、服务、测试和文档都由它而来。退回后重新起算“不得由谁办理”。\n\n"
    states = _table(["状态", "代码"], ((word, f"`{code}`") for code, word in STATES.items()))
    return (
        head
        + states
        + "\n"
        + _table(
            ["步骤", "代码", "在什么状态", "由谁", "之后", "不得由谁办理", "必填", "同时", "依据"],
            (
                (
                    step.word,
                    f"`{act}`",
                    "、".join(STATES[each] for each in step.before),
                    "、".join(ROLES[each] for each in step.roles),
                    STATES[step.after] if step.after else "不变",
                    "、".join(f"{ACTS[each]}的人" for each in step.not_by),
                    "、".join(f"`{name}` {FIELDS[name]}" for name in step.fields),
                    "；".join(EFFECTS[each] for each in step.effects),
                    step.article,
                )
                for act, step in STEPS.items()
            ),
        )
    )


def letters() -> str:
    """Every kind of letter, the remedies by article and day, who reconsiders, the articles of each outcome."""
    from gongkai.statute.cases.citing import place_of
    from gongkai.statute.cases.deciding import OUTCOME_ARTICLES
    from gongkai.statute.cases.words import ACTS
    from gongkai.statute.letters import ADDRESSEES, SIGNERS, LetterKind, load
    from gongkai.statute.letters.authorities import authority_rules, remedy_rules

    remedies = {"none": "不写", "decision": "写", "disclosure": "写（不适用复议前置）"}
    read = {True: "已核", False: "未核"}
    common = ("number", "body_name", "addressee", "received_on", "subject", "applicant_kind")
    head = (
        "# 文书\n\n全国没有公开的统一模板：标题、文号用字、默认措辞和审核签发由本系统按条例和地方文本拟定，"
        "机关可以更改；必须写明的内容依条例。\n\n每种文书都写明文号、机关名称、收件人，致申请人的还写明收到申请之日、申请内容摘要"
        "（申请人类别可不填，决定称谓），下表不再列；日期、印章在制作时加上。\n\n"
    )

    def elements(letter: LetterKind, required: bool) -> str:
        return "、".join(
            f"`{each.code}` {each.label}" + ("（视情况）" if any(map(letter.element, each.when)) else "")
            for each in letter.elements
            if each.required is required and each.code not in common
        )

    def reviews(letter: LetterKind) -> str:
        needed = ((letter.legal_review, "合法性"), (letter.secrecy_review, "保密"))
        return "、".join(word for is_needed, word in needed if is_needed)

    kinds = _table(
        [
            "文书",
            "代码",
            "标题",
            "文号",
            "送",
            "条款",
            "表三",
            "事件",
            "必须写明",
            "能写则写",
            "救济告知",
            "审查",
            "签发",
        ],
        (
            (
                each.name,
                f"`{each.code}`",
                each.title,
                each.word,
                ADDRESSEES[each.to],
                "、".join(place_of(article) for article in each.articles),
                "、".join(f"`{outcome}`" for outcome in each.outcomes),
                ACTS[each.event] if each.event else "",
                elements(each, True),
                elements(each, False),
                remedies[each.remedies],
                reviews(each),
                SIGNERS[each.signed_by],
            )
            for each in load().values()
        ),
    )
    orders = {"choice": "复议或者诉讼", "reconsideration_first": "先复议"}
    order = "\n## 先复议还是可以选择\n\n按答复引用的条款和作出日期，不按表三的大类。\n\n" + _table(
        ["情形", "自", "途径", "依据", "原文", "说明"],
        (
            (each.meaning, each.since, orders[each.order], "、".join(each.articles), read[each.verified], each.note)
            for each in remedy_rules()
        ),
    )
    who = {
        "parent": "本级、上一级或者设立它的人民政府",
        "superior": "上一级主管部门",
        "either": "本级人民政府或者上一级主管部门",
        "own": "本机关",
    }
    bodies = "\n## 向谁申请行政复议\n\n" + _table(
        ["机关层级", "自", "行政复议机关", "依据", "原文"],
        (
            ("、".join(f"`{level}`" for level in each.levels), each.since, who[each.who], each.article,
             read[each.verified])
            for each in authority_rules()
        ),
    )  # fmt: skip
    outcomes = "\n## 办理结果应当引用的条款\n\n至少引用其中一条；部分公开还须引用不予提供部分的条款。\n\n" + _table(
        ["办理结果", "条款", "代码"],
        (
            (
                f"`{outcome}`",
                "、".join(place_of(each) for each in articles) or "条例未定，须引用依据",
                "、".join(f"`{each}`" for each in articles),
            )
            for outcome, articles in OUTCOME_ARTICLES.items()
        ),
    )
    return head + kinds + order + bodies + outcomes


def publishing_steps() -> str:
    from gongkai.statute.publishing import flow

    def who(step: flow.FlowStep) -> str:
        if step.act == "return_":
            return "当道的审查人"
        roles = "、".join(flow.ROLE_WORDS[each] for each in step.roles)
        return f"{roles}（拟稿、送审的人除外）" if step.not_the_drafter else roles

    head = (
        "# 信息公开的流程\n\n拟稿时定公开属性，不主动公开的写明理由。每一版送审以后不能改；"
        "审查针对这一版，批准以后再改的，从头审查。保密复审不能跳过：紧急时可以先复审、签发，"
        "初审和合法性审查事后补办，标明紧急和理由。\n\n"
    )
    rows = (
        (step.word, f"`{step.act}`", "、".join(flow.STATES[each] for each in step.before), who(step),
         flow.STATES[step.after] if step.after else "按流程",
         "、".join(flow.FIELDS[name] + ("（可不填）" if name in step.optional else "") for name in step.fields) or "—",
         step.article)
        for step in flow.STEPS.values()
    )  # fmt: skip
    return head + _table(["步骤", "代码", "在什么状态", "由谁", "以后", "要填写", "依据"], rows)


def letter_steps() -> str:
    """The office's own flow of a letter, from its table."""
    from gongkai.statute.cases.letter_flow import FIELDS, ROLE_WORDS, STATES, STEPS

    head = (
        "# 文书流程\n\n一件文书在机关内部的办理步骤。回执由公开专员签发；告知类由科室负责人签发；"
        "答复须经科室审核、合法性审查，提供材料的还须保密审查，由分管领导签发。拟稿、送审的人不能审核、签发同一件文书。\n\n"
    )
    return head + _table(
        ["步骤", "代码", "在什么状态", "由谁", "以后", "要填写", "依据"],
        (
            (
                step.word,
                f"`{step.act}`",
                "、".join(STATES[each] for each in step.before),
                "、".join(ROLE_WORDS[each] for each in step.roles),
                STATES[step.after] if step.after else "下一道",
                "、".join(FIELDS[name] + ("（可不填）" if name in step.optional else "") for name in step.fields)
                or "—",
                step.article,
            )
            for step in STEPS.values()
        ),
    )


SECRECY = {"secrecy-35": "保密法第35条", "secrecy-42": "保密法实施条例第42条"}
"""Sections of statute_coverage.toml that are no article of the regulation, by the words of the page."""


def statute_coverage() -> str:
    """Every article of publishing and requests: what it asks, where it lives, the test of it; each must exist."""
    root = Path(__file__).parent.parent
    found = tomllib.loads((root / "docs" / "statute_coverage.toml").read_text("utf-8"))
    wanted = ["6", *(str(number) for number in range(10, 46)), *SECRECY]
    if list(found) != wanted:
        raise SystemExit(f"statute_coverage.toml: 第6条、第10条至第45条和保密规定每条一节，实有{list(found)}")
    rows = []
    for article, each in found.items():
        for path in each["lives"]:
            if not (root / "src" / "gongkai" / path).is_file():
                raise SystemExit(f"statute_coverage.toml 第{article}条：没有 src/gongkai/{path}")
        for test in each["tests"]:
            path, _, name = test.partition("::")
            if f"def {name}(" not in (root / "tests" / path).read_text("utf-8"):
                raise SystemExit(f"statute_coverage.toml 第{article}条：没有测试 {test}")
        lives = "<br>".join(f"`{path}`" for path in each["lives"])
        proofs = "<br>".join(f"`{test}`" for test in each["tests"])
        rows.append((SECRECY.get(article, f"第{article}条"), each["asks"], lives, proofs))
    told = "《中华人民共和国政府信息公开条例》第6条、第10条至第45条，以及保密规定：要求什么，写在哪里，由哪项测试证明。"
    head = f"# 条文与实现（主动公开和依申请公开）\n\n{told}\n\n"
    return head + _table(["条", "要求", "所在（src/gongkai）", "测试（tests）"], rows)


def api() -> str:
    """Every operation of the API by subject: who may, what it takes, an example to run."""
    described = openapi()  # sets Django up
    from gongkai.screens.api.who import in_words

    page = (Path(__file__).parent / "api-head.md").read_text("utf-8").rstrip() + "\n"
    by_tag: dict[str, list[tuple[str, str, dict[str, Any]]]] = {}
    for path, methods in described["paths"].items():
        for method, each in methods.items():
            by_tag.setdefault(each["tags"][0], []).append((method.upper(), path, each))
    for tag, listed in by_tag.items():
        page += f"\n## {tag}\n"
        for method, path, each in listed:
            told = f"{each['description']}\n\n" if each.get("description") else ""
            page += f"\n### {each['summary']}\n\n`{method} {path}` · {in_words(each['operationId'])}\n\n{told}"
            page += f"```sh\n{api_examples.curl(described, method, path, each)}\n```\n"
    return page


def openapi() -> dict[str, Any]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.settings")
    import django

    django.setup()
    from gongkai.screens.api.v1 import api as described

    # where this copy of the platform is mounted is no part of the description
    return {**described.get_openapi_schema(), "servers": []}


PAGES: dict[str, Callable[[], str]] = {
    "command-line.md": command_line,
    "settings.md": settings,
    "findings.md": findings,
    "forms.md": forms,
    "parameters.md": parameters,
    "steps.md": steps,
    "report-steps.md": report_steps,
    "letters.md": letters,
    "letter-steps.md": letter_steps,
    "publishing-steps.md": publishing_steps,
    "statute-coverage.md": statute_coverage,
    "api.md": api,
}


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        (folder / name).write_text(NOTE + page().rstrip() + "\n", encoding="utf-8")
    described = json.dumps(openapi(), ensure_ascii=False, indent=2)
    (folder / "openapi.json").write_text(described + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "reference")
