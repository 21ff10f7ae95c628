"""Bringing Django up for the verbs that need the installation; the others never load it."""

from __future__ import annotations

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
    if migrated:
        _require_migrated()


def _require_migrated() -> None:
    from django.db import OperationalError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except OperationalError as wrong:
        raise InputRefused(InputFault("数据库", f"连接不上：{str(wrong).strip()}", "检查 DATABASE_URL")) from wrong
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
        raise InputRefused(InputFault("数据库", f"连接不上：{str(wrong).strip()}", "检查 DATABASE_URL")) from wrong
