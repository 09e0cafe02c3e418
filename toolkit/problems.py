"""What was written where, and what is wrong with it: what each step hands back to whoever wrote it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field
from pathlib import Path
from typing import Any

from toolkit.late import dataclass


@dataclass(frozen=True, order=True, slots=True)  # a long deck has 80,000
class Place:
    """A spot in a source file. `line` and `column` count from 1; 0 means the file as a whole."""

    path: Path
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}" if self.line else str(self.path)


@dataclass(frozen=True)
class Further:
    """Where a second paragraph or a list (`listed`) begins in a text, the pieces of the text in order, and
    the last line that it has words on."""

    place: Place
    listed: bool
    pieces: tuple[str, ...]
    end: int


@dataclass(frozen=True, slots=True)
class Node:
    """A value of a file and where it stands: text, a list, or nodes by key with the keys' places.

    `inline` says that a list or group stands in brackets; `further`, that a text is more than one paragraph.
    """

    place: Place
    value: str | list[Node] | dict[str, Node]
    keys: dict[str, Place] = field(default_factory=dict)
    inline: bool = False
    further: Further | None = None

    def plain(self) -> Any:
        """The same value as built-in str, list and dict."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value

    def at(self, path: tuple[Any, ...]) -> Node:
        """The node at a path of keys and list positions, or the nearest one above it."""
        node = self
        for step in path:
            if (isinstance(node.value, dict) and step in node.value) or (
                isinstance(node.value, list) and isinstance(step, int) and step < len(node.value)
            ):
                node = node.value[step]
            else:
                break
        return node


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to put right: what is wrong, in plain words, and `hint`, what to do about it. Lines of a hint
    after its first are what to type, indented as in the file; one that starts with `= ` says what else to do.

    A problem that `stops` keeps a file from being built; one that does not is advice. A `private` one is told
    without the line of the file, which holds what nobody is to see.
    """

    place: Place
    message: str
    hint: str = ""
    stops: bool = True
    private: bool = False


class Invalid(Exception):
    """Raised with every problem found at once, never with only the first."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{p.place}: {p.message}" for p in problems))
        self.problems = problems

    @classmethod
    def at(cls, place: Place, message: str, hint: str = "") -> Invalid:
        """One problem, to be raised."""
        return cls([Problem(place, message, hint)])


def near(name: str, known: Iterable[str], alike: float = 0.6) -> str:
    """The known name nearest to a misspelt one, if they are at least so much alike (difflib's ratio), or
    nothing.
    """
    import difflib

    return next(iter(difflib.get_close_matches(name, list(known), 1, alike)), "")


def counted(count: int, one: str, several: str) -> str:
    """A number and what it counts: 1 point, 2 points."""
    return f"{count} {one if count == 1 else several}"


def lines_named(numbers: Sequence[int]) -> str:
    """Lines by their numbers: line 6, lines 6 and 8, lines 6 to 9."""
    first, *_, last = *numbers, numbers[-1]
    if first == last:
        return f"line {first}"
    if len(numbers) > 2 and last - first == len(numbers) - 1:
        return f"lines {first} to {last}"
    return f"lines {', '.join(map(str, numbers[:-1]))} and {last}"


def did_you_mean(name: str, known: Iterable[str], otherwise: str, alike: float = 0.6) -> str:
    """A hint with the nearest known name, or another hint where none is near."""
    meant = near(name, known, alike)
    return f"did you mean '{meant}'?" if meant else otherwise
