"""`gongkai demo`: the fictional county in an empty installation."""

from __future__ import annotations

import click

from gongkai.cli import DONE, platform
from gongkai.statute.primitives import InputFault, InputRefused

BODIES = {"bureau": 19, "county": 100, "province": 10_000}


@click.command(
    help="给空的安装装入虚构的青澜县：机关、科室、人员、角色、日历通知、已核查的年报。已有内容则拒绝。\n\n"
    "例：gongkai demo --scale county"
)
@click.option("--scale", type=click.Choice(list(BODIES)), default="bureau", show_default=True, help="规模：机关数")
@click.option("--seed", type=int, default=1, show_default=True, help="同一个数得到同样的内容")
def demo(scale: str, seed: int) -> int:
    platform.start()
    from django.conf import settings

    from gongkai.bureau.annual.demo import fill as keep_reports
    from gongkai.bureau.orgs import demo as county
    from gongkai.bureau.orgs import founding

    if settings.PRODUCTION:
        raise InputRefused(InputFault("模式", "正式环境不得装入演示账号", "GONGKAI_MODE=embedded"))
    if not founding.is_empty():
        raise InputRefused(InputFault("安装", "已有内容，演示数据只装入空的安装", "另设一个 GONGKAI_HOME"))
    click.echo("▸ 装入青澜县的机关、人员和角色", err=True)
    county.fill(bodies=BODIES[scale], seed=seed)
    click.echo("▸ 核查三份样例年报", err=True)
    keep_reports()
    click.echo(f"青澜县已装入，演示账号的口令都是 {county.PASSWORD}")
    return DONE
