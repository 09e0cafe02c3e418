"""The slides of a guide beside their scripts: how wide and high they stand in Word and PDF alike, and which
slides a page of the guide is about. Lengths are points.
"""

from __future__ import annotations

from toolkit.brand.geometry import SMALLEST_IN_NOTES, Look
from toolkit.fit.slides import FittedDeck
from toolkit.fit.typeset import height
from toolkit.plan.model import Page

PICTURE = 190.0  # the width of a slide's picture, and of its words below
BETWEEN = 14.0  # from there to the script
SCRIPT = 289.2  # what they leave of a page of A4 with margins of 1.8 cm
BEGINS = 200.0  # what is broken begins where there is so much room: for the picture and some words
WHOLE = 300.0  # what stands lower, by a high guess, is not broken over two pages


def slides_of(deck: FittedDeck) -> dict[str, list[int]]:
    """The numbers of the shown slides of each page of a deck's plan, by its id."""
    found: dict[str, list[int]] = {}
    for number, slide in enumerate(deck.slides, 1):
        if not slide.hidden:
            first = slide.id.rpartition("-")[0]
            found.setdefault(first if first in found else slide.id, []).append(number)
    return found


def stands_whole(page: Page) -> bool:
    """Whether a slide of a guide and its script are low enough to stay on one page."""
    sides = ((page.slot("shown"), PICTURE, PICTURE * 0.6), (page.slot("script"), SCRIPT, 0.0))
    look = Look(SMALLEST_IN_NOTES, before=SMALLEST_IN_NOTES * 0.3)
    high = max(above + sum(height((b,), look, width) for b in blocks) for blocks, width, above in sides)
    return high < WHOLE
