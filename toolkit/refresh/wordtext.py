"""The words of a Word report by paragraphs, with the numbers that Word gives them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from toolkit.office.opc import W, read_package
from toolkit.office.word import Document, Paragraph, copies, paragraphs
from toolkit.problems import Invalid, Place


def paragraphs_of(path: Path, data: bytes) -> tuple[list[str], list[str], list[str]]:
    """What each paragraph is called, its words, and its number as Word prints it, or nothing; the notes come
    last. Raises Invalid for what is no Word file.
    """
    package = read_package(data, str(path))
    document = Document(package)
    if document.root.tag != f"{W}document":
        message, hint = "this is not a Word file", "take the report as a PDF or as a Word document"
        raise Invalid.at(Place(path), message, hint)
    numbering = _Numbering(document)
    parts, numbers = [], []
    for words, number in _words(document, document.root, numbering):
        parts.append(words)
        numbers.append(number)
    names = [f"para {number}" for number in range(1, len(parts) + 1)]
    for kind, name in (("footnotes", "note"), ("endnotes", "endnote")):
        for part in package.related(document.main, kind)[:1]:
            for count, note in enumerate(_notes(package.root(part)), 1):
                for words, _ in _words(document, note, numbering):
                    parts.append(words)
                    names.append(f"{name} {count}")
                    numbers.append("")
    return names, parts, numbers


def _notes(root: Any) -> list[Any]:
    """The notes of a set, without the lines that part them from the text."""
    return [note for note in root if note.get(f"{W}type") in (None, "normal") and len(note)]


def _words(document: Document, story: Any, numbering: _Numbering) -> Iterator[tuple[str, str]]:
    """The words of each paragraph that has some, and the number that Word gives it."""
    second = copies(story)
    for paragraph in paragraphs(story):
        number = numbering.next(paragraph)
        words = ""
        for run in paragraph.runs:
            if run.change == "deleted" or run.element in second:
                continue
            if run.properties is None or not document.facts(run, paragraph, None).hidden:
                words += _said(run.element)
        if words.strip():
            yield words, number


def _said(run: Any) -> str:
    """The words of a run: with the breaks, tabs and hyphens that stand in it."""
    signs = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
    words = ""
    for piece in run:
        if piece.tag == f"{W}t":
            words += piece.text or ""
        elif isinstance(piece.tag, str):
            words += signs.get(piece.tag.removeprefix(W), "")
    return words


class _Numbering:
    """What Word counts as it goes through a document: the numbers before paragraphs."""

    def __init__(self, document: Document) -> None:
        self._document = document
        part = next(iter(document.package.related(document.main, "numbering")), "")
        root: Any = document.package.root(part) if part else ()
        kinds = {e.get(f"{W}abstractNumId"): e for e in root if e.tag == f"{W}abstractNum"}
        self._lists: dict[str, tuple[str, dict[int, Any]]] = {}
        for element in root:
            named = element.find(f"{W}abstractNumId") if element.tag == f"{W}num" else None
            if named is not None and named.get(f"{W}val") in kinds:
                kind = named.get(f"{W}val")
                levels = {_number(level.get(f"{W}ilvl")): level for level in kinds[kind].iterfind(f"{W}lvl")}
                self._lists[element.get(f"{W}numId")] = kind, levels
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)

    def next(self, paragraph: Paragraph) -> str:
        """The number before the next paragraph, where it is one such as 5.2; nothing for any other."""
        held = self._document.of_paragraph(paragraph.properties, "numPr")
        named, deep = (held.find(f"{W}numId"), held.find(f"{W}ilvl")) if held is not None else (None, None)
        kind, levels = self._lists.get(named.get(f"{W}val") if named is not None else "", ("", {}))
        level = _number(deep.get(f"{W}val")) if deep is not None else 0
        if level not in levels:
            return ""
        counts = self._counts[kind]
        counts[level] = counts[level] + 1 if level in counts else _start(levels[level])
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        text = levels[level].find(f"{W}lvlText")
        shown = text.get(f"{W}val") or "" if text is not None else ""
        for above in range(level + 1):
            if f"%{above + 1}" in shown:
                form = levels[above].find(f"{W}numFmt") if above in levels else None
                if form is not None and form.get(f"{W}val") != "decimal":
                    return ""
                count = counts.get(above, _start(levels[above]) if above in levels else 1)
                shown = shown.replace(f"%{above + 1}", str(count))
        return shown.rstrip(".) ") if _DOTTED.fullmatch(shown) else ""


_DOTTED = re.compile(r"\d+(\.\d+)+[.) ]*")


def _number(said: str | None) -> int:
    return int(said) if said and said.isascii() and said.isdigit() and len(said) < 6 else 0


def _start(level: Any) -> int:
    start = level.find(f"{W}start")
    return _number(start.get(f"{W}val")) if start is not None else 0
