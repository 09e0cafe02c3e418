"""What page templates may ask of the facts: a review as it is used, who speaks, themes, cites."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, get_args

from pydantic import BaseModel

from toolkit.content import evidence
from toolkit.content.model import (
    Cite,
    Event,
    Fact,
    Point,
    Question,
    Review,
    SlideWords,
    Source,
    SourceKind,
    Statement,
    Thought,
)
from toolkit.content.registers import Agency, Registers, Theme
from toolkit.late import dataclass, pattern
from toolkit.plan.language import Told, told
from toolkit.plan.markup import QUIET
from toolkit.plan.wording import Wording
from toolkit.problems import Node, Place

SPEAKER = "speaker"  # the origin of a heading that says who speaks, for whatever stands in one box with it
REFERENCE = "reference"  # what the origins of words of registers begin with
TELLER = "teller"  # of a source line, which says who tells what happened; a finding needs the heading too


@dataclass(frozen=True)
class ChosenReview:
    """A review as one deck or briefing uses it: the points it works through, and the other printable ones.

    Of several reviews in a session only the first is told in `full`.
    """

    shown: ClassVar[tuple[str, ...]] = ("review", "points", "cards", "marked", "full")  # to templates
    review: Review
    points: tuple[Point, ...]
    cards: tuple[Point, ...]
    place: Callable[[Point | Question | None], Place]
    full: bool = True

    @property
    def marked(self) -> bool:
        """Whether any of its printed points is marked."""
        return any(evidence.standing(self.review, p) == "marked" for p in (*self.points, *self.cards))

    def sure(self, wording: Wording) -> str:
        """One sentence on how well the printed points are founded: it speaks for those that are marked."""
        every = (*self.points, *self.cards)
        marked = [p for p in every if evidence.standing(self.review, p) == "marked"]
        report = any(s.kind == "review-report" and s.read != "not-read" for s in self.review.sources)
        if not marked:
            return wording("sure-all" if report else "sure-board")
        by_others = sum(bool(p.finding) for p in marked)
        later = [p.found_by for p in marked if p.finding and p.found_by]
        counts = (
            ("sure", len(every) - len(marked)),
            ("others", by_others - len(later)),
            ("later", len(later)),
            ("ours", len(marked) - by_others),
        )
        who = wording.several(list(dict.fromkeys(later)))
        said = [wording(f"sure-{name}", count=count, who=who) for name, count in counts if count]
        return told(wording("sure", parts=wording.several(said)), SPEAKER)


def choose(review: Review, ids: Sequence[str], node: Node) -> ChosenReview:
    """The points named by `ids` (all printable ones when empty) and the rest as cards."""
    printable = evidence.printable(review)
    by_id = {p.id: p for p in printable}
    points = tuple(by_id[i] for i in ids if i in by_id) if ids else printable

    def place(of: Point | Question | None) -> Place:
        if isinstance(of, Question):
            return node.at(("quiz", review.quiz.index(of))).place
        return node.at(("points", review.points.index(of)) if of else ("summary",)).place

    return ChosenReview(review, points, tuple(p for p in printable if p not in points), place)


# ------------------------------------------------------------------------------- where words come from


def origins(model: BaseModel, path: str) -> Iterator[tuple[int, str]]:
    """Python's id of a model and of every model inside it, and its path: patrick/points/P-1/finding/0."""
    yield id(model), path
    for name in type(model).model_fields:
        value = getattr(model, name)
        for n, item in enumerate(value if isinstance(value, tuple) else (value,)):
            if isinstance(item, BaseModel):
                step = f"/{getattr(item, 'id', n)}" if isinstance(value, tuple) else ""
                yield from origins(item, f"{path}/{name}{step}")


def by_name(registers: Registers) -> Iterator[tuple[str, Mapping[str, BaseModel]]]:
    """The registers whose entries are printed, by where their origins begin: reference/support."""
    for name in ("themes", "agencies", "kinds", "support"):
        yield f"{REFERENCE}/{name}", getattr(registers, name)


def named(entry: Agency | Theme, register: str, short: bool = False) -> Told:
    """What an entry of a register is called, in few words where it has them."""
    brief = (short and getattr(entry, "short", None)) or ""
    return told(brief or entry.title, f"{REFERENCE}/{register}/{entry.id}/{'short' if brief else 'title'}")


def message_of(review: Review, point: Point) -> Told:
    """What a point teaches."""
    path = f"{review.id}/points/{point.id}"
    return told(point.message, f"{path}/message") if point.message else told(point.title, f"{path}/title")


def child_of(review: Review) -> Told:
    """The child of a review, or the title of a review without one."""
    if review.child:
        return told(review.child.name, f"{review.id}/child/name")
    return told(review.title, f"{review.id}/title")


def needs_speaker(review: Review) -> dict[str, str]:
    """The origins whose words may stand only beside words that say who speaks or tells; which of the two.

    What a marked point shows of its finding and of what happened, and each statement of any point that does
    not rest on the review itself. A title states the learning, which is ours.
    """
    needed: dict[str, str] = {}
    for point in review.points:
        path, marked = f"{review.id}/points/{point.id}", evidence.standing(review, point) == "marked"
        if marked:
            needed |= {f"{path}/slide/finding": SPEAKER, f"{path}/slide/happened": TELLER}
        for where, statement in _told_by(point):
            found = where.startswith("finding")
            alone = marked and evidence.is_marked(review, point, statement)
            if alone or (not found and evidence.is_unchecked(review, statement)):
                needed[f"{path}/{where}"] = SPEAKER if found else TELLER
    return needed


def _told_by(point: Point) -> Iterator[tuple[str, Statement]]:
    """What a point tells of the case, and where in it that stands."""
    every: list[tuple[str, Sequence[Statement]]] = [("finding", point.finding), ("happened", point.happened)]
    if point.way:
        every += [("way/known", point.way.known), ("way/unknown", point.way.unknown)]
        every += [("way/next", point.way.next), ("way/knew", point.way.knew)]
    for where, statements in every:
        for n, statement in enumerate(statements):
            yield f"{where}/{n}", statement


def marked_in(printed: Iterable[str], needed: Mapping[str, str]) -> Iterator[str]:
    """Those origins, among what is printed, that need a speaker."""
    for origin in printed:
        steps = origin.split("/")
        if steps[-1] != "lens" and ("/".join(steps[:6]) in needed or "/".join(steps[:5]) in needed):
            yield origin


def unspoken(printed: set[str], needed: Mapping[str, str]) -> str:
    """An origin among those printed in one box that has nobody who says it there, or nothing."""
    if SPEAKER in printed:
        return ""
    for origin in marked_in(printed, needed):
        steps = origin.split("/")
        kind = next(needed[path] for n in (6, 5) if (path := "/".join(steps[:n])) in needed)
        said_by = {SPEAKER} if kind == SPEAKER else {SPEAKER, TELLER}
        if not any(f"{'/'.join(steps[:3])}/{one}" in printed for one in said_by):
            return origin
    return ""


def heading(review: Review, point: Point, wording: Wording) -> str:
    """Whose words a point shows: "What others say the review found". They speak for all that stands in the
    box with them."""
    words = wording("found-by", who=point.found_by) if point.found_by else wording[_shown_of(review, point)]
    return told(words, f"{review.id}/points/{point.id}/{SPEAKER}")


def by_speaker(
    review: Review, points: Sequence[Point], wording: Wording
) -> list[tuple[str, list[Point], list[Thought | SlideWords]]]:
    """Points whose words the same speaker says: the heading that speaks for them all, these points, and what
    they rest on. Speakers stand in the order of their first points.
    """
    groups: dict[str, list[Point]] = {}
    for point in points:
        groups.setdefault(str(heading(review, point, wording)), []).append(point)
    return [
        (
            told(words, " ".join(f"{review.id}/points/{p.id}/{SPEAKER}" for p in mine)),
            mine,
            [s for p in mine for s in shown_from(p)],
        )
        for words, mine in groups.items()
    ]


def _shown_of(review: Review, point: Point) -> str:
    return evidence.found(review, point) if point.finding else "what-happened"


def shown_from(point: Point) -> Sequence[Thought | SlideWords]:
    """What the few words of a point on a slide or a card rest on."""
    if point.slide and point.slide.cites:
        return (point.slide,)
    return point.finding or point.happened


def source_line(
    review: Review,
    statements: Sequence[Thought | SlideWords | Event | Fact],
    wording: Wording,
    short: bool = False,
    apart: bool = False,
) -> str:
    """Who says it, once, for a room: "The review, 5.2, 5.4", or "BBC, 17 September 2013; not yet checked
    against the report". Of statements that stand `apart` only those are marked that nobody has checked: "The
    review, 5.2; not yet checked against the report: BBC". A `short` one has no dates, and a name less.
    """
    named: dict[str, dict[str, None]] = {}  # with the paragraphs of the review
    cites = [c for s in statements for c in _cites(review, s)]
    names_of: dict[str, str] = {}  # of each source
    for cite in sorted(cites, key=lambda c: (not c.extract, _RANK[review.source(c.source).kind])):
        source = review.source(cite.source)
        if source.kind == "review-report":
            words = wording["the-review"]
            there = named.setdefault(words, {})
            there |= {cite.where: None} if cite.where else {}
        else:
            day = wording.date(source.published) if source.published and not short else ""
            words = f"{source.publisher}, {day}" if day and day not in source.publisher else source.publisher
            named.setdefault(words, {})
        names_of[cite.source] = words
    open_ = [s for s in statements if evidence.is_unchecked(review, s)]
    sure = {names_of[c.source] for s in statements if s not in open_ for c in _cites(review, s)}
    unsure = [{names_of[c.source] for c in _cites(review, s)} - sure for s in open_]
    names = {name: ", ".join([name, *there]) for name, there in named.items()}
    most = MOST_NAMED - short
    if apart and sure and unsure and all(unsure):  # each is told by somebody who tells nothing that is sure
        marked = [said for name, said in names.items() if name not in sure]
        plain = [said for name, said in names.items() if name in sure]
        few = max(1, most - len(plain))
        line = f"{_few(plain, most - min(few, len(marked)), wording)}; "
        line += f"{wording['unchecked']}: {_few(marked, few, wording)}"
    else:
        line = _few([*names.values()], most, wording)
        line += f"; {wording['unchecked']}" if line and open_ else ""
    return told(line[:1].upper() + line[1:], _joined(_tellers(review, statements), _sources(review, cites)))


def _few(names: Sequence[str], most: int, wording: Wording) -> str:
    """So many names at most, and whether there are others."""
    return "; ".join(names[:most]) + (f" {wording['and-others']}" if len(names) > most else "")


def _sources(review: Review, cites: Iterable[Cite]) -> str:
    """The origins of words about what is cited."""
    return _joined(*dict.fromkeys(f"{review.id}/sources/{cite.source}" for cite in cites))


def _joined(*origins: str) -> str:
    return " ".join(filter(None, origins))


def _cites(review: Review, statement: Thought | SlideWords | Event | Fact) -> Sequence[Cite]:
    """What a statement cites, after the paragraph of the report in which somebody has found it."""
    check = next((p.checked for p in review.points if any(s is statement for s in p.finding)), None)
    if not check or evidence.rests_on_review(review, statement):
        return statement.cites
    return (Cite(source=check.source, where=check.where, extract=False, quote=None), *statement.cites)


def told_by(review: Review, statements: Sequence[Thought], wording: Wording) -> str:
    """A sentence to say of what others tell; nothing where the review itself does."""
    if all(evidence.rests_on_review(review, s) for s in statements):
        return ""
    return told(wording["told"], _tellers(review, statements))


def _tellers(review: Review, statements: Sequence[Thought | SlideWords | Event | Fact]) -> str:
    """The origins of words that say who tells some statements: one for each point that they stand in."""
    mine = {id(s) for s in statements}
    points = [
        p.id for p in review.points if any(id(s) in mine for s in (p.slide, *(s for _, s in _told_by(p))))
    ]
    return " ".join(f"{review.id}/points/{id}/{TELLER}" for id in points)


_RANK = {kind: n for n, kind in enumerate(get_args(SourceKind))}  # the nearest to the review comes first
MOST_NAMED = 3  # sources in one line below a statement; the guide has all


def opening(words: str) -> str:
    """The first sentence of some words."""
    return told(re.split(r"(?<=[.?!])\s", words, maxsplit=1)[0], getattr(words, "origin", ""))


def key_events(review: Review) -> list[Event]:
    """The dated events that a briefing lists, six at most; none where fewer than two are known. When the
    review was published stands in the banner.
    """
    found = [e for e in review.timeline if e.key and not _PUBLISHED.search(e.slide or e.text)]
    return found[:MOST_EVENTS] if len(found) > 1 else []


def prediction(review: Review, shown: Sequence[Statement] = ()) -> list[Fact | Statement]:
    """What the file says of prediction or prevention, where it does: a fact, or a statement of the story. It
    is printed whole: what could not be foreseen and what could are one statement. Nothing where one of those
    that are `shown` says it.
    """
    if any(_FORESEEN.search(one.text) for one in shown):
        return []
    found: list[Fact | Statement] = [one for one in review.facts if _FORESEEN.search(one.label)]
    return [*found, *(one for one in review.story if _FORESEEN.search(one.text))][:1]


MOST_EVENTS = 6
_PUBLISHED = pattern(r"\b(review|report)\b.*\bpublished\b", re.I)
_FORESEEN = pattern(r"predict|prevention|preventable", re.I)


def main_sources(review: Review, *groups: Sequence[Thought | SlideWords | Event]) -> str:
    """The sources that some statements rest on most, two at most: those of the first group come first, and in
    each the review's own.
    """
    own = {"review-report": 0, "board-summary": 1}
    found: dict[str, Source] = {}
    for group in groups:
        cited = Counter(cite.source for statement in group for cite in statement.cites)
        every = sorted(map(review.source, cited), key=lambda one: (own.get(one.kind, 2), -cited[one.id]))
        found |= {one.id: one for one in every if one.id not in found}
    named = []
    for one in list(found.values())[: MOST_NAMED - 1]:
        year = (one.published or "")[:4]
        by = [w for w in (one.publisher, year) if w and w.casefold() not in one.title.casefold()]
        own_words = one.kind in own or one.kind == "government"
        named.append(
            ", ".join([one.title.rstrip("."), *by] if own_words else filter(None, (one.publisher, year)))
        )
    line = "; ".join(dict.fromkeys(named))
    origin = _joined(*(f"{review.id}/sources/{one.id}" for one in list(found.values())[: MOST_NAMED - 1]))
    return told(line[:1].upper() + line[1:], origin)


# ----------------------------------------------------------------------------- what belongs together


def shown_practice(point: Point) -> list[Thought]:
    """The steps of a point's practice that a slide shows, three at most: those with words for a slide."""
    return ([s for s in point.practice if s.slide] or list(point.practice))[:3]


def shared_themes(chosen: Sequence[ChosenReview], registers: Registers) -> list[tuple[str, list[list[str]]]]:
    """Themes that at least two reviews share, most shared first: (theme, for each review its points' titles).

    Of each review, the points that no earlier theme began with come first, so that a table shows a different
    one in every row.
    """
    rows: list[tuple[str, list[list[str]]]] = []
    for theme in registers.themes.values():
        found = [[p.title for p in (*c.points, *c.cards) if theme.id in p.themes] for c in chosen]
        if len(chosen) > 1 and sum(bool(titles) for titles in found) > 1:
            rows.append((named(theme, "themes"), found))
    rows.sort(key=lambda row: (-sum(bool(t) for t in row[1]), -sum(len(t) for t in row[1])))
    shown: list[set[str]] = [set() for _ in chosen]
    for _, found in rows:
        for titles, seen in zip(found, shown):
            titles.sort(key=lambda title: title in seen)
            seen.update(titles[:1])
    return rows


# ------------------------------------------------------------------------------------------- sources

CITED = "\ufdd2"  # stands before the number of a cite until it is known
_CITE = pattern(f"{CITED}([^\ufdd3]*)\ufdd3")


class Sources:
    """The numbered source list of one deck or briefing: what it cites, in the order of its reviews' files.

    While pages are filled a cite holds a mark in place of its number; `numbering` puts the numbers in.
    """

    def __init__(self, chosen: Sequence[ChosenReview]) -> None:
        self._chosen = chosen
        self._cited: set[str] = set()

    def cite(self, review: Review, *statements: Any) -> str:
        """The cites of statements as numbers of the source list, each once: "[3, p11; 5]", or empty."""
        parts: dict[str, None] = {}
        for cite in (cite for statement in statements for cite in statement.cites):
            key = f"{review.id} {cite.source}"
            self._cited.add(key)
            parts[f"{CITED}{key}\ufdd3{', ' + cite.where if cite.where else ''}"] = None
        cites = (cite for statement in statements for cite in statement.cites)
        return told(f"[{'; '.join(parts)}]", _sources(review, cites)) if parts else ""

    def numbered(self) -> list[tuple[int, Review, Source]]:
        """What has been cited so far: (number, review, source)."""
        every = ((c.review, source) for c in self._chosen for source in c.review.sources)
        cited = [(r, s) for r, s in every if f"{r.id} {s.id}" in self._cited]
        return [(number, review, source) for number, (review, source) in enumerate(cited, 1)]

    def numbering(self) -> Callable[[str], str]:
        """A function that puts the numbers into a text."""
        numbers = {f"{review.id} {source.id}": str(n) for n, review, source in self.numbered()}
        return lambda words: _CITE.sub(lambda match: numbers[match[1]], words)


def link(words: str, url: str | None) -> str:
    """`words` as a link in the markup of `markup`, or the words alone when there is no address."""
    plain = re.sub(r"([\\\[\]*_])", r"\\\1", words)
    return _like(words, f"[{plain}](<{url}>)" if url else plain)


def quiet(words: str) -> str:
    """`words`, which may have marks of their own, in grey: in the markup of `markup`."""
    kept = re.sub(r"([\[\]])", r"\\\1", words)
    return _like(words, f"[{kept}](<{QUIET}>)")


def _like(words: str, made: str) -> str:
    """What was made of some words, which knows where they come from where they do."""
    origin = getattr(words, "origin", "")
    return told(made, origin) if origin else made


def publishers(review: Review, *groups: Sequence[Thought]) -> str:
    """Who published what some statements rest on: "Community Care; NSPCC"."""
    cites = [c for group in groups for s in group for c in s.cites]
    names = [review.source(c.source).publisher for c in cites]
    return told("; ".join(dict.fromkeys(names)), _sources(review, cites))
