"""What is wrong with a file that is not YAML: our sentences for libyaml's, and what to read on with."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from toolkit.content.slips import mend
from toolkit.content.spelling import TAB, TIGHT, slashed
from toolkit.problems import Place, Problem

MOST_SHOWN = 5  # faults of one file that are told at once
LONGEST = 300_000  # letters of a file that is read on after its first fault
_TRIES = 12
Read = Callable[[list[str]], tuple[list[Problem], yaml.YAMLError | None]]


def faults(path: Path, lines: list[str], read: Read) -> list[Problem]:
    """What keeps a file from being read, at most five problems of it, none of which another one caused.

    `read` gives what is wrong with lines that can be read, and what stopped it where they cannot.
    """
    if sum(map(len, lines)) > LONGEST:
        others, error = read(lines)
        return [*others, *([unreadable(path, lines, error)] if error else [])]
    told, lines = mend(path, lines)
    blanked: set[int] = set()
    for _ in range(_TRIES):
        others, error = read(lines)
        if error is None:
            at = {problem.place.line for problem in told}
            told += [problem for problem in others if problem.place.line not in at | blanked]
            break
        problem = unreadable(path, lines, error)
        at = {one.place.line for one in told} | blanked
        if not {problem.place.line, problem.place.line - 1} & at:
            told.append(problem)
        gone = _chunk(lines, problem.place.line - 1, blanked)
        if not gone:
            break
        blanked |= {number + 1 for number in gone}
        lines = ["" if number in gone else line for number, line in enumerate(lines)]
    return sorted(told)[:MOST_SHOWN]


def _chunk(lines: list[str], at: int, blanked: set[int]) -> range:
    """The line of a fault with all that stands below and further in; where that is gone, what is round it."""
    start = min(max(at, 0), len(lines) - 1)
    while start > 0 and not lines[start].strip():
        start -= 1
    if not lines[start].strip():
        return range(0)
    column = len(lines[start]) - len(lines[start].lstrip(" "))
    if any(
        number + 1 in blanked for number in range(start, at + 1)
    ):  # the fault is still there: go further out
        while start > 0 and (
            not lines[start].strip() or len(lines[start]) - len(lines[start].lstrip(" ")) >= column
        ):
            start -= 1
        column = len(lines[start]) - len(lines[start].lstrip(" "))
    end = start + 1
    while end < len(lines) and (
        not lines[end].strip() or len(lines[end]) - len(lines[end].lstrip(" ")) > column
    ):
        end += 1
    return range(start, max(end, at + 1))


# What libyaml says where neither the next line of a group stands nor its end.
_NOT_IN_LINE = r"did not find expected (key|'-' indicator)"

_SENTENCES = [
    (r"found a tab", *TAB),
    (r"found unexpected ':'", "a colon inside brackets needs quotes", "put the value in quotes"),
    (
        r"mapping values are not allowed",
        "this colon would start a second field",
        "put straight quotation marks round the whole value",
    ),
    (
        _NOT_IN_LINE,
        "the indentation does not line up here",
        "fields of one group start in the same column, and list items with a hyphen and a space",
    ),
    (
        r"could not find expected ':'",
        "a colon and a space are missing here",
        "a field is a name, a colon and a space, then the value",
    ),
    (
        r"unexpected end of stream",
        "a quotation mark or bracket is opened and never closed",
        "type the closing one where it ends",
    ),
    (
        r"expected ',' or",
        "a comma or closing bracket is missing",
        "in brackets a comma parts the items: [one, two], {date: May 2020, text: Words}; words with a comma"
        " or a colon need straight quotation marks",
    ),
    (
        r"unknown escape character|escape (sequence|code)|expected escape",
        "a backslash inside double quotes starts a code that YAML does not know",
        "use single quotes, or write the backslash twice",
    ),
    (r"cannot start any token", "a value cannot start with this character", "put the value in quotes"),
    (
        r"undefined alias",
        "an alias (*) stands for words written elsewhere",
        "write the words out; if a value starts with *, put it in quotes",
    ),
    (
        r"sequence entries are not allowed",
        "a list item cannot start here",
        "start it on a line of its own; if the value starts with a hyphen, put it in quotes",
    ),
    (
        r"did not find expected node content",
        "a value is missing before this character",
        "write the value; if it starts with this character, put it in quotes",
    ),
    (
        r"scanning a block scalar",
        "no words may follow | or > on its line",
        "start the words on the next line, 2 spaces further in than the name; or put all of them in straight"
        " quotation marks",
    ),
    (
        r"mapping keys are not allowed",
        "a question mark and a space start no value here",
        "put the whole value in quotes",
    ),
    (
        r"alphabetic or numeric|while scanning an? (alias|anchor)",
        "a value cannot start with * or &",
        "put the value in quotes",
    ),
]


def unreadable(path: Path, lines: list[str], error: yaml.YAMLError) -> Problem:
    """What libyaml says of a file, in our words, and at the place where it began."""
    mark: Any = getattr(error, "problem_mark", None)
    opened: Any = getattr(error, "context_mark", None)
    said = f"{getattr(error, 'context', '') or ''} {getattr(error, 'problem', '') or error}"
    if (
        mark
        and opened
        and ("could not find expected ':'" in said or not "".join(lines[mark.line :])[mark.column :].strip())
    ):
        mark = opened  # what was begun there is what is wrong, not the end of the file
    if not mark:
        return Problem(
            Place(path),
            f"this cannot be read (the reader of YAML says: {said.strip()})",
            "compare with a file that works, or run: toolkit new",
        )
    where = Place(path, mark.line + 1, mark.column + 1)
    line = lines[mark.line] if mark.line < len(lines) else ""
    before = line[: mark.column].rstrip()
    if line[mark.column : mark.column + 1] == "\t":
        return Problem(
            where,
            *TAB,
        )
    if re.search(_NOT_IN_LINE, said) and before.endswith(('"', "'")):
        return Problem(
            where,
            "words follow a closing quotation mark",
            "put single quotation marks round the whole value as well",
        )
    for number in (mark.line, mark.line - 1):
        if (
            "mapping values are not allowed" in said
            and 0 <= number < len(lines)
            and (match := re.match(r"\s*-(?=[^\s-])", lines[number]))
        ):
            return Problem(
                Place(path, number + 1, match.end()),
                "there is no space after this hyphen",
                TIGHT,
            )
    for pattern, message, hint in _SENTENCES:
        if re.search(pattern, said):
            if "backslash" in message and (found := slashed(line, mark.column)):
                return Problem(where, *found)
            return Problem(where, message, hint)
    return Problem(
        where,
        f"this cannot be read (the reader of YAML says: {said.strip()})",
        "compare with a file that works, or run: toolkit new",
    )
