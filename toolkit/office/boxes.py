"""Rectangles on slides and pages, and what is drawn in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Colour = tuple[float, float, float]  # red, green, blue, 0 to 1
# What is cut off a picture at the left, top, right and bottom, as parts of it.
Crop = tuple[float, float, float, float]


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
    """Something that a slide, a layout or its master draws: a band, a logo, a rule.

    `fill` holds None for what cannot be told, such as a picture, and is empty when one sees through; `shape`
    is DrawingML's name of a shape, such as rect; `picture` is the file of a picture, and `crop` what is cut
    off it.
    """

    box: Box
    fill: tuple[Colour | None, ...]
    kind: Literal["shape", "picture", "words", "line"]
    shape: str = ""
    picture: bytes = b""
    crop: Crop = (0.0, 0.0, 0.0, 0.0)
