"""Words as a built file remembers them: fingerprints, with which it can be told of every word whether it
stood there when the file was built, and where it came from.

No word can be read out of them: what somebody takes out of a file does not travel on in it. Each word of a
file has a number, in the order in which the words first stand there; a paragraph is a row of such numbers,
in stretches that come from the same places.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Sequence

WORD = re.compile(r"[^\W_]+")  # letters and digits alone: the rest a PDF may part, join or draw otherwise
ANY_NUMBER = "0000"  # the fingerprint that stands for every number, as in “Page 3 of 7”
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_VALUES = {letter: n for n, letter in enumerate(_LETTERS)}
_MORE = 32  # added to all but the last letter of a number

# The lines of the table that some words come from, and the fingerprints of the words.
Stretch = tuple[tuple[int, ...], tuple[str, ...]]


def words_of(text: str) -> list[str]:
    """The words of a text, without the marks between them."""
    return WORD.findall(text)


def fingerprint(word: str) -> str:
    """Four letters that tell a word from others."""
    value = zlib.crc32(word.encode("utf-8", "surrogatepass"))
    return "".join([_LETTERS[value >> at & 63] for at in (18, 12, 6, 0)])


class Prints:
    """Gathers the paragraphs of a file, each once."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}
        self._said: dict[str, None] = {}

    def add(self, stretches: Iterable[tuple[str, Sequence[str]]]) -> None:
        """A paragraph: lines of the table, each with its words."""
        found = []
        for lines, words in stretches:
            codes = [self._codes.get(word) or self._code(word) for word in words]
            if codes:
                found.append(f"{lines}:{''.join(codes)}")
        if found:
            self._said[".".join(found)] = None

    def _code(self, word: str) -> str:
        number = len(self._codes)
        code = _LETTERS[number % _MORE]
        while number := number // _MORE:
            code = _LETTERS[number % _MORE + _MORE] + code
        return self._codes.setdefault(word, code)

    def written(self) -> tuple[str, str]:
        """The fingerprints of the words, and the paragraphs."""
        prints = [ANY_NUMBER if word == ANY_NUMBER else fingerprint(word) for word in self._codes]
        return "".join(prints), " ".join(self._said)


def read(prints: str, paragraphs: str) -> Iterator[tuple[Stretch, ...]]:
    """The paragraphs of a file, as `written` gives them; those that somebody spoilt are left out."""
    known = [prints[at : at + 4] for at in range(0, len(prints), 4)]
    for paragraph in paragraphs.split():
        try:
            yield tuple(_stretch(one, known) for one in paragraph.split("."))
        except (ValueError, LookupError):
            continue


def _stretch(written: str, known: Sequence[str]) -> Stretch:
    lines, _, codes = written.partition(":")
    found, number = [], 0
    for letter in codes:
        value = _VALUES[letter]
        number = number * _MORE + value % _MORE
        if value < _MORE:
            found.append(known[number])
            number = 0
    return tuple(int(line) for line in lines.split(",") if line), tuple(found)
