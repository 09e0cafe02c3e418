"""A session: which points are worked on, in which way, and what takes how long.

The figures are those of common session plans for adults: words are read aloud at 130 a minute, a question
that is put to the room takes two minutes or more, a point six or more, a tenth of the time is kept free, and
nobody sits for more than 90 minutes.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence

from toolkit.content import evidence
from toolkit.content.model import Deck, Point, Review
from toolkit.late import dataclass, replace
from toolkit.plan.facts import ChosenReview
from toolkit.plan.outline import PageTemplate

WORDS_A_MINUTE = 130
QUESTION = 2  # minutes for each question put to the room
THOUGHT = 0.75  # for each that everybody thinks about alone: it is read out, then half a minute
POINT = 6  # minutes for a learning point, its questions and its activity included
BREAK = 15  # minutes, in a session of more than SITTING + HALF_HOUR
SITTING = 90  # minutes until the break at most
HALF_HOUR = 30
GRACE = 0.25  # of a minute: so much over a whole minute is made good on the next page
KNOWN_LITTLE = 45  # minutes at most for a session on reviews of which little is known
PAIRS = "pairs"
# From how many minutes on: slides, each with its notes page, at most; 4 more for each ten minutes over 60.
_PAPER = ((7, 12), (40, 15), (55, 18))

# From how many minutes on: points taught, reviews told, main activities.
_SHAPES = (
    (7, 1, 1, 0),
    (20, 2, 1, 0),
    (40, 2, 2, 1),
    (55, 3, 2, 1),
    (75, 4, 3, 2),
    (120, 5, 4, 3),
    (150, 6, 4, 3),
)


@dataclass(frozen=True)
class SessionPart:
    """A line of the running order: a part, when it starts and how long it takes, in minutes."""

    name: str
    start: int
    minutes: int


@dataclass(frozen=True)
class Step:
    """A slide in the running order: its number and title, when it starts and how long it takes, in minutes.

    `late` is the order in which it may be left out when time runs short; 0 for a slide that stays.
    """

    number: int
    title: str
    start: int
    minutes: int
    late: int = 0
    instead: str = ""


@dataclass(frozen=True)
class LeftOut:
    """What a session has no room for, and why."""

    what: str
    why: str


@dataclass(frozen=True)
class Session:
    """What the toolkit made of the wishes in a deck: chosen points and ways of working, the clock, what was
    left out. `in_hand` minutes are kept free, before the last part.
    """

    minutes: int
    in_hand: int
    parts: tuple[SessionPart, ...]
    steps: tuple[Step, ...]
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True)
class Choice:
    """Which points of which reviews a session takes, in the order they are taught, and its main activities.

    `ways` has the pattern of each point, by review and point; `wanted` says that an author named the points.
    """

    chosen: tuple[ChosenReview, ...]
    ways: Mapping[tuple[str, str], str]
    wanted: bool

    @property
    def points(self) -> int:
        """How many points are taught."""
        return sum(len(one.points) for one in self.chosen)


def minutes_of(point: Point) -> int:
    """How many minutes a point takes at least, worked on in pairs: its words and its first question."""
    words = sum(len(said.split()) for said in point.notes.say) if point.notes else 0
    return max(POINT, whole(words / WORDS_A_MINUTE + QUESTION * min(1, len(point.questions))))


def whole(minutes: float) -> int:
    """Minutes as whole ones: a quarter of one over is made good on the next page."""
    return max(0, math.ceil(minutes - GRACE))


def shape(minutes: int) -> tuple[int, int, int]:
    """How many points, reviews and main activities suit a session of so many minutes."""
    return next(row[1:] for row in reversed(_SHAPES) if minutes >= row[0])


def paper(minutes: int) -> int:
    """How many slides a session of so many minutes has at most: a trainer prints a page for each."""
    return next(most for start, most in reversed(_PAPER) if minutes >= start) + max(0, minutes - 60) * 4 // 10


def choose_points(
    deck: Deck,
    every: Sequence[ChosenReview],
    named: Sequence[tuple[str, str]],
    patterns: Mapping[str, PageTemplate],
    fewer: int = 0,
) -> Choice:
    """The points that suit a deck's minutes and audience, or those that its author named, in that order.

    Agencies first, then priority, then the order of the file; each review in turn. `fewer` than the shape of
    the session allows, when that many do not fit.
    """
    most, reviews, activities = shape(deck.minutes)
    most = max(1, most - fewer)
    told = list(every)
    if named:
        told = [one for one in every if any(one.review.id == review for review, _ in named)]
    else:
        told = (
            sorted(every, key=lambda one: -_suits(one, deck.audience))[:reviews]
            if deck.audience
            else told[:reviews]
        )
        told = [one for one in every if one in told][:most]
    queues = [
        [p for review, id in named if review == one.review.id for p in one.points if p.id == id]
        if named
        else sorted(one.points, key=lambda p: _order(p, deck.audience))
        for one in told
    ]
    taken: list[list[Point]] = [list(queue) if named else [] for queue in queues]
    if not named:
        while sum(map(len, taken)) < most and any(len(t) < len(q) for t, q in zip(taken, queues)):
            for mine, queue in zip(taken, queues):
                if len(mine) < len(queue) and sum(map(len, taken)) < most:
                    mine.append(queue[len(mine)])
        taken = [[p for p in one.points if p in mine] for one, mine in zip(told, taken)]
    chosen = tuple(
        replace(
            one,
            points=tuple(points),
            cards=tuple(p for p in evidence.printable(one.review) if p not in points),
            full=n == 0,
        )
        for n, (one, points) in enumerate(zip(told, taken))
    )
    if sum(map(len, taken)) > shape(deck.minutes)[0]:
        activities = 0
    longest = patterns[PAIRS].minutes if deck.minutes < 2 * POINT else deck.minutes
    return Choice(chosen, _ways(chosen, patterns, deck.audience, activities, longest), bool(named))


def _suits(one: ChosenReview, audience: Collection[str]) -> int:
    return sum(any(role.lens in audience for role in point.roles) for point in one.points)


def _order(point: Point, audience: Collection[str]) -> tuple[int, int]:
    if not audience or any(role.lens in audience for role in point.roles):
        return 0, point.priority
    if any(lens in audience for lens in point.lenses):
        return 1, point.priority
    return (2 if "all" in point.lenses else 3), point.priority


def _ways(
    chosen: Sequence[ChosenReview],
    patterns: Mapping[str, PageTemplate],
    audience: Collection[str],
    activities: int,
    longest: int,
) -> dict[tuple[str, str], str]:
    """The pattern of each point: its own, or pairs when the long activities are used up, or when it takes
    longer than the `longest` that there is time for.

    Activities that no point before has come first. A point that has an agency's own question is worked on in
    pairs, on that question, unless it has one of the long activities.
    """
    every = [(one.review, point) for one in chosen for point in one.points]
    long: list[tuple[Review, Point]] = [
        (review, point) for review, point in every if point.way and patterns[point.way.pattern].main
    ]
    seen: set[str] = set()
    new: list[tuple[str, str]] = []
    again: list[tuple[str, str]] = []
    for review, point in long:
        assert point.way
        (again if point.way.pattern in seen else new).append((review.id, point.id))
        seen.add(point.way.pattern)
    kept = set((new + again)[:activities])
    ways = {}
    for review, point in every:
        name = point.way.pattern if point.way else PAIRS
        key = (review.id, point.id)
        main = patterns[name].main
        own = any(role.lens in audience for role in point.roles)
        kept_out = key not in kept if main else own
        ways[key] = PAIRS if kept_out or patterns[name].minutes > longest else name
    return ways


def spread(least: Sequence[int], most: Sequence[int], minutes: int) -> list[int]:
    """Whole minutes for each page: what it needs, and of what is left a minute to each in turn that can use
    more."""
    given = list(least)
    left = minutes - sum(given)
    while left > 0 and any(now < top for now, top in zip(given, most)):
        for n in sorted(range(len(given)), key=lambda n: (given[n] - least[n], n)):
            if left > 0 and given[n] < most[n]:
                given[n] += 1
                left -= 1
    return given
