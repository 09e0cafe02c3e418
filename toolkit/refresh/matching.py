"""The words of a file beside those that it was built with: which of them are ours, and where they come from.

What is moved, copied or renamed is known by its words; of a changed sentence the words that stayed are ours.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from heapq import nlargest
from itertools import takewhile
from typing import NamedTuple

from toolkit.office.prints import ANY_NUMBER, WORD, fingerprint
from toolkit.plan.model import FIXED
from toolkit.refresh.texts import Built, Text

Spot = tuple[int, int]  # a paragraph of what was built, and a word of it
ENOUGH = 2 / 3  # of the shorter of two paragraphs: so many words in order make one the other, changed
RUN = 4  # words in a row that make a piece of a paragraph
LITTLE = 3  # words in a row of a paragraph inside another, or of a whole one
_MOST = 2_000  # words of a paragraph that are looked at as a whole: more would take long
_PIECE, _BROKEN, _ORDER = 4, 4, 1  # costs of a piece, and of an edge inside a paragraph; a discount
_MARGIN = 40  # words at the end and beginning of sheets, among which a paragraph may be broken
_LIKELY = 3  # paragraphs with most words in common that are looked at, and as many for their length


class Piece(NamedTuple):
    """Some words in a row that come from the same places; not ours where there are none. `words` go up to
    the next piece. `main` is what comes from the paragraph that most words are of; `added` are words that
    the file was built with, and that somebody has put in here by hand.
    """

    words: str
    origins: tuple[str, ...]
    ours: bool
    size: int
    main: bool = True
    added: bool = False


class Traced(NamedTuple):
    """A paragraph or sheet, and its words in pieces; whether it is one that was built, or some of these, and
    not a changed or cut one. Of sheets that is not known. What was `kept` was changed by hand in an earlier
    file, and the build made it anew.
    """

    place: str
    pieces: tuple[Piece, ...]
    whole: bool = True
    kept: bool = False


class Matcher:
    """Knows what a file was built with, and finds it again."""

    def __init__(self, built: Built) -> None:
        self._built = built
        self._said: list[tuple[str, ...]] = []
        self._from: list[list[tuple[int, ...]]] = []
        for stretches in built.paragraphs:
            self._said.append(tuple(one for _, prints in stretches for one in prints))
            self._from.append([lines for lines, prints in stretches for _ in prints])
        self._whole: dict[tuple[str, ...], list[int]] = defaultdict(list)
        self._at: dict[str, list[Spot]] = defaultdict(list)
        self._in: dict[str, set[int]] = defaultdict(set)
        for n, prints in enumerate(self._said):
            self._whole[prints].append(n)
            for at, one in enumerate(prints):
                self._at[one].append((n, at))
                self._in[one].add(n)
        self._met: Counter[tuple[str, ...]] = Counter()
        self._open: set[Spot] = set()  # where paragraphs go on that the last sheet has broken off
        self._numbers: set[str] = set()  # the fingerprints of numbers that were met

    def trace(self, texts: Iterable[Text], sheets: bool = False, untouched: bool = False) -> list[Traced]:
        """Where the words of paragraphs come from; of `sheets`, which hold many paragraphs each. What was
        built and `untouched` holds no words but ours.
        """
        done, read = [], []
        for text in texts:
            found = [(m.start(), m.end(), m[0]) for m in WORD.finditer(text.words)]
            if sheets:
                found = self._mended(found)
            prints = [fingerprint(word) for _, _, word in found]
            self._numbers.update(one for one, (_, _, word) in zip(prints, found) if word.isdigit())
            read.append((text, found, prints))
        for n, (text, found, prints) in enumerate(read):
            if sheets and untouched:
                spots = self._in_order(prints, read[n + 1][2] if n + 1 < len(read) else [])
            else:
                spots = self._sheet(prints) if sheets else self._paragraph(prints)
            numbers = [word.isdigit() and sheets for _, _, word in found]
            pieces = tuple(self._pieces(text.words, found, spots, numbers))
            done.append(Traced(text.place, pieces, sheets or self._is_whole(spots)))
        return done

    def _is_whole(self, spots: Sequence[Spot | None]) -> bool:
        """Whether words are whole paragraphs, one after the other."""
        at = 0
        while at < len(spots):
            spot = spots[at]
            if spot is None or spot[1]:
                return False
            long = len(self._said[spot[0]])
            if spots[at : at + long] != [(spot[0], k) for k in range(long)]:
                return False
            at += long
        return True

    def missing(self, texts: Iterable[Text]) -> list[tuple[str, ...]]:
        """The origins of paragraphs of an Office file that stand nowhere in some texts as they were built.
        What is set round the pages is not looked for.
        """
        there = []
        for text in texts:
            words = WORD.findall(text.words)
            there.append(" ".join(["", *(fingerprint(word) for word in words), ""]))
        there += [" ".join(["", *prints, ""]) for prints in self._built.kept.gone]  # on purpose
        whole = "\n".join(there)

        def stands(prints: tuple[str, ...]) -> bool:
            """Whether a paragraph is there, or its parts, where each of them is a paragraph of its own."""
            if " ".join(["", *prints, ""]) in whole:
                return True
            cuts = (c for c in range(1, len(prints)) if prints[:c] in self._whole)
            return any(stands(prints[:c]) and prints[c:] in self._whole and stands(prints[c:]) for c in cuts)

        found = []
        for prints, mine in self._whole.items():
            lines = dict.fromkeys(line for n in mine for one in self._from[n] for line in one)
            origins = self._built.origins(tuple(lines))
            if any("/" in one and not one.startswith(FIXED) for one in origins) and not stands(prints):
                found.append(origins)
        return found

    def _paragraph(self, prints: list[str]) -> list[Spot | None]:
        key = tuple(prints)
        numbered = tuple(ANY_NUMBER if one in self._numbers else one for one in key)
        for one in (key, numbered):
            if same := self._whole.get(one):
                self._met[one] += 1
                n = same[min(self._met[one], len(same)) - 1]
                return [(n, at) for at in range(len(prints))]
        return self._several(prints) or self._changed(prints, 3)

    def _several(self, prints: list[str]) -> list[Spot | None]:
        """Whole paragraphs, one after the other on one line; nothing where words are no such row."""
        ends: dict[int, list[Spot | None]] = {0: []}
        for at in range(len(prints)):
            for end in range(at + 1, len(prints) + 1) if at in ends else ():
                if same := self._whole.get(tuple(prints[at:end])):
                    ends[end] = [*ends[at], *((same[0], k) for k in range(end - at))]
        return ends.get(len(prints), [])

    def _changed(self, prints: list[str], deep: int) -> list[Spot | None]:
        """The words of a paragraph that was changed; what it was added to or put together with, too."""
        best: list[tuple[int, int, int]] = []
        most, of = 0, 0
        for n in self._likely(prints):
            was = self._said[n]
            same: list[tuple[int, int, int]] = [
                *SequenceMatcher(None, was, prints, autojunk=False).get_matching_blocks()
            ]
            short, long = sorted((len(was), len(prints)))
            if short < ENOUGH * long:  # one inside the other: words here and there may stand in any sentence
                same = [block for block in same if block[2] >= LITTLE]
            count, row = sum(size for _, _, size in same), max(size for _, _, size in (*same, (0, 0, 0)))
            if count > most and count >= max(2, ENOUGH * short) and row >= min(LITTLE, short // 2):
                best, most, of = same, count, n
        if not most:
            return self._cover(prints, LITTLE)
        spots: list[Spot | None] = [None] * len(prints)
        for a, b, size in best:
            spots[b : b + size] = [(of, a + k) for k in range(size)]
        for start, end in _gaps(spots):
            if deep and end - start >= LITTLE:
                spots[start:end] = self._changed(prints[start:end], deep - 1)
        return spots

    def _likely(self, prints: list[str]) -> list[int]:
        """The paragraphs that have most in common with one, its rare words above all."""
        votes: Counter[int] = Counter()
        if len(prints) > _MOST:
            return []
        for one in set(prints):
            there = self._in.get(one, ())
            for n in there:
                votes[n] += 1_000 // len(there)
        near = {n: count / (len(self._said[n]) + len(prints)) for n, count in votes.items()}
        found = [n for n, _ in votes.most_common(_LIKELY)] + nlargest(_LIKELY, near, key=near.__getitem__)
        return [n for n in dict.fromkeys(found) if len(self._said[n]) <= _MOST]

    def _cover(self, prints: Sequence[str], least: int) -> list[Spot | None]:
        """Whole paragraphs of at least so many words, and long pieces of others, one after the other."""
        spots: list[Spot | None] = [None] * len(prints)
        at = 0
        while at < len(prints):
            spot, long = self._longest(prints, at)
            whole = long == len(self._said[spot[0]]) and spot[1] == 0 if long else False
            if long >= (least if whole else RUN):
                spots[at : at + long] = [(spot[0], spot[1] + k) for k in range(long)]
                at += long
            else:
                at += 1
        return spots

    def _longest(self, prints: Sequence[str], at: int, after: Spot = (-1, -1)) -> tuple[Spot, int]:
        """The longest row of words that begins here and stands in what was built, whole paragraphs before
        others, and what goes on `after` a spot before all that are as long.
        """
        best, rank = (0, 0), (0, False, False)
        for n, first in self._starts(prints, at):
            said = self._said[n]
            long = 0
            while (
                first + long < len(said)
                and at + long < len(prints)
                and (
                    said[first + long] == prints[at + long]
                    or (said[first + long] == ANY_NUMBER and prints[at + long] in self._numbers)
                )
            ):
                long += 1
            mine = long, first == 0 and long == len(said), (n, first) == after
            if mine > rank:
                best, rank = (n, first), mine
        return best, rank[0]

    def _starts(self, prints: Sequence[str], at: int) -> Iterator[Spot]:
        yield from self._at.get(prints[at], ())
        if prints[at] in self._numbers:
            yield from self._at.get(ANY_NUMBER, ())

    def _in_order(self, prints: list[str], overleaf: list[str]) -> list[Spot | None]:
        """The words of a sheet of a PDF that is as it was built: of all ways to make it of paragraphs the one
        with the fewest pieces and broken edges, and with most paragraphs in their order. An edge is none
        where a paragraph goes on `overleaf`, behind what stands at the foot and head of the pages.
        """
        coming = self._going_on(overleaf[:_MARGIN])
        if not prints:
            return []
        before: dict[Spot | None, int] = {}
        came: list[dict[Spot | None, Spot | None]] = []
        for at in range(len(prints)):
            ends: dict[int, tuple[int, Spot | None]] = {}  # of each paragraph the cheapest way to leave it
            for spot, cost in before.items():
                n, left = (spot[0], cost + self._broken(spot)) if spot else (-1, cost)
                if spot and at + _MARGIN > len(prints) and (n, spot[1] + 1) in coming:
                    left = cost
                if n not in ends or left < ends[n][0]:
                    ends[n] = left, spot
            least, last = min(ends.values(), key=lambda one: one[0], default=(0, None))
            now: dict[Spot | None, int] = {}
            back: dict[Spot | None, Spot | None] = {}
            for spot in self._starts(prints, at):
                n, k = spot
                cost, back[spot] = least + _PIECE + (_BROKEN if k and spot not in self._open else 0), last
                if not k and (beside := ends.get(n - 1)) and beside[0] + _PIECE - _ORDER < cost:
                    cost, back[spot] = beside[0] + _PIECE - _ORDER, beside[1]
                if k and before.get((n, k - 1), cost) < cost:
                    cost, back[spot] = before[n, k - 1], (n, k - 1)
                now[spot] = cost
            if not now:
                now[None], back[None] = least + _PIECE, last
            came.append(back)
            before = now
        spots = [min(before, key=before.__getitem__)]
        for back in reversed(came[1:]):
            spots.append(back[spots[-1]])
        spots.reverse()
        pairs = [(a, b) for a, b in zip(spots, [*spots[1:], None]) if a and self._broken(a)]
        self._open = {(a[0], a[1] + 1) for a, b in pairs if b != (a[0], a[1] + 1)}
        return spots

    def _going_on(self, prints: list[str]) -> set[Spot]:
        """Where paragraphs may go on in the first words of a sheet: those with most words in a row."""
        found: set[Spot] = set()
        for at in range(len(prints)):
            rows = {
                (n, k): sum(
                    1 for _ in takewhile(lambda ab: ab[0] == ab[1], zip(self._said[n][k:], prints[at:]))
                )
                for n, k in self._starts(prints, at)
            }
            most = max(rows.values(), default=0)
            found |= {one for one, row in rows.items() if one[1] and row == most}
        return found

    def _broken(self, spot: Spot) -> int:
        """What it costs to leave a paragraph behind a word: nothing at its end."""
        return _BROKEN if spot[1] + 1 < len(self._said[spot[0]]) else 0

    def _sheet(self, prints: list[str]) -> list[Spot | None]:
        """The words of a sheet of a PDF, where one paragraph follows the other and may go on overleaf."""
        spots: list[Spot | None] = [None] * len(prints)
        at, after = 0, (-1, -1)
        while at < len(prints):
            spot, long = self._longest(prints, at, after)
            said = self._said[spot[0]] if long else ()
            edge = spot[1] + long == len(said) or at + long == len(prints)
            sure = long >= RUN or (edge and (spot[1] == 0 or long > 1 or spot == after))
            if not sure:
                parts = (tuple(prints[at : at + k]) for k in range(long, 0, -1))
                if whole := next((part for part in parts if part in self._whole), None):
                    spot, long, sure = (self._whole[whole][0], 0), len(whole), True
            if long and sure:
                spots[at : at + long] = [(spot[0], spot[1] + k) for k in range(long)]
                after = (spot[0], spot[1] + long)
                at += long
            else:
                at += 1
        return spots

    def _mended(self, found: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
        """Words of a PDF that were read in pieces, or as one with their neighbour."""
        made: list[tuple[int, int, str]] = []
        n = 0
        while n < len(found):
            start, end, word = found[n]
            if self._knows(word):
                made.append(found[n])
            elif n + 1 < len(found) and fingerprint(word + found[n + 1][2]) in self._at:
                made.append((start, found[n + 1][1], word + found[n + 1][2]))
                n += 1
            else:
                cut = next(
                    (c for c in range(1, len(word)) if self._knows(word[:c]) and self._knows(word[c:])), 0
                )
                made += (
                    [(start, start + cut, word[:cut]), (start + cut, end, word[cut:])] if cut else [found[n]]
                )
            n += 1
        return made

    def _knows(self, word: str) -> bool:
        return fingerprint(word) in self._at or word.isdigit()

    def _pieces(
        self, text: str, found: list[tuple[int, int, str]], spots: list[Spot | None], numbers: list[bool]
    ) -> Iterator[Piece]:
        begun, ours, lines, count = 0, False, (), 0  # type: tuple[int, bool, tuple[int, ...], int]
        paragraph = -1
        most = Counter(spot[0] for spot in spots if spot).most_common(1)
        main = most[0][0] if most else -1
        for n, ((start, _, _), spot) in enumerate(zip(found, spots)):
            mine = spot is not None or numbers[n]
            of = self._from[spot[0]][spot[1]] if spot else ()
            if n and (mine, of, spot[0] if spot else -1) != (ours, lines, paragraph):
                words = _trimmed(text, begun, start)
                yield Piece(words, self._built.origins(lines), ours, count, paragraph == main)
                begun, count = start, 0
            ours, lines, count, paragraph = mine, of, count + 1, spot[0] if spot else -1
        if found:
            words = _trimmed(text, begun, len(text))
            yield Piece(words, self._built.origins(lines), ours, count, paragraph == main)


_OPENING, _BETWEEN = "(“‘[", " \t\r\n(“‘[•☐○▲·|"


def _trimmed(text: str, start: int, end: int) -> str:
    """The words between two places of a text, with the quotes and brackets that belong to them."""
    while start and text[start - 1] in _OPENING:
        start -= 1
    return text[start:end].rstrip(_BETWEEN).lstrip()


def _gaps(spots: Sequence[Spot | None]) -> Iterator[tuple[int, int]]:
    """From where to where nothing was found."""
    start = None
    for n, spot in enumerate((*spots, (0, 0))):
        if spot is None and start is None:
            start = n
        elif spot is not None and start is not None:
            yield start, n
            start = None
