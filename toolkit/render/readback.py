"""The finished bytes, read again by other code than wrote them: does every word, title and note of the plan stand where it belongs?"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections import Counter
from io import BytesIO
from typing import Any

from lxml import etree

from toolkit.plan.model import Page, Plan, words
from toolkit.problems import Problem

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def check_deck(data: bytes, plan: Plan) -> list[Problem]:
    """Words, titles, notes and alternative texts of a .pptx that did not arrive."""
    package = zipfile.ZipFile(BytesIO(data))
    slides = _slides(package)
    if len(slides) != len(plan.pages):
        return [
            Problem(
                plan.pages[0].place,
                f"the deck has {len(slides)} slides, but {len(plan.pages)} were planned",
                _FAULT,
            )
        ]
    problems: list[Problem] = []
    for page, name in zip(plan.pages, slides):
        root = etree.fromstring(package.read(name))
        title = next(
            (
                sp
                for sp in root.iter(f"{P}sp")
                if (ph := sp.find(f".//{P}ph")) is not None and ph.get("type") in ("title", "ctrTitle")
            ),
            None,
        )
        if title is None or _letters(title) != page.title:
            problems.append(_lost(page, "its title", page.title))
        problems += _missing(page, "the slide", "\n".join(words(b) for _, b in page.slots), root)
        for frame in root.iter(f"{P}graphicFrame"):
            named = frame.find(f".//{P}cNvPr")
            if named is None or not named.get("descr"):
                problems.append(_lost(page, "an alternative text", "a table"))
        if page.printed:
            notes = next((target for kind, target in _relations(package, name) if kind == "notesSlide"), None)
            problems += _missing(
                page,
                "the notes page",
                words(page.printed),
                etree.fromstring(package.read(notes)) if notes else etree.Element("none"),
            )
    return problems


def check_document(data: bytes, plan: Plan) -> list[Problem]:
    """Words of a .docx that did not arrive."""
    root = etree.fromstring(zipfile.ZipFile(BytesIO(data)).read("word/document.xml"))
    there = _count(" ".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in root.iter(f"{W}p")))
    wanted: Counter[str] = Counter()
    for page in plan.pages:
        if not page.hidden:
            wanted += _count(
                "\n".join(
                    [page.title, *(words(b) for _, b in page.slots), *(words(n.blocks) for n in page.notes)]
                )
            )
    lost = wanted - there
    return (
        [Problem(plan.pages[0].place, f"words are missing from the document: {_some(lost)}", _FAULT)]
        if lost
        else []
    )


_FAULT = "this is a fault of the toolkit: nothing was written; please report it"


def _missing(page: Page, where: str, expected: str, root: Any) -> list[Problem]:
    there = _count(" ".join(_letters(p) for p in root.iter(f"{A}p")))
    lost = _count(expected) - there
    return [_lost(page, f"words of {where}", _some(lost))] if lost else []


def _lost(page: Page, what: str, shown: str) -> Problem:
    return Problem(page.place, f"“{page.title}” has lost {what}: {shown}", _FAULT)


def _some(lost: Counter[str]) -> str:
    return ", ".join(list(lost)[:8])


def _count(text: str) -> Counter[str]:
    return Counter(re.findall(r"\S+", text))


def _letters(element: Any) -> str:
    return "".join(t.text or "" for t in element.iter(f"{A}t"))


def _slides(package: zipfile.ZipFile) -> list[str]:
    relations = {i: target for i, _, target in _raw(package, "ppt/presentation.xml")}
    root = etree.fromstring(package.read("ppt/presentation.xml"))
    return [relations[str(e.get(f"{R}id"))] for e in root.iter(f"{P}sldId")]


def _relations(package: zipfile.ZipFile, part: str) -> list[tuple[str, str]]:
    return [(kind, target) for _, kind, target in _raw(package, part)]


def _raw(package: zipfile.ZipFile, part: str) -> list[tuple[str, str, str]]:
    """Id, kind and target part of each relationship."""
    folder, name = posixpath.split(part)
    found = []
    for relation in etree.fromstring(package.read(f"{folder}/_rels/{name}.rels")):
        identifier, kind, target = (str(relation.get(key)) for key in ("Id", "Type", "Target"))
        full = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found.append((identifier, kind.rsplit("/", 1)[-1], full))
    return found
