"""A briefing on two sides of A4: how high its parts stand, and which of them begins the second side.

Word and PDF draw the same parts one below the other, so one measure holds for both: that of the house's
styles and fonts, with a little room to spare. A part is never broken over two sides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise, zip_longest

from toolkit.fit.typeset import (
    CELL,
    LINES_APART,
    ROW_TO_WRITE_IN,
    column_widths,
    fields_beside,
    lines,
    parted,
    set_lines,
    term_column,
)
from toolkit.late import pattern, replace
from toolkit.plan.hours import ring
from toolkit.plan.model import (
    Block,
    Bullets,
    Fields,
    Heading,
    Lines,
    Page,
    Paragraph,
    Plan,
    Quotation,
    Span,
    Spans,
    Table,
    Timeline,
    is_to_write_in,
    words,
)

MOST_WORDS_ON_TWO_SIDES = 650
WIDE, HIGH = 493.2, 736.0  # points: the text of an A4 side, in a document of the house
LINE = 1.16  # height of a line for each point of size
_FONT = "Arial"
_WORD = pattern(r"\S*\w\S*")  # no word is a dot or a bar between others
_BANNER = 14.0  # points above, between and below the lines of a banner
IN_BANNER = 12.0  # points from the side of a banner to its words
_IN_BANNER = WIDE - 2 * IN_BANNER
TITLE = 14.0  # points that the title of a document is larger than its words
LARGE_LINE = 6.0  # and a large line of a callout box
MOTIF = (18.5, 2.1)  # in a title’s line, points: the radius of a ring of 24 dots, and that of a dot
DROP = 4.0  # points of a line below what stands in it
_CLEAR = 10.0  # points between the words of a banner and its motif
_BOX_NUMBER = 22.7  # points from a box's number to its heading
BELOW_EXAMPLE = 30.0  # points to write in below the example of a row, and round it
_INSIDE = 24.0  # points that a callout's edge and padding take of its lines


def words_on_two_sides(plan: Plan) -> int:
    """How many words stand on the sides of a briefing before its third, the banner's among them."""
    pages = _before_annex(plan)
    front = (plan.document, plan.board, _edition(plan), plan.title, plan.subtitle, plan.draft)
    said = [*front, *(line for page in pages for line in (page.title, *(words(b) for _, b in page.slots)))]
    return len(_WORD.findall(" ".join(said))) + sum(page.box > 0 for page in pages)


def on_two_sides(plan: Plan, size: float) -> Plan | None:
    """The plan with its second side begun where both sides are filled most evenly; None where two sides have
    too little room, or hold too many words. What stands on a third side begins a side of its own.
    """
    pages = _before_annex(plan)
    if words_on_two_sides(plan) > MOST_WORDS_ON_TWO_SIDES:
        return None
    high = [part_height(page, level, size) for _, level, page in plan.headed()][: len(pages)]
    front = banner_height(plan, size)
    breaks = [
        (max(first, second), n)
        for n in range(1, len(pages))
        if pages[n].box and (first := front + sum(high[:n])) <= HIGH and (second := sum(high[n:])) <= HIGH
    ]
    if not breaks:
        return None
    _, best = min(breaks)
    return _begun(plan, {best})


def on_sides(plan: Plan, size: float, most: int) -> Plan | None:
    """The plan of large print, which begins a side wherever the next part has no room on the last; None where
    it needs more than `most` sides."""
    pages = _before_annex(plan)
    high = [part_height(page, level, size) for _, level, page in plan.headed()][: len(pages)]
    new, used = set(), banner_height(plan, size)
    for n, needed in enumerate(high):
        if used + needed > HIGH and n:
            new.add(n)
            used = 0.0
        used += needed
    return _begun(plan, new) if len(new) < most else None


def filled(plan: Plan, size: float) -> tuple[Plan, int]:
    """The plan of a document with room to write, and how many sides it has: each part stands whole on one
    side, and as many ruled lines as fill every side. The sides are as few as can be, and evenly filled.
    """
    fewer = replace(plan, pages=tuple(_with_lines(page, -1) for page in plan.pages))
    plan = min((plan, fewer), key=lambda one: len(_sides(one, size)))
    high = [_needed(section, level, page, size) for section, level, page in plan.headed()]
    high[0] += banner_height(plan, size)
    greedy = [start for start, _ in _sides(plan, size)]
    if len(plan.pages) > MOST_TRIED or any(one > HIGH for one in high):
        return _begun(plan, set(greedy[1:])), len(greedy)
    asked = [sum(isinstance(b, Lines) for _, blocks in page.slots for b in blocks) for page in plan.pages]
    starts = min(
        ((0, *rest) for rest in combinations(range(1, len(high)), len(greedy) - 1)),
        key=lambda starts: sum(empty**2 for empty in _empty(starts, high, asked)),
    )
    pages: list[Page] = []
    for start, end in pairwise((*starts, len(high))):
        lines_there = sum(asked[start:end])
        spare = int((HIGH - sum(high[start:end])) / LINES_APART)
        more = min(spare // lines_there, MOST_MORE) if lines_there else 0
        pages += [_with_lines(page, more) for page in plan.pages[start:end]]
    return _begun(replace(plan, pages=tuple(pages)), set(starts[1:])), len(starts)


def _empty(starts: Sequence[int], high: Sequence[float], asked: Sequence[int]) -> Iterator[float]:
    """What stays empty of each side, after the lines to write on that may fill it; much for one too full."""
    for start, end in pairwise((*starts, len(high))):
        left = HIGH - sum(high[start:end])
        yield max(left - sum(asked[start:end]) * MOST_MORE * LINES_APART, 0.0) if left >= 0 else 1000 * HIGH


MOST_TRIED = 14  # parts of a document of which every division into sides is tried
MOST_MORE = 6  # ruled lines that a question may have besides those of its template


def _with_lines(page: Page, more: int) -> Page:
    """A page whose ruled lines are so many more."""
    slots = tuple(
        (
            name,
            tuple(
                replace(b, count=max(b.count + more, 1)) if isinstance(b, Lines) and not b.cut else b
                for b in blocks
            ),
        )
        for name, blocks in page.slots
    )
    return replace(page, slots=slots)


def _sides(plan: Plan, size: float) -> list[tuple[int, float]]:
    """The part that begins each side, and how much of that side is used: a part begins a new one where it has
    no room on the last. One that is higher than a side begins on the last where half of that is empty, and
    goes on where it must.
    """
    found = [(0, banner_height(plan, size))]
    for n, (section, level, page) in enumerate(plan.headed()):
        start, used = found[-1]
        needed = _needed(section, level, page, size)
        goes_on = needed > HIGH and used <= HIGH / 2
        if n and used + needed > HIGH and not goes_on:
            found.append((n, needed))
        else:
            found[-1] = (start, used + needed)
    return found


def _begun(plan: Plan, at: set[int]) -> Plan:
    pages = (replace(p, new_side=p.new_side or n in at) for n, p in enumerate(plan.pages))
    return replace(plan, pages=tuple(pages))


def _before_annex(plan: Plan) -> tuple[Page, ...]:
    """The pages of the first sides: those before what is no box and begins a side for itself."""
    begins = (n for n, page in enumerate(plan.pages) if page.new_side and not page.box)
    return plan.pages[: next(begins, len(plan.pages))]


def banner_height(plan: Plan, size: float) -> float:
    """How high the banner stands with its title, in points."""
    above = "  |  ".join(plan.above)
    beside = [_set(line, size + TITLE, True, WIDE) for line in beside_motif(plan.title, size + TITLE)]
    below = ((above, size, True), (plan.subtitle, size, False), (plan.draft, size, True))
    first = max(beside[0], motif_size() + DROP) if beside else 0.0
    others = sum(_set(said, s, bold, _IN_BANNER) for said, s, bold in below if said)
    return _BANNER + first + sum(beside[1:]) + others


def motif_size() -> float:
    """How wide and high the motif of a banner is, in points."""
    return 2 * sum(MOTIF)


def motif_dots() -> list[tuple[float, float, bool]]:
    """The motif of a banner, a day of 24 hours with midday at the top: where each dot stands in points from
    the left and from above, and whether it is one of the six that a school sees.
    """
    return [(MOTIF[0] + x, MOTIF[0] + y, seen) for x, y, seen in ring(MOTIF[0])]


def beside_motif(said: str, size: float) -> list[str]:
    """The lines of a title that stand in a banner to the left of its motif."""
    spans, every, at = (Span(said),), said.split(" "), 0
    found = []
    for line in set_lines(spans, _FONT, size, True, _IN_BANNER - motif_size() - _CLEAR):
        count = line.words - " ".join(every[at : at + line.words]).count("\u00a0")
        found.append(" ".join(every[at : at + count]))
        at += count
    return found if " ".join(found) == said else [said]


def _edition(plan: Plan) -> str:
    return plan.wording.date(plan.edition) if plan.edition else ""


def _set(said: str, size: float, bold: bool, width: float) -> float:
    return lines((Span(said),), _FONT, size, bold, width) * size * LINE + 3.0


def _needed(section: str, level: int, page: Page, size: float) -> float:
    """How high a part stands, with the name of its section where that begins."""
    name = _heading((Span(section),), 1, size, WIDE) if section else 0.0
    return name + part_height(page, level, size)


def part_height(page: Page, level: int, size: float) -> float:
    """How high a part stands with its heading, in points."""
    if page.strip:
        return blocks_height(page.in_strip, level, size)
    heading = _heading((Span(page.title),), level, size, WIDE - (_BOX_NUMBER if page.box else 0))
    return heading + sum(blocks_height(blocks, level, size) for _, blocks in page.slots)


def _heading(spans: Spans, level: int, size: float, width: float) -> float:
    larger, around = ((size + 4, 10.5), (size + 2, 6.0), (size, 8.0))[min(level, 3) - 1]
    return lines(spans, _FONT, larger, True, width) * larger * LINE + around


def blocks_height(blocks: Sequence[Block], level: int, size: float) -> float:
    """How high some blocks stand below a heading of a level, in points."""
    high = 0.0
    for block, after in zip_longest(blocks, blocks[1:]):
        high += _block(block, level, size)
        if _is_callout(block) and not _is_callout(after):
            high += 13.0
    return high


def _is_callout(block: Block | None) -> bool:
    return isinstance(block, Paragraph) and block.role == "callout"


def _block(block: Block, level: int, size: float) -> float:
    match block:
        case Heading():
            return _heading(block.spans, min(block.level + level - 1, 3), size, WIDE)
        case Paragraph():
            inside = WIDE - (_INSIDE if block.role in ("callout", "label") else 0)
            after = {"callout": 3.0, "source": 2.0, "label": 17.0}.get(block.role, 4.0)
            size += LARGE_LINE * block.large
            return lines(block.spans, _FONT, size, block.large, inside) * size * LINE + after
        case Quotation():
            return lines(block.spans, _FONT, size + 1, False, WIDE - 40) * (size + 1) * LINE + 16.0
        case Bullets(kind="term"):
            column, above = term_column(block, _FONT, size, WIDE)
            told = (
                lines(item, _FONT, size, False, WIDE - column)
                if up
                else lines(parted(item)[1], _FONT, size, False, WIDE - column)
                for item, up in zip(block.items, above)
            )
            return sum(count * size * LINE + 3.0 for count in told) + 10.0
        case Bullets():
            inside = WIDE - 1.7 * size
            return (
                sum(lines(item, _FONT, size, False, inside) * size * LINE + 2.0 for item in block.items) + 2
            )
        case Table():
            return _table(block, size)
        case Timeline():
            rows = tuple(((Span(when),), what) for when, what in block.events)
            return _table(Table(((Span("When"),), (Span("What"),)), rows), size) + 6.0 * len(rows)
        case Lines():
            return block.count * LINES_APART + 14.0
        case Fields():
            return len(block.fields) // fields_beside(block, _FONT, size, WIDE) * LINES_APART + 14.0
        case _:
            return WIDE * block.height / block.width + 24.0


def room_in(row: tuple[Spans, ...], widths: Sequence[float], size: float) -> float:
    """The least height of a row in points, with a line to write on below an example; else 0."""
    if not is_to_write_in(row):
        return 0.0
    most = max(lines(cell, _FONT, size, False, w - 2 * CELL[0]) for cell, w in zip(row, widths))
    return max(ROW_TO_WRITE_IN, most * size * LINE + BELOW_EXAMPLE)


def _table(table: Table, size: float) -> float:
    widths = column_widths(table, _FONT, size, WIDE)
    high = 1.0
    for n, row in enumerate((table.header, *table.rows)):
        most = max(lines(c, _FONT, size, n == 0, w - 2 * CELL[0]) for c, w in zip(row, widths))
        high += max(most * size * LINE + 7.0, room_in(row, widths, size) if n else 0.0)
    return high
