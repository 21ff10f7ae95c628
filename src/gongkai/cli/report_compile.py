"""`gongkai report compile`: the annual report computed from the ledgers."""

from __future__ import annotations

from datetime import date, datetime

import click
import orjson

from gongkai.cli import DONE, FOUND_ERRORS, platform
from gongkai.cli.report_read import listing, summary
from gongkai.statute.report.form import CODES


@click.command("compile")
@click.option("--agency", required=True, help="机关代码")
@click.option("--year", required=True, type=click.IntRange(2019, 2999), help="报告年度")
@click.option("--form", type=click.Choice(CODES), help="格式；不写时用该年度应当采用的格式")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="截至哪一天，如 2025-12-31；不写时为今天")
@click.option("--json", "as_json", is_flag=True, help="输出一行 JSON")
def compile_verb(agency: str, year: int, form: str | None, as_of: datetime | None, as_json: bool) -> int:
    """由台账计算年度报告的三张表，并核对全部勾稽关系。

    例：gongkai report compile --agency qinglan-kjj --year 2025 --json
    """
    platform.start()
    from gongkai.bureau import clock
    from gongkai.bureau.annual.compile import compile_report
    from gongkai.statute.report.json_format import to_json

    day: date = as_of.date() if as_of else clock.today()
    made = compile_report(agency, year, day, form=form).report
    if as_json:
        click.echo(orjson.dumps(to_json(made)).decode())
    else:
        click.echo(summary(agency, made))
        click.echo(listing(made.findings))
    return FOUND_ERRORS if any(each.severity == "error" for each in made.findings) else DONE
