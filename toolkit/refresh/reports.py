"""A report as it is read: the words of a PDF, Word file or plain text, by pages or paragraphs."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from toolkit import files
from toolkit.content.quotes import JOINED, cleaned, letters
from toolkit.problems import Invalid, Place, counted


@dataclass(frozen=True)
class Text:
    """The words of a report in one piece, and its parts (pages or paragraphs): where each begins, and what it
    is called.
    """

    words: str
    starts: tuple[int, ...]
    names: tuple[str, ...]

    @cached_property
    def letters(self) -> str:
        """Its letters and digits alone, in which quotes are looked for first."""
        return "".join(self._pieces)

    @cached_property
    def _pieces(self) -> list[str]:
        ends = (*self.starts[1:], len(self.words))
        return [letters(self.words[start:end]) for start, end in zip(self.starts, ends)]

    @cached_property
    def _counts(self) -> list[int]:
        counts = [0]
        for piece in self._pieces[:-1]:
            counts.append(counts[-1] + len(piece))
        return counts

    def place_of(self, letter: int) -> int:
        """Where in `words` a letter stands, by its number in `letters`."""
        part = bisect_right(self._counts, letter) - 1
        left = letter - self._counts[part]
        for match in _RUN.finditer(self.words, self.starts[part]):
            if left < match.end() - match.start():
                return match.start() + left
            left -= match.end() - match.start()
        return len(self.words)

    def part(self, place: int) -> int:
        """The number of the part in which a place lies."""
        return bisect_right(self.starts, place) - 1


_RUN = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Report:
    """A report: its file's name and digest, its words, and what is to be said of it. `texts` are two in a
    PDF: first without the running heads, so that sentences go on from page to page, then with them. `numbers`
    are those that Word gives to paragraphs, by part. In a text that is read `by_line` each part is a line.
    """

    name: str
    sha256: str
    kind: str
    texts: tuple[Text, ...]
    remarks: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    by_line: bool = False

    @property
    def size(self) -> str:
        """How long it is: 40 pages."""
        one, several = ("page", "pages") if self.kind == "pdf" else ("paragraph", "paragraphs")
        return counted(len(self.texts[0].starts), one, several)


def read_report(path: Path) -> Report:
    """A report from a file. Raises Invalid for one that holds no words that can be read, and says why."""
    place = Place(path)
    again = "get the report again from where it is published"
    data = files.read_named(path, "give the name of the report in it", again)
    digest = hashlib.sha256(data).hexdigest()
    head = data[:1024]
    if b"%PDF-" in head:
        from toolkit.refresh.pdftext import FEWEST, pages_of, scanned, without_heads

        pages = pages_of(path, data)
        if scanned(pages):
            message = "this PDF is a scan: pictures of pages, without words that can be searched"
            raise Invalid.at(place, message, _SCANNED)
        empty = [str(number) for number, page in enumerate(pages, 1) if len(letters(page)) < FEWEST]
        names = [f"p{number}" for number in range(1, len(pages) + 1)]
        texts = (joined(without_heads(pages), names, True), joined(pages, names, True))
        return Report(_name(path), digest, "pdf", texts, _wordless(empty))
    if data.startswith((b"PK\x03\x04", _OLD_OFFICE)):
        from toolkit.refresh.wordtext import paragraphs_of

        names, parts, numbers = paragraphs_of(path, data)
        if not any(map(letters, parts)):
            message = "there are no words in this Word file: perhaps its pages are pictures"
            raise Invalid.at(place, message, _SCANNED)
        return Report(_name(path), digest, "docx", (joined(parts, names),), (), tuple(numbers))
    for start, what, how in _OTHERS:
        if head.lstrip().lower().startswith(start):
            raise Invalid.at(place, f"this is {what}, which is not read", how)
    return _plain(path, data, digest)


def _name(path: Path) -> str:
    """The name of a file as it can stand in a review."""
    name = path.name.encode("utf-8", "replace").decode()
    return "".join(letter if letter.isprintable() else "?" for letter in name)


def _wordless(pages: Sequence[str]) -> tuple[str, ...]:
    if not pages:
        return ()
    which = "page" if len(pages) == 1 else "pages"
    some = ", ".join(pages[:10]) + (" and others" if len(pages) > 10 else "")
    return (f"there is next to no text on {which} {some}: words in pictures are not found",)


_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_SCANNED = "ask the board for the report with text, or let a scanner program read it (OCR), and take that"
_SAVE = "open it and save it as a PDF or as a Word document (.docx), then take that"
_OTHERS = (
    (b"{\\rtf", "a rich text file (.rtf)", _SAVE),
    (b"<!doctype html", "a web page", "print it as a PDF from your browser, then take that"),
    (b"<html", "a web page", "print it as a PDF from your browser, then take that"),
    (b"<?xml", "an XML file", _SAVE),
    (b"\x89png", "a picture", _SCANNED),
    (b"\xff\xd8\xff", "a picture", _SCANNED),
)


_ENDING = re.compile(r"(?<=[^\W\d_])[-‐\ufffe]\Z")
_STARTING = re.compile(r"[^\W\d_]")


def joined(parts: Sequence[str], names: Sequence[str], pages: bool = False) -> Text:
    """Parts as one text: on `pages` a sentence, and a word with a hyphen at the end, go on on the next."""
    pieces: list[str] = []
    starts, length = [], 0
    for part in parts:
        piece = cleaned(part).strip()
        if pages and pieces and _ENDING.search(pieces[-1][-2:]) and _STARTING.match(piece):
            pieces[-1] = pieces[-1][:-1] + JOINED
        elif pieces:
            gap = "\n" if pages else "\n\n"
            pieces[-1] += gap
            length += len(gap)
        starts.append(length)
        pieces.append(piece)
        length += len(piece)
    return Text("".join(pieces), tuple(starts), tuple(names))


def _plain(path: Path, data: bytes, digest: str) -> Report:
    text = _decoded(data)
    if text is None:
        raise Invalid.at(Place(path), "this is neither a PDF, a Word file nor a text", _SAVE)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")
    parts = [part for part in re.split(r"\n[ \t\u00a0]*\n", text) if part.strip()]
    if by_line := len(parts) < 2:
        parts = [line for line in text.split("\n") if line.strip()]
    names = [f"para {number}" for number in range(1, len(parts) + 1)]
    return Report(_name(path), digest, "txt", (joined(parts, names, by_line),), by_line=by_line)


def _decoded(data: bytes) -> str | None:
    """A text in whichever encoding it is saved: as UTF-8, UTF-16 or UTF-32, or as Windows and Macs did."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    nothing = data.count(0)
    if nothing:
        even, odd = data[::2].count(0), data[1::2].count(0)
        if max(even, odd) < 0.2 * len(data) or min(even, odd) > 0.05 * len(data):
            return None
        return data.decode("utf-16-be" if even > odd else "utf-16-le", "replace")
    old_mac = b"\r" in data and b"\n" not in data
    for encoding in ("utf-8", "mac-roman" if old_mac else "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text if sum(c < " " and c not in "\t\n\r\f\v" for c in text[:10_000]) < 10 else None
    return data.decode("latin-1")


_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
