"""How far a learning point may go, derived from what it cites: releasable, marked or hold.

| Standing   | When                                                                 | What the outputs do    |
| ---------- | -------------------------------------------------------------------- | ---------------------- |
| releasable | every finding rests on the report, its board, or an extract of it    | printed, with source   |
| marked     | a finding rests on others' reports only; or none is known            | the speaker's, by name |
| hold       | neither a finding nor an account of what happened                    | listed as work         |
"""

from __future__ import annotations

from typing import Literal

from toolkit.content.model import (
    Event,
    Fact,
    Point,
    Question,
    Review,
    SlideWords,
    Standing,
    Statement,
    Thought,
)
from toolkit.content.quotes import check_of

REVIEW_ITSELF = {"review-report", "board-summary"}
READ = ("whole", "part")  # how far a report was read that somebody has checked a point against
REPORTED = {"government", "nspcc", "professional-press", "news", "training"}


def rests_on_review(review: Review, statement: Thought | Question | SlideWords | Event | Fact) -> bool:
    """Whether a statement rests on the review, its board, or a page that reproduces the review's own words.

    One that others' reports carry as well, or in part, is no stronger than these: it is split, or cites the
    review alone, or somebody has found its words in the report.
    """
    if is_found(review, statement):
        return True
    own = [c.extract or review.source(c.source).kind in REVIEW_ITSELF for c in statement.cites]
    others = (c for c, its in zip(statement.cites, own) if not its)
    return any(own) and all(review.source(c.source).kind not in REPORTED for c in others)


def is_found(review: Review, statement: Thought | Question | SlideWords | Event | Fact) -> bool:
    """Whether somebody has found words that a statement rests on in the review report, of which at least a
    part was read: the record says who, when and in which file.
    """
    return any(
        source.kind == "review-report" and source.read in READ and check_of(review, cite, statement)
        for cite in statement.cites
        if (source := review.source(cite.source)).checked
    )


def is_checked(review: Review, point: Point) -> bool:
    """Whether somebody has checked all findings of a point against the review report."""
    return bool(point.checked or (point.finding and all(is_found(review, s) for s in point.finding)))


def is_reported(review: Review, statement: Thought | Question | SlideWords | Event | Fact) -> bool:
    """Whether a statement rests at least on somebody's report of the review."""
    return any(
        c.extract or review.source(c.source).kind in {*REVIEW_ITSELF, *REPORTED} for c in statement.cites
    )


def standing(review: Review, point: Point) -> Standing:
    """How far a point may go. An author can lower it with `standing`; only a check raises it: `checked`, or
    words of every finding that somebody has found in the report.
    """
    if point.standing == "hold":
        return "hold"
    if point.finding:
        if not all(is_reported(review, s) for s in point.finding):
            return "hold"
        if is_checked(review, point):
            return "releasable"
        releasable = point.standing is None and all(rests_on_review(review, s) for s in point.finding)
        return "releasable" if releasable else "marked"
    return "marked" if any(is_reported(review, s) for s in point.happened) else "hold"


def is_marked(review: Review, point: Point, statement: Statement) -> bool:
    """Whether one statement of a marked point may not stand without its speaker: an author lowered the point,
    it has no finding, or this statement does not rest on the review itself."""
    return point.standing == "marked" or not point.finding or not rests_on_review(review, statement)


def is_unchecked(review: Review, statement: Thought | Question | SlideWords | Event | Fact) -> bool:
    """Whether nobody has checked a statement against the review: it does not rest on it, or an author lowered
    the point that it is a finding of. A check lifts the findings of its point.

    A thought, or a question of a quiz, that rests on wider guidance or on nothing claims nothing of the
    review.
    """
    ours = type(statement) is Thought or isinstance(statement, Question)
    if ours and not is_reported(review, statement):
        return False
    of = next((p for p in review.points if any(s is statement for s in p.finding)), None)
    if of and is_checked(review, of):
        return False
    return bool(of and of.standing) or not rests_on_review(review, statement)


def printable(review: Review) -> tuple[Point, ...]:
    """The points that may be printed, in the order of the file."""
    return tuple(p for p in review.points if standing(review, p) != "hold")


Found = Literal["found", "found-board", "found-others"]


def found(review: Review, point: Point) -> Found:
    """Whose finding a point shows, by name in reference/words.yaml: the review's own, its board's, or what
    others say that the review found. The review's own is also what somebody has checked in its report.
    """
    if is_checked(review, point):
        return "found"
    cites = [c for s in point.finding for c in s.cites]
    if any(is_unchecked(review, s) for s in point.finding):
        return "found-others"
    own = any(c.extract or review.source(c.source).kind == "review-report" for c in cites)
    return "found" if own else "found-board"


def little_known(review: Review) -> bool:
    """Whether fewer than half of its printable points have a finding: a session on it alone is short."""
    points = printable(review)
    return 2 * sum(bool(point.finding) for point in points) < len(points)
