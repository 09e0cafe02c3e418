"""Which words of an Office file come from which field of which point, long after it was built and edited.

Decks: the table names the id of the slide, that of the shape and the number of the paragraph, with a
fingerprint of its words. A paragraph is found by its words, in its shape or anywhere on its slide, or by its
number where the shape still has as many paragraphs. Documents: hidden bookmarks,
`_o` with the line of the table, stand round the words and move with them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element

from toolkit.late import pattern
from toolkit.office.opc import ORIGINS, A, P, Package, W, fingerprint, read_package, slides

_SHAPES = tuple(P + tag for tag in ("sp", "graphicFrame", "cxnSp", "pic"))
_PARAGRAPH = pattern(r"(\d+):([0-9a-f]+):([\d,]+)")
_MARK = pattern(r"_o(\d+)_\d+")


class Words(NamedTuple):
    """Some words of a file, where they stand, and their origin; several origins are joined by spaces."""

    place: str
    words: str
    origin: str


def origins(source: Path | bytes | Package) -> list[Words]:
    """The words of a .pptx or .docx that know where they come from, in reading order. Raises Invalid."""
    package = read_package(source)
    main, table = package.main(), table_of(package)
    if table is None:
        return []
    lines = {str(n): line for n, line in enumerate(lines_of(table), 1)}
    if package.kind() == "deck":
        return list(_deck(package, table, lines))
    return list(_document(package.root(main), lines))


def table_of(package: Package) -> Element | None:
    """The table of an Office file; None where it has none. LibreOffice ties that of a deck to the package."""
    parts = (*package.related(package.main(), "customXml"), *package.related("", "customXml"))
    tables = (package.root(part) for part in parts)
    return next((root for root in tables if root.tag == f"{{{ORIGINS}}}origins"), None)


def lines_of(table: Element) -> list[str]:
    """The lines of a table, each an origin or several."""
    return [e.text or "" for e in table.iterfind(f"{{{ORIGINS}}}o")]


def _deck(package: Package, table: Element, lines: dict[str, str]) -> Iterator[Words]:
    noted: dict[tuple[str | None, str | None], list[Element]] = {}
    for entry in table.iterfind(f"{{{ORIGINS}}}shape"):
        noted.setdefault((entry.get("slide"), entry.get("notes")), []).append(entry)
    for number, slide in enumerate(slides(package), 1):
        for words, origin in _page(package.root(slide.part), noted.get((slide.key, None), []), lines):
            yield Words(f"slide {number}", words, origin)
        for notes in slide.notes:
            for words, origin in _page(package.root(notes), noted.get((None, slide.key), []), lines):
                yield Words(f"notes of slide {number}", words, origin)


def _page(root: Element, entries: list[Element], lines: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The paragraphs of a slide or notes page that have an origin, with it."""
    said = []  # shape, number of the paragraph in it, words
    for shape in (element for element in root.iter() if entries and element.tag in _SHAPES):
        about = next(shape.iter(f"{P}cNvPr"), None)
        key = about.get("id") if about is not None else None
        for n, paragraph in enumerate(shape.iter(f"{A}p")):
            said.append((key, n, "".join([t.text or "" for t in paragraph.iter(f"{A}t")])))
    sizes = Counter(key for key, _, _ in said)
    alike: dict[str, list[int]] = {}
    for index, (_, _, words) in enumerate(said):
        alike.setdefault(fingerprint(words), []).append(index)
    found: dict[int, str] = {}
    changed: dict[tuple[str | None, int], str] = {}
    for entry in entries:
        key = entry.get("id")
        for at, print_, numbers in _PARAGRAPH.findall(entry.text or ""):
            origin = " ".join(filter(None, map(lines.get, numbers.split(","))))
            left = [index for index in alike.get(print_, ()) if index not in found]
            if left:
                found[min(left, key=lambda index: said[index][0] != key)] = origin
            elif entry.get("of") == str(sizes[key]):
                changed[key, int(at)] = origin
    for index, (key, n, words) in enumerate(said):
        origin = found.get(index) or changed.get((key, n), "")
        if origin and words.strip():
            yield words, origin


def _document(root: Element, lines: dict[str, str]) -> Iterator[Words]:
    paragraph = 0
    open_: dict[str, tuple[int, str, list[str]]] = {}
    for element in root.iter():
        if element.tag == f"{W}p":
            paragraph += 1
        elif element.tag == f"{W}bookmarkStart":
            if mark := _MARK.fullmatch(element.get(f"{W}name") or ""):
                open_[element.get(f"{W}id") or ""] = paragraph, lines.get(mark[1], ""), []
        elif element.tag == f"{W}bookmarkEnd" and element.get(f"{W}id") in open_:
            at, origin, words = open_.pop(element.get(f"{W}id") or "")
            if origin and "".join(words).strip():
                yield Words(f"paragraph {at}", "".join(words), origin)
        elif element.tag == f"{W}t":
            for _, _, words in open_.values():
                words.append(element.text or "")
