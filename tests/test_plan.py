"""The plan: what is said of its blocks and titles."""

from __future__ import annotations

import pytest

from toolkit.plan.model import Lines, Paragraph, Span, changed, shortened, spans_in, words

WORDS = "word " * 19 + "words"  # 100 letters


@pytest.mark.parametrize(
    "title, short",
    [
        (WORDS, WORDS),
        ("x" * 100, "x" * 100),
        (WORDS + "s", "word " * 18 + "word …"),
        ("x" * 101, "x" * 98 + " …"),
        ("x" * 98 + " y z", "x" * 98 + " …"),
        ("x" * 97 + " " + "y" * 9, "x" * 97 + " …"),
        ("", ""),
    ],
)
def test_a_title_has_at_most_100_letters(title: str, short: str) -> None:
    assert shortened(title) == short
    assert len(short) <= 100


def test_room_to_write_has_no_words() -> None:
    said = (Paragraph((Span("before"),)), Lines(3), Paragraph((Span("after"),)))
    assert words(said) == "before\nafter"
    assert [span.text for span in spans_in(said)] == ["before", "after"]
    assert changed(Lines(3), str.upper) == Lines(3)
