"""The words of a file that people read: where each stands, of what time it tells, and what in it is somebody
else's.

Quotations, links and code are blanked out, and names and titles left out, for nobody may change them. A
remark that begins with `keep`, on a line or on the line above it, says that its words stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from toolkit.problems import Node, Place

Steps = tuple[str | int, ...]

# Fields that hold no prose of ours: ids, addresses, names and titles of others, and what was said by others.
_OF_OTHERS = (
    "sources id cites url themes lenses lens kind level standing because published board checked date"
    " file credit licence review outline brand language edition mode pattern name layout each needs"
    " page when nation since until procedures found_by by quotation known_to audience accent review_by"
    " instrument guidance retired unsorted answered names_kept_out"
)
_NO_PROSE = frozenset(_OF_OTHERS.split())
# Fields of a review that give an account of its time: of the case, of what was found, of what is not known.
_OF_ITS_TIME = (
    "facts summary story timeline child happened finding slide known unknown next hours knew"
    " good_practice asks disagreements numbers not_known quiz say"
)
_ACCOUNTS = frozenset(_OF_ITS_TIME.split())
_AROUND = {"points", "way", "notes"}  # which say nothing of the time that their parts tell of

_QUOTED = r"“[^”]*”?|(?<!\w)‘[^’]*(?:’(?=\w)[^’]*)*’|\"[^\"\n]*\""
_LINKS = r"!?\[[^\]\n]*\]\([^)\s]*\)|https?://\S+|www\.\S+"
_CODE = r"`[^`\n]*`"
_OTHERS = re.compile("|".join((_LINKS, _CODE, _QUOTED)))
# Gaps and quotations of a page template
_GAPS = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|^>[^\n]*$", re.S | re.M)
_KEEP = re.compile(r"(?:^|\s)#\s*keep\b", re.I)
_REMARK = re.compile(r"\s*#")
BLANK = "\0"


@dataclass(frozen=True)
class Prose:
    """One text of a file: its place, its fields from the top, its words with what is not ours blanked out,
    the words as they are, and whether it gives an account of an earlier time.
    """

    place: Place
    steps: Steps
    words: str
    whole: str
    is_account: bool = False


@dataclass(frozen=True)
class File:
    """A file of content, parsed, with its text."""

    path: Path
    node: Node
    text: str

    @cached_property
    def _lines(self) -> list[str]:
        return re.split(r"\r\n|\r|\n", self.text)

    def place_of(self, prose: Prose, start: int, end: int) -> Place:
        """Where a piece of a text stands in the file, though YAML may have folded its lines."""
        line, column = prose.place.line, prose.place.column
        words = prose.whole[start:end].split()
        if not line or not words:
            return prose.place
        pattern = re.compile(r"\s+".join(map(re.escape, words)))
        before = len(pattern.findall(prose.whole[:start]))
        rest = "\n".join([self._lines[line - 1][column - 1 :], *self._lines[line:]])
        for number, match in enumerate(pattern.finditer(rest)):
            if number == before:
                above = rest[: match.start()].split("\n")
                first = column if len(above) == 1 else 1
                return Place(self.path, line + len(above) - 1, first + len(above[-1]))
        return prose.place

    def is_kept(self, prose: Prose, place: Place) -> bool:
        """Whether somebody has written that the words at a place stay as they are."""
        first, last = prose.place.line, place.line
        if any(_KEEP.search(self._lines[line - 1]) for line in {first, last} if line):
            return True
        above = first - 1
        while above > 0 and _REMARK.match(self._lines[above - 1]):
            if _KEEP.search(self._lines[above - 1]):
                return True
            above -= 1
        return False


def prose_of(
    file: File, *, is_review: bool = False, is_template: bool = False, is_all: bool = False
) -> Iterator[Prose]:
    """The texts of a file that people read, in order; all that it has, where it has no other fields."""
    left_out = set() if is_all else _NO_PROSE - {"name"} if is_template else _NO_PROSE
    for steps, node in _texts(file.node, (), left_out):
        if is_review and steps == ("title",):
            continue
        assert isinstance(node.value, str)
        words = _GAPS.sub(_blank, node.value) if is_template else node.value
        words = without_others(words)
        yield Prose(node.place, steps, words, node.value, is_review and is_account(steps))


def without_others(words: str) -> str:
    """A text with quotations, links and code blanked out: what nobody may change."""
    return _OTHERS.sub(_blank, words)


def is_account(steps: Steps) -> bool:
    """Whether what stands here in a review tells of its time, and not of what to do today."""
    named = (step for step in steps if isinstance(step, str) and step not in _AROUND)
    return next(named, "") in _ACCOUNTS


def _blank(match: re.Match[str]) -> str:
    return BLANK * len(match[0])


def _texts(node: Node, steps: Steps, left_out: Container[str]) -> Iterator[tuple[Steps, Node]]:
    if isinstance(node.value, dict):
        for key, child in node.value.items():
            if key not in left_out:
                yield from _texts(child, (*steps, key), left_out)
    elif isinstance(node.value, list):
        for index, child in enumerate(node.value):
            yield from _texts(child, (*steps, index), left_out)
    else:
        yield steps, node
