"""Old material as a plain value, whatever kind of file it was: words with their places, links, barriers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from toolkit.office.accessible.findings import Finding

What = Literal["title", "heading", "text", "notes", "cell"]
Kind = Literal["deck", "document", "pdf", "web page", "text"]


@dataclass(frozen=True)
class Words:
    """A paragraph: its place in words (Slide 3, Page 2, Paragraph 7), its text, and what it is. `level` is
    that of a heading, or 0.
    """

    place: str
    text: str
    what: What = "text"
    level: int = 0


@dataclass(frozen=True)
class Link:
    """A link: its place, its words and address, and the number of the paragraph that it stands in."""

    place: str
    words: str
    address: str
    paragraph: int


@dataclass(frozen=True)
class Notes:
    """The notes of a slide: their place, and how much of the box of their printed page they need at least."""

    place: str
    share: float


@dataclass(frozen=True)
class Material:
    """A file that was read. `barriers` are what shuts readers out of it, as far as its kind can tell;
    `has_links` says whether its kind shows where its links are. `unseen` is what stands in the code of a web
    page and no reader sees; `remarks` say what was passed over.
    """

    path: Path
    kind: Kind
    title: str
    language: str
    words: tuple[Words, ...]
    links: tuple[Link, ...] = ()
    notes: tuple[Notes, ...] = ()
    barriers: tuple[Finding, ...] = ()
    has_links: bool = True
    unseen: tuple[Words, ...] = ()
    remarks: tuple[str, ...] = ()


_MARK = re.compile(r"\s*(?:[-–—*•·▪◦○●‣➢]|\(?\d{1,2}[.)])\s")
_ENDS = re.compile(r"[.!?:;][”’\")\]]*\s*\Z")
_HANGS = re.compile(r"(?:[,–—-]|\b(?:and|or|of|the|to|for|in|an?|with|by|on|from|that|is|are|was))\s*\Z")
_SHORT = 55  # letters of a line that ended because its words did, not because the page did


def unwrapped(text: str) -> list[str]:
    """The paragraphs of a text whose lines a program or a person has broken: what goes on from a line to the
    next is together again.
    """
    found: list[str] = []
    last = ""
    for line in text.split("\n"):
        if not line.strip():
            last = ""
            continue
        goes_on = last and not _MARK.match(line) and not _ENDS.search(last)
        if goes_on and (line.lstrip()[:1].islower() or len(last) >= _SHORT or _HANGS.search(last)):
            found[-1] += f" {line.strip()}"
        else:
            found.append(line.strip())
        last = line
    return found


_SHORTENED = r"(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)(?<!\bSt)(?<!\bNo)(?<!\be\.g)(?<!\bi\.e)(?<!\b[A-Z])"
_SENTENCE_END = re.compile(rf"{_SHORTENED}[.!?][”’\")\]]*(?=\s+[\"“‘(A-Z0-9])|\n")


_PIECE = re.compile(r"\S[^\0]{0,1999}(?=\s|\Z)|\S+")  # what is longer than any sentence is read in pieces


def sentences(text: str) -> Iterator[str]:
    """The sentences of a paragraph, or the pieces of one that has none."""
    start = 0
    for end in [*(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]:
        piece = text[start:end].strip()
        if len(piece) <= 2000:
            yield from [piece] if piece else ()
        else:
            yield from _PIECE.findall(piece)
        start = end
