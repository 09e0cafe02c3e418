"""What a session may be: its least and most minutes, and the words for everyone who may come."""

from __future__ import annotations

LEAST_MINUTES, MOST_MINUTES = 7, 180
EVERYONE = "everyone"
TOGETHER = "everyone is named together with agencies"
ALONE = "write everyone alone, or the agencies alone"


def is_everyone(word: object) -> bool:
    """Whether a word means everyone, however it is written."""
    return isinstance(word, str) and word.strip().casefold() in (EVERYONE, "all")
