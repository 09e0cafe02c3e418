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
