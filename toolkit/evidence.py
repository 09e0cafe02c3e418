"""How far a learning point may go, derived from what it cites: releasable, marked or hold.

| Standing   | When                                                                             | What the outputs do           |
| ---------- | -------------------------------------------------------------------------------- | ----------------------------- |
| releasable | every finding rests on the review report, its board, or an extract of it         | printed with its source       |
| marked     | a finding rests on others' reports only; or what happened is known, no finding is | printed with a label          |
| hold       | neither a finding nor an account of what happened                                | never printed, listed as work |
"""

from __future__ import annotations

from toolkit.content import Point, Review, Standing, Statement
from toolkit.wording import Wording, english

REVIEW_ITSELF = {"review-report", "board-summary"}
REPORTED = {"government", "nspcc", "professional-press", "news", "training"}


def rests_on_review(review: Review, statement: Statement) -> bool:
    """Whether a statement cites the review, its board, or a page that reproduces the review's own words."""
    return any(c.extract or review.source(c.source).kind in REVIEW_ITSELF for c in statement.cites)


def is_reported(review: Review, statement: Statement) -> bool:
    """Whether a statement rests at least on somebody's report of the review."""
    return rests_on_review(review, statement) or any(review.source(c.source).kind in REPORTED for c in statement.cites)


def standing(review: Review, point: Point) -> Standing:
    """How far a point may go. An author can lower it with `standing`; only `checked` raises it."""
    if point.standing == "hold":
        return "hold"
    if point.finding:
        if not all(is_reported(review, s) for s in point.finding):
            return "hold"
        if point.checked:
            return "releasable"
        releasable = point.standing is None and all(rests_on_review(review, s) for s in point.finding)
        return "releasable" if releasable else "marked"
    return "marked" if any(is_reported(review, s) for s in point.happened) else "hold"


def printable(review: Review) -> tuple[Point, ...]:
    """The points that may be printed, in the order of the file."""
    return tuple(p for p in review.points if standing(review, p) != "hold")


def found(review: Review, point: Point, wording: Wording | None = None) -> str:
    """What a point's finding may be called: the review's own, what its board says, or what others report of it. English unless told otherwise."""
    cites = [c for s in point.finding for c in s.cites]
    if not all(rests_on_review(review, s) for s in point.finding):
        name = "found-reported"
    elif any(c.extract or review.source(c.source).kind == "review-report" for c in cites):
        name = "found"
    else:
        name = "found-board"
    return (wording or english())(name)


def label(review: Review, point: Point, wording: Wording | None = None) -> str:
    """The words that go with a marked point wherever it is printed; empty for a releasable one. English unless told otherwise."""
    if standing(review, point) != "marked":
        return ""
    wording = wording or english()
    basis = point.finding or point.happened
    if all(rests_on_review(review, s) for s in basis):
        if point.finding:
            return wording("lowered")
        return wording("raised")
    return wording("as-reported", names=_names(_reporters(review, basis), wording))


def _reporters(review: Review, statements: tuple[Statement, ...]) -> list[str]:
    sources = [review.source(c.source) for s in statements if not rests_on_review(review, s) for c in s.cites]
    return list(dict.fromkeys(s.publisher for s in sources if s.kind in REPORTED))


def _names(names: list[str], wording: Wording) -> str:
    if len(names) < 2:
        return "".join(names)
    return wording("two-names" if len(names) == 2 else "more-names", first=names[0], second=names[1])
