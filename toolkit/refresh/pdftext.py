"""The words of a PDF by pages, and without what stands on many pages at the same edge."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from toolkit.content.quotes import JOINED, letters
from toolkit.problems import Invalid, Place

FEWEST = 25  # letters on a page that has words


def scanned(pages: Sequence[str]) -> bool:
    """Whether pages have no words: those of a scan are pictures."""
    return sum(len(letters(page)) for page in pages) < FEWEST * len(pages)


def pages_of(path: Path, data: bytes) -> list[str]:
    """The words of each page. Raises Invalid for a PDF that nobody can open."""
    import pypdfium2  # heavy, and for PDFs alone

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", 0) in (4, 5):  # a password, or a protection that pdfium does not know
            message = "this PDF asks for a password"
            hint = "open it with the password, print it as a PDF without one, and take that"
            raise Invalid.at(Place(path), message, hint) from None
        raise _damaged(path) from None
    with document:
        pages = []
        try:
            for number in range(len(document)):
                page = document[number]
                text = page.get_textpage()
                pages.append(_lines(text))
                text.close()
                page.close()
        except pypdfium2.PdfiumError:
            raise _damaged(path) from None
    if not pages:
        raise _damaged(path)
    return pages


def _lines(page: Any) -> str:
    """The words of a page, line by line. pdfium leaves out a break after a hyphen at the end of a line, even
    where a page number is next."""
    text: str = page.get_text_range()
    pieces, done = [], 0
    for match in _HYPHEN.finditer(text):
        after = match.end()
        if match[0] == JOINED or _below(page, match.start(), after):
            pieces.append(text[done:after])
            done = after
    return "\n".join([*pieces, text[done:]]).replace("\r\n", "\n")


_HYPHEN = re.compile(rf"[-‐](?=\w)|{JOINED}")


def _below(page: Any, first: int, second: int) -> bool:
    """Whether a letter of a page stands on another line than the one before it."""
    _, low, _, high = page.get_charbox(first)
    _, low_too, _, high_too = page.get_charbox(second)
    return bool(high_too < low or low_too > high)


def _damaged(path: Path) -> Invalid:
    message = "this PDF is damaged, and cannot be opened"
    return Invalid.at(Place(path), message, "get the report again from where it is published")


_EDGE = 3  # lines at the top and the foot of a page, of which some may stand on other pages as well
_DIGITS = re.compile(r"\d+")


def without_heads(pages: Sequence[str]) -> list[str]:
    """Pages without the lines at their edges that stand on others as well, at the same edge: heads, feet and
    page numbers. A line with another number than its page's stays.
    """
    split = [page.strip("\n").split("\n") for page in pages]
    lines: dict[tuple[bool, int, str], list[tuple[int, list[int]]]] = defaultdict(list)
    for number, page in enumerate(split):
        for key, line in _edges(page):
            lines[key].append((number, [int(digits[:9]) for digits in _DIGITS.findall(line)]))
    least = max(3, len(pages) // 5)
    heads: set[tuple[int, tuple[bool, int, str]]] = set()
    for key, there in lines.items():
        if len(there) >= least:
            ruled = [
                _ruled([(page, digits[slot]) for page, digits in there]) for slot in range(key[2].count("#"))
            ]
            heads |= {(page, key) for page, _ in there if all(page in one for one in ruled)}
    return [
        "\n".join(_body(page, [key for key, _ in _edges(page) if (number, key) in heads]))
        for number, page in enumerate(split)
    ]


def _edges(page: Sequence[str]) -> Iterator[tuple[tuple[bool, int, str], str]]:
    """The first and last lines of a page: at which edge, how far from it, and the words, # for a number."""
    for place in range(min(_EDGE, len(page))):
        for top, line in ((True, page[place]), (False, page[-1 - place])):
            yield (top, place, _DIGITS.sub("#", line.strip())), line


def _ruled(numbers: Sequence[tuple[int, int]]) -> set[int]:
    """The pages on which a number is that of the page, as counted there, or one that never changes."""
    ahead = Counter(number - page for page, number in numbers).most_common(1)[0]
    alike = Counter(number for _, number in numbers).most_common(1)[0]
    if max(ahead[1], alike[1]) < max(3, len(numbers) * 0.6):
        return set()
    if ahead[1] >= alike[1]:
        return {page for page, number in numbers if number - page == ahead[0]}
    return {page for page, number in numbers if number == alike[0]}


def _body(page: Sequence[str], heads: Sequence[tuple[bool, int, str]]) -> Sequence[str]:
    """A page without the unbroken rows of such lines at its edges."""
    first = next((n for n in range(_EDGE) if not any(top and at == n for top, at, _ in heads)), _EDGE)
    last = next((n for n in range(_EDGE) if not any(not top and at == n for top, at, _ in heads)), _EDGE)
    return page[first : len(page) - last] if first + last < len(page) else ()
