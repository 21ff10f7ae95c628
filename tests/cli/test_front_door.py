"""The front door of the command: help with an example for each verb, Chinese faults, the three exit statuses."""

from __future__ import annotations

from collections.abc import Iterable

import click
import pytest

from gongkai.cli import cli, run


def _verbs(group: click.Group, path: tuple[str, ...] = ()) -> Iterable[tuple[str, ...]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None, name
        yield (*path, name)
        if isinstance(command, click.Group):
            yield from _verbs(command, (*path, name))


@pytest.mark.parametrize("path", list(_verbs(cli)), ids=" ".join)
def test_every_verb_has_help_with_an_example(path: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*path, "--help"]) == 0
    shown = capsys.readouterr().out
    assert "用法" in shown
    assert "例：" in shown


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nothing-such"], "没有“nothing-such”这个命令"),
        (["--nothing-such"], "没有“--nothing-such”这个选项"),
        (["report", "check"], "缺少参数"),
        (["report", "check", "不存在的文件.docx"], "不存在的文件.docx"),
    ],
)
def test_a_call_that_cannot_be_used_says_why_and_exits_2(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert "Traceback" not in told.err
