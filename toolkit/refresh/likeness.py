"""Which learning points say nearly the same: by the words that they share, of which rare ones count more."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from toolkit.content.model import Point, Review

ALIKE = 0.3  # from here on two sentences say nearly the same: shared weight by all weight
LEAST = 3  # words that they must share
# Words that say little: of the language, and of a field in which all ask about a child and write it down.
_LITTLE = (
    "a about after all also an and any are as ask at be been before being but by can child children"
    " could did do does down each ever every for from get go had has have her him his how i if in into"
    " is it its keep know may more most much must need no not of off on one or other our out over own"
    " people person review said say see she should so some somebody someone still such than that the"
    " their them then there these they this those to too up us very was we were what when where which"
    " who whose why will with would write you young your"
)
_STOP = frozenset(_LITTLE.split())
_ENDINGS = ("ing", "ed", "es", "s")


@dataclass(frozen=True)
class Alike:
    """A point of another review that says nearly the same as one: how nearly, and both sentences."""

    review: Review
    point: Point
    score: float
    ours: str
    theirs: str


@dataclass(frozen=True)
class Sentences:
    """Every learning sentence of some reviews, to be compared."""

    reviews: Sequence[Review]

    @cached_property
    def _every(self) -> list[tuple[Review, Point, str, frozenset[str]]]:
        return [
            (review, point, text, words_of(text))
            for review in self.reviews
            for point in review.points
            for text in sentences_of(point)
        ]

    @cached_property
    def _counts(self) -> Counter[str]:
        return Counter(word for *_, words in self._every for word in words)

    def like(self, review: Review, point: Point) -> list[Alike]:
        """The points of other reviews that say nearly the same as one, the nearest first."""
        best: dict[tuple[str, str], Alike] = {}
        for ours in sentences_of(point):
            own = words_of(ours)
            for other, theirs, text, words in self._every:
                if other.id == review.id or len(own & words) < LEAST:
                    continue
                score = self._weight(own & words) / self._weight(own | words)
                known = best.get((other.id, theirs.id))
                if score >= ALIKE and (known is None or score > known.score):
                    best[other.id, theirs.id] = Alike(other, theirs, score, ours, text)
        return sorted(best.values(), key=lambda one: (-one.score, one.review.id, one.point.id))

    def _weight(self, words: frozenset[str]) -> float:
        return sum(math.log(1 + len(self._every) / (1 + self._counts[word])) for word in sorted(words))


def sentences_of(point: Point) -> Iterator[str]:
    """What a point teaches: its message, its findings, and what good looks like."""
    yield point.message or point.title
    yield from (one.text for one in (*point.finding, *point.practice))


def words_of(text: str) -> frozenset[str]:
    """The words of a sentence that say something, without their endings."""
    plain = re.sub(r"[’'](?:s\b)?", "", text.casefold())
    found = re.findall(r"[^\W\d_]+", plain)
    return frozenset(_stem(word) for word in found if word not in _STOP)


def _stem(word: str) -> str:
    ending = next((one for one in _ENDINGS if word.endswith(one) and len(word) - len(one) >= 3), "")
    return word.removesuffix(ending)
