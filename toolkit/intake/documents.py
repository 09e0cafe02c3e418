"""A Word document as material: its paragraphs, headers, footers and notes."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from toolkit.intake.material import Link, Material, What, Words
from toolkit.office.accessible import check_accessible
from toolkit.office.fields import told
from toolkit.office.opc import Package, R, W, properties
from toolkit.office.word import Document, Paragraph, copies, paragraphs, stories
from toolkit.problems import counted

_SEVERAL = {
    "comment": "comments",
    "paragraph with deleted words": "paragraphs with deleted words",
    "paragraph with hidden words": "paragraphs with hidden words",
}
_STORIES = {"hdr": "Header", "ftr": "Footer", "footnotes": "Footnote", "endnotes": "Endnote"}


def document(path: Path, package: Package) -> Material:
    """A document. Raises Invalid for parts that cannot be read."""
    about, opened = properties(package), Document(package)
    words: list[Words] = []
    links: list[Link] = []
    passed: list[str] = []
    _story(opened, opened.main, opened.root, "", words, links, passed)
    for part, root in stories(opened):
        _story(opened, part, root, _STORIES.get(root.tag.removeprefix(W), "Note"), words, links, passed)
    for part in package.related(package.main(), "comments"):
        passed += ["comment" for _ in package.root(part).iter(f"{W}comment")]
    title = about.get("title", "")
    language = about.get("language", "")
    barriers = tuple(check_accessible(package))
    remarks = tuple(
        f"not read: {counted(number, what, _SEVERAL[what])}" for what, number in Counter(passed).items()
    )
    return Material(
        path, "document", title, language, tuple(words), tuple(links), (), barriers, remarks=remarks
    )


def _story(
    document: Document,
    part: str,
    root: Any,
    name: str,
    words: list[Words],
    links: list[Link],
    passed: list[str],
) -> None:
    second = copies(root)
    addresses = {rel.id: rel.target for rel in document.package.rels(part)}
    for number, paragraph in enumerate(paragraphs(root), 1):
        if paragraph.element in second or not (text := _said(document, paragraph, second, passed)):
            continue
        place = f"{name}, paragraph {number}" if name else f"Paragraph {number}"
        level = document.level(paragraph.element, paragraph.properties)
        what: What = "heading" if level else "cell" if paragraph.cells else "text"
        there = [
            ("".join(t.text or "" for t in link.iter(f"{W}t")), addresses.get(link.get(f"{R}id") or "", ""))
            for link in paragraph.links
        ]
        there += told(run.element for run in paragraph.runs).links()
        links += [Link(place, said, address, len(words)) for said, address in there if address]
        words.append(Words(place, text, what, level))


def _said(document: Document, paragraph: Paragraph, second: set[Any], passed: list[str]) -> str:
    """The words that readers see: without second copies, and those that are deleted or hidden, of which
    `passed` is told.
    """
    under = document.under(paragraph)
    seen: list[str] = []
    left: dict[str, None] = {}
    for run in paragraph.runs:
        if run.element in second:
            continue
        if run.change == "deleted":
            left["paragraph with deleted words"] = None
        elif run.properties is not None and document.facts(run, paragraph, under).hidden:
            left |= {"paragraph with hidden words": None} if run.said.strip() else {}
        else:
            seen.append(run.said)
    passed += left
    return "".join(seen).strip()
