"""The words of a deck or document, line by line, with the box that each stands in: what a person may change.

A leaf is a slide with its notes page, or a whole document. A box is what holds paragraphs: a shape, a cell of
a table, the text between two tables. A placeholder or cell without words has an empty line. What a program
fills in by itself (numbers and dates of slides, running feet) is left out. Elements may be those of
the standard library, to be read, or of lxml, to be changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from itertools import count
from typing import Any, Literal, NamedTuple
from xml.etree.ElementTree import iterparse

from toolkit.office.opc import MC, ORIGINS, A, P, Package, W, fingerprint, slides

Where = Literal["slide", "notes", "table", "text"]

FEET = ("dt", "ftr", "hdr")  # placeholders of running feet and heads
_BY_ITSELF = (*FEET, "sldNum", "sldImg")  # placeholders that a program fills in
_HIDDEN = {
    f"{W}{tag}" for tag in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "sectPr", "fldChar", "instrText")
}
_HIDDEN.add(f"{MC}Fallback")
_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{A}br": "\n"}
_EVEN = str.maketrans({"\u00a0": " ", "\u202f": " ", "’": "'", "‘": "'", "“": '"', "”": '"', "–": "-"})
WAS = f"{{{ORIGINS}}}was"  # in the table of origins: the fingerprints of a leaf as it was built


class Line(NamedTuple):
    """A paragraph: its words, the number of its box in the leaf, where that is, and its element."""

    words: str
    box: int
    where: Where
    element: Any = None


class Leaf(NamedTuple):
    """A slide with its notes, or a document: what it is called in its file, and its lines.

    `key` is the number of a slide in the file's own list, `part` and `notes` are the names of its parts.
    """

    key: str
    lines: tuple[Line, ...]
    part: str = ""
    notes: str = ""


class Was(NamedTuple):
    """A leaf as it was built: the number that the slide had, the name of its page, and for each box where it
    is and the fingerprints of its lines that have words."""

    key: str
    page: str
    boxes: tuple[tuple[Where, tuple[str, ...]], ...]


def even(words: str) -> str:
    """Words as they are compared, a character for a character: what the toolkit sets by itself (spaces at
    which no line ends, curly quotes, dashes) is no change of anybody's."""
    return words.translate(_EVEN)


def plain(words: str) -> str:
    """The same, with single spaces."""
    return " ".join(even(words).split())


def typed(words: str) -> str:
    """Words as a person would type them: a space is a space."""
    return words.replace("\u00a0", " ").replace("\u202f", " ")


def mark(words: str) -> str:
    """The fingerprint of a line."""
    return fingerprint(plain(words))


def leaves(package: Package, trees: Mapping[str, Any] | None = None) -> list[Leaf]:
    """The leaves of a file in their order, read from its parts or from `trees` of these. Raises Invalid."""

    def root(part: str) -> Any:
        return trees[part] if trees and part in trees else package.root(part)

    main = package.main()
    if package.kind() == "document":
        return [Leaf("", document_lines(root(main)), main)]
    found = []
    for one in slides(package, root(main)):
        if one.part in package.parts:
            notes = next(iter(one.notes), "")
            lines = slide_lines(root(one.part), root(notes) if notes else None)
            found.append(Leaf(one.key, lines, one.part, notes))
    return found


def slide_lines(slide: Any = None, notes: Any = None) -> tuple[Line, ...]:
    """The lines of a slide, then those of its notes page."""
    found: list[Line] = []
    count = 0
    for root, where in ((slide, "slide"), (notes, "notes")):
        for holder, kind in _holders(root) if root is not None else ():
            paragraphs = [child for child in holder if child.tag == f"{A}p"]
            found += _box(paragraphs, count, "table" if kind and where == "slide" else where)  # type: ignore[arg-type]
            count += 1
    return tuple(found)


def _holders(root: Any) -> Iterator[tuple[Any, bool]]:
    """What holds paragraphs on a slide or notes page, in its order, and whether it is a cell of a table."""
    skipped: set[Any] = set()
    for element in root.iter():
        if element.tag == f"{MC}Fallback":
            skipped.update(element.iter())
        elif element in skipped:
            continue
        elif element.tag == f"{P}sp":
            body = element.find(f"{P}txBody")
            kind = holder_of(element)
            if body is not None and kind not in _BY_ITSELF and (kind or _says(body)):
                yield body, False
        elif element.tag == f"{A}tc":
            body = element.find(f"{A}txBody")
            if body is not None:
                yield body, True


def _says(body: Any) -> bool:
    """Whether words stand in a shape: programs give an empty text to shapes that have none."""
    return any((text.text or "").strip() for text in body.iter(f"{A}t"))


def holder_of(shape: Any) -> str:
    """The kind of placeholder that a shape is, such as title; nothing for another shape."""
    found = next(shape.iter(f"{P}ph"), None)
    return "" if found is None else found.get("type") or "obj"


def _box(paragraphs: Sequence[Any], number: int, where: Where) -> list[Line]:
    """The lines of a box: those with words, or its first one."""
    lines = [Line(words_of(one), number, where, one) for one in paragraphs]
    return [line for line in lines if line.words.strip()] or lines[:1]


def words_of(paragraph: Any) -> str:
    """The words of a paragraph that stand in it and in no box inside it."""
    return "".join([words for _, words in atoms(paragraph)])


def atoms(paragraph: Any) -> Iterator[tuple[Any, str]]:
    """The elements of a paragraph that hold text, or stand for a tab or a new line, with their words."""
    for child in paragraph:
        tag = child.tag
        if tag in (f"{A}t", f"{W}t"):
            yield child, child.text or ""
        elif tag in _SIGNS:
            yield child, _SIGNS[tag]
        elif tag == f"{A}fld":
            if (child.get("type") or "").startswith(("slidenum", "datetime")):
                continue
            yield from atoms(child)
        elif isinstance(tag, str) and tag not in _HIDDEN and tag not in _OWN_BOX:
            yield from atoms(child)


_OWN_BOX = {f"{W}txbxContent", f"{A}pPr", f"{A}rPr", f"{A}endParaRPr"}


def document_lines(root: Any) -> tuple[Line, ...]:
    """The lines of a document: the text between tables, each cell, and each box of a drawing are boxes."""
    body = root.find(f"{W}body")
    return () if body is None else tuple(_walked(body, "text", count()))


def document_marks(document: bytes) -> str:
    """The fingerprints of the lines of a document, of which never more than a piece is in memory."""
    return marked(_walked(_pieces(document), "text", count()))


def _pieces(document: bytes) -> Iterator[Any]:
    """What stands in the body of a document, one after the other; what has been read goes."""
    inside, body = 0, None
    for event, element in iterparse(BytesIO(document), ("start", "end")):
        if event == "start":
            inside += 1
            if body is None and element.tag == f"{W}body":
                body, inside = element, 0
        else:
            inside -= 1
            if body is not None and inside == 0:
                yield element
                body.clear()


def _walked(holder: Iterable[Any], where: Where, boxes: Iterator[int]) -> Iterator[Line]:
    open_: list[Any] = []

    def close() -> list[Line]:
        found = _box(open_, next(boxes), where) if open_ else []
        open_.clear()
        return found

    def go(element: Iterable[Any]) -> Iterator[Line]:
        for child in element:
            if child.tag == f"{W}p":
                open_.append(child)
                if _boxed(child):
                    yield from close()
                    for one in _outer(child):
                        yield from _walked(one, "text", boxes)
            elif child.tag == f"{W}tbl":
                yield from close()
                for cell in _cells(child):
                    yield from _walked(cell, "table", boxes)
            elif child.tag in _THROUGH:
                yield from go(child)

    yield from go(holder)
    yield from close()


_THROUGH = {f"{W}{tag}" for tag in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")}


def _boxed(paragraph: Any) -> bool:
    return next(paragraph.iter(f"{W}txbxContent"), None) is not None


def _outer(element: Any) -> Iterator[Any]:
    """The boxes of drawings inside an element, without those inside of these, and without second copies."""
    for child in element:
        if child.tag == f"{W}txbxContent":
            yield child
        elif child.tag != f"{MC}Fallback":
            yield from _outer(child)


def _cells(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == f"{W}tc":
            yield child
        elif child.tag in (f"{W}tr", *_THROUGH):
            yield from _cells(child)


# ------------------------------------------------------------------------------------------ as it was built


def marked(lines: Iterable[Line]) -> str:
    """The fingerprints of a leaf's lines, as the table of origins has them: a bar stands between boxes, and
    a letter first that says where a box is."""
    boxes: dict[int, list[str]] = {}
    for line in lines:
        there = boxes.setdefault(line.box, [_LETTERS[line.where]])
        if line.words.strip():
            there.append(mark(line.words))
    return "|".join(" ".join(one) for one in boxes.values())


def as_built(table: Any) -> list[Was]:
    """What a table of origins says of the leaves as they were built; nothing where it says nothing."""
    found = []
    for one in table.iter(WAS):
        boxes = [box.split() for box in (one.text or "").split("|")]
        known = tuple((_WHERES.get(box[0], "slide"), tuple(box[1:])) for box in boxes if box)
        found.append(Was(one.get("slide") or "", one.get("page") or "", known))
    return found


_LETTERS: dict[Where, str] = {"slide": "s", "notes": "n", "table": "c", "text": "t"}
_WHERES = {letter: where for where, letter in _LETTERS.items()}
_ORIGINS_END = re.compile(rb"<was[ >].*</was>(?=</origins>)|(?=</origins>)", re.S)


def with_leaves(table: bytes, said: str) -> bytes:
    """A table of origins with other words on how the leaves were built."""
    return _ORIGINS_END.sub(lambda _: said.encode(), table, count=1)
