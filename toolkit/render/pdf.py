"""A fitted deck as PDF through typst, without an office suite, as notes pages; a plan as trainer guide,
handout or briefing. Tagged PDF/UA-1.

Words go to the template (`pdf.typ`, which never changes) as JSON, so nothing in a review can be taken for
typst's own marks. The fonts are the toolkit's own, Liberation Sans (as wide as Arial), DejaVu Sans and Noto
Emoji for what it lacks, so every computer makes the same bytes.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from importlib import resources

import typst

from toolkit.brand.compiled import Brand
from toolkit.brand.geometry import CLEAR_PRINT, SMALLEST_IN_NOTES
from toolkit.fit.fit import footer_words
from toolkit.fit.slides import FittedDeck
from toolkit.fit.typeset import LINES_APART
from toolkit.plan.model import Bullets, Drawing, Page, Plan, Span, clock, note_blocks, text, words
from toolkit.problems import Invalid, Problem
from toolkit.render.drawingml import hues
from toolkit.render.pdfblocks import (
    KEPT,
    TEXT_WIDTH,
    Json,
    blocks_of,
    close_gaps,
    heading_of,
    page_height,
    said,
    slots_of,
    spans_of,
)
from toolkit.render.pdfslide import picture

BESIDE_SLIDE = 206.9  # points: what the picture of a slide, 9.6 cm wide, and a gap of 0.5 cm leave of that
_FAULT = "this is a fault of the toolkit: nothing was written; please report it"
MOST_KEPT = 400_000  # letters of JSON; the guide to 130 slides has fewer
# What typst has worked out it keeps until ten further documents are set, some 200 bytes for a letter of JSON.
# To have it let go takes 50 ms, so only where much is kept. These are the letters of the last ten.
_kept: deque[int] = deque(maxlen=10)
OPENING = 12  # letters by which a sentence is looked for
SHORT = 75  # letters of a title that fit one line over a page


def notes_pages(deck: FittedDeck, brand: Brand, size: float = CLEAR_PRINT) -> bytes:
    """A deck's notes pages on A4: each shown slide, drawn small, over its trainer notes at `size` points, on
    as many pages as they need.

    Slides have the numbers that they have in PowerPoint, where hidden ones count. Raises Invalid for a
    character that no font has.
    """
    pictures: dict[str, list[int]] = {}
    plan = deck.plan
    slides = []
    for number, slide in enumerate(deck.slides, 1):
        if not slide.hidden:
            when = f"{clock(slide.start)} to {clock(slide.start + slide.minutes)}" if slide.minutes else ""
            notes = list(blocks_of(note_blocks(slide.notes, plan.wording), TEXT_WIDTH, size))
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


def trainer_guide(plan: Plan, brand: Brand, size: float = SMALLEST_IN_NOTES) -> bytes:
    """A deck as a document to prepare from: running clock, each slide's words and notes, sources.

    Raises Invalid as `notes_pages` does.
    """
    content: list[Json] = []
    sources: list[Json] = []
    for part, (section, pages) in enumerate(_sections(plan), 1):
        content.append(heading_of(1, section, f"part-{part}"))
        for number, page in pages:
            content.append(heading_of(2, plan.wording("slide-titled", number=number, title=page.title)))
            if on_slide := list(slots_of(page, TEXT_WIDTH - 24, size, 3)):
                content.append(
                    {
                        "kind": "box",
                        "title": plan.wording["on-the-slide"],
                        "blocks": on_slide,
                        "keep": page_height(page, TEXT_WIDTH - 24, size) < KEPT,
                    }
                )
            for note in page.notes:
                listed = tuple(b for b in note.blocks if _is_source_list(b))
                sources += blocks_of(listed, TEXT_WIDTH, size)
                if kept := tuple(b for b in note.blocks if b not in listed):
                    content += blocks_of(
                        note_blocks((replace(note, blocks=kept),), plan.wording), TEXT_WIDTH, size, 3
                    )
                elif listed:
                    content += blocks_of(
                        note_blocks(
                            (replace(note, blocks=(said(plan.wording["sources-at-end"]),)),), plan.wording
                        ),
                        TEXT_WIDTH,
                        size,
                        3,
                    )
    if sources:
        content += [heading_of(1, plan.wording["sources"], "part-sources"), *sources]
    close_gaps(content, 0)
    return _compile(
        plan,
        _document("guide", plan, brand, content, size)
        | {"name": plan.wording["trainer-guide"], "contents": _contents(plan, bool(sources))},
    )


def handout(plan: Plan, brand: Brand, size: float = SMALLEST_IN_NOTES) -> bytes:
    """A deck as a handout for those who take part: the slides' words and room to write, nothing of the
    trainer's notes.

    Raises Invalid if a sentence of the notes has come into it, and as `notes_pages` does.
    """
    content: list[Json] = []
    for section, pages in _sections(plan):
        shown = [page for _, page in pages if page.layout != "title"]
        if shown:
            content.append(heading_of(1, section))
        for page in shown:
            blocks = [heading_of(2, page.title), *slots_of(page, TEXT_WIDTH, size, 3)]
            if page.minutes and page.layout in (
                "content",
                "two-columns",
                "timeline",
                "quotation",
                "activity",
            ):
                blocks.append(
                    {
                        "kind": "lines",
                        "count": 6 if page.layout == "activity" else 3,
                        "apart": LINES_APART,
                    }
                )
            content.append(
                {"kind": "group", "blocks": blocks, "keep": page_height(page, TEXT_WIDTH, size) < KEPT}
            )
    close_gaps(content, 0)
    if found := leaks(plan, "\n".join(_strings(content))):
        place = plan.pages[0].place
        raise Invalid(
            [
                Problem(
                    place,
                    f"the handout would show words of the trainer's notes: “{s}”",
                    _FAULT,
                )
                for s in found
            ]
        )
    return _compile(
        plan, _document("handout", plan, brand, content, size) | {"name": plan.wording["handout"]}
    )


def briefing(plan: Plan, brand: Brand, size: float = SMALLEST_IN_NOTES) -> bytes:
    """A briefing on A4: title block, a heading for each page of the plan, tables whose header rows repeat.

    Raises Invalid as `notes_pages` does.
    """
    content: list[Json] = []
    sections = list(_sections(plan))
    top = 1 if len(sections) == 1 else 2
    for section, pages in sections:
        if top == 2:
            content.append(heading_of(1, section))
        for _, page in pages:
            content.append(heading_of(top, page.title))
            content += slots_of(page, TEXT_WIDTH, size, top + 1)
    close_gaps(content, 0)
    return _compile(plan, _document("briefing", plan, brand, content, size))


def leaks(plan: Plan, printed: str) -> list[str]:
    """The sentences of the trainer notes that stand in a printed text and on no slide; line breaks and spaces
    make no difference.

    Sentences of one or two words are not looked for: they are names and labels, which slides share.
    """
    public = _squeezed(
        "\n".join(
            [
                plan.title,
                plan.subtitle,
                plan.board,
                *(t for p in plan.pages for t in (p.title, p.section, *(words(b) for _, b in p.slots))),
            ]
        )
    )
    sentences: dict[str, str] = {}
    for page in plan.pages:
        for line in "\n".join(words(note.blocks) for note in page.notes).splitlines():
            for sentence in re.split(r"(?<=[.!?])\s+", line):
                if len(sentence.split()) > 2:
                    sentences.setdefault(_squeezed(sentence), sentence.strip())
    there = _standing(sentences, _squeezed(printed)) - _standing(sentences, public)
    return [sentence for key, sentence in sentences.items() if key in there]


def _standing(keys: Iterable[str], text: str) -> set[str]:
    """Which of some texts stand in a long one, in one go through it, by their first letters."""
    begun: dict[str, list[str]] = {}
    for key in keys:
        begun.setdefault(key[:OPENING], []).append(key)
    short = {key for key in keys if len(key) < OPENING and key in text}
    return short | {
        key
        for n in range(len(text))
        for key in begun.get(text[n : n + OPENING], ())
        if text.startswith(key, n)
    }


def _squeezed(value: str) -> str:
    return re.sub(r"[\s\u00ad\u200b]+", "", value).casefold()


def _sections(plan: Plan) -> Iterator[tuple[str, list[tuple[int, Page]]]]:
    """The pages by section, each with its number."""
    found: list[tuple[str, list[tuple[int, Page]]]] = []
    for number, page in enumerate(plan.pages, 1):
        if not found or found[-1][0] != page.section:
            found.append((page.section, []))
        found[-1][1].append((number, page))
    yield from found


def _contents(plan: Plan, sources: bool) -> list[Json]:
    """The lines of the table of contents: part, label of its heading, start and length."""
    rows = []
    for part, (section, pages) in enumerate(_sections(plan), 1):
        minutes = sum(page.minutes for _, page in pages)
        rows.append(
            {
                "part": section,
                "label": f"part-{part}",
                "start": clock(pages[0][1].start) if minutes else "–",
                "minutes": str(minutes) if minutes else "–",
            }
        )
    if sources:
        rows.append({"part": plan.wording["sources"], "label": "part-sources", "start": "–", "minutes": "–"})
    return rows


def _is_source_list(block: object) -> bool:
    """Whether a block is the numbered list of sources, "[1] Title …", that the cites of a plan refer to."""
    return isinstance(block, Bullets) and all(re.match(r"\[\d+\] ", text(item)) for item in block.items)


def _document(look: str, plan: Plan, brand: Brand, content: list[Json], size: float) -> Json:
    return {
        "look": look,
        "size": size,
        "colours": brand.palette,
        "content": content,
        "contents": [],
        "name": "",
    }


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, list):
        if value and all(isinstance(v, str) or (isinstance(v, dict) and "pieces" in v) for v in value):
            yield "".join(v if isinstance(v, str) else "".join(v["pieces"]) for v in value)
        else:
            for v in value:
                yield from _strings(v)
    elif isinstance(value, dict):
        for v in value.values():
            yield from _strings(v)


def _compile(plan: Plan, document: Json) -> bytes:
    """The PDF of a document, with the first day of the edition as its date."""
    year, month, day = (*(int(part) for part in plan.edition.split("-")), 1, 1)[:3]
    language, _, region = plan.language.partition("-")
    document |= {
        "title": plan.title,
        "subtitle": plan.subtitle,
        "board": plan.board,
        "edition": plan.wording.date(plan.edition),
        "date": [year, month, day],
        "language": language,
        "region": region or None,
        "words": dict(plan.wording),
        "pale": hues(document["colours"]["deep"], document["colours"]["ink"], "#FFFFFF")["pale"],
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
