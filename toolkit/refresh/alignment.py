"""Which lines, boxes and slides of two versions of a file are the same, told by their words alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeVar

from toolkit.office.story import Leaf, Where, mark, plain

T = TypeVar("T")
U = TypeVar("U")

_SAME = 0.35  # how much of their words two lines share at least, of which one is the other in other words
_RARE = 0.5  # what a slide must at least have in common with another to be it: a line that few have


@dataclass(frozen=True)
class Text:
    """A line: its fingerprint, and its words where they are known."""

    mark: str
    words: str | None


@dataclass(frozen=True)
class Box:
    """The lines of a box that have words, where it is, and its number."""

    lines: tuple[Text, ...]
    where: Where
    number: int


@dataclass(frozen=True)
class Side:
    """A slide or document of one version: its page, where that is known, its key, and its boxes."""

    page: str
    key: str
    boxes: tuple[Box, ...]

    def marks(self) -> Counter[str]:
        """How often each line stands in it."""
        return Counter(text.mark for box in self.boxes for text in box.lines)


def side(leaf: Leaf, page: str = "") -> Side:
    """A leaf that was read."""
    boxes: dict[int, list[Text]] = {}
    wheres: dict[int, Where] = {}
    for line in leaf.lines:
        there = boxes.setdefault(line.box, [])
        wheres[line.box] = line.where
        if plain(line.words):
            there.append(Text(mark(line.words), line.words))
    found = tuple(Box(tuple(lines), wheres[number], number) for number, lines in boxes.items())
    return Side(page, leaf.key, found)


# ------------------------------------------------------------------------------------------------- slides


def pair_sides(one: Sequence[Side], other: Sequence[Side], trusted: bool) -> dict[int, int]:
    """Which of some slides is which of others: the pairs that have most lines in common, of these those that
    few slides have. Keys count where they are `trusted`: some programs number slides anew.
    """
    if len(one) == len(other) == 1 and not one[0].key:
        return {0: 0}
    marks = [side.marks() for side in one]
    others = [side.marks() for side in other]
    common = Counter(mark for side in marks for mark in side)
    pairs = []
    for i, first in enumerate(one):
        for j, second in enumerate(other):
            score = sum(min(n, others[j][m]) / common[m] ** 2 for m, n in marks[i].items() if m in others[j])
            score += (trusted and first.key == second.key) * _RARE
            if score >= _RARE:
                pairs.append((-score, abs(i - j), i, j))
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, i, j in sorted(pairs):
        if i not in found and j not in taken:
            found[i] = j
            taken.add(j)
    return found


def pair_pages(one: Sequence[Side], other: Sequence[Side]) -> dict[int, int]:
    """The same of two builds, whose pages have names; the rest by their words."""
    places = {side.page: j for j, side in enumerate(other)}
    found = {i: places[side.page] for i, side in enumerate(one) if side.page in places}
    left = [i for i in range(len(one)) if i not in found]
    free = [j for j in range(len(other)) if j not in found.values()]
    more = pair_sides([one[i] for i in left], [other[j] for j in free], False)
    return found | {left[i]: free[j] for i, j in more.items()}


def moved(order: Sequence[int]) -> set[int]:
    """Which of some different numbers have to move so that the rest rise."""
    stays = rising(order)
    return {number for n, number in enumerate(order) if n not in stays}


def rising(numbers: Sequence[int | None]) -> set[int]:
    """The places of the longest row of numbers that rise: what need not be moved. None is in no row."""
    rows: list[list[tuple[int, int]]] = []  # each number with its place
    for n, number in enumerate(numbers):
        if number is not None:
            before = [row for row in rows if row[-1][0] < number]
            rows.append([*max(before, key=len, default=[]), (number, n)])
    return {n for _, n in max(rows, key=len, default=[])}


# -------------------------------------------------------------------------------------------------- boxes


def pair_boxes(one: Sequence[Box], other: Sequence[Box]) -> dict[int, int]:
    """Which boxes of a slide or document are which of another version, in their order."""
    start = 0
    while start < min(len(one), len(other)) and _alike(one[start], other[start]):
        start += 1
    end = 0
    while end < min(len(one), len(other)) - start and _alike(one[-1 - end], other[-1 - end]):
        end += 1
    found = {n: n for n in range(start)}
    found |= {len(one) - 1 - n: len(other) - 1 - n for n in range(end)}
    middle = best(one[start : len(one) - end], other[start : len(other) - end], _box_score)
    return found | {start + i: start + j for i, j in middle}


def _alike(one: Box, other: Box) -> bool:
    same = [text.mark for text in one.lines] == [text.mark for text in other.lines]
    return same and one.where == other.where


def _box_score(one: Box, other: Box) -> float:
    if one.where != other.where:
        return 0.0
    if not one.lines and not other.lines:
        return 0.3
    if not one.lines or not other.lines:
        return 0.1
    marks = Counter(text.mark for text in one.lines) & Counter(text.mark for text in other.lines)
    if shared := sum(marks.values()):
        return 0.5 + shared / max(len(one.lines), len(other.lines))
    return 0.12 + 0.5 * max(likeness(a, b) for a in one.lines[:8] for b in other.lines[:8])


# -------------------------------------------------------------------------------------------------- lines


def pair_lines(one: Sequence[Text], other: Sequence[Text]) -> dict[int, int]:
    """Which lines of a box are which of another version, in their order, the same or in other words."""
    matcher = SequenceMatcher(None, [t.mark for t in one], [t.mark for t in other], autojunk=False)
    found: dict[int, int] = {}
    for kind, i, i_end, j, j_end in matcher.get_opcodes():
        if kind == "equal":
            found |= dict(zip(range(i, i_end), range(j, j_end)))
        elif i_end - i == j_end - j == 1:
            found[i] = j
        elif kind == "replace":
            pairs = best(one[i:i_end], other[j:j_end], _line_score)
            found |= {i + a: j + b for a, b in pairs}
    return found or ({0: 0} if one and other else {})  # a box that has been filled anew keeps its first line


def _line_score(one: Text, other: Text) -> float:
    score = likeness(one, other)
    return score if score >= _SAME else 0.0


def likeness(one: Text, other: Text) -> float:
    """How much of their words two lines share, from 0 to 1; what is not known is taken to be a little."""
    if one.mark == other.mark:
        return 1.0
    if one.words is None or other.words is None:
        return _SAME
    a, b = (Counter(plain(text.words or "").casefold().split()) for text in (one, other))
    return 2 * sum((a & b).values()) / max(1, a.total() + b.total())


def best(one: Sequence[T], other: Sequence[U], score: Callable[[T, U], float]) -> Iterator[tuple[int, int]]:
    """The pairs of two rows, in their order, that together have the highest score."""
    scores = [[score(a, b) for b in other] for a in one]
    total = [[0.0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i in range(len(one) - 1, -1, -1):
        for j in range(len(other) - 1, -1, -1):
            both = total[i + 1][j + 1] + scores[i][j] if scores[i][j] > 0 else 0.0
            total[i][j] = max(both, total[i + 1][j], total[i][j + 1])
    i = j = 0
    while i < len(one) and j < len(other):
        if scores[i][j] > 0 and total[i][j] == total[i + 1][j + 1] + scores[i][j]:
            yield i, j
            i, j = i + 1, j + 1
        elif total[i][j] == total[i + 1][j]:
            i += 1
        else:
            j += 1
