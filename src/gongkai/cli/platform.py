"""Bringing Django up for the verbs that need the installation; the others never load it."""

from __future__ import annotations

import errno
import os

from gongkai.statute.primitives import InputFault, InputRefused


def start(*, migrated: bool = True) -> None:
    """Set Django up; with `migrated` refuse an installation that is missing or behind its code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.settings")
    try:
        import django

        django.setup()
    except ValueError as wrong:
        raise InputRefused(InputFault("设置", str(wrong))) from wrong
    except OSError as wrong:
        raise InputRefused(unwritable(wrong)) from wrong
    if migrated:
        _require_migrated()


def unwritable(wrong: OSError) -> InputFault:
    """GONGKAI_HOME cannot hold an installation: what the system says of it, in Chinese where it is a known refusal."""
    home = os.environ.get("GONGKAI_HOME", "./var")
    said = {
        errno.EACCES: "没有写入的权限",
        errno.EPERM: "没有写入的权限",
        errno.EROFS: "所在的磁盘是只读的",
        errno.ENOSPC: "所在的磁盘满了",
        errno.ENOTDIR: "它或它的上级不是文件夹",
        errno.EEXIST: "它或它的上级不是文件夹",
    }
    words = said.get(wrong.errno or 0, f"不能写入（{wrong.strerror or wrong}）")
    return InputFault(f"GONGKAI_HOME {home}", words, "一个本用户可以写入的文件夹")


def _require_migrated() -> None:
    from django.db import OperationalError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except OperationalError as wrong:
        raise InputRefused(_no_database(wrong)) from wrong
    if behind:
        home = os.environ.get("GONGKAI_HOME", "./var")
        raise InputRefused(InputFault(f"安装 {home}", "还没有建立，或版本落后", "先执行 gongkai init"))


def migrate() -> None:
    """Bring the database to the code's version."""
    from django.core.management import call_command
    from django.db import OperationalError

    try:
        call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    except OperationalError as wrong:
        raise InputRefused(_no_database(wrong)) from wrong


def _no_database(wrong: Exception) -> InputFault:
    # a driver says it in several lines; the first one names the cause
    return InputFault(
        "数据库", f"连接不上：{(str(wrong).strip().splitlines() or ['没有说明'])[0]}", "检查 DATABASE_URL"
    )
