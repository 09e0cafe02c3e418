"""The words of a file as it is now, paragraph by paragraph, or in a PDF sheet by sheet, and what it says of
how it was built.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NamedTuple
from xml.etree.ElementTree import XML, Element, ParseError

from toolkit import files, seals
from toolkit.office.kept import NOTHING, Kept, kept_in
from toolkit.office.opc import LARGEST_XML, MC, ORIGINS, A, Package, read_package, slides
from toolkit.office.origins import lines_of, table_of
from toolkit.office.prints import Stretch, read
from toolkit.problems import Invalid, Place

Kind = Literal["deck", "document", "pdf"]
_DAMAGED = "the file is damaged, or it needs a password"
_AGAIN = "ask for it again, or build it again"


class Text(NamedTuple):
    """A paragraph, or all the words of a sheet of a PDF, and where it stands."""

    place: str
    words: str


@dataclass(frozen=True)
class Built:
    """What a file says of how it was built: what it was made of, the origins that its words have, and its
    paragraphs as fingerprints; and what of changes by hand was `kept`, and made anew by its build. `made` is
    empty in a file of a toolkit that did not write it down yet.
    """

    made: dict[str, Any] = field(default_factory=dict)
    lines: tuple[str, ...] = ()
    paragraphs: tuple[tuple[Stretch, ...], ...] = ()
    kept: Kept = NOTHING

    def origins(self, numbers: tuple[int, ...]) -> tuple[str, ...]:
        """The origins that lines of the table hold."""
        known = (self.lines[n - 1] for n in numbers if 0 < n <= len(self.lines))
        return tuple(dict.fromkeys(one for line in known for one in line.split()))


@dataclass(frozen=True)
class Opened:
    """A file that was read: its words, what it says of how it was built (None: nothing), whether it is just
    as it was built, and its parts, where it is an Office file.
    """

    path: Path
    kind: Kind
    texts: tuple[Text, ...]
    built: Built | None
    untouched: bool
    package: Package | None = None


def open_file(path: Path) -> Opened:
    """A .pptx, .docx or .pdf. Raises Invalid."""
    try:
        data = files.read(path, seals.LARGEST)
    except OSError as error:
        if not path.exists():
            hint = "check the spelling of the name and the folder"
            raise Invalid.at(Place(path), "there is no such file", hint) from None
        raise Invalid.at(Place(path), f"this file cannot be read: {error.strerror or error}") from None
    untouched = seals.is_own(data)
    if data.startswith(b"%PDF"):
        return Opened(path, "pdf", tuple(_sheets(path, data)), _of_pdf(data), untouched)
    if not data.startswith(b"PK") and path.suffix.casefold() not in (".pptx", ".docx"):
        message = "this is not a file that can be traced"
        raise Invalid.at(Place(path), message, "give a .pptx, .docx or .pdf that the toolkit built")
    package = read_package(path)
    kind = package.kind()
    texts = _slides(package) if kind == "deck" else _stories(package)
    return Opened(path, kind, tuple(texts), built(table_of(package)), untouched, package)


def built(table: Element | None) -> Built | None:
    """What a table says of how its file was built."""
    if table is None:
        return None
    prints, paragraphs, said = (
        (table.findtext(f"{{{ORIGINS}}}{name}") or "") for name in ("prints", "words", "made")
    )
    try:
        made = json.loads(said) if said else {}
    except (ValueError, RecursionError):
        made = {}
    made = made if isinstance(made, dict) and isinstance(made.get("of"), str) else {}
    return Built(made, tuple(lines_of(table)), tuple(read(prints, paragraphs)), kept_in(table))


def _of_pdf(data: bytes) -> Built | None:
    table = seals.table_of(data)
    if not table or len(table) > LARGEST_XML or b"<!DOCTYPE" in table:
        return None
    try:
        root = XML(table)
    except (ParseError, ValueError):
        return None
    return built(root if root.tag == f"{{{ORIGINS}}}origins" else None)


def _sheets(path: Path, data: bytes) -> Iterator[Text]:
    from toolkit.render.readback import printed  # heavy, and for PDFs alone

    try:
        sheets = printed(data)
    except Exception:  # whatever PDFium has against it
        raise Invalid.at(Place(path), _DAMAGED, _AGAIN) from None
    for number, words in enumerate(sheets, 1):
        yield Text(f"page {number}", words)


def _slides(package: Package) -> Iterator[Text]:
    for number, slide in enumerate(slides(package), 1):
        yield from (Text(f"slide {number}", words) for words in _paragraphs(package.root(slide.part)))
        for notes in slide.notes:
            yield from (Text(f"notes of slide {number}", w) for w in _paragraphs(package.root(notes)))


def _paragraphs(element: Element) -> Iterator[str]:
    """The paragraphs of a slide or notes page, without those that a file keeps for old programs."""
    if element.tag == f"{A}p":
        words = "".join(_runs(element))
        if words.strip():
            yield words
        return
    for child in element:
        if child.tag != f"{MC}Fallback":
            yield from _paragraphs(child)


def _runs(paragraph: Element) -> Iterator[str]:
    """The words of a paragraph, without the numbers that PowerPoint puts in."""
    for child in paragraph:
        if child.tag == f"{A}br":
            yield "\n"
        elif child.tag == f"{A}r" or (child.tag == f"{A}fld" and child.get("type") != "slidenum"):
            yield from (t.text or "" for t in child.iter(f"{A}t"))


def _stories(package: Package) -> Iterator[Text]:
    from toolkit.office.word import Document, paragraphs, stories

    document = Document(package)
    told = {"header": "header", "footer": "footer", "footnotes": "footnote", "endnotes": "endnote"}
    places = {part: word for kind, word in told.items() for part in package.related(document.main, kind)}
    for part, root in (("", document.root), *stories(document)):
        for number, paragraph in enumerate(paragraphs(root), 1):
            words = "".join(run.said for run in paragraph.runs if not run.gone)
            if words.strip():
                yield Text(f"{places.get(part, 'paragraph')} {number}" if not part else places[part], words)
