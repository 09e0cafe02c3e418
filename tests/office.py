"""What stands in an Office file, read with zipfile and lxml alone, so that the tests do not trust the
toolkit's own reading.
"""

from __future__ import annotations

import posixpath
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


@dataclass(frozen=True)
class Slide:
    """The paragraphs of a slide, in reading order, those of its notes page, its title, and whether it is
    hidden.
    """

    title: str
    shown: tuple[str, ...]
    notes: tuple[str, ...]
    hidden: bool


def slides(path: Path) -> list[Slide]:
    """The slides of a deck in the order of the show."""
    with zipfile.ZipFile(path) as package:
        presentation = etree.fromstring(package.read("ppt/presentation.xml"))
        targets = _relations(package, "ppt/presentation.xml")
        return [_slide(package, targets[e.get(f"{R}id")][1]) for e in presentation.iter(f"{P}sldId")]


def document(path: Path) -> list[str]:
    """The paragraphs of a Word document, those of tables among them."""
    with zipfile.ZipFile(path) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    return [_words(p, f"{W}t") for p in root.iter(f"{W}p")]


def words(path: Path) -> str:
    """All text of a deck or document, one paragraph a line."""
    if path.suffix == ".docx":
        return "\n".join(document(path))
    return "\n".join(line for slide in slides(path) for line in (*slide.shown, *slide.notes))


def _slide(package: zipfile.ZipFile, part: str) -> Slide:
    root = etree.fromstring(package.read(part))
    title = next(
        (
            _words(sp, f"{A}t")
            for sp in root.iter(f"{P}sp")
            if (ph := sp.find(f".//{P}ph")) is not None and ph.get("type") in ("title", "ctrTitle")
        ),
        "",
    )
    notes = next(
        (target for kind, target in _relations(package, part).values() if kind == "notesSlide"), None
    )
    return Slide(
        title,
        _paragraphs(root),
        _paragraphs(etree.fromstring(package.read(notes))) if notes else (),
        root.get("show") == "0",
    )


def _paragraphs(root: Any) -> tuple[str, ...]:
    return tuple(_words(p, f"{A}t") for p in root.iter(f"{A}p"))


def _words(element: Any, tag: str) -> str:
    """The words as somebody would type them to find them: any space is a space."""
    return "".join(t.text or "" for t in element.iter(tag)).replace("\u00a0", " ")


def _relations(package: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    folder, name = posixpath.split(part)
    root = etree.fromstring(package.read(f"{folder}/_rels/{name}.rels"))
    return {
        e.get("Id"): (
            e.get("Type").rsplit("/", 1)[-1],
            posixpath.normpath(posixpath.join("/", folder, e.get("Target"))).lstrip("/"),
        )
        for e in root
    }
