"""Cards of a document, two on an A4 page: their words at one size, and as many lines to write on as fit.

Word and PDF draw the same: all measures are here. A card that is too full is a problem; nothing is ever cut.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NoReturn

from toolkit.brand.geometry import CLEAR_PRINT, SMALLEST_IN_NOTES
from toolkit.fit.typeset import LINE, LINES_APART, Para, lines, listed
from toolkit.late import dataclass, replace
from toolkit.plan.model import (
    Block,
    Bullets,
    Heading,
    Page,
    Paragraph,
    Plan,
    Quotation,
    Span,
    Spans,
    shortened,
)
from toolkit.problems import Invalid, Problem, counted

# Points: an A4 page, and the margins of a card.
WIDE, HIGH = 595.3, 841.9
SIDE, ABOVE = 42.5, 34.0
FEWEST = 4  # lines to write on
INDENT = 24.0  # of lists
_FONT = "Arial"
# Of the case, the title and the question, which is the largest thing on a card.
_SIZES = (
    (CLEAR_PRINT, 15.0, 21.0),
    (CLEAR_PRINT, 15.0, 19.0),
    (13.0, 14.0, 18.0),
    (SMALLEST_IN_NOTES, 13.0, 16.0),
    (SMALLEST_IN_NOTES, 13.0, 14.0),
)


@dataclass(frozen=True)
class Card:
    """A page of a plan as a card: its paragraphs, the title first, and how many lines stand below them."""

    page: Page
    paras: tuple[Para, ...]
    lines: int


def fit_cards(plan: Plan) -> tuple[Card, ...]:
    """The cards of a plan in their order, all at the largest size at which each has room to write.

    Raises Invalid for those that have too little at the smallest, and for what no card can hold.
    """
    pages = [page for page in plan.pages if page.layout == "card"]
    cards: list[Card] = []
    for sizes in _SIZES:
        cards = [_card(page, *sizes) for page in pages]
        if all(card.lines >= FEWEST for card in cards):
            return tuple(cards)
    full = [card for card in cards if card.lines < FEWEST]
    raise Invalid([_too_full(card) for card in full])


def _too_full(card: Card) -> Problem:
    left = max(card.lines, 0)
    lines = counted(left, "line", "lines")
    message = f"the card “{card.page.title}” is too full: it leaves {lines} to write on, not {FEWEST}"
    return Problem(card.page.place, message, "tell the case in fewer words, or make two cards of it")


def _card(page: Page, size: float, titled: float, asked: float) -> Card:
    paras = tuple(_paras(page, size, titled, asked))
    width = WIDE - 2 * SIDE
    used = sum(
        lines(p.spans, _FONT, p.size, p.kind == "heading", width - p.indent) * p.size * LINE + p.before
        for p in paras
    )
    # One line of text is kept for a font that is wider than the one measured.
    room = HIGH / 2 - 2 * ABOVE - size * LINE
    return Card(page, paras, int((room - used) // LINES_APART))


def _paras(page: Page, size: float, titled: float, asked: float) -> Iterator[Para]:
    title = shortened(page.title)
    yield Para((Span(title, origin=page.origin),), "heading", titled, 0.0)
    if title != page.title:
        yield Para((Span(page.title, bold=True, origin=page.origin),), "body", size, size * 0.3)
    for name, blocks in page.slots:
        for n, block in enumerate(blocks):
            before = size * (0.3 if name == "badge" else 0.8 if n == 0 else 0.4)
            own = asked if name == "question" else size
            for para in _block(block, page, own, before if name != "question" else size * 1.1):
                if name == "badge":
                    yield para._replace(kind="source", size=SMALLEST_IN_NOTES)
                elif name == "question":
                    yield para._replace(spans=_bold(para.spans))
                else:
                    yield para


def _block(block: Block, page: Page, size: float, before: float) -> Iterator[Para]:
    match block:
        case Paragraph(role="source"):
            yield Para(block.spans, "source", SMALLEST_IN_NOTES, before)
        case Paragraph(role="label") | Heading():
            yield Para(_bold(block.spans), "body", size, before)
        case Paragraph():
            yield Para(block.spans, "body", size, before)
        case Quotation():
            yield Para(block.spans, "quotation", size, before, INDENT)
        case Bullets():
            block = listed(block)
            for n, item in enumerate(block.items):
                number = block.start + n if block.kind == "number" else 0
                yield Para(item, block.kind, size, before if n == 0 else size * 0.3, INDENT, number)
        case _:
            _refuse(page)


def _bold(spans: Spans) -> Spans:
    return tuple(replace(span, bold=True) for span in spans)


def _refuse(page: Page) -> NoReturn:
    message = f"the card “{page.title}” has more than words: a card holds paragraphs, lists and quotations"
    raise Invalid.at(page.place, message, "lines to write on come by themselves; put tables on a page")
