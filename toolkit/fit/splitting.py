"""Blocks in as many page-fulls as they need: cut where a reader would turn a page, and nowhere else."""

from __future__ import annotations

import re

from toolkit.brand.geometry import Look, Slot
from toolkit.fit.typeset import (
    column_widths,
    height,
    inner,
    joined,
    row_heights,
    timeline_columns,
    timeline_heights,
    units,
)
from toolkit.late import replace
from toolkit.plan.model import (
    Block,
    Blocks,
    Bullets,
    Drawing,
    Fields,
    Heading,
    Lines,
    Page,
    Paragraph,
    Picture,
    Quotation,
    Span,
    Spans,
    Table,
    Timeline,
    text,
)
from toolkit.problems import Invalid


def page_fulls(blocks: Blocks, slot: Slot, size: float, page: Page, even: bool = True) -> list[Blocks]:
    """Blocks in as few page-fulls as will do, `even` of about the same height, else each filled in turn."""
    width, room = inner(slot.box, slot.look)
    first = blocks[0] if blocks else None
    head = (
        row_heights(_ruled(first, slot, size), slot.look, width, size)[0] if isinstance(first, Table) else 0.0
    )
    most = _columns(first, slot.look, width, room, size) if isinstance(first, Timeline) else 1
    return shared_out(measured(blocks, slot, size, page), room - head, most, even)


Pieces = list[tuple[Block, float]]  # what may stand on a page of its own, and how high it stands


def measured(blocks: Blocks, slot: Slot, size: float, page: Page) -> Pieces:
    """Blocks in the smallest pieces that may stand on a page of their own, none higher than the slot."""
    width, room = inner(slot.box, slot.look)
    every = units(tuple(_ruled(b, slot, size) if isinstance(b, Table) else b for b in blocks))
    found: Pieces = []
    over = 0.0  # how high the headings just before a unit stand, which go wherever it goes
    for n, unit in enumerate(every):
        rest = every[n + 1 :]
        own = 0.0 if _is_source(unit) else sum(height((b,), slot.look, width, size) for b in _sources(rest))
        found += _pieces(unit, slot.look, width, max(room - over - own, room / 2), size, page)
        over = over + found[-1][1] if _leads(unit) else 0.0
    return found


def _sources(blocks: list[Block]) -> list[Block]:
    """The source lines that some blocks begin with."""
    return blocks[: next((n for n, block in enumerate(blocks) if not _is_source(block)), len(blocks))]


def _ruled(table: Table, slot: Slot, size: float) -> Table:
    """A table whose columns stay as wide as they are now, however many of its rows stand on a page."""
    width, _ = inner(slot.box, slot.look)
    return replace(table, widths=tuple(column_widths(table, slot.look.font, size, width)))


def shared_out(pieces: Pieces, room: float, most: int = 1, even: bool = True) -> list[Blocks]:
    """Pieces in page-fulls; `most` is how many events of a timeline stand side by side."""
    groups = grouped(pieces, room)
    filled = _filled(groups, room, most)
    if even and len(filled) > 1:
        filled = evened(groups, room, len(filled)) or filled
    return [joined(chunk) for chunk in filled]


Groups = list[tuple[list[Block], float]]  # what stands together on a page, and how high it stands


def grouped(pieces: Pieces, room: float) -> Groups:
    """Pieces with those that they may not be cut off from: a heading or label from what follows, a source
    line from what it is the source of. What is then higher than the room stands alone after all.
    """
    found: list[Pieces] = []
    leads = False
    for piece in pieces:
        if found and (leads or _is_source(piece[0])):
            found[-1].append(piece)
        else:
            found.append([piece])
        leads = _leads(piece[0])
    if len(found) > 1 and all(_leads(block) for block, _ in found[-1]):
        last = found.pop()
        found[-1] += last
    groups: Groups = []
    for group in found:
        high = sum(part for _, part in group)
        if high <= room:
            groups.append(([block for block, _ in group], high))
            continue
        groups += [([block], part) for block, part in group]
    return groups


def _leads(block: Block) -> bool:
    """Whether a block says what follows is."""
    return isinstance(block, Heading) or (isinstance(block, Paragraph) and block.role == "label")


def _is_source(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.role == "source"


def evened(groups: Groups, room: float, count: int) -> list[list[Block]] | None:
    """Groups in `count` chunks of about the same height, or None when that would not fit the room."""
    share = sum(high for _, high in groups) / count
    if not share:
        return None  # events of a timeline: `_filled` shares them out by number
    chunks: list[list[Block]] = [[] for _ in range(count)]
    used = [0.0] * count
    before, at = 0.0, 0
    for blocks, high in groups:
        at = max(at, min(count - 1, int((before + high / 2) / share)))
        chunks[at] += blocks
        used[at] += high
        before += high
    return chunks if all(chunks) and max(used) <= room else None


def _filled(groups: Groups, room: float, most: int = 1) -> list[list[Block]]:
    chunks: list[list[Block]] = [[]]
    used = 0.0
    for blocks, high in groups:
        full = isinstance(blocks[0], Timeline) and len(chunks[-1]) >= most
        if chunks[-1] and (used + high > room or full):
            chunks.append([])
            used = 0.0
        chunks[-1] += blocks
        used += high
    return chunks


def _columns(timeline: Timeline, look: Look, width: float, room: float, size: float) -> int:
    """How many events stand side by side on several slides of about equal length, none too narrow or high."""
    events = timeline.events
    for most in range(timeline_columns(timeline, look, width, size), 1, -1):
        slides = -(-len(events) // most)
        each = -(-len(events) // slides)
        if all(
            sum(timeline_heights(Timeline(events[n : n + each]), look, width, size)) <= room
            for n in range(0, len(events), each)
        ):
            return each
    return 1


def _pieces(unit: Block, look: Look, width: float, room: float, size: float, page: Page) -> Pieces:
    """A unit, cut between sentences, then words, then letters, if it alone is higher than the room."""
    high = height((unit,), look, width, size)
    if isinstance(unit, (Drawing, Picture, Lines, Fields)):
        return [(unit, min(high, room))]
    if high <= room:
        if isinstance(unit, Table):
            return [(unit, row_heights(unit, look, width, size)[1])]
        return [(unit, 0.0 if isinstance(unit, Timeline) else high)]  # events stand side by side
    if isinstance(unit, Table):
        row = unit.rows[0]
        longest = max(len(text(cell)) for cell in row)
        halves = [_halves(cell) if len(text(cell)) * 2 > longest else (cell, ()) for cell in row]
        if any(second for _, second in halves):
            first, second = (tuple(h[i] for h in halves) for i in (0, 1))
            return [
                p
                for r in (first, second)
                for p in _pieces(replace(unit, rows=(r,)), look, width, room, size, page)
            ]
    elif isinstance(unit, Timeline):
        when, what = unit.events[0]
        first_half, second_half = _halves(what)
        if second_half:
            return [
                p
                for half in (first_half, second_half)
                for p in _pieces(Timeline(((when, half),)), look, width, room, size, page)
            ]
    else:
        spans = unit.items[0] if isinstance(unit, Bullets) else unit.spans
        first_half, second_half = _halves(spans)
        if second_half:
            return [
                p
                for half in (first_half, second_half)
                for p in _pieces(_with(unit, half), look, width, room, size, page)
            ]
    raise Invalid.at(
        page.place,
        f"“{page.title}” cannot be made to fit its box",
        "make the box larger in the template, or the words fewer",
    )


def _with(unit: Heading | Paragraph | Bullets | Quotation, spans: Spans) -> Block:
    return replace(unit, items=(spans,)) if isinstance(unit, Bullets) else replace(unit, spans=spans)


def _halves(spans: Spans) -> tuple[Spans, Spans]:
    """Spans cut in two near the middle: after a sentence, else after a word, else between letters."""
    whole = text(spans)
    middle = len(whole) / 2
    for pattern in (r"(?<=[.!?])[ \n]+(?=\S)", r"(?<=[;,:])[ \n]+(?=\S)", r"[ \n]+(?=\S)", r"\s+(?=\S)"):
        places = [m.end() for m in re.finditer(pattern, whole)]
        if places:
            return _cut(spans, min(places, key=lambda p: abs(p - middle)))
    return _cut(spans, max(1, int(middle))) if len(whole) > 1 else (spans, ())


def _cut(spans: Spans, position: int) -> tuple[Spans, Spans]:
    first: list[Span] = []
    second: list[Span] = []
    at = 0
    for span in spans:
        head, tail = span.text[: max(position - at, 0)], span.text[max(position - at, 0) :]
        if head:
            first.append(replace(span, text=head))
        if tail:
            second.append(replace(span, text=tail))
        at += len(span.text)
    return tuple(first), tuple(second)
