"""What can be wrong, and where: the values that every step hands back to the person who wrote the file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, order=True)
class Place:
    """A spot in a source file. `line` and `column` count from 1; 0 means the file as a whole."""

    path: Path
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}" if self.line else str(self.path)


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to put right: what is wrong, in plain words, and `hint`, what to do about it.

    A problem that `stops` keeps a file from being built; one that does not is advice.
    """

    place: Place
    message: str
    hint: str = ""
    stops: bool = True


class Invalid(Exception):
    """Raised with every problem found at once, never with only the first."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{p.place}: {p.message}" for p in problems))
        self.problems = problems
