"""How much room text takes: widths of fonts, lines, tables, and the cutting of blocks into units."""

from __future__ import annotations

import string
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.brand.geometry import Look
from toolkit.fit.typeset import (
    CELL,
    HAIR,
    LINE,
    TIMELINE_COLUMNS,
    advance,
    broken,
    column_widths,
    face,
    height,
    joined,
    lines,
    listed,
    paras,
    row_heights,
    timeline_columns,
    timeline_heights,
    units,
)
from toolkit.plan.model import Bullets, Heading, Paragraph, Span, Spans, Table, Timeline, text, words

LOOK = Look(20.0)


def span(words: str) -> Spans:
    return (Span(words),)


@pytest.mark.parametrize(
    "text, per_em",
    [("A", 0.667), (" ", 0.278), ("W", 0.944), ("i", 0.222), ("’", 0.222), ("ŵ", 0.722), ("ł", 0.222)],
)
def test_arial_as_its_makers_measured_it(text: str, per_em: float) -> None:
    """The advance widths of Arial's own hmtx table, in ems."""
    assert advance(text, "Arial", False) == pytest.approx(per_em, abs=0.002)


@pytest.mark.parametrize("words", ["Robin  |  a board", "Robin  ·  8 minutes  ·  in pairs", "A   B"])
def test_two_spaces_are_twice_as_wide_as_one(words: str) -> None:
    wide = advance(words, "Arial", False) * 20
    assert lines(span(words), "Arial", 20, False, wide) == 1
    assert lines(span(words), "Arial", 20, False, wide - 1) == 2
    at = words.index("  ") + 1
    parts = (Span(words[:at]), Span(words[at:], link="https://example.org/"))
    assert lines(parts, "Arial", 20, False, wide) == 1
    assert lines(parts, "Arial", 20, False, wide - 1) == 2


def test_bold_is_wider_and_twins_are_alike() -> None:
    sentence = "Somebody needs to see and hear the child"
    assert advance(sentence, "Arial", True) > advance(sentence, "Arial", False)
    assert (
        advance(sentence, "Helvetica", False)
        == advance(sentence, "arial", False)
        == advance(sentence, "Liberation Sans", False)
    )
    assert (
        advance(sentence, "Carlito", False)
        == advance(sentence, "Calibri", False)
        < advance(sentence, "Arial", False)
    )


def test_unknown_font_is_taken_as_wide() -> None:
    sentence = "Somebody needs to see and hear the child"
    assert advance(sentence, "Comic Neue", False) >= max(
        advance(sentence, font, False)
        for font in ("Arial", "Calibri", "Cambria", "Times New Roman", "Georgia")
    )


def test_letters_outside_the_tables_take_room_and_marks_take_none() -> None:
    assert advance("漢", "Arial", False) >= 1.0
    assert advance("🙂", "Arial", False) >= 1.0
    assert advance("e\u0301", "Arial", False) == advance("e", "Arial", False)
    assert advance("\u200b", "Arial", False) == 0.0


def test_lines_break_at_spaces() -> None:
    two = advance("seven words", "Arial", False) * 10
    assert lines(span("seven words"), "Arial", 10, False, two + 0.01) == 1
    assert lines(span("seven words"), "Arial", 10, False, two - 0.01) == 2
    assert lines(span("seven words seven words"), "Arial", 10, False, two + 0.01) == 2


def test_lines_of_nothing_words_and_long_words() -> None:
    assert lines((), "Arial", 10, False, 100) == 1
    assert lines(span("A" * 200), "Arial", 10, False, 66.7 + 0.01) == 20
    assert lines(span("one-two three"), "Arial", 10, False, advance("three", "Arial", False) * 10 + 0.1) == 3


def test_a_word_in_two_looks_does_not_break_in_the_middle() -> None:
    both = (Span("unbreak"), Span("able", bold=True))
    wide = (advance("unbreak", "Arial", False) + advance("able", "Arial", True)) * 10
    assert lines((Span("x "), *both), "Arial", 10, False, wide + 0.1) == 2


def test_a_word_in_two_looks_is_as_wide_as_both() -> None:
    both = (Span("so "), Span("unbreak"), Span("able", bold=True), Span(" it is"))
    wide = (advance("unbreak", "Arial", False) + advance("able", "Arial", True)) * 10
    assert not broken(both, "Arial", 10, wide + 0.01)
    assert broken(both, "Arial", 10, wide - 0.01)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.text("abcWŵil.,", min_size=1, max_size=30), min_size=1, max_size=30),
    st.floats(12, 400),
    st.booleans(),
)
def test_lines_are_counted_as_somebody_would_who_sets_word_after_word(
    some: list[str], width: float, bold: bool
) -> None:
    """Words of one line, then the next; a word wider than a line goes on letter by letter."""
    width += 12 * HAIR
    count, used = 1, 0.0
    for word in some:
        wide = advance(word, "Arial", bold) * 12
        gap = advance(" ", "Arial", bold) * 12 if used else 0.0
        if used and used + gap + wide > width:
            count, used, gap = count + 1, 0.0, 0.0
        for piece in [word] if wide <= width else word:
            part = advance(piece, "Arial", bold) * 12
            if used and used + gap + part > width and wide > width:
                count, used = count + 1, 0.0
            used, gap = used + gap + part, 0.0
    assert lines(span(" ".join(some)), "Arial", 12, bold, width - 12 * HAIR) == count


def test_a_line_as_wide_as_its_box_is_not_broken() -> None:
    """“c i” is exactly one em wide."""
    assert lines(span("W W W c i"), "Arial", 12, False, 12.0) == 4
    assert lines(span("Wii.."), "Arial", 12, False, 12.0) == 2


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.text(string.ascii_letters, min_size=1, max_size=12), min_size=1, max_size=20),
    st.floats(30, 400),
)
def test_more_width_never_needs_more_lines(some: list[str], width: float) -> None:
    whole = span(" ".join(some))
    assert lines(whole, "Arial", 12, False, width * 1.3) <= lines(whole, "Arial", 12, False, width)


def test_paragraphs_of_a_list_count_on_from_its_start() -> None:
    made = paras(
        (Heading(span("H")), Bullets((span("a"), span("b")), "number", 4), Bullets((span("c"),))), LOOK
    )
    assert [p.number for p in made] == [0, 4, 5, 0]
    assert made[0].spans[0].bold
    assert made[1].indent > 0
    assert height((Bullets((span("a"),)),), LOOK, 400) == pytest.approx(LINE * 20)


def table(*rows: tuple[str, ...]) -> Table:
    return Table(tuple(span(c) for c in rows[0]), tuple(tuple(span(c) for c in row) for row in rows[1:]))


def test_a_paragraph_is_as_high_as_its_lines_and_the_space_around_it() -> None:
    close = Look(20.0, line=0.9, before=5.0, after=2.0)
    assert height((Paragraph(span("One line")),), close, 400) == pytest.approx(20 * 1.2 * 0.9 + 7)
    assert height((Paragraph(span("W " * 40)),), close, 10) == pytest.approx(40 * 20 * 1.2 * 0.9 + 7)
    assert height((Paragraph(span("One line")),), close, 400, 10.0) == pytest.approx(10 * 1.2 * 0.9 + 4.5)
    assert height((Heading(span("As large as its text")),), Look(30.0, before=6.0), 400) == pytest.approx(
        36 + 11.4
    )
    both = (Heading(span("What it is")), Paragraph(span("One line")))
    assert height(both, close, 400) == pytest.approx(2 * (20 * 1.2 * 0.9 + 2) + 9.5 + 1.75), (
        "nearer to what it heads"
    )


@pytest.mark.parametrize("count", [1, 2, 3])
def test_events_stand_side_by_side_with_room_between_them(count: int) -> None:
    """Each has 7.2 points at either side; 3 above and below; 8 and 10 more at the line between."""
    events = Timeline((("May", span("seven words")),) * count)
    wide = advance("seven words", "Arial", False) * 20 + 2 * 7.2
    dates, below = timeline_heights(events, LOOK, count * (wide + 0.01))
    assert (dates, below) == pytest.approx((24 + 6 + 8, 24 + 6 + 10))
    _, below = timeline_heights(events, LOOK, count * (wide - 0.01))
    assert below == pytest.approx(48 + 6 + 10)


def test_as_many_events_stand_side_by_side_as_break_no_word() -> None:
    events = Timeline((("September", span("a word")), ("May", span("unforgettable"))))
    for made, word, bold in (
        (events, "unforgettable", False),
        (Timeline(events.events[:1]), "September", True),  # dates are bold
    ):
        wide = advance(word, "Arial", bold) * 20 + 2 * 7.2
        found = [timeline_columns(made, LOOK, n * wide + gap, 20) for n in (2, 3, 5) for gap in (-0.1, 0.1)]
        assert found == [1, 2, 2, 3, 4, 5]
        assert timeline_columns(made, LOOK, 90 * wide, 20) == TIMELINE_COLUMNS
        assert timeline_columns(made, LOOK, 9, 20) == 1


def test_the_room_of_a_table_goes_to_the_columns_that_need_it() -> None:
    long = "What the review found out about this, told at some length. " * 4
    widths = column_widths(table(("Who", "When", "What"), ("The nurse", "May", long)), "Arial", 18, 600)
    for cell, bold, wide in (("The nurse", False, widths[0]), ("When", True, widths[1])):
        own = advance(cell, "Arial", bold) * 18 + 2 * CELL[0]
        assert own < wide < own * 1.3, f"as wide as “{cell}”, and hardly more"
    assert widths[2] > 350


def test_an_endless_word_leaves_the_other_columns_their_words() -> None:
    made = table(("Who", "Where", "What"), ("Llanfair" * 25, "Somewhere", "Something was seen " * 9))
    widths = column_widths(made, "Arial", 18, 600)
    assert sum(widths) == pytest.approx(600)
    for word, wide in (("Somewhere", widths[1]), ("Something", widths[2])):
        assert wide > advance(word, "Arial", False) * 18 + 2 * CELL[0]
    endless = table(("Who", "Where", "What"), ("Llanfair" * 25,) * 3)
    assert column_widths(endless, "Arial", 18, 600) == pytest.approx([200] * 3)


@pytest.mark.parametrize("left, right", [(3, 30), (12, 30), (30, 9), (40, 40), (7, 70), (25, 5), (18, 50)])
def test_two_columns_are_divided_so_that_the_table_is_low(left: int, right: int) -> None:
    """No division in steps of a tenth makes it lower."""
    words = ["Somebody saw bruises and asked about them, and nobody wrote that down."] * 10
    cells = (" ".join(" ".join(words).split()[:count]) for count in (left, right))
    made = table(("Who and when", "What was done"), tuple(cells))
    own = height((made,), LOOK, 600)
    tenths = [replace(made, widths=(60.0 * n, 600 - 60.0 * n)) for n in range(2, 9)]
    assert own == min([own, *(height((other,), LOOK, 600) for other in tenths)])


def test_columns_fill_the_width_and_hold_their_longest_word() -> None:
    made = table(("Who", "What"), ("The invented board", "A long account of what was done, " * 5))
    widths = column_widths(made, "Arial", 18, 500)
    assert sum(widths) == pytest.approx(500, abs=1)
    assert all(w > advance("invented", "Arial", True) * 18 + 2 * CELL[0] for w in widths)
    assert column_widths(Table(made.header, made.rows, (200.0, 300.0)), "Arial", 18, 500) == [200.0, 300.0]
    assert len(row_heights(made, LOOK, 500)) == 2


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 6).flatmap(
        lambda n: st.lists(
            st.lists(st.text(string.ascii_letters + " ", max_size=40), min_size=n, max_size=n),
            min_size=1,
            max_size=5,
        )
    )
)
def test_columns_of_any_table_fill_the_width(rows: list[list[str]]) -> None:
    widths = column_widths(table(*(tuple(row) for row in rows)), "Arial", 14, 600)
    assert sum(widths) == pytest.approx(600, abs=2)
    assert min(widths) > 0


def test_units_put_together_again_are_the_blocks() -> None:
    blocks = (
        Heading(span("H")),
        Bullets((span("a"), span("b"), span("c")), "number", 3),
        Bullets((span("d"), span("e"))),
        Paragraph(span("p")),
        Timeline((("May", span("x")), ("June", span("y")))),
        table(("A", "B"), ("1", "2"), ("3", "4")),
    )
    cut = units(blocks)
    assert len(cut) == 11
    assert joined(cut) == blocks
    assert words(tuple(cut[:1])) == "H"


def test_lists_that_do_not_follow_on_stay_apart() -> None:
    assert len(joined([Bullets((span("a"),), "number", 1), Bullets((span("b"),), "number", 1)])) == 2
    assert len(joined([Bullets((span("a"),)), Bullets((span("b"),), "suggestion")])) == 2


def test_a_link_may_need_a_line_of_its_own() -> None:
    width = advance("Some words and words of", "Arial", False) * 12
    plain = (Span("Some words and words of a link that go on and on"),)
    linked = (
        Span("Some words and "),
        Span("words of a link", link="https://example.org"),
        Span(" that go on and on"),
    )
    assert (lines(plain, "Arial", 12, False, width), lines(linked, "Arial", 12, False, width)) == (2, 3)


def test_the_first_column_of_a_form_has_what_the_others_leave() -> None:
    header = tuple((Span(word),) for word in ("Action", "Who", "By when", "How we will know"))
    form = Table(header, (((),) * 4,) * 2)
    first, who, when, known = column_widths(form, "Arial", 12, 500)
    assert round(first + who + when + known) == 500
    assert first > known > who == when == 0.7 * 500 / 4, "nobody writes much into the others"
    alike = Table(((Span("How we will know"),),) * 4, (((),) * 4,))
    assert column_widths(alike, "Arial", 12, 470) == [117.5] * 4, "it is never narrower than these"
    begun = Table(header, (((Span("Ring the school"),), (), (), ()), ((),) * 4))
    assert len({round(wide) for wide in column_widths(begun, "Arial", 12, 400)}) > 1
    narrow = column_widths(form, "Arial", 12, 170)
    assert narrow[3] > narrow[1], "a word of the header is not broken to make columns alike"


@pytest.mark.parametrize(
    "font", ["Courier New", "Consolas", "DejaVu Sans Mono", "Source Code Pro", "SimSun", "Lucida Console"]
)
def test_a_font_of_equal_letters_is_measured_as_the_widest_of_its_class(font: str) -> None:
    """They are wider than Verdana's, above all the narrow ones: words ran out of their boxes."""
    assert advance("illi", font, False) == pytest.approx(4 * 0.62)
    assert advance("illi", font, False) > 2 * advance("illi", "Verdana", False)
    assert advance("mmmm", font, True) == advance("illi", font, False)


def test_heavy_and_drawn_out_fonts_are_measured_as_such() -> None:
    plain, bold = (advance("Ask the child", "Verdana", bold) for bold in (False, True))
    assert advance("Ask the child", "Arial Black", False) == bold > plain
    assert advance("Ask the child", "Eurostile Extended", False) > 1.1 * bold
    for name in ("Monotype Corsiva", "Segoe UI", "Harmony", "Open Sans"):
        assert advance("Ask the child", name, False) == plain


def test_a_list_of_terms_is_one_of_bullets_where_nothing_can_stand_beside_them() -> None:
    terms = Bullets(((Span("May", True), Span("\t"), Span("it began")),), "term")
    assert listed(terms) == Bullets(((Span("May", True), Span(" "), Span("it began")),))
    assert listed(Bullets((span("a"),), "number", 3)) == Bullets((span("a"),), "number", 3)
    (para,) = paras((terms,), LOOK)
    assert (para.kind, text(para.spans)) == ("bullet", "May it began")


@pytest.mark.parametrize(
    "font, shown",
    [
        ("Calibri", "Calibri"),
        ("carlito", "Calibri"),
        ("Georgia", "Cambria"),
        ("Arial", "Arial"),
        ("A font", "Arial"),
    ],
)
def test_a_font_is_shown_as_one_whose_widths_are_known(font: str, shown: str) -> None:
    assert face(font) == shown
