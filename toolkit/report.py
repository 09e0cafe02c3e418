"""Problems as a person reads them: place, what is wrong, the line with a caret, and what to do."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import NoReturn

from toolkit.problems import Invalid, Place, Problem

MOST = 10  # problems of one file that are printed; putting the first right often puts the others right


def waits() -> None:
    """Say that something else writes in the folder, and that this goes on when it has ended."""
    print("note: a build of this folder is at work; this waits for it", file=sys.stderr, flush=True)


def tell(problems: Iterable[Problem]) -> int:
    """Print problems to stderr, each once and at most MOST of a file, and return how many of them stop."""
    every = sorted(set(problems))
    for path, group in groupby(every, key=lambda problem: problem.place.path):
        of_file = list(group)
        for problem in of_file[:MOST]:
            print(shown(problem), file=sys.stderr)
        if len(of_file) > MOST:
            print(
                f"{_near(path)}: and {len(of_file) - MOST} more; put these right first",
                file=sys.stderr,
            )
    return sum(problem.stops for problem in every)


def shown(problem: Problem, base: Path | None = None) -> str:
    """`path:line:column: error: message`, the line itself, a caret under the column, and the hint. The lines
    that it lays out have no margin: they can be copied, with the spaces before them, into the file.
    """
    place = Place(_near(problem.place.path, base), problem.place.line, problem.place.column)
    lines = [f"{place}: {'error' if problem.stops else 'advice'}: {problem.message}"]
    source = None if problem.private else _line(problem.place)
    if source is not None:
        text, column = _window(source, problem.place.column)
        lines += [f"{problem.place.line:>5} | {text}", f"      | {' ' * (column - 1)}^"]
    if problem.hint:
        more = f"= {problem.hint}".split("\n")
        lines += [f"      {line}" if line.startswith("= ") else line for line in more]
    return "\n".join(lines)


def _near(path: Path, base: Path | None = None) -> Path:
    try:
        base = base or Path.cwd()
        return Path(os.path.relpath(path, base)) if path.is_absolute() and path.is_relative_to(base) else path
    except (ValueError, OSError):  # another drive; or the folder one stands in is gone
        return path


def _line(place: Place) -> str | None:
    if not place.line or not place.path.is_file() or not place.path.stat().st_size:
        return None
    try:
        lines = re.split(r"\r\n|\r|\n", place.path.read_bytes().decode("utf-8", "replace"))
    except OSError:
        return None
    return lines[place.line - 1] if place.line <= len(lines) else None


def _window(line: str, column: int, wide: int = 100) -> tuple[str, int]:
    """The part of a long line round a column, with invisible characters shown as a question mark."""
    start = max(0, min(column - 1 - wide // 2, len(line) - wide))
    part = line[start : start + wide]
    return "".join(c if c.isprintable() else "?" for c in part), column - start


@contextmanager
def plainly() -> Iterator[None]:
    """A person's mistake ends as printed problems and exit 1, Ctrl-C as one line; never as a traceback."""
    try:
        yield
    except Invalid as error:
        tell(error.problems)
        sys.exit(1)
    except KeyboardInterrupt:
        stopped("Stopped. Files that were already built are whole.")


def stopped(words: str) -> NoReturn:
    """Ends after Ctrl-C with a line and exit 1."""
    # An interrupt that Python met inside exec(), as when it makes a dataclass, is kept in mind as unhandled,
    # and `python -m` then ends as if by the signal; any eval() makes it forget.
    eval("0")
    print(words, file=sys.stderr)
    sys.exit(1)


@contextmanager
def progress(total: int) -> Iterator[tuple[Callable[[str], None], Callable[[], None]]]:
    """A progress bar on the terminal, as two functions: one thing has begun, one is done.

    Nothing elsewhere, where each file is a line.
    """
    if not sys.stderr.isatty() or total < 2:
        yield lambda name: None, lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        task = bar.add_task("Building", total=total)
        yield lambda name: bar.update(task, description=f"Building {name}"), lambda: bar.advance(task)
