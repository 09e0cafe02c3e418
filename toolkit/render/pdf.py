"""A fitted deck as PDF through typst, without an office suite, as notes pages; the plan of a document as it
is in Word. Tagged PDF/UA-1.

Words go to the template (`pdf.typ`, which never changes) as JSON, so nothing in a review can be taken for
typst's own marks. The fonts are the toolkit's own, Liberation Sans (as wide as Arial), DejaVu Sans and Noto
Emoji for what it lacks, so every computer makes the same bytes.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import sys
import unicodedata
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from importlib import resources

from toolkit.brand.compiled import Brand
from toolkit.brand.geometry import CLEAR_PRINT, EMU, SMALLEST_IN_NOTES, Look, document_size
from toolkit.fit.cards import ABOVE, SIDE, fit_cards
from toolkit.fit.fit import footer_words
from toolkit.fit.script import BEGINS, BETWEEN, PICTURE, SCRIPT, slides_of, stands_whole
from toolkit.fit.sides import LARGE_LINE, MOTIF, TITLE, beside_motif, motif_dots, motif_size
from toolkit.fit.slides import FittedDeck
from toolkit.fit.typeset import advance, face, height
from toolkit.late import pattern
from toolkit.plan.model import Drawing, Note, Page, Picture, Plan, Span, Spans, asked
from toolkit.plan.typography import NBSP
from toolkit.plan.wording import Wording
from toolkit.problems import Invalid, Place, Problem
from toolkit.render.drawingml import GOLD, dots, hues
from toolkit.render.media import for_typst
from toolkit.render.origins import Origins
from toolkit.render.pdfblocks import (
    FONT,
    KEPT,
    SERIF,
    TEXT_WIDTH,
    Json,
    blocks_of,
    card_of,
    close_gaps,
    heading_of,
    spans_of,
)
from toolkit.render.pdfparts import joined
from toolkit.render.pdfslide import picture
from toolkit.render.printed import of_document, of_notes_pages
from toolkit.seals import with_table

BESIDE_SLIDE = 167.2  # points: what the picture of a slide, 11 cm wide, and a gap of 0.5 cm leave of that
LABELS = 6.8  # of the size of notes: the margin in which the names of their parts hang, as in pdf.typ
BESIDE = ("group", "bring")  # the parts of the notes that stand beside the picture, below the clock
AT_FOOT = ("if_short", "next")  # and those at the foot of the page
NO_TYPST = "the PDFs are left out: typst, which draws them, is not to be had on this computer"
# Letters as JSON has them, of scripts that no font of the toolkit has: from Devanagari to Korean, and beyond.
_OTHER_SCRIPTS = pattern(r"\\u(?:0[7-9a-f]|1[0-9a-c]|2[ef]|[3-9abc]|d[0-7])[0-9a-f]")
_FAULT = "this is a fault of the toolkit: nothing was written; please report it"
MOST_KEPT = 400_000  # letters of JSON: a deck of 27 slides, its notes, pictures and guide have as many
MOST_FEET = 200  # pages whose feet are set at once
LITTLE = 50_000  # letters, of a document that adds little to what is kept
# What typst has worked out it keeps until ten further documents are set, some 200 bytes for a letter of JSON.
# To have it let go takes 20 ms, so only where much is kept. These are the letters of the last ten. A document
# with more letters than may be kept is set in parts.
_kept: deque[int] = deque(maxlen=10)
os.environ.setdefault("RAYON_NUM_THREADS", "1")  # typst's: each would keep a heap of its own
PIXELS = 640  # of the picture of a slide in Word: 240 to the inch
RUNNING = 11.0  # points, of what stands at the top of a further page of notes
CONTINUED = 150.0  # points, the room beside a title for "Slide 7: … (continued)"
TITLES = (15.0, 14.0, 13.0, SMALLEST_IN_NOTES)  # points, of the title over a page of notes


def notes_pages(deck: FittedDeck, brand: Brand, size: float = CLEAR_PRINT) -> bytes:
    """A deck's notes pages on A4: each shown slide, drawn small, over its trainer notes at `size` points, on
    as many pages as they need.

    Slides have the numbers that they have in PowerPoint, where hidden ones count. Raises Invalid for a
    character that no font has.
    """
    pictures: dict[str, list[int]] = {}
    pieces = [(json.dumps(slide), "") for slide in _pages_of_notes(deck, brand, size, pictures)]
    values = {"look": "notes", "size": size, "colours": brand.palette, "serif": _serif(brand)}
    shown = [slide for slide in deck.slides if not slide.hidden]
    made = _pdf(deck.plan, {**values, "pictures": pictures}, _files(shown), "slides", pieces)
    return _with_words(made, deck.plan, of_notes_pages(deck, brand))


def _pages_of_notes(
    deck: FittedDeck, brand: Brand, size: float, pictures: dict[str, list[int]]
) -> Iterator[Json]:
    """Each shown slide with its notes."""
    plan, below = deck.plan, TEXT_WIDTH - LABELS * size
    before = list(blocks_of(plan.warning, TEXT_WIDTH, size))
    for number, slide in enumerate(deck.slides, 1):
        if not slide.hidden:
            times, long = slide.lasts(plan.wording) if slide.minutes else ("", "")
            high = next((size for size in TITLES if _is_short(slide.title, size)), TITLES[-1])
            elsewhere = {*BESIDE, *AT_FOOT} | ({"minutes"} if slide.minutes else set())
            parts = [n for n in slide.notes if n.name not in elsewhere]
            beside = [n for n in slide.notes if n.name in BESIDE]
            foot = [n for n in slide.notes if n.name in AT_FOOT]
            yield {
                "number": number,
                "title": slide.title,
                "short": _on_one_line(slide.title, TEXT_WIDTH - CONTINUED, RUNNING),
                "heading": spans_of((Span(slide.title),), TEXT_WIDTH, high, True),
                "two-lines": not _is_short(slide.title, high),
                "heading-size": high,
                "times": times,
                "long": long,
                "before": before,
                "slide": _scene(deck, brand, number, pictures),
                "parts": [_part(n, plan.wording, below, size) for n in parts],
                "beside": [_part(n, plan.wording, BESIDE_SLIDE, size) for n in beside],
                "foot": [_part(n, plan.wording, below, size) for n in foot],
                "drawings": [
                    block.alt
                    for _, every in slide.slots
                    for block in every
                    if isinstance(block, Drawing | Picture) and block.alt
                ],
            }
            before = []


def _with_words(made: bytes, plan: Plan, printed: Iterable[Spans]) -> bytes:
    """A PDF with the table of its words."""
    origins = Origins()
    origins.remember(printed)
    return with_table(made, origins.table(plan))


def _is_short(title: str, size: float) -> bool:
    """Whether a title stands on one line of a page of notes; the longest take two."""
    return advance(title, FONT, True) * size <= TEXT_WIDTH


def _on_one_line(title: str, width: float, size: float) -> str:
    """A title as it stands on one line, shortened only where it must be: the page before has it whole."""
    if advance(title, FONT, True) * size <= width:
        return title
    kept = title.split(" ")
    while len(kept) > 1 and advance(" ".join(kept) + " …", FONT, True) * size > width:
        kept.pop()
    return " ".join(kept) + " …"


def _part(note: Note, wording: Wording, width: float, size: float) -> Json:
    """A part of the notes under its name: a question in larger letters, a single one without a mark."""
    said, inside = note.blocks, width
    if note.name == "ask":
        said, size, inside = asked(said), size + 2, width - 22
    made = list(blocks_of(said, inside, size, 3))
    close_gaps(made, 2)
    keep = sum(height((b,), Look(size, FONT, before=size * 0.8), inside, size) for b in said) < KEPT
    label = wording[note.name]
    wraps = advance(label, FONT, True) > LABELS - 1.5  # with the mark of care before it
    return {"name": note.name, "label": label, "wraps": wraps, "blocks": made, "keep": keep}


def _scene(deck: FittedDeck, brand: Brand, number: int, pictures: dict[str, list[int]]) -> Json:
    slide, plan = deck.slides[number - 1], deck.plan
    footer = footer_words(plan, brand, brand.layout(slide.layout).slots.get("footer"))
    return picture(slide, brand, footer, number, pictures)


def slide_pictures(deck: FittedDeck, brand: Brand) -> dict[int, bytes]:
    """PNG pictures of a deck's shown slides, as wide as a guide shows them, by their numbers."""
    pictures: dict[str, list[int]] = {}
    shown = [number for number, slide in enumerate(deck.slides, 1) if not slide.hidden]
    scenes = [(json.dumps(_scene(deck, brand, number, pictures)), "") for number in shown]
    values = {"look": "slides", "size": 12, "colours": brand.palette, "pictures": pictures}
    files, ppi = _files(deck.slides), PIXELS * 72 / (brand.slide.w / EMU)
    made: list[bytes] = []
    parts = _parts(scenes)
    for part in parts:
        drawn = _compile(deck.plan, values, files, "slides", part, ppi)
        made += drawn if isinstance(drawn, list) else [drawn]
    if len(parts) > 1:
        let_go()
    return dict(zip(shown, made))


def _script(page: Page, level: int, slides: list[Json]) -> Json:
    """A slide of a guide: its pictures and words, and beside them what is said and done."""
    shown = list(blocks_of(page.slot("shown"), PICTURE, SMALLEST_IN_NOTES, level + 1))
    script = list(blocks_of(page.slot("script"), SCRIPT, SMALLEST_IN_NOTES, level + 1))
    close_gaps(shown, level)
    close_gaps(script, level)
    about = {"kind": "script", "alt": page.title, "whole": stands_whole(page)}
    return about | {"slides": slides, "shown": shown, "script": script}


def document(plan: Plan, brand: Brand, size: float = CLEAR_PRINT, deck: FittedDeck | None = None) -> bytes:
    """A document on A4: title block, headings, tables whose header rows repeat, cards two on a page. A guide
    shows the slides of its `deck`.

    Its words have `size` points in large print, else the least that is clear. Raises Invalid for a card that
    is too full, and as `notes_pages` does.
    """
    size = document_size(size)
    content: list[Json] = []
    cards = iter(fit_cards(plan))
    pictures: dict[str, list[int]] = {}
    numbers = slides_of(deck) if deck else {}
    for section, level, page in plan.headed():
        if page.layout == "card":
            if not content or content[-1]["kind"] != "cards":
                content.append({"kind": "cards", "cards": []})
            content[-1]["cards"].append(card_of(next(cards), level))
            continue
        if section:
            content.append(heading_of(1, section) | {"new_sheet": page.new_sheet})
        if page.new_side and content:
            content.append({"kind": "side"})
        if page.strip:
            content += blocks_of(page.in_strip, TEXT_WIDTH, size, level + 1)
            continue
        content.append(heading_of(level, page.title, page.box))
        if page.layout == "script":
            slides = [_scene(deck, brand, n, pictures) for n in numbers.get(page.id, ())] if deck else []
            content.append(_script(page, level, slides))
            continue
        for _, blocks in page.slots:
            content += blocks_of(blocks, TEXT_WIDTH, size, level + 1)
    close_gaps(content, 0)
    pieces = list(_pieces(content, plan.wording))
    content.clear()
    values = {"look": "document", "size": size, "colours": brand.palette}
    values |= {"motif": "banner" in brand.document.styles}
    values |= {"serif": _serif(brand)}
    card = {"side": SIDE, "above": ABOVE}
    measures = {"card": card, "picture": PICTURE, "between": BETWEEN, "begins": BEGINS}
    shown = (*plan.pages, *(deck.slides if deck else ()))
    made = _pdf(plan, {**values, **measures, "pictures": pictures}, _files(shown), "content", pieces)
    return _with_words(made, plan, of_document(plan, brand, deck))


def _pieces(content: Iterable[Json], wording: Wording) -> Iterator[Piece]:
    """What stands in a document. A part of it may begin with a page, after the heading of its section."""
    section = ""
    for block in content:
        begins: str | None = None
        if block["kind"] == "heading" and block["level"] < 3:
            again = heading_of(1, wording("continued", title=section)) if section else {}
            begins = json.dumps(again) if section and block["level"] == 2 else ""
            if block["level"] == 1:
                section = "".join(s if isinstance(s, str) else "".join(s["pieces"]) for s in block["spans"])
        yield json.dumps(block), begins


def _serif(brand: Brand) -> bool:
    """Whether the titles of a brand have serifs, and so those of its PDFs."""
    return face(brand.layout("content").slots["title"].look.font) == SERIF


def _banner(plan: Plan, document: Json) -> Json:
    """The lines of a document's banner, and the dots at its right."""
    above = "  |  ".join(plan.above)
    return {
        "above": above,
        "title": beside_motif(plan.title, document["size"] + TITLE),
        "size": document["size"] + TITLE,
        "larger": LARGE_LINE,
        **{"hours": motif_dots(), "wide": motif_size(), "radius": MOTIF[1]},
        **{"dots": dots(document["colours"]["deep"]), "gold": GOLD},
    }


def _files(pages: Iterable[Page]) -> dict[str, bytes]:
    """The files of the pictures that pages and their notes show, by their names."""
    boxes = ((*(b for _, b in page.slots), *(note.blocks for note in page.notes)) for page in pages)
    every = (block for made in boxes for blocks in made for block in blocks)
    return dict(for_typst(block) for block in every if isinstance(block, Picture))


Piece = tuple[str, str | None]  # some JSON, and what a part begins with where it may begin there


def _parts(pieces: Sequence[Piece]) -> list[list[str]]:
    """Pieces in parts of about as many letters, few enough for typst to set at once."""
    letters = sum(len(piece) for piece, _ in pieces)
    most = letters / -(-letters // MOST_KEPT) if letters else 0
    parts: list[list[str]] = [[]]
    full = 0
    for piece, begins in pieces:
        if begins is not None and parts[-1] and full + len(piece) / 2 > most * len(parts):
            parts.append([begins] if begins else [])
        parts[-1].append(piece)
        full += len(piece)
    return parts


def _pdf(plan: Plan, document: Json, files: Mapping[str, bytes], name: str, pieces: Sequence[Piece]) -> bytes:
    """The PDF of a document in which some pieces stand under a name; one of many pieces in parts, joined."""
    parts = _parts(pieces)
    if len(parts) == 1:
        return _set(plan, document, files, name, parts[0])

    def feet(pages: int) -> Iterator[bytes]:
        about = document | {"look": "feet", "of": document["look"], "pages": pages}
        for before in range(0, pages, MOST_FEET):
            some = {"after": before, "until": min(before + MOST_FEET, pages)}
            yield _set(plan, about | some, files)
            let_go()

    return joined(
        (_set(plan, document | {"part": n}, files, name, part) for n, part in enumerate(parts)), feet
    )


def _set(
    plan: Plan, document: Json, files: Mapping[str, bytes], name: str = "", pieces: Sequence[str] = ()
) -> bytes:
    """One PDF, or one part of it."""
    made = _compile(plan, document, files, name, pieces)
    assert isinstance(made, bytes)
    return made


def _compile(
    plan: Plan,
    document: Json,
    files: Mapping[str, bytes],
    name: str = "",
    pieces: Sequence[str] = (),
    ppi: float = 0,
) -> bytes | list[bytes]:
    """The PDF of a document that shows some files, with the first day of the edition as its date; or with so
    many pixels to the inch, pictures of its pages. Some pieces of JSON stand in it under a name.
    """
    try:
        import typst  # here, for Word files take measures from this module, and need no typst
    except ImportError:
        raise Invalid([Problem(Place(plan.pages[0].place.path), NO_TYPST, stops=False)]) from None

    year, month, day = (*(int(part) for part in plan.edition.split("-")), 1, 1)[:3]
    language, _, region = plan.language.partition("-")
    document |= {
        "title": plan.title,
        "full-title": plan.full_title.replace(NBSP, " "),
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
    document["banner"] = _banner(plan, document)
    document.setdefault("borrowed", False)
    data = json.dumps(document)
    if name:
        data = f'{data[:-1]}, "{name}": [{", ".join(pieces)}]}}'
    if ppi and not document["borrowed"] and _OTHER_SCRIPTS.search(data):  # a picture never complains
        return _compile(plan, document | {"borrowed": True}, files, name, pieces, ppi)
    here = resources.files("toolkit")
    with resources.as_file(here / "fonts") as fonts:
        borrows = document["borrowed"]
        own = typst.Fonts(include_system_fonts=borrows, include_embedded_fonts=False, font_paths=[str(fonts)])
        if _kept and len(data) > LITTLE and sum(_kept) + len(data) > MOST_KEPT:
            let_go()
        _kept.append(len(data))
        template = (here / "render" / "pdf.typ").read_bytes()
        compiler = typst.Compiler(
            {"main.typ": template} | dict(files) if files else template,  # type: ignore[type-var]
            root=str(fonts),
            font_paths=own,
            sys_inputs={"plan": data},
        )
        try:
            if ppi:
                made = compiler.compile(format="png", ppi=ppi)
            else:
                made = compiler.compile(
                    format="pdf", pdf_standards=["ua-1"], timestamp=datetime(year, month, day, tzinfo=UTC)
                )
        except typst.TypstError as error:
            missing = re.findall(r'the text `"(.+?)"` could not be displayed', error.diagnostic)
            if not missing:
                raise Invalid.at(
                    plan.pages[0].place, f"the PDF cannot be set: {error.message}", _FAULT
                ) from None
            if not document["borrowed"]:
                return _compile(plan, document | {"borrowed": True}, files, name, pieces, ppi)
            raise Invalid([_unprintable(plan, _plain(missing[0]))]) from None
    assert made is not None
    return made


def let_go() -> None:
    """Has typst let go what it keeps, and gives memory that is free back to the system where the C library
    keeps it: glibc does."""
    import typst

    nothing = typst.Compiler(font_paths=typst.Fonts(False, False))
    for _ in range(10):
        nothing.compile(b" ", format="pdf")
    _kept.clear()
    give_back()


def give_back() -> None:
    """Gives memory that is free back to the system."""
    if sys.platform == "linux":
        import ctypes

        with contextlib.suppress(AttributeError, OSError):
            ctypes.CDLL(None).malloc_trim(0)


def _unprintable(plan: Plan, character: str) -> Problem:
    """What a page has that cannot be drawn, and how to mend that."""
    place = next(
        (p.place for p in plan.pages if character in repr((p.title, p.slots, p.notes))), plan.pages[0].place
    )
    script = unicodedata.name(character[0], "").partition(" ")[0].title()
    message = f"“{character}”, and no font on this computer has it"
    font = "a font that has it, such as one of the free Noto fonts"
    if script in _SCRIPTS.split():
        message = f"{script} letters (“{character}”), and no font on this computer has them"
        font = f"the free font Noto Sans {script}"
    hint = (
        f"install {font} (download it from fonts.google.com, unpack it, right-click its .ttf file, Install)"
    )
    hint += " and build again"
    return Problem(place, message, hint, stops=False)


# Of which Noto Sans has a font of that name.
_SCRIPTS = (
    "Arabic Armenian Bengali Devanagari Ethiopic Georgian Gujarati Gurmukhi Hebrew Kannada Khmer Lao"
    " Malayalam Myanmar Sinhala Tamil Telugu Thai"
)


def _plain(shown: str) -> str:
    """Letters as typst shows them: those that join others as their code."""
    return re.sub(r"\\u\{([0-9a-f]+)\}", lambda match: chr(int(match[1], 16)), shown)
