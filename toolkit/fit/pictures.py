"""Where a picture stands in a box, and how large: as it is, or smaller, and at most twice as large.

Every renderer draws from this. Lengths are points from the top left corner of the box.
"""

from __future__ import annotations

from typing import NamedTuple

from toolkit.plan.model import Picture

POINTS_A_DOT = 72 / 96  # a picture in its own size has 96 dots to the inch
MOST_ENLARGED = 2.0  # beyond that dots are seen as squares
MOST_HIGH = 227.0  # points, of a picture in a document: 8 cm


class Framed(NamedTuple):
    """Where a picture stands."""

    x: float
    y: float
    w: float
    h: float


def frame(picture: Picture, width: float, height: float) -> Framed:
    """A picture in the middle of a box."""
    wide, high = picture.width * POINTS_A_DOT, picture.height * POINTS_A_DOT
    scale = min(width / wide, height / high, MOST_ENLARGED)
    wide, high = wide * scale, high * scale
    return Framed((width - wide) / 2, (height - high) / 2, wide, high)


def frame_in_text(picture: Picture, width: float) -> Framed:
    """A picture in a document whose lines are `width` points wide: on a line of its own, at its beginning."""
    _, _, wide, high = frame(picture, width, MOST_HIGH)
    return Framed(0, 0, wide, high)
