"""Hiding the characters of a finding in a text: identifiers keep their ends, so that a reader sees what stood there."""

from __future__ import annotations

from lxml import html as lxml_html

STAR = "*"


def masked(text: str) -> str:
    """3301**********1234, 138****5678, 张*: long runs keep some characters at each end, short ones the first."""
    if len(text) >= 15:
        return text[:4] + STAR * (len(text) - 8) + text[-4:]
    if len(text) >= 8:
        return text[:3] + STAR * (len(text) - 7) + text[-4:]
    return text[:1] + STAR * (len(text) - 1)


def masked_html(html: str, text: str) -> str:
    """The fragment with every place where these characters stand in one run of text masked; else as it was."""
    if not text or not html:
        return html
    root = lxml_html.fragment_fromstring(html, create_parent="div")
    hidden = masked(text)
    changed = False
    for node in root.iter():
        if not isinstance(node.tag, str):
            continue
        for part in ("text", "tail"):
            if node is root and part == "tail":
                continue
            said = getattr(node, part)
            if said and text in said:
                setattr(node, part, said.replace(text, hidden))
                changed = True
        for name in ("alt", "title"):
            if text in node.get(name, ""):
                node.set(name, node.get(name, "").replace(text, hidden))
                changed = True
    if not changed:
        return html
    whole = str(lxml_html.tostring(root, encoding="unicode"))
    return whole.removeprefix("<div>").removesuffix("</div>")
