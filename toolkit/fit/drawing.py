"""Where the shapes of a drawing stand in a box of any size, and how large their words are.

Every renderer draws from this. Lengths are points from the top left corner of the box.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from toolkit.brand.geometry import SMALLEST_IN_NOTES
from toolkit.fit.typeset import LINE, broken, lines
from toolkit.plan.model import Drawing, Shape

ROUND = 1 / 6  # of the shorter side: the radius of DrawingML's roundRect
INSET = 0.25  # of the size of words: the room left of and right of them
MOST_HIGH = 320.0  # points, of a drawing in a document: more than a third of a page
_STEP = 0.96


@dataclass(frozen=True)
class Placed:
    """A shape where it stands; `size` is that of its words, `inset` the room at each side of them."""

    shape: Shape
    x: float
    y: float
    w: float
    h: float
    weight: float
    size: float
    inset: float


@dataclass(frozen=True)
class Placement:
    """A drawing as large as its box allows: its own box, and its shapes."""

    x: float
    y: float
    w: float
    h: float
    shapes: tuple[Placed, ...]

    @property
    def smallest(self) -> float:
        """The size of its smallest words; without any, as large as can be."""
        return min((placed.size for placed in self.shapes if placed.shape.spans), default=math.inf)


def place(drawing: Drawing, font: str, width: float, height: float) -> Placement:
    """A drawing in the middle of a box, its words so large that all of them stand inside their shapes."""
    scale = min(width / drawing.width, height / drawing.height)
    left, top = (width - drawing.width * scale) / 2, (height - drawing.height * scale) / 2
    part = _part(drawing, font)
    shapes = []
    for shape in drawing.shapes:
        size = math.floor(shape.size * part * scale * 2 + 0.001) / 2  # Word knows half points
        x, y, w, h = (n * scale for n in (shape.x, shape.y, shape.w, shape.h))
        shapes.append(Placed(shape, left + x, top + y, w, h, shape.weight * scale, size, size * INSET))
    return Placement(left, top, drawing.width * scale, drawing.height * scale, tuple(shapes))


def place_in_text(drawing: Drawing, font: str, width: float) -> Placement | None:
    """A drawing in a document whose lines are `width` points wide; None where its words could not be read."""
    scale = min(width / drawing.width, MOST_HIGH / drawing.height)
    placement = place(drawing, font, drawing.width * scale, drawing.height * scale)
    return placement if placement.smallest >= SMALLEST_IN_NOTES else None


@lru_cache(maxsize=1_000)
def _part(drawing: Drawing, font: str) -> float:
    """The part of their own size that all words of a drawing get, 1 where all stand inside their shapes."""
    part = 1.0
    while part > 0.1 and not all(_stands(shape, font, part) for shape in drawing.shapes if shape.spans):
        part *= _STEP
    return part


def _stands(shape: Shape, font: str, part: float) -> bool:
    size = shape.size * part
    edge = 0.0
    if shape.form == "ellipse":
        edge = 1 - math.sqrt(0.5)  # words stand in the rectangle inside it
    elif shape.form == "rounded":
        edge = 2 * ROUND * (1 - math.sqrt(0.5)) * min(shape.w, shape.h)
    room, high = (n * (1 - edge) if shape.form == "ellipse" else n - edge for n in (shape.w, shape.h))
    room -= 2 * INSET * size
    if room <= 0 or broken(shape.spans, font, size, room):
        return False
    return lines(shape.spans, font, size, False, room) * size * LINE <= high
