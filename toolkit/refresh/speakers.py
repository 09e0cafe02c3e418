"""Who speaks in the middle of a sentence: whether an edit takes out, changes or adds who says something.

“The BBC says that …” is a report of the BBC. Without these words it would be told as if it were known.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from toolkit.content.model import Review
from toolkit.office.story import plain

_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.I)
_NAME = re.compile(r"[A-Z][\w’'&-]+")
_ADDRESS = re.compile(r"https?://\S+")
_SMALL = re.compile(r"(?<![\w’'-])[a-z][\w’'-]+")
# Whoever is not named: “the review”, “an invented newspaper”; and words that leave open who it is.
_WHO = (
    "review report analysis summary panel author board partnership inspectorate inspectors court judge"
    " judgment coroner inquest newspaper paper press magazine journalist broadcaster media website blog"
    " article minister"
)
_UNNAMED = re.compile(
    rf"\b(?:the|this|that|an?|its|our|one|another)\s+(?:[\w’'-]+\s+)?(?P<who>{'|'.join(_WHO.split())})\b"
    r"|\b(?P<open>according\s+to|reportedly|allegedly|apparently|(?:is|are|was|were)\s+said\s+to)\b",
    re.I,
)


def changed_speakers(reviews: Iterable[Review], was: str, now: str) -> list[str]:
    """Whose names an edit takes out of a line, or puts into it: those of the sources of some reviews and of
    whoever found something, and “the review” or “a newspaper”.
    """
    names = list(dict.fromkeys(name for review in reviews for name in _names(review)))
    before, after = (Counter(_said(plain(words), names)) for words in (was, now))
    return list(dict.fromkeys([*(before - after), *(after - before)]))


def _names(review: Review) -> Iterator[str]:
    """What sources and speakers are called, in whole and by those words of it that are names."""
    small = set(_SMALL.findall(_ADDRESS.sub("", " ".join(_texts(review.model_dump())))))
    whole = [source.publisher for source in review.sources]
    whole += [review.board, *(point.found_by for point in review.points if point.found_by)]
    for name in filter(None, map(plain, whole)):
        yield _ARTICLE.sub("", name)
        yield from (one for one in _NAME.findall(name) if one.isupper() or one.lower() not in small)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)


def _said(words: str, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        sign = 0 if name[:1].isupper() else re.I
        yield from [name] * len(re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", words, sign))
    for match in _UNNAMED.finditer(words):
        yield " ".join((match["who"] or match["open"]).casefold().split())
