"""Nothing is ever cut: whatever the text, every word of it stands on some page, inside its box."""

from __future__ import annotations

import re
from dataclasses import replace
from math import ceil
from pathlib import Path

import pytest

from tests.conftest import TOP, WORDING, read_brand, unfitted
from toolkit.brand.compiled import Brand
from toolkit.brand.geometry import CLEAR_PRINT, EMU, LARGE_PRINT, SMALLEST_IN_NOTES, Box, Look, Slot
from toolkit.fit.fit import check_notes, fit_deck, footer_words
from toolkit.fit.slides import Slide
from toolkit.fit.typeset import LINE, advance, fits, height, inner
from toolkit.plan.model import (
    Block,
    Blocks,
    Bullets,
    Heading,
    Layout,
    Lines,
    Note,
    Page,
    Paragraph,
    Plan,
    Quotation,
    Span,
    Spans,
    Table,
    Timeline,
    note_blocks,
    words,
)
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
            body=(block,),
            label=(Paragraph(span("A label"), "label"),),
            source=(Paragraph(span("Source: invented"), "source"),),
        ),
        house,
    )
    assert re.sub(r"\s", "", shown(pages, "body")) == re.sub(r"\s", "", words((block,)))
    if "letters" not in what:
        assert shown(pages, "body").split() == words((block,)).split()
    assert all(
        words(p.slot("label")) == "A label" and words(p.slot("source")) == "Source: invented" for p in pages
    )
    assert [p.title for p in pages] == (
        ["An invented page"]
        if len(pages) == 1
        else [f"An invented page ({n} of {len(pages)})" for n in range(1, len(pages) + 1)]
    )


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


def test_sixty_rows_keep_their_cells_and_their_header(house: Brand) -> None:
    header = (span("Who"), span("What they did"))
    rows = tuple((span(f"Person{n}"), span(f"{numbered(12, f'r{n}w')}")) for n in range(60))
    pages = fitted(plan("table", table=(Table(header, rows),)), house)
    tables = [b for p in pages for b in p.slot("table") if isinstance(b, Table)]
    assert len(tables) == len(pages) > 1
    assert all(t.header == header for t in tables)
    assert tuple(row for t in tables for row in t.rows) == rows
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
    low = replace(layout.slots["body"], box=Box(0, 0, 400 * EMU, 30 * EMU))
    apart = replace(layout.slots["label"], box=Box(0, 400 * EMU, 400 * EMU, 30 * EMU))
    slots = {**layout.slots, "body": low, "label": apart}
    brand = replace(house, layouts={**house.layouts, "content": replace(layout, slots=slots)})
    assert len(fitted(plan(body=(Paragraph(span("ab")),)), brand)) == 1
    smaller = {**slots, "body": replace(low, box=replace(low.box, h=20 * EMU))}
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
    pages = fitted(plan("timeline", timeline=(Timeline(events),)), house)
    drawn = [b.events for p in pages for b in p.slot("timeline") if isinstance(b, Timeline)]
    assert tuple(e for part in drawn for e in part) == events
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


def test_columns_that_a_brand_sets_alike_stay_alike(house: Brand) -> None:
    slots = house.layouts["two-columns"].slots
    alike = {
        **slots,
        "left": replace(slots["left"], look=replace(slots["left"].look, size=slots["right"].look.size)),
    }
    brand = replace(
        house, layouts={**house.layouts, "two-columns": replace(house.layouts["two-columns"], slots=alike)}
    )
    (page,) = fitted(
        plan("two-columns", left=(Paragraph(span("Short.")),), right=(Paragraph(span(numbered(48))),)), brand
    )
    assert page.size("right") is not None and page.size("left") == page.size("right")
    (page,) = fitted(
        plan("two-columns", left=(Paragraph(span("Short.")),), right=(Paragraph(span(numbered(48))),)), house
    )
    assert page.size("left") is None, "the house brand sets its columns in two sizes"


def test_a_short_rest_of_a_column_does_not_get_a_slide_of_its_own(house: Brand) -> None:
    left = (
        Heading(span("Here")),
        Paragraph(span(numbered(50, "a"))),
        Paragraph(span(numbered(38, "b"))),
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
        box = replace(slots[side].box, h=round(room * 18 * LINE * EMU))
        slots[side] = replace(slots[side], look=look, box=box)
    slots["label"] = replace(slots["label"], box=Box(0, 0, 1, 1))
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
