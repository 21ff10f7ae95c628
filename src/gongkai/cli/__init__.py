"""The `gongkai` command: one verb a duty, each in a module of its own, loaded only when it is called.

Exit status: 0 done and no finding of severity error; 1 such findings, or a verification that failed;
2 the call or an input could not be used. No traceback reaches a user.
"""

from __future__ import annotations

import gettext
import importlib
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

# click speaks through gettext's default domain, and binds it while it is imported.
os.environ.setdefault("LANGUAGE", "zh_CN")
gettext.bindtextdomain("messages", str(Path(__file__).parent / "locale"))

import click  # noqa: E402  (after the language is set)

from gongkai.statute.primitives import InputRefused  # noqa: E402

DONE, FOUND_ERRORS, UNUSABLE = 0, 1, 2

VERBS: Mapping[str, tuple[str, str]] = {
    "init": ("gongkai.cli.installation:init", "在 GONGKAI_HOME 建一个空的安装"),
    "serve": ("gongkai.cli.installation:serve", "启动整个平台：数据库、后台任务、门户、工作台"),
    "worker": ("gongkai.cli.installation:worker", "只启动后台任务"),
    "demo": ("gongkai.cli.demo:demo", "给空的安装装入虚构的青澜县"),
    "report": ("gongkai.cli:report", "年度报告：读取、核查、计算、输出"),
    "inspect": ("gongkai.cli.inspect:inspect_verb", "发布前检查一份文件：个人信息、日期、文号、用语、隐藏内容"),
    "clock": ("gongkai.cli.clock:clock", "计算答复期限，并说明怎么算的"),
    "import": ("gongkai.cli.exchange:import_group", "按交换格式导入，先整体校验"),
    "export": ("gongkai.cli.exchange:export_group", "按交换格式导出"),
    "appoint": ("gongkai.cli.installation:appoint", "设立首任三员"),
    "verify": ("gongkai.cli.verify:verify", "重放日志，核对散列链、签名、状态和文件"),
    "archive": ("gongkai.cli.archive:archive_group", "核对归档包，不需要数据库"),
    "check": ("gongkai.cli.installation:check", "检查本安装能否用于正式环境"),
}
REPORT_VERBS: Mapping[str, tuple[str, str]] = {
    "read": ("gongkai.cli.report_read:read", "读取已公布的年度报告"),
    "check": ("gongkai.cli.report_read:check", "读取并核查，列出全部问题"),
    "compile": ("gongkai.cli.report_compile:compile_verb", "由台账计算年度报告"),
    "render": ("gongkai.cli.report_render:render", "按法定格式输出 Word、网页、PDF 或表格"),
}


class LazyGroup(click.Group):
    """A group that imports a verb's module when the verb is called, so that each starts fast."""

    def __init__(self, *args: Any, verbs: Mapping[str, tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.verbs = verbs

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.verbs)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.verbs:
            return None
        module, _, attribute = self.verbs[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("命令"):
            formatter.write_dl([(name, meaning) for name, (_, meaning) in self.verbs.items()])


@click.group(cls=LazyGroup, verbs=VERBS, context_settings={"help_option_names": ["--help", "-h"]})
@click.version_option(package_name="gongkai", prog_name="gongkai")
def cli() -> None:
    """政府信息公开工作平台。

    例：gongkai report check 年报.docx
    """


@click.group(cls=LazyGroup, verbs=REPORT_VERBS)
def report() -> None:
    """政府信息公开工作年度报告：读取、核查、计算、输出。

    例：gongkai report check 2025年年报.docx --previous 2024年年报.docx
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and leave with its status; whatever happens, one clear Chinese line and no traceback."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """The command's exit status; faults are told on stderr, one line each."""
    try:
        status = cli.main(args=list(arguments) if arguments is not None else None, standalone_mode=False)
    except InputRefused as refused:
        for fault in refused.faults:
            click.echo(str(fault), err=True)
        return UNUSABLE
    except click.exceptions.Exit as left:
        return left.exit_code
    except click.Abort:
        click.echo("已中止。", err=True)
        return UNUSABLE
    except click.ClickException as refused:
        refused.show()
        return UNUSABLE
    except BrokenPipeError:
        # The reader of a pipe (head, less) has gone: nothing is wrong. Python must not flush into it again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as unforeseen:
        if os.environ.get("GONGKAI_DEBUG") == "1":
            raise
        click.echo(f"程序内部出错（{type(unforeseen).__name__}）：{unforeseen}。请把这一行报告给维护者。", err=True)
        return UNUSABLE
    return status if isinstance(status, int) else DONE
