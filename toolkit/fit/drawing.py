"""Where the shapes of a drawing stand in a box of any size, and how large their words are.

Every renderer draws from this. Lengths are points from the top left corner of the box.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TypeGuard

from toolkit.brand.geometry import SMALLEST_IN_NOTES, SMALLEST_ON_SLIDES
from toolkit.fit.typeset import LINE, broken, lines, loosened
from toolkit.late import dataclass, replace
from toolkit.plan.model import Block, Blocks, Drawing, Plan, Shape, spoken

ROUND = 1 / 6  # of the shorter side: the radius of DrawingML's roundRect
INSET = 0.25  # of the size of words: the room left of and right of them
MOST_HIGH = 320.0  # points, of a drawing in a document: more than a third of a page
PAPER_WIDTH = 493.2  # points: A4 without margins of 1.8 cm, as PDFs have it
PAPER_FONT = "Arial"
_STEP = 0.96
_STRETCHED = 1.6  # how much more a drawing may be stretched one way than the other
_MARKS = ("ellipse", "diamond")
MOST_MARK = 60.0  # units: a larger ellipse is a box for words, not a mark


@dataclass(frozen=True)
class Placed:
    """A shape where it stands; `size` is that of its words, `inset` the room at each side of them."""

    shape: Shape
    x: float
    y: float
    w: float
    h: float
    weight: float
    size: float
    inset: float


@dataclass(frozen=True)
class Placement:
    """A drawing as large as its box allows: its own box, and its shapes."""

    x: float
    y: float
    w: float
    h: float
    shapes: tuple[Placed, ...]

    @property
    def smallest(self) -> float:
        """The size of its smallest words; without any, as large as can be."""
        return min((placed.size for placed in self.shapes if placed.shape.paragraphs), default=math.inf)


def place(
    drawing: Drawing, font: str, width: float, height: float, least: float = SMALLEST_ON_SLIDES
) -> Placement:
    """A drawing in the middle of a box, its words so large that all of them stand inside their shapes.

    It keeps its proportions, unless its words have the `least` size only where it is narrower or lower.
    """
    scale = min(width / drawing.width, height / drawing.height)
    kept = _placed(drawing, font, width, height, scale, scale)
    if kept.smallest >= least:
        return kept
    across, down = width / drawing.width, height / drawing.height
    across, down = min(across, down * _STRETCHED), min(down, across * _STRETCHED)
    other = _placed(
        _stretched(drawing, across, down, least / SMALLEST_ON_SLIDES), font, width, height, 1.0, 1.0
    )
    return other if other.smallest >= least else kept


def _placed(
    drawing: Drawing, font: str, width: float, height: float, across: float, down: float
) -> Placement:
    """A drawing in the middle of a box at a scale."""
    left, top = (width - drawing.width * across) / 2, (height - drawing.height * down) / 2
    part, least = _part(drawing, font), min(across, down)
    shapes = []
    for shape in drawing.shapes:
        size = math.floor(shape.size * part * least * 2 + 0.001) / 2  # Word knows half points
        x, y, w, h = shape.x * across, shape.y * down, shape.w * across, shape.h * down
        if shape.paragraphs and size:
            room = _room(shape, size / least)[0] * least
            spans, head = (loosened(said, font, size, False, room) for said in (shape.spans, shape.head))
            shape = replace(shape, spans=spans, head=head)
        shapes.append(Placed(shape, left + x, top + y, w, h, shape.weight * least, size, size * INSET))
    return Placement(left, top, drawing.width * across, drawing.height * down, tuple(shapes))


@lru_cache(maxsize=1_000)
def _stretched(drawing: Drawing, across: float, down: float, words: float) -> Drawing:
    """A drawing in points, stretched in both directions, its `words` by a scale of their own.

    Its marks stay round, and words on marks as large as others at least.
    """
    least = min(across, down)

    def of(shape: Shape) -> Shape:
        x, y, w, h = shape.x * across, shape.y * down, shape.w * across, shape.h * down
        size = shape.size * words
        if shape.form in _MARKS and max(shape.w, shape.h) < MOST_MARK:
            x, y = x + (w - shape.w * least) / 2, y + (h - shape.h * least) / 2
            w, h = shape.w * least, shape.h * least
            size = max(min(size, SMALLEST_ON_SLIDES * words), shape.size * least)
        return replace(shape, x=x, y=y, w=w, h=h, weight=shape.weight * least, size=size)

    return replace(
        drawing,
        width=drawing.width * across,
        height=drawing.height * down,
        shapes=tuple(map(of, drawing.shapes)),
    )


def place_in_text(drawing: Drawing, font: str, width: float) -> Placement:
    """A drawing in a document whose lines are `width` points wide."""
    scale = min(width / drawing.width, MOST_HIGH / drawing.height)
    return _placed(drawing, font, drawing.width * scale, drawing.height * scale, scale, scale)


def on_paper(plan: Plan, width: float) -> Plan:
    """The plan of a document whose lines are `width` points wide, with the plain form of each drawing whose
    words would be too small to be read. A document is measured once, so that its Word file and PDF agree.
    """

    def of(blocks: Blocks) -> Blocks:
        return tuple(one for block in blocks for one in (spoken(block) if small(block) else (block,)))

    def small(block: Block) -> TypeGuard[Drawing]:
        return (
            isinstance(block, Drawing)
            and place_in_text(block, PAPER_FONT, min(width, PAPER_WIDTH)).smallest < SMALLEST_IN_NOTES
        )

    drawn = (any(isinstance(b, Drawing) for _, blocks in page.slots for b in blocks) for page in plan.pages)
    if not any(drawn):
        return plan
    pages = (
        replace(page, slots=tuple((name, of(blocks)) for name, blocks in page.slots)) for page in plan.pages
    )
    return replace(plan, pages=tuple(pages))


def sizes_of(drawing: Drawing, font: str) -> list[tuple[Shape, float, float]]:
    """The shapes of a drawing, the size of their words and how wide their lines are, in its own units."""
    part = _part(drawing, font)
    return [(shape, size, _room(shape, size)[0]) for shape in drawing.shapes for size in (shape.size * part,)]


@lru_cache(maxsize=1_000)
def _part(drawing: Drawing, font: str) -> float:
    """The part of their own size that all words of a drawing get, 1 where all stand inside their shapes."""
    part = 1.0
    while part > 0.1 and not all(_stands(shape, font, part) for shape in drawing.shapes if shape.paragraphs):
        part *= _STEP
    return part


def _stands(shape: Shape, font: str, part: float) -> bool:
    size = shape.size * part
    room, high = _room(shape, size)
    if room <= 0 or any(broken(spans, font, size, room) for spans in shape.paragraphs):
        return False
    return sum(lines(spans, font, size, False, room) for spans in shape.paragraphs) * size * LINE <= high


def _room(shape: Shape, size: float) -> tuple[float, float]:
    """How wide and how high the room is that a shape has for words of a size."""
    edge = 0.0
    if shape.form == "ellipse":
        edge = 1 - math.sqrt(0.5)  # words stand in the rectangle inside it
    elif shape.form == "rounded":
        edge = 2 * ROUND * (1 - math.sqrt(0.5)) * min(shape.w, shape.h)
    room, high = (n * (1 - edge) if shape.form == "ellipse" else n - edge for n in (shape.w, shape.h))
    return room - 2 * INSET * size, high
