"""`gongkai init`, `serve`, `worker`, `appoint`, `check`: an installation from its making to its running."""

from __future__ import annotations

import errno
import json
import secrets
import signal
import socket
import subprocess
import sys
import time
from types import FrameType

import click

from gongkai.cli import DONE, FOUND_ERRORS, platform
from gongkai.statute.primitives import InputFault, InputRefused


@click.command(
    help="在 GONGKAI_HOME 建一个空的安装：数据库、密钥、文件夹。不问任何问题，可重复执行。\n\n例：gongkai init"
)
def init() -> int:
    platform.start(migrated=False)
    from django.conf import settings
    from django.db import connection

    from gongkai.settings import keys

    try:
        for name in ("files", "index", "mail", "static"):
            (settings.HOME / name).mkdir(parents=True, exist_ok=True)
        keys.make(settings.HOME)
    except OSError as wrong:
        raise InputRefused(platform.unwritable(wrong)) from wrong
    click.echo(f"▸ 建立数据库（{connection.vendor}）", err=True)
    platform.migrate()
    click.echo(f"安装就绪：{settings.HOME}")
    return DONE


@click.command(
    help="启动整个平台：数据库、门户、工作台、接口、后台任务。Ctrl-C 全部停下。\n\n例：gongkai serve --port 8000"
)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="端口")
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址")
def serve(port: int, host: str) -> int:
    platform.start(migrated=False)
    from django.conf import settings

    from gongkai.bureau.orgs.fitness import unsafe

    if settings.PRODUCTION:
        faults = unsafe()
        if faults:
            click.echo("正式环境的设置不安全，拒绝启动：", err=True)
            for each in faults:
                click.echo(f"  {each.code}：{each.wrong}；应为{each.right}", err=True)
            return FOUND_ERRORS
    _require_free(host, port)
    click.echo("▸ 数据库升到当前版本", err=True)
    platform.migrate()
    if settings.PRODUCTION:
        from django.core.management import call_command

        click.echo("▸ 汇集静态文件", err=True)
        call_command("collectstatic", verbosity=0, interactive=False)
    stop = _Stop()
    click.echo("▸ 启动后台任务", err=True)
    command = [sys.executable, "-m", "gongkai.cli"]
    worker_process = subprocess.Popen([*command, "worker"])  # noqa: S603  # our own command
    click.echo("▸ 启动网页服务", err=True)
    web = subprocess.Popen(  # noqa: S603  # our own command, a checked port
        [
            *(sys.executable, "-m", "gunicorn", "gongkai.screens.wsgi:application"),
            *("--bind", f"{host}:{port}", "--worker-class", "gthread", "--workers", "2", "--threads", "8"),
            *("--timeout", "120", "--log-level", "warning", "--forwarded-allow-ips", "127.0.0.1"),
        ]
    )
    _announce(host, port)
    return _attend({"网页服务": web, "后台任务": worker_process}, stop)


def _announce(host: str, port: int) -> None:
    address = f"http://{host}:{port}"
    click.echo(f"\n  门户    {address}/\n  核查    {address}/check/\n  工作台  {address}/desk/")
    from django.conf import settings

    from gongkai.bureau.orgs import demo

    if not settings.PRODUCTION and demo.is_here():
        click.echo(f"\n  演示账号（口令都是 {demo.PASSWORD}）")
        for each in demo.accounts():
            click.echo(f"    {each.username:<15}{each.name}  {each.role_word}")
    click.echo("\n  Ctrl-C 停止")


def _require_free(host: str, port: int) -> None:
    """Before anything is started: another program at this address is named as such."""
    try:
        with socket.create_server((host, port)):
            return
    except OSError as wrong:
        why = {errno.EADDRINUSE: "已有别的程序在用", errno.EACCES: "没有权限"}.get(wrong.errno or 0, str(wrong))
        raise InputRefused(InputFault(f"{host}:{port}", why, "另一个端口：gongkai serve --port 8001")) from wrong


class _Stop:
    """Set by Ctrl-C or SIGTERM; made before the first process starts, so that none is left behind."""

    def __init__(self) -> None:
        self.asked = False
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, self._ask)

    def _ask(self, _signal: int, _frame: FrameType | None) -> None:
        self.asked = True


def _attend(processes: dict[str, subprocess.Popen[bytes]], stop: _Stop) -> int:
    """Wait until told to stop or until one of the processes ends; then stop them all."""
    ended = ""
    while not stop.asked and not ended:
        time.sleep(0.3)
        ended = next((name for name, process in processes.items() if process.poll() is not None), "")
    for process in processes.values():
        if process.poll() is None:
            process.terminate()
    for process in processes.values():
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
    if ended:
        click.echo(f"{ended}意外停止，平台已停下", err=True)
        return FOUND_ERRORS
    click.echo("已停止。", err=True)
    return DONE


@click.command(help="只启动后台任务（另一台机器，或与网页服务分开）。\n\n例：gongkai worker")
@click.option("--until-empty", is_flag=True, help="做完排队的任务就退出")
def worker(until_empty: bool) -> int:
    platform.start()
    from gongkai.bureau.jobs import worker as jobs_worker

    jobs_worker.run(batch=until_empty)
    return DONE


@click.command(
    help="设立首任三员之一，打印一次性的初始口令；已有在任者时拒绝，以后在工作台办理。\n\n"
    "例：gongkai appoint --role system_admin --username fangyan --name 方砚 --body qinglan"
)
@click.option("--role", required=True, type=click.Choice(["system_admin", "security_admin", "auditor"]), help="角色")
@click.option("--username", required=True, help="账号")
@click.option("--name", required=True, help="姓名")
@click.option("--body", required=True, help="机关代码")
def appoint(role: str, username: str, name: str, body: str) -> int:
    platform.start()
    from gongkai.bureau.orgs import founding

    password = secrets.token_urlsafe(12)
    founding.appoint(username=username, name=name, role=role, body=body, password=password)
    click.echo(f"{name}（{username}）初始口令：{password}")
    return DONE


@click.command(
    help="检查本安装能否用于正式环境：设置、密钥、日历、磁盘、队列。有不合格项则退出码 1。\n\n例：gongkai check"
)
@click.option("--json", "as_json", is_flag=True, help="每项一行 JSON")
def check(as_json: bool) -> int:
    platform.start(migrated=False)
    from gongkai.bureau.orgs.fitness import all_faults

    faults = all_faults()
    for each in faults:
        if as_json:
            click.echo(
                json.dumps(
                    {"code": each.code, "severity": each.severity, "wrong": each.wrong, "right": each.right},
                    ensure_ascii=False,
                )
            )
        else:
            click.echo(f"{'✗' if each.severity == 'error' else '!'} {each.code}：{each.wrong}；应为{each.right}")
    errors = sum(each.severity == "error" for each in faults)
    if not as_json:
        click.echo(f"{errors}项不合格，{len(faults) - errors}项提醒" if faults else "可以用于正式环境")
    return FOUND_ERRORS if errors else DONE
