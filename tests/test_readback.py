"""Reading back what was built: anything that did not arrive is found."""

from __future__ import annotations

import gc
import re
import signal
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from tests.conftest import TOP, WORDING, read_brand
from toolkit.brand.compiled import Brand
from toolkit.fit.fit import fit_deck
from toolkit.fit.slides import FittedDeck
from toolkit.office.opc import W, read_package
from toolkit.plan.markup import blocks
from toolkit.plan.model import (
    Bullets,
    Drawing,
    Heading,
    Layout,
    Note,
    Page,
    Paragraph,
    Plan,
    Shape,
    Span,
    Table,
)
from toolkit.problems import Place
from toolkit.render import docx, pdf, pptx
from toolkit.render.readback import _told, check_deck, check_document, check_pdf

HERE = Place(Path("invented.yaml"), 3, 5)
SAY = "Robin was seen eleven times. Not one of them was without the cameras of the judgement."


def page(name: str, layout: Layout, title: str, say: str = "", section: str = "", **slots: str) -> Page:
    made = tuple((slot, blocks(said)) for slot, said in slots.items())
    notes = (Note("say", blocks(say)),) if say else ()
    return Page(name, layout, title, made, notes, 5, 0, section, Place(Path("invented.yaml"), len(name), 5))


DECK = Plan(
    "robin",
    "Robin",
    "Made up",
    "Board of Nowhere",
    "2026-11",
    "en-GB",
    (
        page("one", "content", "An opening", SAY, body="Our own judgement of it"),
        page(
            "point-1",
            "two-columns",
            "Somebody needs to see and hear the child",
            left="- Nobody asked.\n- Robin was not spoken to alone",
            right="- Sit on the floor.",
        ),
        page(
            "events", "drawing", "What happened", "Tell it.", drawing="@ 2001 | A visit.\n@ 2002 | Another."
        ),
    ),
    WORDING,
)
DOCUMENT = replace(
    DECK,
    document="Learning",
    draft="Draft: not everything is verified",
    pages=(
        page(
            "told",
            "part",
            "What happened",
            "",
            "First things",
            body="Sit on the floor.\n_ 3\n| A | B |\n| | |",
        ),
        page("another", "part", "What else", "", "Later", body="- Listen\n- Wait"),
        page(
            "acard", "card", "Ask", "", "Asking", badge="Robin", case="A visitor came.", question="What now?"
        ),
    ),
)


@pytest.fixture(scope="module")
def house() -> Brand:
    return read_brand(TOP / "templates" / "brands" / "house")


@pytest.fixture(scope="module")
def deck(house: Brand) -> tuple[bytes, FittedDeck]:
    whole, _ = fit_deck(DECK, house)
    return pptx.render(whole, house), whole


@pytest.fixture(scope="module")
def document(house: Brand) -> tuple[bytes, Plan]:
    return docx.render(DOCUMENT, house), DOCUMENT


def changed(data: bytes, part: str, old: str, new: str) -> bytes:
    """The same package with some words of one part (a pattern) changed; the words must be there."""
    out = BytesIO()
    found = 0
    with zipfile.ZipFile(BytesIO(data)) as package, zipfile.ZipFile(out, "w") as other:
        for name in package.namelist():
            content = package.read(name)
            if re.fullmatch(part, name):
                # words may be kept on one line
                text, count = re.subn(old.replace(" ", "[ \u00a0]"), new, content.decode("utf-8"))
                found, content = found + count, text.encode()
            other.writestr(name, content)
    assert found
    return out.getvalue()


def test_what_was_built_is_all_there(deck: tuple[bytes, FittedDeck], document: tuple[bytes, Plan]) -> None:
    assert check_deck(*deck) == []
    assert check_document(*document) == []


@pytest.mark.parametrize(
    "part, old, new, lost",
    [
        (
            r"ppt/slides/slide\d+\.xml",
            "Robin was not spoken to alone",
            "Robin was spoken to alone",
            "words of the slide: not",
        ),
        (
            r"ppt/notesSlides/notesSlide\d+\.xml",
            "Not one of them",
            "One of them",
            "words of the notes page: Not, one",
        ),
        (
            r"ppt/slides/slide\d+\.xml",
            "Somebody needs to see and hear the child",
            "Somebody needs to see the child",
            "its title",
        ),
        (r"ppt/slides/slide\d+\.xml", r' descr="Timeline[^"]*"', "", "an alternative text"),
        (
            r"ppt/slides/_rels/slide1\.xml\.rels",
            r"<Relationship [^>]*notesSlide\d[^>]*>",
            "",
            "words of the notes page",
        ),
    ],
)
def test_what_is_lost_from_a_deck_is_found(
    deck: tuple[bytes, FittedDeck], part: str, old: str, new: str, lost: str
) -> None:
    data, fitted = deck
    messages = [p.message for p in check_deck(changed(data, part, old, new), fitted)]
    assert any(lost in message for message in messages), messages


def test_missing_slide_is_found(deck: tuple[bytes, FittedDeck]) -> None:
    data, fitted = deck
    (problem,) = check_deck(
        changed(data, r"ppt/presentation\.xml", r"<p:sldId [^>]*/>(?=</p:sldIdLst>)", ""), fitted
    )
    assert f"{len(fitted.slides) - 1} slides, but {len(fitted.slides)} were planned" in problem.message


def test_word_said_twice_must_stand_there_twice(deck: tuple[bytes, FittedDeck]) -> None:
    data, fitted = deck
    twice = [
        replace(
            p,
            slots=tuple(
                (n, (*b, *b[-1:]) if n == "left" and p.id.startswith("point-") else b) for n, b in p.slots
            ),
        )
        for p in fitted.slides
    ]
    assert any(
        "has lost words of the slide: " in p.message and "spoken" in p.message
        for p in check_deck(data, replace(fitted, slides=tuple(twice)))
    )


def test_what_is_lost_from_a_document_is_found(document: tuple[bytes, Plan]) -> None:
    data, plan = document
    for word in ("floor", "Learning", "verified", "Later", "visitor"):
        (problem,) = check_document(changed(data, r"word/document\.xml", word, ""), plan)
        assert re.fullmatch(rf"words are missing from the document: .*{word}.*", problem.message)
        assert problem.place == plan.pages[0].place


def test_notes_of_a_page_that_a_document_does_not_print_are_lost(house: Brand) -> None:
    plan = replace(DOCUMENT, pages=(page("told", "part", "What happened", "Tell nobody.", body="Words"),))
    assert len(check_document(docx.render(plan, house), plan)) == 1
    assert len(check_pdf(pdf.document(plan, house), plan)) == 1


def test_every_fault_says_that_nothing_was_written(deck: tuple[bytes, FittedDeck], tmp_path: Path) -> None:
    data, fitted = deck
    for problem in check_deck(changed(data, r"ppt/slides/slide\d+\.xml", "Robin", "Wren"), fitted):
        assert problem.stops
        assert "nothing was written" in problem.hint


def test_a_package_that_was_read_already_is_not_read_again(
    deck: tuple[bytes, FittedDeck], document: tuple[bytes, Plan]
) -> None:
    assert check_deck(read_package(deck[0]), deck[1]) == []
    assert check_document(read_package(document[0]), document[1]) == []


def test_a_slide_that_arrived_whole_is_read_again_for_other_words(deck: tuple[bytes, FittedDeck]) -> None:
    data, fitted = deck
    assert check_deck(data, fitted) == []
    first, *rest = fitted.slides
    other = replace(fitted, slides=(replace(first, title=f"{first.title} again"), *rest))
    assert ["its title" in p.message for p in check_deck(data, other)] == [True]
    assert check_deck(changed(data, r"ppt/slides/slide1\.xml", first.title.split()[0], "No"), fitted)


# ---- PDFs


@pytest.fixture(scope="module")
def plans(house: Brand) -> dict[str, Plan | FittedDeck]:
    return {"notes": fit_deck(replace(DECK, draft="Nothing is verified"), house)[0], "document": DOCUMENT}


def printed(plan: Plan | FittedDeck, house: Brand) -> bytes:
    return pdf.notes_pages(plan, house) if isinstance(plan, FittedDeck) else pdf.document(plan, house)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_whoever_stops_the_build_while_a_pdf_is_read_waits_until_it_is_put_away(
    plans: dict[str, Plan | FittedDeck], house: Brand, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    """Raised while pypdfium2 clears up, an interrupt would be lost, and it would tell of a page left over."""
    from pypdfium2._helpers import textpage
    from pypdfium2.internal.bases import ObjectTracker

    data = printed(plans["document"], house)
    heard: list[int] = []
    close = textpage.pdfium_c.FPDFText_ClosePage

    class Closing:
        """PDFium, and somebody who presses Ctrl-C while the first page is put away."""

        def __getattr__(self, name: str) -> object:
            return getattr(raw, name)

        def FPDFText_ClosePage(self, page: object) -> None:
            close(page)
            if not heard:
                heard.append(1)
                signal.raise_signal(number)

    def stop(*_: object) -> None:
        heard.append(2)
        raise KeyboardInterrupt

    raw = textpage.pdfium_c
    before = signal.signal(number, stop)
    monkeypatch.setattr(textpage, "pdfium_c", Closing())
    try:
        with pytest.raises(KeyboardInterrupt):
            check_pdf(data, plans["document"])
        assert signal.getsignal(number) is stop
    finally:
        signal.signal(number, before)
    assert heard == [1, 2]
    gc.collect()
    assert not any(ObjectTracker.values())


def without(said: Plan | FittedDeck, word: str) -> Plan | FittedDeck:
    """A plan or fitted deck without a word wherever it stands, in titles, slots and notes."""

    def clean(value: object) -> object:
        if isinstance(value, str):
            return re.sub(rf"\s?\b{word}\b", "", value)
        if isinstance(value, tuple):
            return tuple(clean(v) for v in value)
        if isinstance(value, (Page, Paragraph, Bullets, Table, Span)) or type(value).__name__ in (
            "Note",
            "Heading",
            "Quotation",
            "Timeline",
        ):
            names = [
                n for n in value.__dataclass_fields__ if n not in ("id", "layout", "place", "name", "role")
            ]
            return replace(value, **{n: clean(getattr(value, n)) for n in names})
        return value

    if isinstance(said, FittedDeck):
        plan = replace(said.plan, draft=clean(said.plan.draft))
        return replace(said, plan=plan, slides=tuple(clean(slide) for slide in said.slides))  # type: ignore[misc]
    own = {name: clean(getattr(said, name)) for name in ("document", "draft", "pages")}
    return replace(said, **own)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["notes", "document"])
def test_what_was_printed_is_all_there(plans: dict[str, Plan | FittedDeck], kind: str, house: Brand) -> None:
    assert check_pdf(printed(plans[kind], house), plans[kind]) == []


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        ("notes", "Our"),  # of a slide
        ("notes", "cameras"),  # of the notes
        ("notes", "verified"),  # of the plan
        ("document", "floor"),
        ("document", "Learning"),
        ("document", "verified"),
        ("document", "Later"),
        ("document", "visitor"),
    ],
)
def test_what_is_lost_from_a_pdf_is_found(
    plans: dict[str, Plan | FittedDeck], kind: str, word: str, house: Brand
) -> None:
    said = plans[kind]
    problems = check_pdf(printed(without(said, word), house), said)
    pages = said.slides if isinstance(said, FittedDeck) else said.pages
    assert problems
    for problem in problems:
        assert f"has lost words of the PDF: {word}" in problem.message
        assert problem.place in {page.place for page in pages}
        assert problem.stops


def test_words_that_are_cut_over_lines_are_no_loss(house: Brand) -> None:
    """A word wider than its column, words with hyphens, accents and ligatures at the ends of lines, and an
    address.
    """
    long = "Donaudampfschifffahrtsgesellschaft" * 4
    odd = f"{long} well-being office fluffy ﬁrst e\u0301te\u0301 https://example.org/{'a-long/path?' * 12} "
    table = Table(
        ((Span("One"),), (Span("Two"),)), (((Span(odd * 3),), (Span(" ".join(["side-by-side"] * 60)),)),)
    )
    long_one = replace(DOCUMENT.pages[1], slots=(("body", (table, Paragraph((Span(odd * 5),)))),))
    changed = replace(DOCUMENT, pages=(DOCUMENT.pages[0], long_one))
    assert check_pdf(printed(changed, house), changed) == []
    assert check_pdf(printed(without(changed, long), house), changed) != []


@pytest.mark.slow
def test_words_of_narrow_columns_are_no_loss(house: Brand) -> None:
    """Two cut words side by side, and words cut over two sheets, in a table of twelve columns."""
    cells = [
        f"Information sharing {'Meetings and referrals without a name ' * n}number {n}" for n in range(12)
    ]
    row = tuple((Span(cell),) for cell in cells)
    table = Table(row[::-1], ((((Span("Information sharing"),),) * 12), *[row] * 3))
    changed = replace(DOCUMENT, pages=(replace(DOCUMENT.pages[1], slots=(("body", (table,)),)),))
    assert check_pdf(printed(changed, house), changed) == []
    assert check_pdf(printed(without(changed, "referrals"), house), changed) != []


def numbers_of(data: bytes) -> list[int]:
    """The number that Word shows before each item of numbered lists, in order."""
    package = read_package(data)
    numbering = package.root("word/numbering.xml")
    starts = {
        n.get(f"{W}numId"): start.get(f"{W}val")
        for n in numbering.iter(f"{W}num")
        if (start := n.find(f"{W}lvlOverride/{W}startOverride")) is not None
    }
    counts: dict[str, int] = {}
    shown = []
    for paragraph in package.root("word/document.xml").iter(f"{W}p"):
        number = paragraph.find(f"{W}pPr/{W}numPr/{W}numId")
        if number is not None:
            id = number.get(f"{W}val")
            counts[id] = counts.get(id, int(starts.get(id, "0")) - 1) + 1
            shown.append(counts[id])
    return shown


def test_each_numbered_list_of_a_document_begins_where_it_says(house: Brand) -> None:
    """Word counts on through all lists of one style; each of ours has a numbering of its own."""
    items = ((Span("one"),), (Span("another"),))
    lists = (Bullets(items, "number"), Paragraph((Span("between"),)), Bullets(items, "number"))
    body = (*lists, Heading((Span("On"),)), Bullets(items, "number", 4))
    data = docx.render(replace(DOCUMENT, pages=(replace(DOCUMENT.pages[0], slots=(("body", body),)),)), house)
    assert numbers_of(data) == [1, 2, 1, 2, 4, 5]


def test_alternative_texts_are_read_however_they_are_written() -> None:
    accents = "A café".encode("utf-16-be").hex().upper().encode()
    data = b"<</S/Figure/Alt(One \\(of\\) two (or three) lines)/K 1>> <</Alt<FEFF" + accents + b">/K 2>>"
    assert list(_told(data)) == ["One \\(of\\) two (or three) lines", "A café"]


def test_a_drawing_whose_alternative_text_is_lost_is_found(house: Brand) -> None:
    drawing = Drawing(100, 50, (Shape("ellipse", 0, 0, 40, 40, "accent"),), "A ring (of two) à côté")
    said = page("one", "part", "Rings")
    said = replace(said, slots=(("body", (drawing,)),))
    plan = Plan("rings", "Rings", "", "A board", "2024-06", "en-GB", (said,), WORDING)
    data = pdf.document(plan, house)
    assert check_pdf(data, plan) == []
    lost = replace(plan, pages=(replace(said, slots=(("body", (replace(drawing, alt="A square"),)),)),))
    assert ["alternative text: A square" in str(problem) for problem in check_pdf(data, lost)] == [True]
