"""Rectangles on slides and pages, and what is drawn in them."""

from __future__ import annotations

from typing import Literal

from toolkit.late import dataclass

Colour = tuple[float, float, float]  # red, green, blue, 0 to 1
# What is cut off a picture at the left, top, right and bottom, as parts of it.
Crop = tuple[float, float, float, float]
# The corners of freeform shapes, as parts of the box's width and height.
Outline = tuple[tuple[tuple[float, float], ...], ...]
Tones = tuple[
    Colour, Colour
]  # what black and white of a picture become where it is recoloured in two colours
_GRID = 12  # places across and down at which a freeform is tried


@dataclass(frozen=True)
class Box:
    """A rectangle in EMU."""

    x: int
    y: int
    w: int
    h: int

    @property
    def bottom(self) -> int:
        return self.y + self.h

    @property
    def right(self) -> int:
        return self.x + self.w

    @property
    def area(self) -> int:
        return max(self.w, 0) * max(self.h, 0)

    def within(self, other: Box) -> Box:
        """The part of this box that lies in another; of no width or height when there is none."""
        x, y = max(self.x, other.x), max(self.y, other.y)
        return Box(x, y, max(0, min(self.right, other.right) - x), max(0, min(self.bottom, other.bottom) - y))

    def shared(self, other: Box) -> int:
        """The area that two boxes have in common."""
        return self.within(other).area

    def inside(self, other: Box) -> bool:
        """Whether this box has a size and lies in another, give or take a twentieth."""
        return self.area > 0 and self.shared(other) >= 0.95 * self.area


@dataclass(frozen=True)
class Drawn:
    """Something that a slide, a layout or its master draws: a band, a logo, a rule, or a group of such.

    `fill` holds None for what cannot be told, such as a picture, and is empty when one sees through; `shape`
    is DrawingML's name of a shape, such as rect, empty for a freeform, whose corners `outline` has where they
    are known; `picture` is the file of a picture, `crop` what is cut off it, and `tones` its two colours
    where it is recoloured. `sheer` says that what lies below may shine through.
    """

    box: Box
    fill: tuple[Colour | None, ...]
    kind: Literal["shape", "picture", "words", "line", "group"]
    shape: str = ""
    picture: bytes = b""
    crop: Crop = (0.0, 0.0, 0.0, 0.0)
    tones: Tones | None = None
    outline: Outline = ()
    sheer: bool = False

    def part_of(self, box: Box) -> float:
        """How much of a box this lies under, 0 to 1."""
        if not box.area or not self.outline:
            return self.box.shared(box) / box.area if box.area else 0.0
        if not self.box.shared(box):
            return 0.0
        steps = [(n + 0.5) / _GRID for n in range(_GRID)]
        tried = (
            ((box.x + box.w * x - self.box.x) / self.box.w, (box.y + box.h * y - self.box.y) / self.box.h)
            for x in steps
            for y in steps
        )
        return sum(_inside(self.outline, x, y) for x, y in tried) / _GRID**2


def _inside(outline: Outline, x: float, y: float) -> bool:
    """Whether a point lies in a shape: a line from it to the right crosses the edge once, or thrice."""
    odd = False
    for corners in outline:
        before = corners[-1]
        for corner in corners:
            (x1, y1), (x2, y2) = before, corner
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
                odd = not odd
            before = corner
    return odd
