"""Every setting is an environment variable of this one table; `docs/reference/settings.md` is made from it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit


@dataclass(frozen=True, slots=True)
class Variable:
    """`default` as text; `production` says what the production mode demands of it, empty for nothing."""

    name: str
    default: str
    meaning: str
    production: str = ""


VARIABLES: tuple[Variable, ...] = (
    Variable("GONGKAI_HOME", "./var", "全部数据所在的文件夹：数据库、密钥、附件、索引"),
    Variable(
        "GONGKAI_MODE",
        "embedded",
        "`embedded` 本机试用，`production` 正式环境，`test` 自动测试",
        "`production`；设置不安全时拒绝启动",
    ),
    Variable("DATABASE_URL", "", "空为 GONGKAI_HOME 下的 SQLite；或 `postgres://用户:口令@主机:端口/库`"),
    Variable("GONGKAI_SECRET_KEY", "", "网页会话的签名密钥；空为 GONGKAI_HOME/keys 中自动生成的一把"),
    Variable("GONGKAI_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]", "门户和工作台的主机名，逗号分隔", "必设，不得为 *"),
    Variable("GONGKAI_TRUSTED_ORIGINS", "", "允许提交表单的来源，如 `https://gongkai.example.gov.cn`，逗号分隔"),
    Variable("GONGKAI_BEHIND_PROXY", "0", "`1` 表示前面有终结 HTTPS 的代理，信任 X-Forwarded-Proto 和 X-Forwarded-For"),
    Variable("GONGKAI_HTTPS", "", "`1` 只经 HTTPS 提供服务；空则正式环境为 1，其他为 0", "不得为 0"),
    Variable("GONGKAI_DEBUG", "0", "`1` 显示开发用的出错页", "不得为 1"),
    Variable("GONGKAI_EMAIL_URL", "", "发信服务器 `smtp://用户:口令@主机:端口`；空则写入 GONGKAI_HOME/mail"),
    Variable("GONGKAI_EMAIL_FROM", "gongkai@localhost", "发信人地址"),
    Variable("GONGKAI_SITE_NAME", "青澜县政府信息公开", "门户名称", "必设"),
    Variable("GONGKAI_SITE_DOMAIN", "", "门户域名，写入网页的 SiteDomain 标签"),
    Variable("GONGKAI_PATH_PREFIX", "", "挂在主站的哪个路径下，如 `/gongkai`；前面的代理转发时去掉它"),
    Variable("GONGKAI_SITE_CODE", "", "网站标识码，写入网页的 SiteIDCode 标签"),
    Variable(
        "GONGKAI_SEAL_COMMAND",
        "",
        "电子印章程序的命令：从标准输入读 PDF，向标准输出写盖好章的 PDF；空则上传盖章扫描件",
    ),
    Variable("GONGKAI_UPLOAD_LIMIT_MB", "50", "单个文件的上限（兆字节）"),
    Variable("GONGKAI_JOB_LEASE_SECONDS", "60", "后台任务的租约：任务进程失联超过它，任务重新排队"),
)

_DECLARED = {each.name: each for each in VARIABLES}


def read(name: str) -> str:
    """The variable's text, or its default. An undeclared name is a mistake in the code and raises KeyError."""
    return os.environ.get(name) or _DECLARED[name].default


MODES = ("embedded", "production", "test")


def mode() -> str:
    """GONGKAI_MODE. A word that is none of the modes is refused: taken for the default it would drop every guard."""
    found = read("GONGKAI_MODE")
    if found not in MODES:
        raise ValueError(f"GONGKAI_MODE：没有“{found}”这种模式，应为{'、'.join(MODES)}")
    return found


def listed(name: str) -> list[str]:
    return [each.strip() for each in read(name).split(",") if each.strip()]


def rows() -> Iterator[tuple[str, str, str, str]]:
    """name, default, meaning, demand of production: the reference page."""
    for each in VARIABLES:
        yield f"`{each.name}`", f"`{each.default}`" if each.default else "（空）", each.meaning, each.production


def database(home: Path) -> dict[str, object]:
    """Django's description of the database.

    SQLite: WAL, IMMEDIATE, synchronous FULL and a 20 s timeout, so that writers queue and an acknowledged act
    survives a power cut (docs/decisions/0001-parts.md).
    """
    url = read("DATABASE_URL")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": home / "db.sqlite3",
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            },
            # tests use a file as well: a database in memory locks whole tables and no second process sees it
            "TEST": {"NAME": home / "test.sqlite3"},
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError(
            f"DATABASE_URL 的协议 {parts.scheme or '（空）'} 不可用，应为 postgres://用户:口令@主机:端口/库"
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }
