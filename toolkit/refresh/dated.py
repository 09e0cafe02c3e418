"""What in a text is out of date on a day: old words of the field, and guidance that is superseded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from toolkit.content.guidance import (
    Guidance,
    Shelf,
    day_named,
    first_day,
    in_words,
    last_day,
    mentions,
    superseded,
    unclear,
)
from toolkit.content.registers import Term
from toolkit.refresh.prose import Prose

EVER = "9999-12-30"  # a day by which all that is known has begun
# Words with a capital that begin a sentence or stand before a word of the field, and make no name of it.
_CAPITALS = (
    "A About After All An And Any As At Because Before Both But By Does During Each Every For From"
    " How If In Is It Local Many More Most Neither New No Not Of Old On One Or Other Our Some Such"
    " Than That The Their Then There These They This Those To Two Until Was What When Where Which Who"
    " Why With Without Your"
)
_PLAIN = frozenset(_CAPITALS.split())
_BEFORE = re.compile(r"([A-Z][\w’'-]*)\s+\Z")


@dataclass(frozen=True)
class Setting:
    """Of what and when a text tells: the nation, the day until which accounts reach (none for an account of
    any time), words that are the name of the thing itself, such as the kind of a review, and the month of the
    first edition that prints it.
    """

    nations: frozenset[str] = frozenset()
    reaches: str = ""
    names: frozenset[str] = frozenset()
    edition: str = ""


@dataclass(frozen=True)
class Old:
    """A piece of a text that is out of date: from where to where, what is wrong, what to do, and for which
    entry of a register: an old word, or the id of guidance.
    """

    start: int
    end: int
    message: str
    hint: str
    entry: str


@dataclass(frozen=True)
class Lexicon:
    """All terms and guidance as they are on a day; what is `watched` is told of wherever it is named. `today`
    is given where the day is another one."""

    terms: Sequence[Term]
    shelf: Shelf
    day: str
    watched: frozenset[str] = frozenset()
    today: str = ""

    @cached_property
    def _patterns(self) -> list[tuple[Term, re.Pattern[str], re.Pattern[str] | None]]:
        return [(term, _any_of((term.old, *term.forms)), _phrases(term.not_in)) for term in self.terms]

    @cached_property
    def titles(self) -> re.Pattern[str] | None:
        """What finds guidance by its names."""
        return mentions(self.shelf.entries)

    def old_in(self, prose: Prose, setting: Setting) -> Iterator[Old]:
        """All that is out of date in a text."""
        yield from self._old_words(prose, setting)
        yield from self._old_guidance(prose, setting)

    def _old_words(self, prose: Prose, setting: Setting) -> Iterator[Old]:
        for term, pattern, right in self._patterns:
            if not self._applies(term, prose, setting):
                continue
            kept = [match.span() for match in right.finditer(prose.words)] if right else []
            for match in pattern.finditer(prose.words):
                start, end = match.span()
                if any(first <= start and end <= last for first, last in kept):
                    continue
                if not _is_name(prose.words, match):
                    words = " ".join(match[0].split())
                    yield Old(start, end, _said_of(term, words), _what_to_write(term), term.old)

    def _applies(self, term: Term, prose: Prose, setting: Setting) -> bool:
        if term.begins > self.day or {word.casefold() for word in (term.old, *term.forms)} & setting.names:
            return False
        if term.nation and setting.nations and term.nation not in setting.nations:
            return False
        if not (prose.is_account and term.may_tell):
            return True
        return bool(term.begins and setting.reaches and setting.reaches >= term.begins)

    def _old_guidance(self, prose: Prose, setting: Setting) -> Iterator[Old]:
        for match in self.titles.finditer(prose.words) if self.titles else ():
            name, named = " ".join(match["name"].split()), day_named(match)
            every = [one for one in self.shelf.entries if one.is_called(name)]
            found = self.shelf.meant(every, named, self.day)
            start, end = match.span() if named else match.span("name")
            if len(found) == 1:
                entry = found[0]
                if prose.is_account and not (setting.reaches and entry.begins > setting.reaches):
                    continue
                if words := self.why_old(entry):
                    yield Old(start, end, f"{entry.name} {words}", self.instead_of(entry), entry.id)
                elif not prose.is_account and _too_soon(entry, setting.edition, prose.words, start):
                    yield Old(start, end, *self._to_come(entry, setting.edition), entry.id)
            elif not prose.is_account and found:
                words, hint = self.unclear(found)
                watched = next((one.id for one in found if one.id in self.watched), found[-1].id)
                yield Old(start, end, f"{found[0].title} {in_words(named)} {words}", hint, watched)
            elif not prose.is_account and every:
                yield Old(start, end, *self._unknown(every, name, in_words(named)), every[-1].id)

    def _to_come(self, entry: Guidance, edition: str) -> tuple[str, str]:
        """What is said of guidance that does not hold yet in the month of an edition, and what to do."""
        begins = in_words(entry.since or entry.said or "")
        message = (
            f"{entry.name} is not in force before {begins}, and an edition of {in_words(edition)} prints this"
        )
        return message, "say what holds in that month, or that this is to come; or write a later edition"

    def unclear(self, every: Sequence[Guidance]) -> tuple[str, str]:
        """What is said of several editions of one year, one of which is meant, and what to do."""
        if all(superseded(one, self.shelf, self.day) for one in every):
            return f"{unclear(every)}: none of them holds any more", self.instead_of(every[-1])
        hint = f"write the month as well, such as {every[-1].title} {in_words(every[-1].exact)}"
        return f"{unclear(every)}, so nobody can tell whether it holds", hint

    def _unknown(self, every: Sequence[Guidance], name: str, year: str) -> tuple[str, str]:
        """What is said of guidance whose edition is not told, or is not in the register."""
        holds = next((one for one in reversed(every) if self.shelf.is_in_force(one, self.day)), None)
        if year:
            hint = "correct the year, or add the edition to reference/guidance.yaml"
            return (
                f"no edition {year} of {every[0].title} is known, so nobody can tell whether it holds",
                hint,
            )
        hint = f"write the edition that you mean{f', such as {holds.name}' if holds else ''}"
        return f"'{name}' is named without its edition, so nobody can tell whether it holds", hint

    def why_old(self, entry: Guidance) -> str:
        """Why an entry is to be looked at, as the end of a sentence; nothing where there is no reason."""
        words = superseded(entry, self.shelf, self.day, self.today)
        return words or ("is named here" if entry.id in self.watched else "")

    def instead_of(self, entry: Guidance) -> str:
        """What to do where an entry is cited that does not hold any more."""
        newest = self.shelf.newest(entry, self.day)
        if newest is None:
            return "say in its place what holds today"
        return f"read {newest.name}, and cite it with its own chapter or paragraph: they may have moved"


def _too_soon(entry: Guidance, edition: str, words: str, start: int) -> bool:
    """Whether guidance does not hold yet when an edition comes out, and its sentence does not say that it is
    to come."""
    begins = entry.since or entry.said
    if not edition or not begins or first_day(begins) <= last_day(edition):
        return False
    sentence = words[max(words.rfind(end, 0, start) for end in ".?!") + 1 :]
    return _TO_COME.search(re.split(r"[.?!](?:\s|$)", sentence)[0]) is None


_TO_COME = re.compile(r"\b(?:will|from|until|before|comes?|coming|new)\b", re.I)


def _is_name(words: str, match: re.Match[str]) -> bool:
    """Whether a word with a capital is part of a name, as those of old boards are."""
    if not match[0][0].isupper():
        return False
    before = _BEFORE.search(words, 0, match.start())
    return before is not None and before[1] not in _PLAIN


def _said_of(term: Term, words: str) -> str:
    where = f" in {term.nation}" if term.nation else ""
    if term.date:
        return f"“{words}” has been out of date{where} since {in_words(term.date)}"
    if term.said:
        day = in_words(term.said)
        return f"“{words}” is said to be out of date{where} since {day} (the date is not confirmed)"
    return f"“{words}” is an old term ({term.since})" if term.may_tell else f"“{words}” is a term to avoid"


def _what_to_write(term: Term) -> str:
    note = f". {term.note}" if term.note else ""
    return f"now: {term.new}{note}"


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    """What finds one of some words, also as a plural, with a capital or without; short forms as they are."""
    every = []
    for one in sorted(words, key=len, reverse=True):
        pattern = r"[\s-]+".join(map(re.escape, one.split()))
        plural = "" if one.endswith("s") else "s?"
        every.append(f"(?-i:{pattern}{plural})" if one.isupper() else f"{pattern}{plural}")
    return re.compile(rf"(?<!\w)(?:{'|'.join(every)})(?!\w)", re.I)


def _phrases(words: Sequence[str]) -> re.Pattern[str] | None:
    return _any_of(words) if words else None
