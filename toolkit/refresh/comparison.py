"""What a person has changed in a built file: compared are what was built, what was edited, what is made now.

A plain function of values: nothing is read or written here. A change that the sources have made as well is
none; where both have changed a line, each in its own way, that is a conflict, and nobody decides it but a
person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from toolkit.office.story import Was, Where, typed
from toolkit.refresh.alignment import Box, Side, Text, moved, pair_boxes, pair_lines, pair_pages, pair_sides

Kind = Literal["reworded", "added", "deleted", "box added", "slide moved", "slide deleted", "slide added"]


@dataclass(frozen=True)
class Edit:
    """One change of a person's. `number` is that of the slide in the edited file, or as it was built where
    the slide is gone; 0 in a document. `spot` tells it from every other edit of the same two files.

    `was` is the line as it was built, where that is known, `now` what it has become. `line` is where it
    stands in what the sources give now, as box and place in it, or beside which line (`before` it or behind)
    the new one stands; None in an empty box. `conflict` says what is against it, and `source` is what the
    sources have made of the line. `index` is the slide's place in the edited file, `follows` the page before.
    """

    kind: Kind
    page: str
    number: int
    spot: str
    where: Where = "slide"
    was: str | None = None
    now: str = ""
    box: int = 0
    line: int | None = None
    before: bool = False
    at: int = 0
    conflict: str = ""
    source: str | None = None
    index: int = -1
    follows: str = ""


@dataclass(frozen=True)
class Found:
    """All edits in their order, and which page each slide of the edited file is: an added one has a new
    name."""

    edits: tuple[Edit, ...]
    pages: tuple[str, ...]


def as_sides(built: Sequence[Was], now: Sequence[Side]) -> list[Side]:
    """The leaves as they were built, with their words where the sources still give them."""
    bare = [
        Side(
            was.page,
            was.key,
            tuple(
                Box(tuple(Text(mark, None) for mark in marks), where, n)
                for n, (where, marks) in enumerate(was.boxes)
            ),
        )
        for was in built
    ]
    pairs = pair_pages(bare, now)
    found = []
    for n, side in enumerate(bare):
        known = _words(now[pairs[n]]) if n in pairs else {}
        boxes = tuple(
            Box(tuple(Text(t.mark, known.get(t.mark)) for t in box.lines), box.where, box.number)
            for box in side.boxes
        )
        found.append(Side(side.page, side.key, boxes))
    return found


def _words(side: Side) -> dict[str, str | None]:
    return {text.mark: text.words for box in side.boxes for text in box.lines}


def compare(
    built: Sequence[Side], edited: Sequence[Side], now: Sequence[Side], trusted: bool = True
) -> Found:
    """What was changed by hand. The numbers of slides are `trusted` in a file that still says what it was
    built as.
    """
    slides = bool(built) and built[0].key != ""
    theirs = pair_sides(built, edited, trusted)
    ours = pair_pages(built, now)
    back = {j: i for i, j in theirs.items()}
    already = _there_already(edited, now, back, ours)
    names = _named(built, edited, back, already)
    found: list[Edit] = []
    if slides:
        found += _slides(built, edited, now, back, ours, names, already)
    for j in range(len(edited)):
        if (i := back.get(j)) is not None:
            there = now[ours[i]] if i in ours else None
            found += _leaf(built[i], edited[j], there, names[j], j + 1 if slides else 0)
    return Found(tuple(found), tuple(names))


def _there_already(
    edited: Sequence[Side], now: Sequence[Side], back: Mapping[int, int], ours: Mapping[int, int]
) -> dict[int, str]:
    """The slides that were added and that are in what the sources give now: the names of their pages."""
    new = [side for k, side in enumerate(now) if k not in ours.values()]
    found = {}
    for j, side in enumerate(edited):
        same = next((one for one in new if j not in back and one.marks() == side.marks()), None)
        if same:
            new.remove(same)
            found[j] = same.page
    return found


def _named(
    built: Sequence[Side], edited: Sequence[Side], back: Mapping[int, int], there: Mapping[int, str]
) -> list[str]:
    """The pages of the edited slides; those that were added have names that nothing has."""
    taken = {side.page for side in built} | set(there.values())
    names = []
    for j in range(len(edited)):
        if j in back:
            names.append(built[back[j]].page)
            continue
        if j in there:
            names.append(there[j])
            continue
        name = next(f"added {n}" for n in range(1, len(taken) + 2) if f"added {n}" not in taken)
        taken.add(name)
        names.append(name)
    return names


GONE = "the sources no longer make this slide"
CHANGED = "the sources have changed it as well"


def _slides(
    built: Sequence[Side],
    edited: Sequence[Side],
    now: Sequence[Side],
    back: Mapping[int, int],
    ours: Mapping[int, int],
    names: Sequence[str],
    there: Mapping[int, str],
) -> Iterator[Edit]:
    """Slides that were deleted, added and moved."""
    for i, side in enumerate(built):
        if i not in back.values() and i in ours:
            same = side.marks() == now[ours[i]].marks()
            title = next((t.words for box in side.boxes for t in box.lines), None)
            why = "" if same else "its words have changed in the sources"
            yield Edit("slide deleted", side.page, i + 1, f"deleted {side.page}", was=title, conflict=why)
    away = _away([back[j] for j in range(len(edited)) if j in back], ours)
    for j, side in enumerate(edited):
        before = names[j - 1] if j else ""
        if j in there:
            continue
        if j not in back:
            title = next((t.words for box in side.boxes for t in box.lines), None)
            spot = f"added {names[j]}"
            yield Edit("slide added", names[j], j + 1, spot, now=title or "", index=j, follows=before)
        elif back[j] in away:
            conflict = "" if back[j] in ours else GONE
            spot = f"moved {names[j]} {before}"
            title = next((t.words for box in side.boxes for t in box.lines), None)
            yield Edit(
                "slide moved", names[j], j + 1, spot, was=title, conflict=conflict, index=j, follows=before
            )


def _away(order: Sequence[int], ours: Mapping[int, int]) -> set[int]:
    """Which slides, in the order in which they stand, a person has moved and the sources have not."""
    still = moved([ours[i] for i in order if i in ours])
    return {i for i in moved(order) if i not in ours or ours[i] in still}


def _leaf(built: Side, edited: Side, now: Side | None, page: str, number: int) -> Iterator[Edit]:
    """What was changed on one slide with its notes, or in a document."""
    theirs = pair_boxes(built.boxes, edited.boxes)
    ours = pair_boxes(built.boxes, now.boxes) if now else {}
    new = [box for j, box in enumerate(edited.boxes) if j not in theirs.values() and box.lines]
    # What has only come into another box, as when a table was put in between, is not lost.
    elsewhere = Counter(text.mark for box in new for text in box.lines)
    for i, box in enumerate(built.boxes):
        their = edited.boxes[theirs[i]] if i in theirs else None
        our = now.boxes[ours[i]] if now and i in ours else None
        yield from _box(box, their, our, elsewhere, page, number)
    known = built.marks()
    for box in new:
        words = [t.words or "" for t in box.lines if t.mark not in known]
        if words:
            yield Edit("box added", page, number, f"{page} box {box.number}", box.where, now="\n".join(words))


def _box(
    built: Box, edited: Box | None, now: Box | None, elsewhere: Counter[str], page: str, number: int
) -> Iterator[Edit]:
    """What was changed in one box."""
    theirs = pair_lines(built.lines, edited.lines) if edited else {}
    ours = pair_lines(built.lines, now.lines) if now else {}
    where, box = (now or built).where, now.number if now else -1
    for i, text in enumerate(built.lines):
        new = edited.lines[theirs[i]] if edited and i in theirs else None
        here = now.lines[ours[i]] if now and i in ours else None
        if new and new.mark == text.mark:
            continue
        if new is None and elsewhere[text.mark] > 0:
            elsewhere[text.mark] -= 1
            continue
        if (new.mark if new else "") == (here.mark if here else ""):
            continue  # the sources say so as well
        same = here is not None and here.mark == text.mark
        yield Edit(
            "reworded" if new else "deleted",
            page,
            number,
            f"{page} {built.number} {i}",
            where,
            text.words,
            typed(new.words or "") if new else "",
            box,
            ours.get(i),
            conflict="" if same else GONE if box < 0 else CHANGED,
            source=here.words if here else None,
        )
    if edited:
        yield from _added(built, edited, now, theirs, ours, page, number)


def _added(
    built: Box,
    edited: Box,
    now: Box | None,
    theirs: Mapping[int, int],
    ours: Mapping[int, int],
    page: str,
    number: int,
) -> Iterator[Edit]:
    """The lines of a box that were added, each with the one that it follows."""
    old = set(theirs.values())
    fresh = Counter(t.mark for j, t in enumerate(now.lines) if j not in ours.values()) if now else Counter()
    back = {j: i for i, j in theirs.items()}
    for j, text in enumerate(edited.lines):
        if j in old:
            continue
        if fresh[text.mark] > 0:
            fresh[text.mark] -= 1
            continue
        line, before = _beside(j, back, ours, len(edited.lines))
        yield Edit(
            "added",
            page,
            number,
            f"{page} {built.number} new {j}",
            (now or built).where,
            now=typed(text.words or ""),
            box=now.number if now else -1,
            line=line,
            before=before,
            at=j,
            conflict="" if now else GONE,
        )


def _beside(j: int, back: Mapping[int, int], ours: Mapping[int, int], count: int) -> tuple[int | None, bool]:
    """The line of the sources that a new line stands behind, or else before."""
    for n in range(j - 1, -1, -1):
        if n in back and back[n] in ours:
            return ours[back[n]], False
    for n in range(j + 1, count):
        if n in back and back[n] in ours:
            return ours[back[n]], True
    return None, False
