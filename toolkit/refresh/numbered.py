"""The numbers of paragraphs at the beginnings of lines in a report, 5.2, as far as they are sure."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from toolkit.refresh.reports import Text

Parts = tuple[int, ...]
_LINE = re.compile(r"(?m)^[ ]*(\d{1,3}(?:\.\d{1,3}){0,3})[.:)]?\s+(?=[A-Z“‘\"'(\[])")
_BEGUN = re.compile(r"[^\W_][^.!?:]*\s[^.!?:]*\Z")  # the words of a sentence that has not ended
_SENTENCE = re.compile(r"(?:\S+\s+){3,}?\S*[.!?][”’\"')\]]*(?=\s|\Z)")
_NEAR = 4  # lines with numbers among which the neighbour of a number is looked for
_FAR = 4000  # letters that one numbered paragraph may have
_STEP = 3  # chapters that an extract may leave out between two numbers, and still be sure
_LEAP = 9  # paragraphs that it may leave out in one chapter
_MANY = 100  # numbers without a neighbour in a row: these are a table


@dataclass(frozen=True)
class _Line:
    """A line that begins with a number, and whether a sentence begins there and ends before the next."""

    place: int
    parts: Parts
    number: str
    begins: bool


def number_at(text: Text, start: int) -> str:
    """The number of the paragraph in which a place lies, where the report counts its paragraphs: 5.2."""
    places, numbers = _numbers(text)
    at = bisect_right(places, start) - 1
    return numbers[at] if at >= 0 and start - places[at] < _FAR else ""


@lru_cache(maxsize=4)
def _numbers(text: Text) -> tuple[list[int], list[str]]:
    """Where numbered paragraphs begin, and their numbers; nothing for the title of a chapter, which ends the
    paragraph before, and for what may be a number or not.

    A number is one where its neighbour is near: in 5.1, 5.2, 2.5, 5.3 the third is none. With gaps, as an
    extract has them, it is one where its sentence begins with it and it goes on in order, by few steps.
    """
    lines = list(_lines(text.words))
    steady = [number for number, line in enumerate(lines) if _has_neighbour(lines, number)]
    told: dict[int, str] = {n: lines[n].number if len(lines[n].parts) > 1 else "" for n in steady}
    counted = [number for number in steady if len(lines[number].parts) > 1]
    for low, high in pairwise([-1, *counted, len(lines)]):
        first = lines[low] if low >= 0 else None
        last = lines[high] if high < len(lines) else None
        if first and last and _follows(last.parts, first.parts):
            continue  # nothing is left out here, so no other number can stand here
        loose = [n for n in range(low + 1, high) if n not in told and len(lines[n].parts) > 1]
        sure = {line.place for line in _in_order([lines[n] for n in loose if lines[n].begins], first, last)}
        told |= {n: lines[n].number if lines[n].place in sure else "" for n in loose}
    told |= dict.fromkeys(_titles(lines, told), "")
    order = sorted(told)
    return [lines[number].place for number in order], [told[number] for number in order]


def _lines(words: str) -> Iterator[_Line]:
    found = list(_LINE.finditer(words))
    ends = [*(match.start() for match in found[1:]), len(words)]
    for match, end in zip(found, ends):
        before = words[max(0, match.start() - 200) : match.start()].rstrip("\n")
        above = before.rpartition("\n")[2]
        whole = not _BEGUN.search(above) or (len(above.split()) <= 6 and above[:1].isupper())
        begins = whole and bool(_SENTENCE.match(words, match.end(), end))
        plain = not re.search(r"(?:^|\.)0", match[1])  # 09.15 is a time of day
        yield _Line(match.start(), tuple(map(int, match[1].split("."))), match[1], begins and plain)


def _has_neighbour(lines: Sequence[_Line], number: int) -> bool:
    parts = lines[number].parts
    after = [one.parts for one in lines[number + 1 : number + 1 + _NEAR]]
    if len(parts) == 1:
        return (*parts, 1) in after
    before = [one.parts for one in lines[max(0, number - _NEAR) : number]]
    return any(_follows(parts, one) for one in before) or any(_follows(one, parts) for one in after)


def _follows(after: Parts, before: Parts) -> bool:
    """Whether a number comes next after another: 5.3 or 5.2.1 or 6 or 6.1 after 5.2."""
    if after == (*before, 1):
        return True
    for deep in range(1, len(before) + 1):
        up = (*before[: deep - 1], before[deep - 1] + 1)
        if after in (up, (*up, 1)):
            return True
    return False


def _in_order(loose: Sequence[_Line], first: _Line | None, last: _Line | None) -> list[_Line]:
    """Which of some numbers without neighbours are surely those of paragraphs: they lie between the sure ones
    before and after, ascend, and go on by few steps; and two of them are of one chapter, or they are three.
    """
    between = [
        line
        for line in loose
        if (not first or first.parts < line.parts) and (not last or line.parts < last.parts)
    ]
    if len(between) > _MANY:
        return []
    chain = [*filter(None, [first]), *_ascending(between), *filter(None, [last])]
    runs: list[list[_Line]] = [[]]
    for line in chain:
        if runs[-1] and not _goes_on(line.parts, runs[-1][-1].parts):
            runs.append([])
        runs[-1].append(line)
    sure: list[_Line] = []
    for run in runs:
        new = [line for line in run if line is not first and line is not last]
        if len(new) > 2 or any(one.parts[:-1] == other.parts[:-1] for one, other in pairwise(run)):
            sure += new
    return sure


def _ascending(lines: Sequence[_Line]) -> list[_Line]:
    """Numbers without those that stand in the wrong order: whichever is so with most others goes first."""
    left = list(lines)
    while True:
        wrong = [
            sum((one.place < other.place) != (one.parts < other.parts) for other in left if other is not one)
            for one in left
        ]
        if not any(wrong):
            return left
        left = [one for one, times in zip(left, wrong) if times < max(wrong)]


def _goes_on(after: Parts, before: Parts) -> bool:
    """Whether a number may come soon after another where some are left out: 5.6 after 5.2, 7.1 after 5.6."""
    deep = next((n for n, (a, b) in enumerate(zip(after, before)) if a != b), min(len(after), len(before)))
    if deep == 0 and len(before) > 1:
        return after[0] - before[0] <= _STEP and all(part <= _LEAP for part in after[1:])
    return deep == len(before) or (
        after[deep] - before[deep] <= _LEAP and all(part <= _LEAP for part in after[deep + 1 :])
    )


def _titles(lines: Sequence[_Line], told: Mapping[int, str]) -> Iterator[int]:
    """The titles of chapters whose first paragraph is left out: 5 before 5.2 and after 3.4."""
    named = [number for number in sorted(told) if told[number]]
    for number, line in enumerate(lines):
        if len(line.parts) > 1 or number in told:
            continue
        at = bisect_right(named, number)
        later = lines[named[at]].parts[0] if at < len(named) else 0
        sooner = lines[named[at - 1]].parts[0] if at else 0
        if sooner < line.parts[0] == later:
            yield number
