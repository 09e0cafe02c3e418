"""No word stands alone on the last line of a title, paragraph, item or cell of a slide.

The space before it becomes one at which no line ends, so that it takes its neighbour with it: by the measures
of `typeset`, and only where the text takes no more lines than before.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import assert_never

from toolkit.brand.compiled import Brand
from toolkit.brand.geometry import Look, Slot
from toolkit.fit.drawing import sizes_of
from toolkit.fit.slides import Slide
from toolkit.fit.typeset import (
    CELL,
    advance,
    column_widths,
    inner,
    loosened,
    paras,
    set_lines,
)
from toolkit.late import dataclass, replace
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
    text,
)
from toolkit.plan.typography import NBSP, cut_like

SHORT = "nnnnnn"  # a last line that is no wider than this is short
LONG = 0.5  # of the longest line: a word of this width is no lone one
MOST = 3  # spaces that are bound for one last line
FEW = 8  # spaces of a text that is short enough to try each of them


@dataclass(frozen=True)
class Setting:
    """How a text is set: its font, its size, whether all of it is bold, and how wide its lines are."""

    font: str
    size: float
    bold: bool
    width: float

    def lines(self, spans: Spans) -> int:
        """How many lines a text takes."""
        return len(set_lines(spans, self.font, self.size, self.bold, self.width))

    def is_widowed(self, spans: Spans) -> bool:
        """Whether the last of several lines is one word, or very short."""
        every = set_lines(spans, self.font, self.size, self.bold, self.width)
        short = advance(SHORT, self.font, self.bold) * self.size
        return len(every) > 1 and (every[-1].words == 1 or every[-1].width < short)

    def ending(self, spans: Spans) -> int:
        """How badly the lines of a text are filled: 0 is well; a word alone on the last counts most, a long
        one less, and one alone on a line before it less again.
        """
        every = set_lines(spans, self.font, self.size, self.bold, self.width)
        if len(every) < 2:
            return 0
        last = every[-1]
        alone = 3 if last.width > LONG * max(line.width for line in every) else 4
        widow = self.is_widowed(spans) and (alone if last.words == 1 else 1)
        return widow + 2 * sum(line.words == 1 for line in every[:-1])


def bound(spans: Spans, setting: Setting) -> Spans:
    """A text whose lines are as well filled as can be, where that takes no more lines: its last words are
    bound, or, where a word would still stand alone in a short text, any of them.
    """
    spans = loosened(spans, setting.font, setting.size, setting.bold, setting.width)
    whole, count = text(spans), setting.lines(spans)
    best, least = spans, setting.ending(spans)
    tried = whole
    already = whole.rstrip().rpartition(" ")[2].count(NBSP)
    for _ in range(MOST - already if count > 1 else 0):
        at = tried.rstrip(f" {NBSP}").rfind(" ")
        if not least or at < 0:
            break
        tried = f"{tried[:at]}{NBSP}{tried[at + 1 :]}"
        made = cut_like(spans, tried)
        if setting.lines(made) != count or loosened(made, *_of(setting)) != made:
            break
        if (ending := setting.ending(made)) < least:
            best, least = made, ending
    gaps = [at for at, letter in enumerate(whole) if letter == " "]
    kept = whole.count(NBSP)
    if least and count > 1 and len(gaps) + kept <= FEW:
        for tied in (some for many in range(1, MOST - kept + 1) for some in combinations(gaps, many)):
            made = cut_like(spans, "".join(NBSP if n in tied else letter for n, letter in enumerate(whole)))
            same = setting.lines(made) == count and loosened(made, *_of(setting)) == made
            if same and (ending := setting.ending(made)) < least:
                best, least = made, ending
    return best


def _of(setting: Setting) -> tuple[str, float, bool, float]:
    return setting.font, setting.size, setting.bold, setting.width


def without_widows(slide: Slide, brand: Brand) -> Slide:
    """A fitted slide whose texts are bound; its notes stay as they are."""
    slots = brand.layout(slide.layout).used([name for name, _ in slide.slots])
    title = bound((Span(slide.title),), _of_slot(slots["title"], slide.size("title")))
    return replace(
        slide,
        title=text(title),
        slots=tuple((name, _blocks(blocks, slots[name], slide.size(name))) for name, blocks in slide.slots),
    )


def settings(slide: Slide, brand: Brand) -> Iterator[tuple[Spans, Setting]]:
    """Every text of a slide, its title first, and how it is set."""
    slots = brand.layout(slide.layout).used([name for name, _ in slide.slots])
    yield (Span(slide.title),), _of_slot(slots["title"], slide.size("title"))
    for name, blocks in slide.slots:
        for block in blocks:
            yield from _texts(block, slots[name], slide.size(name))


def _of_slot(slot: Slot, size: float | None) -> Setting:
    return Setting(slot.look.font, size or slot.look.size, slot.look.bold, inner(slot.box, slot.look)[0])


def _blocks(blocks: Blocks, slot: Slot, size: float | None) -> Blocks:
    return tuple(_block(block, slot, size) for block in blocks)


def _block(block: Block, slot: Slot, size: float | None) -> Block:
    made = iter([cut_like(spans, text(bound(set_, how))) for spans, set_, how in _set(block, slot, size)])
    match block:
        case Heading() | Paragraph() | Quotation():
            return replace(block, spans=next(made))
        case Bullets():
            return replace(block, items=tuple(next(made) for _ in block.items))
        case Table():
            header, *rows = [tuple(next(made) for _ in row) for row in (block.header, *block.rows)]
            if (header, *rows) == (block.header, *block.rows):
                return block
            return replace(block, header=header, rows=tuple(rows), widths=_widths(block, slot, size))
        case Timeline():
            return Timeline(tuple((text(next(made)), next(made)) for _ in block.events))
        case Drawing():
            shapes = [
                replace(shape, spans=cut_like(shape.spans, text(next(made)))) if shape.spans else shape
                for shape in block.shapes
            ]
            return replace(block, shapes=tuple(shapes))
        case Lines() | Fields() | Picture():
            return block
        case _:
            assert_never(block)


def _texts(block: Block, slot: Slot, size: float | None) -> Iterator[tuple[Spans, Setting]]:
    yield from ((set_, how) for _, set_, how in _set(block, slot, size))


def _set(block: Block, slot: Slot, size: float | None) -> Iterator[tuple[Spans, Spans, Setting]]:
    """The texts of a block: their spans, the spans as they are set, and how."""
    look: Look = slot.look
    width, _ = inner(slot.box, look)
    points = size or look.size
    match block:
        case Heading() | Paragraph() | Quotation():
            (para,) = paras((block,), look, size)
            yield block.spans, para.spans, Setting(look.font, para.size, look.bold, width - para.indent)
        case Bullets():
            for item, para in zip(block.items, paras((block,), look, size)):
                yield item, para.spans, Setting(look.font, para.size, look.bold, width - para.indent)
        case Table():
            widths = _widths(block, slot, size)
            for n, row in enumerate((block.header, *block.rows)):
                for cell, wide in zip(row, widths):
                    yield cell, cell, Setting(look.font, points, n == 0, wide - 2 * CELL[0])
        case Timeline():
            column = width / max(len(block.events), 1) - 2 * CELL[0]
            for when, what in block.events:
                yield (Span(when),), (Span(when),), Setting(look.font, points, True, column)
                yield what, what, Setting(look.font, points, False, column)
        case Drawing():
            for shape, points, wide in sizes_of(block, look.font):
                if shape.spans:
                    yield shape.spans, shape.spans, Setting(look.font, points, False, wide)
        case Lines() | Fields() | Picture():
            return
        case _:
            assert_never(block)


def _widths(table: Table, slot: Slot, size: float | None) -> tuple[float, ...]:
    """The widths of a table's columns, which words that are bound must not change."""
    width, _ = inner(slot.box, slot.look)
    return tuple(column_widths(table, slot.look.font, size or slot.look.size, width))
