"""Old material as a draft of a review: which sentence goes where. None is invented, and none that was read is
lost.

Only headings decide. What stands below one that says what it is goes into its field; all else goes into
`unsorted`, where a person sorts it. Every point is on hold.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import month_name
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from toolkit.content.lengths import LONGEST_TITLE
from toolkit.content.meant import as_day
from toolkit.content.registers import Kind
from toolkit.intake.material import Material, Words, sentences


@dataclass(frozen=True)
class Taken:
    """A sentence that was taken over, and where it stood."""

    text: str
    where: str


@dataclass
class Section:
    """A heading with the sentences below it."""

    heading: Taken
    body: list[Taken] = field(default_factory=list)


@dataclass(frozen=True)
class Dated:
    """A date that stands by itself, with what stands beside or below it."""

    date: Taken
    told: tuple[Taken, ...]

    @property
    def text(self) -> Taken:
        """All that is told of it."""
        places = ", ".join(dict.fromkeys(one.where for one in self.told))
        return Taken(" ".join(one.text for one in self.told), places)


@dataclass
class Draft:
    """What of a file is what in a review. `title` is none where the file has no title of its own."""

    title: Taken | None
    board: str = ""
    published: str = ""
    kind: str = ""
    summary: list[Taken] = field(default_factory=list)
    points: list[Section] = field(default_factory=list)
    timeline: list[Dated] = field(default_factory=list)
    good_practice: list[Taken] = field(default_factory=list)
    unsorted: list[Taken] = field(default_factory=list)

    def every(self) -> list[Taken]:
        """All that was taken over."""
        found = [self.title] if self.title else []
        for point in self.points:
            found += [point.heading, *point.body]
        for event in self.timeline:
            found += [event.date, event.text]
        return [*found, *self.summary, *self.good_practice, *self.unsorted]


_NUMBER = r"(?:\d+[.)]?\s+)?"
_SUMMARY = re.compile(
    rf"{_NUMBER}(?:what happened|background(?: to the (?:case|review))?|(?:case )?summary(?: of the case)?"
    r"|the (?:case|story|circumstances|incident)|about the (?:case|child|family|review)|circumstances"
    r"|case (?:outline|history|background)|why (?:was|is) (?:it|this|the case) (?:a )?reviewed)\W*",
    re.I,
)
_POINT = re.compile(
    rf"{_NUMBER}(?:(?:(?:key|main|the|our|learning)\s+)*(?:learning points?|findings?|learning|messages?"
    r"|lessons?(?: learn(?:ed|t))?|issues(?: identified)?|practice themes?|themes?)"
    r"(?:\s+(?:from|of) .{1,40})?"
    r"|what (?:did|can|do) we (?:find|found|learn)|what (?:we|the review) (?:found|learned|learnt)"
    r"|risk factors)\W*"
    r"|(?:learning point|finding|lesson|key message|theme|practice theme)\s*\d+\b.*",
    re.I,
)
_GOOD = re.compile(rf"{_NUMBER}(?:examples? of )?(?:good practice|what (?:went|worked) well)\W*", re.I)
_TIMELINE = re.compile(
    rf"{_NUMBER}(?:(?:case|key|brief) )?(?:timeline|chronology|(?:key|significant) (?:events|dates))"
    r"(?:\s+of .{1,40})?\W*",
    re.I,
)
# What a summary begins a paragraph with, such as “Background:” or “Learning includes:”.
_LABEL = re.compile(r"([A-Z][^:.\n]{2,60}:)\s+(?=\S)")
_INCLUDES = re.compile(
    r"(?:key )?(?:learning(?: points?| themes?)?|issues|lessons|findings|themes|messages)"
    r"(?: identified| for practice)?(?: includes?)?:",
    re.I,
)
_TITLES = ("title", "heading")
_LONGEST = 100  # letters of a first line that is a title, in a file that marks none
_BOARD = re.compile(
    r"\b(?P<area>[A-Z][\w’'-]+(?:(?: (?:and|&|of|the))* [A-Z][\w’'-]+){0,5}) "
    r"(?P<rest>(?:Local )?Safeguarding[ \n](?:Children(?:[’']?s|s[’'])?[ \n])?(?:Board|Partnership)\b)"
    r"(?! (?:Regulations|Act)\b)"
)
# What stands before the name of a board, and is no part of it.
_NO_AREA = re.compile(
    r"(?:.*\b(?:Reviews?|Report|Summary|Briefing|Published|Publication)\b"
    r"|(?:The|This|That|Our|Your|All|Every|Each|In|For|By|From|On|At|To|Local|Former|Independent|Multi-[Aa]gency)\b"
    r"|(?:and|&|of|the)\b)\s*"
)
_MONTHS = [name.casefold() for name in month_name[1:]]
_YEAR = re.compile(r"\b(?:19|20)\d\d\b|\b\d\d?[/.]\d\d?[/.]\d\d\b")
_OF_DATES = re.compile(
    rf"\b(?:{'|'.join(_MONTHS)}|{'|'.join(rf'{one[:3]}' for one in _MONTHS)}|sept|spring|summer|autumn|winter"
    r"|early|mid|late|end|by|from|until|since|about|around|to|and|of|in|the|\d{1,4}(?:st|nd|rd|th)?)\b"
    r"|[-–—/.,:()&\s]",
    re.I,
)
_PUBLISHED = re.compile(
    r"\bpublished\b(?:[^.\n]{0,80}?\b(?:on|in))?(?:\s+the)?\s+(?:(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?)?"
    rf"({'|'.join(_MONTHS)})\s+((?:19|20)\d\d)\b",
    re.I,
)


def drafted(material: Material, kinds: dict[str, Kind]) -> Draft:
    """A file as a draft."""
    words = [one for one in (_clean(one) for one in material.words) if one.text]
    title, rest = _title(material, words)
    every = "\n".join(one.text for one in words)
    draft = Draft(title, _board(every), _published(every), _kind(every, kinds))
    here: list[Taken] = draft.unsorted
    section: Section | None = None
    marked = True  # whether the last heading is marked as one
    dated: list[Words] | None = None  # below a heading such as Timeline: a date, and what is told of it
    in_cell = False  # whether that heading stands in a table, as all of a page may
    for one in rest:
        if dated is not None and _goes_on(one, dated):
            dated = _dated(draft, one, dated)
            continue
        if dated is not None and one.what == "cell" and not in_cell:
            draft.unsorted += _taken(one)  # the heads of its columns
            continue
        if one.what == "notes":
            draft.unsorted += _taken(one)
        elif _is_heading(one) or (not marked and _may_be_heading(one)):
            _close(draft, section)
            _put(draft, dated or ())
            dated, in_cell = [] if _TIMELINE.fullmatch(one.text) else None, one.what == "cell"
            section, here, marked = None, draft.unsorted, one.what in _TITLES
            if _POINT.fullmatch(one.text) and len(one.text) <= LONGEST_TITLE:
                section = Section(_whole(one))
                here = section.body
                continue
            draft.unsorted.append(_whole(one))
            if _SUMMARY.fullmatch(one.text):
                here = draft.summary
            elif _GOOD.fullmatch(one.text):
                here = draft.good_practice
        elif section is None and _labelled(draft, one):
            here = draft.unsorted
        else:
            here += _taken(one)
    _close(draft, section)
    _put(draft, dated or ())
    return draft


def _labelled(draft: Draft, words: Words) -> bool:
    """Whether a paragraph begins with words that say what it is, and all of it was put where it belongs."""
    label = _LABEL.match(words.text)
    if label is None:
        return False
    said = Taken(label[1], _where(words))
    rest = [Taken(" ".join(one.split()), said.where) for one in sentences(words.text[label.end() :])]
    if _INCLUDES.fullmatch(label[1]):
        draft.points.append(Section(said, rest))
    elif _SUMMARY.fullmatch(label[1]):
        draft.unsorted.append(said)
        draft.summary += rest
    else:
        return False
    return True


def _goes_on(words: Words, dated: Sequence[Words]) -> bool:
    """Whether this, below a heading such as Timeline, is a date or is told of the last one: the cells beside
    it, or where it stands in no table what follows it.
    """
    if words.what not in ("cell", "text"):
        return False
    if _is_date(words.text):
        return True
    return bool(dated) and words.what == dated[0].what and (words.what == "cell" or len(dated) == 1)


def _dated(draft: Draft, words: Words, dated: list[Words]) -> list[Words]:
    if not _is_date(words.text):
        return [*dated, words]
    _put(draft, dated)
    return [words]


def _is_date(text: str) -> bool:
    return len(text) <= 40 and _YEAR.search(text) is not None and not _OF_DATES.sub("", text)


def _put(draft: Draft, dated: Sequence[Words]) -> None:
    """A date with what is told of it in its field; one without waits to be sorted."""
    if len(dated) > 1:
        draft.timeline.append(Dated(_whole(dated[0]), tuple(_whole(one) for one in dated[1:])))
    else:
        draft.unsorted += [_whole(one) for one in dated]


def _close(draft: Draft, section: Section | None) -> None:
    """What is to be done with a section that has ended: one without sentences is no point."""
    if section is not None and section.body:
        draft.points.append(section)
    elif section is not None:
        draft.unsorted.append(section.heading)


def _title(material: Material, words: Sequence[Words]) -> tuple[Taken | None, list[Words]]:
    """The title of a file, where its first words are one, and all other words."""
    if not words:
        return None, []
    first = words[0]
    if first.what in _TITLES:
        fits = len(first.text) <= LONGEST_TITLE
    else:
        plain = material.kind in ("pdf", "text", "document") and first.what == "text"
        fits = plain and len(first.text) <= _LONGEST and not first.text.endswith((".", "!", ";", ","))
    if fits and not _says_what_follows(first):
        return _whole(first), list(words[1:])
    return None, list(words)


def _says_what_follows(words: Words) -> bool:
    return any(one.fullmatch(words.text) for one in (_SUMMARY, _POINT, _GOOD, _TIMELINE))


def _is_heading(words: Words) -> bool:
    """Whether this is a heading: marked as one, or, where it is not, one that says what follows."""
    return words.what in _TITLES or (_says_what_follows(words) and len(words.text) <= _LONGEST)


def _may_be_heading(words: Words) -> bool:
    """Whether this may be a heading that nobody has marked, so that what follows is about something else."""
    return len(words.text.split()) <= 6 and re.fullmatch(r"[A-Z][^\n]*[\w)’]", words.text) is not None


def _clean(words: Words) -> Words:
    """The same without characters that nobody can see, which no file may hold."""
    lines = [" ".join(_seen(line).split()) for line in words.text.split("\n")]
    return Words(words.place, "\n".join(line for line in lines if line), words.what, words.level)


def _seen(text: str) -> str:
    text = re.sub(r"\s", " ", unicodedata.normalize("NFC", text))
    return "".join(c for c in text if unicodedata.category(c)[0] != "C")


def _whole(words: Words) -> Taken:
    return Taken(" ".join(words.text.split()), _where(words))


def _taken(words: Words) -> list[Taken]:
    return [Taken(" ".join(one.split()), _where(words)) for one in sentences(words.text)]


def _where(words: Words) -> str:
    return words.place[:1].lower() + words.place[1:]


def _board(text: str) -> str:
    """The board that a file names most often; nothing where it names none."""
    found = Counter[str]()
    for match in _BOARD.finditer(text):
        area = match["area"]
        while (other := _NO_AREA.match(area)) is not None:
            area = area[other.end() :]
        if area:
            found[" ".join(f"{area} {match['rest']}".split())] += 1
    return found.most_common(1)[0][0] if found else ""


def _published(text: str) -> str:
    """The day or month for which a file says that something was published, if there is only one."""
    days = set()
    for match in _PUBLISHED.finditer(text):
        month = f"{match[2]} {match[3]}"
        days.add(as_day(f"{match[1]} {month}", whole=True) or as_day(month, whole=False))
    return days.pop() if len(days) == 1 else ""


def _kind(text: str, kinds: dict[str, Kind]) -> str:
    """The only kind of review that a file names; nothing where it names several or none."""
    left, found = text.casefold(), []
    for id, one in sorted(kinds.items(), key=lambda pair: -len(pair[1].title)):
        title = one.title.casefold()
        if title in left:  # of a thematic serious case review nothing is left for the shorter name
            found.append(id)
            left = left.replace(title, "")
    return found[0] if len(found) == 1 else ""
