"""Writes the generated pages of docs/reference; `tests/house/test_reference_pages.py` holds them to the code.

.venv/bin/python docs/generate.py [DIR]
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path

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


PAGES: dict[str, Callable[[], str]] = {
    "command-line.md": command_line,
    "settings.md": settings,
    "findings.md": findings,
    "forms.md": forms,
    "parameters.md": parameters,
    "steps.md": steps,
}


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        (folder / name).write_text(NOTE + page().rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "reference")
