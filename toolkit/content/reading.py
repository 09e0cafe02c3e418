"""How easily a text is read: long sentences, reading age, abbreviations that are not explained.

Advice, never an error.

Limits: sentences of at most 25 words (GOV.UK content design); a reading age of about 12 to 14 suits
practitioners. Reading age is the Flesch-Kincaid grade (Kincaid and others, 1975) plus 5 years. Words of the
field that its readers use every day are left out of the count of syllables, because "safeguarding" is not
hard for a social worker.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from toolkit.content.nodes import parse, read_text
from toolkit.late import dataclass, pattern
from toolkit.problems import Place
from toolkit.shipped import packaged

LONGEST_SENTENCE = 25  # words
_SENTENCE = pattern(r"[^.!?]+[.!?]*[”’\")\]]*\s*")
_ABBREVIATION = pattern(r"\b[A-Z][A-Z&]{1,6}s?\b")


@dataclass(frozen=True)
class Reading:
    """How a whole text reads: words, mean words a sentence, reading age in years."""

    words: int
    mean: float
    age: float


@cache
def everyday(name: str) -> frozenset[str]:
    """The `words` or the `short_forms` that every reader knows: reference/everyday-words.yaml."""
    path = packaged() / "reference" / "everyday-words.yaml"
    return frozenset(parse(path, read_text(path)).plain()[name])


def sentences(text: str) -> list[str]:
    """The sentences of a text."""
    return [s.strip() for s in _SENTENCE.findall(text) if s.strip()]


def long_sentences(text: str) -> list[str]:
    """The sentences with more than 25 words."""
    return [s for s in sentences(text) if len(s.split()) > LONGEST_SENTENCE]


def read(texts: Iterable[str]) -> Reading:
    """How some texts read together. All zeros when there are no words."""
    every = [s for text in texts for s in sentences(text)]
    words = [w for s in every for w in re.findall(r"[^\W\d_][\w’'-]*", s)]
    if not words:
        return Reading(0, 0.0, 0.0)
    mean = len(words) / len(every)
    hard = [w for w in words if w.casefold().replace("’", "'") not in everyday("words")]
    rate = sum(map(syllables, hard)) / len(hard) if hard else 1.0
    return Reading(len(words), round(mean, 1), round(max(0.39 * mean + 11.8 * rate - 15.59, 0) + 5, 1))


def syllables(word: str) -> int:
    """About how many syllables an English word has: groups of vowels, less a silent e."""
    plain = re.sub(r"[^a-z]", "", word.casefold())
    count = len(re.findall(r"[aeiouy]+", plain))
    if re.search(r"[^aeiouyl]e(s|d)?$", plain) and not re.search(r"[td]ed$|[cgsxz]es$", plain):
        count -= 1
    return max(count, 1)


def unexplained(texts: Iterable[tuple[Place, str]]) -> Iterator[tuple[Place, str]]:
    """Abbreviations at their first use, with the place of their text, unless they are explained there: "words
    (ABC)" or "ABC (words)".
    """
    seen: set[str] = set()
    for place, text in texts:
        for match in _ABBREVIATION.finditer(text):
            name = match[0].removesuffix("s")
            if name in seen or {match[0], name} & everyday("short_forms"):
                continue
            seen.add(name)
            before, after = text[: match.start()], text[match.end() :]
            if not before.endswith("(") and not after.startswith(" ("):
                yield place, match[0]
