"""How blocks become paragraphs in a box, and how much room they take: `fit` and the renderers agree.

Lengths are points. Widths are the advance widths of metrics.json (tools/font_metrics.py); a font that is not
in it is measured as the widest of its class, by its name: one whose letters are all equally wide, one that is
heavy or drawn out, or any other. A line is taken as 1.2 times the size, what PowerPoint
gives Arial; LibreOffice gives 1.15.
"""

from __future__ import annotations

import json
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources
from itertools import pairwise, repeat
from typing import Literal, NamedTuple, assert_never

from toolkit.brand.geometry import EMU, SMALLEST_IN_NOTES, Box, Look, Slot
from toolkit.late import pattern, replace
from toolkit.plan.model import (
    Block,
    Blocks,
    Bullets,
    Drawing,
    Fields,
    Heading,
    Lines,
    Paragraph,
    Picture,
    Quotation,
    Span,
    Spans,
    Table,
    Timeline,
    is_to_write_in,
    text,
)
from toolkit.plan.typography import NBSP, cut_like

ABOVE_HEADING, BELOW_HEADING = 1.9, 0.35  # of the space between paragraphs: nearer to what it heads
LINE = 1.2  # line height per point of size at single spacing
UNKNOWN_FONT = "verdana"
SERIFS = frozenset(
    (
        *("cambria", "caladea", "georgia", "garamond", "times", "times new roman", "liberation serif"),
        *("constantia", "palatino", "palatino linotype", "book antiqua"),
    )
)
NARROW = frozenset(("calibri", "calibri light", "carlito", "candara", "corbel"))  # no wider than Calibri
# What the names of fonts say of their letters: that all have one width, of which 0.62 of the size is the most
# that we found; that they are heavy, as wide as Verdana's bold ones; or that they are drawn out as well.
EQUAL = pattern(
    r"\bmono(?:space)?d?\b|mono$|\bcode\b|courier|consol|menlo|monaco|cascadia|inconsolata|typewriter"
    r"|terminal|teletype|\bfixed|letter gothic|\bocr|andale|prestige|\bhack\b|\bpica\b"
    r"|n?simsun|ms (?:gothic|mincho)|mingliu|(?:gulim|dotum|batang|gungsuh)che|等宽|等幅"
)
EQUAL_WIDTH = 0.62
HEAVY = pattern(r"black|heavy|extra ?bold|ultra|poster|\bfat\b|wide|extended|expanded|\bexp?\b|stencil")
WIDE = pattern(r"wide|extended|expanded|\bexp?\b|microgramma|bank gothic")
MORE_WIDE = 1.2
TWINS = {
    "helvetica": "arial",
    "liberation sans": "arial",
    "carlito": "calibri",
    "caladea": "cambria",
    "times": "times new roman",
    "liberation serif": "times new roman",
}
SOURCE = 16.0  # points at most, for a line that says who tells what stands above it
CELL = (7.2, 3.0)  # points inside a table cell at each side, and above and below
TIMELINE_COLUMNS = 6
LINES_APART = 25.5  # points from one ruled line to the next: 0.9 cm
ROOM_OF_FIELD = 80.0  # points, the least to write in beside the words of a field
ROW_TO_WRITE_IN = 46.0  # points, the least height of one in a document: a little over 1.6 cm

Kind = Literal[
    "heading",
    "body",
    "statement",
    "bullet",
    "number",
    "suggestion",
    "check",
    "term",
    "quotation",
    "callout",
    "label",
    "source",
    "question",
    "small",
]
MARKS = {"bullet": "•", "suggestion": "○", "check": "☐"}


class Para(NamedTuple):
    """A paragraph as set: its spans, what it is; size, space before and hanging indent in points."""

    spans: Spans
    kind: Kind
    size: float
    before: float
    indent: float = 0.0
    number: int = 0


def paras(blocks: Blocks, look: Look, size: float | None = None) -> list[Para]:
    """The paragraphs of some blocks in a slot. Tables, timelines, drawings and lines have none."""
    size = size or look.size
    whole = look.before * size / look.size if look.size else 0.0
    found: list[Para] = []
    for block in blocks:
        told = isinstance(block, Paragraph) and block.role == "source"
        near = found and (found[-1].kind == "heading" or told)
        before = whole * BELOW_HEADING if near else whole
        if isinstance(block, Heading):
            spans = tuple([s if s.bold else replace(s, bold=True) for s in block.spans])
            found.append(Para(spans, "heading", heading_size(size, block.level), whole * ABOVE_HEADING))
        elif isinstance(block, Bullets):
            block = listed(block)
            for n, item in enumerate(block.items):
                number = block.start + n if block.kind == "number" else 0
                above = whole * 0.75 if n else before * 0.75
                found.append(Para(item, block.kind, size, above, round(size * 1.1, 1), number))
        elif isinstance(block, Quotation):
            found.append(Para(block.spans, "quotation", size, before))
        elif isinstance(block, Paragraph):
            own = size
            if block.role == "source":
                own = min(size, SOURCE)
            elif block.role == "question":
                own = size + 2
            elif block.role == "small":
                own = max(size - 2, SMALLEST_IN_NOTES)
            found.append(Para(block.spans, block.role, own, before))
        elif isinstance(block, (Table, Timeline, Drawing, Picture, Lines, Fields)):
            raise TypeError("a table, timeline, drawing or picture, or room to write, has no paragraphs")
        else:
            assert_never(block)
    return found


def listed(block: Bullets) -> Bullets:
    """A list as it stands where nothing can stand beside its terms."""
    if block.kind != "term":
        return block
    items = (tuple(replace(s, text=s.text.replace("\t", " ")) for s in item) for item in block.items)
    return Bullets(tuple(items), "bullet")


def parted(item: Spans) -> tuple[Spans, Spans]:
    """The term of an item, and what belongs to it."""
    at = next((n for n, span in enumerate(item) if span.text == "\t"), len(item))
    return item[:at], item[at + 1 :]


def term_column(block: Bullets, font: str, size: float, width: float) -> tuple[float, list[bool]]:
    """How wide the column of the terms of a list is, in points, with the space after it; and which of them
    are too wide for it: what belongs to them follows on the same line.
    """
    wides = [advance(text(parted(item)[0]), font, True) * size + size for item in block.items]
    most = min(size * WIDEST_TERM, width / 2)
    column = max((wide for wide in wides if wide <= most), default=most)
    return column, [wide > column for wide in wides]


WIDEST_TERM = 14  # times the size of its words
FIGURE = (
    1.7  # how much larger than the words below it a figure is: the number of an action, a telephone number
)


def face(font: str) -> str:
    """The font whose twin PDFs show in place of a font: one with serifs, a narrow one, or Arial."""
    known = font.casefold()
    return "Cambria" if known in SERIFS else "Calibri" if known in NARROW else "Arial"


def heading_size(size: float, level: int = 2) -> float:
    """A heading inside a slot is as large as its text, and no smaller; one of level 1 is a figure, and
    large."""
    return round(size * FIGURE) if level == 1 else size


def height(blocks: Blocks, look: Look, width: float, size: float | None = None) -> float:
    """How high some blocks stand in a box of this width, in points, without the box's insets."""
    if len(blocks) == 1 and isinstance(blocks[0], Table):
        return sum(row_heights(blocks[0], look, width, size))
    if len(blocks) == 1 and isinstance(blocks[0], Timeline):
        return sum(timeline_heights(blocks[0], look, width, size))
    if len(blocks) == 1 and isinstance(blocks[0], Drawing | Picture):
        return width * blocks[0].height / blocks[0].width
    if len(blocks) == 1 and isinstance(blocks[0], Lines):
        return blocks[0].count * LINES_APART
    if len(blocks) == 1 and isinstance(blocks[0], Fields):
        beside = fields_beside(blocks[0], look.font, size or look.size, width)
        return LINES_APART * (len(blocks[0].fields) // beside)
    return sum(para_height(p, look, width) for p in paras(blocks, look, size))


def para_height(para: Para, look: Look, width: float) -> float:
    """How high one paragraph stands, with the space before and after it."""
    count = lines(para.spans, look.font, para.size, look.bold, width - para.indent)
    return count * para.size * LINE * look.line + para.before + look.after


def inner(box: Box, look: Look) -> tuple[float, float]:
    """Width and height in points that a box leaves for text."""
    left, top, right, bottom = look.insets
    return (box.w - left - right) / EMU, (box.h - top - bottom) / EMU


def fits(blocks: Blocks, slot: Slot, size: float) -> bool:
    """Whether some blocks stand inside a slot at this size. A drawing or picture is scaled, so it does."""
    width, room = inner(slot.box, slot.look)
    if len(blocks) == 1 and isinstance(blocks[0], Drawing | Picture):
        return True
    return height(blocks, slot.look, width, size) <= room


@lru_cache(maxsize=50_000)
def lines(spans: Spans, font: str, size: float, bold: bool, width: float) -> int:
    """How many lines some spans need. A word wider than the line is broken between letters, as in PowerPoint.

    PowerPoint breaks a link as it breaks other words, LibreOffice keeps it on one line: the higher count
    holds for both.
    """
    spans = loosened(spans, font, size, bold, width)
    counts = [_count(_words(spans, font, bold), font, size, bold, width)]
    if any(span.link for span in spans):
        counts.append(_count(_words(spans, font, bold, True), font, size, bold, width))
    return max(counts)


def loosened(spans: Spans, font: str, size: float, bold: bool, width: float) -> Spans:
    """Spans in a column of this width: words that are kept together and wider than it are not kept any more,
    because they would be broken between letters."""
    if not any(NBSP in span.text for span in spans):
        return spans
    words = _words(spans, font, bold)
    if all(wide * size <= width + HAIR * size for wide in words.widths):
        return spans
    whole = "".join(span.text for span in spans)
    at, loose = 0, list(whole)
    for letters, wide in zip(words.letters, words.widths):
        at = whole.index(letters, at)
        if wide * size > width + HAIR * size:
            loose[at : at + len(letters)] = letters.replace(NBSP, " ")
        at += len(letters)
    return cut_like(spans, "".join(loose))


class Line(NamedTuple):
    """A line as it is set: how many words stand on it, and how wide it is, in points."""

    words: int
    width: float


def set_lines(spans: Spans, font: str, size: float, bold: bool, width: float) -> list[Line]:
    """The lines that `lines` counts, unless a word is wider than they are; none for no words."""
    words = _words(loosened(spans, font, size, bold, width), font, bold)
    room = width / size + HAIR
    every = len(words.ends)
    first = [0] if every else []  # the words with which lines begin
    for at in range(1, every):
        if words.ends[at] > words.starts[first[-1]] + room:
            first.append(at)
    found = []
    for begin, end in pairwise([*first, every]):
        apart = sum(words.starts[n] > words.ends[n - 1] for n in range(begin + 1, end))
        kept = sum(words.letters[n].count(NBSP) for n in range(begin, end))
        found.append(Line(1 + apart + kept, (words.ends[end - 1] - words.starts[begin]) * size))
    return found


def broken(spans: Spans, font: str, size: float, width: float) -> bool:
    """Whether a word is wider than the line, so that it would be broken between letters."""
    return any(wide * size > width for wide in _word_widths(spans, font, False, loose=True))


class _Words(NamedTuple):
    """The words of a text: their letters, their widths, and where each begins and ends on one endless line.

    Lengths are per point of size.
    """

    letters: list[str]
    widths: list[float]
    starts: list[float]
    ends: list[float]


HAIR = 1e-7  # ems; what sums of fractions are off by, so that a line as wide as its box is not broken


def _count(words: _Words, font: str, size: float, bold: bool, width: float) -> int:
    room, every = width / size + HAIR, len(words.ends)
    count, limit, at = 1, room, 0
    while (at := bisect_right(words.ends, limit, at)) < every:  # the first word that does not fit the line
        count += at > 0
        limit = words.starts[at] + room
        if words.widths[at] > room:
            pieces = _broken(words.letters[at], font, bold, size, room * size)
            count += len(pieces) - 1
            limit = words.ends[at] - pieces[-1] / size + room
        at += 1
    return count


@lru_cache(maxsize=20_000)
def _words(spans: Spans, font: str, bold: bool, whole_links: bool = False) -> _Words:
    """The words of some spans, those that are kept together as one. With `whole_links` a link is one too."""
    found: list[str] = []
    widths: list[float] = []
    glued: list[bool] = []  # whether a word follows the one before without a space
    open_word = False
    for span in spans:
        letters = span.text
        if not letters:
            continue
        table = _advances(font, bold or span.bold)
        whole = whole_links and bool(span.link) and not _is_gap(letters)
        dashed = not whole and any(dash in letters for dash in _DASHES)
        open_word = open_word and (whole or not _is_gap(letters[0]))
        for word in (letters,) if whole else _parted(letters):
            for part in _BREAKS.findall(word) if dashed else (word,):
                if open_word and not found[-1].endswith(_DASHES):
                    found[-1] += part
                    widths[-1] += table[part]
                else:
                    found.append(part)
                    widths.append(table[part])
                    glued.append(open_word)
                open_word = True
            open_word = False
        open_word = whole or not _is_gap(letters[-1])
    space, at = _advances(font, bold)[" "], 0.0
    starts: list[float] = []
    ends: list[float] = []
    gaps = _gaps(spans, whole_links)
    for wide, follows in zip(widths, glued):
        at += 0.0 if follows or not starts else space * next(gaps)
        starts.append(at)
        at += wide
        ends.append(at)
    return _Words(found, widths, starts, ends)


def _word_widths(spans: Spans, font: str, bold: bool, loose: bool) -> list[float]:
    """The widths of the words of some spans; `loose`, of each of those that are kept together."""
    if loose and any(NBSP in span.text for span in spans):
        spans = tuple(replace(span, text=span.text.replace(NBSP, " ")) for span in spans)
    return _words(spans, font, bold).widths


# PowerPoint and LibreOffice end a line at a space, after a dash, or after a hyphen between two letters.
_DASHES = ("-", "–", "—")
_BREAKS = pattern(
    rf"[^–—-]*(?:[–—]|(?<=[^\W\d_])-(?=[^\W\d_]))|[\S{NBSP}]+?(?=[–—]|(?<=[^\W\d_])-[^\W\d_])|[\S{NBSP}]+"
)
_UNBROKEN = pattern(rf"[\S{NBSP}]+")


def _parted(letters: str) -> list[str]:
    """A text at its spaces, but for those at which words are kept together."""
    return _UNBROKEN.findall(letters) if NBSP in letters else letters.split()


_GAPS = pattern(rf"[^\S{NBSP}]+")
_SPACES = " \t\n"


def _gaps(spans: Spans, whole_links: bool) -> Iterator[int]:
    """How many spaces stand between each word and the next."""
    whole = "".join(span.text for span in spans)
    if "  " not in whole:
        return repeat(1)
    if whole_links:
        whole = "".join("x" if span.link and not _is_gap(span.text) else span.text for span in spans)
    return (len(gap) for gap in _GAPS.findall(whole.strip(_SPACES)))


def _is_gap(letters: str) -> bool:
    """Whether a line may end here: white space, but none at which words are kept together."""
    return letters.isspace() and NBSP not in letters


def _broken(word: str, font: str, bold: bool, size: float, width: float) -> list[float]:
    pieces = [0.0]
    for character in word:
        wide = advance(character, font, bold) * size
        if pieces[-1] and pieces[-1] + wide > width:
            pieces.append(0.0)
        pieces[-1] += wide
    return pieces


def advance(text: str, font: str, bold: bool) -> float:
    """The width of a text per point of size."""
    return _advances(font, bold)[text]


class _Advances(dict[str, float]):
    """The widths of texts in one face of a font, each measured once."""

    def __init__(self, letters: dict[str, float]) -> None:
        super().__init__()
        self._letters = letters

    def __missing__(self, text: str) -> float:
        if len(self) > 50_000:  # as many as the words of a thousand reviews
            self.clear()
        table = self._letters
        self[text] = sum(table[c] if c in table else _other(c) for c in text)
        return self[text]


@lru_cache(maxsize=32)
def _advances(font: str, bold: bool) -> _Advances:
    letters = _metrics(font.casefold())["bold" if bold else "regular"]
    return _Advances(letters | {NBSP: letters[" "]})


def _other(character: str) -> float:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Mn"):
        return 0.0
    return 1.35 if ord(character) > 0xFFFF else 1.05


@lru_cache(maxsize=1)
def _all_metrics() -> dict[str, dict[str, list[list[int]]]]:
    data: dict[str, dict[str, list[list[int]]]] = json.loads(
        resources.files("toolkit.fit").joinpath("metrics.json").read_text("ascii")
    )
    return data


@lru_cache(maxsize=16)
def _metrics(font: str) -> dict[str, dict[str, float]]:
    every = _all_metrics()
    known = every.get(TWINS.get(font, font))
    family = known or every[UNKNOWN_FONT]
    found = {
        face: {chr(run[0] + i): w / 1000 for run in family[face] for i, w in enumerate(run[1:])}
        for face in ("regular", "bold")
    }
    if known is None and EQUAL.search(font):
        return {face: dict.fromkeys(table, EQUAL_WIDTH) for face, table in found.items()}
    if known is None and (HEAVY.search(font) or WIDE.search(font)):
        more = MORE_WIDE if WIDE.search(font) else 1.0
        heavy = {letter: wide * more for letter, wide in found["bold"].items()}
        return {"regular": heavy, "bold": heavy}
    return found


def fields_beside(block: Fields, font: str, size: float, width: float) -> int:
    """How many fields stand beside each other on a line: all, or one where some leave too little room."""
    count = len(block.fields)
    wide = max(sum(_words(field.label, font, True).ends[-1:]) for field in block.fields) * size
    return count if wide + ROOM_OF_FIELD <= width / count else 1


AIR = 0.05  # of the width of a table, between the words of its first column and the second


def column_widths(table: Table, font: str, size: float, width: float) -> list[float]:
    """The widths of a table's columns in points: of the longest word, and more by how much text there is."""
    if table.widths and abs(sum(table.widths) - width) < 1:
        return list(table.widths)
    rows = (table.header, *table.rows)
    count = len(table.header)

    def narrowest(loose: bool) -> list[float]:
        return [
            max(max(_word_widths(row[c], font, True, loose), default=0.0) for row in rows) * size
            + 2 * CELL[0]
            + 1
            for c in range(count)
        ]

    least = narrowest(loose=False)
    if sum(least) > width or max(least) > max(width / count, width * 0.4):
        least = narrowest(loose=True)  # no column for words that are kept together
    natural = [
        max(sum(_words(row[c], font, n == 0).widths) * size for n, row in enumerate(rows)) * 1.1
        + 2 * CELL[0]
        + 4
        for c in range(count)
    ]
    if all(map(is_to_write_in, table.rows)) and max(least) <= width / count:
        others = [max(n, width / count * 0.7) for n in natural[1:]]
        if width - sum(others) < width / count:
            return [width / count] * count
        return [width - sum(others), *others]  # a form: most is written into the first cell
    if count == 2 and sum(natural) <= width:
        first = min(natural[0] + AIR * width, width - natural[1])
        return [first, width - first]  # what is said begins close to what it is said of
    if sum(natural) <= width:
        return [n * width / sum(natural) for n in natural]
    cap = width / count
    least = [min(x, max(cap, width * 0.4)) for x in least]
    if sum(least) >= width:
        return [x * width / sum(least) for x in least]
    if count == 2:
        return _two_columns(rows, font, size, width, least[0], least[1])
    weight = [
        sum(sum(_words(row[c], font, False).widths) for row in rows) ** 0.9 + 0.01 for c in range(count)
    ]
    widths = list(least)
    spare = width - sum(least)
    need = [max(n - x, 0.0) for n, x in zip(natural, least)]
    while spare > 0.5 and any(n > 0.5 for n in need):
        total = sum(w for w, n in zip(weight, need) if n > 0.5)
        given = [min(n, spare * w / total) if n > 0.5 else 0.0 for w, n in zip(weight, need)]
        widths = [x + g for x, g in zip(widths, given)]
        need = [n - g for n, g in zip(need, given)]
        spare -= sum(given)
    return [x + spare / count for x in widths]


def _two_columns(
    rows: tuple[tuple[Spans, ...], ...], font: str, size: float, width: float, left: float, right: float
) -> list[float]:
    """The division of a table into two columns that makes it least high."""

    def count(first: float) -> int:
        both = (first, width - first)
        return sum(
            max(lines(cell, font, size, n == 0, w - 2 * CELL[0]) for cell, w in zip(row, both))
            for n, row in enumerate(rows)
        )

    trials = [left + (width - right - left) * n / 24 for n in range(25)]
    first = min(trials, key=lambda trial: (count(trial), trial))
    return [first, width - first]


def row_heights(table: Table, look: Look, width: float, size: float | None = None) -> list[float]:
    """The height of each row in points, the header first."""
    size = size or look.size
    widths = column_widths(table, look.font, size, width)
    return [
        max(lines(cell, look.font, size, n == 0, w - 2 * CELL[0]) for cell, w in zip(row, widths))
        * size
        * LINE
        + 2 * CELL[1]
        + 1
        for n, row in enumerate((table.header, *table.rows))
    ]


def timeline_heights(
    timeline: Timeline, look: Look, width: float, size: float | None = None
) -> tuple[float, float]:
    """The heights of the dates above the line and of the events below it, in points."""
    size = size or look.size
    column = width / max(len(timeline.events), 1) - 2 * CELL[0]
    dates = max(lines((Span(when),), look.font, size, True, column) for when, _ in timeline.events)
    events = max(lines(what, look.font, size, False, column) for _, what in timeline.events)
    return dates * size * LINE + 2 * CELL[1] + 8, events * size * LINE + 2 * CELL[1] + 10


def timeline_columns(timeline: Timeline, look: Look, width: float, size: float) -> int:
    """How many events, up to TIMELINE_COLUMNS, can stand side by side without a word being broken."""
    longest = max(
        (
            wide
            for when, what in timeline.events
            for spans, bold in (((Span(when),), True), (what, False))
            for wide in _word_widths(spans, look.font, bold, loose=True)
        ),
        default=0.0,
    )
    return max(1, min(TIMELINE_COLUMNS, int(width / (longest * size + 2 * CELL[0]))))


def units(blocks: Blocks) -> list[Block]:
    """The smallest blocks that may stand on a page of their own: a paragraph, an item, a row, an event."""
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Bullets):
            found += [Bullets((item,), block.kind, block.start + n) for n, item in enumerate(block.items)]
        elif isinstance(block, Table):
            found += [replace(block, rows=(row,)) for row in block.rows]
        elif isinstance(block, Timeline):
            found += [Timeline((event,)) for event in block.events]
        else:
            found.append(block)
    return found


def joined(parts: list[Block]) -> Blocks:
    """Units put together again: items of one list, rows of one table, events of one timeline."""
    found: list[Block] = []
    for block in parts:
        last = found[-1] if found else None
        if (
            isinstance(block, Bullets)
            and isinstance(last, Bullets)
            and last.kind == block.kind
            and (block.kind != "number" or block.start == last.start + len(last.items))
        ):
            found[-1] = Bullets((*last.items, *block.items), last.kind, last.start)
        elif isinstance(block, Table) and isinstance(last, Table) and last.header == block.header:
            found[-1] = replace(last, rows=(*last.rows, *block.rows))
        elif isinstance(block, Timeline) and isinstance(last, Timeline):
            found[-1] = Timeline((*last.events, *block.events))
        else:
            found.append(block)
    return tuple(found)
