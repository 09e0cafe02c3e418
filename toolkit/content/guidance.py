"""Guidance and law in their editions: which of them holds on a day, and what took the place of which.

An edition of an instrument takes the place of the editions before it. What takes the place of another
instrument says so in `replaces`. A date that nobody has confirmed stands in `said`, and is never told as a
fact.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence

from pydantic import Field

from toolkit.content.model import Day, Id, Model, PartialDay, Text, Web
from toolkit.late import dataclass
from toolkit.problems import Node, Problem, did_you_mean

_NEVER = "9999-12-31"


class Guidance(Model):
    """One edition of an instrument, such as Working Together 2018."""

    id: Id
    instrument: Id = Field(description="What it is an edition of, such as working-together.")
    edition: Text | None = Field(
        None, description="Which edition, such as 2018; of two in one year with the month, such as 2026-09."
    )
    title: Text = Field(description="What it is called, without its edition.")
    short: Text | None = Field(None, description="What texts call it, such as Working Together.")
    forms: tuple[Text, ...] = Field((), description="Other names that texts have for it.")
    nation: Text
    since: PartialDay | None = Field(None, description="From when it is in force, where that is confirmed.")
    said: PartialDay | None = Field(
        None, description="From when it is said to be in force, where nobody has confirmed it."
    )
    until: PartialDay | None = Field(
        None, description="The last day on which it was in force, where nothing took its place."
    )
    replaces: tuple[Id, ...] = Field(
        (), description="Ids of other instruments’ editions that it takes the place of."
    )
    note: Text | None = None
    url: Web | None = None
    review_by: Day | None = Field(
        None, description="The day by which somebody should look at this entry again."
    )

    @property
    def name(self) -> str:
        """Its title with its edition."""
        return f"{self.title} {in_words(self.day) or self.edition}" if self.edition else self.title

    @property
    def names(self) -> tuple[str, ...]:
        """All that texts call it."""
        return (self.title, *([self.short] if self.short else []), *self.forms)

    def is_called(self, name: str) -> bool:
        """Whether this is one of its names, however its lines, dashes and capitals are."""
        return _plain(name) in map(_plain, self.names)

    @property
    def day(self) -> str:
        """The year, month or day by which its edition is called; nothing where that is none."""
        return dated(self.edition or "")

    @property
    def exact(self) -> str:
        """The same; of an edition that is called by its year with the month or day from when it is in force,
        as far as that is known and in this year."""
        known = self.since or self.said or ""
        return known if len(self.day) == 4 and known.startswith(self.day) else self.day

    def may_be(self, day: str) -> bool:
        """Whether a text that names a year, month or day can mean this edition."""
        return bool(self.day) and (self.exact.startswith(day) or day.startswith(self.exact))

    @property
    def begins(self) -> str:
        """The day from which it is surely in force: of a month or a year the last; none known, never."""
        return last_day(self.since or self.said or _NEVER)

    @property
    def is_confirmed(self) -> bool:
        """Whether the day from which it is in force is confirmed."""
        return self.since is not None


def first_day(day: str) -> str:
    """The first day of a year or a month, or the day itself."""
    return f"{day}-01-01"[:10] if len(day) == 4 else f"{day}-01"[:10]


def last_day(day: str) -> str:
    """The last day of a year or a month, or the day itself."""
    if len(day) == 4:
        return f"{day}-12-31"
    if len(day) == 7:
        return f"{day}-{calendar.monthrange(int(day[:4]), int(day[5:]))[1]}"
    return day


def dated(words: str) -> str:
    """The year, month or day that some words are, as 2026, 2026-09 or 2026-09-01; nothing for others."""
    found = _DATED.fullmatch(words.strip())
    return _day(found, "") if found else ""


def day_named(mention: re.Match[str]) -> str:
    """The same of the edition that `mentions` has found with a title."""
    return _day(mention, "after") or _day(mention, "before")


def _day(match: re.Match[str], where: str) -> str:
    year, month, day = (match[f"{name}{where}"] for name in ("year", "month", "day"))
    if not month or not year or len(year) > 4:
        return year or ""
    return f"{year}-{_MONTHS.index(month.capitalize()) + 1:02}" + (f"-{int(day):02}" if day else "")


def in_words(day: str) -> str:
    """15 December 2023, March 2015 or 2018, as a reader writes it; nothing for nothing."""
    year, *rest = day.split("-")
    words = [calendar.month_name[int(rest[0])]] if rest else []
    return " ".join([*([str(int(rest[1]))] if rest[1:] else []), *words, year])


def on_or_in(day: str) -> str:
    """The same with what goes before it: on 15 December 2023, in March 2015."""
    return f"{'on' if len(day) == 10 else 'in'} {in_words(day)}"


@dataclass(frozen=True)
class Shelf:
    """All guidance that is known, and what of it holds when."""

    entries: tuple[Guidance, ...] = ()

    def editions(self, instrument: str, edition: str | None) -> list[Guidance]:
        """The edition of an instrument, or those of a year that may be meant where only the year is told;
        without one, the only one that the instrument has.
        """
        every = [one for one in self.entries if one.instrument == instrument]
        if edition is None:
            return every if len(every) == 1 else []
        if not (day := dated(edition)):
            return [one for one in every if one.edition == edition]
        found = self.meant(every, day)
        return found if len(found) > 1 or any(one.may_be(day) for one in found) else []

    def meant(self, every: Sequence[Guidance], day: str, on: str = "") -> list[Guidance]:
        """Which of some editions a text means that names a year, month or day. The month counts where a year
        has two; what has begun `on` a day, where one is given, goes before what has not.
        """
        found = [one for one in every if day and one.day[:4] == day[:4]]
        if len(found) > 1:
            exact = [one for one in found if one.day == day and len(day) > 4]
            found = exact or [one for one in found if one.may_be(day)] or found
        begun = [one for one in found if one.begins <= on or one.begins == _NEVER] if on else []
        return begun or found

    def successors(self, entry: Guidance) -> list[Guidance]:
        """What takes the place of an entry: a later edition, or what says so. The first comes first."""
        later = [
            one
            for one in self.entries
            if one is not entry
            and (
                entry.id in one.replaces
                or (one.instrument == entry.instrument and entry.begins < one.begins < _NEVER)
            )
        ]
        return sorted(later, key=lambda one: one.begins)

    def overtaken(self, entry: Guidance, day: str) -> list[Guidance]:
        """What had taken the place of an entry by a day, the first one first."""
        return [one for one in self.successors(entry) if one.begins <= day]

    def is_in_force(self, entry: Guidance, day: str) -> bool:
        """Whether an entry holds on a day: it has begun, has not ended, and nothing has taken its place."""
        ended = entry.until is not None and last_day(entry.until) < day
        return entry.begins <= day and not ended and not self.overtaken(entry, day)

    def in_force(self, day: str) -> tuple[Guidance, ...]:
        """What holds on a day, in the order of the register."""
        return tuple(one for one in self.entries if self.is_in_force(one, day))

    def newest(self, entry: Guidance, day: str) -> Guidance | None:
        """What stands on a day where an entry stood; none where it still holds, or nothing took its place."""
        seen, found = {entry.id}, None
        while later := [one for one in self.overtaken(found or entry, day) if one.id not in seen]:
            found = later[-1]
            seen.add(found.id)
        return found


def unclear(every: Sequence[Guidance]) -> str:
    """That one of some editions is meant, and nobody can tell which, as the end of a sentence."""
    return f"may be the edition of {' or that of '.join(_told_apart(every))}"


def _told_apart(every: Sequence[Guidance]) -> list[str]:
    days = [in_words(one.exact) for one in every]
    alike = len(set(days)) < len(days)
    return [f"{day} ({one.id})" if alike else day for day, one in zip(days, every, strict=True)]


def superseded(entry: Guidance, shelf: Shelf, day: str, today: str = "") -> str:
    """That an entry does not hold any more on a day, as the end of a sentence; nothing where it does. What
    nobody has confirmed is said to be so; what is to come after `today`, where that is told, will be.
    """
    newest = shelf.newest(entry, day)
    if newest is None:
        if entry.until and last_day(entry.until) < day:
            is_past = not today or last_day(entry.until) < today
            return f"{'was' if is_past else 'is'} in force until {in_words(entry.until)}"
        return ""
    first = shelf.overtaken(entry, day)[0]
    whose = first.name
    when = on_or_in(first.since or first.said or "")
    if today and first.begins > today:
        unsure = "" if first.is_confirmed else " (the date is not confirmed)"
        said = "will be superseded" if first.is_confirmed else "is to be superseded, so it is said,"
        words = f"{said} by {whose} {when}{unsure}"
    elif first.is_confirmed:
        words = f"was superseded by {whose} {when}"
    else:
        words = f"is said to have been superseded by {whose} {when} (the date is not confirmed)"
    if newest is first:
        return words
    if today and newest.begins > today:
        return f"{words}; then there is to be {newest.name}"
    if newest.is_confirmed:
        return f"{words}; now there is {newest.name}"
    return f"{words}; by now there is {newest.name}, said to be in force since {in_words(newest.said or '')}"


def check_guidance(register: Node, entries: Sequence[Guidance], known: Shelf) -> Iterator[Problem]:
    """What types cannot say of the entries of one file; `known` are those of all files."""
    ids = [one.id for one in known.entries]
    for position, one in enumerate(entries):
        node = register.at((position,))
        if one.since and one.said:
            message = f"'{one.id}' has both 'since' and 'said'"
            hint = "keep since if the date is confirmed, else said"
            yield Problem(node.at(("said",)).place, message, hint)
        if one.until and one.begins < _NEVER and last_day(one.until) < first_day(one.since or one.said or ""):
            message = f"'{one.id}' ends before it begins"
            yield Problem(node.at(("until",)).place, message, "look at since and until")
        for index, id in enumerate(one.replaces):
            where = node.at(("replaces", index)).place
            if id == one.id:
                yield Problem(where, f"'{id}' cannot take the place of itself", "delete it from replaces")
            elif id not in ids:
                hint = did_you_mean(id, ids, f"write an id of this register, such as {ids[0]}")
                yield Problem(where, f"no guidance is called '{id}'", hint)
            elif one.id in _all_replaced(id, known):
                message = f"'{one.id}' and '{id}' each take the place of the other"
                yield Problem(where, message, "delete one of them from replaces")
        alike = (other.instrument for other in known.entries if other.is_called(one.title))
        if (named := next(alike, one.instrument)) != one.instrument:
            message = f"'{one.title}' is an edition of '{named}' elsewhere, and here of '{one.instrument}'"
            hint = f"if it is the same guidance, write instrument: {named}"
            yield Problem(node.at(("instrument",)).place, message, hint)
        for other in entries[:position]:
            if (other.instrument, other.edition) == (one.instrument, one.edition):
                edition = f"the edition {one.edition} of {one.instrument}" if one.edition else one.instrument
                message = f"{edition} stands here twice: '{other.id}' and '{one.id}'"
                hint = "delete one of them, or correct its edition"
                if one.day:
                    month = one.exact if len(one.exact) > 4 else f"{one.day}-09"
                    hint += f"; of two in one year write the month as well, such as edition: {month}"
                yield Problem(node.place, message, hint)


def _all_replaced(id: str, known: Shelf) -> set[str]:
    """All that an entry takes the place of, by ids, also through others."""
    by_id = {one.id: one for one in known.entries}
    found: set[str] = set()
    waiting = [id]
    while waiting:
        entry = by_id.get(waiting.pop())
        for other in entry.replaces if entry else ():
            if other not in found:
                found.add(other)
                waiting.append(other)
    return found


def mentions(entries: Sequence[Guidance]) -> re.Pattern[str] | None:
    """What finds a title or short title in a text as `name`, with the year of its edition, and its month and
    day, after it or before, where they are told: `day_named` has them.
    """
    names = {name for one in entries for name in one.names}
    if not names:
        return None
    either = "|".join(map(_as_typed, sorted(names, key=len, reverse=True)))
    year = _month("before") + rf"(?P<yearbefore>{_YEAR})"
    before = rf"(?:(?<!\w){year}\s+(?:(?:edition|version)\s+of\s+(?:the\s+)?)?)?"
    after = rf"(?:{_SUBTITLE}?[\s,]*[(\[]?{_ISSUED}(?<!\w)(?P<yearafter>{_YEAR})(?!\w))?"
    return re.compile(rf"{before}(?<!\w)(?P<name>{either})(?!\w){after}")


# What may stand between a title and its year: “- A guide to …”, “updated July”.
_SUBTITLE = r"(?:\s*[:–—-]\s*(?i:an?\s+guide|advice|statutory\s+guidance)\b[^.;()\n\0]{0,120}?)"
_MONTHS = calendar.month_name[1:]
_YEAR = r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-[0-3]\d)?(?![\w-]))?"


def _month(where: str) -> str:
    """A pattern for the day and month before a year, where there are any."""
    return rf"(?i:(?:(?P<day{where}>\d\d?)\s+)?(?P<month{where}>{'|'.join(_MONTHS)})\s+)?"


_ISSUED = (
    r"(?i:(?:HM\s+Government|Department\s+for\s+Education|DfE|as\s+updated|updated|revised|published|issued|of)"
    rf",?\s+(?:(?:in|on)\s+)?)*{_month('after')}"
)
_DATED = re.compile(rf"{_month('')}(?P<year>{_YEAR})")
_BETWEEN = re.compile(r"[\s:–—-]+")


def _plain(name: str) -> str:
    return _BETWEEN.sub(" ", name).casefold()


def _as_typed(name: str) -> str:
    """A pattern for a title: the capitals of its first two words as they are, the rest in any."""
    words = _BETWEEN.split(name)
    capitals = [word[:1] if n < 2 and word[0].isupper() else "" for n, word in enumerate(words)]
    every = [
        f"{first}(?i:{re.escape(word.removeprefix(first))})"
        for first, word in zip(capitals, words, strict=True)
    ]
    return r"(?:\s*[:–—-]\s*|\s+)".join(every)
