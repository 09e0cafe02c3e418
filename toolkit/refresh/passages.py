"""The passages of a report that come nearest to what somebody wrote: to choose from, never to be taken."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher

from toolkit.content.quotes import FEWEST, MOST
from toolkit.refresh.matches import HIDDEN, LEAD, place, plain
from toolkit.refresh.reports import Report

_WORD = re.compile(r"[^\W_]+")
_SENTENCE = re.compile(
    r"\S.*?(?:[.!?][”’\"')\]]*(?=\s)|(?=\n\n|\n *\d{1,3}\.\d[\d.]*[.:)]?\s+[A-Z“‘\"'(\[])|\Z)",
    re.S,
)
_UNKNOWN = re.compile(f"[{HIDDEN}]")
_COMMON = frozenset(
    {
        *("a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "for", "from", "had", "has"),
        *("have", "he", "her", "him", "his", "in", "into", "is", "it", "its", "of", "on", "or", "she"),
        *("that", "the", "their", "them", "there", "they", "this", "to", "was", "were", "which", "who"),
        *("with", "would"),
    }
)


@dataclass(frozen=True)
class Passage:
    """A sentence of a report, and where it stands as a cite has it."""

    words: str
    where: str


class Passages:
    """The sentences of a report, and which words stand in which."""

    def __init__(self, report: Report) -> None:
        self._report, self._text = report, report.texts[0]
        self._spans = [
            (match.start() + (lead.end() if (lead := LEAD.match(match[0])) else 0), match.end())
            for match in _SENTENCE.finditer(self._text.words)
            if len(_WORD.findall(match[0])) >= FEWEST and not _UNKNOWN.search(match[0])
        ]
        self._stems = [_stems(self._text.words[start:end]) for start, end in self._spans]
        self._with: dict[str, list[int]] = defaultdict(list)
        for number, stems in enumerate(self._stems):
            for stem in stems:
                self._with[stem].append(number)

    def nearest(self, words: str, most: int = 3) -> list[Passage]:
        """The passages most like some words, the likest first; none where nothing is like them at all."""
        wanted = _stems(words)
        scores: Counter[int] = Counter()
        for stem in wanted:
            there = self._with.get(stem, [])
            weight = math.log(1 + len(self._spans) / (1 + len(there)))
            for number in there:
                scores[number] += round(weight * 1000)
        best = sorted(scores, key=lambda n: (-scores[n] / (6 + len(self._stems[n])) ** 0.5, n))[:20]
        said = plain(words).casefold()
        ranked = sorted(best, key=lambda n: (-self._alike(n, said, scores[n]), n))
        least = max(scores.values(), default=0) * 0.35
        return [self._passage(number) for number in ranked if scores[number] >= least][:most]

    def _alike(self, number: int, said: str, score: int) -> float:
        words = self._words(number).casefold()[:1000]
        return SequenceMatcher(None, said, words, autojunk=False).ratio() + score / 20_000

    def _words(self, number: int) -> str:
        start, end = self._spans[number]
        return plain(self._text.words[start:end], self._text.words)

    def _passage(self, number: int) -> Passage:
        start, end = self._spans[number]
        return Passage(self._words(number), place(self._report, self._text, start, end))


def fits(words: str) -> bool:
    """Whether a passage is neither too short nor too long to be the words of a cite."""
    return FEWEST <= len(words.split()) <= MOST


def _stems(words: str) -> set[str]:
    """The words of a text without endings and without those that stand everywhere."""
    return {_stem(word) for word in _WORD.findall(words.casefold()) if word not in _COMMON}


def _stem(word: str) -> str:
    for ending in ("ings", "ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word
