from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "gongkai.bureau.jobs"
    label = "jobs"
    verbose_name = "后台任务"

    def ready(self) -> None:
        # each duty registers its work in its own `tasks` module
        autodiscover_modules("tasks")
