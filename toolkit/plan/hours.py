"""A day as a ring of 24 hours, midday at the top: the picture of the house, and one to work with."""

from __future__ import annotations

import math

SCHOOL = range(9, 15)  # the hours of a day that a school sees


def ring(radius: float) -> list[tuple[float, float, bool]]:
    """Where each hour stands, from midnight on: how far right of the middle and how far below it, in the unit
    of the radius, and whether a school sees it.
    """
    angles = [math.radians(15 * (hour + 0.5) + 90) for hour in range(24)]
    return [(radius * math.cos(a), radius * math.sin(a), n in SCHOOL) for n, a in enumerate(angles)]


def parts(outer: float, inner: float, apart: float) -> list[tuple[list[tuple[float, float]], bool]]:
    """The part of a ring that belongs to each hour, from midnight on: its corners as in `ring`, between two
    radii and `apart` degrees from the next; and whether a school sees it.
    """
    found = []
    for hour in range(24):
        first, last = 15 * hour + 90 + apart / 2, 15 * (hour + 1) + 90 - apart / 2
        steps = [math.radians(first + (last - first) * n / _STEPS) for n in range(_STEPS + 1)]
        outside = [(outer * math.cos(a), outer * math.sin(a)) for a in steps]
        inside = [(inner * math.cos(a), inner * math.sin(a)) for a in steps[::-1]]
        found.append(([*outside, *inside], hour in SCHOOL))
    return found


_STEPS = 4  # straight lines in place of each arc
