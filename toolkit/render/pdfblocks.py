"""The words of a plan as `pdf.typ` reads them, in JSON: no word of a review can be taken for a mark of
typst's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby, zip_longest
from typing import Any, assert_never

from toolkit.brand.geometry import Look
from toolkit.fit.cards import SIDE, WIDE, Card
from toolkit.fit.drawing import PAPER_WIDTH, Placement, place_in_text
from toolkit.fit.pictures import Framed, frame_in_text
from toolkit.fit.sides import LARGE_LINE, room_in
from toolkit.fit.typeset import (
    CELL,
    LINES_APART,
    MARKS,
    advance,
    column_widths,
    fields_beside,
    height,
    loosened,
    parted,
    row_heights,
    term_column,
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
    Paragraph,
    Picture,
    Quotation,
    Span,
    Spans,
    Table,
    Timeline,
    stays_with,
)
from toolkit.render.media import for_typst

FONT = "Arial"  # for measuring; Liberation Sans has the same widths
SERIF = "Cambria"  # for measuring what stands in serifs; Caladea has the same widths
TEXT_WIDTH = PAPER_WIDTH
WIDEST = 1.35  # of all letters, for each point of size; see `typeset`
KEPT = 400.0  # points, just over half a page; what is lower is not broken over two pages

Json = dict[str, Any]


def blocks_of(blocks: Blocks, width: float, size: float, top: int = 2) -> Iterator[Json]:
    """Blocks as the template reads them, in a column of `width` points.

    A heading of level 2 becomes one of level `top`.
    """
    pairs = zip_longest(blocks, blocks[1:])
    for boxed, group in groupby(pairs, lambda p: isinstance(p[0], Paragraph) and p[0].role == "callout"):
        several = list(group)
        if boxed:
            lines = [b for b, _ in several if isinstance(b, Paragraph)]
            yield {
                "kind": "callout",
                "paragraphs": [
                    spans_of(b.spans, width - 24, size + LARGE_LINE * b.large, b.large) for b in lines
                ],
                "large": [b.large for b in lines],
                "keep": _height(tuple(lines), width - 24, size) < KEPT,
                "sticky": stays_with(*several[-1]),
            }
        else:
            for block, after in several:
                made = _block_of(block, width, size, top)
                yield made | {"sticky": True} if stays_with(block, after) else made


def _block_of(block: Block, width: float, size: float, top: int) -> Json:
    if isinstance(block, Heading):
        return {
            "kind": "heading",
            "level": block.level - 2 + top,
            "spans": spans_of(block.spans, width, size + 3, True),
        }
    if isinstance(block, Bullets) and block.kind == "term":
        first, above = term_column(block, FONT, size, width)
        pairs = [parted(item) for item in block.items]
        items = [
            [up, spans_of(term, width if up else first, size, True), spans_of(what, width - first, size)]
            for up, (term, what) in zip(above, pairs)
        ]
        return {"kind": "terms", "first": first, "items": items}
    if isinstance(block, Bullets):
        indent = 1.8 * size
        return {
            "kind": "list",
            "mark": MARKS.get(block.kind, ""),
            "start": block.start,
            "items": [spans_of(item, width - indent, size) for item in block.items],
        }
    if isinstance(block, Quotation):
        return {"kind": "quotation", "spans": spans_of(block.spans, width - 20 - 2 * size, size + 1)}
    if isinstance(block, Paragraph):
        inside = width - (24 if block.role == "label" else 0)
        return {
            "kind": "paragraph",
            "role": block.role,
            "spans": spans_of(block.spans, inside, size),
            "keep": _height((block,), inside, size) < KEPT,
        }
    if isinstance(block, Table):
        return table_of(replace(block, widths=()), width, size)
    if isinstance(block, Timeline):
        first = width * 0.28
        events = [
            {
                "when": spans_of((Span(when),), first - 14.4, size, True),
                "what": spans_of(what, width - first - 24, size),
                "keep": _height((Paragraph(what),), width - first - 24, size) < KEPT,
            }
            for when, what in block.events
        ]
        return {"kind": "timeline", "first": first, "events": events}
    if isinstance(block, Lines):
        return {"kind": "lines", "count": block.count, "apart": LINES_APART} | (
            {"cut": True} if block.cut else {}
        )
    if isinstance(block, Fields):
        labels = [spans_of(field.label, width, size, True) for field in block.fields]
        beside = fields_beside(block, FONT, size, width)
        return {"kind": "fields", "labels": labels, "apart": LINES_APART, "beside": beside}
    if isinstance(block, Drawing):
        return {"kind": "drawing", "alt": block.alt} | drawing_of(place_in_text(block, FONT, width))
    if isinstance(block, Picture):
        return {"kind": "picture", "alt": block.alt} | picture_of(block, frame_in_text(block, width))
    assert_never(block)


def drawing_of(placement: Placement) -> Json:
    """A drawing at its size; the paint of a shape is the name of a tone."""
    return {
        "w": placement.w,
        "h": placement.h,
        "shapes": [
            {
                "form": placed.shape.form,
                "at": [placed.x - placement.x, placed.y - placement.y, placed.w, placed.h],
                "fill": placed.shape.fill,
                "edge": placed.shape.edge,
                "weight": placed.weight,
                "paragraphs": [spans_of(p, placed.w, placed.size) for p in placed.shape.paragraphs],
                "size": placed.size,
                "inset": placed.inset,
                "ink": placed.shape.ink,
                "align": placed.shape.align,
                "anchor": placed.shape.anchor,
            }
            for placed in placement.shapes
        ],
    }


def picture_of(picture: Picture, framed: Framed) -> Json:
    """A picture at its size, by the name of its file."""
    return {"file": for_typst(picture)[0], "w": framed.w, "h": framed.h}


def table_of(table: Table, width: float, size: float) -> Json:
    """A table `width` points wide.

    `keep` says which rows are low enough to stand on one page, `least` the height of those to write in, else
    0.
    """
    widths = column_widths(table, FONT, size, width)
    rows = [
        [spans_of(cell, w - 2 * CELL[0], size, n == 0) for cell, w in zip(row, widths)]
        for n, row in enumerate((table.header, *table.rows))
    ]
    heights = row_heights(replace(table, widths=tuple(widths)), Look(size, FONT), width, size)
    return {
        "kind": "table",
        "widths": widths,
        "header": rows[0],
        "rows": rows[1:],
        "keep": [h < KEPT for h in heights[1:]],
        "least": [room_in(row, widths, size) for row in table.rows],
    }


def spans_of(
    spans: Spans, width: float, size: float, bold: bool = False, font: str = FONT
) -> list[Json | str]:
    """Spans in a column of `width` points, each cut where a word is wider than that; plain ones as text."""
    loose = loosened(spans, font, size, bold, width)
    return [_span(s, _pieces(s.text, width, size, bold or s.bold, font)) for s in loose]


def _span(span: Span, pieces: list[str]) -> Json | str:
    if len(pieces) == 1 and not (span.bold or span.italic or span.link or span.quiet):
        return pieces[0]
    about = {"pieces": pieces, "bold": span.bold, "italic": span.italic, "link": span.link}
    return about | {"quiet": True} if span.quiet else about


def _pieces(value: str, width: float, size: float, bold: bool, font: str) -> list[str]:
    """A text, cut between the letters of any word that is wider than its column: typst breaks lines only
    between words."""
    if max(map(len, value.split()), default=0) * WIDEST * size <= width:
        return [value]
    pieces = [""]
    for part in re.split(r"(\s+|(?<=[–—-]))", value):
        if advance(part, font, bold) * size > width:
            pieces += [*re.findall("(?s).[\u0300-\u036f]*", part), ""]  # a letter with its accents
        else:
            pieces[-1] += part
    return [p for p in pieces if p]


def heading_of(level: int, title: str, box: int = 0) -> Json:
    """A heading in plain words, after the number of its box where it has one."""
    spans = spans_of((Span(title),), TEXT_WIDTH, 20.0, True)
    return {"kind": "heading", "level": level, "spans": spans} | ({"number": box} if box else {})


def card_of(card: Card, level: int) -> Json:
    """A card: its title as a heading, its paragraphs, the items of a list together, and its lines."""
    width = WIDE - 2 * SIDE
    title, *rest = card.paras
    made: list[Json] = []
    for para in rest:
        spans = spans_of(para.spans, width - para.indent, para.size)
        if para.kind in ("bullet", "number", "suggestion"):
            if not made or made[-1]["kind"] != "list" or made[-1]["of"] != para.kind:
                start = {"of": para.kind, "mark": MARKS.get(para.kind, ""), "start": para.number, "items": []}
                made.append({"kind": "list", "before": para.before, "size": para.size} | start)
            else:
                made[-1]["apart"] = para.before
            made[-1]["items"].append(spans)
        else:
            muted = para.kind == "source"
            about = {"before": para.before, "size": para.size, "indent": para.indent, "muted": muted}
            made.append({"kind": "words", "spans": spans} | about)
    return {
        "level": level,
        "size": title.size,
        "title": spans_of(title.spans, width, title.size, True),
        "paragraphs": made,
        "lines": card.lines,
        "apart": LINES_APART,
    }


def said(sentence: str) -> Paragraph:
    """A paragraph of one sentence."""
    return Paragraph((Span(sentence),))


def close_gaps(content: list[Json], level: int) -> int:
    """Raises headings, in reading order, that leave out a level; `level` is the one before them."""
    for block in content:
        if block["kind"] == "heading":
            level = block["level"] = min(block["level"], level + 1)
        level = close_gaps(block.get("blocks", []), level)
        for card in block.get("cards", []):
            level = card["level"]
    return level


def _height(paragraphs: Iterable[Paragraph], width: float, size: float) -> float:
    look = Look(size, FONT, before=size * 0.8)
    return sum(height((paragraph,), look, width, size) + size for paragraph in paragraphs)
