"""Pages of a piece of information as people use them: its writing, its review, its page on the portal.

Each function clicks through one page by the words on it; what is asserted is the journey's own matter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from playwright.sync_api import Page, expect

from gongkai.bureau import clock
from gongkai.bureau.orgs.models import Person
from gongkai.bureau.publishing import draft_steps, drafting
from gongkai.bureau.publishing.drafting import Written
from gongkai.bureau.publishing.models import Column
from gongkai.bureau.publishing.uploads import Sent

BODY = "qinglan-kjj"
Desk = Callable[..., Page]
"""From a username and a path to a page of theirs at the desk."""
CONCLUDED = {"保密审查结论": "public", "结论的依据": "不涉及国家秘密、工作秘密、商业秘密和个人隐私。"}
REVIEW = (
    ("kezhang", "初审通过", {}), ("baomi", "作出保密复审结论", CONCLUDED), ("lingdao", "终审签发", {}),
    ("zhuanyuan", "公开", {}),
)  # fmt: skip
"""Who does what to an ordinary piece of information, with what is filled in."""


def today() -> str:
    return clock.today().isoformat()


def begin(handler: Page, column: str, title: str) -> str:
    """A draft in the column of that name; returns its path at the desk."""
    handler.goto("/desk/drafts/new/")
    options = handler.locator("#column option").filter(has_text=re.compile(f"^　*{column}$"))
    handler.get_by_label("栏目").select_option(str(options.first.get_attribute("value")))
    handler.get_by_label("标题").fill(title)
    handler.get_by_role("button", name="开始写").click()
    expect(handler.locator("form.has-editor")).to_be_visible()
    found = re.search(r"/desk/drafts/\d+/", handler.url)
    assert found
    return found[0]


def fill(handler: Page, **elements: str) -> None:
    """Elements beside the text, by the names of their fields."""
    handler.get_by_role("tab", name="要素").click()
    for name, told in elements.items():
        field = handler.locator(f"#elements [name={name}]")
        if field.evaluate("node => node.tagName") == "SELECT":
            field.select_option(told)
        else:
            field.fill(told)


def paste(handler: Page, html: str) -> None:
    """What the clipboard holds after copying in a word processor."""
    handler.locator(".text-editing").click()
    handler.evaluate(
        """html => {
          const data = new DataTransfer();
          data.setData("text/html", html);
          data.setData("text/plain", "");
          const paste = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
          document.querySelector(".text-editing").dispatchEvent(paste);
        }""",
        html,
    )


def submit(handler: Page) -> None:
    handler.get_by_role("button", name="送审", exact=True).click()
    expect(handler.get_by_text("已送审。")).to_be_visible()


def take(person: Page, path: str, word: str, fields: Mapping[str, str]) -> None:
    """One step of the review by its word; `fields` go by their labels."""
    person.goto(path)
    form = person.locator("form").filter(has=person.get_by_role("button", name=word, exact=True))
    if not form.is_visible():
        person.locator("summary").get_by_text(word, exact=True).click()
    for label, told in fields.items():
        field = form.get_by_label(re.compile(f"^{label}"))
        if field.evaluate("node => node.tagName") == "SELECT":
            field.select_option(told)
        else:
            field.fill(told)
    form.get_by_role("button", name=word, exact=True).click()
    expect(person.get_by_text(f"已办理：{word}。")).to_be_visible()


def reviewed(desk: Desk, path: str, *steps: tuple[str, str, Mapping[str, str]]) -> None:
    for username, word, fields in steps or REVIEW:
        take(desk(username), path, word, fields)


def address(person: Page, path: str) -> str:
    """The path on the portal of what was made public from the draft."""
    person.goto(path)
    found = person.locator('dl.facts a[href^="/info/"]').get_attribute("href")
    assert found
    return found


def published(title: str, html: str, *files: Sent) -> str:
    """A notice that is public already, made through the services; returns the path of its draft."""
    by = {
        "submit": "chengban",
        "pass_section": "kezhang",
        "conclude": "baomi",
        "sign": "lingdao",
        "publish": "zhuanyuan",
    }
    people = {each.username: each for each in Person.objects.filter(username__in=by.values())}
    writer = people["chengban"]
    made = drafting.begin(writer, Column.objects.get(body__code=BODY, code="notices").pk)
    told = {"title": title, "kind": "information", "source": "made", "genre": "公示", "topic": "科技、教育"}
    drafting.write(writer, made, Written({**told, "formed_on": today()}, html), seen=0)
    for each in files:
        drafting.attach(writer, made, each)
    for act, username in by.items():
        given = {"conclusion": "public", "ground": "不涉及"} if act == "conclude" else {}
        draft_steps.take_step(people[username], made, act, given)
    return f"/desk/drafts/{made}/"
