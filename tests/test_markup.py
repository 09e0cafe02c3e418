"""Marks inside a value and at the start of a template's line."""

from __future__ import annotations

import re
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.plan import markup
from toolkit.plan.markup import blocks, inline
from toolkit.plan.model import (
    Bullets,
    Field,
    Fields,
    Heading,
    Lines,
    Paragraph,
    Quotation,
    Span,
    Table,
    Timeline,
    text,
    words,
)


@pytest.mark.parametrize(
    "value, spans",
    [
        ("plain", [Span("plain")]),
        ("a **b** *c*", [Span("a "), Span("b", bold=True), Span(" "), Span("c", italic=True)]),
        ("***both***", [Span("both", True, True)]),
        (r"\*not bold\*", [Span("*not bold*")]),
        ("2 * 3 * 4 and snake_case_word", [Span("2 * 3 * 4 and snake_case_word")]),
        (
            "[a **b**](https://example.org)",
            [Span("a ", link="https://example.org"), Span("b", True, False, "https://example.org")],
        ),
        ("[NSPCC](<quiet:>)", [Span("NSPCC", quiet=True)]),
        ("a [b](quiet:) c", [Span("a "), Span("b", quiet=True), Span(" c")]),
        ("[mail](mailto:a@example.org)", [Span("mail", link="mailto:a@example.org")]),
        ("[a](javascript:alert(1))", [Span("[a](javascript:alert(1))")]),
        ("[a](file:///etc/passwd)", [Span("[a](file:///etc/passwd)")]),
        ("[a](reviews/robin.yaml)", [Span("a (reviews/robin.yaml)")]),
        ("[a]", [Span("[a]")]),
        ("https://example.org", [Span("https://example.org")]),
        ("<b>x</b> &amp; y", [Span("<b>x</b> &amp; y")]),
        ("![x](y.png)", [Span("!x (y.png)")]),
        ("`code` ~~x~~ # x", [Span("`code` ~~x~~ # x")]),
        ("one\n  two", [Span("one two")]),
        ("{{ 7 * 7 }} {% raw %}", [Span("{{ 7 * 7 }} {% raw %}")]),
        ("", []),
    ],
)
def test_inline(value: str, spans: list[Span]) -> None:
    assert list(inline(value)) == spans


letters = st.text(alphabet=string.ascii_letters + "éŵłß’“…*_[]()\\!<>&`~#|@%^-. \n", max_size=60)


@settings(max_examples=200, deadline=None)
@given(letters)
def test_no_letter_is_lost_in_marks(value: str) -> None:
    kept = re.findall(r"[^\W_]", text(inline(value)))
    assert kept == re.findall(r"[^\W_]", value)


WHOLE = (
    "**word**",
    "**a:** ",
    "**\ufdd03\ufdd1:**",
    "[S1]",
    "[a b](quiet:)",
    "[x](<https://e.org/a_b/~q.1>)",
)
MARKS = ("**", "](", "<https://E.org>", "&amp;", *"*_\\[] b.!é“\u00a0\t")
PIECES = st.sampled_from((*WHOLE, *MARKS))


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=7).map("".join))
def test_what_is_read_without_markdown_is_what_markdown_reads(value: str) -> None:
    plainly = markup._plainly(value)
    assert plainly is None or markup._joined(plainly) == markup._joined(markup._by_markdown(value))


@pytest.mark.parametrize("value", [*WHOLE, "**What:** \ufdd00\ufdd1.", "[\ufdd00\ufdd1] \ufdd01\ufdd1 (1)"])
def test_the_marks_of_page_templates_need_no_markdown(value: str) -> None:
    assert markup._plainly(value) is not None


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(["# ", "## ", "### ", "- ", "~ ", "1. ", "> ", "! ", "% ", "^ ", ""]).flatmap(
            lambda m: st.text(string.ascii_lowercase + " ", min_size=1, max_size=20).map(lambda w: m + w)
        ),
        max_size=12,
    )
)
def test_no_word_is_lost_in_blocks(lines: list[str]) -> None:
    wanted = [w for line in lines for w in re.findall("[a-z]+", line)]
    assert re.findall("[a-z]+", words(blocks("\n".join(lines)))) == wanted


def test_each_line_mark_makes_its_block() -> None:
    made = blocks(
        "# 1\n## H\n### h\nprose\nof two lines\n\nmore\n- a\n- b\n1. c\n2. d\n~ e\n> q\n! call\n% label\n^"
        " source\n@ May | it began\n@ June | it ended\n| A | B |\n| c | d |\n: May | it began\n"
        ": June | it ended\n_ 4\n+ When: @ | Who:\nafter"
    )
    assert made == (
        Heading((Span("1"),), 1),
        Heading((Span("H"),), 2),
        Heading((Span("h"),), 3),
        Paragraph((Span("prose of two lines"),)),
        Paragraph((Span("more"),)),
        Bullets(((Span("a"),), (Span("b"),))),
        Bullets(((Span("c"),), (Span("d"),)), "number"),
        Bullets(((Span("e"),),), "suggestion"),
        Quotation((Span("q"),)),
        Paragraph((Span("call"),), "callout"),
        Paragraph((Span("label"),), "label"),
        Paragraph((Span("source"),), "source"),
        Timeline((("May", (Span("it began"),)), ("June", (Span("it ended"),)))),
        Table(((Span("A"),), (Span("B"),)), (((Span("c"),), (Span("d"),)),)),
        Bullets(
            (
                (Span("May", True), Span("\t"), Span("it began")),
                (Span("June", True), Span("\t"), Span("it ended")),
            ),
            "term",
        ),
        Lines(4),
        Fields((Field((Span("When:"),), date=True), Field((Span("Who:"),)))),
        Paragraph((Span("after"),)),
    )


def test_a_line_to_cut_along_is_one_dashed_line() -> None:
    above, cut, below = blocks("above\n_ -\nbelow")
    assert (words((above,)), cut, words((below,))) == ("above", Lines(1, cut=True), "below")


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("| a | b |", ["a", "b"]),
        ("| a | b", ["a", "b"]),
        ("| a |  |", ["a", ""]),
        ("| | b |", ["", "b"]),
        ("| | |", ["", ""]),
        ("| | | | |", ["", "", "", ""]),
        ("| a | | c |", ["a", "", "c"]),
        ("| a|b | c |", ["a|b", "c"]),
    ],
)
def test_a_cell_may_be_empty(row: str, cells: list[str]) -> None:
    (table,) = blocks(row)
    assert isinstance(table, Table)
    assert [text(cell) for cell in table.header] == cells


@pytest.mark.parametrize(
    "line",
    [
        "#hash",
        "-hyphen",
        "5 of 6",
        "1.5 metres",
        "|",
        "-",
        "@home",
        "100% sure",
        "~5",
        "a - b",
        "_",
        "_ 0",
        "_4",
        "_ four",
        "_ 4 lines",
        "_ 100",
        "a _ 4",
    ],
)
def test_line_that_only_looks_like_a_mark_is_prose(line: str) -> None:
    assert blocks(line) == (Paragraph((Span(line),)),)


def test_one_hash_is_a_large_figure() -> None:
    (figure,) = blocks("# 4 letters")
    assert isinstance(figure, Heading)
    assert (text(figure.spans), figure.level) == ("4 letters", 1)


def test_boxes_to_tick_and_large_lines() -> None:
    made = blocks("- [ ] one\n- [ ] two\n- three\n!! Ring **999**\n! or tell\n- [x] no box\n!!no mark")
    assert [getattr(block, "kind", "") or getattr(block, "role", "") for block in made] == [
        *("check", "bullet", "callout", "callout", "bullet", "body"),
    ]
    assert words(made).splitlines() == [
        "one",
        "two",
        "three",
        "Ring 999",
        "or tell",
        "[x] no box",
        "!!no mark",
    ]
    assert [block.large for block in made if isinstance(block, Paragraph)] == [True, False, False]
