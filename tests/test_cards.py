"""Cards: one size for all, lines to write on below the words, a problem where there is too little room."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import WORDING
from toolkit.fit.cards import FEWEST, fit_cards
from toolkit.plan.markup import blocks
from toolkit.plan.model import Blocks, Drawing, Lines, Page, Plan, Shape, text
from toolkit.problems import Invalid, Place


def card(line: int, case: str | Blocks, title: str = "Ask", question: str = "What now?") -> Page:
    slots = (("badge", blocks("Nobody")), ("case", blocks(case) if isinstance(case, str) else case))
    slots += (("question", blocks(question)),)
    return Page(f"c{line}", "card", title, slots, (), 0, 0, "", Place(Path("invented.yaml"), line))


def plan(*pages: Page) -> Plan:
    return Plan("p", "Cards", "", "", "2026-11", "en-GB", pages, WORDING)


def of_words(count: int) -> str:
    return " ".join(["ordinary"] * count)


def test_the_more_words_the_fewer_lines() -> None:
    counts = [fit_cards(plan(card(1, of_words(n))))[0].lines for n in (5, 40, 80)]
    assert counts[0] > counts[1] > counts[2] >= FEWEST


def test_all_cards_have_the_size_of_the_fullest() -> None:
    short, long = card(1, of_words(5)), card(2, of_words(95))
    (alone,) = fit_cards(plan(short))
    assert [p.size for p in alone.paras] == [15, 12, 14, 21]
    both = fit_cards(plan(short, long))
    assert both[0].paras[2].size < 14
    assert [[p.size for p in one.paras] for one in both[1:]] == [[p.size for p in both[0].paras]]


@pytest.mark.parametrize("count", [5, 40, 60, 80, 95])
def test_the_question_is_the_largest_thing_on_a_card(count: int) -> None:
    (made,) = fit_cards(plan(card(1, of_words(count))))
    *others, question = (p.size for p in made.paras)
    assert question > max(others)


def test_each_card_that_is_too_full_is_a_problem_with_its_place() -> None:
    full = [card(n, of_words(200), f"Card {n}") for n in (3, 7)]
    with pytest.raises(Invalid) as caught:
        fit_cards(plan(full[0], card(5, "Little"), full[1]))
    assert [p.place.line for p in caught.value.problems] == [3, 7]
    assert caught.value.problems[0].message.startswith("the card “Card 3” is too full: it leaves ")


def test_three_lines_are_too_few() -> None:
    """The first card that is refused as its words become more leaves one line less than it needs."""
    for count in range(90, 200):
        try:
            fit_cards(plan(card(1, of_words(count))))
        except Invalid as error:
            assert [p.message for p in error.problems] == [
                "the card “Ask” is too full: it leaves 3 lines to write on, not 4"
            ]
            return
    pytest.fail("no card was refused")


@pytest.mark.parametrize(
    "odd",
    [
        blocks("| a | b |\n| c | d |"),
        blocks("@ 2011 | Something"),
        (Lines(2),),
        (Drawing(9, 9, (Shape("rectangle", 0, 0, 9, 9),), "Nothing"),),
    ],
    ids=["table", "timeline", "lines", "drawing"],
)
def test_a_card_holds_words_only(odd: Blocks) -> None:
    with pytest.raises(Invalid) as caught:
        fit_cards(plan(card(4, odd)))
    assert [p.place.line for p in caught.value.problems] == [4]


def test_a_title_too_long_to_be_read_aloud_stands_whole_below() -> None:
    title = "word " * 30 + "end"
    (made,) = fit_cards(plan(card(1, "Little", title)))
    assert text(made.paras[0].spans).endswith("…")
    assert text(made.paras[1].spans) == title


def test_labels_sources_and_questions_have_their_looks() -> None:
    (made,) = fit_cards(plan(card(1, "% Made up\nProse\n^ The review, 5.2\n> Nobody asked me\n1. a\n2. b")))
    looks = [(text(p.spans), p.kind, p.number, all(s.bold for s in p.spans)) for p in made.paras[1:]]
    assert looks == [
        ("Nobody", "source", 0, False),
        ("Made up", "body", 0, True),
        ("Prose", "body", 0, False),
        ("The review, 5.2", "source", 0, False),
        ("Nobody asked me", "quotation", 0, False),
        ("a", "number", 1, False),
        ("b", "number", 2, False),
        ("What now?", "body", 0, True),
    ]
