"""Which learning points say nearly the same."""

from __future__ import annotations

import pytest

from toolkit.content.model import Review
from toolkit.refresh.likeness import Sentences, words_of


def review(id: str, *sentences: str) -> Review:
    """An invented review with a point for each sentence."""
    points = [
        {"id": f"{id[0].upper()}-{n}", "title": "An invented point", "message": words, "standing": "hold",
         "because": "invented"}
        for n, words in enumerate(sentences, 1)
    ]  # fmt: skip
    fields = {"id": id, "title": id, "kind": "serious-case-review", "board": "An invented board"}
    source = {
        "id": "S1",
        "title": "An invented report",
        "publisher": "x",
        "kind": "review-report",
        "read": "whole",
    }
    more = {"published": "2024", "summary": ["An invented summary."], "points": points, "sources": [source]}
    return Review.model_validate(fields | more)


@pytest.mark.parametrize(
    "ours, theirs, alike",
    [
        ("Answer each letter within a week", "Each letter needs answering within one week", True),
        ("Answer each letter within a week", "Open the garden gate before the evening", False),
        ("See the child and ask", "Ask and see the children", False),  # words that all points have
        ("Ring the nursery about bruises", "Bruises: the nursery rang", False),  # too few words shared
    ],
)
def test_points_are_alike_by_the_words_that_say_something(ours: str, theirs: str, alike: bool) -> None:
    one, other = review("oak", ours), review("elm", theirs, "Count the chairs in every invented room")
    found = Sentences([one, other]).like(one, one.points[0])
    assert [like.point.id for like in found] == (["E-1"] if alike else [])


def test_a_point_is_not_like_the_others_of_its_own_review() -> None:
    same = "Answer each letter within a week"
    one = review("oak", same, same)
    assert Sentences([one]).like(one, one.points[0]) == []
    assert words_of("The child’s LETTERS, answered") == {"letter", "answer"}
