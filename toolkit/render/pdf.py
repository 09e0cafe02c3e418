"""A fitted deck as PDF through typst, without an office suite, as notes pages; the plan of a document as it
is in Word. Tagged PDF/UA-1.

Words go to the template (`pdf.typ`, which never changes) as JSON, so nothing in a review can be taken for
typst's own marks. The fonts are the toolkit's own, Liberation Sans (as wide as Arial), DejaVu Sans and Noto
Emoji for what it lacks, so every computer makes the same bytes.
"""

from __future__ import annotations

import json
import re
from collections import deque
from datetime import UTC, datetime
from importlib import resources

import typst

from toolkit.brand.compiled import Brand
from toolkit.brand.geometry import CLEAR_PRINT, SMALLEST_IN_NOTES
from toolkit.fit.cards import ABOVE, SIDE, fit_cards
from toolkit.fit.fit import footer_words
from toolkit.fit.slides import FittedDeck
from toolkit.plan.model import Drawing, Plan, Span, clock, note_blocks
from toolkit.problems import Invalid, Problem
from toolkit.render.drawingml import hues
from toolkit.render.pdfblocks import (
    TEXT_WIDTH,
    Json,
    blocks_of,
    card_of,
    close_gaps,
    heading_of,
    spans_of,
)
from toolkit.render.pdfslide import picture

BESIDE_SLIDE = 206.9  # points: what the picture of a slide, 9.6 cm wide, and a gap of 0.5 cm leave of that
_FAULT = "this is a fault of the toolkit: nothing was written; please report it"
MOST_KEPT = 400_000  # letters of JSON; the guide to 130 slides has fewer
# What typst has worked out it keeps until ten further documents are set, some 200 bytes for a letter of JSON.
# To have it let go takes 50 ms, so only where much is kept. These are the letters of the last ten.
_kept: deque[int] = deque(maxlen=10)
SHORT = 75  # letters of a title that fit one line over a page


def notes_pages(deck: FittedDeck, brand: Brand, size: float = CLEAR_PRINT) -> bytes:
    """A deck's notes pages on A4: each shown slide, drawn small, over its trainer notes at `size` points, on
    as many pages as they need.

    Slides have the numbers that they have in PowerPoint, where hidden ones count. Raises Invalid for a
    character that no font has.
    """
    pictures: dict[str, list[int]] = {}
    plan = deck.plan
    slides: list[Json] = []
    for number, slide in enumerate(deck.slides, 1):
        if not slide.hidden:
            when = f"{clock(slide.start)} to {clock(slide.start + slide.minutes)}" if slide.minutes else ""
            said = (*(() if slides else plan.warning), *note_blocks(slide.notes, plan.wording))
            notes = list(blocks_of(said, TEXT_WIDTH, size))
            close_gaps(notes, 1)
            heading = spans_of((Span(slide.title),), BESIDE_SLIDE, max(15.0, size * 1.1), True)
            short = slide.title if len(slide.title) <= SHORT else slide.title[:SHORT].rsplit(" ", 1)[0] + " …"
            slides.append(
                {
                    "number": number,
                    "title": slide.title,
                    "short": short,
                    "heading": heading,
                    "section": slide.section,
                    "when": when,
                    "slide": picture(
                        slide,
                        brand,
                        footer_words(plan, brand, brand.layout(slide.layout).slots.get("footer")),
                        number,
                        pictures,
                    ),
                    "notes": notes,
                    "drawings": [b.alt for _, every in slide.slots for b in every if isinstance(b, Drawing)],
                }
            )
    return _compile(
        plan,
        {"look": "notes", "size": size, "colours": brand.palette, "slides": slides, "pictures": pictures},
    )


def document(plan: Plan, brand: Brand) -> bytes:
    """A document on A4: title block, headings, tables whose header rows repeat, cards two on a page.

    Raises Invalid for a card that is too full, and as `notes_pages` does.
    """
    content: list[Json] = []
    cards = iter(fit_cards(plan))
    for section, level, page in plan.headed():
        if page.layout == "card":
            if not content or content[-1]["kind"] != "cards":
                content.append({"kind": "cards", "cards": []})
            content[-1]["cards"].append(card_of(next(cards), level))
            continue
        if section:
            content.append(heading_of(1, section))
        content.append(heading_of(level, page.title))
        for _, blocks in page.slots:
            content += blocks_of(blocks, TEXT_WIDTH, SMALLEST_IN_NOTES, level + 1)
    close_gaps(content, 0)
    values = {"look": "document", "size": SMALLEST_IN_NOTES, "colours": brand.palette, "content": content}
    return _compile(plan, {**values, "card": {"side": SIDE, "above": ABOVE}})


def _compile(plan: Plan, document: Json) -> bytes:
    """The PDF of a document, with the first day of the edition as its date."""
    year, month, day = (*(int(part) for part in plan.edition.split("-")), 1, 1)[:3]
    language, _, region = plan.language.partition("-")
    document |= {
        "title": plan.title,
        "full-title": plan.full_title,
        "document": plan.document,
        "draft": plan.draft,
        "subtitle": plan.subtitle,
        "board": plan.board,
        "edition": plan.wording.date(plan.edition),
        "date": [year, month, day],
        "language": language,
        "region": region or None,
        "words": dict(plan.wording),
        "tones": hues(document["colours"]["deep"], document["colours"]["ink"], "#FFFFFF"),
    }
    data = json.dumps(document)
    here = resources.files("toolkit")
    with resources.as_file(here / "fonts") as fonts:
        own = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts)])
        if sum(_kept) + len(data) > MOST_KEPT:
            for _ in range(10):
                typst.Compiler(b" ", root=str(fonts), font_paths=own).compile(format="pdf")
            _kept.clear()
        _kept.append(len(data))
        compiler = typst.Compiler(
            (here / "render" / "pdf.typ").read_bytes(),
            root=str(fonts),
            font_paths=own,
            sys_inputs={"plan": data},
        )
        try:
            pdf = compiler.compile(
                format="pdf", pdf_standards=["ua-1"], timestamp=datetime(year, month, day, tzinfo=UTC)
            )
        except typst.TypstError as error:
            missing = re.findall(r'the text `"(.+?)"` could not be displayed', error.diagnostic)
            if not missing:
                raise Invalid.at(
                    plan.pages[0].place, f"the PDF cannot be set: {error.message}", _FAULT
                ) from None
            raise Invalid([_unprintable(plan, m) for m in dict.fromkeys(missing)]) from None
    assert isinstance(pdf, bytes)
    return pdf


def _unprintable(plan: Plan, character: str) -> Problem:
    place = next(
        (p.place for p in plan.pages if character in repr((p.title, p.slots, p.notes))), plan.pages[0].place
    )
    return Problem(
        place,
        f"no font of the PDF has the character “{character}”",
        "write it in letters, or print from PowerPoint or Word",
    )
