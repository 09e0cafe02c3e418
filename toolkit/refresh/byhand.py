"""Which lines of an Office file somebody has put in or changed, told by what the file says it was built as.

The words of such a line may stand in a review all the same: then they were copied, or typed once more.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from toolkit.office.opc import Package
from toolkit.office.origins import table_of
from toolkit.office.story import as_built, leaves, mark
from toolkit.refresh.alignment import Box, Side, pair_boxes, pair_lines, pair_sides, side
from toolkit.refresh.comparison import as_sides
from toolkit.refresh.texts import Text

How = Literal["", "new", "changed"]


class _Line(NamedTuple):
    """A line as it is now: where it stands, its fingerprint, and what has become of it there."""

    place: str
    mark: str
    how: How


def by_hand(package: Package, texts: Sequence[Text]) -> dict[int, How]:
    """Which of the paragraphs of a file, by their numbers, are new or changed; none where the file does not
    say what it was built as. What has only moved is neither.
    """
    table = table_of(package)
    built = as_sides(as_built(table), []) if table is not None else []
    if not built:
        return {}
    lines = list(_lines(built, [side(leaf) for leaf in leaves(package)]))
    were = Counter(text.mark for one in built for box in one.boxes for text in box.lines)
    more = Counter(line.mark for line in lines)
    more.subtract(were)
    there: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        place = "" if text.place.startswith("paragraph ") else text.place
        there[place, mark(text.words)].append(number)
    found: dict[int, How] = {}
    for line in lines:
        numbers = there[line.place, line.mark]
        number = numbers.pop(0) if numbers else -1
        if not line.how or more[line.mark] < 1:
            continue  # as often as it was built: it has moved
        more[line.mark] -= 1
        found[number] = "changed" if line.how == "changed" and line.mark not in were else "new"
    found.pop(-1, None)
    return found


def _lines(built: Sequence[Side], edited: Sequence[Side]) -> Iterator[_Line]:
    """Every line of a file as it is now, in its order."""
    back = {j: i for i, j in pair_sides(built, edited, True).items()}
    for j, now in enumerate(edited):
        boxes = built[back[j]].boxes if j in back else ()
        of = {b: a for a, b in pair_boxes(boxes, now.boxes).items()}
        for b, box in enumerate(now.boxes):
            slide = f"{'notes of ' if box.where == 'notes' else ''}slide {j + 1}" if now.key else ""
            yield from _box(boxes[of[b]] if b in of else None, box, slide)


def _box(was: Box | None, now: Box, place: str) -> Iterator[_Line]:
    pairs = {j: i for i, j in pair_lines(was.lines, now.lines).items()} if was else {}
    for j, text in enumerate(now.lines):
        same = was is not None and j in pairs and was.lines[pairs[j]].mark == text.mark
        yield _Line(place, text.mark, "" if same else "changed" if j in pairs else "new")
