"""Where the words of a quote stand in a report: letter by letter, and at no other place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.content.quotes import JOINED, UNKNOWN, core, letters, same
from toolkit.refresh.numbered import number_at
from toolkit.refresh.reports import Report, Text

MOST = 20  # places of one quote that are told


@dataclass(frozen=True)
class Match:
    """A place where words stand: as a cite has it, and the sentence round them. `denied` is a word just
    before them that turns their meaning round, such as “not”.
    """

    where: str
    sentence: str
    denied: str = ""


def find(report: Report, quote: str) -> list[Match]:
    """The places where the words of a quote stand, in order; none where a letter, digit or sign differs."""
    words = core(quote)
    for text in report.texts:
        if found := [_match(report, text, start, end) for start, end in _places(text, words)]:
            return found
    return []


def _places(text: Text, words: str) -> Iterator[tuple[int, int]]:
    wanted = letters(words)
    at, found = text.letters.find(wanted) if wanted else -1, 0
    while at >= 0 and found < MOST:
        place = _exact(text.words, text.place_of(at), text.place_of(at + len(wanted) - 1) + 1, words)
        if place and not _is_part(text.words, *place):
            found += 1
            yield place
        at = text.letters.find(wanted, at + 1)


def _exact(words: str, start: int, end: int, quote: str) -> tuple[int, int] | None:
    """Where words stand exactly as quoted, with signs such as £ that belong to them at their ends."""
    for before in range(_wide(quote) + 1):
        for after in range(_wide(quote[::-1]) + 1):
            first, last = max(0, start - before), min(len(words), end + after)
            if same(words[first:last], quote):
                return first, last
    return None


def _wide(quote: str) -> int:
    """How far signs may reach before the first letter of a quote."""
    first = re.search(r"[^\W_]", quote)
    return 2 * first.start() + 1 if first and first.start() else 0


# What may not stand right before or after a quote: then it begins or ends inside a word or a number. Letters
# of fonts that do not say which they are may be any; two of them are the bullets of Word.
HIDDEN = f"{UNKNOWN}\ue000-\uf0a6\uf0a8-\uf0b6\uf0b8-\uf8ff"
_ANY = rf"[\w{HIDDEN}]"
_BEFORE = re.compile(rf"(?:{_ANY}|\w[-‐‑–−{JOINED}'’])\Z")
_BEFORE_DIGIT = re.compile(r"(?:(?:^|[\s(])[-−–]|[£$€]|\d[.,/:])\Z")
_AFTER = re.compile(rf"{_ANY}|[-‐‑–−{JOINED}'’]\w")
_AFTER_DIGIT = re.compile(r"[.,/:]\d|\s?%")


def _is_part(words: str, start: int, end: int) -> bool:
    """Whether a piece of a text begins or ends inside a word or a number."""
    before = words[max(0, start - 2) : start]
    return bool(
        _BEFORE.search(before)
        or (words[start].isdigit() and _BEFORE_DIGIT.search(before))
        or _AFTER.match(words, end)
        or (words[end - 1].isdigit() and _AFTER_DIGIT.match(words, end))
    )


# A number or mark before a sentence.
LEAD = re.compile(
    r"^(?:(?:\d{1,3}(?:\.\d{1,3}){1,3}[.:)]?|\d{1,3}[.)])\s+(?=[A-Z“‘\"'(])|[•●▪\uf0b7\uf0a7–-]\s+)"
)
_END = re.compile(r"[.!?][”’\"')\]]*\s+|\n\n+|[•●▪\uf0b7\uf0a7]\s")
_DENIALS = re.compile(
    r"\b(?:not|no|never|nobody|none|nor|neither|without|cannot|nothing|hardly|rarely|seldom|unable|failed|fails"
    r"|failing|denied|denies|lack(?:ed)?|refused|incorrect|untrue|false)\b|n['’]t\b",
    re.I,
)


def sentence_at(words: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentences begin and end in which a piece of a text lies; at most 400 letters on each side."""
    low, high = max(0, start - 400), min(len(words), end + 400)
    first = max((match.end() for match in _END.finditer(words, low, start)), default=low)
    ends = re.compile(r"[.!?][”’\"')\]]*(?=\s|$)|\n\n").search(words, max(start, end - 1), high)
    return first, max(end, ends.end() if ends else high)


def plain(words: str, whole: str = "") -> str:
    """Words of a report on one line, those that were parted at the end of a line whole again."""
    return " ".join(mended(words, whole).split())


def mended(words: str, whole: str = "") -> str:
    """Words of a report without the marks of line ends inside words. One that was parted has its hyphen where
    the whole report writes it so elsewhere, or where it goes on with a capital.
    """

    def one(match: re.Match[str]) -> str:
        parted = f"{match[1]}-{match[2]}"
        hyphen = parted in whole or (match[1][-1].islower() and match[2][0].isupper())
        return parted if hyphen else match[1] + match[2]

    return _PARTED.sub(one, words).replace(JOINED, "")


_PARTED = re.compile(rf"([^\W_]+){JOINED}([^\W_]+)")


def _match(report: Report, text: Text, start: int, end: int) -> Match:
    first, last = sentence_at(text.words, start, end)
    before = " ".join(text.words[first:start].split()[-6:])
    denials = list(_DENIALS.finditer(before))
    denied = denials[-1][0] if denials else ""
    sentence = LEAD.sub("", plain(text.words[first:last], text.words))
    return Match(place(report, text, start, end), sentence, denied)


def place(report: Report, text: Text, start: int, end: int) -> str:
    """Where a piece of a report stands, as a cite has it: 5.2, p11."""
    first, last = text.part(start), text.part(end - 1)
    name, other = text.names[first], text.names[last]
    if report.kind == "pdf":
        number = number_at(text, start)
        pages = name if first == last else f"{name}–{other.removeprefix('p')}"
        return f"{number}, {pages}" if number else pages
    begins = text.starts[first]
    if report.by_line:
        return number_at(text, start) or name
    number = report.numbers[first] if report.numbers else ""
    if not number and (found := _NUMBERED.match(text.words, begins)):
        number = found[1]
    return number or name


_NUMBERED = re.compile(r"(\d{1,3}(?:\.\d{1,3}){1,3})[.:)]?\s+(?=\S)")
