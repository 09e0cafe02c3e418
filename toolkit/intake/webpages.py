"""A saved web page as material: an HTML file, or one with its pictures in it (MHTML)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from toolkit.intake.material import Link, Material, What, Words
from toolkit.office.accessible.findings import (
    Finding,
    missing_title,
    poor_alternative,
    poor_table,
)
from toolkit.problems import Invalid, Place, counted

_UNSEEN = {"script", "style", "noscript", "template", "head", "svg", "math", "iframe", "object", "select"}
_NO_PROSE = {"script", "style", "head", "template"}  # nobody is meant to read these
_INSIDE = {
    *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "code", "del", "dfn", "em", "font"),
    *("i", "img", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong"),
    *("sub", "sup", "time", "tt", "u", "var", "wbr"),
}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_HEADING = re.compile(r"h([1-6])")
_DEEPEST = 400  # elements inside each other; a page that people made has a few dozen


def saved_page(path: Path, data: bytes) -> Material:
    """A page that a browser saved in one file. Raises Invalid for one without a page in it."""
    try:
        for part in message_from_bytes(data, policy=policy.default).walk():
            if part.get_content_type() in ("text/html", "application/xhtml+xml"):
                held = part.get_payload(decode=True)
                if isinstance(held, bytes) and held.strip():
                    return page(path, held, part.get_content_charset())
    except (
        ValueError,
        LookupError,
        RecursionError,
        AttributeError,
        TypeError,
    ):  # what email meets in no mail
        pass
    message = "there is no web page in this file"
    raise Invalid.at(Place(path), message, "save the page again from your browser, or print it as a PDF")


def page(path: Path, data: bytes, encoding: str | None = None) -> Material:
    """A web page. Raises Invalid for one that holds no words."""
    from lxml import etree

    def parsed(named: str | None) -> Any:
        parser = etree.HTMLParser(
            encoding=named, no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
        )
        return etree.fromstring(data, parser)

    try:
        root = parsed(encoding or _encoding(data))
    except (etree.LxmlError, LookupError, ValueError):
        root = None
    if root is not None and _is_too_deep(root):
        message = f"in this web page more than {_DEEPEST} parts stand inside each other"
        raise Invalid.at(Place(path), message, "print it as a PDF from your browser, and take that")
    reader = _Reader(root) if root is not None else None
    if reader is None or not reader.words:
        message = "there are no words in this web page: perhaps a program fills it when it is shown"
        raise Invalid.at(Place(path), message, "print it as a PDF from your browser, and take that")
    title = " ".join("".join(root.xpath("string(//title)")).split())
    language = (root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip()
    barriers = tuple(_barriers(root, title, language, reader))
    return Material(
        path,
        "web page",
        title,
        language,
        tuple(reader.words),
        tuple(reader.links),
        (),
        barriers,
        unseen=tuple(_unseen(root)),
        remarks=_passed_over(root),
    )


def _is_too_deep(root: Any) -> bool:
    waiting = [(root, 1)]
    while waiting:
        element, depth = waiting.pop()
        if depth > _DEEPEST:
            return True
        waiting += [(child, depth + 1) for child in element]
    return False


def _unseen(root: Any) -> Iterator[Words]:
    """What stands in the code of a page and no reader sees: attributes, and parts that are not shown."""
    for element in root.iter():
        for value in element.attrib.values():
            yield Words("The code of the page", value)
        if element.tag in _UNSEEN or _is_hidden(element):
            yield Words("The code of the page", " ".join(element.itertext()))


def _passed_over(root: Any) -> tuple[str, ...]:
    """What is told of parts with words that readers are not shown."""
    parts = [
        one
        for one in root.iter()
        if (one.tag in _UNSEEN - _NO_PROSE or _is_hidden(one)) and "".join(one.itertext()).strip()
    ]
    what = counted(len(parts), "part of the page that is hidden or drawn", "parts that are hidden or drawn")
    return (f"not read: {what}",) if parts else ()


def _encoding(data: bytes) -> str | None:
    """UTF-8 where a page is written so; else what it says itself."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


class _Reader:
    """The paragraphs and links of a page, in order; and its pictures and tables with their places."""

    def __init__(self, root: Any) -> None:
        self.words: list[Words] = []
        self.links: list[Link] = []
        self.pictures: list[tuple[str, Any]] = []
        self.tables: list[tuple[str, Any]] = []
        self._text, self._what, self._level = "", "text", 0
        self._waiting: list[tuple[str, str]] = []
        self._read(root)
        self._end()

    @property
    def _place(self) -> str:
        return f"Paragraph {len(self.words) + 1}"

    def _read(self, element: Any) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        if not tag or tag in _UNSEEN or _is_hidden(element):
            return
        block = tag not in _INSIDE
        before = self._what, self._level
        if block:
            self._end()
            if heading := _HEADING.fullmatch(tag):
                self._what, self._level = "heading", int(heading[1])
            elif tag in ("td", "th"):
                self._what = "cell"
        elif tag == "br":
            self._text += "\n"
        if tag == "img":
            self.pictures.append((self._place, element))
        if tag == "table":
            self.tables.append((self._place, element))
        start = len(self._text)
        self._text += _flat(element.text)
        for child in element:
            self._read(child)
            self._text += _flat(child.tail)
        if tag == "a" and element.get("href"):
            said = " ".join(self._text[start:].split())
            said = said or " ".join(img.get("alt") or "" for img in element.iter("img")).strip()
            self._waiting.append((said, element.get("href").strip()))
        if block:
            self._end()
            self._what, self._level = before

    def _end(self) -> None:
        """The words so far are a paragraph."""
        text = "\n".join(" ".join(line.split()) for line in self._text.split("\n")).strip()
        if text:
            what: What = "heading" if self._level else "cell" if self._what == "cell" else "text"
            found = [Link(self._place, said, to, len(self.words)) for said, to in self._waiting if said]
            self.links += found
            self.words.append(Words(self._place, text, what, self._level))
        self._text, self._waiting = "", []


def _flat(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")


def _is_hidden(element: Any) -> bool:
    return element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "") is not None


def _has_heads(table: Any) -> bool:
    """Whether the first row of a table is surely meant as its header: it says so, or all of it is bold."""
    first = next(table.iter("tr"))
    if first.getparent().tag == "thead":
        return True
    for cell in first.xpath("./td"):
        bold = "".join("".join(one.itertext()) for one in cell.xpath(".//b|.//strong")).strip()
        if not bold or bold != "".join(cell.itertext()).strip():
            return False
    return True


def _barriers(root: Any, title: str, language: str, reader: _Reader) -> Iterator[Finding]:
    """What shuts readers out of a page, as far as its file shows it (WCAG 2.4.2, 3.1.1, 1.1.1, 1.3.1)."""
    for one in missing_title({"title": title}):
        yield Finding(
            one.level, one.rule, "The whole file", one.message, "say in <title> what the page is about"
        )
    if not language:
        message = (
            "the page does not say its language, so that a screen reader may read it with the wrong voice"
        )
        yield Finding("error", "Document language", "The whole file", message, 'write <html lang="en-GB">')
    for place, image in reader.pictures:
        if image.get("alt") is not None and not image.get("alt").strip():
            continue  # which says that it is decorative
        if image.get("role") in ("presentation", "none") or image.get("aria-hidden") == "true":
            continue
        if image.get("aria-label") or image.get("aria-labelledby"):
            continue
        name = (image.get("src") or "").split("?")[0].rpartition("/")[2][:60]
        where = f"{place}, {name}" if name and not (image.get("src") or "").startswith("data:") else place
        hint = 'say in alt="…" what the picture tells, or write alt="" where it only decorates'
        for one in poor_alternative((image.get("alt") or "").strip(), False, "picture", where):
            yield Finding(one.level, one.rule, one.where, one.message, hint)
    for place, table in reader.tables:
        if table.get("role") in ("presentation", "none") or table.xpath(".//table"):
            continue  # a layout
        rows = [
            [" ".join(cell.itertext()).strip() for cell in row.xpath("./td|./th")] for row in table.iter("tr")
        ]
        if len(rows) > 1 and min(map(len, rows)) > 1 and not table.xpath(".//th") and _has_heads(table):
            for one in poor_table(place, rows, 0, False, "rows:"):
                if one.rule == "No header row specified":
                    yield Finding(
                        one.level, one.rule, place, one.message, "make the cells of the first row <th>"
                    )
    headings = [one for one in reader.words if one.level]
    if not headings and len(reader.words) > 10:
        message = f"{len(reader.words)} paragraphs and no heading"
        hint = "make the headings <h1>, <h2> …; a screen reader jumps from one to the next"
        yield Finding("warning", "No headings in document", "The whole file", message, hint)
