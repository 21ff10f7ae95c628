"""`gongkai demo`: the fictional county in an empty installation."""

from __future__ import annotations

import click

from gongkai.cli import DONE, platform
from gongkai.statute.primitives import InputFault, InputRefused

BODIES = {"bureau": 19, "county": 100, "province": 10_000}
ITEMS = {"bureau": None, "county": 10_000, "province": 100_000}
"""Published items; None for the bureau's own three years, some hundreds."""

FEWEST_WITH_DRAFTS = 20
"""Below so many items none are drafted."""


@click.command(
    help="给空的安装装入虚构的青澜县：机关、人员、角色，三年台账，几份年度报告。已有内容则拒绝。\n\n"
    "例：gongkai demo --scale county"
)
@click.option("--scale", type=click.Choice(list(BODIES)), default="bureau", show_default=True, help="规模：机关数")
@click.option("--seed", type=int, default=1, show_default=True, help="同一个数得到同样的内容")
@click.option("--items", type=click.IntRange(min=0), help="公布的信息共多少条；不写时随规模")
def demo(scale: str, seed: int, items: int | None) -> int:
    platform.start()
    from django.conf import settings

    from gongkai.bureau.annual import demo as annual
    from gongkai.bureau.casework import demo as casework
    from gongkai.bureau.orgs import demo as county
    from gongkai.bureau.orgs import founding
    from gongkai.bureau.publishing import demo as publishing

    if settings.PRODUCTION:
        raise InputRefused(InputFault("模式", "正式环境不得装入演示账号", "GONGKAI_MODE=embedded"))
    if not founding.is_empty():
        raise InputRefused(InputFault("安装", "已有内容，演示数据只装入空的安装", "另设一个 GONGKAI_HOME"))
    click.echo("▸ 装入青澜县的机关、人员和角色", err=True)
    county.fill(bodies=BODIES[scale], seed=seed)
    click.echo("▸ 核查三份样例年报", err=True)
    annual.keep_specimens()
    click.echo("▸ 装入三年台账：申请、复议诉讼、公布的信息、年度数据", err=True)
    published = ITEMS[scale] if items is None else items
    shown = (published if published is not None else FEWEST_WITH_DRAFTS) >= FEWEST_WITH_DRAFTS
    made_here = 1 + (publishing.PUBLISHED if shown else 0)
    annual.fill_ledgers(seed=seed, a_year=90, items=published and max(published - made_here, 0))
    click.echo("▸ 由台账编制三份年度报告：一份公布，一份等候批准，一份起草", err=True)
    annual.make_reports()
    click.echo("▸ 登记几件正在办理的申请：待确认、交办、征求意见、待补正、审查中、已答复", err=True)
    casework.fill(make_public=published != 0)
    if shown:
        click.echo("▸ 拟稿、审查、公开几条信息：有附件、有解读、被废止、已撤回", err=True)
        publishing.fill()
    click.echo(f"青澜县已装入，演示账号的口令都是 {county.PASSWORD}")
    return DONE
