"""Every place of an Office file or PDF in which words can hide: what stands there, and what it is called.

Of an Office file nothing is passed over: text, notes, alternative texts, properties, comments and who wrote
them, hidden slides, tracked changes, addresses of links, names of slides, shapes and bookmarks, variables,
custom XML, details of pictures, and files inside the file, which are read in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from toolkit import files
from toolkit.office.opc import TYPES, A, P, Package, W, is_xml, read_package
from toolkit.problems import Invalid, Place
from toolkit.safety.details import details, strings

DEEPEST = 3  # files inside files
_PDF = b"%PDF-"
_SENTENCE = 3  # words that letters in what is no text are read from on


class Words(NamedTuple):
    """Some words of a file: what the place is called that they stand in, and whether that place is `aside`:
    one in which programs write, such as an id, which only names are looked for in."""

    place: str
    text: str
    aside: bool = False


def words_of(path: Path, aside: bool = False) -> Iterator[Words]:
    """All words of a file; those of places in which programs write too, if `aside`. Raises Invalid for a file
    that is neither an Office file nor a PDF, or cannot be read."""
    try:
        data = files.read(path)
    except FileNotFoundError:
        hint = "check the spelling of the name and the folder"
        raise Invalid.at(Place(path), "there is no such file", hint) from None
    except (OSError, ValueError) as error:
        raise Invalid([files.unforeseen(path, OSError(str(error)))]) from None
    return words_in(data, path, aside)


def words_in(data: bytes, path: Path, aside: bool = False) -> Iterator[Words]:
    """The same of a file’s bytes; `path` stands in problems. What is plain text is read as such."""
    if _PDF in data[:1024]:
        from toolkit.safety.pdfhiding import words_of_pdf

        found: Iterator[Words] = (Words(*one) for one in words_of_pdf(data, path, words_in))
    elif data[:4] == b"PK\3\4" or data[:4] == b"\xd0\xcf\x11\xe0" or not _is_text(data):
        found = _Reader(read_package(data, str(path))).words()
    else:
        lines = data.decode("utf-8", "replace").splitlines()
        found = (Words(f"line {number}", line) for number, line in enumerate(lines, 1))
    seen = set()
    for one in found:
        if one not in seen and (aside or not one.aside) and one.text.strip():
            seen.add(one)
            yield one


def _is_text(data: bytes) -> bool:
    return b"\0" not in data[:4096] and bool(data.strip())


# What attributes are called that people write, by element, or everywhere; and what a warning calls them.
_WRITTEN = {
    "descr": "alternative text",
    "alt": "alternative text",
    "title": "title of a shape",
    "tooltip": "tip of a link",
    "author": "author of a change or comment",
    "initials": "initials of an author",
    "userId": "account of an author",
    "string": "WordArt",
    "instr": "field",
    "lastModifiedBy": "who saved it last",
}
_NAMED = {
    **dict.fromkeys(("cNvPr", "docPr"), "name of a shape"),
    **dict.fromkeys(("cmAuthor", "author", "person"), "author of a comment"),
    "bookmarkStart": "bookmark",
    "section": "name of a section",
    "docVar": "document variable",
    "property": "name of a property",
    "cSld": "name of a slide or layout",
    "custShow": "name of a custom show",
    "sheet": "name of a sheet",
    "definedName": "name in a workbook",
    "tag": "tag",
}
_VALUED = {
    "alias": "title of a field",
    "tag": "tag",
    "docVar": "document variable",
    "listItem": "choice of a field",
    "statusText": "help of a field",
    "helpText": "help of a field",
    "default": "what stands in a field",
}
_KINDS = {  # parts by the last word of the relationship that leads to them
    "notesSlide": "notes",
    "comments": "comments",
    "commentsExtended": "comments",
    "commentAuthors": "authors of comments",
    "authors": "authors of comments",
    "people": "authors of comments",
    "core-properties": "properties",
    "extended-properties": "properties",
    "custom-properties": "custom properties",
    "customXml": "custom XML",
    "customXmlProps": "custom XML",
    "header": "header",
    "footer": "footer",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "settings": "settings",
    "styles": "styles",
    "theme": "theme",
    "slideLayout": "layout",
    "slideMaster": "master",
    "notesMaster": "notes master",
    "handoutMaster": "handout master",
    "chart": "chart",
    "diagramData": "diagram",
    "diagramDrawing": "diagram",
    "image": "picture",
    "package": "file inside the file",
    "oleObject": "object inside the file",
    "glossaryDocument": "building blocks",
    "tags": "tags",
    "worksheet": "sheet",
    "sharedStrings": "cells",
    "thumbnail": "small picture of the file",
}
_PARAGRAPHS = (f"{A}p", f"{W}p")
_LOST = (f"{W}delText", f"{W}delInstrText")
_LETTERS = re.compile(r"[^\W\d_]{2}")


class _Reader:
    """Reads one package, part by part."""

    def __init__(self, package: Package, inside: str = "", depth: int = 0) -> None:
        self._package, self._inside, self._depth = package, inside, depth
        self._called = self._names()

    def words(self) -> Iterator[Words]:
        for part, data in self._package.parts.items():
            place = self._inside + self._called.get(part, f"part {part}")
            yield Words(f"{place}, name of the part", unquote(part), aside=True)
            if part == TYPES or not data:
                continue
            if part.endswith(".rels"):
                yield from self._links(part)
            elif is_xml(part) or part.endswith((".vml", ".svg")):
                yield from self._xml(part, place)
            else:
                yield from self._file(part, data, place)

    def _names(self) -> dict[str, str]:
        """What each part is called, in the words of whoever opens the file in Office."""
        package, main = self._package, self._package.main()
        called = {main: "body"}
        if main.startswith("ppt/"):
            called[main] = "presentation"
            targets = {rel.id: rel.target for rel in package.rels(main)}
            every = package.root(main).iterfind(f"{P}sldIdLst/{P}sldId")
            ids = [value for one in every for key, value in one.items() if key.endswith("}id")]
            for number, id in enumerate(ids, 1):
                part = targets.get(id, "")
                if part in package.parts:
                    hidden = package.root(part).get("show") in ("0", "false")
                    called[part] = f"{'hidden ' * hidden}slide {number}"
        waiting = ["", *called]
        while waiting:
            part = waiting.pop(0)
            for rel in package.rels(part):
                if not rel.external and rel.target in package.parts and rel.target not in called:
                    what = _KINDS.get(rel.kind, rel.kind)
                    owner = called.get(part, "")
                    plain = owner in ("", "body", "presentation") or part not in called
                    called[rel.target] = what if plain else f"{what} of {owner}"
                    waiting.append(rel.target)
        return called

    def _links(self, part: str) -> Iterator[Words]:
        folder, _, name = part.rpartition("_rels/")
        source = folder + name.removesuffix(".rels")
        place = self._inside + (self._called.get(source, "") or "the whole file")
        for rel in self._package.rels(source):
            if rel.external:
                yield from _address(f"{place}, address of a link", rel.target)

    def _xml(self, part: str, place: str) -> Iterator[Words]:
        try:
            root = self._package.root(part)
        except Invalid:
            if part.endswith((".vml", ".svg")):  # often no XML at all
                for text in strings(self._package.parts[part]):
                    yield Words(place, text)
                return
            raise
        number = 0
        for element in root.iter():
            if element.tag in _PARAGRAPHS:
                number += 1
                where = f"{place}, paragraph {number}" if element.tag == f"{W}p" else place
                yield from _paragraph(element, where)
            elif element.tag not in _IN_PARAGRAPHS:
                for said in (element.text, element.tail):
                    if said and said.strip():
                        yield Words(place, said.strip())
            yield from _attributes(element, place)

    def _file(self, part: str, data: bytes, place: str) -> Iterator[Words]:
        if data.startswith(b"PK\3\4") and self._depth < DEEPEST:
            try:
                package = read_package(data, part)
                yield from _Reader(package, f"{place}: ", self._depth + 1).words()
                return
            except Invalid:
                pass  # another kind of zip, or no file that Office would open
        if _PDF in data[:1024]:
            from toolkit.safety.pdfhiding import words_of_pdf

            for where, text, aside in words_of_pdf(data, self._package.path or Path(part), words_in):
                yield Words(f"{place}: {where}", text, aside)
            return
        for what, text in details(data):
            yield Words(f"{place}, {what}", text)
        if not part.endswith((".png", ".jpg", ".jpeg", ".gif", ".ttf", ".fntdata", ".odttf")):
            for text in strings(data):
                yield Words(place, text, aside=len(text.split()) < _SENTENCE)


_IN_PARAGRAPHS = frozenset(
    [f"{A}t", f"{W}t", f"{W}instrText", *_LOST, f"{A}r", f"{W}r", f"{W}hyperlink", f"{W}ins", f"{W}del"]
)


def _paragraph(paragraph: Element, place: str) -> Iterator[Words]:
    """The words of one paragraph without those of paragraphs inside it; apart from them what was deleted."""
    kept, lost, fields = [], [], []
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        if element.tag in _PARAGRAPHS:
            continue
        if element.tag in (f"{A}t", f"{W}t"):
            kept.append(element.text or "")
        elif element.tag in _LOST:
            lost.append(element.text or "")
        elif element.tag == f"{W}instrText":
            fields.append(element.text or "")
        elif element.tag in (f"{W}tab", f"{W}br", f"{A}br", f"{W}cr"):
            kept.append(" ")
        elif element.tag == f"{W}noBreakHyphen":
            kept.append("-")
        waiting.extend(reversed(element))
    yield Words(place, "".join(kept))
    if lost:
        yield Words(f"{place}, a tracked deletion", "".join(lost))
    if fields:
        yield from _address(f"{place}, a field", "".join(fields))


def _attributes(element: Element, place: str) -> Iterator[Words]:
    tag = str(element.tag).rpartition("}")[2]
    for key, value in element.items():
        if not _LETTERS.search(value) and not value[:1].isdigit():
            continue
        name = key.rpartition("}")[2]
        what = _WRITTEN.get(name)
        if name == "name":
            what = _NAMED.get(tag)
        elif name == "val":
            what = _VALUED.get(tag)
        elif name == "displayText":
            what = "choice of a field"
        if what:
            yield from _address(f"{place}, {what}", value)
        else:
            yield Words(f"{place}, {tag}", value, aside=True)


def _address(place: str, text: str) -> Iterator[Words]:
    yield Words(place, text)
    if "%" in text and (plain := unquote(text)) != text:
        yield Words(place, plain)
