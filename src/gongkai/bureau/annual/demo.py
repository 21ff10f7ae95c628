"""Kept checks for the fictional county: two years of its bureau's report and the county's own."""

from __future__ import annotations

from gongkai.bureau.annual import services
from gongkai.bureau.annual.queries import queued
from gongkai.bureau.jobs.services import run_job
from gongkai.bureau.orgs.demo import BUREAU, COUNTY
from gongkai.bureau.orgs.models import Person
from gongkai.documents.annual_report.render import render
from gongkai.documents.annual_report.specimens import specimen


def fill() -> None:
    """Keep the specimens as an office would: last year's first, each read and checked by the real job."""
    officer = Person.objects.get(username="zhuanyuan")
    office = Person.objects.get(username="zhuguan")
    for actor, body, name in (
        (officer, BUREAU, "qinglan-kjj-2024"),
        (officer, BUREAU, "qinglan-kjj-2025"),
        (office, COUNTY, "qinglan-2025"),
    ):
        report = specimen(name)
        title = f"{report.agency}{report.year}年政府信息公开工作年度报告.docx"
        for check in services.keep(actor, body, [(title, render(report, "docx"))]):
            run_job.func(queued(check))
