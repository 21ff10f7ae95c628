"""Pages of a request's way as people use them: the applicant's form, the case and its letters, the third party's link.

Each function clicks through one page by the words on it; what is asserted is the journey's own matter.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from gongkai.bureau import clock
from gongkai.bureau.annual.compile import compile_report
from gongkai.bureau.casework import letters
from gongkai.bureau.casework.files import Sent
from gongkai.bureau.orgs.models import Person

BODY = "qinglan-kjj"
APPLICANT = "林晓岚"
SCAN = b"%PDF-1.7 sealed and scanned"
Words = str | re.Pattern[str]
Desk = Callable[..., Page]
"""From a username and a path to a page of theirs at the desk."""


@dataclass(frozen=True, slots=True)
class Filed:
    """What the receipt told the applicant."""

    number: str
    code: str


def person(username: str) -> Person:
    return Person.objects.get(username=username)


def today() -> str:
    return clock.today().isoformat()


def apply(citizen: Page, wanted: str) -> Filed:
    """The application of a natural person on the portal, all on one page, to be fetched online."""
    citizen.goto(f"/apply/{BODY}/?whole=1")
    citizen.fill("#wanted-1-description", wanted)
    citizen.check("input[name=kind][value=natural_person]")
    citizen.fill("#name", APPLICANT)
    citizen.fill("#id_number", "11010519491231002X")
    citizen.fill("#telephone", "13800138000")
    citizen.check("input[name=form][value=electronic]")
    citizen.check("input[name=way][value=electronic]")
    citizen.get_by_role("button", name="下一步：核对并提交").click()
    citizen.get_by_role("button", name="提交申请").click()
    expect(citizen.get_by_role("heading", level=1)).to_have_text("申请已提交")
    told = citizen.locator(".receipt-number").all_inner_texts()
    return Filed(told[0], told[1])


def follow(citizen: Page, filed: Filed) -> None:
    citizen.goto("/follow/")
    citizen.get_by_label("申请编号").fill(filed.number)
    citizen.get_by_label("查询码").fill(filed.code)
    citizen.get_by_role("button", name="查询", exact=True).click()
    expect(citizen.get_by_role("heading", level=1)).to_contain_text(filed.number)


def take_up(officer: Page, filed: Filed) -> str:
    """The officer finds the request and confirms it with the applicant today; returns the path of the case."""
    officer.get_by_role("link", name=filed.number).first.click()
    expect(officer.get_by_text("还没有收到，期限未起算")).to_be_visible()
    enter_event(officer, "与申请人确认收到", evidence="电话确认记录")
    expect(officer.get_by_text("期限届满").first).to_be_visible()
    return case_path(officer)


def case_path(opened: Page) -> str:
    found = re.search(r"/desk/requests/\d+/", opened.url)
    assert found
    return found[0]


def enter_event(opened: Page, word: str, *, evidence: str, **fields: str) -> None:
    """One event, from the case's own list of what may happen; its day is today, `fields` go by their labels."""
    fill_event(opened, word, evidence=evidence, **fields)
    expect(opened.get_by_text(f"已登记：{word}。")).to_be_visible()


def fill_event(opened: Page, word: str, *, evidence: str, **fields: str) -> None:
    """The form of an event filled in and sent, whatever comes of it."""
    opened.locator("ul.acts").get_by_role("link", name=word, exact=True).click()
    opened.get_by_label("日子", exact=True).fill(today())
    for label, told in fields.items():
        field = opened.locator("form.entry").get_by_label(label, exact=True)
        _enter(field, told)
    opened.get_by_label("依据", exact=True).fill(evidence)
    opened.get_by_role("button", name=f"登记“{word}”").click()


def _enter(field: Locator, told: str) -> None:
    if field.evaluate("node => node.tagName") == "SELECT":
        field.select_option(told)
    else:
        field.fill(told)


def upload(handler: Page, path: str, file: Path) -> None:
    handler.goto(path)
    handler.get_by_text("上传拟提供的材料").click()
    handler.locator("#upload-file").set_input_files(file)
    handler.get_by_role("button", name="上传", exact=True).click()
    expect(handler.get_by_role("link", name=file.name)).to_be_visible()


def review(reviewer: Page, path: str, name: Words) -> None:
    """The secrecy review of one file of the case."""
    reviewer.goto(path)
    line = reviewer.locator(".files li", has=reviewer.get_by_role("link", name=name, exact=True))
    line.get_by_role("link", name="保密审查").click()
    reviewer.get_by_label("同意提供", exact=True).check()
    reviewer.get_by_role("button", name="记下审查结论").click()
    expect(line.get_by_text("已保密审查")).to_be_visible()


def draft(handler: Page, path: str, kind: str, elements: dict[str, str], *, enclosed: tuple[Words, ...] = ()) -> int:
    """A letter of that kind written by its elements, its wording made from them, and sent for review; its id."""
    handler.goto(path)
    handler.get_by_role("link", name="拟写文书").click()
    handler.get_by_role("button", name=kind, exact=True).click()
    for label, told in elements.items():
        field = handler.get_by_label(re.compile(f"^{re.escape(label)}"))
        _enter(field, told)
    handler.get_by_role("button", name="按要素重新生成正文").click()
    expect(handler.get_by_text("已按要素重新生成正文。")).to_be_visible()
    for name in enclosed:
        handler.get_by_label(name).check()
    handler.get_by_role("button", name="保存并送审").click()
    expect(handler.get_by_text("已保存并送审。")).to_be_visible()
    return int(handler.url.rstrip("/").rpartition("/")[2])


def step(opened: Page, letter: int, word: str) -> None:
    """A step of the office that is one button, or a button in its fold."""
    opened.goto(f"/desk/letters/{letter}/")
    # what is folded is not in the tree of roles: the fold is found by its heading
    fold = opened.locator("details.fold > summary", has_text=word)
    if fold.count():
        fold.click()
    opened.get_by_role("button", name=word, exact=True).click()
    expect(opened.get_by_text(f"已办理：{word}。")).to_be_visible()


def seal(officer: Page, letter: int) -> None:
    officer.goto(f"/desk/letters/{letter}/")
    officer.locator("summary", has_text="登记用印").click()
    officer.locator("#seal-scan").set_input_files({"name": "盖章.pdf", "mimeType": "application/pdf", "buffer": SCAN})
    officer.get_by_role("button", name="登记用印").click()
    expect(officer.get_by_text("已办理：登记用印。")).to_be_visible()


def deliver(officer: Page, letter: int, way: str = "electronic") -> None:
    officer.goto(f"/desk/letters/{letter}/")
    officer.locator("summary", has_text="登记送达").click()
    officer.get_by_label("送达方式").select_option(way)
    officer.get_by_label("送达日", exact=True).fill(today())
    officer.get_by_role("button", name="登记送达").click()
    expect(officer.get_by_text("已办理：登记送达。")).to_be_visible()


REVIEWERS = {"pass_section": "kezhang", "pass_legal": "falv", "pass_secrecy": "baomi"}


def pass_to_the_seal(letter: int, *, signer: str = "lingdao", reviews: tuple[str, ...] = tuple(REVIEWERS)) -> None:
    """The reviews, the signature and the seal by the services, where another journey clicks them."""
    for act in reviews:
        letters.take_step(person(REVIEWERS[act]), letter, act)
    letters.take_step(person(signer), letter, "sign")
    letters.take_step(person("zhuanyuan"), letter, "seal", {}, Sent("盖章.pdf", SCAN))


def reply(request: int, kind: str, elements: dict[str, str]) -> int:
    """A letter from its draft to its delivery by the services."""
    handler = person("chengban")
    letter = letters.draft(handler, request, kind)
    letters.write(handler, letter, elements=elements, paragraphs="", word="青科公复", seen=0, anew=True)
    letters.take_step(handler, letter, "submit")
    pass_to_the_seal(letter)
    letters.take_step(handler, letter, "deliver", {"way": "electronic", "on": today()})
    return letter


def download(opened: Page, name: Words) -> bytes:
    with opened.expect_download() as loading:
        opened.get_by_role("link", name=name).click()
    return Path(loading.value.path()).read_bytes()


def cells(table: str) -> dict[str, dict[str, object]]:
    """Those of the year's table that are not 0, as compiled today."""
    day = clock.today()
    found = compile_report(BODY, day.year, day).report.tables[table]
    kept: dict[str, dict[str, object]] = {
        row: {column: told for column, told in of.items() if told} for row, of in found.items()
    }
    return {row: of for row, of in kept.items() if of}


def report_on_the_year(officer: Page) -> Page:
    """The report on this year, begun from the ledgers on its own page."""
    officer.goto("/desk/annual/")
    officer.get_by_label("报告年度").fill(str(clock.today().year))
    officer.get_by_role("button", name="由台账起草").click()
    expect(officer.get_by_text("已由台账起草")).to_be_visible()
    return officer


def printed(report: Page, table: str) -> dict[str, dict[int, str]]:
    """What the report's page shows in a table, without the cells of 0: the words of the row → column from 1 → figure.

    Columns count the cells of figures from the left, as the form prints them (国办公开办函〔2021〕30号附件).
    """
    shown = report.evaluate(
        """table => [...document.querySelectorAll(`a[href*="/cells/${table}/"]`)].map(link => {
            const cell = link.closest("td"), row = cell.parentElement
            const heads = [...row.querySelectorAll("th")]
            return [heads.length ? heads.at(-1).innerText : "", [...row.querySelectorAll("td")].indexOf(cell) + 1,
                    link.innerText.trim()]
        })""",
        table,
    )
    told: dict[str, dict[int, str]] = {}
    for row, column, figure in shown:
        if figure != "0":
            told.setdefault(re.sub(r"\s", "", row), {})[column] = figure
    return told


def archive(officer: Page, path: str) -> list[str]:
    """The package of the closed case, without who asked, and the entry of its hand-over; the names in the package."""
    officer.goto(path)
    officer.get_by_role("link", name="案卷", exact=True).click()
    officer.get_by_label("制作的理由").fill("移交档案室")
    with officer.expect_download() as loading:
        officer.get_by_role("button", name="制作并下载").click()
    with zipfile.ZipFile(loading.value.path()) as package:
        names = package.namelist()
        assert not [each for each in names if APPLICANT.encode() in package.read(each)]
    officer.get_by_label("归档日").fill(today())
    officer.get_by_label("依据", exact=True).fill("移交清单第1号")
    officer.get_by_role("button", name="登记归档").click()
    expect(officer.get_by_role("heading", level=1)).to_contain_text("已归档")
    return names
