"""PDFs from an invented deck and an invented briefing: every word arrives, tags are whole."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from pypdf import PdfReader
from pypdfium2.raw import FPDF_PAGEOBJ_PATH

from tests.conftest import WORDING, read_brand, tags, unfitted
from tests.odd import odd
from toolkit.brand.compiled import Brand
from toolkit.brand.geometry import EMU
from toolkit.brand.inspection import save_brand
from toolkit.brand.scenes import readable
from toolkit.fit.cards import fit_cards
from toolkit.fit.fit import fit_deck
from toolkit.fit.script import slides_of
from toolkit.fit.typeset import advance
from toolkit.office.colour import to_hex
from toolkit.office.opc import A, P, read_package
from toolkit.plan.markup import blocks
from toolkit.plan.model import Layout, Note, Page, Paragraph, Plan, Span, Table, words
from toolkit.plan.pages import with_script
from toolkit.problems import Invalid, Place
from toolkit.render import pdf
from toolkit.render.pdfblocks import table_of

HOUSE = Path(__file__).parents[1] / "templates" / "brands" / "house"
HERE = Place(Path("invented.yaml"), 7, 3)
AWKWARD = r"#let x = 1 \ $y$ @ref <tag> [a] {b} // c /* d */ `e` _f_ 100% “q” {{ g }} &amp; \u{41} #panic()"
SAY = "Only the trainer reads this invented sentence aloud."
LONG = "Llanfair" * 30


def page(
    id: str,
    layout: Layout,
    title: str,
    start: int = 0,
    section: str = "Opening",
    notes: dict[str, str] | None = None,
    minutes: int = 5,
    **slots: str,
) -> Page:
    made = tuple((name, blocks(value)) for name, value in slots.items())
    said = tuple(Note(name, blocks(value)) for name, value in (notes or {}).items())
    return Page(id, layout, title, made, said, minutes, start, section, HERE)


DECK = Plan(
    "invented",
    "An invented review of nobody",
    "Made up for tests",
    "Board of Nowhere",
    "2026-11",
    "en-GB",
    (
        page(
            "title-1",
            "title",
            "An invented review of nobody",
            subtitle="Made up for tests",
            board="Board of Nowhere",
            edition="Edition: November 2026",
            notes={"say": SAY},
        ),
        page("section-2", "section", "A made-up part", 5, text="It never happened"),
        page(
            "point-3",
            "two-columns",
            "A point that nobody made",
            10,
            "Learning",
            {
                "purpose": "To try the page.",
                "say": f"{SAY}\n\nA second paragraph of the notes follows here.",
                "ask": "- What would you ask?\n- And then?",
                "background": (
                    "% Nobody has checked this\n\n### A small heading\n\n1. first\n2. second\n\n> Somebody"
                    " said so\n\n| Where | When |\n| Here | Now |"
                ),
                "reference": (
                    "- [1] Invented source. [A publisher](https://example.org/a).\n- [2] Another one. Nobody."
                ),
            },
            badge="Nobody: learning point 1 of 1",
            left="## What happened\nNothing at all, in words for the slide.\n% Made up, not checked",
            right="## What good looks like\n- Look\n- Listen",
            source="Source: nobody",
        ),
        page(
            "drawing-4",
            "drawing",
            "What never happened",
            15,
            "Learning",
            badge="Nobody",
            drawing="@ 2001 | An event.\n@ 2002 | Another event.",
        ),
        page(
            "quote-5",
            "quotation",
            "In somebody’s words",
            20,
            "Learning",
            quotation="> Nobody asked me",
            attribution="A child who never was",
        ),
        page(
            "activity-6", "activity", "Talk about it", 25, "Talking", question="! What now?", how="- In pairs"
        ),
        page("table-7", "table", "A table", 30, "Talking", table="| Who | What |\n| Anybody | Anything |"),
        page(
            "content-8",
            "content",
            "Characters that other languages use",
            35,
            "Talking",
            body=f"Ŵyth ŷd, Łódź, Ελλάδα, Москва, → ✓ ○\n\n{AWKWARD}\n\n{LONG}",
            notes={"say": AWKWARD},
        ),
        page("closing-9", "closing", "The end", 40, "Talking", left="Thank you all", right="Go well"),
    ),
    WORDING,
)
SLIDES = unfitted(DECK)
BRIEFING = replace(
    DECK,
    name="invented-briefing",
    title="An invented briefing",
    pages=(
        page("glance-1", "part", "At a glance", body="! **What this is:** made up.\n! **Why:** for a test."),
        page(
            "found-2",
            "part",
            "What was found",
            body=(
                f"### Too deep a heading\n% Made up\nSome prose [1] {AWKWARD}\n\n~ a suggestion\n1."
                " one\n2. two"
            ),
        ),
        page(
            "table-3",
            "part",
            "A long table",
            body="| Who | What |\n" + "\n".join(f"| Person {n} | Thing {n} |" for n in range(90)),
        ),
        page("sources-4", "part", "Sources", body="^ [1] Invented. [Publisher](https://example.org/x)"),
    ),
)


@pytest.fixture(scope="module")
def brand() -> Brand:
    return read_brand(HOUSE)


@pytest.fixture(scope="module")
def plain_brand(tmp_path_factory: pytest.TempPathFactory) -> Brand:
    """A template that knows nothing of us: python-pptx's own, 4:3, no notes page."""
    from docx import Document
    from pptx import Presentation

    folder = tmp_path_factory.mktemp("plain")
    Presentation().save(str(folder / "deck.pptx"))
    Document().save(str(folder / "briefing.docx"))
    (folder / "brand.yaml").write_text(
        "name: Plain\ndeck: deck.pptx\nbriefing: briefing.docx\n", encoding="utf-8"
    )
    return read_brand(folder)


def read(data: bytes) -> str:
    """The text of a PDF without any white space, which differs with line breaks."""
    return squeeze("\n".join(p.extract_text() for p in PdfReader(BytesIO(data)).pages))


def squeeze(value: str) -> str:
    return re.sub(r"[\s\u00a0]+", "", value)


def missing(printed: str, wanted: str) -> list[str]:
    return [line for line in wanted.splitlines() if squeeze(line) not in printed]


def outside(data: bytes) -> list[str]:
    """The lines of text that begin or end off the paper."""
    found: list[str] = []

    def look(text: str, cm: Any, tm: Any, font: Any, size: Any) -> None:
        x, y = tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        wide = advance(text.strip(), "Arial", False) * abs(size * tm[0] * cm[0])
        if text.strip() and not (30 < x < x + wide < 570 and 20 < y < 830):
            found.append(text)

    for sheet in PdfReader(BytesIO(data)).pages:
        sheet.extract_text(visitor_text=look)
    return found


def test_notes_pages_hold_every_word_of_the_notes_and_of_the_slides(brand: Brand) -> None:
    printed = read(pdf.notes_pages(SLIDES, brand))
    for one in DECK.pages:
        for note in one.notes:
            assert missing(printed, f"{WORDING[note.name]}\n{words(note.blocks)}") == []
        assert missing(printed, "\n".join([one.title, *(words(b) for _, b in one.slots)])) == []


def test_a_fitted_deck_prints_each_note_once_and_no_hidden_slide(brand: Brand) -> None:
    many = "\n\n".join(f"Sentence number {n} of a very long account." for n in range(120))
    plan = replace(DECK, pages=(DECK.pages[0], replace(DECK.pages[2], notes=(Note("say", blocks(many)),))))
    fitted, _ = fit_deck(plan, brand)
    assert any(p.hidden for p in fitted.slides)
    data = pdf.notes_pages(fitted, brand)
    printed = read(data)
    assert all(printed.count(squeeze(f"Sentence number {n} of a very")) == 1 for n in range(120))
    assert sum(kind == "/Figure" for kind, _ in tags(data)) == 2
    later = [p.extract_text() for p in PdfReader(BytesIO(data)).pages][2:]
    assert later and all("A point that nobody made (continued)" in text for text in later)


def test_each_slide_is_a_figure_with_words_for_those_who_cannot_see_it(brand: Brand) -> None:
    figures = [str(node["/Alt"]) for kind, node in tags(pdf.notes_pages(SLIDES, brand)) if kind == "/Figure"]
    assert figures == [f"Slide {n}: {p.title}" for n, p in enumerate(DECK.pages, 1)]


ROOM = (
    Note("minutes", blocks("0:05–0:09, 4 minutes")),
    Note("say", blocks("Hello, everybody.")),
    Note("ask", blocks("- Why would that be?")),
    Note("group", blocks("In pairs")),
    Note("do", blocks("1. First\n2. Second")),
    Note("care", blocks("No names.")),
    Note("if_short", blocks("Stop here.")),
    Note("next", blocks("Lunch")),
)


def sized(data: bytes, sheet: int = 0) -> list[tuple[str, float, str]]:
    """The pieces of text of a page in the order of reading, their sizes and fonts."""
    found: list[tuple[str, float, str]] = []

    def look(text: str, cm: Any, tm: Any, font: Any, size: Any) -> None:
        if text.strip():
            name = str(font["/BaseFont"]).partition("-")[2] if font else ""
            found.append((text.strip(), round(abs(size * tm[0] * cm[0]), 1), name))

    PdfReader(BytesIO(data)).pages[sheet].extract_text(visitor_text=look)
    return found


def test_a_notes_page_shows_the_clock_large_and_the_question_larger_than_what_is_read(brand: Brand) -> None:
    one = replace(DECK, pages=(replace(DECK.pages[2], notes=ROOM, start=5, minutes=4),))
    looks = {text: (size, font) for text, size, font in sized(pdf.notes_pages(unfitted(one), brand))}
    assert looks["0:05–0:09"] == (25, "Bold") and looks["4 minutes"][0] == 14
    assert looks["Why would that be?"] == (16, "Bold")
    assert looks["Hello, everybody."] == looks["No names."] == (14, "")  # the regular face
    assert looks["Stop here."][0] == looks["In pairs"][0] == 12


def test_a_notes_page_has_its_parts_where_they_are_looked_for(brand: Brand) -> None:
    """How people sit is beside the picture, what comes next at the foot, the rest between."""
    one = replace(DECK, pages=(replace(DECK.pages[2], notes=ROOM, start=5, minutes=4),))
    printed = read(pdf.notes_pages(unfitted(one), brand))
    order = ("Slide1", "0:05–0:09", "How", "Inpairs", "Say", "Ask", "Do", "Care", "Iftimeisshort", "Next")
    places = [printed.index(said) for said in order]
    assert places == sorted(places)


def test_minutes_that_a_page_template_wrote_itself_are_printed(brand: Brand) -> None:
    timed = replace(DECK.pages[2], notes=(Note("minutes", blocks("About 7 minutes")),), minutes=0)
    assert "About7minutes" in read(pdf.notes_pages(unfitted(replace(DECK, pages=(timed,))), brand))


def test_the_picture_of_a_slide_stands_where_powerpoint_prints_it(brand: Brand) -> None:
    deck = read_package(HOUSE / "deck.pptx")
    root = deck.root("ppt/notesMasters/notesMaster1.xml")
    (shape,) = [s for s in root.iter(f"{P}sp") if any(ph.get("type") == "sldImg" for ph in s.iter(f"{P}ph"))]
    off, ext = (shape.find(f"{P}spPr/{A}xfrm/{A}{name}") for name in ("off", "ext"))
    assert off is not None and ext is not None
    wanted = [int(str(e.get(n))) / EMU for e, n in ((off, "x"), (off, "y"), (ext, "cx"), (ext, "cy"))]
    long = "A title that goes on and on, so that no page has room for it on one line whatever its size is"
    for title in ("Short", long):
        one = replace(DECK, pages=(replace(DECK.pages[2], title=title),))
        document = pypdfium2.PdfDocument(pdf.notes_pages(unfitted(one), brand))
        printed = "".join(document[0].get_textpage().get_text_range().split())
        assert printed.count("".join(title.split())) == 2, "whole above the picture, and in it"
        boxes = [o.get_bounds() for o in document[0].get_objects() if o.type == FPDF_PAGEOBJ_PATH]
        document.close()
        left, bottom, right, top = max(boxes, key=lambda b: (b[2] - b[0]) * (b[3] - b[1]))
        assert [left, 841.9 - top, right - left, top - bottom] == pytest.approx(wanted, abs=3)


GUIDE = replace(
    BRIEFING,
    pages=(
        page("before-1", "part", "Before", body="Read this.", section="Before"),
        *(
            replace(with_script(p, n, WORDING), section="Slides", new_sheet=True)
            for n, p in enumerate(DECK.pages, 1)
        ),
    ),
)


def test_a_guide_has_each_slide_with_its_words_and_script_on_a_new_sheet(brand: Brand) -> None:
    data = pdf.document(GUIDE, brand, deck=SLIDES)
    figures = [str(node["/Alt"]) for kind, node in tags(data) if kind == "/Figure"]
    assert figures == [f"Slide {n}: {p.title}" for n, p in enumerate(DECK.pages, 1)]
    assert "Slide 1" not in PdfReader(BytesIO(data)).pages[0].extract_text()
    printed = read(data)
    for one in GUIDE.pages:
        assert missing(printed, "\n".join([one.title, *(words(b) for _, b in one.slots)])) == []
    levels = [int(kind[2]) for kind, _ in tags(data) if re.fullmatch(r"/H\d", kind)]
    assert all(b <= a + 1 for a, b in pairwise(levels))
    without = pdf.document(GUIDE, brand)
    assert not [kind for kind, _ in tags(without) if kind == "/Figure"]
    assert missing(read(without), "\n".join(words(b) for p in GUIDE.pages for _, b in p.slots)) == []


def test_pictures_of_slides_leave_out_hidden_ones_and_keep_their_numbers(brand: Brand) -> None:
    hidden = replace(SLIDES, slides=(replace(SLIDES.slides[0], hidden=True), *SLIDES.slides[1:3]))
    made = pdf.slide_pictures(hidden, brand)
    assert list(made) == [2, 3]
    assert all(png.startswith(b"\x89PNG") and png[16:20] == (640).to_bytes(4, "big") for png in made.values())
    assert made == pdf.slide_pictures(hidden, brand)
    alone = pdf.slide_pictures(replace(SLIDES, slides=SLIDES.slides[:1]), brand)
    assert list(alone) == [1]


def test_a_page_that_goes_on_has_all_of_its_slides(brand: Brand) -> None:
    first, second, third = SLIDES.slides[:3]
    ids = ("finding-1", "finding-1-2", "finding-1-notes-2")
    slides = tuple(
        replace(slide, id=id, hidden="notes" in id) for slide, id in zip((first, second, third), ids)
    )
    deck = replace(SLIDES, slides=(*slides, replace(SLIDES.slides[3], id="finding-12")))
    assert slides_of(deck) == {"finding-1": [1, 2], "finding-12": [4]}


def test_large_print_takes_more_pages(brand: Brand) -> None:
    long = replace(
        DECK, pages=(replace(DECK.pages[2], notes=(Note("say", blocks("\n\n".join([SAY] * 60))),)),)
    )
    pages = [
        len(PdfReader(BytesIO(pdf.notes_pages(unfitted(long), brand, size))).pages)
        for size in (12.0, 14.0, 18.0)
    ]
    assert pages[0] < pages[2] and pages[1] <= pages[2]


def test_the_briefing_has_every_word_links_and_repeated_table_headers(brand: Brand) -> None:
    data = pdf.document(BRIEFING, brand)
    reader = PdfReader(BytesIO(data))
    printed = read(data)
    for one in BRIEFING.pages:
        assert missing(printed, "\n".join([one.title, *(words(b) for _, b in one.slots)])) == []
    assert sum("Who What" in re.sub(r"\s+", " ", p.extract_text()) for p in reader.pages) > 1
    links = [a.get_object()["/A"]["/URI"] for p in reader.pages for a in p.get("/Annots", [])]
    assert links == ["https://example.org/x"]
    count = len(reader.pages)
    assert all(f"Page {n} of {count}" in p.extract_text() for n, p in enumerate(reader.pages, 1))


def test_a_briefing_on_several_reviews_names_each(brand: Brand) -> None:
    plan = replace(
        BRIEFING, pages=tuple(replace(p, section=f"Review {n}") for n, p in enumerate(BRIEFING.pages))
    )
    levels = [kind for kind, _ in tags(pdf.document(plan, brand)) if re.fullmatch(r"/H\d", kind)]
    assert levels == ["/H1", "/H2", "/H1", "/H2", "/H3", "/H1", "/H2", "/H1", "/H2"]


@pytest.mark.parametrize("make", [pdf.notes_pages, pdf.document])
@pytest.mark.parametrize("language", ["en-GB", "cy"])
def test_every_pdf_is_tagged_and_leaves_out_no_level_of_heading(
    make: Any, language: str, brand: Brand
) -> None:
    plan = replace(BRIEFING if make is pdf.document else DECK, language=language, document="Handout")
    data = make(unfitted(plan) if make is pdf.notes_pages else plan, brand)
    root = PdfReader(BytesIO(data)).trailer["/Root"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert (
        root["/MarkInfo"]["/Marked"]
        and root["/Lang"] == language
        and root["/ViewerPreferences"]["/DisplayDocTitle"]
    )
    info = PdfReader(BytesIO(data)).metadata
    assert (
        info is not None
        and info.title == "Handout: " + plan.title
        and info.author == plan.board
        and str(info.creation_date).startswith("2026-11-01")
    )
    levels = [int(kind[2]) for kind, _ in tags(data) if re.fullmatch(r"/H\d", kind)]
    assert levels[0] == 1 and all(b <= a + 1 for a, b in pairwise(levels))
    assert PdfReader(BytesIO(data)).outline
    tables = [node for kind, node in tags(data) if kind == "/Table"]
    assert len(tables) <= sum(kind == "/THead" for kind, _ in tags(data))


@pytest.mark.parametrize("make", [pdf.notes_pages, pdf.document])
def test_the_same_plan_gives_the_same_bytes(make: Any, brand: Brand) -> None:
    one, other = BRIEFING, replace(BRIEFING, edition="2026-12")
    if make is pdf.notes_pages:
        one, other = SLIDES, unfitted(replace(DECK, edition="2026-12"))
    assert make(one, brand) == make(one, brand)
    assert make(one, brand) != make(other, brand)


def in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_KEPT", 8_000)
    monkeypatch.setattr(pdf, "MOST_FEET", 2)


def test_notes_pages_that_are_set_in_parts_say_the_same_on_the_same_pages(
    brand: Brand, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(data: bytes) -> tuple[list[str], list[tuple[str, str]], list[str]]:
        reader = PdfReader(BytesIO(data))
        pages = ["".join(sorted(one.extract_text())).strip() for one in reader.pages]  # feet come last
        kinds = [(kind, str(node.get("/Alt", ""))) for kind, node in tags(data)]
        return pages, kinds, [one.title for one in reader.outline if not isinstance(one, list)]

    whole = pdf.notes_pages(SLIDES, brand)
    in_parts(monkeypatch)
    joined = pdf.notes_pages(SLIDES, brand)
    assert joined != whole and told(joined) == told(whole)


def test_a_guide_that_is_set_in_parts_goes_on_under_its_heading_and_counts_all_pages(
    brand: Brand, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = tags(pdf.document(GUIDE, brand, deck=SLIDES))
    in_parts(monkeypatch)
    data = pdf.document(GUIDE, brand, deck=SLIDES)
    pages = [sheet.extract_text() for sheet in PdfReader(BytesIO(data)).pages]
    for number, said in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in said
    assert sum("Slides (continued)" in said for said in pages) > 1

    def figures(every: list[Any]) -> list[str]:
        return [str(node["/Alt"]) for kind, node in every if kind == "/Figure"]

    assert figures(tags(data)) == figures(list(whole)) != []
    for one in GUIDE.pages:
        assert missing(read(data), "\n".join([one.title, *(words(b) for _, b in one.slots)])) == []


def test_only_the_fonts_that_come_with_the_toolkit_are_used(brand: Brand) -> None:
    fonts = {
        str(f["/BaseFont"]).partition("+")[2]
        for p in PdfReader(BytesIO(pdf.notes_pages(SLIDES, brand))).pages
        for f in (v.get_object() for v in p["/Resources"]["/Font"].values())
    }
    assert fonts <= {
        "LiberationSans",
        "LiberationSans-Bold",
        "LiberationSans-Italic",
        "LiberationSans-BoldItalic",
        "DejaVuSans",
        "Caladea-Bold",
        "Caladea-Regular",
        "Carlito",
        "Carlito-Bold",
    }
    folder = Path(pdf.__file__).parents[1] / "fonts"
    assert {f.name for f in folder.glob("LICENSE*")} == {
        "LICENSE-Liberation.txt",
        "LICENSE-DejaVu.txt",
        "LICENSE-NotoEmoji.txt",
        "LICENSE-Caladea.txt",
        "LICENSE-Carlito.txt",
    }
    assert sum(f.stat().st_size for f in folder.iterdir()) < 5_000_000


CARDS = tuple(
    page(
        f"card-{n}",
        "card",
        f"Card {n}",
        section="Cards",
        badge="Nobody: 1 of 1",
        case="It never happened.\n- once\n- twice\n1. first\n2. second\n^ The review, 5.2",
        question="What now?",
    )
    for n in range(1, 4)
)


def test_cards_stand_two_on_a_page_with_their_words_and_a_line_between(brand: Brand) -> None:
    plan = replace(BRIEFING, pages=(BRIEFING.pages[0], *CARDS, BRIEFING.pages[3]), document="Cards")
    data = pdf.document(plan, brand)
    texts = [p.extract_text() for p in PdfReader(BytesIO(data)).pages]
    assert [re.findall(r"Card \d", text) for text in texts] == [[], ["Card 1", "Card 2"], ["Card 3"], []]
    for one in CARDS:
        assert missing(read(data), "\n".join([one.title, *(words(b) for _, b in one.slots)])) == []
    assert "Page 2" not in texts[1] and "Page 4 of 4" in texts[3]
    for sheet, wanted in ((1, 2), (2, 1)):
        ruled = rules(data, sheet)
        assert len(ruled) == wanted * fit_cards(plan)[0].lines + 1
        assert sum(abs(y - 421) < 2 for y in ruled) == 1, "the line to cut along"
    levels = [kind for kind, _ in tags(data) if re.fullmatch(r"/H\d", kind)]
    assert levels == ["/H1", "/H2", "/H1", "/H1", "/H1", "/H1", "/H2"]


def test_a_card_that_is_too_full_is_a_problem(brand: Brand) -> None:
    full = replace(CARDS[0], slots=(("case", blocks("word " * 900)),))
    with pytest.raises(Invalid, match="is too full"):
        pdf.document(replace(BRIEFING, pages=(full,)), brand)


def test_cards_keep_the_words_of_the_largest_that_fit_inside_their_half(brand: Brand) -> None:
    """What is measured and what is drawn agree: the last rule stands above the cut, below all words."""
    filled = [replace(CARDS[0], slots=(("case", blocks("Ordinary words. " * n)),)) for n in (60, 68, 75)]
    for one in filled:
        data = pdf.document(replace(BRIEFING, pages=(one,)), brand)
        ruled = [y for y in rules(data, 1) if abs(y - 421) > 2]
        assert max(ruled) < 421 - 30
        assert len(ruled) == fit_cards(replace(BRIEFING, pages=(one,)))[0].lines


def test_the_title_block_and_the_properties_say_what_it_is(brand: Brand) -> None:
    plan = replace(BRIEFING, pages=BRIEFING.pages[:1], document="Team sheet", draft="Draft: not checked")
    data = pdf.document(plan, brand)
    first = re.sub(r"\s+", " ", PdfReader(BytesIO(data)).pages[0].extract_text())
    wanted = "Team sheet | Board of Nowhere | November 2026 An invented briefing Made up for tests Draft: not"
    assert first.startswith(wanted)
    info = PdfReader(BytesIO(data)).metadata
    assert info is not None
    assert info.title == "Team sheet: An invented briefing"
    assert (info["/Keywords"], info.subject) == ("Draft", "Made up for tests. Draft: not checked")


def test_what_a_plan_does_not_say_leaves_no_trace(brand: Brand) -> None:
    plan = replace(BRIEFING, pages=BRIEFING.pages[:1], board="", subtitle="")
    data = pdf.document(plan, brand)
    printed = re.sub(r"\s+", " ", PdfReader(BytesIO(data)).pages[0].extract_text())
    assert printed.startswith("November 2026 An invented briefing At a glance")
    assert "|" not in printed and "Draft" not in printed
    info = PdfReader(BytesIO(data)).metadata
    assert info is not None
    assert not info.author and not info.subject and "/Keywords" not in info
    notes = pdf.notes_pages(unfitted(replace(DECK, board="", subtitle="")), brand)
    assert "| November" not in PdfReader(BytesIO(notes)).pages[1].extract_text()


def test_a_draft_is_told_on_the_first_notes_page_alone(brand: Brand) -> None:
    deck, _ = fit_deck(replace(DECK, draft="Draft: not checked"), brand)
    printed = read(pdf.notes_pages(deck, brand))
    assert printed.count(squeeze("Draft: not checked")) == 1
    first = PdfReader(BytesIO(pdf.notes_pages(deck, brand))).pages[0].extract_text()
    assert first.index("Draft: not checked") < first.index("Say")
    assert "Draft" not in read(pdf.notes_pages(SLIDES, brand))


def test_a_character_that_no_font_has_is_told_with_its_place(brand: Brand) -> None:
    plan = replace(
        BRIEFING,
        pages=(
            *BRIEFING.pages[:1],
            replace(BRIEFING.pages[1], slots=(("body", blocks("Name: \U00010600 \U00010601")),)),
        ),
    )
    with pytest.raises(Invalid) as caught:
        pdf.document(plan, brand)
    (problem,) = caught.value.problems
    assert (problem.place, problem.stops) == (HERE, False)
    assert problem.message == "“\U00010600”, and no font on this computer has it"
    assert problem.hint == (
        "install a font that has it, such as one of the free Noto fonts (download it from fonts.google.com,"
        " unpack it, right-click its .ttf file, Install) and build again"
    )


def test_letters_of_a_known_script_are_told_with_a_font_for_them() -> None:
    problem = pdf._unprintable(BRIEFING, "র")
    assert problem.message == "Bengali letters (“র”), and no font on this computer has them"
    assert problem.hint == (
        "install the free font Noto Sans Bengali (download it from fonts.google.com, unpack it,"
        " right-click its .ttf file, Install) and build again"
    )


def test_letters_that_our_fonts_lack_are_set_in_a_font_of_the_system(
    brand: Brand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fonts = pdf.resources.files("toolkit") / "fonts"
    for folder in ("fonts", "render", "home/.fonts"):
        (tmp_path / folder).mkdir(parents=True)
    for name in ("Regular", "Bold", "Italic", "BoldItalic"):
        (tmp_path / "fonts" / f"{name}.ttf").write_bytes((fonts / f"LiberationSans-{name}.ttf").read_bytes())
    (tmp_path / "home/.fonts/theirs.ttf").write_bytes((fonts / "DejaVuSans.ttf").read_bytes())
    (tmp_path / "render/pdf.typ").write_bytes((fonts.parent / "render" / "pdf.typ").read_bytes())  # type: ignore[attr-defined]
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setattr(pdf.resources, "files", lambda name: tmp_path)
    page = replace(BRIEFING.pages[1], slots=(("body", blocks("Her name: Անի")),))
    assert "Անի" in read(pdf.document(replace(BRIEFING, pages=(*BRIEFING.pages[:1], page)), brand))


def rules(data: bytes, sheet: int = 0) -> list[float]:
    """Where lines are ruled on a page of a PDF, in points from its top."""
    document = pypdfium2.PdfDocument(data)
    try:
        bounds = [o.get_bounds() for o in document[sheet].get_objects() if o.type == FPDF_PAGEOBJ_PATH]
    finally:
        document.close()
    return sorted(
        842 - bottom for left, bottom, right, top in bounds if right - left > 400 and top - bottom < 3
    )


def test_lines_to_write_on_are_ruled_nine_millimetres_apart(brand: Brand) -> None:
    plan = replace(BRIEFING, pages=(page("write", "part", "Write", body="Write:\n_ 3\nAfter"),))
    plain = replace(BRIEFING, pages=(page("write", "part", "Write", body="Write:\n\nAfter"),))
    without, ruled = (rules(pdf.document(one, brand)) for one in (plain, plan))
    assert len(ruled) == len(without) + 3
    first = next(n for n, y in enumerate(ruled) if y not in without)
    apart = [b - a for a, b in pairwise(ruled[first : first + 3])]
    assert apart == pytest.approx([25.5, 25.5], abs=0.1)


def test_a_line_to_cut_along_is_drawn_once_from_side_to_side(brand: Brand) -> None:
    plan = replace(BRIEFING, pages=(page("cut", "part", "Cut", body="One\n_ -\nTwo"),))
    plain = replace(BRIEFING, pages=(page("cut", "part", "Cut", body="One\n\nTwo"),))
    without, ruled = (rules(pdf.document(one, brand)) for one in (plain, plan))
    assert len(ruled) == len(without) + 1


def test_rows_to_write_in_are_high(brand: Brand) -> None:
    grid = "| Action | Who |\n" + "| | |\n" * 3
    made = replace(BRIEFING, pages=(page("write", "part", "Write", body=grid),))
    data = pdf.document(made, brand)
    apart = [b - a for a, b in pairwise(rules(data)) if b - a > 1]
    assert sum(gap >= 16 / 25.4 * 72 for gap in apart) >= 3
    assert sum(kind == "/TD" for kind, _ in tags(data)) == 6


def test_an_example_stands_in_its_row_with_room_below_it(brand: Brand) -> None:
    grid = "| Action | Who |\n| [For example: open every letter](quiet:) | |\n| | |"
    made = replace(BRIEFING, pages=(page("write", "part", "Write", body=grid),))
    data = pdf.document(made, brand)
    assert "For example: open every letter" in " ".join(
        PdfReader(BytesIO(data)).pages[0].extract_text().split()
    )
    (table,) = (b for b in blocks(grid) if isinstance(b, Table))
    assert table_of(table, 493, 12)["least"] == [46, 46]


def test_a_strip_is_no_heading_and_the_motif_is_no_content(brand: Brand) -> None:
    strip = replace(page("strip", "part", "Before you read.", body="It is about letters."), strip=True)
    made = replace(BRIEFING, pages=(strip, page("x", "part", "A part", body="- [ ] one\n\n!! Ring 999")))
    data = pdf.document(made, brand)
    text = " ".join(PdfReader(BytesIO(data)).pages[0].extract_text().split())
    assert "Before you read. It is about letters." in text and "☐" in text
    found = [kind for kind, _ in tags(data)]
    assert found.count("/H1") + found.count("/H2") == 1, "the part alone, besides the title"
    assert "/Figure" not in found
    other = replace(brand, document=replace(brand.document, styles={}))
    assert len(pdf.document(made, other)) < len(data), "the motif is the house's"


def test_a_kind_of_block_that_no_pdf_knows_stops_it(brand: Brand) -> None:
    """A new kind that stands in Word only would otherwise vanish from the PDF in silence."""
    document = {"look": "document", "size": 12, "colours": brand.palette, "content": [{"kind": "poem"}]}
    with pytest.raises(Invalid, match=r"the PDF cannot be set: .*no PDF can draw the kind of block poem"):
        pdf._compile(BRIEFING, document, {})


def test_a_part_of_a_slide_that_no_pdf_knows_stops_it(brand: Brand, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = pdf.picture

    def with_film(*given: Any) -> dict[str, Any]:
        slide = drawn(*given)
        return slide | {"shapes": [shape | {"what": "film"} for shape in slide["shapes"]]}

    monkeypatch.setattr(pdf, "picture", with_film)
    with pytest.raises(Invalid, match="no PDF can draw the part of a slide film"):
        pdf.notes_pages(SLIDES, brand)


@pytest.mark.slow
def test_words_and_boxes_longer_than_a_page_go_on_and_stay_on_the_paper(brand: Brand) -> None:
    story = " ".join(f"word{n}" for n in range(1500))
    column = " ".join(f"cell{n}" for n in range(1500))
    bodies = (
        f"{story}\n- {story}",
        f"| a | b |\n| x | {column} |",
        f"@ 2001 | {story}",
        f"! {story}\n% {LONG}\n> {LONG}\n\n{LONG}",
    )
    pages = tuple(page(f"p{n}", "part", f"Long {n}", body=body) for n, body in enumerate(bodies))
    data = pdf.document(replace(BRIEFING, pages=pages), brand)
    notes = replace(DECK, pages=(page("n", "content", LONG, notes={"say": LONG}),))
    assert LONG in read(pdf.notes_pages(unfitted(notes), brand, 18.0))
    printed = read(data)
    found = Counter(re.findall(r"(?:word|cell)\d+", printed))
    assert found == Counter(story.split() * 4 + column.split())
    assert printed.count(LONG) == 3
    assert outside(data) == []


def test_a_template_that_knows_nothing_of_us_is_drawn_too(plain_brand: Brand) -> None:
    printed = read(pdf.notes_pages(SLIDES, plain_brand))
    for one in DECK.pages:
        assert missing(printed, "\n".join([one.title, *(words(b) for _, b in one.slots)])) == []


def test_the_pictures_of_a_template_are_drawn(tmp_path: Path, brand: Brand) -> None:
    (tmp_path / "band.pptx").write_bytes(odd.TEMPLATES["picture-band.pptx"]())
    pictured = read_brand(save_brand([tmp_path / "band.pptx"], "band", tmp_path))
    pages = [PdfReader(BytesIO(pdf.notes_pages(SLIDES, b))).pages[1] for b in (brand, pictured)]
    assert [len(p.images) for p in pages] == [0, 2]
    assert missing(squeeze(pages[1].extract_text()), "A made-up part\nIt never happened") == []


def test_colours_that_cannot_be_read_are_changed() -> None:
    white, grey, teal, dark = (1.0, 1.0, 1.0), (0.67, 0.67, 0.67), (0.07, 0.27, 0.31), (0.2, 0.2, 0.2)
    assert to_hex(readable(grey, [white])) == "#1F2A30"
    assert readable(teal, [white]) == teal
    assert readable(dark, [teal]) == white
    assert readable(dark, [white, teal]) != dark  # a gradient: every colour of it counts


def test_bold_italic_and_spaces_between_looks_arrive(brand: Brand) -> None:
    spans = (
        Span("Plain "),
        Span("bold", bold=True),
        Span(" and "),
        Span("italic", italic=True),
        Span(" end."),
    )
    plan = replace(BRIEFING, pages=(replace(BRIEFING.pages[0], slots=(("body", (Paragraph(spans),)),)),))
    data = pdf.document(plan, brand)
    assert "Plain bold and italic end." in re.sub(
        r"\s+", " ", PdfReader(BytesIO(data)).pages[0].extract_text()
    )


def test_what_belongs_to_a_term_stands_beside_it_or_follows_one_that_is_too_wide(brand: Brand) -> None:
    wide = "A term that has no room in the column"
    made = replace(BRIEFING, pages=(page("t", "part", "Terms", body=f": May | began\n: {wide} | ended"),))
    at: dict[str, tuple[float, float]] = {}

    def look(text: str, cm: Any, tm: Any, font: Any, size: Any) -> None:
        at[text.strip()] = (tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5])

    PdfReader(BytesIO(pdf.document(made, brand))).pages[0].extract_text(visitor_text=look)
    assert at["May"][1] == pytest.approx(at["began"][1], abs=0.5) and at["May"][0] < at["began"][0]
    assert at[wide][1] == pytest.approx(at["ended"][1], abs=0.5) and at["ended"][0] > at["began"][0]


@pytest.mark.parametrize("font", ["Calibri", "Arial"])
def test_the_picture_of_a_slide_is_in_a_font_as_wide_as_that_of_its_slots(brand: Brand, font: str) -> None:
    layout = brand.layout("content")
    slots = {name: replace(s, look=replace(s.look, font=font)) for name, s in layout.slots.items()}
    other = replace(brand, layouts=brand.layouts | {"content": replace(layout, slots=slots)})
    one = replace(DECK, pages=(page("c", "content", "Words", body="Only words"),))
    printed = PdfReader(BytesIO(pdf.notes_pages(unfitted(one), other))).pages[0]
    fonts = {str(v.get_object()["/BaseFont"]) for v in printed["/Resources"]["/Font"].values()}
    assert any(f.endswith("+Carlito") for f in fonts) == (font == "Calibri")
