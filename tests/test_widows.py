"""No title, paragraph, item or cell of a slide ends in a line of one word where that can be helped."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.brand.compiled import Brand
from toolkit.build import Options, make
from toolkit.fit.fit import fit_deck
from toolkit.fit.slides import Slide
from toolkit.fit.typeset import advance, lines, loosened, set_lines
from toolkit.fit.widows import Setting, bound, settings, without_widows
from toolkit.plan.model import (
    Bullets,
    Drawing,
    Heading,
    Paragraph,
    Quotation,
    Shape,
    Span,
    Spans,
    Table,
    Timeline,
    text,
)
from toolkit.plan.typography import NBSP, set_plan
from toolkit.problems import Place
from toolkit.project import Project

PROJECT = Project(Path(__file__).parent.parent)


@pytest.fixture(scope="module")
def house() -> Brand:
    return PROJECT.brand("house")


def said(words: str) -> Spans:
    return (Span(words),)


@pytest.mark.parametrize(
    ("line", "rest", "made"),
    [
        ("a line and then", "alone", f"a line and then{NBSP}alone"),
        ("a line of words", "to", f"a line of words{NBSP}to"),
        ("at last so it is", "so", f"at last so{NBSP}it{NBSP}is{NBSP}so"),
        ("a line and half", "of another", "a line and half of another"),
        ("one line", "", "one line"),
        ("extraordinary", "uncharacteristic", "extraordinary uncharacteristic"),  # both have no line
    ],
)
def test_a_lonely_word_takes_its_neighbours_with_it(line: str, rest: str, made: str) -> None:
    width = advance(line, "Arial", False) * 20 + 1
    words = f"{line} {rest}".strip()
    assert text(bound(said(words), Setting("Arial", 20, False, width))) == made


def test_no_word_stands_alone_in_the_middle_of_a_short_text() -> None:
    how = Setting("Arial", 20, True, advance("Ask why a child", "Arial", True) * 20 + 1)
    words = "Ask why a child was not brought"
    assert [n.words for n in set_lines(said(words), "Arial", 20, True, how.width)] == [4, 2, 1]
    made = bound(said(words), how)
    assert [n.words for n in set_lines(made, "Arial", 20, True, how.width)] == [3, 2, 2]
    assert text(made) == f"Ask why a child{NBSP}was not{NBSP}brought"


WORDS = st.lists(st.text("abcdefghij", min_size=1, max_size=12), min_size=1, max_size=25)


@given(WORDS, st.integers(80, 500), st.booleans())
def test_binding_changes_spaces_alone_and_never_the_number_of_lines(
    words: list[str], width: int, bold: bool
) -> None:
    how = Setting("Arial", 20, bold, width)
    spans = (Span(" ".join(words)[:9], origin="x"), Span(" ".join(words)[9:], bold=True))
    made = bound(spans, how)
    assert text(made).replace(NBSP, " ") == text(spans)
    assert [s.origin for s in made] == ["x", ""]
    assert lines(made, "Arial", 20, bold, width) == lines(spans, "Arial", 20, bold, width)
    assert text(made).count(NBSP) <= 3
    assert made == spans or how.ending(made) < how.ending(spans)
    assert loosened(made, "Arial", 20, bold, width) == made  # nothing is wider than the line
    assert bound(made, how) == made


def test_every_kind_of_text_on_a_slide_is_bound_and_its_notes_are_not(house: Brand) -> None:
    wide = {"content": "body", "table": "table", "drawing": "drawing"}
    for layout, name in wide.items():
        slot = house.layout(layout).slots[name]  # type: ignore[index]
        words = "many words " * 40
        blocks = {
            "body": (
                *(kind(said(words)) for kind in (Heading, Paragraph, Quotation)),
                Bullets((said(words),)),
                Drawing(9, 9, (Shape("words", 0, 0, 9, 9, spans=said(words), size=9),), words),
            ),
            "table": (Table((said(words), said(words)), ((said(words), said("")),)),),
            "drawing": (Timeline(((words, said(words)), ("May", said("x")))),),
        }[name]
        slide = Slide(
            "p", layout, words, ((name, blocks),), (), 1, 0, "", Place(Path("a")),  # type: ignore[arg-type]
            printed=(Paragraph(said(words)),),
        )  # fmt: skip
        for cut in range(14):  # until every text has been widowed once
            each = replace(
                slide,
                title=f"{words}{'x' * cut}",
                slots=((name, tuple(grown(b, "x" * cut) for b in blocks)),),
            )
            made = without_widows(each, house)
            for (before, how), (after, _) in zip(settings(each, house), settings(made, house), strict=True):
                assert text(after).replace(NBSP, " ") == text(before)
                if before and how.is_widowed(before):
                    assert not how.is_widowed(after)
                    assert NBSP in text(after)
            assert made.printed == each.printed
            assert [b for b in made.slot(name) if isinstance(b, Drawing)] == [
                b for b in each.slot(name) if isinstance(b, Drawing)
            ]
            again = without_widows(made, house)
            assert again == made
        assert slot.look.size


def grown(block: object, more: str) -> object:
    """A block with letters after each text."""
    from toolkit.plan.model import changed

    if isinstance(block, Drawing):
        return block
    return changed(block, lambda words: f"{words}{more}")  # type: ignore[arg-type]


DECKS = [target for target in PROJECT.targets() if target.folder == "decks"]


@pytest.mark.slow
def test_hardly_any_text_of_the_decks_we_ship_ends_in_a_line_of_one_word() -> None:
    """In columns of a timeline, which are narrow, only where two words have no room on a line."""
    several, lonely, narrow = 0, [], []
    for target in DECKS:
        plans, brand, _ = make(PROJECT, target, Options())
        deck, _ = fit_deck(set_plan(plans.by_name["deck"]), brand)
        for slide in deck.slides:
            for spans, how in settings(slide, brand):
                if not spans or how.lines(spans) < 2:
                    continue
                several += 1
                if how.is_widowed(spans):
                    (narrow if slide.layout == "drawing" else lonely).append((text(spans), how))
    assert several > 50
    assert len(lonely) <= several * 0.05, [words for words, _ in lonely]
    for words, how in narrow:
        two = " ".join(words.split()[-2:])
        assert advance(two, how.font, how.bold) * how.size > how.width
