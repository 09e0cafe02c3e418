"""Every paragraph that a file prints, with where its words come from: what the plan says, and what the
renderers set round it.

Words that stand in no page template and in no content have one of the names below in place of an origin.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape

from toolkit.brand.compiled import Brand, DocumentTemplate
from toolkit.fit.fit import footer_words
from toolkit.fit.slides import FittedDeck, Slide
from toolkit.office.prints import ANY_NUMBER, WORD
from toolkit.plan.model import CLOCK, FIXED, SECTION, Layout, Page, Plan, Span, Spans, paragraphs, shortened

TITLE, SUBTITLE, BOARD, EDITION, FOOTER = "title", "subtitle", "board", "edition", "footer"
NUMBER, BRAND = "number", "brand"


def of_deck(deck: FittedDeck, brand: Brand) -> Iterator[Spans]:
    """The slides of a deck, hidden ones too, and their notes pages."""
    plan = deck.plan
    yield from _foot(plan, brand, {slide.layout for slide in deck.slides})
    yield _is(plan.title, TITLE)
    for number, slide in enumerate(deck.slides, 1):
        yield from _page(slide)
        yield from paragraphs(slide.printed)
        yield from _clock(plan, slide, number)


def of_notes_pages(deck: FittedDeck, brand: Brand) -> Iterator[Spans]:
    """A deck’s notes pages as a PDF: each shown slide, drawn small, over its notes."""
    plan = deck.plan
    yield from _around(plan)
    yield from _foot(plan, brand, {slide.layout for slide in deck.slides})
    yield from paragraphs(plan.warning)
    for number, slide in enumerate(deck.slides, 1):
        if slide.hidden:
            continue
        yield from _page(slide)
        yield from _clock(plan, slide, number)
        titled = plan.wording("slide-titled", number=number, title=slide.title)
        yield (Span(plan.wording("continued", title=titled), origin=slide.origin),)
        for note in slide.notes:
            yield _is(plan.wording[note.name], f"{FIXED}{note.name}")
            yield from paragraphs(note.blocks)


def of_document(plan: Plan, brand: Brand, deck: FittedDeck | None = None) -> Iterator[Spans]:
    """A document; a guide shows the slides of its `deck`."""
    yield from _around(plan)
    for section, _, page in plan.headed():
        if section:
            yield _is(section, SECTION)
        if page.strip:
            yield from paragraphs(page.in_strip)
            continue
        yield from _page(page)
        if page.box:
            number = _is(f"{page.box} ", NUMBER)
            yield number
            yield (*number, Span(page.title, origin=page.origin))
        if page.layout == "script":
            yield _is(plan.wording["on-the-slide"], f"{FIXED}on-the-slide")
            yield _is(plan.wording["script"], f"{FIXED}script")
    if deck:
        yield from _foot(plan, brand, {slide.layout for slide in deck.slides})
        for slide in deck.slides:
            yield from _page(slide)


_SAID = re.compile(r"<(?:[\w.-]+:|)t(?: [^>]*)?>([^<]*)</")
_ENDS = re.compile(r"</(?:[\w.-]+:|)p>")


def of_letterhead(template: DocumentTemplate) -> Iterator[Spans]:
    """What a Word template itself says at the head and foot of its pages."""
    for name in (*template.gapped, *template.parts):
        if name.startswith(("word/header", "word/footer")):
            gapped = template.gapped.get(name)
            whole = "".join(gapped[::2]) if gapped else template.parts[name].decode("utf-8", "replace")
            for paragraph in _ENDS.split(whole):
                yield _is(unescape("".join(_SAID.findall(paragraph))), BRAND)


def stretches(spans: Spans) -> list[tuple[str, list[str]]]:
    """The words of a paragraph in stretches, each with its origin. A word that goes over two spans belongs to
    the first."""
    if len(spans) == 1:
        return [(spans[0].origin, WORD.findall(spans[0].text))]
    found: list[tuple[str, list[str]]] = []
    last = ""
    for span in spans:
        words = WORD.findall(span.text)
        if words and last.isalnum() and span.text[0].isalnum():
            found[-1][1][-1] += words.pop(0)
        if found and found[-1][0] == span.origin:
            found[-1][1].extend(words)
        elif words:
            found.append((span.origin, words))
        last = span.text[-1:] or last
    return found


def _is(words: str, origin: str) -> Spans:
    return (Span(words, origin=origin),)


def _around(plan: Plan) -> Iterator[Spans]:
    """What stands in the banner of a document and at the head and foot of its pages."""
    above = (
        (plan.document, plan.fixed(plan.document)),
        (plan.board, BOARD),
        (plan.wording.date(plan.edition), EDITION),
        (plan.unapproved, plan.fixed(plan.unapproved)),
    )
    yield tuple(Span(f"{words} ", origin=origin) for words, origin in above)
    for words, origin in (
        *above,
        (plan.title, TITLE),
        (plan.subtitle, SUBTITLE),
        (plan.draft, plan.fixed(plan.draft)),
        (plan.wording("page-of", page=ANY_NUMBER, pages=ANY_NUMBER), f"{FIXED}page-of"),
        (plan.wording("page-of", page="", pages=""), f"{FIXED}page-of"),  # in Word the numbers are fields
    ):
        yield _is(words, origin)


def _foot(plan: Plan, brand: Brand, layouts: Iterable[Layout]) -> Iterator[Spans]:
    """The footers of slides and notes pages."""
    slots = [brand.layout(layout).slots.get("footer") for layout in sorted(layouts)]
    for words in dict.fromkeys(footer_words(plan, brand, slot) for slot in (None, *slots)):
        if words == plan.footer:
            yield _is(words, FOOTER)
        else:
            board, edition = words.partition("  |  ")[::2]
            yield (*_is(f"{board} ", BOARD if board == plan.board else EDITION), *_is(edition, EDITION))


def _clock(plan: Plan, slide: Slide, number: int) -> Iterator[Spans]:
    """What stands beside the picture of a slide on its notes page."""
    yield _is(plan.wording("slide", number=number), f"{FIXED}slide")
    if slide.minutes:
        for words in slide.lasts(plan.wording):
            yield _is(words, CLOCK)


def _page(page: Page) -> Iterator[Spans]:
    """The title of a page and what stands below it."""
    yield (Span(page.title, origin=page.origin),)
    if shortened(page.title) != page.title:
        yield (Span(shortened(page.title), origin=page.origin),)
    for _, blocks in page.slots:
        yield from paragraphs(blocks)
