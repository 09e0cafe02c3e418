"""What has changed between two contents, point by point, each change in one of three grades.

| Grade | What |
| --- | --- |
| significant | a review, point, finding, action, contact, source or cite is new or gone; |
|             | a standing, number, denial or duty is another |
| text        | other words that are new, gone or otherwise; page templates |
| minor       | typing, spelling, order |
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from toolkit.editions.content import Content, PointSaid, ReviewSaid, Said
from toolkit.editions.grades import Language, graded, words_in
from toolkit.plan.language import told
from toolkit.plan.since import Change, Grade, Kind
from toolkit.plan.wording import Wording

# Fields whose words are significant where they come or go, by the last steps of their names; what cites
# anything is so in any case.
_ACTIONS = {
    "finding",
    "happened",
    "practice",
    "action",
    "items",
    "since",
    "contacts",
    "escalation",
    "checked",
}
_ALIKE = 0.5  # difflib’s ratio from which a statement is taken for the other one in new words


@dataclass(frozen=True)
class _Words:
    """What is compared with what: the words of the language, of all that is printed now, and the titles of
    sources in both contents."""

    language: Language
    in_use: frozenset[str]
    titles: dict[str, str]

    @property
    def wording(self) -> Wording:
        return self.language.wording


def changes(before: Content, now: Content, wording: Wording) -> list[Change]:
    """Everything that is otherwise in `now`, in the order in which it is printed; none where both print the
    same.
    """
    in_use = frozenset(
        word for one in now.every() for text in (one.words, one.slide) for word in words_in(text)
    )
    titles = {}
    for content in (before, now):
        for review in content.reviews:
            for one in review.said:
                if one.of.startswith("sources/"):
                    titles[f"{review.id} {one.of.partition('/')[2]}"] = one.words.partition(". ")[0]
    words = _Words(Language(wording), in_use, titles)
    found = list(_lists(before.own, now.own, "", words, ""))
    old = {review.id: review for review in before.reviews}
    new = {review.id: review for review in now.reviews}
    for id, review in new.items():
        if id in old:
            found += _review(old[id], review, words, len(new) > 1)
        else:
            found.append(_whole("new", _title_of(review), wording["field-review"]))
    found += [
        _whole("gone", _title_of(one), wording["field-review"]) for id, one in old.items() if id not in new
    ]
    both = [id for id in old if id in new]
    if both != [id for id in new if id in old]:
        found.append(Change("minor", "order", "", wording["field-review"]))
    around = [name for name in now.around if before.around.get(name, now.around[name]) != now.around[name]]
    if around:
        found.append(Change("text", "around", "", wording["field-around"], now=", ".join(around)))
    return found


def _whole(kind: Kind, where: str, what: str) -> Change:
    return Change("significant", kind, where, what)


def _title_of(review: ReviewSaid) -> str:
    return next((one.words for one in review.said if one.of == "title"), review.id)


def _review(before: ReviewSaid, now: ReviewSaid, words: _Words, several: bool) -> Iterator[Change]:
    where = _title_of(now) if several else ""
    yield from _lists(before.said, now.said, where, words, now.id)
    old = {point.id: point for point in before.points}
    new = {point.id: point for point in now.points}
    what = words.wording["field-point"]
    for id, point in new.items():
        if id in old:
            yield from _point(old[id], point, words, now.id)
        else:
            yield _whole("new", _name(point, now.id), what)
    yield from (_whole("gone", _name(one, ""), what) for id, one in old.items() if id not in new)
    if [id for id in old if id in new] != [id for id in new if id in old]:
        yield Change("minor", "order", where, what)


def _name(point: PointSaid, review: str) -> str:
    """What a point is called, with its origin where it is printed now."""
    title = next((one for one in point.said if one.of in ("message", "title")), None)
    if title is None:
        return point.id
    return told(title.words, title.origin) if review and title.origin else title.words


def _point(before: PointSaid, now: PointSaid, words: _Words, review: str) -> Iterator[Change]:
    where, wording = _name(now, review), words.wording
    if before.standing != now.standing:
        was, is_ = (wording[f"standing-{one.standing}"] for one in (before, now))
        yield Change("significant", "standing", where, wording["field-standing"], was, is_)
    moved = before.taught != now.taught
    if moved:
        yield Change("significant", "taught", where, "", now="taught" if now.taught else "")
    for change in _lists(before.said, now.said, where, words, review):
        if not (moved and change.kind in ("new", "gone")):  # a card says less
            yield change


def _lists(
    before: Sequence[Said], now: Sequence[Said], where: str, words: _Words, review: str
) -> Iterator[Change]:
    """What is otherwise in the fields of one review or point; each field is a list of statements."""
    for of in dict.fromkeys(one.of for one in (*now, *before)):
        old = [one for one in before if one.of == of]
        new = [one for one in now if one.of == of]
        if old != new:
            yield from _field(old, new, where, words, review)


def _field(
    old: Sequence[Said], new: Sequence[Said], where: str, words: _Words, review: str
) -> Iterator[Change]:
    pairs = _pairs(old, new)
    for n, one in enumerate(new):
        if n in pairs:
            yield from _otherwise(old[pairs[n]], one, where, words, review)
        else:
            yield _made("new", _grade_of(one), where, one, words, now=_traced(one, one.words or one.slide))
    for n, one in enumerate(old):
        if n not in pairs.values():
            yield _made("gone", _grade_of(one), where, one, words, one.words or one.slide, was=one)
    if list(pairs.values()) != sorted(pairs.values()):
        yield Change("minor", "order", where, _what(new[0], words.wording))


def _pairs(old: Sequence[Said], new: Sequence[Said]) -> dict[int, int]:
    """Which of the old statements each of the new ones is, by their numbers, in the order of the new: the
    same, else the one that is most alike, else the only one that is left."""
    found: dict[int, int] = {}
    left = list(range(len(old)))
    for n, one in enumerate(new):
        same = next((m for m in left if old[m] == one), None)
        if same is not None:
            found[n] = same
            left.remove(same)
    open_ = [n for n in range(len(new)) if n not in found]
    ratios = sorted(((_alike(old[m], new[n]), -n, -m) for n in open_ for m in left), reverse=True)
    for ratio, n, m in ratios:
        if ratio >= _ALIKE and -n not in found and -m in left:
            found[-n] = -m
            left.remove(-m)
    if len(old) == len(new) == 1:
        found[0] = 0
    return dict(sorted(found.items()))


def _alike(old: Said, new: Said) -> float:
    a, b = (words_in(one.words or one.slide) for one in (old, new))
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


def _otherwise(old: Said, new: Said, where: str, words: _Words, review: str) -> Iterator[Change]:
    """What is otherwise in one statement: its words, those for slides, what it rests on."""
    for was, is_, of in ((old.words, new.words, ""), (old.slide, new.slide, "slide")):
        if grade := graded(was, is_, words.language, words.in_use):
            if not was or not is_:  # printed in full where it was not, or on a slide
                grade = "text"
            one = _made("words", grade, where, new, words, was, _traced(new, is_), old)
            yield replace(one, what=words.wording("field-in-short", what=one.what)) if of else one
    if old.cites != new.cites:
        loose = [["".join(c.split()).casefold() for c in one.cites] for one in (old, new)]
        order = sorted(loose[0]) == sorted(loose[1])
        was, is_ = (_named(one.cites, review, words) for one in (old, new))
        kind: Kind = "order" if order else "cites"
        yield _made(kind, "minor" if order else "significant", where, new, words, was, is_, old)


def _traced(said: Said, words: str) -> str:
    return told(words, said.origin) if said.origin else words


def _grade_of(said: Said) -> Grade:
    """How much it weighs that words come or go."""
    steps = said.of.split("/")
    return "significant" if said.cites or steps[0] == "sources" or _ACTIONS & set(steps) else "text"


def _made(
    kind: Kind,
    grade: Grade,
    where: str,
    said: Said,
    words: _Words,
    before: str = "",
    now: str = "",
    was: Said | None = None,
) -> Change:
    """A change of one statement, which `was` another; nobody may have checked what is printed of both."""
    open_, was_open = said.unchecked and bool(now), bool(was and was.unchecked and before)
    return Change(grade, kind, where, _what(said, words.wording), before, now, open_, was_open)


def _what(said: Said, wording: Wording) -> str:
    """The name of a field for readers."""
    steps = said.of.split("/")
    for name in (said.of.replace("/", "-"), *reversed(steps)):
        if f"field-{name}" in wording:
            return wording[f"field-{name}"]
    return wording["field-other"]


def _named(cites: Sequence[str], review: str, words: _Words) -> str:
    """What a statement rests on, in words: the titles of sources, with paragraph or page."""
    said = []
    for cite in cites:
        source, _, where = cite.partition(" ")
        title = words.titles.get(f"{review} {source}", source)
        said.append(f"{title}, {where}" if where else title)
    return "; ".join(said) or words.wording["no-source"]
