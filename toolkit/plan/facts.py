"""What page templates may ask of the facts: a review as it is used, labels, practice by origin, themes,
cites.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from pydantic import BaseModel

from toolkit.content import evidence
from toolkit.content.model import Point, Review, Source, Statement, Thought
from toolkit.content.registers import Registers
from toolkit.plan.language import told
from toolkit.plan.wording import Wording
from toolkit.problems import Node, Place

UNCHECKED = "label"  # the origin of words that are a label for whatever stands with them


@dataclass(frozen=True)
class ChosenReview:
    """A review as one deck or briefing uses it: the points it works through, and the other printable ones."""

    shown: ClassVar[tuple[str, ...]] = ("review", "points", "cards", "marked")  # to templates
    review: Review
    points: tuple[Point, ...]
    cards: tuple[Point, ...]
    place: Callable[[Point | None], Place]

    @property
    def marked(self) -> bool:
        """Whether any of its printed points is marked."""
        return any(evidence.standing(self.review, p) == "marked" for p in (*self.points, *self.cards))

    def sure(self, wording: Wording) -> str:
        """One sentence on how well the printed points are founded: a label for those that are marked."""
        every = (*self.points, *self.cards)
        marked = sum(evidence.standing(self.review, p) == "marked" for p in every)
        if not marked:
            return wording("sure-all")
        some = wording("sure-some", sure=len(every) - marked, all=len(every))
        return told(wording("sure-none") if marked == len(every) else some, UNCHECKED)


def choose(review: Review, ids: Sequence[str], node: Node) -> ChosenReview:
    """The points named by `ids` (all printable ones when empty) and the rest as cards."""
    printable = evidence.printable(review)
    by_id = {p.id: p for p in printable}
    points = tuple(by_id[i] for i in ids) if ids else printable

    def place(point: Point | None) -> Place:
        return node.at(("points", review.points.index(point)) if point else ("summary",)).place

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


def needs_label(review: Review) -> dict[str, str]:
    """The origins whose words may not be printed without the label of their point, and the label's origin.

    What a marked point shows as a whole, and each statement of it that does not rest on the review itself.
    """
    needed: dict[str, str] = {}
    for point in review.points:
        if not evidence.label(review, point):
            continue
        path = f"{review.id}/points/{point.id}"
        shown = ["message", "slide/finding", "slide/happened"]
        for field in ("finding", "happened"):
            for n, statement in enumerate(getattr(point, field)):
                if evidence.is_marked(review, point, statement):
                    shown.append(f"{field}/{n}")
        needed |= {f"{path}/{part}": f"{path}/{UNCHECKED}" for part in shown}
    return needed


def unlabelled(printed: set[str], needed: Mapping[str, str]) -> str:
    """An origin among those printed together whose label is not among them, or nothing."""
    if UNCHECKED in printed:
        return ""
    for origin in printed:
        steps = origin.split("/")
        label = needed.get("/".join(steps[:5])) or needed.get("/".join(steps[:4]))
        if label and label not in printed:
            return origin
    return ""


def label(review: Review, point: Point, wording: Wording) -> str:
    """The words of a point's label, empty for a releasable one; they carry their origin."""
    name, names = evidence.label(review, point), evidence.reporters(review, point)
    if not name:
        return ""
    several = "two-names" if len(names) == 2 else "more-names"
    shown = wording(several, first=names[0], second=names[1]) if len(names) > 1 else "".join(names)
    return told(wording(name, names=shown), f"{review.id}/points/{point.id}/{UNCHECKED}")


# ----------------------------------------------------------------------------- what belongs together


@dataclass(frozen=True)
class PracticeGroup:
    """Practice statements by what they rest on. `origin` is review, guidance or suggestion."""

    origin: Literal["review", "guidance", "suggestion"]
    statements: tuple[Thought, ...]


def practice(review: Review, point: Point) -> list[PracticeGroup]:
    """A point's practice: what the review is told to have asked for, wider guidance, our suggestions."""
    groups: dict[Literal["review", "guidance", "suggestion"], list[Thought]] = {
        "review": [],
        "guidance": [],
        "suggestion": [],
    }
    for statement in point.practice:
        if not statement.cites:
            groups["suggestion"].append(statement)
        elif evidence.is_reported(review, statement):
            groups["review"].append(statement)
        else:
            groups["guidance"].append(statement)
    return [PracticeGroup(origin, tuple(found)) for origin, found in groups.items() if found]


def shared_themes(chosen: Sequence[ChosenReview], registers: Registers) -> list[tuple[str, list[list[str]]]]:
    """Themes that at least two reviews share, most shared first: (theme, for each review its points' titles).

    Titles, because a message says what was found and may not stand without its label. Of each review, the
    points that no earlier theme began with come first, so that a table shows a different one in every row.
    """
    rows = []
    for theme in registers.themes.values():
        found = [[p.title for p in (*c.points, *c.cards) if theme.id in p.themes] for c in chosen]
        if len(chosen) > 1 and sum(bool(titles) for titles in found) > 1:
            rows.append((theme.title, found))
    rows.sort(key=lambda row: (-sum(bool(t) for t in row[1]), -sum(len(t) for t in row[1])))
    shown: list[set[str]] = [set() for _ in chosen]
    for _, found in rows:
        for titles, seen in zip(found, shown):
            titles.sort(key=lambda title: title in seen)
            seen.update(titles[:1])
    return rows


# ------------------------------------------------------------------------------------------- sources

CITED = "\ufdd2"  # stands before the number of a cite until it is known
_CITE = re.compile(f"{CITED}([^\ufdd3]*)\ufdd3")


class Sources:
    """The numbered source list of one deck or briefing: what it cites, in the order of its reviews' files.

    While pages are filled a cite holds a mark in place of its number; `numbering` puts the numbers in.
    """

    def __init__(self, chosen: Sequence[ChosenReview]) -> None:
        self._chosen = chosen
        self._cited: set[str] = set()

    def cite(self, review: Review, statement: Any) -> str:
        """The cites of a statement as numbers of the source list: "[3, p11; 5]", or empty."""
        parts = []
        for cite in statement.cites:
            key = f"{review.id} {cite.source}"
            self._cited.add(key)
            parts.append(f"{CITED}{key}\ufdd3{', ' + cite.where if cite.where else ''}")
        return f"[{'; '.join(parts)}]" if parts else ""

    def numbered(self) -> list[tuple[int, Review, Source]]:
        """What has been cited so far: (number, review, source)."""
        every = ((c.review, source) for c in self._chosen for source in c.review.sources)
        cited = [(r, s) for r, s in every if f"{r.id} {s.id}" in self._cited]
        return [(number, review, source) for number, (review, source) in enumerate(cited, 1)]

    def numbering(self) -> Callable[[str], str]:
        """A function that puts the numbers into a text."""
        numbers = {f"{review.id} {source.id}": str(n) for n, review, source in self.numbered()}
        return lambda words: _CITE.sub(lambda match: numbers[match[1]], words)


def publishers(review: Review, *groups: Sequence[Statement]) -> str:
    """Who published what some statements rest on: "Community Care; NSPCC"."""
    names = [review.source(c.source).publisher for group in groups for s in group for c in s.cites]
    return "; ".join(dict.fromkeys(names))


def link(words: str, url: str | None) -> str:
    """`words` as a link in the markup of `markup`, or the words alone when there is no address."""
    plain = re.sub(r"([\\\[\]*_])", r"\\\1", words)
    return f"[{plain}](<{url}>)" if url else plain
