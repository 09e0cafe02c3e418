"""The finished bytes, read again by other code than wrote them: does every word, title and note of the
plan stand where it belongs?"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Literal
from xml.etree.ElementTree import Element

from toolkit.fit.slides import FittedDeck, Slide
from toolkit.office.opc import A, P, Package, R, W, read_package
from toolkit.plan.model import Page, Plan, note_blocks, words
from toolkit.problems import Problem

Print = Literal["notes", "guide", "handout", "briefing"]
_FAULT = "this is a fault of the toolkit: nothing was written; please report it"
_PARAGRAPH, _TEXT, _SHAPE, _FRAME, _HOLDER = f"{A}p", f"{A}t", f"{P}sp", f"{P}graphicFrame", f"{P}ph"


def check_deck(data: bytes | Package, deck: FittedDeck) -> list[Problem]:
    """Words, titles, notes and alternative texts of a .pptx that did not arrive."""
    package = read_package(data)
    parts, slides = _slides(package), deck.slides
    if len(parts) != len(slides):
        message = f"the deck has {len(parts)} slides, but {len(slides)} were planned"
        return [Problem(slides[0].place, message, _FAULT)]
    return [
        problem
        for slide, part in zip(slides, parts)
        for problem in (*_slide(package, slide, part), *_notes(package, slide, part))
    ]


def _slide(package: Package, page: Page, part: str) -> Iterator[Problem]:
    root = package.root(part)
    if _title(root.iter(_SHAPE)) != page.title:
        yield _lost(page, "its title", page.title)
    yield from _missing(page, "the slide", _words_of(page), root.iter(_PARAGRAPH))
    for frame in root.iter(_FRAME):
        named = next(frame.iter(f"{P}cNvPr"), None)
        if named is None or not named.get("descr"):
            yield _lost(page, "an alternative text", "a table")


def _notes(package: Package, slide: Slide, part: str) -> Iterator[Problem]:
    if slide.printed:
        notes = next(iter(package.related(part, "notesSlide")), None)
        there = package.root(notes).iter(_PARAGRAPH) if notes else ()
        yield from _missing(slide, "the notes page", words(slide.printed), there)


def check_document(data: bytes | Package, plan: Plan) -> list[Problem]:
    """Words of a .docx that did not arrive."""
    package = read_package(data)
    texts = (
        "".join([t.text or "" for t in p.iter(f"{W}t")]) for p in package.root(package.main()).iter(f"{W}p")
    )
    there = Counter(" ".join(texts).split())
    wanted: Counter[str] = Counter()
    for page in plan.pages:
        wanted.update(page.title.split())
        wanted.update(_words_of(page).split())
        for note in page.notes:
            wanted.update(words(note.blocks).split())
    lost = _less(wanted, there)
    if not lost:
        return []
    return [Problem(plan.pages[0].place, f"words are missing from the document: {_some(lost)}", _FAULT)]


def check_pdf(data: bytes, said: Plan | FittedDeck, printed: Print) -> list[Problem]:
    """Words of a PDF that did not arrive, told once for each page of the plan.

    Notes pages and the guide hold the words of every shown slide and its notes, a handout those of every
    shown slide but title slides, a briefing those of every page. A PDF has letters and places, and no words:
    where a line ends, one cannot tell a new word from the rest of one. So letters and digits alone are
    compared, and a word that seems to be lost is looked for once more among the letters of its neighbours.
    """
    squeezed, there = _printed(data)
    plan, pages = (said.plan, said.slides) if isinstance(said, FittedDeck) else (said, said.pages)
    lines = [(page, line) for page in pages for line in _lines(page, plan, printed)]
    split = [(page, _tokens(line)) for page, line in lines]
    lost = set(_less(Counter([token for _, tokens in split for token in tokens]), there))
    if not lost:
        return []
    near: Counter[str] = Counter()
    places: dict[str, tuple[Page, str]] = {}
    for page, tokens in split:
        for n, token in enumerate(tokens):
            if token in lost:
                run = "".join(tokens[max(0, n - 2) : n + 3])
                near[run] += 1
                places.setdefault(run, (page, token))
    gone: dict[str, tuple[Page, list[str]]] = {}
    for run, count in near.items():
        if squeezed.count(run) < count:
            page, token = places[run]
            gone.setdefault(page.id, (page, []))[1].append(token)
    return [
        _lost(page, "words of the PDF", ", ".join(dict.fromkeys(found[:8]))) for page, found in gone.values()
    ]


def _printed(data: bytes) -> tuple[str, Counter[str]]:
    """The letters of a PDF in its order, and its words."""
    import pypdfium2  # heavy, and for PDFs alone

    document = pypdfium2.PdfDocument(data)
    try:
        text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()
    tokens = _tokens(text)
    return "".join(tokens), Counter(tokens)


def _lines(page: Page, plan: Plan, printed: Print) -> Iterator[str]:
    """What of a page of the plan stands in a PDF."""
    hidden = isinstance(page, Slide) and page.hidden
    if hidden or (printed == "handout" and page.layout == "title"):
        return
    yield page.title
    yield from _words_of(page).splitlines()
    if printed in ("notes", "guide"):
        yield from words(note_blocks(page.notes, plan.wording)).splitlines()


def _tokens(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text))


def _words_of(page: Page) -> str:
    """The words on a slide besides its title."""
    return "\n".join([words(blocks) for _, blocks in page.slots])


def _missing(page: Page, where: str, expected: str, paragraphs: Iterable[Element]) -> Iterator[Problem]:
    there = Counter(" ".join(["".join([t.text or "" for t in p.iter(_TEXT)]) for p in paragraphs]).split())
    lost = _less(Counter(expected.split()), there)
    if lost:
        yield _lost(page, f"words of {where}", _some(lost))


def _less(wanted: Counter[str], there: Counter[str]) -> list[str]:
    """The words that are not there as often as wanted."""
    return [word for word, count in wanted.items() if there.get(word, 0) < count]


def _lost(page: Page, what: str, shown: str) -> Problem:
    return Problem(page.place, f"“{page.title}” has lost {what}: {shown}", _FAULT)


def _some(lost: list[str]) -> str:
    return ", ".join(lost[:8])


def _title(shapes: Iterable[Element]) -> str | None:
    for shape in shapes:
        holder = next(shape.iter(_HOLDER), None)
        if holder is not None and holder.get("type") in ("title", "ctrTitle"):
            return "".join([t.text or "" for t in shape.iter(_TEXT)])
    return None


def _slides(package: Package) -> list[str]:
    main = package.main()
    targets = {rel.id: rel.target for rel in package.rels(main)}
    return [targets[str(e.get(f"{R}id"))] for e in package.root(main).iter(f"{P}sldId")]
