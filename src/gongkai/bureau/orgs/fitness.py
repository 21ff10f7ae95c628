"""Is this installation fit for production? Every unsafe setting and every missing thing, at once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from gongkai.bureau import clock
from gongkai.bureau.orgs import demo
from gongkai.bureau.orgs.working_days import state_council
from gongkai.settings import keys

LEAST_DISK = 2 * 1024**3


@dataclass(frozen=True, slots=True)
class Unfit:
    """One thing: the setting or the part, what is wrong, what would be right."""

    code: str
    severity: Literal["error", "warning"]
    wrong: str
    right: str


def all_faults() -> tuple[Unfit, ...]:
    return (*unsafe(), *_state())


def unsafe() -> tuple[Unfit, ...]:
    """The settings that production refuses to start with."""
    return tuple(_settings())


def _settings() -> Iterator[Unfit]:
    if not settings.PRODUCTION:
        yield Unfit("GONGKAI_MODE", "error", f"是 {settings.MODE}", "production")
    if settings.DEBUG:
        yield Unfit("GONGKAI_DEBUG", "error", "开发用的出错页会泄露内部情况", "0")
    if not settings.HTTPS:
        yield Unfit("GONGKAI_HTTPS", "error", "会话不经加密传送", "1")
    if len(settings.SECRET_KEY) < 50:
        yield Unfit("GONGKAI_SECRET_KEY", "error", "太短，可被猜出", "不少于50个字符，或不设而自动生成")
    local = {"localhost", "127.0.0.1", "[::1]"}
    if "*" in settings.ALLOWED_HOSTS:
        yield Unfit("GONGKAI_ALLOWED_HOSTS", "error", "接受任何主机名", "列出门户的主机名")
    elif set(settings.ALLOWED_HOSTS) <= local:
        yield Unfit("GONGKAI_ALLOWED_HOSTS", "error", "只有本机", "列出门户的主机名")
    if settings.SITE_NAME == "青澜县政府信息公开":
        yield Unfit("GONGKAI_SITE_NAME", "error", "还是演示用的名称", "本机关门户的名称")
    folder = settings.HOME / "keys"
    for name in (keys.SESSION, keys.SIGNING, keys.IDENTITY):
        path = folder / name
        if not path.exists():
            yield Unfit(f"密钥 {name}", "error", "没有", "先执行 gongkai init")
        elif path.stat().st_mode & 0o077:
            yield Unfit(f"密钥 {name}", "error", "别的用户也能读", "权限 600")


def _state() -> Iterator[Unfit]:
    yield from _database()
    year = clock.today().year
    published = state_council().published_years
    if year not in published:
        yield Unfit("工作日历", "error", f"没有{year}年的放假安排，期限都是暂定的", "升级 chinesecalendar 或录入通知")
    elif year + 1 not in published and clock.today().month == 12:
        yield Unfit("工作日历", "warning", f"还没有{year + 1}年的放假安排", "公布后升级 chinesecalendar 或录入通知")
    free = shutil.disk_usage(settings.HOME if settings.HOME.exists() else settings.HOME.parent).free
    if free < LEAST_DISK:
        yield Unfit("磁盘", "error", f"只剩{free // 1024**2}兆字节", "不少于2048兆字节")


def _database() -> Iterator[Unfit]:
    try:
        executor = MigrationExecutor(connection)
        behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if behind:
            yield Unfit("数据库", "error", f"落后{len(behind)}步", "先执行 gongkai init")
            return
        if demo.is_here():
            yield Unfit("演示账号", "error", "口令是公开的", "正式环境用另一个安装，不装演示数据")
    except DatabaseError as wrong:
        yield Unfit("数据库", "error", f"连接不上：{str(wrong).strip().splitlines()[0]}", "检查 DATABASE_URL")
