"""Nothing is ever cut: whatever the text, every word of it stands on some page, inside its box."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from math import ceil
from pathlib import Path

import pytest

from tests.conftest import TOP, WORDING, read_brand, unfitted
from toolkit.brand.compiled import Brand
from toolkit.brand.geometry import (
    ACTIONS,
    CLEAR_PRINT,
    EMU,
    INCH,
    LARGE_PRINT,
    SMALLEST_IN_NOTES,
    Box,
    Look,
    Slot,
)
from toolkit.fit.drawing import place, place_in_text
from toolkit.fit.fit import check_notes, fit_deck, footer_words
from toolkit.fit.slides import Slide
from toolkit.fit.typeset import LINE, advance, fits, height, inner, paras
from toolkit.plan.model import (
    Block,
    Blocks,
    Bullets,
    Drawing,
    Heading,
    Layout,
    Lines,
    Note,
    Page,
    Paragraph,
    Plan,
    Quotation,
    Shape,
    Span,
    Spans,
    Table,
    Timeline,
    in_words,
    note_blocks,
    on_notes_page,
    spans_in,
    text,
    words,
)
from toolkit.plan.typography import NBSP
from toolkit.problems import Invalid, Place

HERE = Place(Path("invented.yaml"), 7, 3)


@pytest.fixture(scope="module")
def house() -> Brand:
    return read_brand(TOP / "templates" / "brands" / "house")


def span(text: str) -> Spans:
    return (Span(text),)


def numbered(count: int, word: str = "word") -> str:
    """`count` different words in sentences of twelve."""
    return " ".join(f"{word}{n}." if n % 12 == 11 else f"{word}{n}" for n in range(count))


def plan(
    layout: Layout = "content", title: str = "An invented page", notes: Blocks = (), **slots: Blocks
) -> Plan:
    told = (Note("say", notes),) if notes else ()
    page = Page("page-1", layout, title, tuple(slots.items()), told, 5, 0, "Section", HERE)
    return Plan(
        "invented", "Invented", "For tests", "An invented board", "2024-06", "en-GB", (page,), WORDING
    )


def fitted(made: Plan, brand: Brand, large_print: bool = False) -> tuple[Slide, ...]:
    """The slides after fitting, each checked to stand inside its boxes at a size that may be used."""
    whole, _ = fit_deck(made, brand, large_print)
    assert not check_notes(whole, brand)
    for page in whole.slides:
        slots = brand.layout(page.layout).used([name for name, _ in page.slots])
        for name, blocks in (*page.slots, ("title", (Paragraph(span(page.title)),))):
            if name != "title" or not page.hidden:
                size = page.size(name) or slots[name].look.size
                assert size >= min(slots[name].smallest, slots[name].look.size), (page.title, name)
                assert fits(blocks, slots[name], size), (page.title, name)
    assert len({p.id for p in whole.slides}) == len(whole.slides)
    assert sum(p.minutes for p in whole.slides) == sum(p.minutes for p in made.pages)
    return whole.slides


def shown(pages: tuple[Slide, ...], slot: str) -> str:
    return "\n".join(words(p.slot(slot)) for p in pages if not p.hidden)


def test_what_fits_is_left_alone(house: Brand) -> None:
    made = plan(body=(Bullets((span("One"), span("Two"))),))
    whole, report = fit_deck(made, house)
    assert whole == unfitted(made)
    assert report == []


STRANGE = {
    "forty bullets": Bullets(tuple(span(f"Bullet {n} says {numbered(9, f'b{n}w')}") for n in range(40))),
    "one paragraph of 900 words": Paragraph(span(numbered(900))),
    "a word of 200 letters": Paragraph(span("Llanfair" * 25)),
    "a word of 3,000 letters": Paragraph(span("Llanfair" * 375)),
    "a quotation of 300 words": Quotation(span(numbered(300))),
    "Welsh": Bullets(
        tuple(span(f"Mae’n rhaid i rywun weld a chlywed y plentyn, ŵyr pawb hynny: {n}") for n in range(30))
    ),
    "Polish": Bullets(
        tuple(span(f"Ktoś musi zobaczyć i usłyszeć dziecko, żółć gęślą jaźń {n}") for n in range(30))
    ),
    "emoji": Bullets(tuple(span(f"🙂👩‍👧 {n} ❤️") for n in range(30))),
    "right to left": Bullets(tuple(span(f"מישהו צריך לראות את הילד {n}") for n in range(30))),
    "bold and links": Bullets(
        tuple(
            (
                Span(f"See {n} "),
                Span("the ", bold=True),
                Span(f"guidance{n}", True, True, "https://example.org"),
                Span(f"{numbered(30)}", italic=True),
            )
            for n in range(12)
        )
    ),
    "one bullet of 600 words": Bullets((span(numbered(600)),)),
}


@pytest.mark.parametrize("what", STRANGE)
def test_slide_keeps_every_word_in_order(house: Brand, what: str) -> None:
    block: Block = STRANGE[what]
    pages = fitted(
        plan(
            badge=(Paragraph(span("A badge")),),
            body=(block,),
            source=(Paragraph(span("Source: invented"), "source"),),
        ),
        house,
    )
    assert re.sub(r"\s", "", shown(pages, "body")) == re.sub(r"\s", "", words((block,)))
    if "letters" not in what:
        assert shown(pages, "body").split() == words((block,)).split()
    assert all(
        words(p.slot("badge")) == "A badge" and words(p.slot("source")) == "Source: invented" for p in pages
    )
    assert [p.title for p in pages] == (
        ["An invented page"]
        if len(pages) == 1
        else [f"An invented page ({n} of {len(pages)})" for n in range(1, len(pages) + 1)]
    )


def test_a_long_badge_is_set_smaller_and_makes_no_slide(house: Brand) -> None:
    """On a finding it has little width. It only says whose slide it is: nobody reads it from the back."""
    said = (Paragraph(span("A short finding.")),)
    for badge in ("Robin", "Disabled children and young people who lived in the care of the whole of a town"):
        made = plan("finding", badge=(Paragraph(span(badge)),), body=said)
        (slide,) = fit_deck(made, house)[0].slides
        size = slide.size("badge") or house.layout("finding").slots["badge"].look.size
        assert words(slide.slot("badge")).replace("\u00a0", " ") == badge and 12 <= size <= 20
        assert fits(slide.slot("badge"), house.layout("finding").slots["badge"], size)
        assert (size == 20) is (badge == "Robin")


def test_looks_and_links_are_kept_through_a_cut(house: Brand) -> None:
    block = STRANGE["bold and links"]
    assert isinstance(block, Bullets)
    kept = [
        s
        for p in fitted(plan(body=(block,)), house)
        for b in p.slot("body")
        if isinstance(b, Bullets)
        for item in b.items
        for s in item
    ]
    for n in range(12):
        assert Span(f"guidance{n}", True, True, "https://example.org") in kept


def _loose(row: tuple[Spans, ...]) -> list[str]:
    """The words of cells, without the spaces that keep the last of them together."""
    return [text(cell).replace(NBSP, " ") for cell in row]


def test_sixty_rows_keep_their_cells_and_their_header(house: Brand) -> None:
    header = (span("Who"), span("What they did"))
    rows = tuple((span(f"Person{n}"), span(f"{numbered(12, f'r{n}w')}")) for n in range(60))
    pages = fitted(plan("table", table=(Table(header, rows),)), house)
    tables = [b for p in pages for b in p.slot("table") if isinstance(b, Table)]
    assert len(tables) == len(pages) > 1
    assert all(t.header == header for t in tables)
    kept = [text(cell).replace("\u00a0", " ") for t in tables for row in t.rows for cell in row]
    assert kept == [text(cell) for row in rows for cell in row]
    assert len({t.widths for t in tables}) == 1


@pytest.mark.parametrize("count", range(12, 30))
def test_a_high_header_has_its_room_on_every_slide(count: int, house: Brand) -> None:
    header = (span("Who"), span(f"What they did, {numbered(30, 'h')}"))
    rows = tuple((span(f"Person{n}"), span("A visit")) for n in range(count))
    pages = fitted(plan("table", table=(Table(header, rows),)), house)
    assert shown(pages, "table").count("A visit") == count
    assert len(pages) > 1


def test_a_box_too_low_for_a_letter_is_told_with_its_page(house: Brand) -> None:
    layout = house.layout("content")
    low = replace(layout.slots["body"], box=Box(0, 0, 400 * EMU, 35 * EMU))  # a line of 20 points needs 34.3
    slots = {**layout.slots, "body": low}
    brand = replace(house, layouts={**house.layouts, "content": replace(layout, slots=slots)})
    assert len(fitted(plan(body=(Paragraph(span("ab")),)), brand)) == 1
    smaller = {**slots, "body": replace(low, box=replace(low.box, h=34 * EMU))}
    brand = replace(house, layouts={**house.layouts, "content": replace(layout, slots=smaller)})
    with pytest.raises(Invalid) as caught:
        fit_deck(plan(body=(Paragraph(span("ab")),)), brand)
    (problem,) = caught.value.problems
    assert problem.place == HERE
    assert problem.message == "“An invented page” cannot be made to fit its box"
    assert problem.hint == "make the box larger in the template, or the words fewer"


def test_row_higher_than_a_slide_goes_on_in_another_row(house: Brand) -> None:
    pages = fitted(
        plan(
            "table", table=(Table((span("Who"), span("What")), ((span("Somebody"), span(numbered(500))),)),)
        ),
        house,
    )
    kept = [
        cell for p in pages for b in p.slot("table") if isinstance(b, Table) for row in b.rows for cell in row
    ]
    assert " ".join(s.text.strip() for cell in kept for s in cell).split() == [
        "Somebody",
        *numbered(500).split(),
    ]


def test_timeline_of_many_events_keeps_their_order(house: Brand) -> None:
    events = tuple((f"May {n}", span(f"Event {n} {numbered(8, f'e{n}w')}")) for n in range(13))
    pages = fitted(plan("drawing", drawing=(Timeline(events),)), house)
    drawn = [b.events for p in pages for b in p.slot("drawing") if isinstance(b, Timeline)]
    found = [(when, s.text.replace("\u00a0", " ")) for part in drawn for when, (s,) in part]
    assert found == [(when, s.text) for when, (s,) in events]
    assert len(drawn) == 3
    assert max(map(len, drawn)) <= 5


def test_numbers_go_on_counting(house: Brand) -> None:
    pages = fitted(
        plan(body=(Bullets(tuple(span(f"Step {n} {numbered(20)}") for n in range(1, 41)), "number"),)), house
    )
    assert len(pages) > 2
    count = 0
    for page in pages:
        for block in page.slot("body"):
            assert isinstance(block, Bullets)
            assert block.start == count + 1
            count += len(block.items)
    assert count == 40


def test_title_of_300_characters_is_kept_whole(house: Brand) -> None:
    title = " ".join(f"long{n}" for n in range(45))
    assert len(title) >= 300
    pages = fitted(plan(title=title, body=(Paragraph(span("Short.")),)), house)
    assert title in shown(pages, "body")
    assert all(p.title.startswith("long0 long1 ") and "…" in p.title for p in pages)


def test_long_title_over_a_table_goes_to_the_notes(house: Brand) -> None:
    title = " ".join(f"long{n}" for n in range(45))
    pages = fitted(plan("table", title, table=(Table((span("A"),), ((span("b"),),)),)), house)
    assert title in "\n".join(words(p.printed) for p in pages)


def test_notes_of_1500_words_print_whole(house: Brand) -> None:
    told = tuple(Paragraph(span(numbered(50, f"p{n}w"))) for n in range(30))
    for large, sizes in ((False, {CLEAR_PRINT, 13.0, SMALLEST_IN_NOTES}), (True, {LARGE_PRINT})):
        pages = fitted(plan(body=(Paragraph(span("Short.")),), notes=told), house, large)
        assert len(pages) > 2
        assert [p.hidden for p in pages] == [False] + [True] * (len(pages) - 1)
        assert " ".join(words(p.printed) for p in pages).split() == ["Say", *words(told).split()]
        assert {p.size("notes") for p in pages} <= sizes
        assert [p.title for p in pages[1:]] == [
            f"An invented page (notes, {n} of {len(pages)})" for n in range(2, len(pages) + 1)
        ]


def test_what_goes_on_begins_when_the_page_itself_is_over(house: Brand) -> None:
    """Five minutes from minute 20 on: its further slides and notes pages take none, at minute 25."""
    made = plan(
        body=(Paragraph(span(numbered(400))),), notes=tuple(Paragraph(span(numbered(99))) for _ in range(12))
    )
    late = replace(made, pages=(replace(made.pages[0], start=20),))
    pages = fitted(late, house)
    assert {page.hidden for page in pages[1:]} == {True, False}
    assert (pages[0].start, pages[0].minutes) == (20, 5)
    assert {(page.start, page.minutes) for page in pages[1:]} == {(25, 0)}
    slides, notes = ([page.id for page in pages if page.hidden is hidden] for hidden in (False, True))
    assert slides == ["page-1", *(f"page-1-{n}" for n in range(2, len(slides) + 1))]
    assert notes == [f"page-1-notes-{n}" for n in range(2, len(notes) + 2)]


@pytest.mark.parametrize("margin", [648_000, 1_800_000])
def test_the_foot_says_as_much_as_the_notes_page_has_room_for(margin: int, house: Brand) -> None:
    """Board and edition, else the board, else the edition, at 12 points on four fifths of a line."""
    body = replace(house.notes.body, box=replace(house.notes.body.box, x=margin))
    brand = replace(house, notes=replace(house.notes, body=body))
    room = (house.notes.page.w - 2 * margin) / EMU * 0.8
    said = []
    for count in range(1, 100):
        board = "n" * count
        told = footer_words(replace(plan(), board=board), brand)
        wide = {words: advance(words, "Arial", False) * 12 for words in (f"{board}  |  June 2024", board)}
        assert told == next((words for words, width in wide.items() if width < room), "June 2024")
        said.append(told)
    assert {len(words.split("|")) for words in said} == {1, 2} and "June 2024" in said
    small = replace(house.layout("content").slots["footer"], box=Box(0, 0, 80 * EMU, 20 * EMU))
    assert footer_words(plan(), brand, small) == "June 2024", "nor more than stands on the slide"


def test_notes_get_the_largest_size_that_saves_a_page(house: Brand) -> None:
    sizes: dict[int, list[float | None]] = {}
    for count in range(60, 720, 20):
        pages = fitted(
            plan(body=(Paragraph(span("Short.")),), notes=(Paragraph(span(numbered(count))),)), house
        )
        sizes.setdefault(len(pages), []).append(pages[0].size("notes"))
    for count in (1, 2):
        assert sizes[count] == sorted(sizes[count], reverse=True), "smaller only where that saves a page"
        assert set(sizes[count]) == {14, 13, 12}


def test_notes_without_a_space_print_whole(house: Brand) -> None:
    pages = fitted(plan(body=(Paragraph(span("Short.")),), notes=(Paragraph(span("x" * 9_000)),)), house)
    assert "".join(words(p.printed) for p in pages).count("x") == 9_000


def test_heading_does_not_stay_behind_alone(house: Brand) -> None:
    blocks: list[Block] = []
    for n in range(12):
        blocks += [Heading(span(f"Heading {n}")), Paragraph(span(numbered(45, f"h{n}w")))]
    for page in fitted(plan(body=tuple(blocks)), house):
        assert not isinstance(page.slot("body")[-1], Heading), page.title


@pytest.mark.parametrize("lengths", [(6, 60, 12, 90, 30, 72, 18), (12, 171, 120, 30, 180, 6, 150)])
@pytest.mark.parametrize("every", [1, 2, 3])
@pytest.mark.parametrize("count", range(8, 18))
def test_headings_go_with_what_follows_them_and_nothing_is_too_high(
    count: int, every: int, lengths: tuple[int, ...], house: Brand
) -> None:
    """A heading before every paragraph, or every second or third; some paragraphs nearly fill a slide."""
    blocks: list[Block] = []
    for n in range(count):
        if n % every == 0:
            blocks.append(Heading(span(f"Heading {n}")))
        blocks.append(Paragraph(span(numbered(lengths[n % 7], f"p{n}w"))))
    pages = fitted(plan(body=tuple(blocks)), house)
    assert shown(pages, "body").split() == words(tuple(blocks)).split()
    assert not [page.title for page in pages if isinstance(page.slot("body")[-1], Heading)]


def test_report_names_the_line_of_the_source(house: Brand) -> None:
    _, report = fit_deck(
        plan(body=(STRANGE["forty bullets"],), notes=(Paragraph(span(numbered(1_500))),)), house
    )
    assert {r.place for r in report} == {HERE}
    assert re.fullmatch(r"goes on over \d+ slides", report[0].did)
    assert re.fullmatch(r"the notes take \d+ pages", report[1].did)


def test_one_slide_or_page_is_no_news_and_two_are(house: Brand) -> None:
    said = {}
    for count in range(60, 1_200, 60):
        told = (Paragraph(span(numbered(count))),)
        for made in (plan(body=told), plan(body=(Paragraph(span("Short.")),), notes=told)):
            whole, report = fit_deck(made, house)
            said[len(whole.slides), made.pages[0].notes == ()] = [change.did for change in report]
    assert said[1, True] == said[1, False] == []
    assert said[2, True] == ["goes on over 2 slides"]
    assert said[2, False] == ["the notes take 2 pages"]


def test_short_parts_of_the_notes_begin_with_their_name() -> None:
    made = note_blocks(
        (Note("purpose", (Paragraph(span("To learn.")),)), Note("ask", (Bullets((span("Why?"),)),))), WORDING
    )
    assert words(made) == "Purpose: To learn.\nAsk\nWhy?"
    assert isinstance(made[1], Heading)


NOTES = (
    Note("minutes", (Paragraph(span("0:05–0:09, 4 minutes")),)),
    Note("say", (Paragraph(span("Hello.")), Paragraph(span("You.")))),
    Note("ask", (Bullets((span("Why?"), span("And how?"))),)),
    Note("bring", (Bullets((span("Pens"), span("Paper"))),)),
    Note("care", (Paragraph(span("No names.")),)),
    Note("next", (Paragraph(span("Lunch")), Paragraph(span("You have time.")))),
)


def test_a_notes_page_tells_its_parts_apart() -> None:
    """Names over what is read, questions each on its own, the mark of care, what is looked up small."""
    made = on_notes_page(NOTES, WORDING)
    looks = [(words((b,)), "heading" if isinstance(b, Heading) else getattr(b, "role", "list")) for b in made]
    assert looks == [
        ("Say", "heading"),
        ("Hello.", "body"),
        ("You.", "body"),
        ("Ask", "heading"),
        ("Why?", "question"),
        ("And how?", "question"),
        ("Materials: ", "small"),
        ("Pens\nPaper", "list"),
        ("▲ Care", "heading"),
        ("No names.", "body"),
        ("Next: Lunch", "small"),
        ("You have time.", "small"),
        ("Time: 0:05–0:09, 4 minutes", "small"),
    ]
    assert all(s.bold for b in made if getattr(b, "role", "") == "question" for s in spans_in((b,)))


@pytest.mark.parametrize("size", [12.0, 13.0, 14.0, 18.0])
def test_questions_are_larger_and_what_is_looked_up_smaller_but_in_clear_print(size: float) -> None:
    sizes = {p.kind: p.size for p in paras(on_notes_page(NOTES, WORDING), Look(14.0), size)}
    assert sizes["question"] > sizes["body"] == size >= sizes["small"] >= 12


def test_a_narrow_column_has_tables_timelines_and_drawings_in_words() -> None:
    ours = Drawing(9, 9, (shape("A"), shape("B"), replace(shape(""), spans=())), "Two letters")
    told = in_words(
        (
            Table((span("Who"), span("What")), ((span("Nurse"), span("saw")), (span("Aunt"), ()), ((), ()))),
            Timeline((("2011", span("Moved")),)),
            ours,
            Paragraph(span("Said")),
        )
    )
    assert words(told).splitlines() == [
        "Nurse: saw",
        "Aunt",
        "2011: Moved",
        "Two letters",
        "A",
        "B",
        "Said",
    ]


def test_a_narrow_column_numbers_headings_and_leaves_out_mere_signs() -> None:
    source = Paragraph(span("Ours"), "source")
    told = in_words(
        (
            *(Heading(span("1"), 1), Heading(span("Ask")), Paragraph(span("at home")), source),
            *(Heading(span("2"), 1), Heading(span("Write")), source),
            *(Heading(span("3"), 1), Paragraph(span("Tell"))),
            Drawing(9, 9, (shape("?"),), "A ring round a question mark"),
        )
    )
    numbered = [(b.start, text(b.items[0])) for b in told if isinstance(b, Bullets)]
    assert numbered == [(1, "Ask at home"), (2, "Write"), (3, "Tell")]
    assert words(told).splitlines() == ["Ask at home", "Ours", "Write", "Ours", "Tell"]


def shape(said: str) -> Shape:
    return Shape("rectangle", 0, 0, 9, 9, spans=span(said), size=3)


def test_columns_that_a_brand_sets_alike_stay_alike(house: Brand) -> None:
    columns = house.layouts["two-columns"]
    looks = {name: columns.slots[name].look for name in ("left", "right")}

    def of_sizes(left: float, right: float) -> Brand:
        sized = {"left": replace(looks["left"], size=left), "right": replace(looks["right"], size=right)}
        slots = {name: replace(slot, look=sized.get(name, slot.look)) for name, slot in columns.slots.items()}
        return replace(house, layouts={**house.layouts, "two-columns": replace(columns, slots=slots)})

    made = plan("two-columns", left=(Paragraph(span("Short.")),), right=(Paragraph(span(numbered(48))),))
    (page,) = fitted(made, of_sizes(28, 28))
    assert page.size("right") is not None and page.size("left") == page.size("right")
    (page,) = fitted(made, of_sizes(26, 28))
    assert page.size("right") is not None and page.size("left") is None, "it sets its columns in two sizes"


def test_words_made_smaller_have_less_space_between_them(house: Brand) -> None:
    """One size for all slides of a kind makes none of them smaller than its own words need."""
    content = house.layouts["content"]
    body = replace(content.slots["body"], look=replace(content.slots["body"].look, size=32, before=24))
    brand = replace(
        house, layouts={**house.layouts, "content": replace(content, slots={**content.slots, "body": body})}
    )
    room = inner(body.box, body.look)[1]
    said = tuple(Paragraph(span("Word")) for _ in range(int(room / (26 * LINE + 24 * 26 / 32))))
    (page,) = fitted(plan(body=said), brand)
    largest = max(size for size in range(20, 33, 2) if fits(said, body, size))
    assert page.size("body") == largest < 32


def test_a_short_rest_of_a_column_does_not_get_a_slide_of_its_own(house: Brand) -> None:
    left = (
        Heading(span("Here")),
        Paragraph(span(numbered(50, "a"))),
        Paragraph(span(numbered(30, "b"))),
        Paragraph(span("Last words.")),
    )
    right = (Heading(span("There")), Bullets(tuple(span(f"Step {n}") for n in range(4))))
    pages = fitted(plan("two-columns", left=left, right=right), house)
    assert [p.layout for p in pages] == ["two-columns", "two-columns"]
    assert all(
        isinstance(p.slot(side)[0], Heading) and len(p.slot(side)) > 1
        for p in pages
        for side in ("left", "right")
    )
    assert shown(pages, "left").replace("\nHere", "", 1).replace("Here\n", "") == words(left[1:])


@pytest.mark.parametrize(("room", "alone"), [(10.4, False), (9.9, True)])
def test_a_rest_of_three_tenths_of_a_column_gets_a_slide_of_its_own(
    room: float, alone: bool, house: Brand
) -> None:
    """Three lines are left over, of a column of a little more than ten lines or a little less."""
    layout = house.layout("two-columns")
    slots = dict(layout.slots)
    for side in ("left", "right"):
        look = replace(slots[side].look, line=1.0, before=0.0, insets=(0, 0, 0, 0))
        box = replace(slots[side].box, h=round(room * 20 * LINE * EMU))
        slots[side] = replace(slots[side], look=look, box=box)
    brand = replace(house, layouts={**house.layouts, "two-columns": replace(layout, slots=slots)})
    left = tuple(Paragraph(span(f"Line {n}")) for n in range(int(room) + 3))
    right = tuple(Paragraph(span(f"Step {n}")) for n in range(4))
    pages = fitted(plan("two-columns", left=left, right=right), brand)
    assert [page.layout for page in pages] == ["two-columns", "content" if alone else "two-columns"]
    assert words(pages[1].slot("body")).splitlines() == [words((line,)) for line in left[-3:]] * alone


def test_words_may_be_as_high_as_their_room_and_no_higher() -> None:
    words = (Paragraph(span(numbered(60))), Bullets((span(numbered(20)), span(numbered(9)))))
    look = Look(20.0)
    slot = Slot("body", Box(0, 0, 400 * EMU, 600 * EMU), look)
    width, room = inner(slot.box, look)
    needed = height(words, look, width, 20.0)
    spare = room - needed
    assert spare > 0
    exact = replace(slot, box=replace(slot.box, h=ceil((600 - spare) * EMU)))
    assert fits(words, exact, 20.0)
    assert not fits(words, replace(exact, box=replace(exact.box, h=exact.box.h - EMU // 10)), 20.0)


@pytest.mark.parametrize(
    "made",
    [
        plan(body=(Paragraph(span("Write:")), Lines(3))),
        plan("two-columns", left=(Paragraph(span("Write:")),), right=(Lines(3),)),
        plan(notes=(Lines(3),), body=(Paragraph(span("Words")),)),
    ],
)
def test_room_to_write_on_a_slide_is_a_problem(made: Plan, house: Brand) -> None:
    with pytest.raises(Invalid) as caught:
        fit_deck(made, house)
    (problem,) = caught.value.problems
    assert problem.place == HERE
    assert problem.message.startswith("“An invented page” has lines to write on")


@pytest.mark.parametrize("layout", ["part", "card"])
def test_a_page_of_a_document_is_no_slide(layout: Layout, house: Brand) -> None:
    with pytest.raises(Invalid) as caught:
        fit_deck(plan(layout, body=(Paragraph(span("Words")),)), house)
    assert [p.place for p in caught.value.problems] == [HERE]


def test_the_foot_says_who_and_which_edition_or_what_the_board_wants(house: Brand) -> None:
    made, slot = plan(), house.layout("content").slots["footer"]
    assert footer_words(made, house, slot) == "An invented board  |  June 2024"
    assert footer_words(replace(made, footer="Only for practice"), house, slot) == "Only for practice"
    assert footer_words(replace(made, board=""), house, slot) == "June 2024"
    assert footer_words(replace(made, board="", footer="For us"), house) == "For us"
    for long in (replace(made, board="very " * 60), replace(made, footer="very " * 60)):
        assert footer_words(long, house, slot) == footer_words(long, house) == "June 2024"


@pytest.mark.parametrize("notes", [(), (Paragraph(span("Say this.")),)])
def test_a_draft_says_so_first_on_the_first_notes_page_alone(notes: Blocks, house: Brand) -> None:
    one = plan(body=(Paragraph(span("Words")),), notes=notes)
    draft = replace(one, pages=(one.pages[0], replace(one.pages[0], id="page-2")), draft="Draft: not checked")
    first, second = fitted(draft, house)
    assert words(first.printed).splitlines()[0] == "Draft: not checked"
    assert "Draft" not in words(second.printed)
    assert all("Draft" not in words(slide.printed) for slide in fitted(one, house))


def test_a_footer_of_nobody_has_the_edition_alone(house: Brand) -> None:
    both = f"{plan().board}  |  {plan().wording.date(plan().edition)}"
    assert footer_words(plan(), house) == both
    assert footer_words(replace(plan(), board=""), house) == plan().wording.date(plan().edition)
    assert footer_words(replace(plan(), edition=""), house) == plan().board


# ---- one size for words of one kind


def several(*pages: tuple[str, str, Blocks]) -> Plan:
    """A deck of pages with content: the page template of each, its title and its body."""
    made = tuple(
        Page(f"{kind}-{n}", "content", title, (("body", body),), (), 5, 0, "Section", HERE)
        for n, (kind, title, body) in enumerate(pages, 1)
    )
    return replace(plan(), pages=made)


def said(count: int, word: str = "word") -> Blocks:
    return (Paragraph(span(numbered(count, word))),)


def of(slide: Slide, name: str, brand: Brand) -> float:
    return slide.size(name) or brand.layout(slide.layout).slots[name].look.size


def test_words_of_one_kind_have_one_size_through_a_deck(house: Brand) -> None:
    """As large as the longest of them allows; pages of another template, and other slots, have their own."""
    short, long = said(9), said(66)
    alone = [
        of(fitted(several(("finding", "A title", body)), house)[0], "body", house) for body in (short, long)
    ]
    assert alone[1] < alone[0] == house.layout("content").slots["body"].look.size
    made = several(
        ("finding", "A title", short), ("finding", "Another", long), ("finding", "A third", said(30)),
        ("practice", "A title", short),
    )  # fmt: skip
    slides = fitted(made, house)
    assert [of(slide, "body", house) for slide in slides] == [alone[1]] * 3 + [alone[0]]
    assert {of(slide, "title", house) for slide in slides} == {
        house.layout("content").slots["title"].look.size
    }


def test_titles_of_one_kind_have_one_size_too(house: Brand) -> None:
    long = " ".join(["Wondering"] * 10)
    (one,) = fitted(several(("finding", long, said(9))), house)
    assert of(one, "title", house) < house.layout("content").slots["title"].look.size
    slides = fitted(
        several(("finding", "A title", said(9)), ("finding", long, said(9)), ("other", "One", said(9))), house
    )
    assert [of(slide, "title", house) for slide in slides] == [of(one, "title", house)] * 2 + [
        house.layout("content").slots["title"].look.size
    ]


def test_a_page_that_needs_two_slides_does_not_make_the_others_smaller(house: Brand) -> None:
    whole = house.layout("content").slots["body"].look.size
    slides = fitted(several(("finding", "A title", said(9)), ("finding", "Another", said(400))), house)
    assert len(slides) > 2
    assert of(slides[0], "body", house) == whole
    assert {of(slide, "body", house) for slide in slides[1:]} == {20.0}


def test_tables_and_drawings_do_not_make_words_smaller(house: Brand) -> None:
    rows = tuple((span(f"Person{n}"), span(numbered(9, f"r{n}w"))) for n in range(6))
    table: Blocks = (Table((span("Who"), span("What")), rows),)
    slides = fitted(several(("finding", "A title", said(9)), ("finding", "Another", table)), house)
    assert of(slides[1], "body", house) < of(slides[0], "body", house)
    assert of(slides[0], "body", house) == house.layout("content").slots["body"].look.size


def test_a_small_area_has_the_plain_form_and_a_large_one_the_drawing(house: Brand) -> None:
    """The same plan, in the house brand and in one whose picture slot has a quarter of its width."""
    told = ("Ask the child first", "Listen until it is said")
    plain: Blocks = (Bullets(tuple(map(span, told))),)
    shapes = tuple(
        Shape("rounded", 420 * n, 0, 400, 140, "paper", "accent", 2, spans=span(words), size=22)
        for n, words in enumerate(told)
    )
    drawing = Drawing(820, 150, shapes, "Two cards.", plain)
    made = plan("activity", question=said(5), picture=(drawing,), how=said(4, "how"))
    activity = house.layout("activity")
    picture = activity.slots["picture"]
    narrow = replace(picture, box=replace(picture.box, w=picture.box.w // 4))
    slots = {**activity.slots, "picture": narrow}
    brand = replace(house, layouts={**house.layouts, "activity": replace(activity, slots=slots)})
    for there, kind in ((house, Drawing), (brand, Bullets)):
        (slide,) = fitted(made, there)
        assert [type(block) for block in slide.slot("picture")] == [kind]
        assert words(slide.slot("picture")).replace("\u00a0", " ").splitlines() == list(told)


# ---- the room of slots that a page does not use


def test_a_slot_that_is_not_used_gives_its_room_to_that_above_or_below(house: Brand) -> None:
    activity = house.layout("activity")
    question, picture, how = (activity.slots[name].box for name in ("question", "picture", "how"))
    whole = activity.used(["question", "picture", "how"])
    assert {name: whole[name].box for name in whole} == {name: s.box for name, s in activity.slots.items()}
    drawn = activity.used(["question", "picture"])
    assert (drawn["question"].box, drawn["picture"].box.y) == (question, picture.y)
    assert drawn["picture"].box.bottom == how.bottom and drawn["picture"].moved
    told = activity.used(["question", "how"])
    assert told["question"].box == question, "a list below the question needs the room of a drawing"
    assert (told["how"].box.y, told["how"].box.bottom) == (picture.y, how.bottom)
    alone = activity.used(["question"])
    assert (alone["question"].box.y, alone["question"].box.bottom) == (question.y, how.bottom)
    pause = house.layout("pause")
    assert pause.used(["question"]) == pause.slots, (
        "what is known and what is asked have grounds of their own"
    )
    for role in ("two-columns", "closing"):
        layout = house.layout(role)
        assert layout.used(["left"]) == layout.slots, "columns stand beside each other"


# ---- slots that give each other room, and drawings in small places


def low(house: Brand, layout: Layout, **heights: float) -> Brand:
    """The house brand with some slots of a layout one under the other, so many inches high, in 28 points."""
    role = house.layout(layout)
    slots, top = dict(role.slots), INCH
    for name, high in heights.items():
        box = Box(INCH, top, 11 * INCH, round(high * INCH))
        slots[name], top = replace(slots[name], box=box, look=replace(slots[name].look, size=28)), box.bottom
    return replace(house, layouts=house.layouts | {layout: replace(role, slots=slots)})


def card(high: float, times: int = 1, instead: Blocks = ()) -> Drawing:
    """A drawing of one card, 800 wide; its words stand there some times."""
    said = span(" ".join(["A card to talk about"] * times))
    words_ = Shape("rounded", 0, 0, 800, high, "paper", "accent", 2, said, 22)
    return Drawing(800, high, (words_,), "A card.", instead)


ASKED = (Paragraph(span("What would you ask, and whom?")),)
HOW = (Paragraph(span("In pairs")),)


def test_slots_stand_where_the_brand_has_them_while_all_words_stand(house: Brand) -> None:
    brand = low(house, "activity", question=2, picture=2, how=1)
    (page,) = fit_deck(plan("activity", question=ASKED, picture=(card(120),), how=HOW), brand)[0].slides
    assert page.rooms == ()


def test_a_drawing_gets_the_room_that_question_and_how_do_not_need(house: Brand) -> None:
    brand = low(house, "activity", question=2, picture=1, how=1)
    drawing = card(180, 12)
    (page,) = fit_deck(plan("activity", question=ASKED, picture=(drawing,), how=HOW), brand)[0].slides
    assert page.slot("picture") == (drawing,), "it is drawn"
    slots = brand.layout("activity").used(["question", "picture", "how"], page.rooms)
    boxes = [slots[name].box for name in ("question", "picture", "how")]
    assert boxes[0].y == INCH and boxes[2].bottom <= 5 * INCH
    assert [a.bottom for a in boxes[:2]] == [b.y for b in boxes[1:]]
    assert boxes[1].h > 1.5 * INCH and all(slots[name].moved for name in ("question", "how"))
    for name in ("question", "how"):
        assert fits(page.slot(name), slots[name], page.size(name) or slots[name].look.size)


def test_a_plain_form_gets_room_rather_than_a_second_slide(house: Brand) -> None:
    brand = low(house, "activity", question=2, picture=0.6, how=1)
    listed = Bullets(tuple(span(f"A step to take, number {n}") for n in range(4)))
    drawing = card(900, 12, (listed,))
    pages = fit_deck(plan("activity", question=ASKED, picture=(drawing,), how=HOW), brand)[0].slides
    assert [page.slot("picture") for page in pages] == [(listed,)]
    slot = brand.layout("activity").used(["question", "picture", "how"], pages[0].rooms)["picture"]
    assert slot.box.h > 1.2 * INCH and fits((listed,), slot, slot.smallest)


def test_where_no_line_stands_in_a_slot_all_words_stand_in_one(house: Brand) -> None:
    brand = low(house, "activity", question=0.5, picture=0.2, how=0.2)
    drawing = card(900, 12, (Paragraph(span("Talk about this card")),))
    pages = fit_deck(plan("activity", question=ASKED, picture=(drawing,), how=HOW), brand)[0].slides
    assert shown(pages, "question").split("\n") == [
        "What would you ask, and whom?",
        "Talk about this card",
        "In pairs",
    ]
    assert {name for page in pages for name, _ in page.slots} == {"question"}


def test_columns_beside_each_other_give_no_room(house: Brand) -> None:
    assert house.layout("two-columns").column(["left", "right"]) == []
    assert house.layout("activity").column(["badge", "question", "how"]) == ["question", "how"]


# ---- a drawing that is narrower or lower than it was meant


def test_a_drawing_is_stretched_only_where_its_words_are_read_no_other_way() -> None:
    mark = Shape("ellipse", 10, 10, 50, 50, "accent", spans=span("1"), size=22)
    drawing = Drawing(800, 200, (mark, Shape("words", 100, 0, 700, 200, spans=span("Step"), size=22)), "-")
    whole = place(drawing, "Arial", 800, 200)
    assert [(one.w, one.h, one.size) for one in whole.shapes] == [(50, 50, 22), (700, 200, 22)]
    narrow = place(drawing, "Arial", 600, 200)
    assert (narrow.w, narrow.h) == (600, 200) and narrow.smallest >= 20
    circle, words_ = narrow.shapes
    assert circle.w == circle.h == 37.5, "a mark stays round"
    assert (circle.x + circle.w / 2, circle.y + circle.h / 2) == (35 * 0.75, 35), "where it was"
    assert (words_.x, words_.w, words_.h, words_.size) == (75, 525, 200, 22)
    slight = place(drawing, "Arial", 60, 200)
    assert slight.w / slight.h == pytest.approx(4), "too small in any form: it keeps its own"


def test_a_drawing_is_never_stretched_by_more_than_three_to_five() -> None:
    drawing = Drawing(400, 200, (Shape("words", 0, 0, 400, 200, spans=span("Step"), size=22),), "-")
    placed = place(drawing, "Arial", 300, 700)
    assert (placed.w, placed.h) == pytest.approx((300, 1.6 * 150))
    assert placed.y == pytest.approx((700 - placed.h) / 2), "in the middle"


def test_a_document_never_stretches_a_drawing() -> None:
    drawing = Drawing(800, 200, (Shape("words", 0, 0, 800, 200, spans=span("Step"), size=22),), "-")
    placed = place_in_text(drawing, "Arial", 500)
    assert (placed.w, placed.h, placed.smallest) == (500, 125, 13.5)


def test_on_a_lower_slide_smaller_words_are_enough() -> None:
    assert place(card(200), "Arial", 640, 160, 15).smallest == 17.5
    assert place(card(200), "Arial", 640, 160).smallest == 22, "else the words stay as large as they were"


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_actions_share_the_width_among_those_that_there_are(count: int, house: Brand) -> None:
    layout = house.layout("actions")
    four = [layout.slots[name].box for name in ACTIONS]
    used = layout.used(["badge", *ACTIONS[:count], "source"])
    boxes = [used[name].box for name in ACTIONS[:count]]
    assert (boxes[0].x, boxes[0].y, boxes[0].h) == (four[0].x, four[0].y, four[0].h)
    assert len({box.w for box in boxes}) == 1 and abs(boxes[-1].right - four[-1].right) < 10
    gaps = [second.x - first.right for first, second in pairwise(boxes)]
    assert gaps == [four[1].x - four[0].right] * (count - 1)
    assert {name: used[name] for name in ("badge", "source")} == {
        name: layout.slots[name] for name in ("badge", "source")
    }


def test_of_four_actions_the_first_three_may_be_left_out(house: Brand) -> None:
    """A step that somebody took out of a review leaves no hole."""
    layout = house.layout("actions")
    used = layout.used(["second", "fourth"])
    assert used["second"].box.x == layout.slots["first"].box.x
    assert used["fourth"].box.x > used["second"].box.right


def test_a_figure_stands_larger_than_the_words_below_it(house: Brand) -> None:
    """A heading of level 1: the number of an action. Others are as large as their words."""
    slot = house.layout("actions").slots["first"]
    blocks: Blocks = (Heading(span("1"), 1), Heading(span("Then")), Paragraph(span("Ask the child")))
    figure, heading, _ = paras(blocks, slot.look, 24)
    assert (figure.size, heading.size) == (41, 24)
    (page,) = fitted(plan("actions", first=blocks), house)
    assert fits(page.slot("first"), slot, page.size("first") or slot.look.size)


def test_a_page_that_recurs_is_fitted_once_and_keeps_where_its_words_come_from(
    house: Brand, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(origin: str) -> Plan:
        made = plan(body=(Paragraph((Span(numbered(300), origin=origin),)),))
        return replace(made, pages=(replace(made.pages[0], origin=origin),))

    first, report = fit_deck(told("ash/story/0"), house)
    other, _ = fit_deck(told("wren/story/0"), house)
    assert len(first.slides) > 1 and report
    assert [slide.origin for slide in other.slides] == ["wren/story/0"] * len(first.slides)
    assert {s.origin for p in other.slides for s in spans_in(p.slot("body"))} == {"wren/story/0"}

    monkeypatch.setattr("toolkit.fit.fit._slides", None)
    again, same = fit_deck(told("ash/story/0"), house)
    assert (again.slides, same) == (first.slides, report)
    assert [slide.origin for slide in again.slides] == [slide.origin for slide in first.slides]


def test_a_page_that_recurs_has_the_size_of_its_deck_and_the_draft_of_its_plan(house: Brand) -> None:
    made = plan(body=(Paragraph(span(numbered(20))),), notes=(Paragraph(span("Say this.")),))
    longer = replace(made.pages[0], id="page-2", slots=(("body", (Paragraph(span(numbered(75))),)),))
    alone = fit_deck(made, house)[0].slides
    beside = fit_deck(replace(made, pages=(*made.pages, longer)), house)[0].slides
    assert len(beside) == 2 and beside[0].sizes != alone[0].sizes
    draft = fit_deck(replace(made, draft="A draft of tests."), house)[0].slides
    assert "A draft of tests." in words(draft[0].printed) and "A draft" not in words(alone[0].printed)
    large = fit_deck(made, house, large_print=True)[0].slides
    assert large[0].size("notes") != alone[0].size("notes")
    assert fit_deck(made, house)[0].slides == alone


def low_body(house: Brand, inches: float) -> Brand:
    """The house brand with so little height for what one column says."""
    layout = house.layouts["content"]
    body = layout.slots["body"]
    slots = layout.slots | {"body": replace(body, box=replace(body.box, h=round(inches * 914_400)))}
    return replace(house, layouts=house.layouts | {"content": replace(layout, slots=slots)})


def sentence(n: int) -> Paragraph:
    return Paragraph(
        span(f"Invented sentence {n}, long enough to need a line and a little more of the room.")
    )


@pytest.mark.parametrize("inches", [1.6, 1.8, 2.0, 2.2, 2.4, 2.6, 2.8, 3.0])
def test_no_heading_label_or_source_is_cut_off_or_left_alone(inches: float, house: Brand) -> None:
    said: Blocks = tuple(
        block
        for n in range(6)
        for block in (
            Heading(span(f"Heading {n}")) if n % 2 else Paragraph(span(f"Label {n}"), "label"),
            sentence(n),
            Paragraph(span(f"Source {n}, 5.2, p11"), "source"),
        )
    )
    slides = fitted(plan("content", body=said), low_body(house, inches))
    assert len(slides) > 1
    for slide in slides:
        words = [text(block.spans) for block in slide.slot("body") if isinstance(block, Heading | Paragraph)]
        first, last = words[0], words[-1]
        assert not first.startswith("Source"), words
        assert not last.startswith(("Heading", "Label")), words


def test_a_lone_figure_stays_with_what_it_is_the_figure_of(house: Brand) -> None:
    """As on the last slide: whom to ring in danger, beside a table that needs a second slide."""
    rows = tuple((span(f"A worry of kind {n}"), span("The helpline, 01632 960001")) for n in range(14))
    left = (Paragraph(span("A child in immediate danger")), Heading(span("999"), 1))
    slides = fitted(plan("closing", left=left, right=(Table((span("When"), span("Who")), rows),)), house)
    assert len(slides) > 1
    seen = [[text(block.spans) for block in slide.slot("left")] for slide in slides if slide.slot("left")]  # type: ignore[union-attr]
    assert [[words.replace(NBSP, " ") for words in one] for one in seen] == [[text(b.spans) for b in left]]


def test_the_room_of_a_source_that_a_page_does_not_have_is_given_back(house: Brand) -> None:
    layout = house.layouts["content"]
    ours = {name: replace(slot, idx=None) for name, slot in layout.slots.items()}
    layout = replace(layout, slots=ours)
    whole, less = layout.used(["body"])["body"].box, layout.used(["badge", "body", "source"])["body"].box
    assert whole.bottom >= ours["source"].box.bottom > less.bottom
    kept = replace(layout, slots=ours | {n: house.layouts["content"].slots[n] for n in ("badge", "source")})
    assert kept.used(["body"])["body"].box == less, "a designer who made a place for it knows why"


def test_headings_are_as_large_as_their_words_and_no_smaller(house: Brand) -> None:
    look = house.layout("finding").slots["body"].look
    for size in (20.0, 24.0, 34.0):
        heading, words = paras((Heading(span("What the review found")), sentence(1)), look, size)
        assert heading.size >= words.size
