"""Whatever starts the web server, production does not start on unsafe settings."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def refuse_unsafe() -> None:
    """Raise ImproperlyConfigured with every unsafe setting; other modes are for trying out and pass."""
    # Loaded after Django is set up.
    from gongkai.bureau.orgs.fitness import unsafe

    faults = unsafe() if settings.PRODUCTION else ()
    if faults:
        lines = "；".join(f"{each.code}{each.wrong}，应为{each.right}" for each in faults)
        raise ImproperlyConfigured(f"正式环境的设置不安全，拒绝启动：{lines}")
