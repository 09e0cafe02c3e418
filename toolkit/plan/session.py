"""How long a session takes."""

from __future__ import annotations

import math

from toolkit.content.model import Point

WORDS_A_MINUTE = 130  # read aloud
QUESTION = 2  # minutes for each question put to the room
POINT = 6  # minutes for a learning point at least


def minutes_of(point: Point) -> int:
    """How many minutes a point takes at least: its words, read aloud, and its questions."""
    words = sum(len(said.split()) for said in point.notes.say) if point.notes else 0
    return max(POINT, math.ceil(words / WORDS_A_MINUTE + QUESTION * len(point.questions)))
